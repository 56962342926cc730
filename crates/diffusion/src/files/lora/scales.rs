//! The scales of files that hold them not as tensors, but as the settings of the training: newer diffusers writes these
//! into the file's own record (`lora_adapter_metadata`, diffusers `loaders/lora_base.py`), PEFT into `adapter_config.json`
//! beside it (`PeftModel.save_pretrained`). What they mean: PEFT `tuners/{lora,loha,lokr}/config.py`.

use std::path::{Path, PathBuf};

use palimpsest_base::bounded_read::read_at_most;
use regex_automata::meta::Regex;
use serde_json::{Map, Value};

use super::change::Change;
use crate::LoraError;
use crate::files::{Part, Weights};

/// The key of the record.
pub const RECORD: &str = "lora_adapter_metadata";

/// PEFT's file of settings, beside the adapter's.
pub const BESIDE: &str = "adapter_config.json";

/// The beginning of the names that PEFT writes.
const PEFT: &str = "base_model.model.";

/// The longest file of settings that is read, in bytes; PEFT's has about a thousand.
const LONGEST: u64 = 1 << 20;

/// The most bytes that a pattern of layer names may take when it is compiled.
const PATTERN: usize = 1 << 20;

/// The settings that a file states; of most files none.
#[derive(Debug, Default)]
pub struct Stated {
    settings: Map<String, Value>,
    /// The file that they were read of, if it is another one. It speaks of all parts, since PEFT saves each by itself.
    pub beside: Option<PathBuf>,
}

impl Stated {
    /// What `file`, whose own record is `text`, states, or PEFT's settings beside it.
    ///
    /// # Errors
    /// [`LoraError`] with the contradiction.
    pub fn of(file: &Path, text: Option<&String>, weights: &Weights) -> Result<Self, LoraError> {
        if let Some(text) = text {
            return Self::read(file, text.as_bytes(), None);
        }
        let beside = file.with_file_name(BESIDE);
        if !beside.is_file() || !weights.names().any(|name| name.starts_with(PEFT)) {
            return Ok(Self::default());
        }
        let bytes =
            read_at_most(&beside, LONGEST).map_err(|error| record(&beside, error.to_string()))?;
        Self::read(&beside, &bytes, Some(beside.clone()))
    }

    fn read(file: &Path, text: &[u8], beside: Option<PathBuf>) -> Result<Self, LoraError> {
        let settings =
            serde_json::from_slice(text).map_err(|error| record(file, error.to_string()))?;
        Ok(Self { settings, beside })
    }

    /// The factor of the change of a layer of `part`, called `layer` in `file`, if it is stated; `rank` as its tensors
    /// tell it.
    ///
    /// # Errors
    /// A number that is none, or patterns that contradict each other.
    pub fn scale(
        &self,
        file: &Path,
        part: Part,
        layer: &str,
        (change, rank): (&Change, Option<usize>),
    ) -> Result<Option<f32>, LoraError> {
        let file = self.beside.as_deref().unwrap_or(file);
        let alpha = match change {
            Change::Pair { .. } | Change::PairWithWindow { .. } => "lora_alpha",
            Change::Hadamard { .. } | Change::Kronecker { .. } => "alpha",
            _ => return Ok(None),
        };
        let Some(alpha) = self.number(file, part, layer, alpha, "alpha_pattern")? else {
            return Ok(None);
        };
        // Of two whole factors the rank is not seen.
        let rank = match rank {
            Some(rank) => Some(rank as f64),
            None => self.number(file, part, layer, "r", "rank_pattern")?,
        };
        let Some(rank) = rank.filter(|&rank| rank >= 1.0) else {
            return Ok(None);
        };
        let divisor = match self.flag(part, "use_rslora") {
            true => rank.sqrt(),
            false => rank,
        };
        Ok(Some((alpha / divisor) as f32))
    }

    /// A number of a layer: that of the pattern that names it, or else that of all.
    fn number(
        &self,
        file: &Path,
        part: Part,
        layer: &str,
        key: &str,
        patterns: &str,
    ) -> Result<Option<f64>, LoraError> {
        let mut named: Option<&Value> = None;
        if let Some(Value::Object(patterns)) = self.get(part, patterns) {
            for (pattern, value) in patterns {
                if !matches(file, pattern, layer)? {
                    continue;
                }
                // PEFT takes the first one, and an object of JSON has no order that could be relied on.
                if named.is_some_and(|other| other != value) {
                    let why = format!("several patterns give the layer {layer} each another {key}");
                    return Err(record(file, why));
                }
                named = Some(value);
            }
        }
        let Some(value) = named.or(self.get(part, key)) else {
            return Ok(None);
        };
        let number = value.as_f64();
        let none = || record(file, format!("its {key} is {value}"));
        number.map(Some).ok_or_else(none)
    }

    /// A setting of one part; files that change the noise predictor alone do not name it.
    fn get(&self, part: Part, key: &str) -> Option<&Value> {
        let named = self.settings.get(&format!("{}.{key}", part.folder()));
        let speaks_of_it = part == Part::Unet || self.beside.is_some();
        let unnamed = speaks_of_it.then(|| self.settings.get(key));
        named.or(unnamed.flatten())
    }

    fn flag(&self, part: Part, key: &str) -> bool {
        self.get(part, key) == Some(&Value::Bool(true))
    }
}

/// True if a pattern names this layer: a regular expression of its whole name, or of what it ends with after a point
/// (PEFT `utils/other.py`, `get_pattern_key`).
fn matches(file: &Path, pattern: &str, layer: &str) -> Result<bool, LoraError> {
    let whole = format!(r"^(?:.*\.)?(?:{pattern})$");
    let limits = Regex::config().nfa_size_limit(Some(PATTERN));
    let regex = Regex::builder().configure(limits).build(&whole);
    match regex {
        Ok(regex) => Ok(regex.is_match(layer)),
        Err(error) => Err(record(file, format!("the pattern \"{pattern}\": {error}"))),
    }
}

fn record(file: &Path, why: String) -> LoraError {
    LoraError::Record {
        file: file.into(),
        why,
    }
}
