//! The models that a plan is made with, each with the hash over its files.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::PaperError;
use super::plan::Wanted;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::Component;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Memory};
use palimpsest_method::examination::Identity;
use palimpsest_method::inversion::Control;
use palimpsest_method::models;

/// A file or a folder that the results depend on.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Source {
    pub path: PathBuf,
    pub sha256: Digest,
}

/// The further bases, each once: two of the same files would be the same cells.
pub(super) fn further(wanted: &Wanted) -> Result<Vec<Source>, PaperError> {
    let mut found = vec![base(&wanted.base)?];
    for given in &wanted.further_bases {
        let other = base(given)?;
        if found.iter().any(|before| before.sha256 == other.sha256) {
            return Err(PaperError::SameBase(given.clone()));
        }
        found.push(other);
    }
    Ok(found.split_off(1))
}

/// The base model with the hash over its files.
pub(super) fn base(given: &Path) -> Result<Source, PaperError> {
    let path = models::resolve(given)?;
    let engine = Engine::new(Device::Cpu, 1, Memory::Full)?;
    let model = DiffusionModel::open(&path, None, &engine)?;
    let identity = Identity::read(&path, &model.files(), &Control::new())?;
    Ok(Source {
        // A built-in model lies elsewhere on every machine.
        path: match models::is_built_in(&path) {
            true => given.into(),
            false => std::path::absolute(&path).unwrap_or(path),
        },
        sha256: identity.sha256,
    })
}

pub(super) fn encoder(folder: Option<&Path>) -> Result<Option<Source>, PaperError> {
    let Some(folder) = folder else {
        return Ok(None);
    };
    let files = Component::open(folder)?.files();
    let identity = Identity::read(folder, &files, &Control::new())?;
    Ok(Some(Source {
        path: std::path::absolute(folder).unwrap_or_else(|_| folder.into()),
        sha256: identity.sha256,
    }))
}
