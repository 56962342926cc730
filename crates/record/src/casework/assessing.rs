//! The conclusion of a case, drawn and kept: the scores are weighed, and a calibration is taken in to weigh them by.

use std::path::Path;

use super::assessment::{self, Assessment};
use super::calibration::{self, CalibrationFile};
use super::error::CaseworkError;
use super::free_name::free_name;
use crate::case::journal::Event;
use crate::case::{Case, CaseError, Role};
use palimpsest_base::atomic;

/// Weighs the scores of a case as far as it is finished, and keeps the result in it.
///
/// # Errors
/// [`CaseworkError`] if the case is being worked on, or something of it cannot be read or written.
pub fn assess(folder: &Path) -> Result<Assessment, CaseworkError> {
    assess_open(&mut Case::open(folder)?)
}

/// Weighs the scores of an open case, and keeps the result in it if it is another than before.
pub(super) fn assess_open(case: &mut Case) -> Result<Assessment, CaseworkError> {
    let assessment = Assessment::of(&case.view())?;
    let path = case.path().join(assessment::FILE);
    let unwritable = |source| CaseError::Unwritable {
        path: path.clone(),
        source,
    };
    let bytes = serde_json::to_vec_pretty(&assessment).map_err(|error| unwritable(error.into()))?;
    // The same result again is no news.
    let is_known = case.journal().is_none() || case.is_sealed(assessment::FILE);
    // One that cannot be read is written anew like one that differs.
    if is_known && std::fs::read(&path).is_ok_and(|before| before == bytes) {
        return Ok(assessment);
    }
    atomic::replace(&path, &bytes).map_err(unwritable)?;
    let files = case.hashes([assessment::FILE.to_owned()])?;
    case.emit(&Event::Assessed { files })?;
    Ok(assessment)
}

/// Takes a calibration into a case; returns its name there.
///
/// # Errors
/// [`CaseworkError`] if it was made under other conditions, or cannot be read or written.
pub fn add_calibration(folder: &Path, file: &Path) -> Result<String, CaseworkError> {
    let mut case = Case::open(folder)?;
    let calibration = CalibrationFile::read(file)?.checked(&case.view())?;
    let place = folder.join(calibration::FOLDER);
    let name = free_name(&place, |number| format!("calibration-{number}.json"));
    std::fs::create_dir_all(&place).map_err(|source| CaseError::Unwritable {
        path: place.clone(),
        source,
    })?;
    calibration.write(&place.join(&name))?;
    let files = case.hashes([format!("{}/{name}", calibration::FOLDER)])?;
    case.emit(&Event::Calibrated {
        name: name.clone(),
        files,
    })?;
    Ok(name)
}

/// True if the case has any work for comparison.
pub(super) fn has_controls(case: &Case) -> bool {
    let mut artworks = case.artworks().iter();
    artworks.any(|entry| entry.role != Role::Questioned)
}
