//! A timestamp token, or an authority's answer that holds one.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_record::case::timestamp::Stamp;

fn read(bytes: &[u8]) {
    let _ = Stamp::read(bytes);
}

palimpsest_fuzz::target!(read);
