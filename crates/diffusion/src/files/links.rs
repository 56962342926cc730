//! Links that lead nowhere, and the cache folder of the model hub, which is made of links: `refs/main` names the newest of its
//! `snapshots`.

use std::fs;
use std::path::{Path, PathBuf};

use super::text::read_text;
use crate::ModelError;

/// The longest name of a snapshot, in bytes, and more.
const REVISION: u64 = 200;

/// Refuses `path` if it is a link to what is not there; of all else nothing is said.
///
/// # Errors
/// [`ModelError::DanglingLink`].
pub fn refuse_dangling(path: &Path) -> Result<(), ModelError> {
    let is_link = path
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_symlink());
    if !is_link || path.metadata().is_ok() {
        return Ok(());
    }
    Err(ModelError::DanglingLink {
        path: path.into(),
        // A link that cannot be read leads nowhere as well.
        target: fs::read_link(path).unwrap_or_default(),
    })
}

/// The snapshot that is meant by the root of a cache folder; nothing if `folder` is none.
///
/// # Errors
/// [`ModelError`] if its reference leads nowhere, or it has several snapshots and none is named.
pub fn snapshot(folder: &Path) -> Result<Option<PathBuf>, ModelError> {
    let snapshots = folder.join("snapshots");
    if !snapshots.is_dir() || folder.join("unet").exists() {
        return Ok(None);
    }
    let reference = folder.join("refs").join("main");
    if reference.is_file() {
        let revision = read_text(&reference, "the name of the newest snapshot", REVISION)?;
        let revision = revision.trim();
        let is_plain = !revision.is_empty() && revision.chars().all(|c| c.is_ascii_alphanumeric());
        let named = snapshots.join(revision);
        return match is_plain && named.is_dir() {
            true => Ok(Some(named)),
            false => Err(ModelError::Missing {
                path: if is_plain { named } else { reference },
                what: "the snapshot of the model that refs/main names".into(),
            }),
        };
    }
    let io = |source| ModelError::Io {
        path: snapshots.clone(),
        source,
    };
    let mut found = Vec::new();
    // Of more than one none is meant.
    for entry in fs::read_dir(&snapshots).map_err(io)?.take(3) {
        let path = entry.map_err(io)?.path();
        found.extend(path.is_dir().then_some(path));
    }
    match <[PathBuf; 1]>::try_from(found) {
        Ok([only]) => Ok(Some(only)),
        Err(_) => Err(ModelError::Missing {
            path: reference,
            what: "the name of the snapshot that is meant".into(),
        }),
    }
}
