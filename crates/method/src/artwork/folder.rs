//! The pictures of a folder, and what else lies in it: nothing is left out in silence.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::recognise::{Recognised, recognise};

/// Extensions of files that are taken for pictures whatever is in them, so that a damaged one is told of by its
/// own error.
pub const PICTURE_EXTENSIONS: [&str; 18] = [
    "png", "jpg", "jpeg", "jfif", "webp", "tif", "tiff", "bmp", "gif", "jxl", "jp2", "j2k", "j2c",
    "jpf", "psd", "psb", "kra", "ora",
];

/// Bytes that a format is told by.
const HEAD_BYTES: u64 = 4096;

/// The files of a folder, in the order of their names. Hidden ones, whose names begin with a dot, and folders
/// inside are not among them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PictureFolder {
    pub pictures: Vec<PathBuf>,
    /// Files that are not read, with what they are as far as that is known.
    pub unread: Vec<(PathBuf, Option<&'static str>)>,
}

impl PictureFolder {
    /// Lists a folder; files are told apart by their first bytes.
    ///
    /// # Errors
    /// If the folder cannot be listed.
    pub fn list(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default();
            if !name.as_encoded_bytes().starts_with(b".") && !path.is_dir() {
                files.push(path);
            }
        }
        files.sort();
        let mut listed = Self::default();
        for path in files {
            match kind(&path) {
                Recognised::Read(_) => listed.pictures.push(path),
                Recognised::Foreign(foreign) => listed.unread.push((path, Some(foreign.name))),
                Recognised::Unknown if is_called_picture(&path) => listed.pictures.push(path),
                Recognised::Unknown => listed.unread.push((path, None)),
            }
        }
        Ok(listed)
    }

    /// What is said of a folder that is not read whole to whoever gave it; `None` if it is.
    pub fn sentence(&self, folder: &Path) -> Option<String> {
        self.told(&format!("Of the folder {}", folder.display()))
    }

    /// The same for a record, which is handed over and tells of no folder.
    pub fn recorded_sentence(&self) -> Option<String> {
        self.told("In a folder that was given")
    }

    fn told(&self, folder: &str) -> Option<String> {
        if self.unread.is_empty() {
            return None;
        }
        let name = |(path, kind): &(PathBuf, Option<&str>)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match kind {
                Some(kind) => format!("{name} ({kind})"),
                None => name.into_owned(),
            }
        };
        let names: Vec<String> = self.unread.iter().map(name).collect();
        let read = self.pictures.len();
        let all = read.saturating_add(self.unread.len());
        Some(format!(
            "{folder} {read} of {all} files are read; not read: {}.",
            names.join(", ")
        ))
    }
}

/// What a file's first bytes say. One that cannot be read is judged by its name.
fn kind(path: &Path) -> Recognised {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut head));
    read.map_or(Recognised::Unknown, |_| recognise(&head))
}

/// True if the name ends as a picture's does.
fn is_called_picture(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    PICTURE_EXTENSIONS
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_are_skipped_and_what_is_not_read_is_listed() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        write("a.png", b"\x89PNG\r\n\x1a\n");
        write("without extension", b"GIF89a");
        write("damaged.JPG", b"nothing");
        write("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0");
        write("notes.txt", b"sold in May");
        write("._a.png", b"\0\x05\x16\x07");
        write(".DS_Store", b"\0\0\0\x01Bud1");
        fs::create_dir(folder.path().join("sketches.png")).unwrap();
        let listed = PictureFolder::list(folder.path()).unwrap();
        let names: Vec<_> = listed
            .pictures
            .iter()
            .map(|path| path.file_name().unwrap())
            .collect();
        assert_eq!(names, ["a.png", "damaged.JPG", "without extension"]);
        let sentence = listed.sentence(Path::new("works")).unwrap();
        assert_eq!(
            sentence,
            "Of the folder works 3 of 5 files are read; not read: notes.txt, phone.jpg (HEIC)."
        );
        let recorded = listed.recorded_sentence().unwrap();
        assert_eq!(
            recorded,
            "In a folder that was given 3 of 5 files are read; not read: notes.txt, phone.jpg (HEIC)."
        );
        let whole = PictureFolder {
            unread: Vec::new(),
            ..listed
        };
        assert_eq!(whole.sentence(Path::new("works")), None);
    }
}
