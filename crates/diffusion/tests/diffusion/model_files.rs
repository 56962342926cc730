//! Weights as people have them: every precision and container, model folders with every spelling of
//! their files, and a matrix of damage that must end in a sentence, never in a crash.

mod damage;
mod folders;
mod found;
mod pickles;
mod precisions;

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::Weights;
use safetensors::Dtype;
use safetensors::tensor::TensorView;
use tempfile::TempDir;

fn reference(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join("tests/reference")
        .join(path)
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn put(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    path
}

/// A `.safetensors` file of these tensors: name, kind, shape, bytes.
fn safetensors(tensors: &[(&str, Dtype, &[usize], Vec<u8>)]) -> Vec<u8> {
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        (
            *name,
            TensorView::new(*dtype, shape.to_vec(), bytes).unwrap(),
        )
    });
    safetensors::serialize(views, None).unwrap()
}

fn singles(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

fn small() -> Vec<u8> {
    safetensors(&[("w", Dtype::F32, &[2, 2], singles(&[1.0, -2.0, 3.5, 0.25]))])
}

fn open(bytes: &[u8], name: &str) -> Result<Weights, ModelError> {
    let folder = folder();
    let opened = Weights::open(&[put(folder.path(), name, bytes)]);
    if let Err(error) = &opened {
        let message = error.to_string();
        assert!(
            message.contains(name) && !message.contains('\n'),
            "{message}"
        );
    }
    opened
}

fn refused(bytes: &[u8], name: &str) -> ModelError {
    open(bytes, name)
        .err()
        .unwrap_or_else(|| panic!("{name} was accepted"))
}
