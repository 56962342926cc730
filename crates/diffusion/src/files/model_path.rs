//! A model's name on a command line and in a record: a path, which for a LoRA may be followed by
//! its strength: `FILE@0.8`.

use std::path::{Path, PathBuf};

use crate::LoraError;

/// The largest strength, either way. Usual are 0 to 1.
const MOST: f32 = 100.0;

/// A model's path and the strength that follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelPath {
    /// The file or folder.
    pub path: PathBuf,
    /// The share of a LoRA's change that is made, if that was said.
    pub strength: Option<f32>,
}

impl ModelPath {
    /// Takes `given` apart. A file or folder of exactly this name comes first: names may hold an `@`.
    ///
    /// # Errors
    /// [`LoraError::Strength`] if what precedes the last `@` exists and what follows is no number from
    /// -100 to 100.
    pub fn parse(given: &Path) -> Result<Self, LoraError> {
        let whole = Self {
            path: given.into(),
            strength: None,
        };
        if given.exists() {
            return Ok(whole);
        }
        let name = given.file_name().and_then(|name| name.to_str());
        let Some((name, text)) = name.and_then(|name| name.rsplit_once('@')) else {
            return Ok(whole);
        };
        let path = given.with_file_name(name);
        if name.is_empty() || !path.exists() {
            return Ok(whole);
        }
        match text.parse::<f32>() {
            Ok(strength) if strength.abs() <= MOST => Ok(Self {
                path,
                strength: Some(strength),
            }),
            _ => Err(LoraError::Strength {
                file: path,
                text: text.into(),
                most: MOST,
            }),
        }
    }

    /// The folder in which files about this model lie: the model's own, or that of its file.
    pub fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if self.path.is_file() => parent,
            _ => &self.path,
        }
    }
}
