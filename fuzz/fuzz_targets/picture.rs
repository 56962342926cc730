//! A picture file of any kind that is read, its colour profile included.

#![cfg_attr(fuzzing, no_main)]

use std::path::Path;

use palimpsest_method::artwork::Artwork;

fn read(bytes: &[u8]) {
    let _ = Artwork::from_bytes(Path::new("picture"), bytes);
}

palimpsest_fuzz::target!(read);
