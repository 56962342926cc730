//! One line of the journal: an entry, signed.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Event, MAX_LINE, Machine, Program, Signer};
use crate::case::key::PublicKey;
use crate::case::{Digest, UtcTime, signed_line};

/// An entry that holds by itself: its hash is that of its bytes, and its key signed it.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalEntry {
    /// 1 for the first.
    pub number: u64,
    /// The hash of the entry before.
    pub previous: Digest,
    /// The time of writing, by the clock of that computer.
    pub time: UtcTime,
    /// The operator's name as it was given; earlier versions wrote that of the login.
    pub who: String,
    /// With what it was written.
    pub program: Program,
    /// On what kind of machine.
    pub machine: Machine,
    /// The event.
    pub event: Event,
    /// The key that signed it.
    pub key: PublicKey,
    /// The hash of its bytes.
    pub hash: Digest,
}

/// The reason that a line does not hold.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub(in crate::case) enum EntryFault {
    #[error("it is no entry: {0}")]
    Malformed(String),
    #[error("it has no signature")]
    Unsigned,
    #[error("its content does not have the hash that it states")]
    Hash,
    #[error("its signature is not that of its content and key")]
    Signature,
}

/// The members that are hashed, in their order.
#[derive(Serialize)]
struct Written<'a> {
    number: u64,
    previous: Digest,
    time: UtcTime,
    who: &'a str,
    program: &'a Program,
    machine: &'a Machine,
    event: &'a Event,
    key: PublicKey,
}

#[derive(Deserialize)]
struct Read {
    number: u64,
    previous: Digest,
    time: UtcTime,
    who: String,
    program: Program,
    machine: Machine,
    event: Event,
    key: PublicKey,
}

/// Members that may be told of a line even if it does not hold.
#[derive(Deserialize)]
pub(super) struct Claims {
    pub(super) number: Option<u64>,
    pub(super) previous: Option<Digest>,
    pub(super) hash: Option<Digest>,
    signature: Option<String>,
}

impl Claims {
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        serde_json::from_slice(line).ok()
    }
}

/// The line, with its line feed, of the entry with this number and hash before it; and the entry as it is read
/// back.
pub(super) fn write(
    (number, previous): (u64, Digest),
    time: UtcTime,
    signer: &Signer,
    event: &Event,
) -> std::io::Result<(String, JournalEntry)> {
    let author = &signer.author;
    let line = serde_json::to_string(&Written {
        number,
        previous,
        time,
        who: &author.who,
        program: &author.program,
        machine: &author.machine,
        event,
        key: signer.key.public(),
    })?;
    let (line, hash) = signed_line::sign(line, &signer.key);
    let entry = JournalEntry {
        number,
        previous,
        time,
        who: author.who.clone(),
        program: author.program.clone(),
        machine: author.machine.clone(),
        event: event.clone(),
        key: signer.key.public(),
        hash,
    };
    Ok((line, entry))
}

impl JournalEntry {
    /// Reads and checks a line, without its line feed.
    pub(in crate::case) fn read(line: &[u8]) -> Result<Self, EntryFault> {
        if line.len() > MAX_LINE {
            let why = format!("it has more than {MAX_LINE} bytes");
            return Err(EntryFault::Malformed(why));
        }
        let Some((content, stated, signature)) = signed_line::split(line) else {
            return Err(why_not(line));
        };
        if Digest::of(content) != stated {
            return Err(EntryFault::Hash);
        }
        let entry = read_content(content)?;
        if !entry.key.has_signed(&stated, &signature) {
            return Err(EntryFault::Signature);
        }
        Ok(Self {
            number: entry.number,
            previous: entry.previous,
            time: entry.time,
            who: entry.who,
            program: entry.program,
            machine: entry.machine,
            event: entry.event,
            key: entry.key,
            hash: stated,
        })
    }
}

fn read_content(content: &[u8]) -> Result<Read, EntryFault> {
    let object = [content, b"}"].concat();
    serde_json::from_slice(&object).map_err(|error| EntryFault::Malformed(error.to_string()))
}

/// The reason that a line that cannot be split is no entry.
fn why_not(line: &[u8]) -> EntryFault {
    match serde_json::from_slice::<Claims>(line) {
        Ok(claims) if claims.signature.is_none() => EntryFault::Unsigned,
        Ok(_) => EntryFault::Malformed("its hash and signature are not where they belong".into()),
        Err(error) => EntryFault::Malformed(error.to_string()),
    }
}
