//! What a model file says of its own training: keys and values, each up to a zero.

#![cfg_attr(fuzzing, no_main)]

use std::collections::BTreeMap;

use palimpsest_diffusion::files::StatedTraining;

fn read(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\0').map(str::to_owned);
    let mut record = BTreeMap::new();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        record.insert(key, value);
    }
    let stated = StatedTraining::of(&record);
    let _ = format!("{stated:?}");
}

palimpsest_fuzz::target!(read);
