//! A model in one file, as `models inspect` and `examine` read it: `.safetensors` in every layout, told by its tensors.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_diffusion::files::checkpoint::{Checkpoint, Told};
use palimpsest_diffusion::files::{KindOfFile, StatedTraining};
use palimpsest_fuzz::file;

fn read(bytes: &[u8]) {
    let path = file("model.safetensors", bytes);
    let _ = KindOfFile::read(&path);
    let _ = StatedTraining::read(&path);
    let _ = Checkpoint::open(&path, Told::default());
}

palimpsest_fuzz::target!(read);
