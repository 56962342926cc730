//! The exhibit's languages: what each says of the same content and of the same case is kept as text beside the tests, so
//! that a changed word is seen.

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_record::case::CaseView;
use palimpsest_record::casework::Assessment;
use palimpsest_record::casework::exhibit::make;
use palimpsest_record::exhibit::{Options, write};

use crate::exhibit::{Read, content};

fn options() -> Options {
    Options {
        certificate: true,
        ..Options::default()
    }
}

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/reference")
        .join(name)
}

/// The text of an exhibit, a sentence a line, as it is kept; with `UPDATE_TEXTS=1` it is kept anew.
fn is_as_kept(name: &str, pdf: &[u8]) {
    let text = Read::new(pdf).text().replace(". ", ".\n") + "\n";
    let kept = reference(&format!("exhibit/{name}.txt"));
    if std::env::var_os("UPDATE_TEXTS").is_some() {
        fs::write(&kept, &text).unwrap();
        fs::write(format!("/tmp/exhibit-{name}.pdf"), pdf).unwrap();
    }
    let kept = fs::read_to_string(kept).unwrap();
    assert!(kept == text, "{name}");
}

#[test]
fn standing_texts_are_as_they_were() {
    let exhibit = write(&content(), &options()).unwrap();
    is_as_kept("sample.en", &exhibit.pdf);
}

#[test]
fn a_case_is_told_as_it_was() {
    let view = CaseView::read(&reference("case")).unwrap();
    let assessment = Assessment::of(&view).unwrap();
    let made = make(&view, &assessment, &options()).unwrap();
    is_as_kept("case.en", &made.exhibit.pdf);
}
