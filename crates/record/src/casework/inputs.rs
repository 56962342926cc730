//! Before anything of a case is handed over: whether works and models are still the files that were taken in.
//! A file that has gone cannot have been changed into another, and the case holds what came of it; that it was
//! not there is told.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::assignment::picture_of;
use super::error::CaseworkError;
use crate::case::archive::{self, Progress};
use crate::case::{ArtworkView, CaseView, Digest};
use palimpsest_method::examination::{Identity, Plan};
use palimpsest_method::models::is_built_in;

/// The state of the files that a case was made from, none of them changed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Inputs {
    /// Number of those that are as they were.
    pub same: usize,
    /// Those that are not there, or cannot be read.
    pub missing: Vec<PathBuf>,
}

/// The expected content of a file.
struct Expected {
    sha256: Digest,
    /// Its size, where that was kept.
    bytes: Option<u64>,
}

/// Hashes the works and models of a case again.
///
/// # Errors
/// [`CaseworkError::InputChanged`] with the first file that is another than at the beginning.
pub fn check(case: &CaseView) -> Result<Inputs, CaseworkError> {
    let expected = expected(case);
    let found: Vec<_> = expected
        .into_par_iter()
        .map(|(path, expected)| {
            let is_same = expected.is(&path);
            (path, is_same)
        })
        .collect();
    let mut inputs = Inputs::default();
    for (path, is_same) in found {
        match is_same {
            Some(true) => inputs.same += 1,
            Some(false) => return Err(CaseworkError::InputChanged(path)),
            None => inputs.missing.push(path),
        }
    }
    Ok(inputs)
}

/// Archives the case in `folder` as the file `to`, once its inputs are known to be unchanged; returns the hash
/// of the archive, and which inputs are missing.
///
/// # Errors
/// As [`check`], and those of the [archive](archive::export).
pub fn archive(
    folder: &Path,
    to: &Path,
    progress: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<(Digest, Inputs), CaseworkError> {
    let inputs = check(&CaseView::read(folder)?)?;
    Ok((archive::export(folder, to, progress)?, inputs))
}

/// Every file that the case was made from. What is built into the program cannot have been changed.
fn expected(view: &CaseView) -> BTreeMap<PathBuf, Expected> {
    let picture = |artwork: &ArtworkView| {
        let sha256 = artwork.entry.sha256?;
        let path = picture_of(&artwork.entry, &view.folder);
        Some((
            path,
            Expected {
                sha256,
                bytes: None,
            },
        ))
    };
    let plans = [Some(&view.plan), view.null_run.as_deref()];
    let models = plans.into_iter().flatten().flat_map(identities);
    let models = models.filter(|identity| !is_built_in(identity.path.as_path()));
    let pictures = view.artworks.iter().filter_map(picture);
    pictures.chain(models.flat_map(files)).collect()
}

fn identities(plan: &Plan) -> impl Iterator<Item = &Identity> {
    let models = [&plan.pretrained.identity, &plan.finetuned.identity];
    models.into_iter().chain(&plan.clip).chain(&plan.dino)
}

fn files(identity: &Identity) -> impl Iterator<Item = (PathBuf, Expected)> {
    identity.files.iter().map(|file| {
        let expected = Expected {
            sha256: file.sha256,
            bytes: Some(file.bytes),
        };
        (identity.path_of(file), expected)
    })
}

impl Expected {
    /// True if the file is what it was; `None` if it is not there or cannot be read.
    fn is(&self, path: &Path) -> Option<bool> {
        let metadata = path.metadata().ok()?;
        if !metadata.is_file() || self.bytes.is_some_and(|bytes| bytes != metadata.len()) {
            return Some(false);
        }
        let (found, _) = Digest::of_file(path).ok()?;
        Some(found == self.sha256)
    }
}
