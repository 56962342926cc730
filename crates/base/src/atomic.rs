//! Replacing a file at one blow: it is written beside its final name, flushed and then renamed, so
//! that whenever the power fails a whole file is there, the new or the old.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Suffix of the name of a file that is being written.
pub const SUFFIX: &str = ".unfinished";

/// Puts `bytes` at `path` so that a crash at any moment leaves the old file or the new one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |file| file.write_all(bytes))
}

/// Puts at `path` what `write` writes, piece by piece, with the same promise.
pub fn replace_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let temporary = beside(path)?;
    let replaced = write_through(&temporary, write).and_then(|()| fs::rename(&temporary, path));
    if replaced.is_err() {
        // The first error is the one to tell; the remains are overwritten by the next attempt anyway.
        let _ = fs::remove_file(&temporary);
    }
    replaced?;
    sync_folder(path)
}

/// A name in the same folder, and so on the same disk, as renaming needs.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let mut name = path.file_name().map(OsString::from).ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidInput, "the path does not name a file")
    })?;
    name.push(SUFFIX);
    Ok(path.with_file_name(name))
}

/// Removes from `folder` what interrupted replacements left there.
pub fn remove_remains(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().ends_with(SUFFIX) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn write_through(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    write(&mut file)?;
    file.into_inner()?.sync_all()
}

/// Makes the renaming itself last through a power cut; Windows does that by itself.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
