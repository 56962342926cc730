//! The header of a `.safetensors` file, and its tensors.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_diffusion::files::Weights;
use palimpsest_fuzz::file;

fn read(bytes: &[u8]) {
    let _ = Weights::open(&[file("model.safetensors", bytes)]);
}

palimpsest_fuzz::target!(read);
