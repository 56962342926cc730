//! Small files (JSON, merge lists, vocabularies) of a model, read with an upper limit: a configuration of
//! several gigabytes is not one.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::links::refuse_dangling;
use crate::ModelError;
use palimpsest_base::bounded_read::{ReadError, read_at_most};

/// Reads the UTF-8 text of `path`, of at most `limit` bytes.
///
/// # Errors
/// [`ModelError::Missing`] if there is no such file (`what` says what it would hold),
/// [`ModelError::TooLarge`], [`ModelError::LfsPointer`], [`ModelError::Io`], or
/// [`ModelError::Json`] if it is not UTF-8.
pub fn read_text(path: &Path, what: &str, limit: u64) -> Result<String, ModelError> {
    let content = read_bytes(path, what, limit)?;
    String::from_utf8(content).map_err(|_| ModelError::Json {
        file: path.into(),
        why: "it is not UTF-8 text".into(),
    })
}

/// Reads the bytes of `path`, at most `limit`.
///
/// # Errors
/// Those of [`read_text`], but for those of its text.
pub fn read_bytes(path: &Path, what: &str, limit: u64) -> Result<Vec<u8>, ModelError> {
    let io = |source| ModelError::Io {
        path: path.into(),
        source,
    };
    if !path.is_file() {
        refuse_dangling(path)?;
        return Err(ModelError::Missing {
            path: path.into(),
            what: what.into(),
        });
    }
    let bytes = path.metadata().map_err(io)?.len();
    let too_large = |bytes| ModelError::TooLarge {
        file: path.into(),
        bytes,
        limit,
    };
    if bytes > limit {
        return Err(too_large(bytes));
    }
    let content = read_at_most(path, limit).map_err(|error| match error {
        ReadError::Io(source) => io(source),
        // It has grown since the question for its size.
        ReadError::TooLarge { limit } => too_large(limit.saturating_add(1)),
    })?;
    if is_lfs_pointer(&content) {
        return Err(ModelError::LfsPointer { file: path.into() });
    }
    Ok(content)
}

/// Reads the JSON of `path`, of at most `limit` bytes.
///
/// # Errors
/// Those of [`read_text`], and [`ModelError::Json`] if it is no `T`.
pub fn read_json<T: DeserializeOwned>(
    path: &Path,
    what: &str,
    limit: u64,
) -> Result<T, ModelError> {
    let text = read_text(path, what, limit)?;
    serde_json::from_str(&text).map_err(|error| ModelError::Json {
        file: path.into(),
        why: error.to_string(),
    })
}

/// True if `bytes` begin as the placeholder that Git LFS leaves for a file that was not fetched.
pub fn is_lfs_pointer(bytes: &[u8]) -> bool {
    bytes.starts_with(b"version https://git-lfs")
}
