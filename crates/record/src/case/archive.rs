//! A case in one file, to be handed over: a ZIP archive of the folder, with `manifest.txt`, which holds the
//! SHA-256 of every file in the form that `sha256sum -c manifest.txt` reads.
//!
//! The same folder always gives the same bytes: the files are sorted, have no times but that of the
//! beginning of the format (1980), and are compressed alike (deflate). Before and while it is written
//! every sealed file is compared with the journal, and a case that does not hold is not archived: who
//! wants to hand over such a case hands over the folder itself.

mod check;
mod error;
mod unpacked;

pub use check::{CheckedArchive, check};
pub use error::ArchiveError;
pub use unpacked::{Unpacked, is_called_archive, unpack};

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::inside::{self, PathFault};
use super::journal;
use super::journal::seals::{self, Seal};
use super::verification::{Expectations, Notice, verify};
use super::{Digest, PRIVATE};
use palimpsest_base::atomic;

/// The list of files in an archive, and their hashes.
const MANIFEST: &str = "manifest.txt";

/// The folder among what the system may throw away in which cases out of archives are looked at.
pub const OPENED: &str = "opened";

/// Bytes of a file that are read at a time.
const CHUNK: usize = 1 << 16;

/// Files from this size on are announced as large, in bytes; deflate may make them a little larger yet.
const LARGE: u64 = 1 << 31;

/// Progress of an archive.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Progress {
    /// Bytes of files read.
    pub done: u64,
    /// All bytes.
    pub total: u64,
}

/// Archives the case in `folder` as the file `to`, which is replaced at one blow once all is written, and
/// returns the hash of the archive. The lock and what only serves work in progress are left out. `progress`
/// is called after every piece and can stop it.
///
/// # Errors
/// [`ArchiveError`]; then nothing is at `to` but what was there.
pub fn export(
    folder: &Path,
    to: &Path,
    mut progress: impl FnMut(Progress) -> ControlFlow<()>,
) -> Result<Digest, ArchiveError> {
    refuse_inside(folder, to)?;
    let verification = verify(folder, &Expectations::default());
    if let Some(problem) = verification.problems.first() {
        return Err(ArchiveError::DoesNotHold {
            folder: folder.to_owned(),
            why: problem.to_string(),
        });
    }
    let strange = verification.notices.iter().find_map(|notice| match notice {
        Notice::Strange { path } => Some(path.clone()),
        _ => None,
    });
    if let Some(path) = strange {
        return Err(ArchiveError::Strange { path });
    }
    let files = list(folder)?;
    let entries = journal::entries(folder).map_err(|error| ArchiveError::File {
        path: journal::NAME.to_owned(),
        why: error.to_string(),
    })?;
    let mut packer = Packer {
        sealed: seals::sealed(&entries),
        total: files.iter().map(|(_, length)| length).sum(),
        done: 0,
        progress: &mut progress,
        failure: None,
    };
    let mut hash = Sha256::new();
    let written = atomic::replace_with(to, |file| {
        packer.write(
            folder,
            &files,
            Hashing {
                file,
                hash: &mut hash,
            },
        )
    });
    match (written, packer.failure) {
        (Ok(()), _) => Ok(hash.into()),
        (Err(_), Some(failure)) => Err(failure),
        (Err(error), None) => Err(ArchiveError::Unwritable {
            path: to.to_owned(),
            why: error.to_string(),
        }),
    }
}

/// A name beside or below which nothing is yet has to be judged by the folder that is to hold it.
fn refuse_inside(folder: &Path, to: &Path) -> Result<(), ArchiveError> {
    let holder = match to.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    match (folder.canonicalize(), holder.canonicalize()) {
        (Ok(folder), Ok(holder)) if holder.starts_with(&folder) => {
            let path = to.to_owned();
            Err(ArchiveError::InsideTheCase { path })
        }
        _ => Ok(()),
    }
}

/// The files to archive and their sizes, sorted by path.
fn list(folder: &Path) -> Result<Vec<(String, u64)>, ArchiveError> {
    let contents = inside::contents(folder).map_err(|error| ArchiveError::File {
        path: folder.display().to_string(),
        why: error.to_string(),
    })?;
    let kept = contents.files.into_iter().filter(|path| is_archived(path));
    let sized = kept.map(|path| match inside::resolve(folder, &path) {
        Ok(file) => match file.metadata() {
            Ok(metadata) => Ok((path, metadata.len())),
            Err(error) => Err(ArchiveError::File {
                path,
                why: error.to_string(),
            }),
        },
        Err(fault) => Err(changed(&path, fault)),
    });
    sized.collect()
}

/// An archive that was unpacked and is archived again has a manifest, which is made anew. What tells of this machine's
/// folders stays.
fn is_archived(path: &str) -> bool {
    path != MANIFEST && path != PRIVATE && !super::verification::is_working_file(path)
}

fn changed(path: &str, fault: PathFault) -> ArchiveError {
    ArchiveError::File {
        path: path.to_owned(),
        why: fault.to_string(),
    }
}

struct Packer<'a> {
    sealed: BTreeMap<&'a str, Seal>,
    total: u64,
    done: u64,
    progress: &'a mut dyn FnMut(Progress) -> ControlFlow<()>,
    /// The reason that it was given up, where not because of the archive itself.
    failure: Option<ArchiveError>,
}

impl Packer<'_> {
    fn write(&mut self, folder: &Path, files: &[(String, u64)], to: impl Write) -> io::Result<()> {
        let mut zip = ZipWriter::new_stream(to);
        let mut manifest = String::new();
        for (path, length) in files {
            zip.start_file(path, options(*length))?;
            let hash = self.copy(folder, path, &mut zip)?;
            if self
                .sealed
                .get(path.as_str())
                .is_some_and(|(sealed, _)| *sealed != hash)
            {
                return Err(self.give_up(changed_meanwhile(path)));
            }
            manifest.push_str(&format!("{hash}  {path}\n"));
        }
        zip.start_file(MANIFEST, options(manifest.len() as u64))?;
        zip.write_all(manifest.as_bytes())?;
        zip.finish()?.into_inner().flush()
    }

    fn copy<W: Write>(
        &mut self,
        folder: &Path,
        path: &str,
        zip: &mut ZipWriter<StreamWriter<W>>,
    ) -> io::Result<Digest> {
        let mut file = self.open(folder, path)?;
        let mut hash = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            let count = match file.read(&mut chunk) {
                Ok(0) => return Ok(hash.into()),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.give_up(unreadable(path, &error))),
            };
            let more = || io::Error::other("more was read than there was room for");
            let piece = chunk.get(..count).ok_or_else(more)?;
            hash.update(piece);
            zip.write_all(piece)?;
            self.done = self.done.saturating_add(count as u64);
            let progress = Progress {
                done: self.done,
                total: self.total,
            };
            if (self.progress)(progress).is_break() {
                return Err(self.give_up(ArchiveError::Stopped));
            }
        }
    }

    fn open(&mut self, folder: &Path, path: &str) -> io::Result<File> {
        match inside::resolve(folder, path) {
            Ok(full) => File::open(full).map_err(|error| self.give_up(unreadable(path, &error))),
            Err(fault) => Err(self.give_up(changed(path, fault))),
        }
    }

    fn give_up(&mut self, failure: ArchiveError) -> io::Error {
        self.failure = Some(failure);
        io::Error::other("given up")
    }
}

fn unreadable(path: &str, error: &io::Error) -> ArchiveError {
    ArchiveError::File {
        path: path.to_owned(),
        why: error.to_string(),
    }
}

fn changed_meanwhile(path: &str) -> ArchiveError {
    ArchiveError::File {
        path: path.to_owned(),
        why: "it was changed meanwhile".into(),
    }
}

fn options(length: u64) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(length >= LARGE)
}

/// Hashes what passes through.
struct Hashing<'a> {
    file: &'a mut dyn Write,
    hash: &'a mut Sha256,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        let more = || io::Error::other("more was written than there was");
        self.hash.update(bytes.get(..count).ok_or_else(more)?);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
