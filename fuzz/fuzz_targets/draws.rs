//! Recorded draws, for a latent of 4×4×4.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_fuzz::file;
use palimpsest_method::inversion::Draws;

fn read(bytes: &[u8]) {
    let _ = Draws::replayed(&file("draws.safetensors", bytes), [4, 4, 4]);
}

palimpsest_fuzz::target!(read);
