//! Verification that the timestamps that the journal tells of are of its entries.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::{Findings, Notice, Problem};
use crate::case::Digest;
use crate::case::inside;
use crate::case::journal::chain::Chain;
use crate::case::journal::{Event, JournalEntry};
use crate::case::timestamp::{SignatureCheck, Stamp};

/// Seconds that a computer's clock may be ahead of an authority's without being called wrong.
const TOLERANCE: u64 = 60;

/// A timestamp that fits.
#[derive(Clone, Debug, Serialize)]
pub struct FoundStamp {
    /// Its file in the case.
    pub file: String,
    /// The number of the entry that was stamped.
    pub entry: u64,
    /// The hash and time that the authority vouches for.
    pub stamp: Stamp,
}

pub(super) fn check(folder: &Path, chain: &Chain, found: &mut Findings) -> Vec<FoundStamp> {
    check_with(chain, found, |file| {
        let path = inside::resolve(folder, file).map_err(|fault| fault.to_string())?;
        Stamp::in_file(&path).map_err(|error| error.to_string())
    })
}

/// The same with stamps that are `read` by their names in the case.
pub(super) fn check_with(
    chain: &Chain,
    found: &mut Findings,
    read: impl Fn(&str) -> Result<Stamp, String>,
) -> Vec<FoundStamp> {
    let mut before: BTreeMap<Digest, &JournalEntry> = BTreeMap::new();
    let mut stamps = Vec::new();
    for entry in &chain.entries {
        if let Event::Timestamped { file, of, .. } = &entry.event {
            let stamped = before.get(of).copied();
            match check_one(|| read(file), *of, stamped) {
                Ok((stamped, stamp)) => {
                    compare_times(stamped, &stamp, file, found);
                    stamps.push(FoundStamp {
                        file: file.clone(),
                        entry: stamped.number,
                        stamp,
                    });
                }
                Err(why) => {
                    let file = file.clone();
                    found.problems.push(Problem::Timestamp { file, why });
                }
            }
        }
        before.insert(entry.hash, entry);
    }
    stamps
}

fn check_one(
    read: impl Fn() -> Result<Stamp, String>,
    of: Digest,
    stamped: Option<&JournalEntry>,
) -> Result<(&JournalEntry, Stamp), String> {
    let stamped = stamped.ok_or("the journal has no such entry before it")?;
    let stamp = read()?;
    stamp.fits(of).map_err(|error| error.to_string())?;
    Ok((stamped, stamp))
}

fn compare_times(stamped: &JournalEntry, stamp: &Stamp, file: &str, found: &mut Findings) {
    if stamped.time > stamp.time.after(TOLERANCE) {
        found.problems.push(Problem::ClockAhead {
            entry: stamped.number,
            dated: stamped.time,
            stamped: stamp.time,
            file: file.to_owned(),
        });
    }
    if let SignatureCheck::Unchecked(why) = &stamp.signature {
        let (file, why) = (file.to_owned(), why.clone());
        found.notices.push(Notice::StampUnchecked { file, why });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::UtcTime;
    use crate::case::journal::{Author, Journal, NAME, Signer};
    use crate::case::key::SigningKey;

    /// An entry of the given time.
    fn entry(time: UtcTime) -> JournalEntry {
        let folder = tempfile::tempdir().unwrap();
        let key = SigningKey::open_or_make(&folder.path().join("key.pem")).unwrap();
        let signer = Signer {
            key: key.into(),
            author: Author::here(),
        };
        Journal::begin_at(folder.path(), signer, Event::Cancelled {}, time).unwrap();
        let line = std::fs::read(folder.path().join(NAME)).unwrap();
        JournalEntry::read(line.strip_suffix(b"\n").unwrap()).unwrap()
    }

    #[test]
    fn an_entry_dated_later_than_its_stamp_is_found() {
        let bytes = include_bytes!("../../../../../tests/timestamp/rsa.tsr");
        let stamp = Stamp::read(bytes).unwrap();
        for (later, problems) in [(0, 0), (TOLERANCE, 0), (TOLERANCE + 1, 1)] {
            let mut found = Findings::default();
            compare_times(&entry(stamp.time.after(later)), &stamp, "a.tsr", &mut found);
            assert_eq!(found.problems.len(), problems, "{later} s later");
        }
    }
}
