//! The pickle in a file of PyTorch's, which has one block of numbers besides.

#![cfg_attr(fuzzing, no_main)]

use std::io::{Cursor, Write};

use palimpsest_diffusion::files::Weights;
use palimpsest_fuzz::file;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn archive(pickle: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in [("m/data.pkl", pickle), ("m/data/0", &[0; 64])] {
        zip.start_file(name, stored).expect("a name");
        zip.write_all(content).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn read(bytes: &[u8]) {
    let _ = Weights::open(&[file("model.bin", &archive(bytes))]);
}

palimpsest_fuzz::target!(read);
