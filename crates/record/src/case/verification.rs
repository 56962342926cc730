//! Verification that a case is as it was written. Nothing is locked, mended or written. The folder may come from
//! anybody: every size is bounded, no link is followed, and no path leads out of the folder.
//!
//! It finds what somebody did who does not have the signing key, and what was done by mistake. The owner
//! of the key can write everything anew; only what left the house before bounds that: a timestamp of an
//! authority, or an exhibit that was filed and names the key and an entry ([`Expectations`]).

mod attached;
mod blinding;
mod files;
mod items;
mod problem;
mod stamps;

pub use super::inside::PathFault;
pub use super::journal::chain::ChainFault;
pub use attached::{AttachedFiles, verify_attached};
pub use problem::{Notice, Problem};
pub use stamps::FoundStamp;

pub(super) use files::is_working_file;

use std::path::Path;

use serde::Serialize;

use super::Digest;
use super::journal::chain::{self, Chain};
use super::journal::{self, Event, torn};
use super::key::Fingerprint;
use super::reading::read_at_most;

/// Knowledge from elsewhere, from an exhibit for example.
#[derive(Clone, Copy, Debug, Default)]
pub struct Expectations {
    /// The key that signed the journal.
    pub key: Option<Fingerprint>,
    /// The hash of an entry of the journal, not necessarily the last.
    pub head: Option<Digest>,
}

/// The extent of a check.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Checked {
    /// Entries of the journal that hold by themselves.
    pub entries: u64,
    /// Sealed files that are what they were.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Artworks compared with those that the case was begun with.
    pub items: u64,
    /// Exhibits of which the journal tells.
    pub exhibits: u64,
}

/// The result of a verification.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Faults; none in an untouched case.
    pub problems: Vec<Problem>,
    /// Circumstances that may be, and should be known.
    pub notices: Vec<Notice>,
    /// The extent of a check.
    pub checked: Checked,
    /// The hash of the last entry; none if no entry holds.
    pub head: Option<Digest>,
    /// The key of the first entry.
    pub key: Option<Fingerprint>,
    /// The timestamps that fit.
    pub timestamps: Vec<FoundStamp>,
    /// Possibilities that remain, one sentence each.
    pub cannot_exclude: Vec<String>,
}

impl Verification {
    /// True if nothing is wrong.
    pub fn holds(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Checks the case in `folder`. Whatever is wrong with it is in the result.
pub fn verify(folder: &Path, expectations: &Expectations) -> Verification {
    let mut found = Findings::default();
    let chain = read_chain(folder, &mut found);
    found.checked.entries = chain.entries.len() as u64;
    tell_of_events(&chain, &mut found);
    meet(&chain, expectations, &mut found);
    items::check(folder, &chain, &mut found);
    files::check(folder, &chain, &mut found);
    let timestamps = stamps::check(folder, &chain, &mut found);
    found.verification(&chain, expectations, timestamps)
}

/// Results gathered on the way.
#[derive(Default)]
struct Findings {
    problems: Vec<Problem>,
    notices: Vec<Notice>,
    checked: Checked,
}

impl Findings {
    /// The verification that they come to, once everything was looked at.
    fn verification(
        self,
        chain: &Chain,
        expectations: &Expectations,
        timestamps: Vec<FoundStamp>,
    ) -> Verification {
        Verification {
            cannot_exclude: cannot_exclude(chain, expectations, &timestamps),
            problems: self.problems,
            notices: self.notices,
            checked: self.checked,
            head: chain.entries.last().map(|entry| entry.hash),
            key: chain.key.as_ref().map(|key| key.fingerprint()),
            timestamps,
        }
    }
}

fn read_chain(folder: &Path, found: &mut Findings) -> Chain {
    let path = folder.join(journal::NAME);
    // What is no plain file (a link, a device that never ends) is not opened.
    let read = super::inside::resolve(folder, journal::NAME)
        .map_err(|fault| format!("{}: {fault}", path.display()))
        .and_then(|path| read_at_most(&path, journal::MAX_BYTES).map_err(|e| e.to_string()));
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(why) => {
            found.problems.push(Problem::NoJournal { why });
            Vec::new()
        }
    };
    chain_of(&bytes, found)
}

fn chain_of(bytes: &[u8], found: &mut Findings) -> Chain {
    let (whole, end) = torn::split(bytes);
    let bytes = match end {
        torn::End::Clean => None,
        torn::End::LacksLineFeed => Some(0),
        torn::End::Torn(bytes) => Some(bytes.len() as u64),
    };
    let chain = chain::check(whole);
    let faults = chain.faults.iter().cloned();
    found.problems.extend(faults.map(Problem::Chain));
    found
        .problems
        .extend(bytes.map(|bytes| Problem::TornEnd { bytes }));
    chain
}

fn tell_of_events(chain: &Chain, found: &mut Findings) {
    for (index, entry) in chain.entries.iter().enumerate() {
        let number = entry.number;
        match &entry.event {
            Event::Unknown => found.notices.push(Notice::UnknownEvent { entry: number }),
            Event::SetAside { file, .. } => found.notices.push(Notice::SetAside {
                entry: number,
                file: file.clone(),
            }),
            Event::Exhibited { file, head, .. } => {
                found.checked.exhibits = found.checked.exhibits.saturating_add(1);
                let mut before = chain.entries.iter().take(index);
                if !before.any(|entry| entry.hash == *head) {
                    let (file, head) = (file.clone(), *head);
                    found
                        .problems
                        .push(Problem::ExhibitOfAnother { file, head });
                }
            }
            _ => {}
        }
    }
}

/// Only entries that hold count: a signature taken away does not meet anything.
fn meet(chain: &Chain, expectations: &Expectations, found: &mut Findings) {
    let key = chain.key.map(|key| key.fingerprint());
    if let Some(expected) = expectations.key
        && key != Some(expected)
    {
        let found_key = key;
        found.problems.push(Problem::KeyNotMet {
            expected,
            found: found_key,
        });
    }
    if let Some(expected) = expectations.head
        && !chain.entries.iter().any(|entry| entry.hash == expected)
    {
        found.problems.push(Problem::HeadNotMet { expected });
    }
}

fn cannot_exclude(
    chain: &Chain,
    expectations: &Expectations,
    timestamps: &[FoundStamp],
) -> Vec<String> {
    let mut open = Vec::new();
    if expectations.key.is_none() {
        open.push(
            "That somebody else wrote the whole record anew with a key of their own: compare the key's \
             fingerprint with one that you know from its owner."
                .to_owned(),
        );
    }
    let signed = timestamps.iter().filter(|found| found.stamp.is_signed());
    let stamped = signed.max_by_key(|found| found.entry);
    open.push(match (stamped, expectations.head) {
        (Some(found), _) => format!(
            "That the owner of the key wrote the entries after number {} anew, or all of them before {}, \
             when the latest of them was stamped; and that the authority is not what its certificate \
             says, whose issuer was not checked.",
            found.entry, found.stamp.time
        ),
        (None, Some(_)) => "That the owner of the key wrote everything anew before the exhibit that \
             names the expected entry was handed over, or the entries after that one since."
            .to_owned(),
        (None, None) => "That the owner of the key wrote everything anew at any time: only a timestamp \
             of an authority or an exhibit that was filed would bound that."
            .to_owned(),
    });
    let last = chain.entries.last().map_or(0, |entry| entry.number);
    if expectations.head.is_none() {
        open.push(format!(
            "That entries after number {last} were cut off, unless a file or an exhibit tells of them."
        ));
    }
    open.push(
        "That the pictures and models were something else before they were first hashed, and that the \
         computer's clock was wrong between two timestamps."
            .to_owned(),
    );
    open
}
