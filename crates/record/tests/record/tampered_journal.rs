//! Nothing can be done to the journal of a case behind its back: what is changed, taken out, moved or put in
//! is found and named.

use crate::sealed_case;

use std::fs;
use std::sync::OnceLock;

use palimpsest_record::case::Digest;
use palimpsest_record::case::journal::{Event, Journal};
use palimpsest_record::case::verification::{
    ChainFault, Expectations, Problem, Verification, verify,
};
use proptest::prelude::*;
use sealed_case::{OTHER_KEY, SealedCase, begun, signer, time};

fn chain(case: &SealedCase) -> Vec<ChainFault> {
    let faults = case
        .problems()
        .into_iter()
        .filter_map(|problem| match problem {
            Problem::Chain(fault) => Some(fault),
            _ => None,
        });
    faults.collect()
}

#[test]
fn a_changed_entry_is_named() {
    let case = SealedCase::new();
    let mut lines = case.lines();
    lines[3] = lines[3].replace("same hand", "same head");
    case.set_lines(&lines);
    assert_eq!(chain(&case), [ChainFault::Changed { line: 4 }]);
}

#[test]
fn a_changed_entry_with_its_hash_made_anew_is_named() {
    let case = SealedCase::new();
    let mut lines = case.lines();
    let changed = lines[3].replace("same hand", "same head");
    let content = &changed[..changed.len() - 218];
    let hash = Digest::of(content.as_bytes());
    let signature = &changed[content.len() + 9 + 64..];
    lines[3] = format!("{content},\"hash\":\"{hash}{signature}");
    case.set_lines(&lines);
    let broken = ChainFault::Reordered { number: 5, line: 5 };
    let faults = chain(&case);
    assert_eq!(faults[0], ChainFault::WrongSignature { line: 4 });
    assert_ne!(faults[1], broken, "the entry before it is not elsewhere");
    assert_eq!(faults[1], ChainFault::Broken { number: 5, line: 5 });
}

#[test]
fn removed_entries_are_named() {
    let case = SealedCase::new();
    let mut lines = case.lines();
    lines.drain(2..4);
    case.set_lines(&lines);
    assert_eq!(chain(&case), [ChainFault::Removed { first: 3, last: 4 }]);
    let folder = "002-heath".to_owned();
    assert!(case.problems().contains(&Problem::NotExamined { folder }));
}

#[test]
fn a_removed_beginning_is_named() {
    let case = SealedCase::new();
    case.set_lines(&case.lines()[1..]);
    let faults = chain(&case);
    assert!(faults.contains(&ChainFault::Removed { first: 1, last: 1 }));
}

#[test]
fn an_end_cut_off_is_found_by_what_depends_on_it() {
    let case = SealedCase::new();
    case.set_lines(&case.lines()[..2]);
    let folder = "002-heath".to_owned();
    assert_eq!(case.problems(), [Problem::NotExamined { folder }]);
    let expected = case.stamped;
    let head = Expectations {
        head: Some(expected),
        ..Expectations::default()
    };
    let problems = verify(case.folder(), &head).problems;
    assert!(problems.contains(&Problem::HeadNotMet { expected }));
}

#[test]
fn reordered_and_copied_entries_are_named() {
    let case = SealedCase::new();
    let whole = case.lines();
    let mut lines = whole.clone();
    lines.swap(2, 3);
    case.set_lines(&lines);
    let faults = chain(&case);
    assert!(faults.contains(&ChainFault::Reordered { number: 4, line: 3 }));

    let mut lines = whole.clone();
    lines.push(whole[2].clone());
    case.set_lines(&lines);
    assert_eq!(
        chain(&case)[0],
        ChainFault::Reordered { number: 3, line: 8 }
    );
}

/// What somebody without the key can add.
#[test]
fn an_entry_by_another_key_is_named() {
    let case = SealedCase::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let other = signer(OTHER_KEY);
    let key = other.key.public().fingerprint();
    let mut journal = Journal::begin_at(elsewhere.path(), other, begun(), time(1)).unwrap();
    for number in 2..=8 {
        journal
            .append_at(&Event::Cancelled {}, time(number))
            .unwrap();
    }
    let text = fs::read_to_string(elsewhere.path().join("journal.jsonl")).unwrap();
    let mut lines = case.lines();
    lines.push(text.lines().last().unwrap().to_owned());
    case.set_lines(&lines);
    assert!(chain(&case).contains(&ChainFault::OtherKey { number: 8, key }));
}

#[test]
fn a_journal_of_another_key_is_not_continued() {
    let case = SealedCase::new();
    let error = Journal::open(case.folder(), signer(OTHER_KEY)).unwrap_err();
    assert!(error.to_string().contains(&case.key.to_string()), "{error}");
}

/// The forger rewrites everything with a key of their own: only who knows the key or an entry finds out.
#[test]
fn a_record_written_anew_meets_no_expectation() {
    let case = SealedCase::new();
    let plain = case.verify();
    let text = plain.cannot_exclude.join(" ");
    assert!(text.contains("key of their own"), "{text}");

    fs::remove_file(case.path("journal.jsonl")).unwrap();
    let forger = signer(OTHER_KEY);
    let found = Some(forger.key.public().fingerprint());
    Journal::begin_at(case.folder(), forger, begun(), time(1)).unwrap();
    let expectations = Expectations {
        key: Some(case.key),
        head: Some(case.stamped),
    };
    let problems = verify(case.folder(), &expectations).problems;
    let expected = case.key;
    assert!(problems.contains(&Problem::KeyNotMet { expected, found }));
    let expected = case.stamped;
    assert!(problems.contains(&Problem::HeadNotMet { expected }));
}

/// The entry stands there word for word, but nobody signed it any more.
#[test]
fn a_dropped_signature_meets_no_expectation() {
    let case = SealedCase::new();
    let unsigned = |line: &String| {
        let end = line.rfind(",\"signature\"").unwrap();
        format!("{}}}", &line[..end])
    };
    let lines: Vec<_> = case.lines().iter().map(unsigned).collect();
    case.set_lines(&lines);
    let expectations = Expectations {
        key: Some(case.key),
        head: Some(case.stamped),
    };
    let found: Verification = verify(case.folder(), &expectations);
    let unsigned = (1..=7).map(|line| Problem::Chain(ChainFault::Unsigned { line }));
    assert_eq!(found.problems[..7], unsigned.collect::<Vec<_>>());
    let (expected, key) = (case.key, None);
    assert!(found.problems.contains(&Problem::KeyNotMet {
        expected,
        found: key
    }));
    let expected = case.stamped;
    assert!(found.problems.contains(&Problem::HeadNotMet { expected }));
    assert_eq!(found.head, None);
}

#[test]
fn a_clock_moved_back_is_found_and_does_not_end_the_case() {
    let case = SealedCase::new();
    case.reopen()
        .append_at(&Event::Cancelled {}, time(3))
        .unwrap();
    let moved = ChainFault::ClockMovedBack {
        number: 8,
        time: time(3),
        before: time(7),
    };
    assert_eq!(chain(&case), [moved]);
    case.reopen()
        .append_at(&Event::Resumed {}, time(8))
        .unwrap();
}

/// A case for one property, which writes its journal anew every time; and the journal as it was.
fn shared(case: &'static OnceLock<(SealedCase, Vec<u8>)>) -> (&'static SealedCase, Vec<u8>) {
    let (case, journal) = case.get_or_init(|| {
        let case = SealedCase::new();
        let journal = case.journal();
        (case, journal)
    });
    (case, journal.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Whichever byte of the journal is changed, and to whatever.
    #[test]
    fn every_changed_byte_of_the_journal_is_found(place in any::<prop::sample::Index>(), flip in 1u8..) {
        static CASE: OnceLock<(SealedCase, Vec<u8>)> = OnceLock::new();
        let (case, mut bytes) = shared(&CASE);
        let index = place.index(bytes.len());
        bytes[index] ^= flip;
        fs::write(case.path("journal.jsonl"), bytes).unwrap();
        prop_assert!(!case.problems().is_empty(), "byte {index}");
    }

    /// And wherever bytes are taken out.
    #[test]
    fn every_gap_in_the_journal_is_found(place in any::<prop::sample::Index>(), length in 1usize..2000) {
        static CASE: OnceLock<(SealedCase, Vec<u8>)> = OnceLock::new();
        let (case, mut bytes) = shared(&CASE);
        let start = place.index(bytes.len() - 1);
        let end = (start + length).min(bytes.len());
        bytes.drain(start..end);
        fs::write(case.path("journal.jsonl"), bytes).unwrap();
        let head = Expectations { head: Some(case.head), ..Expectations::default() };
        prop_assert!(!verify(case.folder(), &head).holds(), "bytes {start}..{end}");
    }
}
