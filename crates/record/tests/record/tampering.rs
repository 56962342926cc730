//! Nothing can be done to the files of a case behind its back: what is changed, exchanged or missing is found
//! and named, and no record leads out of the case.

use crate::sealed_case;

use std::fs;

use palimpsest_record::case::journal::Event;
use palimpsest_record::case::key::Fingerprint;
use palimpsest_record::case::verification::{Expectations, Notice, PathFault, Problem, verify};
use palimpsest_record::case::{Digest, canonical_sha256};
use sealed_case::{KEY, SealedCase, signer, write};
use serde_json::json;

#[test]
fn an_untouched_case_holds() {
    let case = SealedCase::new();
    let expectations = Expectations {
        key: Some(case.key),
        head: Some(case.stamped),
    };
    let found = verify(case.folder(), &expectations);
    assert_eq!(found.problems, []);
    assert_eq!(found.notices, []);
    assert_eq!(found.checked.entries, 7);
    assert_eq!(found.checked.files, 13);
    assert_eq!(found.checked.items, 2);
    assert_eq!(found.head, Some(case.head));
    assert_eq!(found.key, Some(case.key));
    assert!(!found.cannot_exclude.is_empty());
}

#[test]
fn a_changed_file_is_named_with_the_entry_that_sealed_it() {
    for (name, entry) in [
        ("001-rose/recovered.png", 2),
        ("002-heath/tensors.safetensors", 3),
        ("calibration.json", 4),
        ("exhibit.pdf", 6),
    ] {
        let case = SealedCase::new();
        let mut bytes = fs::read(case.path(name)).unwrap();
        bytes[0] ^= 1;
        fs::write(case.path(name), bytes).unwrap();
        let path = name.to_owned();
        assert_eq!(case.problems(), [Problem::FileChanged { path, entry }]);
    }
}

#[test]
fn a_missing_file_is_named() {
    let case = SealedCase::new();
    fs::remove_file(case.path("001-rose/findings.json")).unwrap();
    let missing = Problem::FileMissing {
        path: "001-rose/findings.json".into(),
        entry: 2,
        why: PathFault::Missing,
    };
    assert_eq!(case.problems(), [missing]);
}

#[test]
fn exchanged_files_are_both_found() {
    let case = SealedCase::new();
    let [a, b] = ["001-rose/recovered.png", "002-heath/recovered.png"].map(|n| case.path(n));
    let between = case.path("between");
    fs::rename(&a, &between).unwrap();
    fs::rename(&b, &a).unwrap();
    fs::rename(&between, &b).unwrap();
    assert_eq!(case.problems().len(), 2);
}

#[test]
fn a_file_that_is_sealed_anew_may_differ_from_before() {
    let case = SealedCase::new();
    let mut journal = case.reopen();
    let files = [(
        "assessment.json".to_owned(),
        write(case.folder(), "assessment.json", "anew"),
    )];
    journal
        .append(&Event::Assessed {
            files: files.into(),
        })
        .unwrap();
    assert_eq!(case.problems(), []);
}

#[test]
fn another_file_is_noticed_and_working_files_are_not() {
    let case = SealedCase::new();
    for name in [
        "case.lock",
        "001-rose/checkpoint.safetensors",
        "case.json.unfinished",
    ] {
        write(case.folder(), name, "");
    }
    write(case.folder(), "001-rose/more.png", "");
    let found = case.verify();
    assert!(found.holds());
    let path = "001-rose/more.png".to_owned();
    assert_eq!(found.notices, [Notice::Unsealed { path }]);
}

#[test]
fn a_swapped_model_and_changed_settings_are_found() {
    let case = SealedCase::new();
    for (pointer, value) in [
        ("/plan/finetuned/sha256", json!("cc".repeat(32))),
        ("/plan/settings/steps", json!(1001)),
        ("/plan/settings/seed", json!(u64::MAX - 1)),
    ] {
        let record = case.record();
        let mut changed = record.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        case.set_record(&changed);
        let found = canonical_sha256(&changed["plan"]).unwrap();
        let sealed = canonical_sha256(&record["plan"]).unwrap();
        assert_eq!(case.problems(), [Problem::PlanChanged { found, sealed }]);
        case.set_record(&record);
        assert_eq!(case.problems(), []);
    }
}

#[test]
fn the_artworks_of_the_record_are_those_of_the_beginning() {
    let case = SealedCase::new();
    let record = case.record();
    let mut changed = record.clone();
    changed["artworks"][0]["sha256"] = json!("00".repeat(32));
    changed["artworks"][1]["folder"] = json!("003-new");
    changed["artworks"][1]["state"] = json!("pending");
    case.set_record(&changed);
    let folder = |name: &str| name.to_owned();
    let expected = [
        Problem::ItemChanged {
            folder: folder("001-rose"),
            what: "hash".into(),
        },
        Problem::ItemAdded {
            folder: folder("003-new"),
        },
        Problem::ItemRemoved {
            folder: folder("002-heath"),
        },
    ];
    assert_eq!(case.problems(), expected);
}

#[test]
fn an_exhibit_of_another_record_is_found() {
    let case = SealedCase::new();
    let head = Digest::of(b"another record");
    let sha256 = write(case.folder(), "second.pdf", "second");
    let file = "second.pdf".to_owned();
    let event = Event::Exhibited {
        file: file.clone(),
        elsewhere: false,
        sha256,
        head,
    };
    case.reopen().append(&event).unwrap();
    assert_eq!(case.problems(), [Problem::ExhibitOfAnother { file, head }]);
}

#[test]
fn an_exhibit_elsewhere_is_named_and_not_opened() {
    // By its path, as earlier versions had it, and by its name, which may be that of a file of the case.
    for (file, elsewhere) in [("/etc/hostname", false), ("journal.jsonl", true)] {
        let case = SealedCase::new();
        let (file, sha256) = (file.to_owned(), Digest::of(b"exhibit"));
        let event = Event::Exhibited {
            file: file.clone(),
            elsewhere,
            sha256,
            head: case.head,
        };
        case.reopen().append(&event).unwrap();
        let found = case.verify();
        assert!(found.holds());
        assert_eq!(found.notices, [Notice::ExhibitElsewhere { file, sha256 }]);
    }
}

#[test]
fn no_path_of_a_journal_leads_out_of_the_case() {
    let case = SealedCase::new();
    let outside = tempfile::tempdir().unwrap();
    let sha256 = write(outside.path(), "secret", "secret");
    let absolute = outside.path().join("secret").display().to_string();
    let up = format!(
        "../{}/secret",
        outside.path().file_name().unwrap().to_str().unwrap()
    );
    let paths = [
        absolute,
        up,
        "001-rose/./findings.json".into(),
        "a\\b".into(),
        String::new(),
    ];
    let files = paths.clone().map(|path| (path, sha256));
    case.reopen()
        .append(&Event::Assessed {
            files: files.into(),
        })
        .unwrap();
    let problems = case.problems();
    assert_eq!(problems.len(), paths.len());
    for problem in problems {
        let why = PathFault::Outside;
        assert!(matches!(problem, Problem::FileMissing { why: found, .. } if found == why));
    }
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let case = SealedCase::new();
    let outside = tempfile::tempdir().unwrap();
    let name = "001-rose/recovered.png";
    fs::rename(case.path(name), outside.path().join("same")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("same"), case.path(name)).unwrap();
    std::os::unix::fs::symlink(outside.path(), case.path("folder")).unwrap();
    let found = case.verify();
    let link = Problem::FileMissing {
        path: name.into(),
        entry: 2,
        why: PathFault::Link,
    };
    assert_eq!(found.problems, [link]);
    assert_eq!(found.notices.len(), 2, "{:?}", found.notices);
}

#[test]
fn without_journal_or_record_a_case_does_not_hold() {
    let case = SealedCase::new();
    fs::remove_file(case.path("journal.jsonl")).unwrap();
    assert!(matches!(case.problems()[0], Problem::NoJournal { .. }));
    let case = SealedCase::new();
    fs::write(case.path("case.json"), "{\"plan\": ".repeat(100_000)).unwrap();
    assert!(matches!(case.problems()[..], [Problem::NoRecord { .. }]));
}

#[test]
fn a_fingerprint_is_read_as_it_is_printed() {
    let key = signer(KEY).key.public().fingerprint();
    let printed = key.to_string();
    assert_eq!(printed.len(), 64 + 15);
    assert_eq!(printed.parse(), Ok(key));
    assert_eq!(printed.to_uppercase().replace(' ', ":").parse(), Ok(key));
    assert!(printed[1..].parse::<Fingerprint>().is_err());
}
