//! The files that the entries of a journal vouch for, by their SHA-256.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Event, JournalEntry};
use crate::case::{Digest, inside};

/// A sealing of a file: the hash, and the number of the entry.
pub(in crate::case) type Seal = (Digest, u64);

/// The latest sealing of every path in the case.
pub(in crate::case) fn sealed(entries: &[JournalEntry]) -> BTreeMap<&str, Seal> {
    let mut sealed = BTreeMap::new();
    for entry in entries {
        for (path, hash) in entry.event.sealed() {
            if !is_elsewhere(&entry.event, path) {
                sealed.insert(path, (hash, entry.number));
            }
        }
    }
    sealed
}

/// An exhibit may be written anywhere; one that lies elsewhere is told of, and never opened. Earlier versions had its
/// path, absolute or below the home folder.
pub(in crate::case) fn is_elsewhere(event: &Event, path: &str) -> bool {
    let outside = || Path::new(path).is_absolute() || path.starts_with("~/");
    matches!(event, Event::Exhibited { elsewhere, .. } if *elsewhere || outside())
}

/// True if an entry vouches for the file that the case in `folder` calls `file`, as the file is now. One that
/// cannot be read is not what was sealed.
pub(in crate::case) fn is_sealed(entries: &[JournalEntry], folder: &Path, file: &str) -> bool {
    let Some(seal) = latest(entries, file) else {
        return false;
    };
    let found = inside::resolve(folder, file).map(|path| Digest::of_file(&path));
    matches!(found, Ok(Ok((digest, _))) if digest == seal)
}

/// The hash under which `file` was last sealed; none if it never was.
pub(in crate::case) fn latest(entries: &[JournalEntry], file: &str) -> Option<Digest> {
    let mut newest_first = entries.iter().rev();
    let inside = |entry: &JournalEntry| {
        let sealed = entry.event.sealed().into_iter();
        let found = sealed.filter(|(path, _)| *path == file && !is_elsewhere(&entry.event, path));
        found.map(|(_, hash)| hash).next()
    };
    newest_first.find_map(inside)
}
