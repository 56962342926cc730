//! The query to a timestamping authority: the hash, and a number by which its answer is known.

use der::Encode;
use der::asn1::OctetStringRef;

use super::TimestampError;
use super::signature::SHA_256;
use super::structures::{Algorithm, MessageImprint, TimeStampReq};
use crate::case::Digest;

/// A request for a timestamp. The authority learns the hash and nothing else of the case.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Query {
    /// The hash of the journal's entry to be stamped.
    pub of: Digest,
    /// A random number that the answer repeats, so that an old answer cannot be passed off as one.
    pub nonce: u64,
}

impl Query {
    /// A request with a random nonce.
    ///
    /// # Errors
    /// [`TimestampError::NoRandomness`].
    pub fn new(of: Digest) -> Result<Self, TimestampError> {
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(|error| TimestampError::NoRandomness {
            why: error.to_string(),
        })?;
        let nonce = u64::from_be_bytes(nonce);
        Ok(Self { of, nonce })
    }

    /// The DER of the `TimeStampReq`: SHA-256, any policy, and the certificate wanted in the answer. As a
    /// file it can also be carried to the authority by hand.
    ///
    /// # Errors
    /// [`TimestampError::Malformed`], which cannot happen.
    pub fn to_der(&self) -> Result<Vec<u8>, TimestampError> {
        let request = TimeStampReq {
            version: 1,
            message_imprint: MessageImprint {
                hash_algorithm: Algorithm {
                    oid: SHA_256,
                    parameters: Some(der::asn1::Null.into()),
                },
                hashed_message: OctetStringRef::new(self.of.as_bytes())?,
            },
            req_policy: None,
            nonce: Some(self.nonce),
            cert_req: Some(true),
        };
        Ok(request.to_der()?)
    }
}
