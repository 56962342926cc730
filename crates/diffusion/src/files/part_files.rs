//! The files of one part of a model, opened when a network is read and closed after: files of its own, or one
//! file that holds other parts too, under names of another layout.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::Component;
use super::weights::{Renamed, Weights};
use crate::ModelError;

/// Where the weights of a part lie. A clone shares the table of names.
#[derive(Clone, Debug)]
pub struct PartFiles {
    described_by: PathBuf,
    weights: Vec<PathBuf>,
    names: Option<Arc<Vec<Renamed>>>,
}

impl PartFiles {
    /// A part of a model in a folder.
    pub fn of(component: &Component) -> Self {
        Self {
            described_by: component.config.clone(),
            weights: component.weights.clone(),
            names: None,
        }
    }

    /// A part of a model in one `file`, with what its tensors are called there.
    pub fn in_one_file(file: &Path, names: Vec<Renamed>) -> Self {
        Self {
            described_by: file.into(),
            weights: vec![file.into()],
            names: Some(Arc::new(names)),
        }
    }

    /// Opens the weights, under the names that the networks use.
    ///
    /// # Errors
    /// [`ModelError`] if a file cannot be read or is damaged.
    pub fn open(&self) -> Result<Weights, ModelError> {
        let weights = Weights::open(&self.weights)?;
        match &self.names {
            Some(names) => weights.renamed(names),
            None => Ok(weights),
        }
    }

    /// The first tensor, as its file calls it, that holds an infinity or no number at all, if one does. Takes as long as
    /// reading the files.
    ///
    /// # Errors
    /// [`ModelError`] if a file cannot be read or is damaged.
    pub fn not_finite(&self) -> Result<Option<String>, ModelError> {
        let weights = self.open()?;
        let Some(name) = weights.not_finite() else {
            return Ok(None);
        };
        let mut names = self.names.iter().flat_map(|names| names.iter());
        let stored = names.find(|renamed| renamed.name == name);
        Ok(Some(stored.map_or(name, |renamed| &renamed.stored).into()))
    }

    /// The file, or the folder of several files, for messages.
    pub fn source(&self) -> &Path {
        match &self.weights[..] {
            [file] => file,
            _ => self.described_by.parent().unwrap_or(&self.described_by),
        }
    }

    /// The files with the weights.
    pub fn weights(&self) -> &[PathBuf] {
        &self.weights
    }

    /// The file that says how the part is built, for messages.
    pub fn described_by(&self) -> &Path {
        &self.described_by
    }
}
