//! The identity of the files that a result was computed from: their SHA-256, taken with a small buffer, since a model
//! has gigabytes and mapping it here would count as memory used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{ExaminationError, RecordedPath};
use crate::inversion::Control;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::ModelSource;

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 20;

/// One file.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct FileIdentity {
    /// Its path inside the folder, with `/` between the parts.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 of its content.
    pub sha256: Digest,
}

/// The files of a model or of a picture encoder.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Identity {
    /// The folder, or the file of a LoRA.
    pub path: RecordedPath,
    /// SHA-256 of the list that `sha256sum` prints of the files, sorted by name: one line a file, its
    /// hash, two spaces, its name.
    pub sha256: Digest,
    /// Every file that the result depends on, sorted by name.
    pub files: Vec<FileIdentity>,
    /// The places of those that lie elsewhere, by their names; in no record.
    #[serde(skip)]
    elsewhere: BTreeMap<String, RecordedPath>,
}

impl Identity {
    /// Hashes `files`, all of them inside the folder `root` or, where it is a file, beside it.
    ///
    /// # Errors
    /// [`ExaminationError::Unreadable`], or [`ExaminationError::Interrupted`].
    pub fn read(
        root: &Path,
        files: &[PathBuf],
        control: &Control,
    ) -> Result<Self, ExaminationError> {
        let (names, elsewhere) = names(root, files);
        let mut files: Vec<FileIdentity> = (files.par_iter().zip(names))
            .map(|(path, name)| hash_file(path, name, control))
            .collect::<Result<_, _>>()?;
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let mut list = Sha256::new();
        for file in &files {
            list.update(format!("{}  {}\n", file.sha256, file.name));
        }
        Ok(Self {
            path: RecordedPath::new(root),
            sha256: list.into(),
            files,
            elsewhere,
        })
    }

    /// The places of the files that lie elsewhere, where they are known and the record does not tell them.
    pub(super) fn places(&self) -> impl Iterator<Item = (&String, String)> {
        let elsewhere = self.elsewhere.iter();
        elsewhere.filter_map(|(name, path)| Some((name, path.place()?)))
    }

    /// Puts the file of this name, which lies elsewhere, in its place.
    pub(super) fn put(&mut self, name: &str, place: &str) {
        if let Some(mut path) = RecordedPath::read(name) {
            path.put(place);
            self.elsewhere.insert(name.to_owned(), path);
        }
    }

    /// The hashes of the weights in the part of the model whose names begin with `prefix`: of all its
    /// files but the configuration.
    pub(super) fn weights_under(&self, prefix: &str) -> Vec<Digest> {
        self.files
            .iter()
            .filter(|file| file.name.starts_with(prefix) && !file.name.ends_with(".json"))
            .map(|file| file.sha256)
            .collect()
    }

    /// The file of this path, which may lie in another folder.
    pub(super) fn file(&self, path: &Path) -> Option<&FileIdentity> {
        let name = self.name_of(path);
        self.files.iter().find(|file| file.name == name)
    }

    /// The name of the file of this path, which may lie in another folder.
    pub(super) fn name_of(&self, path: &Path) -> String {
        let path = RecordedPath::new(path);
        let mut elsewhere = self.elsewhere.iter();
        match elsewhere.find(|(_, other)| **other == path) {
            Some((name, _)) => name.clone(),
            None => name_inside(self.path.as_path(), path.as_path()).unwrap_or_else(|| path.name()),
        }
    }

    /// The folder or file. Earlier versions wrote the strength of a LoRA behind it: it is left out.
    pub fn root(&self) -> PathBuf {
        ModelSource::named(self.path.as_path()).path
    }

    /// The path of one of its files.
    pub fn path_of(&self, file: &FileIdentity) -> PathBuf {
        self.path_named(&file.name)
    }

    /// The path of its file of this name.
    pub(super) fn path_named(&self, name: &str) -> PathBuf {
        if let Some(elsewhere) = self.elsewhere.get(name) {
            return elsewhere.as_path().to_owned();
        }
        let root = self.root();
        // The root of a LoRA or a single file is that file; beside it lies what belongs to it.
        // A root without a name is a folder of the system, and no file.
        let root_name = root.file_name().unwrap_or_default().to_string_lossy();
        let mut files = self.files.iter();
        match files.any(|file| root_name == file.name.as_str()) {
            // Earlier versions wrote the place of what lies elsewhere in full.
            true => match RecordedPath::read(name).filter(RecordedPath::is_placed) {
                Some(elsewhere) => elsewhere.as_path().to_owned(),
                None => root.with_file_name(name),
            },
            false => root.join(name),
        }
    }

    /// True if it was written by an earlier version, which put the places of files elsewhere into their names and so into
    /// the hash.
    fn tells_places(&self) -> bool {
        let mut names = self.files.iter().map(|file| &file.name);
        names.any(|name| RecordedPath::read(name).is_some_and(|path| path.is_placed()))
    }

    /// The last parts of the files' names with the hashes, sorted.
    fn plain(&self) -> Vec<(String, Digest)> {
        let files = self.files.iter();
        let plain = files.map(|file| {
            let name = RecordedPath::read(&file.name);
            (
                name.map(|name| name.name()).unwrap_or_default(),
                file.sha256,
            )
        });
        let mut plain: Vec<_> = plain.collect();
        plain.sort();
        plain
    }

    /// The other one names the same contents, wherever they lie.
    ///
    /// # Errors
    /// [`ExaminationError::Changed`] naming the first file that differs.
    pub fn check_unchanged(&self, now: &Self) -> Result<(), ExaminationError> {
        if self.sha256 == now.sha256 || (self.tells_places() && self.plain() == now.plain()) {
            return Ok(());
        }
        let differs = |file: &&FileIdentity| !self.files.contains(file);
        let name = now.files.iter().find(differs).map(|file| &file.name);
        let root = now.root();
        Err(ExaminationError::Changed {
            path: match name {
                Some(name) if root.is_dir() => root.join(name),
                Some(name) => root.with_file_name(name),
                None => root,
            },
        })
    }
}

/// The file at `path`, under this name.
fn hash_file(
    path: &Path,
    name: String,
    control: &Control,
) -> Result<FileIdentity, ExaminationError> {
    let unreadable = |source: io::Error| ExaminationError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(unreadable)?;
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut buffer = vec![0; BUFFER];
    loop {
        control.check()?;
        let read = match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error)),
        };
        let more = || unreadable(io::Error::other("more bytes were read than asked for"));
        hash.update(buffer.get(..read).ok_or_else(more)?);
        bytes += read as u64;
    }
    Ok(FileIdentity {
        name,
        bytes,
        sha256: hash.into(),
    })
}

/// The names of `files`, and the places of those that lie elsewhere than in or beside `root`. Of several elsewhere that
/// are called alike, such as two configurations, all but the first have a number too.
fn names(root: &Path, files: &[PathBuf]) -> (Vec<String>, BTreeMap<String, RecordedPath>) {
    let mut elsewhere: BTreeMap<String, RecordedPath> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let inside: Vec<Option<String>> = files.iter().map(|path| name_inside(root, path)).collect();
    taken.extend(inside.iter().flatten().cloned());
    let named = files.iter().zip(inside).map(|(path, inside)| {
        inside.unwrap_or_else(|| {
            let plain = RecordedPath::new(path);
            let numbered = (2..).map(|number| plain.clone().numbered(number));
            let mut names = std::iter::once(plain.clone()).chain(numbered);
            let free = names.find(|path| !taken.contains(&path.to_string()));
            let path = free.unwrap_or(plain);
            let name = path.to_string();
            taken.insert(name.clone());
            elsewhere.insert(name.clone(), path);
            name
        })
    });
    let names = named.collect();
    (names, elsewhere)
}

/// The path inside the folder `root`, and the name alone of what lies beside a `root` that is no folder but a file; none
/// of what lies elsewhere.
fn name_inside(root: &Path, path: &Path) -> Option<String> {
    let inside = match path.strip_prefix(root) {
        Ok(inside) if !inside.as_os_str().is_empty() => inside,
        _ if !root.is_dir() && path.parent() == root.parent() => Path::new(path.file_name()?),
        _ => return None,
    };
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_lies_elsewhere_has_a_name_of_its_own_and_no_folder() {
        let around = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = around.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, name).unwrap();
            path
        };
        let root = file("models/base.safetensors");
        let files = [
            root.clone(),
            file("models/vae.safetensors"),
            file("ann/configs/unet/config.json"),
            file("ann/configs/vae/config.json"),
        ];
        let identity = Identity::read(&root, &files, &Control::new()).unwrap();
        let names: Vec<&str> = identity.files.iter().map(|it| it.name.as_str()).collect();
        let expected = [
            "2/config.json",
            "base.safetensors",
            "config.json",
            "vae.safetensors",
        ];
        assert_eq!(names, expected);
        for path in &files {
            let own = identity.file(path).unwrap();
            assert_eq!(identity.path_of(own), *path);
            assert_eq!(own.sha256, Digest::of_file(path).unwrap().0);
        }
        // As a record has it, and with the places that were kept.
        let text = serde_json::to_string(&identity).unwrap();
        assert!(!text.contains("ann") && !text.contains("models"), "{text}");
        let mut read: Identity = serde_json::from_str(&text).unwrap();
        read.path.put(&identity.path.place().unwrap());
        for (name, place) in identity.places() {
            read.put(name, &place);
        }
        assert_eq!(read, identity);
        assert_eq!(read.path_named("2/config.json"), files[3]);
    }

    #[test]
    fn a_record_of_before_with_places_in_names_has_the_same_contents() {
        let around = tempfile::tempdir().unwrap();
        let (root, other) = (
            around.path().join("a.safetensors"),
            around.path().join("b/c.json"),
        );
        fs::create_dir(around.path().join("b")).unwrap();
        fs::write(&root, "a").unwrap();
        fs::write(&other, "c").unwrap();
        let now = Identity::read(&root, &[root.clone(), other.clone()], &Control::new()).unwrap();
        let mut before = now.clone();
        before.sha256 = Digest::ZERO;
        before.elsewhere.clear();
        for file in &mut before.files {
            if file.name == "c.json" {
                file.name = other.display().to_string();
            }
        }
        before.check_unchanged(&now).unwrap();
        assert_eq!(before.path_named(other.to_str().unwrap()), other);
        before.files[0].sha256 = Digest::ZERO;
        before.check_unchanged(&now).unwrap_err();
    }
}
