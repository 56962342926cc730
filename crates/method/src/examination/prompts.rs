//! The prompts that the models are asked with. They must be the one of the fine-tuning, which only the
//! trainer knows; where nobody says it, the method's usual one is taken and the record says so.

use std::io::ErrorKind;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{ExaminationError, Request};
use palimpsest_base::bounded_read::{ReadError, read_at_most};
use palimpsest_diffusion::files::ModelSource;

/// The file in a fine-tuned model's folder, or beside a LoRA, that holds the prompt of its training.
const FILE: &str = "prompt.txt";

/// The longest such file, in bytes; far more than the 77 tokens that count.
const MAX_BYTES: u64 = 1 << 16;

/// The prompt of most published fine-tunes of a style.
const USUAL: &str = "sks style";

/// The source of the fine-tuned model's prompt.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PromptSource {
    /// It was given with the request.
    Given,
    /// It was in the file `prompt.txt` of the fine-tuned model.
    File,
    /// Nothing says it: `sks style` was taken.
    Default,
}

/// The prompts of the two models.
pub(super) struct Prompts {
    pub pretrained: String,
    pub finetuned: String,
    pub source: PromptSource,
}

impl Prompts {
    /// Those of `request`, else those that the fine-tuned model brings, else the usual one.
    pub fn of(request: &Request) -> Result<Self, ExaminationError> {
        let (finetuned, source) = match &request.prompt {
            Some(prompt) => (prompt.clone(), PromptSource::Given),
            None => prompt_of(&request.finetuned)?,
        };
        let pretrained = request.pretrained_prompt.clone();
        Ok(Self {
            pretrained: pretrained.unwrap_or_else(|| finetuned.clone()),
            finetuned,
            source,
        })
    }
}

/// The prompt that a fine-tuned model brings, else the usual one.
///
/// # Errors
/// [`ExaminationError`] if there is a file for it that cannot be read.
pub fn prompt_of(model: &ModelSource) -> Result<(String, PromptSource), ExaminationError> {
    Ok(match read(&model.folder().join(FILE))? {
        Some(prompt) => (prompt, PromptSource::File),
        None => (USUAL.to_owned(), PromptSource::Default),
    })
}

/// The text of the file, without the line's end; `None` if there is no file.
fn read(path: &Path) -> Result<Option<String>, ExaminationError> {
    let unfit = |why: String| ExaminationError::PromptFile {
        path: path.to_owned(),
        why,
    };
    let bytes = match read_at_most(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(ReadError::Io(error))
            if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(unfit(error.to_string())),
    };
    let text = String::from_utf8(bytes).map_err(|_| unfit("it is not UTF-8 text".into()))?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}
