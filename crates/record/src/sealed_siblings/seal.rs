//! The seal of siblings, `sealed.json`: their hashes, the one to publish and the time, signed as an entry of a journal
//! is. One line of JSON; `hash` is the SHA-256 of its bytes up to and excluding the `,"hash":"`, and `signature` the
//! Ed25519 signature of the hash.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::case::journal::Signer;
use crate::case::key::PublicKey;
use crate::case::{Digest, UtcTime, signed_line};
use palimpsest_base::bounded_read::{ReadError, read_at_most};

const SCHEMA: &str = "palimpsest sealed siblings";
const VERSION: u32 = 1;

/// The largest seal read, in bytes: five times that of a thousand variants.
const MAX_BYTES: u64 = 1 << 20;

/// The reason that a seal is not accepted.
#[derive(Debug, Error)]
pub enum SealError {
    /// It cannot be read.
    #[error(
        "the seal cannot be read ({0}): check that it is the sealed.json of a folder of variants"
    )]
    Unreadable(#[from] ReadError),
    /// It is not what was signed.
    #[error("the seal does not hold ({0}): restore it from a copy")]
    Broken(&'static str),
}

/// Siblings that are sealed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Seal {
    schema: String,
    version: u32,
    /// The moment of sealing, by the machine's clock.
    pub time: UtcTime,
    /// The operator's name as it was given.
    pub who: String,
    /// SHA-256 of the file of the work.
    pub work: Digest,
    /// All variants.
    pub variants: Vec<SealedVariant>,
    /// The name of the one that was drawn to be published.
    pub published: String,
    /// The key that signs.
    pub key: PublicKey,
}

/// A variant.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SealedVariant {
    /// Its name beside the seal.
    pub file: String,
    /// SHA-256 of its file.
    pub sha256: Digest,
    /// The seed that it was made with.
    pub seed: u64,
}

impl Seal {
    pub(super) fn new(
        work: Digest,
        variants: Vec<SealedVariant>,
        published: usize,
        time: UtcTime,
        signer: &Signer,
    ) -> Self {
        let name = variants.get(published).map(|variant| variant.file.clone());
        Self {
            schema: SCHEMA.into(),
            version: VERSION,
            time,
            who: signer.author.who.clone(),
            work,
            variants,
            // An index beyond them names none, and such a seal is not accepted when it is read.
            published: name.unwrap_or_default(),
            key: signer.key.public(),
        }
    }

    /// Its text, signed.
    pub(super) fn signed(&self, signer: &Signer) -> serde_json::Result<String> {
        let (text, _) = signed_line::sign(serde_json::to_string(self)?, &signer.key);
        Ok(text)
    }

    /// The seal in `file`.
    ///
    /// # Errors
    /// [`SealError`] if it cannot be read or is not as it was signed.
    pub fn read(file: &Path) -> Result<Self, SealError> {
        let bytes = read_at_most(file, MAX_BYTES)?;
        let no_seal = SealError::Broken("it is no seal");
        let Some(line) = bytes.strip_suffix(b"\n") else {
            return Err(no_seal);
        };
        let Some((hashed, hash, signature)) = signed_line::split(line) else {
            return Err(no_seal);
        };
        let Ok(seal) = serde_json::from_slice::<Self>(line) else {
            return Err(no_seal);
        };
        if (seal.schema.as_str(), seal.version) != (SCHEMA, VERSION) {
            return Err(SealError::Broken(
                "it is of a form that this program does not know",
            ));
        }
        if Digest::of(hashed) != hash || !seal.key.has_signed(&hash, &signature) {
            return Err(SealError::Broken("it was changed after it was signed"));
        }
        let hashes: BTreeSet<_> = seal.variants.iter().map(|variant| variant.sha256).collect();
        let published = seal.variants.iter().filter(|it| it.file == seal.published);
        if hashes.len() != seal.variants.len() || published.count() != 1 {
            return Err(SealError::Broken("its variants are not each another"));
        }
        Ok(seal)
    }
}
