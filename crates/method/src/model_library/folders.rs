//! The folders of the library: those that the user added, kept in a file, and those of interfaces that are there.

use std::path::{Path, PathBuf};

use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use serde::{Deserialize, Serialize};

use super::LibraryError;
use super::interfaces;

/// The file of those that were added, and its largest size.
const FILE: &str = "model-folders.json";
const MAX_BYTES: u64 = 1 << 20;

/// A folder of the library.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Folder {
    pub path: PathBuf,
    /// The interface whose folder it is; none of one that the user added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// Those that were added.
pub struct Folders {
    file: PathBuf,
    added: Vec<PathBuf>,
    pub finds_interfaces: bool,
}

#[derive(Default, Deserialize, Serialize)]
struct Kept {
    folders: Vec<PathBuf>,
}

impl Folders {
    /// Reads the list in `data`.
    pub fn read(data: &Path, notes: &mut Vec<String>) -> Self {
        let file = data.join(FILE);
        let kept = match read_at_most(&file, MAX_BYTES) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                notes.push(format!(
                    "{} is damaged ({error}): the folders that were added have to be added again.",
                    file.display()
                ));
                Kept::default()
            }),
            // It is written with the first folder.
            Err(error) => {
                if file.exists() {
                    notes.push(format!("{} cannot be read: {error}.", file.display()));
                }
                Kept::default()
            }
        };
        Self {
            file,
            added: kept.folders,
            finds_interfaces: true,
        }
    }

    pub fn add(&mut self, folder: &Path) -> Result<(), LibraryError> {
        let whole = folder.canonicalize().ok().filter(|path| path.is_dir());
        let path = whole.ok_or_else(|| LibraryError::NoFolder {
            path: folder.into(),
        })?;
        if !self.added.contains(&path) {
            self.added.push(path);
        }
        self.keep()
    }

    pub fn remove(&mut self, folder: &Path) -> Result<(), LibraryError> {
        // One that is gone can only be named as it was.
        let path = folder.canonicalize().unwrap_or_else(|_| folder.into());
        let before = self.added.len();
        self.added.retain(|known| *known != path && known != folder);
        if self.added.len() == before {
            return Err(LibraryError::Unknown {
                path: folder.into(),
            });
        }
        self.keep()
    }

    /// All that are there, those of the user first, none within another.
    pub fn all(&self) -> Vec<Folder> {
        let own = self.added.iter().map(|path| Folder {
            path: path.clone(),
            of: None,
        });
        let found = self.finds_interfaces.then(interfaces::found);
        let mut all: Vec<Folder> = Vec::new();
        for folder in own.chain(found.into_iter().flatten()) {
            let is_new = !all.iter().any(|known| folder.path.starts_with(&known.path));
            if is_new && folder.path.is_dir() {
                all.push(folder);
            }
        }
        all
    }

    fn keep(&self) -> Result<(), LibraryError> {
        let kept = Kept {
            folders: self.added.clone(),
        };
        let unwritable = |source| LibraryError::Unwritable {
            path: self.file.clone(),
            source,
        };
        let folder = self.file.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        let bytes = serde_json::to_vec_pretty(&kept)
            .map_err(|error| unwritable(std::io::Error::from(error)))?;
        atomic::replace(&self.file, &bytes).map_err(unwritable)
    }
}
