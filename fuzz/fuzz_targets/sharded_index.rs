//! The index of weights in several files, beside one sound file.

#![cfg_attr(fuzzing, no_main)]

use std::fs;

use palimpsest_diffusion::files::{Component, PartFiles};
use palimpsest_fuzz::{file, folder};

const HEADER: &[u8] = br#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#;

fn read(bytes: &[u8]) {
    let unet = folder().join("unet");
    if !unet.is_dir() {
        fs::create_dir_all(&unet).expect("a folder");
        file("unet/config.json", b"{}");
        let length = (HEADER.len() as u64).to_le_bytes();
        let shard = [&length, HEADER, &[0; 8]].concat();
        file("unet/part-1.safetensors", &shard);
    }
    file("unet/diffusion_pytorch_model.safetensors.index.json", bytes);
    if let Ok(component) = Component::open(&unet) {
        let files = PartFiles::of(&component);
        let _ = files.open();
        let _ = files.not_finite();
    }
}

palimpsest_fuzz::target!(read);
