//! A path as a record keeps it: absolute, so that it means the same from every folder; exact, although JSON knows
//! only Unicode and file names may be any bytes; and without the user's home folder, for which `~` stands, since
//! records go to other people.

use std::fmt;
use std::path::{self, Path, PathBuf};

use palimpsest_base::home;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The beginning of a path that is no Unicode text and is therefore written as a URI (RFC 8089). No absolute
/// path begins like this.
const URI: &str = "file://";

/// The beginning of a path below the home folder. No absolute path begins like this.
const HOME: &str = "~/";

/// An absolute path. In JSON a string: the path itself with `~/` in place of the home folder, or, where it is no
/// Unicode text, the `file:` URI that stands for its bytes. What was read is written again letter by letter, so
/// that records with the home folder in full, as earlier versions wrote them, keep their hashes.
#[derive(Clone, Debug)]
pub struct RecordedPath {
    path: PathBuf,
    text: String,
}

impl RecordedPath {
    /// `path`, made absolute by the current folder. Links are not followed: the record names what
    /// was named.
    pub fn new(path: &Path) -> Self {
        // Only an empty path or a current folder that is gone cannot be made absolute: kept as named.
        let path = path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let text = match home::below_home(&path) {
            Some(below) => written(&below, HOME),
            None => written(&path, ""),
        };
        Self { path, text }
    }

    /// The path that `text`, as a record has it, stands for.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.to_owned();
        read(&text).map(|path| Self { path, text })
    }

    /// The path.
    pub fn as_path(&self) -> &Path {
        &self.path
    }

    /// Its last part: the name of the file or the folder.
    pub fn name(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }
}

/// The path that is meant, however it is written.
impl PartialEq for RecordedPath {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for RecordedPath {}

impl fmt::Display for RecordedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for RecordedPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordedPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is no path")))
    }
}

/// `path` behind `prefix`, as text.
fn written(path: &Path, prefix: &str) -> String {
    match path.to_str() {
        Some(text) => format!("{prefix}{text}"),
        None => to_uri(path, prefix),
    }
}

/// The path that `text` stands for. Where no home folder is known, one below it is a path that is not there.
fn read(text: &str) -> Option<PathBuf> {
    let (rest, encoded) = match text.strip_prefix(URI) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let below = rest.strip_prefix(HOME);
    let part = below.unwrap_or(rest);
    let path = match encoded {
        true => from_uri(part)?,
        false => PathBuf::from(part),
    };
    Some(match (below, home::home()) {
        (Some(_), Some(home)) => home.join(path),
        (Some(_), None) => Path::new(HOME).join(path),
        (None, _) => path,
    })
}

#[cfg(unix)]
fn to_uri(path: &Path, prefix: &str) -> String {
    use std::os::unix::ffi::OsStrExt;

    let encode = |&byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = path.as_os_str().as_bytes().iter().map(encode).collect();
    format!("{URI}{prefix}{encoded}")
}

#[cfg(unix)]
fn from_uri(encoded: &str) -> Option<PathBuf> {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let mut bytes = Vec::new();
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    Some(OsString::from_vec(bytes).into())
}

/// Elsewhere only unpaired surrogates cannot be written; they are replaced.
#[cfg(not(unix))]
fn to_uri(path: &Path, prefix: &str) -> String {
    format!("{prefix}{}", path.to_string_lossy())
}

#[cfg(not(unix))]
fn from_uri(_encoded: &str) -> Option<PathBuf> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_below_home_is_written_without_it_and_read_back() {
        let Some(home) = home::home() else { return };
        let path = RecordedPath::new(&home.join("works/a b.png"));
        let json = serde_json::to_string(&path).unwrap();
        assert_eq!(json, "\"~/works/a b.png\"");
        let read: RecordedPath = serde_json::from_str(&json).unwrap();
        assert_eq!(read.as_path(), home.join("works/a b.png"));
        assert_eq!(read.name(), "a b.png");
    }

    #[test]
    fn what_an_earlier_version_wrote_is_written_again_to_the_letter() {
        let Some(home) = home::home() else { return };
        let old = serde_json::to_string(&home.join("a.png")).unwrap();
        let read: RecordedPath = serde_json::from_str(&old).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), old);
        assert_eq!(read, RecordedPath::new(&home.join("a.png")));
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_survive_below_home_too() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let Some(home) = home::home() else { return };
        let path = home.join(OsStr::from_bytes(b"a\xff.png"));
        let json = serde_json::to_string(&RecordedPath::new(&path)).unwrap();
        assert_eq!(json, "\"file://~/a%FF.png\"");
        let read: RecordedPath = serde_json::from_str(&json).unwrap();
        assert_eq!(read.as_path(), path);
    }
}
