//! Models known by name. So far these are the two that are built into the program: `demo`, a small model of
//! Stable Diffusion's structure, and `demo-finetuned`, the same after fine-tuning on ten works of one
//! procedural artist. They are files like any other model's as soon as they are used: laid into the user's
//! cache, once.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use palimpsest_base::digest::Digest;
use palimpsest_base::{atomic, user_folders};
use palimpsest_diffusion::files::ModelSource;

mod built_in;
mod packing;

use built_in::{DEMO, FINETUNED, File};

/// Digits of the hash over a built-in model that name its folder.
const VERSION_DIGITS: usize = 12;

/// The reason why a built-in model cannot be used.
#[derive(Debug, Error)]
#[error("the built-in model cannot be laid out in {} ({source}): make room there, or set XDG_CACHE_HOME to a folder that can be written", folder.display())]
pub struct ModelsError {
    folder: PathBuf,
    source: io::Error,
}

/// The folder of the model that `given` names: a built-in model's, else `given` itself. To use a folder that
/// is called like a built-in model, write `./demo`.
///
/// # Errors
/// [`ModelsError`] if the built-in model cannot be laid out.
pub fn resolve(given: &Path) -> Result<PathBuf, ModelsError> {
    match given.to_str() {
        Some("demo") => lay_out("demo", &DEMO),
        Some("demo-finetuned") => lay_out("demo-finetuned", &FINETUNED),
        _ => Ok(given.into()),
    }
}

/// The source with the folder of a built-in model in place of its name.
///
/// # Errors
/// As [`resolve`].
pub fn resolve_source(source: &ModelSource) -> Result<ModelSource, ModelsError> {
    Ok(ModelSource {
        path: resolve(&source.path)?,
        ..source.clone()
    })
}

/// Tells whether a folder is one that [`resolve`] lays out: the program itself holds what belongs in it.
pub fn is_built_in(folder: &Path) -> bool {
    let is_ours = |name: &OsStr| name == "demo" || name == "demo-finetuned";
    folder.starts_with(user_folders::cache()) && folder.file_name().is_some_and(is_ours)
}

/// Writes what is missing or different of a model's files.
fn lay_out(name: &str, files: &[File]) -> Result<PathBuf, ModelsError> {
    let cache = user_folders::cache();
    let refused = |folder: &Path, source| ModelsError {
        folder: folder.into(),
        source,
    };
    let digests: io::Result<Vec<Digest>> = files.iter().map(File::digest).collect();
    let digests = digests.map_err(|source| refused(&cache, source))?;
    let mut whole = Sha256::new();
    for (file, digest) in files.iter().zip(&digests) {
        whole.update(file.path.as_bytes());
        whole.update(digest.to_string());
    }
    let version = Digest::from(whole).prefix(VERSION_DIGITS);
    let folder = cache.join(version).join(name);
    let _one_at_a_time = LAYING_OUT.lock();
    for (file, digest) in files.iter().zip(digests) {
        write(file, digest, &folder.join(file.path)).map_err(|source| refused(&folder, source))?;
    }
    Ok(folder)
}

/// Writes one file to `place`, unless it is there.
fn write(file: &File, digest: Digest, place: &Path) -> io::Result<()> {
    let is_there = || fs::read(place).is_ok_and(|there| Digest::of(&there) == digest);
    if is_there() {
        return Ok(());
    }
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    match atomic::replace(place, &file.bytes()?) {
        // Another process may have been faster.
        Err(_) if is_there() => Ok(()),
        written => written,
    }
}

/// Threads of one process lay out one after the other.
static LAYING_OUT: Mutex<()> = Mutex::new(());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_are_paths() {
        assert_eq!(resolve(Path::new("./demo")).unwrap(), Path::new("./demo"));
        assert_eq!(resolve(Path::new("a/b")).unwrap(), Path::new("a/b"));
    }
}
