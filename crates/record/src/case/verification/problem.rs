//! Findings of a verification, each in a sentence that names the file or the entry.

use serde::Serialize;
use thiserror::Error;

use crate::case::inside::PathFault;
use crate::case::journal::chain::ChainFault;
use crate::case::key::Fingerprint;
use crate::case::{Digest, UtcTime};

/// Something that must not be in an untouched case.
#[derive(Clone, Debug, Eq, Error, PartialEq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// There is no journal, or it cannot be read.
    #[error("the journal cannot be read: {why}")]
    NoJournal {
        /// The reason.
        why: String,
    },
    /// The journal's entries do not form the chain that was written.
    #[error(transparent)]
    Chain(ChainFault),
    /// Half an entry stands at the end.
    #[error(
        "the journal ends with {bytes} bytes that are no whole entry: a crash, or somebody who cut it off; opening the case to work on it puts them aside"
    )]
    TornEnd {
        /// Their number.
        bytes: u64,
    },
    /// A sealed file is not what it was.
    #[error("{path} has been changed since entry {entry} of the journal sealed it")]
    FileChanged {
        /// The file in the case.
        path: String,
        /// The entry.
        entry: u64,
    },
    /// A sealed file is not to be had.
    #[error("{path}, which entry {entry} of the journal sealed, cannot be checked: {why}")]
    FileMissing {
        /// The file in the case.
        path: String,
        /// The entry.
        entry: u64,
        /// The reason.
        why: PathFault,
    },
    /// A sealed file cannot be read.
    #[error("{path}, which entry {entry} of the journal sealed, cannot be read: {why}")]
    FileUnreadable {
        /// The file in the case.
        path: String,
        /// The entry.
        entry: u64,
        /// The system's error.
        why: String,
    },
    /// There is no usable `case.json`.
    #[error("case.json cannot be checked: {why}")]
    NoRecord {
        /// The reason.
        why: String,
    },
    /// Models or settings are not those of the beginning.
    #[error(
        "the plan in case.json (models and settings) is not the one that the case was begun with: its hash is {found}, and the journal has {sealed}"
    )]
    PlanChanged {
        /// The hash of the plan found.
        found: Digest,
        /// The hash in the journal.
        sealed: Digest,
    },
    /// The question is not that of the beginning.
    #[error(
        "what case.json asks (question, warnings, null run or self-test) is not what the case was begun with: its hash is {found}, and the journal has {sealed}"
    )]
    QuestionChanged {
        /// The hash of the question found.
        found: Digest,
        /// The hash in the journal.
        sealed: Digest,
    },
    /// A work is described differently.
    #[error(
        "the artwork {folder} in case.json is not as it was when the case was begun: its {what} differs"
    )]
    ItemChanged {
        /// Its folder.
        folder: String,
        /// The difference.
        what: String,
    },
    /// A work is gone from the record.
    #[error("the artwork {folder}, with which the case was begun, is not in case.json")]
    ItemRemoved {
        /// Its folder.
        folder: String,
    },
    /// A work was put into the record.
    #[error("the artwork {folder} in case.json was not there when the case was begun")]
    ItemAdded {
        /// Its folder.
        folder: String,
    },
    /// The record speaks of findings that the journal does not know.
    #[error(
        "case.json has the artwork {folder} as finished, but no entry of the journal says so: entries may have been cut off its end"
    )]
    NotExamined {
        /// Its folder.
        folder: String,
    },
    /// Blind works were opened although nothing was sealed of them.
    #[error(
        "entry {entry} of the journal opens what blind works stand for, but nothing of it was sealed when the case was begun"
    )]
    OpenedUnsealed {
        /// The entry.
        entry: u64,
    },
    /// Blind works were opened before all of them had been examined.
    #[error(
        "entry {entry} of the journal opened what the blind works stand for while {folder} had not been examined, or it was examined once more behind it"
    )]
    OpenedEarly {
        /// The entry.
        entry: u64,
        /// The folder of the examination.
        folder: String,
    },
    /// The mapping of blind works cannot be read.
    #[error("what the blind works stand for cannot be checked: {why}")]
    MappingUnread {
        /// The reason.
        why: String,
    },
    /// The mapping of blind works is not what was sealed.
    #[error(
        "blind/mapping.json is not what was sealed before the first score: what the blind works stand for was changed"
    )]
    MappingChanged,
    /// The order of blind works was not drawn.
    #[error(
        "the order of the blind works does not follow from the nonce in blind/mapping.json: it was not drawn by chance"
    )]
    MappingOrder,
    /// The mapping is of other works.
    #[error("blind/mapping.json is not of the works that were examined blind")]
    MappingOfOthers,
    /// An exhibit is not of this record.
    #[error("the exhibit {file} names the entry {head}, which is not in the journal before it")]
    ExhibitOfAnother {
        /// The file.
        file: String,
        /// The name in it.
        head: Digest,
    },
    /// A timestamp is not of this record or proves nothing.
    #[error("the timestamp {file} does not fit: {why}")]
    Timestamp {
        /// The file.
        file: String,
        /// The reason.
        why: String,
    },
    /// The entry claims a later time than its stamp.
    #[error(
        "entry {entry} of the journal is dated {dated}, but was stamped by {file} at {stamped} already: the computer's clock was wrong"
    )]
    ClockAhead {
        /// The entry.
        entry: u64,
        /// Its time.
        dated: UtcTime,
        /// The authority's time.
        stamped: UtcTime,
        /// The file with the stamp.
        file: String,
    },
    /// The key is not the one expected.
    #[error("the case was expected to be signed with the key {expected}, and {}", found.map_or("no entry of its journal is signed".into(), |found| format!("is signed with {found}")))]
    KeyNotMet {
        /// The one expected.
        expected: Fingerprint,
        /// The one found.
        found: Option<Fingerprint>,
    },
    /// The entry expected is not there.
    #[error(
        "the entry {expected} was expected in the journal, and is not there: the journal is another one, or was changed or cut off after that entry had been printed"
    )]
    HeadNotMet {
        /// The one expected.
        expected: Digest,
    },
}

/// Something to know of that an untouched case may hold.
#[derive(Clone, Debug, Eq, Error, PartialEq, Serialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// A file that nobody vouches for.
    #[error("{path} is not sealed by the journal: nothing is known of where it comes from")]
    Unsealed {
        /// The file in the case.
        path: String,
    },
    /// A link, a device or a name that no record can hold.
    #[error("{path} is a link, a device or has a strange name, and was not looked at")]
    Strange {
        /// It, as far as it can be written.
        path: String,
    },
    /// Blind works are not told apart yet.
    #[error(
        "what the {works} works under neutral names stand for has not been opened yet: it is when all of them have been examined"
    )]
    StillBlind {
        /// Their number.
        works: usize,
    },
    /// A crash was dealt with.
    #[error(
        "entry {entry} of the journal says that half an entry was put aside as {file} after a crash"
    )]
    SetAside {
        /// The entry.
        entry: u64,
        /// The file.
        file: String,
    },
    /// An exhibit that lies elsewhere.
    #[error(
        "the exhibit {file} lies outside the case and was not checked: compare its SHA-256 with {sha256}"
    )]
    ExhibitElsewhere {
        /// The file.
        file: String,
        /// The expected one.
        sha256: Digest,
    },
    /// A stamp whose signature nobody checked.
    #[error("the signature of the timestamp {file} was not checked: {why}")]
    StampUnchecked {
        /// The file.
        file: String,
        /// The reason.
        why: String,
    },
    /// An event of a later version.
    #[error(
        "entry {entry} of the journal tells of something that this version does not know: verify the case with the program that wrote it"
    )]
    UnknownEvent {
        /// The entry.
        entry: u64,
    },
}
