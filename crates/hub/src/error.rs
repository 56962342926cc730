//! Reasons for which a model does not come here, each with what to do.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// The longest piece of a stranger's answer that a message repeats, in characters.
const SHOWN: usize = 120;

/// A model, or a file of one, could not be fetched.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HubError {
    /// An address that is none.
    #[error(
        "{} is no address of a hub: it begins with https:// or http:// and names a server.",
        shown(url)
    )]
    Address {
        /// The address as it was given.
        url: String,
    },
    /// No answer, or one that no further attempt would change.
    #[error(
        "{} could not be fetched ({}): check the connection and try again, or name another hub with --mirror.",
        shown(url),
        shown(why)
    )]
    Unreachable {
        /// The address.
        url: String,
        /// The reason.
        why: String,
    },
    /// The hub wants to know who asks.
    #[error(
        "{} is only given to those who are known to the hub: fetch {what} there with a browser, and add its folder with palimpsest models add.",
        shown(url)
    )]
    Closed {
        /// The address.
        url: String,
        /// The file or the repository.
        what: String,
    },
    /// The repository is another than it was.
    #[error(
        "{repository} has no file {path} any more: fetch the model with a browser, and add its folder with palimpsest models add."
    )]
    Gone {
        /// The repository.
        repository: String,
        /// The file, or what was looked for.
        path: String,
    },
    /// An answer that is none of a hub.
    #[error(
        "{} does not answer as a hub does ({}): check the address that --mirror or the environment names.",
        shown(url),
        shown(why)
    )]
    NoHub {
        /// The address.
        url: String,
        /// What is wrong with the answer.
        why: String,
    },
    /// Neither the program nor the hub says which hash a file must have.
    #[error(
        "The hub states no hash of {path}, so that nothing would show whether it came whole: it was not fetched."
    )]
    NoHash {
        /// The file.
        path: String,
    },
    /// The hub states another hash than the file has always had.
    #[error(
        "The hub has another {path} than the one that this program knows (SHA-256 {stated}, not {known}): it was not fetched; try another hub with --mirror."
    )]
    AnotherFile {
        /// The file.
        path: String,
        /// The hash that the hub states.
        stated: String,
        /// The hash that is known.
        known: String,
    },
    /// What came is not what was asked for.
    #[error("{} came with the hash {found}, not {expected}: it was deleted; try again, or another hub with --mirror.", path.display())]
    WrongHash {
        /// The file.
        path: PathBuf,
        /// The hash that it must have.
        expected: String,
        /// The hash of what came.
        found: String,
    },
    /// More came than the file has.
    #[error("{} is longer than the {expected} bytes that it must have: it was deleted; try again, or another hub with --mirror.", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
        /// Its size.
        expected: u64,
    },
    /// The disk is full.
    #[error("The disk with {} is full, and {missing} bytes are still to come: make room and fetch it again, which goes on from there.", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
        /// The bytes that it lacks.
        missing: u64,
    },
    /// The disk does not take it.
    #[error("{} cannot be written ({source}): see that you may write there, or choose another folder with --out.", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// Whoever asked has stopped it.
    #[error("stopped; what came is kept, and fetching it again goes on from there")]
    Stopped,
}

/// A stranger's text: escaped and cut.
fn shown(text: &str) -> String {
    let escaped: String = text
        .chars()
        .take(SHOWN)
        .flat_map(char::escape_debug)
        .collect();
    escaped.replace("\\\"", "\"").replace("\\'", "'")
}
