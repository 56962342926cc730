//! The index: what is known of files from the last time, for as long as their size and their time stay. It can be made
//! again, so that a damaged one is thrown away.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_base::digest::Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::LibraryError;
use super::entry::{EntryKind, Stated};

/// The file, its largest size, and the form of what is in it: another version reads files anew.
const FILE: &str = "model-index.json";
const MAX_BYTES: u64 = 1 << 26;
const FORM: &str = concat!("1, ", env!("CARGO_PKG_VERSION"));

/// Bytes that are hashed at a time.
const BUFFER: usize = 1 << 20;

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Stamp {
    pub bytes: u64,
    /// Nanoseconds since 1970.
    pub modified: Option<u64>,
}

/// What the head of a file tells.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Card {
    pub kind: EntryKind,
    pub what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
    #[serde(default, skip_serializing_if = "Stated::is_empty")]
    pub stated: Stated,
}

#[derive(Deserialize, Serialize)]
struct Known {
    stamp: Stamp,
    card: Card,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<Digest>,
}

#[derive(Deserialize, Serialize)]
struct Kept {
    form: String,
    files: BTreeMap<PathBuf, Known>,
}

/// The index of files.
pub struct Index {
    file: PathBuf,
    files: BTreeMap<PathBuf, Known>,
    is_changed: bool,
}

impl Index {
    /// Reads the index in `cache`.
    pub fn read(cache: &Path, notes: &mut Vec<String>) -> Self {
        let file = cache.join(FILE);
        let mut anew = |why: &str| {
            let file = file.display();
            notes.push(format!("{file} {why}: all files are looked at anew."));
            BTreeMap::new()
        };
        let files = match read_at_most(&file, MAX_BYTES) {
            Ok(bytes) => match serde_json::from_slice::<Kept>(&bytes) {
                Ok(kept) if kept.form == FORM => kept.files,
                // Of another version.
                Ok(_) => BTreeMap::new(),
                Err(_) => anew("was damaged"),
            },
            Err(error) if error.is_not_found() => BTreeMap::new(),
            Err(error) => anew(&format!("cannot be read ({error})")),
        };
        Self {
            file,
            files,
            is_changed: false,
        }
    }

    /// What is known of a file in this state.
    pub fn card(&self, path: &Path, stamp: &Stamp) -> Option<Card> {
        let known = self.files.get(path)?;
        (known.stamp == *stamp).then(|| known.card.clone())
    }

    /// Keeps what was read of a file.
    pub fn remember(&mut self, path: &Path, stamp: Stamp, card: Card) -> Card {
        let known = Known {
            stamp,
            card: card.clone(),
            sha256: None,
        };
        self.files.insert(path.to_owned(), known);
        self.is_changed = true;
        card
    }

    /// The hash of a file whose card is known, if it was taken.
    pub fn known_hash(&self, path: &Path) -> Option<Digest> {
        self.files.get(path)?.sha256
    }

    /// The model whose hash begins with these digits, if it was taken and the file has not changed since.
    pub fn model_with_hash(&self, digits: &str) -> Option<PathBuf> {
        let mut files = self.files.iter();
        let found = files.find(|(path, known)| {
            let hash = known.sha256.map(|hash| hash.to_string());
            known.card.kind == EntryKind::Model
                && hash.is_some_and(|hash| hash.starts_with(digits))
                && Stamp::of(path) == Some(known.stamp)
        });
        found.map(|(path, _)| path.clone())
    }

    /// Takes the hash of a file whose card is known. `proceed` is asked between pieces.
    pub fn hash(&mut self, path: &Path, proceed: &dyn Fn() -> bool) -> Option<Digest> {
        let known = self.files.get_mut(path)?;
        if known.sha256.is_none() {
            let hash = hash_of(path, proceed).ok()??;
            // A file that is being written has no hash yet.
            if Stamp::of(path)? != known.stamp {
                return None;
            }
            known.sha256 = Some(hash);
            self.is_changed = true;
        }
        known.sha256
    }

    /// Writes it, if it has changed. Files that are gone are left out.
    pub fn keep(&mut self) -> Result<(), LibraryError> {
        if !self.is_changed {
            return Ok(());
        }
        self.files.retain(|path, _| {
            // What has no name in JSON is read anew every time.
            path.to_str().is_some() && path.exists()
        });
        let kept = Kept {
            form: FORM.into(),
            files: std::mem::take(&mut self.files),
        };
        let bytes = serde_json::to_vec(&kept);
        self.files = kept.files;
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| bytes.map_err(io::Error::from))
            .and_then(|bytes| atomic::replace(&self.file, &bytes));
        written.map_err(|source| LibraryError::Unwritable {
            path: self.file.clone(),
            source,
        })?;
        self.is_changed = false;
        Ok(())
    }
}

/// The hash of a file; none if `proceed` ended it.
fn hash_of(path: &Path, proceed: &dyn Fn() -> bool) -> io::Result<Option<Digest>> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        if !proceed() {
            return Ok(None);
        }
        match file.read(&mut buffer) {
            Ok(0) => return Ok(Some(hash.into())),
            Ok(read) => hash.update(buffer.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_is_not_there_is_no_news_and_one_that_cannot_be_read_is() {
        let cache = tempfile::tempdir().unwrap();
        let mut notes = Vec::new();
        Index::read(cache.path(), &mut notes);
        assert_eq!(notes, Vec::<String>::new());
        std::fs::create_dir(cache.path().join(FILE)).unwrap();
        Index::read(cache.path(), &mut notes);
        let [note] = notes.as_slice() else {
            panic!("{notes:?}");
        };
        assert!(note.contains("cannot be read"), "{note}");
    }
}
