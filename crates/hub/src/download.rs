//! One file, whole or not at all: pieces are written beside its final name, a dropped connection goes on where it broke
//! off, and the hash decides whether it takes its place.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;

use palimpsest_base::digest::Digest;
use palimpsest_base::hex;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use ureq::Body;
use ureq::http::Response;

use crate::HubError;
use crate::listing::Hub;

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;

/// Attempts one after the other that may bring nothing.
const ATTEMPTS: u32 = 5;

/// The place that pieces are written to: the system's disk, but in tests.
pub trait Disk {
    /// Opens `part` to be written from its end on, or from its beginning.
    ///
    /// # Errors
    /// Those of the system.
    fn open(&self, part: &Path, from_end: bool) -> io::Result<Box<dyn Write>>;
}

/// The system's disk.
#[derive(Clone, Copy, Debug)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn open(&self, part: &Path, from_end: bool) -> io::Result<Box<dyn Write>> {
        let mut options = OpenOptions::new();
        options.create(true).write(true);
        match from_end {
            true => options.append(true),
            false => options.truncate(true),
        };
        Ok(Box::new(options.open(part)?))
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file that comes now.
    pub file: &'a str,
    /// Bytes of all files that are there, and that there will be.
    pub bytes: u64,
    pub all: u64,
}

/// What a file must be.
#[derive(Debug)]
pub(crate) struct Expected {
    bytes: u64,
    hash: Hash,
}

#[derive(Debug)]
enum Hash {
    Sha256(Digest),
    /// SHA-1 of a file as git has it: all that a hub states of small files.
    GitBlob([u8; 20]),
}

impl Expected {
    pub fn sha256(bytes: u64, hash: Digest) -> Self {
        Self {
            bytes,
            hash: Hash::Sha256(hash),
        }
    }

    /// None if `hash` is none.
    pub fn git_blob(bytes: u64, hash: &str) -> Option<Self> {
        let hash = Hash::GitBlob(hex::decode(hash)?);
        Some(Self { bytes, hash })
    }

    /// Its first digits, which tell one state of a file from another.
    fn prefix(&self) -> String {
        match &self.hash {
            Hash::Sha256(hash) => hash.prefix(12),
            Hash::GitBlob(hash) => hex::encode(hash).chars().take(12).collect(),
        }
    }
}

/// Both hashes of what has come.
struct Hashes {
    sha256: Sha256,
    git: Sha1,
    bytes: u64,
}

impl Hashes {
    fn new(expected: &Expected) -> Self {
        Self {
            sha256: Sha256::new(),
            git: Sha1::new_with_prefix(format!("blob {}\0", expected.bytes)),
            bytes: 0,
        }
    }

    fn update(&mut self, piece: &[u8], expected: &Expected) {
        self.sha256.update(piece);
        // Of gigabytes the second hash would only cost time.
        if matches!(expected.hash, Hash::GitBlob(_)) {
            self.git.update(piece);
        }
        self.bytes += piece.len() as u64;
    }

    /// The SHA-256 of what came, or both hashes in words where it is not what it must be.
    fn check(self, expected: &Expected) -> Result<Digest, (String, String)> {
        let sha256 = Digest::from(self.sha256);
        match &expected.hash {
            Hash::Sha256(wanted) if *wanted == sha256 => Ok(sha256),
            Hash::Sha256(wanted) => Err((wanted.to_string(), sha256.to_string())),
            Hash::GitBlob(wanted) => match <[u8; 20]>::from(self.git.finalize()) {
                found if found == *wanted => Ok(sha256),
                found => Err((hex::encode(wanted), hex::encode(&found))),
            },
        }
    }
}

/// How an attempt ended that brought no error of its own.
enum Attempt {
    Whole,
    /// The connection broke off, or the server is busy; the reason.
    BrokenOff(String),
}

/// Fetches `url` to the file `to`, and returns its SHA-256.
pub(crate) fn download(
    hub: &Hub,
    url: &str,
    to: &Path,
    expected: &Expected,
    disk: &dyn Disk,
    told: &mut dyn FnMut(u64),
    proceed: &dyn Fn() -> bool,
) -> Result<Digest, HubError> {
    let unwritable = |source| HubError::Unwritable {
        path: to.to_owned(),
        source,
    };
    // A file of another content is fetched over.
    if let Some(there) = hashed(to, expected, proceed)?
        && there.bytes == expected.bytes
        && let Ok(sha256) = there.check(expected)
    {
        told(expected.bytes);
        return Ok(sha256);
    }
    let folder = to.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(unwritable)?;
    let part = part_of(to, expected);
    let mut fetch = Fetch {
        hub,
        url,
        to,
        part: &part,
        expected,
        hashes: match hashed(&part, expected, proceed)? {
            Some(hashes) if hashes.bytes <= expected.bytes => hashes,
            _ => Hashes::new(expected),
        },
    };
    let mut fruitless = 0;
    while fetch.hashes.bytes < expected.bytes || !part.exists() {
        if !proceed() {
            return Err(HubError::Stopped);
        }
        let before = fetch.hashes.bytes;
        let why = match fetch.attempt(disk, told, proceed)? {
            Attempt::Whole => break,
            Attempt::BrokenOff(why) => why,
        };
        fruitless = match fetch.hashes.bytes > before {
            true => 0,
            false => fruitless + 1,
        };
        if fruitless == ATTEMPTS {
            return Err(HubError::Unreachable {
                url: url.to_owned(),
                why,
            });
        }
        thread::sleep(hub.pause * 2_u32.pow(fruitless));
    }
    let path = to.to_owned();
    match fetch.hashes.check(expected) {
        Ok(sha256) => {
            File::open(&part)
                .and_then(|file| file.sync_all())
                .map_err(unwritable)?;
            fs::rename(&part, to).map_err(unwritable)?;
            Ok(sha256)
        }
        Err((expected, found)) => {
            // What is wrong must not be gone on with.
            fs::remove_file(&part).map_err(unwritable)?;
            Err(HubError::WrongHash {
                path,
                expected,
                found,
            })
        }
    }
}

/// The name of what has come of a file; another state of it has another.
fn part_of(to: &Path, expected: &Expected) -> PathBuf {
    let mut name: OsString = to.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", expected.prefix()));
    to.with_file_name(name)
}

/// The hashes of what is there; none if nothing is.
fn hashed(
    path: &Path,
    expected: &Expected,
    proceed: &dyn Fn() -> bool,
) -> Result<Option<Hashes>, HubError> {
    let unreadable = |source| HubError::Unwritable {
        path: path.to_owned(),
        source,
    };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let mut hashes = Hashes::new(expected);
    let mut buffer = vec![0; BUFFER];
    loop {
        if !proceed() {
            return Err(HubError::Stopped);
        }
        match file.read(&mut buffer) {
            Ok(0) => return Ok(Some(hashes)),
            Ok(read) => hashes.update(buffer.get(..read).unwrap_or_default(), expected),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
}

struct Fetch<'a> {
    hub: &'a Hub,
    url: &'a str,
    to: &'a Path,
    part: &'a Path,
    expected: &'a Expected,
    hashes: Hashes,
}

impl Fetch<'_> {
    /// Asks for what is missing, and writes what comes.
    fn attempt(
        &mut self,
        disk: &dyn Disk,
        told: &mut dyn FnMut(u64),
        proceed: &dyn Fn() -> bool,
    ) -> Result<Attempt, HubError> {
        let mut request = self.hub.agent.get(self.url);
        if self.hashes.bytes > 0 {
            request = request.header("range", format!("bytes={}-", self.hashes.bytes));
        }
        let answer = match request.call() {
            Ok(answer) => answer,
            Err(error) => return Ok(Attempt::BrokenOff(error.to_string())),
        };
        match answer.status().as_u16() {
            206 if self.goes_on(&answer) => {}
            200 => self.hashes = Hashes::new(self.expected),
            // It will not go on from here: from the beginning.
            206 | 416 => {
                self.hashes = Hashes::new(self.expected);
                let why = "it does not go on where it broke off";
                return Ok(Attempt::BrokenOff(why.into()));
            }
            401 | 403 => {
                return Err(HubError::Closed {
                    url: self.url.to_owned(),
                    what: self.named(),
                });
            }
            408 | 429 | 500..=599 => {
                return Ok(Attempt::BrokenOff(format!(
                    "it answers {}",
                    answer.status()
                )));
            }
            status => {
                return Err(HubError::Unreachable {
                    url: self.url.to_owned(),
                    why: format!("it answers {status}"),
                });
            }
        }
        self.write(answer, disk, told, proceed)
    }

    fn write(
        &mut self,
        mut answer: Response<Body>,
        disk: &dyn Disk,
        told: &mut dyn FnMut(u64),
        proceed: &dyn Fn() -> bool,
    ) -> Result<Attempt, HubError> {
        let opened = disk.open(self.part, self.hashes.bytes > 0);
        let mut part = opened.map_err(|error| self.unwritten(error))?;
        let mut body = answer.body_mut().as_reader();
        let mut buffer = vec![0; BUFFER];
        loop {
            if !proceed() {
                return Err(HubError::Stopped);
            }
            let read = match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Ok(Attempt::BrokenOff(error.to_string())),
            };
            let piece = buffer.get(..read).unwrap_or_default();
            if self.hashes.bytes + read as u64 > self.expected.bytes {
                drop(part);
                fs::remove_file(self.part).map_err(|error| self.unwritten(error))?;
                return Err(HubError::TooLong {
                    path: self.to.to_owned(),
                    expected: self.expected.bytes,
                });
            }
            part.write_all(piece)
                .map_err(|error| self.unwritten(error))?;
            self.hashes.update(piece, self.expected);
            told(self.hashes.bytes);
        }
        part.flush().map_err(|error| self.unwritten(error))?;
        Ok(match self.hashes.bytes == self.expected.bytes {
            true => Attempt::Whole,
            false => Attempt::BrokenOff("it ended too early".into()),
        })
    }

    /// True if an answer begins with the byte that was asked for.
    fn goes_on(&self, answer: &Response<Body>) -> bool {
        // An answer without a readable range does not go on: the file is fetched from its beginning.
        let range = answer.headers().get("content-range");
        let range = range
            .and_then(|range| range.to_str().ok())
            .unwrap_or_default();
        range.starts_with(&format!("bytes {}-", self.hashes.bytes))
    }

    fn unwritten(&self, source: io::Error) -> HubError {
        let path = self.to.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => HubError::DiskFull {
                path,
                missing: self.expected.bytes.saturating_sub(self.hashes.bytes),
            },
            _ => HubError::Unwritable { path, source },
        }
    }

    fn named(&self) -> String {
        self.to
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }
}
