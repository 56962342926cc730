//! Verification that an archive holds exactly what its manifest lists. It is read through and not unpacked; whether
//! the case in it holds is for [`crate::case::verification::verify`] to say, once it is unpacked.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use serde::Serialize;
use zip::ZipArchive;

use super::{ArchiveError, MANIFEST};
use crate::case::Digest;
use crate::case::inside::is_plain;

/// The largest manifest read, in bytes: a line for each of half a million files.
const MAX_MANIFEST: u64 = 1 << 27;

/// Deflate makes nothing smaller than one 1032nd, so more than this comes only of pieces used twice.
const MOST_EXPANSION: u64 = 1032;

/// The content of an archive that is as it was written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct CheckedArchive {
    /// The hash of the archive itself.
    pub sha256: Digest,
    /// Files beside the manifest.
    pub files: u64,
    /// Their size unpacked, in bytes.
    pub bytes: u64,
}

/// Checks the archive at `path` against its own manifest.
///
/// # Errors
/// [`ArchiveError::Damaged`] if it cannot be read, or if a file is changed, missing or not listed.
pub fn check(path: &Path) -> Result<CheckedArchive, ArchiveError> {
    check_file(path).map_err(|why| ArchiveError::Damaged {
        path: path.to_owned(),
        why,
    })
}

pub(super) fn check_file(path: &Path) -> Result<CheckedArchive, String> {
    let (sha256, length) = Digest::of_file(path).map_err(told)?;
    let file = BufReader::new(File::open(path).map_err(told)?);
    let mut archive = ZipArchive::new(file).map_err(told)?;
    let mut listed = read_manifest(&mut archive)?;
    let mut checked = CheckedArchive {
        sha256,
        files: 0,
        bytes: 0,
    };
    let mut allowance = length.saturating_mul(MOST_EXPANSION);
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(told)?;
        let name = file.name().map_err(told)?.into_owned();
        if name == MANIFEST {
            continue;
        }
        let listed = listed.remove(&name);
        let expected = listed.ok_or_else(|| format!("{name} is not in its manifest"))?;
        let (found, size) = Digest::of_reader(file.take(allowance)).map_err(told)?;
        if found != expected {
            return Err(format!("{name} has been changed"));
        }
        allowance = allowance.saturating_sub(size);
        checked.files = checked.files.saturating_add(1);
        checked.bytes = checked.bytes.saturating_add(size);
    }
    match listed.into_keys().next() {
        Some(name) => Err(format!("{name} is missing")),
        None => Ok(checked),
    }
}

/// The hashes by the names of the files.
pub(super) fn read_manifest<R: Read + io::Seek>(
    archive: &mut ZipArchive<R>,
) -> Result<BTreeMap<String, Digest>, String> {
    let file = archive
        .by_name(MANIFEST)
        .map_err(|_| "it has no manifest".to_owned())?;
    let mut text = String::new();
    file.take(MAX_MANIFEST)
        .read_to_string(&mut text)
        .map_err(told)?;
    let mut listed = BTreeMap::new();
    for line in text.lines() {
        let parts = line.split_once("  ");
        let (hash, name) = parts.ok_or("its manifest has a line that is no hash and name")?;
        let hash: Digest = hash.parse().map_err(told)?;
        if !is_plain(name) || listed.insert(name.to_owned(), hash).is_some() {
            return Err(format!(
                "its manifest names {name:?}, twice or outside the archive"
            ));
        }
    }
    Ok(listed)
}

pub(super) fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}
