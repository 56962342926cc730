//! A model's source: the file or folder that it is opened from, the strength of a LoRA, and the LoRAs that are applied
//! after it. People write all of it in one: `FILE@0.8+OTHER@0.5`.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::LoraError;

/// The largest strength, either way. Usual are 0 to 1.
const MOST: f32 = 100.0;

/// The most LoRAs that are applied together.
const TOGETHER: usize = 16;

/// A file or folder, and the strength at which a LoRA is applied.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSource {
    /// The file or folder; of several LoRAs that of the first.
    pub path: PathBuf,
    /// The share of a LoRA's change that is made; without it 1.
    pub strength: Option<f32>,
    /// The LoRAs that are applied after the first, in this order.
    pub further: Vec<FurtherLora>,
}

/// A LoRA that is applied after another.
#[derive(Clone, Debug, PartialEq)]
pub struct FurtherLora {
    /// The file, or the folder that holds only it.
    pub path: PathBuf,
    /// The share of its change that is made; without it 1.
    pub strength: Option<f32>,
}

impl ModelSource {
    /// The source that `given` names, be it with a strength behind the last `@`, be it several behind a `+` each. A
    /// file or folder of exactly this name comes first: names may hold both. What is no strength stays in the path,
    /// where [`ModelSource::check`] finds it.
    pub fn named(given: &Path) -> Self {
        match one(given) {
            Some(first) => Self::of(first, Vec::new()),
            None => several(given).unwrap_or_else(|| Self::of((given.into(), None), Vec::new())),
        }
    }

    /// The source with another LoRA applied after those that it has.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.further.push(FurtherLora {
            path: other.path,
            strength: other.strength,
        });
        self.further.extend(other.further);
        self
    }

    fn of((path, strength): (PathBuf, Option<f32>), further: Vec<FurtherLora>) -> Self {
        Self {
            path,
            strength,
            further,
        }
    }

    /// All paths with their strengths, in the order in which they are applied.
    pub fn parts(&self) -> impl Iterator<Item = (&Path, Option<f32>)> {
        let further = self.further.iter();
        let further = further.map(|lora| (&*lora.path, lora.strength));
        std::iter::once((&*self.path, self.strength)).chain(further)
    }

    /// Makes sure that no text that was meant as a strength is left in a path, and that no LoRA is applied twice.
    ///
    /// # Errors
    /// [`LoraError::Strength`] if what precedes the last `@` exists and what follows is no number from -100 to
    /// 100, or a strength is none; [`LoraError::Twice`]; [`LoraError::TooMany`].
    pub fn check(&self) -> Result<(), LoraError> {
        let mut seen: Vec<&Path> = Vec::new();
        for (path, strength) in self.parts() {
            check_strength(path, strength)?;
            if seen.contains(&path) {
                return Err(LoraError::Twice { file: path.into() });
            }
            seen.push(path);
            if seen.len() > TOGETHER {
                return Err(LoraError::TooMany { most: TOGETHER });
            }
        }
        Ok(())
    }

    /// The folder in which files about this model lie: the model's own, or that of its file.
    pub fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if self.path.is_file() => parent,
            _ => &self.path,
        }
    }
}

fn check_strength(path: &Path, strength: Option<f32>) -> Result<(), LoraError> {
    let refused = |file: &Path, text: String| LoraError::Strength {
        file: file.into(),
        text,
        most: MOST,
    };
    match strength {
        // Not a number is above nothing and below nothing.
        Some(strength) if strength.abs() <= MOST => Ok(()),
        Some(strength) => Err(refused(path, strength.to_string())),
        None if path.exists() => Ok(()),
        None => match split(path) {
            Some((file, text)) => Err(refused(&file, text.into())),
            None => Ok(()),
        },
    }
}

/// The one file or folder that is there under this name, with the strength behind it.
fn one(given: &Path) -> Option<(PathBuf, Option<f32>)> {
    if given.exists() {
        return Some((given.into(), None));
    }
    let (path, text) = split(given)?;
    Some((path, Some(strength(text)?)))
}

/// Those that stand behind one another with a `+` between them. The first is there; what follows and is not stays
/// as it was written, for whoever opens it to name it.
fn several(given: &Path) -> Option<ModelSource> {
    let text = given.to_str()?;
    let ends = text.match_indices('+').map(|(at, _)| at);
    let found = ends.filter_map(|at| {
        let (first, rest) = (text.get(..at)?, text.get(at..)?.get(1..)?);
        let first = ModelSource::of(first_of(Path::new(first))?, Vec::new());
        (!rest.is_empty()).then(|| (first, Path::new(rest)))
    });
    // A name may hold a `+`: the way of reading it in which all are there is the one that was meant.
    let mut readings = found.map(|(first, rest)| first.and(ModelSource::named(rest)));
    let first = readings.next()?;
    let all_there = |source: &ModelSource| source.parts().all(|(path, _)| path.exists());
    match all_there(&first) {
        true => Some(first),
        false => readings.find(all_there).or(Some(first)),
    }
}

/// As [`one`]; what stands behind an existing file and is no strength stays in its path.
fn first_of(given: &Path) -> Option<(PathBuf, Option<f32>)> {
    one(given).or_else(|| split(given).map(|_| (given.into(), None)))
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

/// As people write it: the path, and the strength behind an `@` where there is one; a `+` before each that follows.
impl fmt::Display for ModelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (path, strength)) in self.parts().enumerate() {
            let between = if number == 0 { "" } else { "+" };
            write!(f, "{between}{}", path.display())?;
            if let Some(strength) = strength {
                write!(f, "@{strength}")?;
            }
        }
        Ok(())
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
