//! The check of an exhibit whose case is not at hand: what is attached to it holds or does not, and what nobody can tell
//! without the case is said.

use std::path::Path;

use super::error::CaseworkError;
use super::exhibit::Cover;
use crate::case::journal::{self, JournalEntry};
use crate::case::verification::{AttachedFiles, Expectations, Verification, verify_attached};
use crate::case::{CaseError, Digest, RECORD, UnreadFile};
use crate::exhibit::{Attached, attached};
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_base::number_format::counted;

/// The largest exhibit that is read, in bytes.
const MAX_BYTES: u64 = 1 << 29;

/// The result of checking an exhibit alone.
#[derive(Clone, Debug)]
pub struct CheckedAlone {
    /// The exhibit's own hash, which only the case's journal can confirm.
    pub sha256: Digest,
    /// Number, title, parties and examiner, as the attached journal has them.
    pub cover: Cover,
    /// The check of the attached files against each other.
    pub verification: Verification,
    /// What holds, one sentence each.
    pub holds: Vec<String>,
    /// What cannot be told without the case, one sentence each.
    pub cannot_tell: Vec<String>,
}

impl CheckedAlone {
    /// The faults, one sentence each; none if what is attached holds.
    pub fn problems(&self) -> Vec<String> {
        let problems = self.verification.problems.iter();
        problems.map(ToString::to_string).collect()
    }
}

/// Checks the exhibit in a file by what is attached to it.
///
/// # Errors
/// [`CaseworkError`] if it cannot be read, is none of this program, or is of a version that attached the record alone.
pub fn check_alone(
    path: &Path,
    expectations: &Expectations,
) -> Result<CheckedAlone, CaseworkError> {
    let pdf = read_at_most(path, MAX_BYTES)
        .map_err(|error| CaseError::from(UnreadFile::new(path, error)))?;
    let read = attached(&pdf).map_err(|source| CaseworkError::NoExhibit {
        path: path.to_owned(),
        source,
    })?;
    let bytes = |name: &str| read.files.get(name).map(Vec::as_slice);
    let (Some(record), Some(journal)) = (bytes(RECORD), bytes(journal::NAME)) else {
        return Err(CaseworkError::NothingToCheck(path.to_owned()));
    };
    let files = AttachedFiles {
        record,
        journal,
        others: &read.files,
    };
    let (verification, entries) = verify_attached(files, expectations);
    Ok(CheckedAlone {
        sha256: Digest::of(&pdf),
        cover: Cover::of(&entries),
        holds: holding(&verification, &entries),
        cannot_tell: open(&verification, &entries, &read, Digest::of(&pdf)),
        verification,
    })
}

/// What holds: nothing is said of a part that has a fault.
fn holding(verification: &Verification, entries: &[JournalEntry]) -> Vec<String> {
    if !verification.holds() {
        return Vec::new();
    }
    let mut holds = Vec::new();
    if let (Some(key), Some(last)) = (verification.key, entries.last()) {
        let count = counted(verification.checked.entries, "entry", "entries");
        holds.push(format!(
            "The attached journal has {count}: each follows the one before it, and all are signed by the key {key}."
        ));
        let works = counted(verification.checked.items, "examination", "examinations");
        holds.push(format!(
            "The attached record has the models, the settings, the question and the {works} that the journal sealed when they were begun."
        ));
        holds.push(format!(
            "The journal ends with the hash {}, of {}. Section “Custody and journal” must print the same as the last entry.",
            last.hash, last.time
        ));
    }
    for found in &verification.timestamps {
        let authority = found.stamp.authority.as_ref();
        let authority = authority.map_or("an authority without a certificate", |it| &it.subject);
        holds.push(format!(
            "Entry {} existed at {} according to {authority} ({}); whether it deserves trust is not checked.",
            found.entry, found.stamp.time, found.file
        ));
    }
    holds
}

/// What nobody can tell by the exhibit alone.
fn open(
    verification: &Verification,
    entries: &[JournalEntry],
    read: &Attached,
    sha256: Digest,
) -> Vec<String> {
    let last = entries.last().map_or(0, |entry| entry.number);
    let mut open = vec![
        format!(
            "Whether its pages, pictures and figures are those that were written: the case's journal names the exhibit by its SHA-256, {sha256}, after entry {last}, which is the last one attached."
        ),
        "Whether the pictures and the findings of the case are as they were sealed, and whether the scores follow from them.".to_owned(),
        format!("What was done in the case after entry {last}."),
    ];
    if read.added > 0 {
        let bytes = counted(read.added as u64, "byte", "bytes");
        open.push(format!(
            "What another program meant by the {bytes} that stand behind the exhibit as it was written: a signature, a stamp of a court, or a change of what is shown."
        ));
    }
    let others = verification.cannot_exclude.iter();
    open.extend(others.cloned());
    open
}
