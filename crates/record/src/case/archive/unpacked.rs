//! A case that was taken out of its archive to be looked at, in a folder that goes when it is put away. What its owner
//! gets is a copy: nothing that is done to it reaches the archive.

use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::check::{CheckedArchive, check_file, read_manifest, told};
use super::{ArchiveError, CHUNK, MANIFEST};
use crate::case::Digest;

/// Digits of the archive's hash in the folder's name.
const NAMED: usize = 16;

/// A case out of an archive; the folder is removed with it.
#[derive(Debug)]
pub struct Unpacked {
    folder: PathBuf,
    /// What the archive holds.
    pub checked: CheckedArchive,
}

impl Unpacked {
    /// The folder of the case.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            // It lies among what the system may throw away.
            tracing::warn!(kind = ?error.kind(), "an unpacked case was left");
        }
    }
}

/// True if a file is called as an archive is.
pub fn is_called_archive(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| it.eq_ignore_ascii_case("zip"))
}

/// Takes the case out of the archive at `path` into a new folder in `within`, once it is known to hold what its
/// manifest lists.
///
/// # Errors
/// [`ArchiveError::Damaged`] as of [`super::check`], and [`ArchiveError::Unwritable`].
pub fn unpack(path: &Path, within: &Path) -> Result<Unpacked, ArchiveError> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let damaged = |why| ArchiveError::Damaged {
        path: path.to_owned(),
        why,
    };
    let checked = check_file(path).map_err(damaged)?;
    let name = format!(
        "{}-{}-{}",
        checked.sha256.prefix(NAMED),
        std::process::id(),
        NUMBER.fetch_add(1, Ordering::Relaxed)
    );
    let folder = within.join(name);
    let unwritable = |error: io::Error| ArchiveError::Unwritable {
        path: folder.clone(),
        why: error.to_string(),
    };
    fs::create_dir_all(within).map_err(unwritable)?;
    fs::create_dir(&folder).map_err(unwritable)?;
    // From here on the folder goes with it, whatever comes.
    let unpacked = Unpacked {
        folder: folder.clone(),
        checked,
    };
    let file = File::open(path).map_err(|error| damaged(told(error)))?;
    let mut archive =
        ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(told(error)))?;
    let listed = read_manifest(&mut archive).map_err(damaged)?;
    // What was checked may have been exchanged meanwhile: no more than was found then is written.
    let mut allowance = checked.bytes;
    for (name, expected) in listed {
        let file = archive
            .by_name(&name)
            .map_err(|error| damaged(told(error)))?;
        let target = folder.join(&name);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(unwritable)?;
        }
        let to = File::create_new(&target).map_err(unwritable)?;
        let (found, size) = copied(file.take(allowance), to).map_err(unwritable)?;
        if found != expected {
            return Err(damaged(format!("{name} has been changed")));
        }
        allowance = allowance.saturating_sub(size);
    }
    debug_assert!(!folder.join(MANIFEST).exists());
    Ok(unpacked)
}

/// Copies all that is left to read; returns its hash and size.
fn copied(mut from: impl Read, mut to: File) -> io::Result<(Digest, u64)> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    let mut size = 0_u64;
    loop {
        let count = match from.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let more = || io::Error::other("more was read than there was room for");
        let piece = chunk.get(..count).ok_or_else(more)?;
        hash.update(piece);
        to.write_all(piece)?;
        size = size.saturating_add(count as u64);
    }
    Ok((hash.into(), size))
}
