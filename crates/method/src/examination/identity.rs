//! The identity of the files that a result was computed from: their SHA-256, taken with a small buffer, since a model
//! has gigabytes and mapping it here would count as memory used.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{ExaminationError, RecordedPath};
use crate::inversion::Control;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::ModelSource;

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;

/// One file.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct FileIdentity {
    /// Its path inside the folder, with `/` between the parts.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content.
    pub sha256: Digest,
}

/// The files of a model or of a picture encoder.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Identity {
    /// The folder, or the file of a LoRA.
    pub path: RecordedPath,
    /// SHA-256 of the list that `sha256sum` prints of the files, sorted by name: one line a file, its
    /// hash, two spaces, its name.
    pub sha256: Digest,
    /// Every file that the result depends on, sorted by name.
    pub files: Vec<FileIdentity>,
}

impl Identity {
    /// Hashes `files`, all of them inside the folder `root` or, where it is a file, beside it.
    ///
    /// # Errors
    /// [`ExaminationError::Unreadable`], or [`ExaminationError::Interrupted`].
    pub fn read(
        root: &Path,
        files: &[PathBuf],
        control: &Control,
    ) -> Result<Self, ExaminationError> {
        let mut files: Vec<FileIdentity> = files
            .par_iter()
            .map(|path| hash_file(root, path, control))
            .collect::<Result<_, _>>()?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let mut list = Sha256::new();
        for file in &files {
            list.update(format!("{}  {}\n", file.sha256, file.name));
        }
        Ok(Self {
            path: RecordedPath::new(root),
            sha256: list.into(),
            files,
        })
    }

    /// The hashes of the weights in the part of the model whose names begin with `prefix`: of all its
    /// files but the configuration.
    pub(super) fn weights_under(&self, prefix: &str) -> Vec<Digest> {
        self.files
            .iter()
            .filter(|file| file.name.starts_with(prefix) && !file.name.ends_with(".json"))
            .map(|file| file.sha256)
            .collect()
    }

    /// The file of this path, which may lie in another folder.
    pub(super) fn file(&self, path: &Path) -> Option<&FileIdentity> {
        let name = self.name_of(path);
        self.files.iter().find(|file| file.name == name)
    }

    /// The name of the file of this path, which may lie in another folder.
    pub(super) fn name_of(&self, path: &Path) -> String {
        let root = self.path.as_path();
        name_inside(root, RecordedPath::new(path).as_path())
    }

    /// The folder or file. Earlier versions wrote the strength of a LoRA behind it: it is left out.
    pub fn root(&self) -> PathBuf {
        ModelSource::named(self.path.as_path()).path
    }

    /// The path of one of its files.
    pub fn path_of(&self, file: &FileIdentity) -> PathBuf {
        self.path_named(&file.name)
    }

    /// The path of its file of this name.
    pub(super) fn path_named(&self, name: &str) -> PathBuf {
        let root = self.root();
        // The root of a LoRA or a single file is that file; beside it lies what belongs to it.
        // A root without a name is a folder of the system, and no file.
        let root_name = root.file_name().unwrap_or_default().to_string_lossy();
        let mut files = self.files.iter();
        match files.any(|file| root_name == file.name.as_str()) {
            true => match RecordedPath::read(name) {
                Some(elsewhere) if elsewhere.as_path().is_absolute() => {
                    elsewhere.as_path().to_owned()
                }
                _ => root.with_file_name(name),
            },
            false => root.join(name),
        }
    }

    /// The other one names the same contents, wherever they lie.
    ///
    /// # Errors
    /// [`ExaminationError::Changed`] naming the first file that differs.
    pub fn check_unchanged(&self, now: &Self) -> Result<(), ExaminationError> {
        if self.sha256 == now.sha256 {
            return Ok(());
        }
        let differs = |file: &&FileIdentity| !self.files.contains(file);
        let name = now.files.iter().find(differs).map(|file| &file.name);
        let root = now.root();
        Err(ExaminationError::Changed {
            path: match name {
                Some(name) if root.is_dir() => root.join(name),
                Some(name) => root.with_file_name(name),
                None => root,
            },
        })
    }
}

/// The file at `path`; `root` is left out of its name.
fn hash_file(
    root: &Path,
    path: &Path,
    control: &Control,
) -> Result<FileIdentity, ExaminationError> {
    let unreadable = |source: io::Error| ExaminationError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(unreadable)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0; BUFFER];
    loop {
        control.check()?;
        let read = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error)),
        };
        let more = || unreadable(io::Error::other("more bytes were read than asked for"));
        hash.update(buffer.get(..read).ok_or_else(more)?);
        bytes += read as u64;
    }
    Ok(FileIdentity {
        name: name_inside(root, path),
        bytes,
        sha256: hash.into(),
    })
}

/// The path inside the folder `root`; of a path elsewhere all of it, and the name alone of what lies beside a `root`
/// that is no folder but a file.
fn name_inside(root: &Path, path: &Path) -> String {
    let inside = match path.strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside,
        _ if !root.is_dir() && path.parent() == root.parent() => {
            path.file_name().map_or(path, Path::new)
        }
        // Configurations of a model in one file lie where the user keeps them.
        _ if !root.is_dir() => return RecordedPath::new(path).to_string(),
        _ => path,
    };
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
