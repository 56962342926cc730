//! A case as one file: the same bytes every time, nothing left out or put in unnoticed, and no archive of a
//! case that does not hold.

use crate::sealed_case;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use palimpsest_record::case::Digest;
use palimpsest_record::case::archive::{ArchiveError, Progress, check, export, unpack};
use palimpsest_record::case::verification::{Expectations, verify};
use proptest::prelude::*;
use sealed_case::{SealedCase, write};
use tempfile::{TempDir, tempdir};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn exported(case: &SealedCase) -> (TempDir, PathBuf) {
    let place = tempdir().unwrap();
    let path = place.path().join("case.zip");
    let hash = export(case.folder(), &path, on).unwrap();
    assert_eq!(hash, Digest::of(&fs::read(&path).unwrap()));
    (place, path)
}

fn unpacked(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let files = (0..archive.len()).map(|index| {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    });
    files.collect()
}

fn pack(path: &Path, files: &[(String, Vec<u8>)]) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn an_archive_holds_the_case_and_its_hashes() {
    let case = SealedCase::new();
    for name in ["case.lock", "001-rose/checkpoint.safetensors"] {
        write(case.folder(), name, "at work");
    }
    let (_place, path) = exported(&case);
    let checked = check(&path).unwrap();
    assert_eq!(checked.files, 15);
    let files = unpacked(&path);
    assert_eq!(files.len(), 16);
    let (name, manifest) = files.last().unwrap();
    assert_eq!(name, "manifest.txt");
    let manifest = String::from_utf8(manifest.clone()).unwrap();
    for (name, bytes) in &files[..15] {
        assert_eq!(*bytes, fs::read(case.path(name)).unwrap());
        let line = format!("{}  {name}\n", Digest::of(bytes));
        assert!(manifest.contains(&line), "{name}");
    }
    assert!(
        files
            .iter()
            .all(|(name, _)| !name.contains("lock") && !name.contains("checkpoint"))
    );
}

#[test]
fn an_unpacked_archive_is_a_case_that_holds_and_gives_the_same_archive() {
    let case = SealedCase::new();
    let (_place, path) = exported(&case);
    let other = SealedCase::new();
    assert_eq!(
        fs::read(exported(&other).1).unwrap(),
        fs::read(&path).unwrap()
    );
    let copy = tempdir().unwrap();
    for (name, bytes) in unpacked(&path) {
        let path = copy.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let again = path.with_file_name("again.zip");
    export(copy.path(), &again, on).unwrap();
    assert_eq!(fs::read(&again).unwrap(), fs::read(&path).unwrap());
}

#[test]
fn a_case_out_of_an_archive_holds_is_a_copy_and_goes_when_it_is_put_away() {
    let case = SealedCase::new();
    let (_place, path) = exported(&case);
    let within = tempdir().unwrap();
    let [first, second] = [0, 1].map(|_| unpack(&path, within.path()).unwrap());
    assert_ne!(first.folder(), second.folder());
    assert!(first.folder().starts_with(within.path()));
    // It is sealed with its manifest left out.
    let names: Vec<_> = unpacked(&path).into_iter().map(|(name, _)| name).collect();
    for name in names.iter().filter(|name| *name != "manifest.txt") {
        assert_eq!(
            fs::read(first.folder().join(name)).unwrap(),
            fs::read(case.path(name)).unwrap()
        );
    }
    assert!(!first.folder().join("manifest.txt").exists());
    assert!(
        verify(first.folder(), &Expectations::default())
            .notices
            .is_empty()
    );
    drop((first, second));
    assert_eq!(fs::read_dir(within.path()).unwrap().count(), 0);
}

#[test]
fn a_case_that_does_not_hold_is_not_archived() {
    let case = SealedCase::new();
    fs::write(case.path("001-rose/recovered.png"), "other").unwrap();
    let place = tempdir().unwrap();
    let path = place.path().join("case.zip");
    let error = export(case.folder(), &path, on).unwrap_err();
    assert!(
        error.to_string().contains("001-rose/recovered.png"),
        "{error}"
    );
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

/// Between the check and the copy, or while it is copied.
#[test]
fn a_file_that_changes_meanwhile_ends_it() {
    let case = SealedCase::new();
    let place = tempdir().unwrap();
    let path = place.path().join("case.zip");
    fs::write(&path, "before").unwrap();
    let change = |_| {
        fs::write(case.path("exhibit.pdf"), "other").unwrap();
        ControlFlow::Continue(())
    };
    let error = export(case.folder(), &path, change).unwrap_err();
    assert!(error.to_string().contains("exhibit.pdf"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "before");
}

#[test]
fn progress_is_told_and_it_can_be_stopped() {
    let case = SealedCase::new();
    let place = tempdir().unwrap();
    let path = place.path().join("case.zip");
    let mut told = Vec::new();
    export(case.folder(), &path, |progress| {
        told.push(progress);
        ControlFlow::Continue(())
    })
    .unwrap();
    let last = told.last().unwrap();
    assert_eq!(last.done, last.total);
    assert!(told.is_sorted_by_key(|progress| progress.done));
    let error = export(case.folder(), &path, |_| ControlFlow::Break(())).unwrap_err();
    assert!(matches!(error, ArchiveError::Stopped));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    check(&path).unwrap();
}

#[test]
fn no_archive_is_put_into_its_own_case() {
    let case = SealedCase::new();
    let error = export(case.folder(), &case.path("001-rose/case.zip"), on).unwrap_err();
    assert!(matches!(error, ArchiveError::InsideTheCase { .. }));
}

#[cfg(unix)]
#[test]
fn links_are_not_archived() {
    let case = SealedCase::new();
    std::os::unix::fs::symlink("/etc/hostname", case.path("link")).unwrap();
    let place = tempdir().unwrap();
    let error = export(case.folder(), &place.path().join("case.zip"), on).unwrap_err();
    assert!(matches!(error, ArchiveError::Strange { .. }));
}

#[test]
fn what_is_not_as_the_manifest_says_is_named() {
    let case = SealedCase::new();
    let (_place, path) = exported(&case);
    let whole = unpacked(&path);
    type Meddling = fn(&mut Vec<(String, Vec<u8>)>);
    let cases: [(Meddling, &str); 6] = [
        (|files| files[3].1.push(0), "has been changed"),
        (|files| drop(files.remove(3)), "is missing"),
        (
            |files| files.insert(3, ("more.txt".into(), Vec::new())),
            "more.txt is not in",
        ),
        (|files| drop(files.pop()), "no manifest"),
        (
            |files| files.last_mut().unwrap().1.extend(b"x  y\n"),
            "64 digits",
        ),
        (
            |files| {
                let line = format!("{}  ../up\n", Digest::ZERO);
                files.last_mut().unwrap().1.extend(line.bytes());
            },
            "../up",
        ),
    ];
    for (meddle, expected) in cases {
        let mut files = whole.clone();
        meddle(&mut files);
        pack(&path, &files);
        let error = check(&path).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        let place = tempdir().unwrap();
        unpack(&path, place.path()).unwrap_err();
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }
    fs::write(&path, "no archive").unwrap();
    check(&path).unwrap_err();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// A changed byte is found, or is one that no file's content and no name depends on.
    #[test]
    fn a_changed_byte_never_changes_what_is_believed(place in any::<prop::sample::Index>(), flip in 1u8..) {
        static ARCHIVE: OnceLock<Vec<u8>> = OnceLock::new();
        let archive = ARCHIVE.get_or_init(|| {
            let (_place, path) = exported(&SealedCase::new());
            fs::read(path).unwrap()
        });
        let folder = tempdir().unwrap();
        let path = folder.path().join("case.zip");
        fs::write(&path, archive).unwrap();
        let whole = unpacked(&path);
        let mut bytes = archive.clone();
        let index = place.index(bytes.len());
        bytes[index] ^= flip;
        fs::write(&path, bytes).unwrap();
        if check(&path).is_ok() {
            prop_assert_eq!(unpacked(&path), whole);
        }
    }
}
