//! One configuration file as settings by name, each read with its range: whatever is wrong is
//! reported with the setting's name, its value and what it should have been.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::ModelError;
use crate::files::text::read_json;

/// The largest configuration file, in bytes.
const CONFIG: u64 = 1 << 20;

/// The settings of one file, or of an object inside it.
pub struct Settings {
    file: PathBuf,
    settings: Map<String, Value>,
}

impl Settings {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ModelError`] if it cannot be read or is no JSON object.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        Ok(Self {
            file: file.into(),
            settings: read_json(file, "the description of this part of the model", CONFIG)?,
        })
    }

    /// The settings of the object `key`, if there is one.
    pub fn nested(&self, key: &str) -> Option<Self> {
        match self.settings.get(key) {
            Some(Value::Object(settings)) => Some(Self {
                file: self.file.clone(),
                settings: settings.clone(),
            }),
            _ => None,
        }
    }

    /// The value of `key`; nothing if it is absent or null.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.settings.get(key).filter(|value| !value.is_null())
    }

    /// True if `key` is there, be it with the value null.
    pub fn has(&self, key: &str) -> bool {
        self.settings.contains_key(key)
    }

    /// A whole number in `range`.
    pub fn count(
        &self,
        key: &str,
        default: usize,
        range: RangeInclusive<usize>,
    ) -> Result<usize, ModelError> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => as_count(value, &range).ok_or_else(|| self.wrong(key, &counted(&range))),
        }
    }

    /// Whole numbers in `range`, one for each of `blocks`: a list, or one number for all.
    pub fn counts(
        &self,
        key: &str,
        default: usize,
        range: RangeInclusive<usize>,
        blocks: usize,
    ) -> Result<Vec<usize>, ModelError> {
        match self.get(key) {
            Some(Value::Array(_)) => {
                let list = self.list(key, &[], range)?;
                if list.len() != blocks {
                    return Err(self.wrong(key, &format!("one number for each of {blocks} blocks")));
                }
                Ok(list)
            }
            _ => Ok(vec![self.count(key, default, range)?; blocks]),
        }
    }

    /// A list of whole numbers in `range`.
    pub fn list(
        &self,
        key: &str,
        default: &[usize],
        range: RangeInclusive<usize>,
    ) -> Result<Vec<usize>, ModelError> {
        let Some(value) = self.get(key) else {
            return Ok(default.to_vec());
        };
        value
            .as_array()
            .and_then(|list| list.iter().map(|value| as_count(value, &range)).collect())
            .ok_or_else(|| self.wrong(key, &format!("a list, each entry {}", counted(&range))))
    }

    /// A number in `range`.
    pub fn number(
        &self,
        key: &str,
        default: f64,
        range: RangeInclusive<f64>,
    ) -> Result<f64, ModelError> {
        let Some(value) = self.get(key) else {
            return Ok(default);
        };
        value
            .as_f64()
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                let (low, high) = (range.start(), range.end());
                self.wrong(key, &format!("a number from {low} to {high}"))
            })
    }

    /// True or false.
    pub fn flag(&self, key: &str, default: bool) -> Result<bool, ModelError> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => value
                .as_bool()
                .ok_or_else(|| self.wrong(key, "true or false")),
        }
    }

    /// A text.
    pub fn text<'a>(&'a self, key: &str, default: &'a str) -> Result<&'a str, ModelError> {
        match self.get(key) {
            None => Ok(default),
            Some(value) => value.as_str().ok_or_else(|| self.wrong(key, "a text")),
        }
    }

    /// Refuses the network unless `key` is absent, null or one of `supported`.
    pub fn only(&self, key: &str, supported: &[Value]) -> Result<(), ModelError> {
        let same = |value: &Value| {
            supported.iter().any(|supported| {
                // 1 and 1.0 are the same setting.
                supported == value
                    || supported.as_f64().is_some() && supported.as_f64() == value.as_f64()
            })
        };
        match self.get(key) {
            Some(value) if !same(value) => Err(self.unsupported(key)),
            _ => Ok(()),
        }
    }

    /// The network that `key` asks for is not implemented.
    pub fn unsupported(&self, key: &str) -> ModelError {
        ModelError::UnsupportedArchitecture {
            file: self.file.clone(),
            key: key.into(),
            value: self.shown(key),
        }
    }

    /// The value of `key` is not `expected`.
    pub fn wrong(&self, key: &str, expected: &str) -> ModelError {
        ModelError::Setting {
            file: self.file.clone(),
            key: key.into(),
            value: self.shown(key),
            expected: expected.into(),
        }
    }

    /// The file that the settings come from.
    pub fn file(&self) -> &Path {
        &self.file
    }

    fn shown(&self, key: &str) -> String {
        self.settings
            .get(key)
            .map_or_else(|| "not given".into(), Value::to_string)
    }
}

fn as_count(value: &Value, range: &RangeInclusive<usize>) -> Option<usize> {
    value
        .as_u64()
        // A number that no size can be is out of every range.
        .and_then(|number| usize::try_from(number).ok())
        .filter(|number| range.contains(number))
}

fn counted(range: &RangeInclusive<usize>) -> String {
    format!("a whole number from {} to {}", range.start(), range.end())
}
