//! A path as a record keeps it: absolute, so that it means the same from every folder, and exact,
//! although JSON knows only Unicode and file names may be any bytes.

use std::fmt;
use std::path::{self, Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The beginning of a path that is no Unicode text and is therefore written as a URI (RFC 8089). No absolute
/// path begins like this.
const URI: &str = "file://";

/// An absolute path. In JSON a string: the path itself, or, where it is no Unicode text, the `file:`
/// URI that stands for its bytes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RecordedPath(PathBuf);

impl RecordedPath {
    /// `path`, made absolute by the current folder. Links are not followed: the record names what
    /// was named.
    pub fn new(path: &Path) -> Self {
        // Only an empty path or a current folder that is gone cannot be made absolute: kept as named.
        Self(path::absolute(path).unwrap_or_else(|_| path.to_owned()))
    }

    /// The path.
    pub fn as_path(&self) -> &Path {
        &self.0
    }
}

impl fmt::Display for RecordedPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.to_str() {
            Some(text) => f.write_str(text),
            None => f.write_str(&to_uri(&self.0)),
        }
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
        let path = match text.strip_prefix(URI) {
            Some(encoded) => from_uri(encoded),
            None => Some(PathBuf::from(&text)),
        };
        path.map(Self)
            .ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is no path")))
    }
}

#[cfg(unix)]
fn to_uri(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;

    let encode = |&byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = path.as_os_str().as_bytes().iter().map(encode).collect();
    format!("{URI}{encoded}")
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
fn to_uri(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn from_uri(_encoded: &str) -> Option<PathBuf> {
    None
}
