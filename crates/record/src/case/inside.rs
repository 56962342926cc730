//! Paths that a record names and files that a case holds. A record may come from anybody, so no path of it
//! leads out of the case, and no link is followed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use thiserror::Error;

/// The longest path in a case, in bytes.
const MAX_PATH: usize = 1024;

/// The deepest folder of a case that is looked into, and the most files.
const MAX_DEPTH: usize = 16;
const MAX_FILES: usize = 500_000;

/// The reason that a path of a record is not followed.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PathFault {
    /// It is no plain relative path with `/`.
    #[error("its path does not stay in the case")]
    Outside,
    /// A part of it is a link.
    #[error("its path leads over a link")]
    Link,
    /// There is nothing.
    #[error("it is missing")]
    Missing,
    /// There is a folder or a device.
    #[error("it is no file")]
    NoFile,
}

/// True if `path` is a relative path with `/` that every system reads as one inside.
pub(super) fn is_plain(path: &str) -> bool {
    let is_part = |part: &str| {
        let letters = !part.contains(|c: char| c.is_control() || c == '\\' || c == ':');
        !part.is_empty() && part != "." && part != ".." && letters
    };
    path.len() <= MAX_PATH && path.split('/').all(is_part)
}

/// The place of the file that a record calls `path`.
pub(super) fn resolve(folder: &Path, path: &str) -> Result<PathBuf, PathFault> {
    if !is_plain(path) {
        return Err(PathFault::Outside);
    }
    let mut full = folder.to_owned();
    let mut last = None;
    for part in path.split('/') {
        full.push(part);
        let metadata = full.symlink_metadata().map_err(|_| PathFault::Missing)?;
        if metadata.is_symlink() {
            return Err(PathFault::Link);
        }
        last = Some(metadata);
    }
    match last {
        Some(metadata) if metadata.is_file() => Ok(full),
        _ => Err(PathFault::NoFile),
    }
}

/// The content of a case's folder.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Files by their paths in the case, sorted.
    pub(super) files: Vec<String>,
    /// Links, devices and names that cannot be written down, sorted.
    pub(super) strange: Vec<String>,
}

/// Looks through the folder.
pub(super) fn contents(folder: &Path) -> io::Result<Contents> {
    let mut contents = Contents::default();
    look(folder, "", 0, &mut contents)?;
    contents.files.sort();
    contents.strange.sort();
    Ok(contents)
}

fn look(folder: &Path, prefix: &str, depth: usize, found: &mut Contents) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let kind = entry.file_type()?;
        if name.to_str().is_none() || !is_plain(&path) {
            found.strange.push(path);
        } else if kind.is_dir() && depth < MAX_DEPTH {
            look(
                &entry.path(),
                &format!("{path}/"),
                depth.saturating_add(1),
                found,
            )?;
        } else if kind.is_file() {
            found.files.push(path);
        } else {
            found.strange.push(path);
        }
        if found.files.len().saturating_add(found.strange.len()) > MAX_FILES {
            let why = format!("it holds more than {MAX_FILES} files");
            return Err(io::Error::other(why));
        }
    }
    Ok(())
}
