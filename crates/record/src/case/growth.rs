//! Tests of what grows with a case: the files that are read when it is opened, looked at and added to.

#[path = "../../tests/record/large_case/mod.rs"]
mod large_case;

use std::fs;

use large_case::{LargeCase, examined};

use super::reading::counting::reads_within;
use super::{CaseView, PRIVATE, RECORD, journal};

const FEW: usize = 100;
const MANY: usize = 1000;

/// A case of `works` works, one of which is not finished.
fn made(works: usize) -> (tempfile::TempDir, LargeCase) {
    let around = tempfile::tempdir().unwrap();
    let made = LargeCase::make(around.path(), (works, 1), 3);
    (around, made)
}

#[test]
fn opening_a_case_reads_each_of_its_files_once() {
    for works in [FEW, MANY] {
        let (_around, made) = made(works);
        let (case, read) = reads_within(&made.folder, || made.open());
        assert_eq!(
            case.entries().len(),
            works,
            "the beginning, and every finished work"
        );
        // One findings.json a finished work, the record, the private one and the journal.
        assert_eq!(read.len(), works - 1 + 3);
        assert!(read.values().all(|&times| times == 1), "{read:?}");
        let (_, read) = reads_within(&made.folder, || CaseView::read(&made.folder).unwrap());
        assert_eq!(read.len(), works - 1 + 3);
        assert!(read.values().all(|&times| times == 1), "{read:?}");
    }
}

#[test]
fn a_work_is_added_without_anything_being_read() {
    for works in [FEW, MANY] {
        let (_around, made) = made(works);
        let mut case = made.open();
        let (found, read) = reads_within(&made.folder, || {
            case.finish(works - 1, examined(3)).unwrap()
        });
        assert!(read.is_empty(), "{read:?}");
        let (view, read) = reads_within(&made.folder, || case.view());
        assert!(read.is_empty(), "{read:?}");
        assert_eq!(view.artworks[works - 1].findings.as_deref(), Some(&*found));
        assert_eq!(view.entries().unwrap().len(), works + 1);
        // What was handed out is what is on disk.
        drop(case);
        let again = CaseView::read(&made.folder).unwrap();
        assert_eq!(
            again.artworks[works - 1].findings,
            view.artworks[works - 1].findings
        );
        assert_eq!(again.entries().unwrap(), view.entries().unwrap());
        assert_eq!(again.record, view.record);
    }
}

#[test]
fn looking_again_reads_what_was_added() {
    for works in [FEW, MANY] {
        let (_around, made) = made(works);
        let mut case = made.open();
        let view = CaseView::read(&made.folder).unwrap();
        let found = case.finish(works - 1, examined(3)).unwrap();
        let (again, read) = reads_within(&made.folder, || view.read_again().unwrap());
        let folder = &again.artworks[works - 1].entry.folder;
        let expected = [RECORD.to_owned(), format!("{folder}/findings.json")];
        let names: Vec<&str> = read.keys().map(String::as_str).collect();
        let expected = [expected[1].as_str(), expected[0].as_str(), PRIVATE];
        assert_eq!(names, expected);
        assert_eq!(again.artworks[works - 1].findings.as_deref(), Some(&*found));
        assert_eq!(again.entries().unwrap(), case.entries());
        let (same, _) = reads_within(&made.folder, || again.read_again().unwrap());
        assert_eq!(same.entries().unwrap(), case.entries());
    }
}

#[test]
fn looking_again_at_another_case_in_the_same_place_keeps_nothing_of_the_first() {
    let around = tempfile::tempdir().unwrap();
    let first = LargeCase::make(around.path(), (5, 1), 3);
    let view = CaseView::read(&first.folder).unwrap();
    fs::remove_dir_all(&first.folder).unwrap();
    LargeCase::make(around.path(), (5, 3), 3);
    let again = view.read_again().unwrap();
    let finished = again.artworks.iter().filter(|work| work.findings.is_some());
    assert_eq!(finished.count(), 2);
    let fresh = CaseView::read(&first.folder).unwrap();
    assert_eq!(again.entries().unwrap(), fresh.entries().unwrap());
}

#[test]
fn an_unreadable_journal_is_an_error_and_no_empty_one() {
    let around = tempfile::tempdir().unwrap();
    let made = LargeCase::make(around.path(), (2, 1), 3);
    let path = made.folder.join(journal::NAME);
    fs::remove_file(&path).unwrap();
    // Also for root, who may read everything.
    fs::create_dir(&path).unwrap();
    let view = CaseView::read(&made.folder).unwrap();
    assert_eq!(view.artworks.len(), 2, "the rest can be looked at");
    let error = view.entries().unwrap_err().to_string();
    assert!(error.contains("journal.jsonl cannot be read"), "{error}");
    assert!(view.read_again().unwrap().entries().is_err());
}
