//! The registry of examinations: a file beside the signing key, `registry-` and the first digits of the key's
//! fingerprint, to which every case adds a line before anything of it is examined. So a case can say how often a model
//! was examined with its key, and attempts that were given up count too.
//!
//! It holds hashes and times alone. It shows what was done with this key on this machine and nothing else: another
//! key, another machine or a file that was removed as a whole leaves no trace in it. What is damaged is told and never
//! keeps a case from being begun.

mod line;
mod registration;

pub use line::Facts;
pub use registration::{Entered, Part, Registration};

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use thiserror::Error;

use super::UtcTime;
use super::key::PublicKey;
use line::{Chain, Fault};

/// The largest registry, in bytes: that of fifty thousand cases of ten works.
const MAX_BYTES: u64 = 1 << 26;

/// Digits of the key's fingerprint in the file's name.
const NAMED: usize = 16;

/// Time between two tries to take the lock, and their number: a line is written within milliseconds.
const WAIT: Duration = Duration::from_millis(20);
const TRIES: u32 = 500;

/// The reason that an examination was not entered.
#[derive(Debug, Error)]
pub enum RegistryError {
    /// It is not what was written.
    #[error("line {line} of the registry of examinations is damaged ({why})")]
    Damaged {
        /// The line, counted from 1.
        line: u64,
        /// The evidence.
        why: Fault,
    },
    /// There is no room for another line.
    #[error("the registry of examinations is full ({MAX_BYTES} bytes)")]
    Full,
    /// Another process does not let go of it.
    #[error("the registry of examinations is held by another process")]
    Held,
    /// The system refuses.
    #[error("the registry of examinations cannot be read or written ({0})")]
    Io(#[from] io::Error),
}

/// The registry of a key.
#[derive(Clone, Debug)]
pub struct Registry {
    path: PathBuf,
}

impl Registry {
    /// The one of `key` in `folder`.
    pub fn of(key: &PublicKey, folder: &Path) -> Self {
        let fingerprint = key.fingerprint().to_string().replace(' ', "");
        let short: String = fingerprint.chars().take(NAMED).collect();
        Self {
            path: folder.join(format!("registry-{short}.jsonl")),
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a line on what is about to be examined, and counts those before it; or says why that cannot be done.
    pub fn enter(&self, facts: &Facts) -> Registration {
        match self.add(facts, UtcTime::now()) {
            Ok(entered) => Registration::Entered(entered),
            Err(error) => {
                tracing::warn!("examination not entered in the registry");
                Registration::Missing(error.to_string())
            }
        }
    }

    /// As [`Registry::enter`], at a given time.
    ///
    /// # Errors
    /// [`RegistryError`]; then the file is as it was.
    pub fn add(&self, facts: &Facts, time: UtcTime) -> Result<Entered, RegistryError> {
        let mut file = open(&self.path)?;
        lock(&file)?;
        let mut bytes = Vec::new();
        let read = (&mut file)
            .take(MAX_BYTES.saturating_add(1))
            .read_to_end(&mut bytes)?;
        if read as u64 > MAX_BYTES {
            return Err(RegistryError::Full);
        }
        let chain = Chain::read(&bytes)?;
        let line = line::write(chain.next(), time, facts)?;
        // Half a line is what a crash left of a case that was never begun: it is written over.
        let end = chain.length as u64;
        if end.saturating_add(line.text.len() as u64) > MAX_BYTES {
            return Err(RegistryError::Full);
        }
        let written = file
            .set_len(end)
            .and_then(|()| file.seek(SeekFrom::Start(end)))
            .and_then(|_| file.write_all(line.text.as_bytes()))
            .and_then(|()| file.sync_all());
        if let Err(error) = written {
            file.set_len(end)?;
            return Err(error.into());
        }
        Ok(Entered::after(&chain.facts, facts, line.hash))
    }
}

/// The file, made for this user alone where there is none.
fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Waits for those who write at this moment, and not for ever. The lock goes with the file.
fn lock(file: &File) -> Result<(), RegistryError> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::sleep(WAIT),
            // Some network disks know no locks: then the user has to see to it.
            Err(TryLockError::Error(_)) => return Ok(()),
        }
    }
    Err(RegistryError::Held)
}

impl From<serde_json::Error> for RegistryError {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}
