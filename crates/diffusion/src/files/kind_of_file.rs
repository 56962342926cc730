//! What a file of weights is, told by its tensors alone, without a model that it belongs to.

use std::path::Path;

use super::checkpoint::kind;
use super::lora;
use super::weights::Weights;
use crate::ModelError;

/// A file of weights, told by its tensors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindOfFile {
    /// The thing that it is, with its article.
    pub what: String,
    /// True of an adapter, whether it can be examined or not.
    pub is_adapter: bool,
    /// Number of its tensors, and of the values in all of them.
    pub tensors: usize,
    pub values: u64,
    /// The reason for which it cannot be examined, as a sentence, if it cannot.
    pub refused: Option<String>,
}

impl KindOfFile {
    /// Tells what `file` is.
    ///
    /// # Errors
    /// [`ModelError`] if it cannot be read as a file of weights.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let weights = Weights::open(&[file.to_owned()])?;
        let adapter = lora::kinds_in(file, &weights);
        let is_adapter = adapter.is_some();
        let (what, refused) = match adapter {
            Some(Ok(kinds)) => (format!("an adapter ({kinds})"), None),
            Some(Err(error)) => (
                "an adapter for another family".into(),
                Some(error.to_string()),
            ),
            None => match kind::family(file, &weights) {
                Ok(family) => (format!("a {family} model in one file"), None),
                Err(ModelError::OtherModel {
                    what,
                    path,
                    instead,
                }) => {
                    let error = ModelError::OtherModel {
                        what: what.clone(),
                        path,
                        instead,
                    };
                    (what, Some(error.to_string()))
                }
                Err(error @ ModelError::Inpainting { .. }) => {
                    ("an inpainting model".into(), Some(error.to_string()))
                }
                Err(error) => return Err(error),
            },
        };
        Ok(Self {
            what,
            is_adapter,
            tensors: weights.names().count(),
            values: weights.numbers(),
            refused,
        })
    }
}
