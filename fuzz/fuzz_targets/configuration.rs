//! The configurations of a model folder: the first byte says of which part.

#![cfg_attr(fuzzing, no_main)]

use std::fs;

use palimpsest_diffusion::files::ModelFolder;
use palimpsest_diffusion::files::config::{
    AutoencoderGeometry, SchedulerConfig, TextGeometry, TextNetwork, UnetGeometry, VisionGeometry,
    VitGeometry,
};
use palimpsest_fuzz::{file, folder};

fn read(bytes: &[u8]) {
    let Some((&part, json)) = bytes.split_first() else {
        return;
    };
    let path = file("config.json", json);
    match part {
        b'0' => drop(UnetGeometry::read(&path)),
        b'1' => drop(AutoencoderGeometry::read(&path)),
        b'2' => drop(TextGeometry::read(&path)),
        b'3' => drop(VisionGeometry::read(&path)),
        b'4' => drop(VitGeometry::read(&path)),
        b'5' => drop(SchedulerConfig::read(&path)),
        b'6' => drop(TextNetwork::read(&path)),
        _ => {
            fs::create_dir_all(folder().join("model")).expect("a folder");
            file("model/model_index.json", json);
            let _ = ModelFolder::open(&folder().join("model"));
        }
    }
}

palimpsest_fuzz::target!(read);
