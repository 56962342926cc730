//! The scales of files that newer diffusers writes: not as tensors, but as the settings of the training
//! in the file's own record (`lora_adapter_metadata`, diffusers `loaders/lora_base.py`; what they mean:
//! PEFT `tuners/lora/config.py`).

use std::path::Path;

use serde_json::{Map, Value};

use crate::LoraError;
use crate::files::Part;

/// The key of the record.
pub const RECORD: &str = "lora_adapter_metadata";

/// The settings that a file states; of most files none.
#[derive(Debug, Default)]
pub struct Stated {
    settings: Map<String, Value>,
}

impl Stated {
    /// Reads the record's text.
    ///
    /// # Errors
    /// [`LoraError`] with the contradiction.
    pub fn read(file: &Path, text: &str) -> Result<Self, LoraError> {
        let settings =
            serde_json::from_str(text).map_err(|error| record(file, error.to_string()))?;
        Ok(Self { settings })
    }

    /// The factor of the product of a layer's matrices, if the file states it.
    ///
    /// # Errors
    /// A number that is none, or a choice of layers that is more than their names.
    pub fn scale(
        &self,
        file: &Path,
        part: Part,
        layer: &str,
        rank: usize,
    ) -> Result<Option<f32>, LoraError> {
        let mut alpha = self.get(part, "lora_alpha");
        if let Some(Value::Object(patterns)) = self.get(part, "alpha_pattern") {
            let mut named: Option<&Value> = None;
            for (pattern, value) in patterns {
                if !matches(file, pattern, layer)? {
                    continue;
                }
                // PEFT takes the first one, and an object of JSON has no order that could be relied on.
                if named.is_some_and(|other| other != value) {
                    let why = format!("several patterns give the layer {layer} each another alpha");
                    return Err(record(file, why));
                }
                named = Some(value);
            }
            alpha = named.or(alpha);
        }
        let Some(alpha) = alpha else {
            return Ok(None);
        };
        let alpha = alpha
            .as_f64()
            .ok_or_else(|| record(file, format!("an alpha is {alpha}")))?;
        let divisor = match self.flag(part, "use_rslora") {
            true => (rank as f64).sqrt(),
            false => rank as f64,
        };
        Ok(Some((alpha / divisor) as f32))
    }

    /// A setting of one part; files that change the noise predictor alone do not name it.
    fn get(&self, part: Part, key: &str) -> Option<&Value> {
        let named = self.settings.get(&format!("{}.{key}", part.folder()));
        let unnamed = (part == Part::Unet).then(|| self.settings.get(key));
        named.or(unnamed.flatten())
    }

    fn flag(&self, part: Part, key: &str) -> bool {
        self.get(part, key) == Some(&Value::Bool(true))
    }
}

/// True if a pattern names this layer: its whole name, or what it ends with after a point. Patterns
/// may be regular expressions; diffusers writes names, perhaps after a `^`.
fn matches(file: &Path, pattern: &str, layer: &str) -> Result<bool, LoraError> {
    let name = pattern.trim_start_matches('^').replace("\\.", ".");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !name.chars().all(is_plain) {
        return Err(record(file, format!("the pattern \"{pattern}\"")));
    }
    let rest = layer.strip_suffix(&name);
    Ok(rest
        .is_some_and(|rest| rest.is_empty() || (rest.ends_with('.') && !pattern.starts_with('^'))))
}

fn record(file: &Path, why: String) -> LoraError {
    LoraError::Record {
        file: file.into(),
        why,
    }
}
