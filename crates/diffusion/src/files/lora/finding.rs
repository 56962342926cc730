//! Telling a LoRA from other files by its path and its tensors.

use std::fs;
use std::path::{Path, PathBuf};

use super::{names, scales};
use crate::files::{Part, Weights};
use crate::{LoraError, ModelError};

/// Diffusers' name of the file.
const USUAL: &str = "pytorch_lora_weights.safetensors";

/// Endings of files of weights. Any other file is left to the other readers.
const FORMATS: [&str; 5] = ["safetensors", "bin", "pt", "pth", "ckpt"];

/// The LoRA file that `path` names: itself, or the only file of weights in a folder without a model.
///
/// # Errors
/// [`ModelError`] if a file of weights cannot be read, or a folder holds several.
pub fn find(path: &Path) -> Result<Option<PathBuf>, ModelError> {
    if path.is_file() {
        return Ok(is_lora(path)?.then(|| path.into()));
    }
    if !path.is_dir() {
        return Ok(None);
    }
    if path.join("unet").is_dir() {
        return match adapters_by_part(path) {
            parts if parts.is_empty() => Ok(None),
            parts => Err(LoraError::ByPart {
                folder: path.into(),
                parts,
            }
            .into()),
        };
    }
    let usual = path.join(USUAL);
    if usual.is_file() {
        return Ok(Some(usual));
    }
    let files = weights_in(path)?;
    match &files[..] {
        [] => Ok(None),
        [file] => Ok(is_lora(file)?.then(|| file.clone())),
        _ => Err(LoraError::Several {
            folder: path.into(),
        }
        .into()),
    }
}

/// The folders in which PEFT saved an adapter of one part of a model each.
fn adapters_by_part(folder: &Path) -> Vec<&'static str> {
    let parts = [Part::Unet, Part::TextEncoder, Part::SecondTextEncoder];
    let names = parts.map(Part::folder).into_iter();
    names
        .filter(|part| folder.join(part).join(scales::BESIDE).is_file())
        .collect()
}

fn is_lora(file: &Path) -> Result<bool, ModelError> {
    if !has_format(file) {
        return Ok(false);
    }
    let weights = Weights::open(&[file.to_owned()])?;
    Ok(weights.names().any(names::is_telling))
}

fn weights_in(folder: &Path) -> Result<Vec<PathBuf>, ModelError> {
    let io = |source| ModelError::Io {
        path: folder.into(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        // Beyond two, more of them change nothing.
        if files.len() < 2 && has_format(&path) && !is_hidden(&path) && path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

/// Files that begin with a point are notes of a system, such as the `._` files of a Mac.
fn is_hidden(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default();
    name.as_encoded_bytes().first() == Some(&b'.')
}

/// True if a file's name ends as files of weights do.
pub fn has_format(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    let known = |extension: &str| FORMATS.iter().any(|f| f.eq_ignore_ascii_case(extension));
    extension.is_some_and(known)
}
