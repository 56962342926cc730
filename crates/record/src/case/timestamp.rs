//! Timestamps of an authority (RFC 3161): that an entry of the journal existed before a time which its
//! author does not control. Only this bounds what the owner of the signing key could rewrite.
//!
//! What is stamped is the `hash` of an entry itself: it is a SHA-256 hash, so it is the message imprint
//! as it stands and is not hashed once more. Since every entry names the one before it, a stamp of the
//! last one covers them all. Others check a token with
//! ```text
//! openssl ts -verify -digest HASH -in timestamp.tsr -CAfile authority.pem
//! ```
//!
//! Here is checked that the authority granted the stamp, that it is of that hash, and that the
//! certificate in the token signed it, was valid at that time and is for timestamping. That the
//! certificate leads to an authority that deserves trust is **not** checked: its name and fingerprint
//! are given, so that the reader can.

mod attachment;
mod certificate;
mod error;
mod query;
mod server;
mod signature;
mod structures;
mod token;

use std::path::Path;

use super::CaseError;
use super::reading::read_at_most;
pub use attachment::attach;
pub use error::TimestampError;
pub use query::Query;
pub use server::ask;
pub use signature::SignatureCheck;
pub use token::{Authority, Stamp};

/// The bytes of a token or answer on disk.
///
/// # Errors
/// [`CaseError`] if the file cannot be read or is far too large.
pub fn read_token(path: &Path) -> Result<Vec<u8>, CaseError> {
    Ok(read_at_most(path, MAX_BYTES)?)
}

/// The largest token or answer read, in bytes; they have some 6000.
pub const MAX_BYTES: u64 = 1 << 20;
