//! Errors of timestamps: none to be had, or one that proves nothing.

use std::path::PathBuf;

use thiserror::Error;

use crate::case::journal::JournalError;
use crate::case::{CaseError, Digest};

/// The reason that a timestamp is refused.
#[derive(Debug, Error)]
pub enum TimestampError {
    /// It is no token.
    #[error(
        "it is no timestamp ({why}): give the authority's answer (.tsr) or the token from it, in binary form"
    )]
    Malformed {
        /// The evidence.
        why: String,
    },
    /// The authority refused.
    #[error("the timestamping authority refused (status {status}{}): ask it why, or use another", words.as_ref().map(|w| format!(", \"{w}\"")).unwrap_or_default())]
    Refused {
        /// The number of RFC 3161, 2.4.2.
        status: u32,
        /// The authority's words.
        words: Option<String>,
    },
    /// It is of something else.
    #[error(
        "the timestamp is of {found}, not of the journal's entry {expected}: attach the one that was made for this entry"
    )]
    OtherHash {
        /// The hash that was stamped.
        found: Digest,
        /// The hash that should have been.
        expected: Digest,
    },
    /// It is of nothing in the case.
    #[error(
        "the timestamp is of {found}, which is no entry of this case's journal: attach it to the case that it was made for"
    )]
    OfNoEntry {
        /// The hash that was stamped.
        found: Digest,
    },
    /// There is no name left.
    #[error("the case has as many timestamps as it can have: none is added")]
    TooMany,
    /// It answers another question.
    #[error("the timestamp does not answer this request (its nonce differs): ask again")]
    OtherRequest,
    /// The signature or the certificate does not hold.
    #[error("the timestamp proves nothing, since {why}: ask the authority for another")]
    Worthless {
        /// The fault.
        why: String,
    },
    /// The server gave no answer.
    #[error(
        "the timestamping server {url} gave no answer ({why}): check the address and the connection, or attach a timestamp from a file"
    )]
    Unreachable {
        /// The address.
        url: String,
        /// The fault.
        why: String,
    },
    /// An address that is not supported.
    #[error(
        "{url} is no address that can be asked: give one that begins with http://; the answer is signed by the authority and needs no encrypted connection"
    )]
    Address {
        /// The address.
        url: String,
    },
    /// No random numbers.
    #[error(
        "no timestamp can be asked for, since the system gives no random numbers ({why}): restart the computer"
    )]
    NoRandomness {
        /// The system's error.
        why: String,
    },
    /// A file cannot be read.
    #[error("the timestamp {} cannot be used: {source}", path.display())]
    InFile {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: Box<TimestampError>,
    },
    /// A file cannot be opened.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The journal does not take it.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl From<der::Error> for TimestampError {
    fn from(error: der::Error) -> Self {
        let why = error.to_string();
        Self::Malformed { why }
    }
}
