//! A file or folder as records name it, and its place on this machine. Records go to other people, and folders tell of
//! the user's disk and name: a record has the name alone. The place lies in a list of the user's own
//! ([`Whereabouts`](crate::examination::Whereabouts)), exact although JSON knows only Unicode and file names may be any
//! bytes. Earlier versions wrote the place into the record, with `~` for the user's home folder.

use std::ffi::OsStr;
use std::fmt;
use std::path::{self, Path, PathBuf};

use palimpsest_base::home;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The beginning of a path that is no Unicode text and is therefore written as a URI (RFC 8089). No other path begins
/// like this.
const URI: &str = "file://";

/// The beginning of a path below the home folder in records of earlier versions. No absolute path begins like this.
const HOME: &str = "~/";

/// The name of a folder that has none, as that of a whole disk.
const NAMELESS: &str = "folder";

/// A file or folder. In JSON a string: its name, or what tells it from another of that name; or, where that is no
/// Unicode text, a `file:` URI with its bytes. What was read is written again letter by letter, so that records of
/// earlier versions keep their hashes.
#[derive(Clone, Debug)]
pub struct RecordedPath {
    /// Absolute where the place is known, else what the record says.
    path: PathBuf,
    text: String,
}

impl RecordedPath {
    /// `path`, made absolute by the current folder. Links are not followed: the record names what
    /// was named.
    pub fn new(path: &Path) -> Self {
        let path = absolute(path);
        let text = written(Path::new(&name_of(&path)));
        Self { path, text }
    }

    /// `path` by its place in `folder` if it lies there, with `/` between the parts, else as any other.
    pub fn within(path: &Path, folder: &Path) -> Self {
        let path = absolute(path);
        let inside = path.strip_prefix(absolute(folder)).ok();
        let parts = inside.map(|inside| {
            let parts: Vec<_> = inside.iter().map(OsStr::to_string_lossy).collect();
            parts.join("/")
        });
        match parts.filter(|text| !text.is_empty()) {
            Some(text) => Self { path, text },
            None => Self::new(&path),
        }
    }

    /// The same, told from others of its name by a number before it.
    #[must_use]
    pub fn numbered(self, number: usize) -> Self {
        let text = written(&Path::new(&number.to_string()).join(name_of(&self.path)));
        Self { text, ..self }
    }

    /// What `text`, as a record has it, stands for.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.to_owned();
        read(&text).map(|path| Self { path, text })
    }

    /// The path where its place is known; else what the record says, which leads nowhere.
    pub fn as_path(&self) -> &Path {
        &self.path
    }

    /// True if its place on this machine is known.
    pub fn is_placed(&self) -> bool {
        self.path.is_absolute()
    }

    /// The exact text of its place, where that is known and the record does not tell it.
    pub fn place(&self) -> Option<String> {
        let tells = read(&self.text).is_some_and(|path| path.is_absolute());
        (self.is_placed() && !tells).then(|| written(&self.path))
    }

    /// Puts it in its place, as [`RecordedPath::place`] tells it, unless the record does.
    pub fn put(&mut self, place: &str) {
        if !self.is_placed()
            && let Some(path) = read(place).filter(|path| path.is_absolute())
        {
            self.path = path;
        }
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

/// Only an empty path, or one below a current folder that is gone, cannot be made absolute: kept as named.
fn absolute(path: &Path) -> PathBuf {
    path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The last part of a path. Of one that ends in `..` it is that of the folder which is meant.
fn name_of(path: &Path) -> PathBuf {
    let name = path.file_name().map(PathBuf::from);
    let meant = || Some(PathBuf::from(path.canonicalize().ok()?.file_name()?));
    name.or_else(meant).unwrap_or_else(|| NAMELESS.into())
}

/// A path as text.
pub(crate) fn written(path: &Path) -> String {
    match path.to_str() {
        // A name may begin as a URI does.
        Some(text) if !text.starts_with(URI) && !text.starts_with(HOME) => text.to_owned(),
        _ => to_uri(path),
    }
}

/// The path that `text` stands for. Where no home folder is known, one below it is a path that is not there.
pub(crate) fn read(text: &str) -> Option<PathBuf> {
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
fn to_uri(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;

    let encode = |&byte: &u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn json(path: &RecordedPath) -> String {
        serde_json::to_string(path).unwrap()
    }

    fn read_back(path: &RecordedPath) -> RecordedPath {
        serde_json::from_str(&json(path)).unwrap()
    }

    #[cfg(unix)]
    #[test]
    fn a_record_has_the_name_and_the_place_is_put_back() {
        let path = RecordedPath::new(Path::new("/scans/ann/a b.png"));
        assert_eq!(json(&path), "\"a b.png\"");
        let mut read = read_back(&path);
        assert!(!read.is_placed());
        assert_eq!((read.name().as_str(), read.place()), ("a b.png", None));
        read.put("not/absolute");
        assert!(!read.is_placed());
        read.put(&path.place().unwrap());
        assert_eq!(read, path);
        assert_eq!(json(&read), "\"a b.png\"");
        let second = path.numbered(2);
        assert_eq!(json(&second), "\"2/a b.png\"");
        assert_eq!(read_back(&second).name(), "a b.png");
    }

    #[cfg(unix)]
    #[test]
    fn what_lies_in_a_folder_is_named_from_there() {
        let folder = Path::new("/cases/one");
        let inside = RecordedPath::within(Path::new("/cases/one/blind/work-01.png"), folder);
        assert_eq!(json(&inside), "\"blind/work-01.png\"");
        let outside = RecordedPath::within(Path::new("/cases/ones/work.png"), folder);
        assert_eq!(json(&outside), "\"work.png\"");
    }

    #[test]
    fn a_folder_that_is_named_by_dots_has_the_name_of_what_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("base/inner");
        std::fs::create_dir_all(&inner).unwrap();
        let path = RecordedPath::new(&inner.join(".."));
        assert_eq!(json(&path), "\"base\"");
    }

    #[test]
    fn what_an_earlier_version_wrote_is_written_again_to_the_letter() {
        let Some(home) = home::home() else { return };
        for old in [
            serde_json::to_string(&home.join("a.png")).unwrap(),
            "\"~/a.png\"".to_owned(),
        ] {
            let mut read: RecordedPath = serde_json::from_str(&old).unwrap();
            read.put("/elsewhere/a.png");
            assert_eq!(json(&read), old);
            assert_eq!((read.as_path(), read.place()), (&*home.join("a.png"), None));
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_or_look_like_another_kind_survive() {
        use std::os::unix::ffi::OsStrExt;

        let odd = [
            OsStr::from_bytes(b"a\xff.png"),
            OsStr::new("~"),
            OsStr::new("file:"),
        ];
        for name in odd {
            let path = RecordedPath::new(&Path::new("/scans").join(name));
            let mut read = read_back(&path);
            assert_eq!(read.as_path(), Path::new(name));
            read.put(&path.place().unwrap());
            assert_eq!(read, path);
        }
        let path = RecordedPath::new(Path::new("/scans").join(odd[0]).as_path());
        assert_eq!(json(&path), "\"file://a%FF.png\"");
        let old: RecordedPath = serde_json::from_str("\"file://~/a%FF.png\"").unwrap();
        assert_eq!(old.name().as_bytes().first(), Some(&b'a'));
        assert_eq!(json(&old), "\"file://~/a%FF.png\"");
    }
}
