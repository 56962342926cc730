//! The scales of files that hold them not as tensors, but as the settings of the training: newer diffusers writes these
//! into the file's own record (`lora_adapter_metadata`, diffusers `loaders/lora_base.py`), PEFT into `adapter_config.json`
//! beside it (`PeftModel.save_pretrained`). What they mean: PEFT `tuners/{lora,loha,lokr}/config.py`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use palimpsest_base::bounded_read::read_at_most;
use serde_json::{Map, Value};

use super::change::Change;
use super::patterns::Patterns;
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

/// The setting of how the training began, and the beginnings that leave the base as it is. By any other one (PiSSA, OLoRA,
/// CorDA, LoftQ, …) the base is changed too, and the file alone does not make the model.
const BEGINNING: &str = "init_lora_weights";
const HARMLESS: [&str; 3] = ["gaussian", "eva", "orthogonal"];

/// The settings that a file states; of most files none.
#[derive(Debug, Default)]
pub struct Stated {
    settings: Map<String, Value>,
    /// The patterns among them, by their keys.
    patterns: BTreeMap<String, Patterns>,
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
        // A link that leads nowhere is there: what it should lead to decides the result.
        let is_there = beside.symlink_metadata().is_ok();
        if !is_there || !weights.names().any(|name| name.starts_with(PEFT)) {
            return Ok(Self::default());
        }
        let bytes =
            read_at_most(&beside, LONGEST).map_err(|error| record(&beside, error.to_string()))?;
        Self::read(&beside, &bytes, Some(beside.clone()))
    }

    fn read(file: &Path, text: &[u8], beside: Option<PathBuf>) -> Result<Self, LoraError> {
        let wrong = |why: String| record(file, why);
        let settings: Map<String, Value> =
            serde_json::from_slice(text).map_err(|error| wrong(error.to_string()))?;
        let mut patterns = BTreeMap::new();
        for (key, value) in &settings {
            let changes_base = |way: &str| !HARMLESS.contains(&way);
            if key.ends_with(BEGINNING)
                && let Some(way) = value.as_str().filter(|way| changes_base(way))
            {
                return Err(wrong(format!(
                    "it began with {way}, by which the base is changed too"
                )));
            }
            if let (true, Some(object)) = (key.ends_with("_pattern"), value.as_object()) {
                patterns.insert(key.clone(), Patterns::read(object).map_err(wrong)?);
            }
        }
        Ok(Self {
            settings,
            patterns,
            beside,
        })
    }

    /// The factor of the change of a layer of `part`, called `layer` in `file`, if it is stated; `rank` as its tensors
    /// tell it.
    ///
    /// # Errors
    /// A number that is none or is missing, or patterns that contradict each other.
    pub fn scale(
        &self,
        file: &Path,
        part: Part,
        layer: &str,
        (change, rank): (&Change, Option<usize>),
    ) -> Result<Option<f32>, LoraError> {
        let file = self.beside.as_deref().unwrap_or(file);
        let key = match change {
            Change::Pair { .. } | Change::PairWithWindow { .. } => "lora_alpha",
            Change::Hadamard { .. } | Change::Kronecker { .. } => "alpha",
            _ => return Ok(None),
        };
        let missing = |key: &str| record(file, format!("it does not say its {key}"));
        let Some(alpha) = self.number(file, part, layer, key, "alpha_pattern")? else {
            // A record says nothing of parts that were not trained; PEFT writes all settings.
            return match self.beside {
                Some(_) => Err(missing(key)),
                None => Ok(None),
            };
        };
        // Of two whole factors the rank is not seen.
        let rank = match rank {
            Some(rank) => Some(rank as f64),
            None => self.number(file, part, layer, "r", "rank_pattern")?,
        };
        let rank = rank.filter(|&rank| rank >= 1.0);
        let rank = rank.ok_or_else(|| missing("rank"))?;
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
        let named = match self.patterns_of(part, patterns) {
            Some(patterns) => patterns.of(layer).map_err(|why| record(file, why))?,
            None => None,
        };
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

    fn patterns_of(&self, part: Part, key: &str) -> Option<&Patterns> {
        let named = self.patterns.get(&format!("{}.{key}", part.folder()));
        let speaks_of_it = part == Part::Unet || self.beside.is_some();
        let unnamed = speaks_of_it.then(|| self.patterns.get(key));
        named.or(unnamed.flatten())
    }

    fn flag(&self, part: Part, key: &str) -> bool {
        self.get(part, key) == Some(&Value::Bool(true))
    }
}

fn record(file: &Path, why: String) -> LoraError {
    LoraError::Record {
        file: file.into(),
        why,
    }
}
