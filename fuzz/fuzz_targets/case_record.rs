//! A case's `case.json`.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_fuzz::{file, folder};
use palimpsest_record::case::CaseView;

fn read(bytes: &[u8]) {
    file("case.json", bytes);
    let _ = CaseView::read(folder());
}

palimpsest_fuzz::target!(read);
