//! The journal: what it keeps through crashes, what it refuses to go on with, and that others can check it
//! with plain tools.

use crate::sealed_case;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::process::Command;

use palimpsest_record::case::journal::{Event, Journal, JournalError};
use palimpsest_record::case::verification::{ChainFault, Notice, Problem};
use sealed_case::{KEY, SealedCase, begun, signer};
use tempfile::tempdir;

fn add_bytes(case: &SealedCase, bytes: &[u8]) {
    let mut options = OpenOptions::new();
    let mut file = options
        .append(true)
        .open(case.path("journal.jsonl"))
        .unwrap();
    file.write_all(bytes).unwrap();
}

#[test]
fn entries_are_appended_across_openings() {
    let case = SealedCase::new();
    let before = case.journal();
    let mut journal = case.reopen();
    assert_eq!((journal.entries().len(), journal.head()), (7, case.head));
    let head = journal.append(&Event::Cancelled {}).unwrap();
    drop(journal);
    assert!(case.journal().starts_with(&before));
    let journal = case.reopen();
    assert_eq!((journal.entries().len(), journal.head()), (8, head));
    assert_eq!(case.verify().head, Some(head));
}

#[test]
fn a_torn_last_line_is_put_aside_and_told_of() {
    let whole = SealedCase::new().journal();
    let last = whole[..whole.len() - 1]
        .iter()
        .rposition(|&b| b == b'\n')
        .unwrap()
        + 1;
    for torn in [last + 1, last + 40, whole.len() - 100, whole.len() - 2] {
        let case = SealedCase::new();
        fs::write(case.path("journal.jsonl"), &whole[..torn]).unwrap();
        let bytes = (torn - last) as u64;
        assert_eq!(case.problems(), [Problem::TornEnd { bytes }]);

        let mut journal = case.reopen();
        journal.append(&Event::Resumed {}).unwrap();
        assert!(case.journal().starts_with(&whole[..last]));
        let aside = fs::read(case.path("journal.torn-1")).unwrap();
        assert_eq!(aside, &whole[last..torn]);
        let found = case.verify();
        assert_eq!(found.problems, []);
        let (entry, file) = (7, "journal.torn-1".to_owned());
        assert_eq!(found.notices, [Notice::SetAside { entry, file }]);
    }
}

#[test]
fn what_was_put_aside_is_not_overwritten_and_is_sealed() {
    let case = SealedCase::new();
    for number in 1..=2 {
        add_bytes(&case, format!("half an entry {number}").as_bytes());
        case.reopen();
    }
    let second = fs::read_to_string(case.path("journal.torn-2")).unwrap();
    assert_eq!(second, "half an entry 2");
    fs::write(case.path("journal.torn-1"), "other").unwrap();
    assert!(matches!(
        case.problems()[..],
        [Problem::FileChanged { entry: 8, .. }]
    ));
}

#[test]
fn an_entry_that_only_lacks_its_line_feed_is_completed() {
    let case = SealedCase::new();
    let whole = case.journal();
    fs::write(case.path("journal.jsonl"), &whole[..whole.len() - 1]).unwrap();
    assert_eq!(case.problems(), [Problem::TornEnd { bytes: 0 }]);
    case.reopen();
    assert_eq!(case.journal(), whole);
    assert!(!case.path("journal.torn-1").exists());
}

/// Blocks that were never written are read as zeros after a power cut.
#[test]
fn zeros_at_the_end_are_put_aside() {
    for bytes in [&[0; 300][..], b"\0\0\0\0\"}\n"] {
        let case = SealedCase::new();
        add_bytes(&case, bytes);
        assert!(!case.verify().holds());
        case.reopen();
        assert!(case.verify().holds());
    }
}

/// What no crash does must not be covered up by going on.
#[test]
fn a_journal_that_was_changed_is_not_continued() {
    let case = SealedCase::new();
    let whole = case.lines();
    for line in [1, 6] {
        let mut lines = whole.clone();
        lines[line] = lines[line].replace("2026", "2025");
        case.set_lines(&lines);
        let error = Journal::open(case.folder(), signer(KEY)).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(&format!("line {}", line + 1)), "{text}");
        assert_eq!(case.lines(), lines);
    }
}

#[test]
fn a_case_is_begun_once() {
    let case = SealedCase::new();
    let error = Journal::begin(case.folder(), signer(KEY), begun()).unwrap_err();
    assert!(matches!(error, JournalError::Exists { .. }));
    case.reopen().append(&begun()).unwrap();
    let again = Problem::Chain(ChainFault::Beginning { number: 8 });
    assert_eq!(case.problems(), [again]);
}

#[test]
fn what_could_not_be_read_back_is_not_written() {
    let case = SealedCase::new();
    let before = case.journal();
    let error = "e".repeat(1 << 24);
    let event = Event::Failed {
        folder: "001-rose".into(),
        error,
    };
    let refused = case.reopen().append(&event).unwrap_err();
    assert!(matches!(refused, JournalError::TooLarge { .. }));
    assert_eq!(case.journal(), before);
}

#[test]
fn hostile_journals_are_refused_in_words() {
    let huge = vec![b'x'; (1 << 24) + 1];
    let deep = format!("{}\n", "{\"event\":".repeat(1 << 16)).into_bytes();
    let brackets = format!("{}\n{{}}\n", "[".repeat(1 << 16)).into_bytes();
    let lines = "\n".repeat(1 << 26).into_bytes();
    let too_large = vec![b'\n'; (1 << 26) + 1];
    let numbers = b"{\"number\":1e999,\"previous\":3,\"hash\":[],\"signature\":{}}\n{}\n".to_vec();
    let not_text = b"{\"number\":1,\"who\":\"\xff\xfe\"}\n\x80\x81\n{}\n".to_vec();
    for bytes in [
        huge,
        deep,
        brackets,
        lines,
        too_large,
        numbers,
        not_text,
        Vec::new(),
    ] {
        let case = SealedCase::new();
        fs::write(case.path("journal.jsonl"), &bytes).unwrap();
        let found = case.verify();
        assert!(!found.holds());
        assert_eq!(found.head, None);
        Journal::open(case.folder(), signer(KEY)).unwrap_err();
        assert_eq!(case.journal(), bytes, "what is refused stays as it is");
    }
}

#[test]
fn a_journal_that_never_ends_is_not_read() {
    let folder = tempdir().unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("journal.jsonl")).unwrap();
    let found = palimpsest_record::case::verification::verify(folder.path(), &Default::default());
    assert!(matches!(found.problems[0], Problem::NoJournal { .. }));
}

#[test]
fn an_event_of_a_later_version_is_told_of() {
    let case = SealedCase::new();
    case.reopen().append(&Event::Unknown).unwrap();
    let found = case.verify();
    assert!(found.holds());
    assert_eq!(found.notices, [Notice::UnknownEvent { entry: 8 }]);
}

/// The commands of the format's description, word for word, but for the number of the line.
#[test]
fn others_can_check_an_entry_with_plain_tools() {
    let tools = ["jq --version", "xxd --version", "openssl version"];
    let is_there = |tool: &&str| {
        let output = Command::new("sh").args(["-c", tool]).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !tools.iter().all(is_there) {
        eprintln!("skipped: one of {tools:?} is not installed");
        return;
    }
    let source = include_str!("../../src/case/journal.rs");
    let script = source.split("//! ```text\n").nth(2).unwrap();
    let script = script.split("//! ```").next().unwrap().replace("//! ", "");
    let case = SealedCase::new();
    let run = || {
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(case.folder())
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let told = run();
    let line: serde_json::Value = serde_json::from_str(&case.lines()[2]).unwrap();
    assert!(told.starts_with(line["hash"].as_str().unwrap()), "{told}");
    assert!(told.contains("Signature Verified Successfully"), "{told}");

    let mut lines = case.lines();
    let hash = line["hash"].as_str().unwrap();
    lines[2] = lines[2].replace(hash, &"0".repeat(64));
    case.set_lines(&lines);
    assert!(!run().contains("Verified Successfully"));
}
