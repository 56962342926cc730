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
use palimpsest_method::examination::{Identity, Plan, RecordedPath};
use palimpsest_method::models::is_built_in;

/// The state of the files that a case was made from, none of them changed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Inputs {
    /// Number of those that are as they were.
    pub same: usize,
    /// Those that are not there, or cannot be read.
    pub missing: Vec<MissingFile>,
}

/// A file that a case was made from and that is not to be had.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MissingFile {
    /// Its place, or only its name where its place is not known.
    pub path: PathBuf,
    /// The name that the record has for it, of a model's file behind that of the model.
    pub name: String,
}

/// The expected content of a file.
struct Expected {
    /// The name that the record has for it.
    name: String,
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
        .map(|((path, sha256), expected)| {
            let is_same = expected.is(&path, sha256);
            (path, expected.name, is_same)
        })
        .collect();
    let mut inputs = Inputs::default();
    for (path, name, is_same) in found {
        match is_same {
            Some(true) => inputs.same += 1,
            Some(false) => return Err(CaseworkError::InputChanged(path)),
            None => inputs.missing.push(MissingFile { path, name }),
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
fn expected(view: &CaseView) -> BTreeMap<(PathBuf, Digest), Expected> {
    let picture = |artwork: &ArtworkView| {
        let sha256 = artwork.entry.sha256?;
        let path = picture_of(&artwork.entry, &view.folder);
        let name = artwork.entry.path.to_string();
        let name = path
            .file_name()
            .map_or(name, |name| name.to_string_lossy().into_owned());
        Some(((path, sha256), Expected { name, bytes: None }))
    };
    let plans = [Some(&view.plan), view.null_run.as_deref()];
    let models = plans.into_iter().flatten().flat_map(Plan::identities);
    let models = models.filter(|identity| !is_built_in(identity.path.as_path()));
    let pictures = view.artworks.iter().filter_map(picture);
    pictures.chain(models.flat_map(files)).collect()
}

fn files(identity: &Identity) -> impl Iterator<Item = ((PathBuf, Digest), Expected)> {
    let root = identity.path.name();
    identity.files.iter().map(move |file| {
        let path = identity.path_of(file);
        let last = path.file_name().unwrap_or_default().to_string_lossy();
        // Earlier versions wrote places into names.
        let own = match RecordedPath::read(&file.name) {
            Some(name) if !name.is_placed() => file.name.as_str(),
            _ => &*last,
        };
        let name = match own == root {
            true => root.clone(),
            false => format!("{root}/{own}"),
        };
        let bytes = Some(file.bytes);
        ((path, file.sha256), Expected { name, bytes })
    })
}

impl Expected {
    /// True if the file is what it was; `None` if it is not there or cannot be read.
    fn is(&self, path: &Path, sha256: Digest) -> Option<bool> {
        if !path.is_absolute() {
            // A name without a place: a file that happens to lie here is none of the case's.
            return None;
        }
        let metadata = path.metadata().ok()?;
        if !metadata.is_file() || self.bytes.is_some_and(|bytes| bytes != metadata.len()) {
            return Some(false);
        }
        let (found, _) = Digest::of_file(path).ok()?;
        Some(found == sha256)
    }
}
