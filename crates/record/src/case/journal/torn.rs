//! The end of a journal that a crash may have left half-written.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use serde::de::IgnoredAny;

use super::{JournalEntry, JournalError, unwritable};

/// The name of a file put aside, without its number.
const TORN: &str = "journal.torn-";

/// Number of files that are put aside in one case before something else must be wrong.
const MOST: u32 = 1000;

/// The bytes behind the whole lines.
#[derive(Debug, PartialEq)]
pub(in crate::case) enum End<'a> {
    /// Nothing.
    Clean,
    /// The last line is an entry, and only its line feed is missing.
    LacksLineFeed,
    /// These bytes, which are no entry.
    Torn(&'a [u8]),
}

/// Parts the whole lines, the last line feed included where it is there, from a torn end. A last line that
/// is JSON is never torn: whatever is wrong with it, no crash did it.
pub(in crate::case) fn split(bytes: &[u8]) -> (&[u8], End<'_>) {
    let (whole, rest) = bytes.split_at(end_of_lines(bytes));
    if !rest.is_empty() {
        return if JournalEntry::read(rest).is_ok() {
            (bytes, End::LacksLineFeed)
        } else {
            (whole, End::Torn(rest))
        };
    }
    // Whole lines end with one, unless there are none.
    let lines = whole.strip_suffix(b"\n").unwrap_or_default();
    let (before, last) = whole.split_at(end_of_lines(lines));
    if last.is_empty() || serde_json::from_slice::<IgnoredAny>(last).is_ok() {
        return (whole, End::Clean);
    }
    (before, End::Torn(last))
}

fn end_of_lines(bytes: &[u8]) -> usize {
    let last = bytes.iter().rposition(|&byte| byte == b'\n');
    last.map_or(0, |index| index.saturating_add(1))
}

/// Writes `bytes` beside the journal, over no other file; returns the file's name.
pub(super) fn put_aside(folder: &Path, bytes: &[u8]) -> Result<String, JournalError> {
    for number in 1..=MOST {
        let name = format!("{TORN}{number}");
        let path = folder.join(&name);
        let opened = OpenOptions::new().write(true).create_new(true).open(&path);
        let written = match opened {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            opened => opened.and_then(|mut file| {
                file.write_all(bytes)?;
                file.sync_all()
            }),
        };
        return match written {
            Ok(()) => Ok(name),
            Err(source) => Err(unwritable(&path, source)),
        };
    }
    let source = io::Error::other("there are too many of its kind");
    Err(unwritable(&folder.join(format!("{TORN}{MOST}")), source))
}
