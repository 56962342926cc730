//! A case's `journal.jsonl`, verified beside a damaged `case.json`.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_fuzz::{file, folder};
use palimpsest_record::case::verification::{Expectations, verify};

fn read(bytes: &[u8]) {
    file("case.json", b"{}");
    file("journal.jsonl", bytes);
    let _ = verify(folder(), &Expectations::default());
}

palimpsest_fuzz::target!(read);
