//! A case's zip archive, checked against its own manifest.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_fuzz::file;
use palimpsest_record::case::archive;

fn read(bytes: &[u8]) {
    let _ = archive::check(&file("case.zip", bytes));
}

palimpsest_fuzz::target!(read);
