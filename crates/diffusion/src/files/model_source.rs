//! A model's source: the file or folder that it is opened from, and the strength of a LoRA. People write both in
//! one: `FILE@0.8`.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::LoraError;

/// The largest strength, either way. Usual are 0 to 1.
const MOST: f32 = 100.0;

/// A file or folder, and the strength at which a LoRA is applied.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSource {
    /// The file or folder.
    pub path: PathBuf,
    /// The share of a LoRA's change that is made; without it 1.
    pub strength: Option<f32>,
}

impl ModelSource {
    /// The source that `given` names, be it with a strength behind the last `@`. A file or folder of exactly
    /// this name comes first: names may hold an `@`. What is no strength stays in the path, where
    /// [`ModelSource::check`] finds it.
    pub fn named(given: &Path) -> Self {
        let whole = || Self {
            path: given.into(),
            strength: None,
        };
        if given.exists() {
            return whole();
        }
        match split(given) {
            Some((path, text)) => match strength(text) {
                Some(strength) => Self {
                    path,
                    strength: Some(strength),
                },
                None => whole(),
            },
            None => whole(),
        }
    }

    /// Makes sure that no text that was meant as a strength is left in the path.
    ///
    /// # Errors
    /// [`LoraError::Strength`] if what precedes the last `@` exists and what follows is no number from -100 to
    /// 100, or the strength is none.
    pub fn check(&self) -> Result<(), LoraError> {
        let refused = |file: &Path, text: String| LoraError::Strength {
            file: file.into(),
            text,
            most: MOST,
        };
        match self.strength {
            // Not a number is above nothing and below nothing.
            Some(strength) if strength.abs() <= MOST => Ok(()),
            Some(strength) => Err(refused(&self.path, strength.to_string())),
            None if self.path.exists() => Ok(()),
            None => match split(&self.path) {
                Some((file, text)) => Err(refused(&file, text.into())),
                None => Ok(()),
            },
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

/// What precedes and what follows the last `@` in the name, if the former exists.
fn split(given: &Path) -> Option<(PathBuf, &str)> {
    let name = given.file_name()?.to_str()?;
    let (name, text) = name.rsplit_once('@')?;
    let path = given.with_file_name(name);
    (!name.is_empty() && path.exists()).then_some((path, text))
}

fn strength(text: &str) -> Option<f32> {
    let strength = text.parse::<f32>().ok();
    strength.filter(|strength| strength.abs() <= MOST)
}

/// As people write it: the path, and the strength behind an `@` where there is one.
impl fmt::Display for ModelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        match self.strength {
            Some(strength) => write!(f, "@{strength}"),
            None => Ok(()),
        }
    }
}

impl<P: AsRef<Path> + ?Sized> From<&P> for ModelSource {
    fn from(given: &P) -> Self {
        Self::named(given.as_ref())
    }
}

impl From<PathBuf> for ModelSource {
    fn from(given: PathBuf) -> Self {
        Self::named(&given)
    }
}

impl From<&ModelSource> for ModelSource {
    fn from(source: &ModelSource) -> Self {
        source.clone()
    }
}
