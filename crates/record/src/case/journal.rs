//! `journal.jsonl`: what was done in a case, in the order in which it was done; written to be checked by
//! others. Entries are only ever added, each names the hash of the one before it and is signed, so that
//! nothing in the middle can be changed, taken out, put in or moved without being noticed.
//!
//! # Format
//! UTF-8, one JSON object a line, every line ended by one line feed. A line is
//! ```text
//! {"number":…,"previous":"…","time":"…","who":"…","program":{…},"machine":{…},"event":{…},"key":"…","hash":"…","signature":"…"}
//! ```
//! with the members in this order and no spaces between them.
//!
//! - `number`: 1 for the first line, 2 for the second, and so on.
//! - `previous`: the `hash` of the line before; 64 zeros in the first line.
//! - `time`: UTC, like `2026-03-14T09:26:53Z`, as this computer's clock had it.
//! - `who`: the operator's name as it was given, or `not named`; earlier versions wrote that of the login.
//! - `program`: `name`, `version`, `build` (profile, target, commit where known); `machine`: `system`,
//!   `architecture`, `processor`. The name of the computer is not recorded.
//! - `event`: an object whose member `event` says what happened; see [`Event`].
//! - `key`: the Ed25519 public key, 32 bytes.
//! - `hash`: SHA-256 of the **bytes of the line as they stand**, from its `{` up to and excluding the
//!   `,"hash":"` that stands 218 bytes before the line's end. Nothing is parsed or written anew for it.
//! - `signature`: the Ed25519 signature (RFC 8032) of the 32 bytes of the hash, 64 bytes.
//!
//! Hashes, keys and signatures are written in small hexadecimal digits. A line has at most 2^24 bytes,
//! the file at most 2^26. Paths of files are relative to the case and written with `/`.
//!
//! So entry 3 is checked with
//! ```text
//! sed -n 3p journal.jsonl | tr -d '\n' | head -c -218 | sha256sum
//! sed -n 3p journal.jsonl | jq -r .hash | xxd -r -p > hash
//! sed -n 3p journal.jsonl | jq -r .signature | xxd -r -p > signature
//! (echo 302a300506032b6570032100; sed -n 3p journal.jsonl | jq -r .key) | xxd -r -p > key
//! openssl pkeyutl -verify -pubin -inkey key -keyform DER -rawin -in hash -sigfile signature
//! ```
//!
//! # Crashes
//! Every entry is flushed to the disk before the program goes on. A process that dies while it writes
//! leaves half a line at the end; it is dealt with when the case is next opened to be worked on. Where
//! only the line feed is missing the entry was meant and is whole, so the line feed is added. Anything
//! else at the end that is no JSON is put aside, byte by byte, as `journal.torn-1` (or `-2`, …), cut off,
//! and the next entry says so, with the hash of the file. What stands before it stays as it was.

mod author;
pub(super) mod chain;
mod entry;
mod error;
mod event;
pub(in crate::case) mod seals;
pub(super) mod torn;

pub use author::{Author, Machine, Program, Signer};
pub use entry::JournalEntry;
pub use error::JournalError;
pub use event::{BegunWork, Event};

pub(super) use entry::EntryFault;

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::inside;
use super::reading::{UnreadFile, read_at_most};
use super::{Digest, UtcTime, signed_line};
use palimpsest_base::atomic;

/// The journal's file in the folder of a case.
pub const NAME: &str = "journal.jsonl";

/// The longest line, in bytes: the beginning of a case of ten thousand artworks has a third of it.
pub(super) const MAX_LINE: usize = 1 << 24;

/// The largest journal, in bytes.
pub(super) const MAX_BYTES: u64 = 1 << 26;

/// The entries of the journal in `folder` that hold by themselves, for readers; whether they form a chain is for
/// the [verification](super::verification) to say. What is no plain file (a link, a device that never ends) is not
/// opened.
///
/// # Errors
/// [`JournalError`] if it cannot be read.
pub fn entries(folder: &Path) -> Result<Vec<JournalEntry>, JournalError> {
    read(folder).map(|(entries, _)| entries)
}

/// Those entries, and the length in bytes of the lines that they stand in.
pub(super) fn read(folder: &Path) -> Result<(Vec<JournalEntry>, u64), JournalError> {
    let path = inside::resolve(folder, NAME).map_err(|fault| UnreadFile::Unreadable {
        path: folder.join(NAME),
        source: io::Error::other(fault),
    })?;
    let bytes = read_at_most(&path, MAX_BYTES)?;
    let (whole, _) = torn::split(&bytes);
    Ok((chain::check(whole).entries, whole.len() as u64))
}

/// The entries behind the first `length` bytes, of which `last` is the last entry, and the length with them; none
/// if the journal does not go on from there, as after another case took its place.
pub(super) fn added(
    folder: &Path,
    last: &JournalEntry,
    length: u64,
) -> io::Result<Option<(Vec<JournalEntry>, u64)>> {
    // With the line feed behind it.
    let seal = signed_line::SEAL.saturating_add(1);
    let end = signed_line::end_of(&last.hash);
    let (Ok(path), Some(from)) = (
        inside::resolve(folder, NAME),
        length.checked_sub(seal as u64),
    ) else {
        return Ok(None);
    };
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    let Some((before, behind)) = bytes.split_at_checked(seal) else {
        return Ok(None);
    };
    if !before.starts_with(end.as_bytes()) || !before.ends_with(b"\n") {
        return Ok(None);
    }
    let (whole, _) = torn::split(behind);
    let entries = chain::check(whole).entries;
    Ok(Some((entries, length.saturating_add(whole.len() as u64))))
}

/// A journal to add entries to. Whoever holds one also holds the lock of the case.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    /// `None` once half an entry has been written that could not be taken back.
    file: Option<File>,
    signer: Signer,
    /// All of them, in their order.
    entries: Vec<JournalEntry>,
    length: u64,
    head: Digest,
}

impl Journal {
    /// The journal of a new case in `folder`, with its first entry, [`Event::Begun`]. The file appears
    /// with that entry in it or not at all.
    ///
    /// # Errors
    /// [`JournalError::Exists`], [`JournalError::TooLarge`] or [`JournalError::Unwritable`].
    pub fn begin(folder: &Path, signer: Signer, begun: Event) -> Result<Self, JournalError> {
        Self::begin_at(folder, signer, begun, UtcTime::now())
    }

    /// As [`Journal::begin`], at a given time.
    ///
    /// # Errors
    /// Those of [`Journal::begin`].
    pub fn begin_at(
        folder: &Path,
        signer: Signer,
        begun: Event,
        time: UtcTime,
    ) -> Result<Self, JournalError> {
        let path = folder.join(NAME);
        if path.symlink_metadata().is_ok() {
            return Err(JournalError::Exists { path });
        }
        let (line, entry) = entry::write((1, Digest::ZERO), time, &signer, &begun)
            .map_err(|source| unwritable(&path, source))?;
        check_size(&path, &line, 0)?;
        atomic::replace(&path, line.as_bytes()).map_err(|source| unwritable(&path, source))?;
        Ok(Self {
            file: Some(open(&path)?),
            path,
            signer,
            length: line.len() as u64,
            head: entry.hash,
            entries: vec![entry],
        })
    }

    /// The journal of the case in `folder`, checked, and mended if the last line was torn.
    ///
    /// # Errors
    /// [`JournalError`] if there is none, if it was begun with another key, or if it does not hold: then
    /// nothing may be added, which would only cover up what happened.
    pub fn open(folder: &Path, signer: Signer) -> Result<Self, JournalError> {
        let path = folder.join(NAME);
        let bytes = read_at_most(&path, MAX_BYTES)?;
        let (whole, end) = torn::split(&bytes);
        let chain = chain::check(whole);
        // A clock that was put right must not end a case; the verification tells of it.
        let mut faults = chain.faults.iter();
        if let Some(fault) = faults.find(|fault| !fault.is_about_time()) {
            let why = fault.to_string();
            return Err(JournalError::Broken { path, why });
        }
        let Some(key) = chain.key else {
            return Err(JournalError::Empty { path });
        };
        if key != signer.key.public() {
            return Err(JournalError::OtherKey {
                path,
                theirs: key.fingerprint(),
                ours: signer.key.public().fingerprint(),
            });
        }
        let mut journal = Self {
            file: Some(open(&path)?),
            path,
            signer,
            length: whole.len() as u64,
            head: chain.head,
            entries: chain.entries,
        };
        journal.mend(folder, end)?;
        Ok(journal)
    }

    fn mend(&mut self, folder: &Path, end: torn::End<'_>) -> Result<(), JournalError> {
        match end {
            torn::End::Clean => Ok(()),
            torn::End::LacksLineFeed => self.write(b"\n"),
            torn::End::Torn(bytes) => {
                let file = torn::put_aside(folder, bytes)?;
                self.cut()
                    .map_err(|source| unwritable(&self.path, source))?;
                let sha256 = Digest::of(bytes);
                self.append(&Event::SetAside { file, sha256 }).map(|_| ())
            }
        }
    }

    /// Adds an entry and waits until it is on the disk; returns its hash.
    ///
    /// # Errors
    /// [`JournalError::TooLarge`], [`JournalError::Unwritable`] or [`JournalError::Stopped`]; then the
    /// journal is as it was, or the half entry is put aside when it is next opened.
    pub fn append(&mut self, event: &Event) -> Result<Digest, JournalError> {
        self.append_at(event, UtcTime::now())
    }

    /// As [`Journal::append`], at a given time.
    ///
    /// # Errors
    /// Those of [`Journal::append`].
    pub fn append_at(&mut self, event: &Event, time: UtcTime) -> Result<Digest, JournalError> {
        let place = ((self.entries.len() as u64).saturating_add(1), self.head);
        let (line, entry) = entry::write(place, time, &self.signer, event)
            .map_err(|source| unwritable(&self.path, source))?;
        check_size(&self.path, &line, self.length)?;
        self.write(line.as_bytes())?;
        self.head = entry.hash;
        self.entries.push(entry);
        Ok(self.head)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        let Some(file) = &mut self.file else {
            let path = self.path.clone();
            return Err(JournalError::Stopped { path });
        };
        let written = file
            .seek(SeekFrom::Start(self.length))
            .and_then(|_| file.write_all(bytes))
            .and_then(|()| file.sync_all());
        if let Err(source) = written {
            if self.cut().is_err() {
                self.file = None;
            }
            return Err(unwritable(&self.path, source));
        }
        self.length = self.length.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// Takes back what stands after the last entry.
    fn cut(&self) -> io::Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        file.set_len(self.length)?;
        file.sync_all()
    }

    /// The hash of the last entry, which an exhibit prints and a timestamping authority stamps.
    pub fn head(&self) -> Digest {
        self.head
    }

    /// Its length in bytes.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The entries, in their order.
    pub fn entries(&self) -> &[JournalEntry] {
        &self.entries
    }

    /// True if `hash` is that of an entry.
    pub fn holds(&self, hash: &Digest) -> bool {
        self.entries.iter().any(|entry| entry.hash == *hash)
    }

    /// The signer.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }
}

fn open(path: &Path) -> Result<File, JournalError> {
    // Not for appending alone: Windows would then refuse to cut off half an entry.
    let opened = OpenOptions::new().read(true).write(true).open(path);
    opened.map_err(|source| unwritable(path, source))
}

fn check_size(path: &Path, line: &str, before: u64) -> Result<(), JournalError> {
    if line.len() > MAX_LINE || before.saturating_add(line.len() as u64) > MAX_BYTES {
        let path = path.to_owned();
        return Err(JournalError::TooLarge { path });
    }
    Ok(())
}

fn unwritable(path: &Path, source: io::Error) -> JournalError {
    JournalError::Unwritable {
        path: path.to_owned(),
        source,
    }
}
