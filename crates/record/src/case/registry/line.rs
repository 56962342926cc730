//! A line of the registry, and the chain of them: each names the hash of the one before it, so that one which is
//! taken out, changed or moved is noticed. Lines taken from the end are not.
//!
//! A line is `{"number":…,"previous":"…","time":"…",…facts…,"hash":"…"}`; `hash` is the SHA-256 of the bytes of the
//! line up to and excluding the `,"hash":"`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::RegistryError;
use crate::case::{Digest, UtcTime};

/// Text between the hashed bytes and their hash, and behind it.
const BEFORE_HASH: &str = ",\"hash\":\"";
const END: &str = "\"}";

/// What is examined against which model, as hashes. A text such as the prompt can be guessed and the guess checked
/// against its hash.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Facts {
    /// Of the models' identities.
    pub pretrained: Digest,
    pub finetuned: Digest,
    /// Of the plan, as the journal's first entry has it.
    pub plan: Digest,
    /// Of the files of the questioned works, sorted, each once.
    pub questioned: Vec<Digest>,
    /// Of the files of the works beside them.
    pub others: Vec<Digest>,
    /// Of the squares of the questioned works that are examined.
    pub squares: Digest,
    /// Of both prompts.
    pub prompt: Digest,
    /// Of the seed, or of the file of draws.
    pub seed: Digest,
    /// Of mask, size, the settings of the descent and the encoders.
    pub settings: Digest,
    /// Of the score that decides, the propositions and the number of repetitions.
    pub question: Digest,
}

/// The sign that a line is not what was written.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum Fault {
    /// It is no line of a registry.
    #[error("it cannot be read")]
    Unreadable,
    /// Its hash is not that of its bytes.
    #[error("it was changed after it was written")]
    Changed,
    /// It does not follow the line before it.
    #[error("lines before it were taken out, moved or put in")]
    Broken,
}

#[derive(Deserialize, Serialize)]
struct Line {
    number: u64,
    previous: Digest,
    time: UtcTime,
    #[serde(flatten)]
    facts: Facts,
}

/// Lines that hold.
pub(super) struct Chain {
    /// Of all lines, in their order.
    pub facts: Vec<Facts>,
    head: Digest,
    /// Length of the whole lines, in bytes.
    pub length: usize,
}

impl Chain {
    /// The chain in the bytes of a registry; what stands behind the last line feed is no line.
    pub fn read(bytes: &[u8]) -> Result<Self, RegistryError> {
        let length = bytes
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |place| place.saturating_add(1));
        let mut chain = Self {
            facts: Vec::new(),
            head: Digest::ZERO,
            length,
        };
        // The length is that of a part of them.
        let whole = bytes.get(..length).unwrap_or_default();
        for line in whole.split_inclusive(|byte| *byte == b'\n') {
            let (number, previous) = chain.next();
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            let (read, hash) = parse(text)
                .and_then(|(read, hash)| {
                    let follows = (read.number, read.previous) == (number, previous);
                    follows.then_some((read, hash)).ok_or(Fault::Broken)
                })
                .map_err(|why| RegistryError::Damaged { line: number, why })?;
            chain.facts.push(read.facts);
            chain.head = hash;
        }
        Ok(chain)
    }

    /// Number of the line that comes next, and the hash before it.
    pub fn next(&self) -> (u64, Digest) {
        ((self.facts.len() as u64).saturating_add(1), self.head)
    }
}

fn parse(line: &[u8]) -> Result<(Line, Digest), Fault> {
    let text = std::str::from_utf8(line).map_err(|_| Fault::Unreadable)?;
    let sealed = text.strip_suffix(END).ok_or(Fault::Unreadable)?;
    let (hashed, hash) = sealed.rsplit_once(BEFORE_HASH).ok_or(Fault::Unreadable)?;
    let hash: Digest = hash.parse().map_err(|_| Fault::Unreadable)?;
    if Digest::of(hashed.as_bytes()) != hash {
        return Err(Fault::Changed);
    }
    let line = serde_json::from_str(text).map_err(|_| Fault::Unreadable)?;
    Ok((line, hash))
}

/// A line with its line feed, and its hash.
pub(super) struct Written {
    pub text: String,
    pub hash: Digest,
}

pub(super) fn write(
    (number, previous): (u64, Digest),
    time: UtcTime,
    facts: &Facts,
) -> serde_json::Result<Written> {
    let mut text = serde_json::to_string(&Line {
        number,
        previous,
        time,
        facts: facts.clone(),
    })?;
    // The brace closes again behind the hash.
    text.pop();
    let hash = Digest::of(text.as_bytes());
    for part in [BEFORE_HASH, &hash.to_string(), END, "\n"] {
        text.push_str(part);
    }
    Ok(Written { text, hash })
}
