//! The chain that the lines of a journal form, and what was done to it if they do not.

use std::collections::BTreeSet;

use serde::Serialize;
use thiserror::Error;

use super::entry::Claims;
use super::{EntryFault, Event, JournalEntry};
use crate::case::key::{Fingerprint, PublicKey};
use crate::case::{Digest, UtcTime};

/// A fault of the chain. Entries are named by their numbers where they have one, else by lines.
#[derive(Clone, Debug, Eq, Error, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum ChainFault {
    /// A line is no entry at all.
    #[error("line {line} of the journal cannot be read: {why}")]
    Unreadable {
        /// The line, counted from 1.
        line: u64,
        /// The evidence.
        why: String,
    },
    /// The content of an entry is not what was hashed.
    #[error(
        "the journal's line {line} has been changed: its content does not have the hash that it states"
    )]
    Changed {
        /// The line.
        line: u64,
    },
    /// An entry has no signature.
    #[error("the journal's line {line} has no signature")]
    Unsigned {
        /// The line.
        line: u64,
    },
    /// The signature is not that of the key named.
    #[error(
        "the journal's line {line} has a wrong signature: the key that it names did not sign it"
    )]
    WrongSignature {
        /// The line.
        line: u64,
    },
    /// Entries are missing.
    #[error("entries {first} to {last} have been removed from the journal")]
    Removed {
        /// The first that is missing.
        first: u64,
        /// The last.
        last: u64,
    },
    /// An entry stands in another place than it was written in.
    #[error(
        "entry {number} of the journal stands in line {line}: entries have been reordered or copied"
    )]
    Reordered {
        /// The entry.
        number: u64,
        /// Its line.
        line: u64,
    },
    /// An entry does not follow the one before it.
    #[error(
        "the chain of the journal is broken before entry {number} in line {line}: it was written after another entry than the one before it"
    )]
    Broken {
        /// The entry.
        number: u64,
        /// Its line.
        line: u64,
    },
    /// An entry was signed by another key than the first.
    #[error("entry {number} of the journal was signed by another key ({key}) than the first entry")]
    OtherKey {
        /// The entry.
        number: u64,
        /// The other key.
        key: Fingerprint,
    },
    /// The clock went backwards.
    #[error(
        "entry {number} of the journal is dated {time}, before the entry ahead of it ({before}): the computer's clock was moved back"
    )]
    ClockMovedBack {
        /// The entry.
        number: u64,
        /// Its time.
        time: UtcTime,
        /// The time of the entry before.
        before: UtcTime,
    },
    /// The first entry does not begin the case, or another one does.
    #[error(
        "entry {number} of the journal is out of place: a case is begun in its first entry, and once"
    )]
    Beginning {
        /// The entry.
        number: u64,
    },
}

/// The content of a journal.
#[derive(Debug)]
pub(in crate::case) struct Chain {
    /// The entries that hold by themselves, in the order of their lines.
    pub(in crate::case) entries: Vec<JournalEntry>,
    pub(in crate::case) faults: Vec<ChainFault>,
    /// The hash that the last line states; zeros if there is none.
    pub(in crate::case) head: Digest,
    /// The key of the first entry that holds.
    pub(in crate::case) key: Option<PublicKey>,
}

/// The most lines of a journal: an entry has more bytes than the largest journal has for each of these.
const MAX_LINES: usize = 1 << 18;

/// Checks whole lines. All of it is checked whatever is found, but no fault is told twice.
pub(in crate::case) fn check(whole: &[u8]) -> Chain {
    let lines = lines(whole);
    if lines.len() > MAX_LINES {
        return Chain {
            entries: Vec::new(),
            faults: vec![ChainFault::Unreadable {
                line: (MAX_LINES as u64).saturating_add(1),
                why: "a journal never has as many lines".into(),
            }],
            head: Digest::ZERO,
            key: None,
        };
    }
    let mut checker = Checker {
        claims: lines.iter().map(|line| Claims::of(line)).collect(),
        chain: Chain {
            entries: Vec::new(),
            faults: Vec::new(),
            head: Digest::ZERO,
            key: None,
        },
        expected: 1,
        before: Some(Digest::ZERO),
    };
    let stated: BTreeSet<_> = checker
        .claims
        .iter()
        .flatten()
        .filter_map(|c| c.hash)
        .collect();
    for (index, line) in lines.iter().enumerate() {
        checker.take(index, line, &stated);
    }
    checker.chain
}

/// The lines, also the last one if its line feed is missing.
fn lines(whole: &[u8]) -> Vec<&[u8]> {
    let text = whole.strip_suffix(b"\n").unwrap_or(whole);
    if whole.is_empty() {
        return Vec::new();
    }
    text.split(|&byte| byte == b'\n').collect()
}

struct Checker {
    claims: Vec<Option<Claims>>,
    chain: Chain,
    /// The number that the next entry should have.
    expected: u64,
    /// The hash that the next entry should follow; `None` behind a line that states none.
    before: Option<Digest>,
}

impl Checker {
    fn take(&mut self, index: usize, line: &[u8], stated: &BTreeSet<Digest>) {
        let number = (index as u64).saturating_add(1);
        let entry = match JournalEntry::read(line) {
            Ok(entry) => Some(entry),
            Err(fault) => {
                self.chain.faults.push(ChainFault::of(fault, number));
                None
            }
        };
        let claims = self.claims.get(index).and_then(Option::as_ref);
        let place = match (&entry, claims) {
            (Some(entry), _) => Some((entry.number, entry.previous, entry.hash)),
            (None, Some(claims)) => claims
                .number
                .zip(claims.previous)
                .zip(claims.hash)
                .map(|((number, previous), hash)| (number, previous, hash)),
            (None, None) => None,
        };
        match place {
            Some(place) => self.link(number, place, stated),
            None => {
                self.expected = self.expected.saturating_add(1);
                self.before = None;
            }
        }
        if let Some(entry) = entry {
            self.compare(&entry);
            self.chain.entries.push(entry);
        }
    }

    /// Checks that an entry, as it claims to be, follows the line before.
    fn link(
        &mut self,
        line: u64,
        (number, previous, hash): (u64, Digest, Digest),
        stated: &BTreeSet<Digest>,
    ) {
        let follows = self.before.is_none_or(|before| before == previous);
        if !(follows && number == self.expected) {
            let is_elsewhere = previous == Digest::ZERO || stated.contains(&previous);
            self.chain.faults.push(if !follows && is_elsewhere {
                ChainFault::Reordered { number, line }
            } else if number > self.expected {
                ChainFault::Removed {
                    first: self.expected,
                    last: number.saturating_sub(1),
                }
            } else {
                ChainFault::Broken { number, line }
            });
        }
        self.expected = number.saturating_add(1);
        self.before = Some(hash);
        self.chain.head = hash;
    }

    /// Checks what an entry has to have in common with those before it.
    fn compare(&mut self, entry: &JournalEntry) {
        let number = entry.number;
        let faults = &mut self.chain.faults;
        let is_first = self.chain.entries.is_empty() && number == 1;
        if is_first != matches!(entry.event, Event::Begun { .. }) {
            faults.push(ChainFault::Beginning { number });
        }
        if *self.chain.key.get_or_insert(entry.key) != entry.key {
            let key = entry.key.fingerprint();
            faults.push(ChainFault::OtherKey { number, key });
        }
        if let Some(last) = self.chain.entries.last()
            && entry.time < last.time
        {
            faults.push(ChainFault::ClockMovedBack {
                number,
                time: entry.time,
                before: last.time,
            });
        }
    }
}

impl ChainFault {
    fn of(fault: EntryFault, line: u64) -> Self {
        match fault {
            EntryFault::Malformed(why) => Self::Unreadable { line, why },
            EntryFault::Unsigned => Self::Unsigned { line },
            EntryFault::Hash => Self::Changed { line },
            EntryFault::Signature => Self::WrongSignature { line },
        }
    }

    /// True if it may happen without anybody touching the journal.
    pub(in crate::case) fn is_about_time(&self) -> bool {
        matches!(self, Self::ClockMovedBack { .. })
    }
}
