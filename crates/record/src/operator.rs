//! The operator: the person who examines on this machine, asked for once, named in journals and exhibits. Nothing
//! of the system stands in for the name: that of a login is often nobody's.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use palimpsest_base::{atomic, bounded_read, user_folders};

/// What stands in a journal where no name was given.
pub const NOT_NAMED: &str = "not named";

/// The largest file read, in bytes.
const MAX_BYTES: u64 = 1 << 12;

/// The file with the name, beside the signing key.
fn file() -> PathBuf {
    user_folders::data().join("operator.txt")
}

/// The name as it was given; none if it never was.
pub fn name() -> Option<String> {
    read(&file())
}

/// Keeps `name` for all cases to come; an empty one takes it back.
///
/// # Errors
/// If it cannot be written.
pub fn remember(name: &str) -> io::Result<()> {
    write(&file(), name)
}

fn read(file: &Path) -> Option<String> {
    // A file that cannot be read leaves the operator unnamed, and that is what is then printed.
    let bytes = bounded_read::read_at_most(file, MAX_BYTES).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

fn write(file: &Path, name: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    atomic::replace(file, format!("{}\n", name.trim()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_and_taken_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("palimpsest/operator.txt");
        assert_eq!(read(&file), None);
        write(&file, " Dr. A.\n Ferreira ").unwrap();
        assert_eq!(read(&file).as_deref(), Some("Dr. A. Ferreira"));
        write(&file, "").unwrap();
        assert_eq!(read(&file), None);
    }
}
