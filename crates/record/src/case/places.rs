//! `private.json`: the places on this machine of the works and models of a case. The record has their names alone, since
//! it is handed over; this file stays beside it, is never archived or attached and vouches for nothing: whatever it leads
//! to is hashed before it is used.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::reading::read_at_most;
use super::{ArtworkEntry, CaseError, CaseRecord};
use palimpsest_base::atomic;
use palimpsest_method::examination::{Findings, RecordedPath, Whereabouts};

/// The file's name in the case.
pub const PRIVATE: &str = "private.json";

const SCHEMA: &str = "palimpsest private record";
const VERSION: u64 = 1;

/// The largest file read, in bytes, as of the record.
const MAX_BYTES: u64 = 1 << 26;

/// The folders of a case whose files are named from there.
const INSIDE: [&str; 2] = ["blind", "own-outputs"];

/// Places of works and models.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(crate) struct Places {
    schema: String,
    version: u64,
    /// Works by their names in the record, each of which stands for one file.
    works: BTreeMap<String, String>,
    models: Whereabouts,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            schema: SCHEMA.into(),
            version: VERSION,
            works: BTreeMap::new(),
            models: Whereabouts::default(),
        }
    }
}

impl Places {
    /// Those of the case in `folder`; none of one that has no such file.
    ///
    /// # Errors
    /// [`CaseError`] if it cannot be read or is none.
    pub fn read(folder: &Path) -> Result<Self, CaseError> {
        let path = folder.join(PRIVATE);
        if path.symlink_metadata().is_err() {
            return Ok(Self::default());
        }
        let bytes = read_at_most(&path, MAX_BYTES)?;
        let places: serde_json::Result<Self> = serde_json::from_slice(&bytes);
        let damaged = |why: String| CaseError::Damaged { path, why };
        match places {
            Ok(places) if (places.schema.as_str(), places.version) == (SCHEMA, VERSION) => {
                Ok(places)
            }
            Ok(_) => Err(damaged("it is no private record of a case".into())),
            Err(error) => Err(damaged(error.to_string())),
        }
    }

    /// Takes in the places that are known of a record and that it does not tell; returns whether any is new.
    pub fn note(&mut self, record: &CaseRecord) -> bool {
        let before = self.clone();
        for entry in record.artworks.iter().filter(|entry| !is_inside(entry)) {
            if let Some(place) = entry.path.place() {
                self.works.insert(entry.path.to_string(), place);
            }
        }
        for plan in record.plans() {
            self.models.note(plan);
        }
        *self != before
    }

    /// Writes them into the case in `folder`.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn write(&self, folder: &Path) -> Result<(), CaseError> {
        let path = folder.join(PRIVATE);
        let written = serde_json::to_vec_pretty(self).map_err(std::io::Error::from);
        let written = written.and_then(|bytes| atomic::replace(&path, &bytes));
        written.map_err(|source| CaseError::Unwritable { path, source })
    }

    /// Puts works and models of the record of the case in `folder` in their places.
    pub fn put(&self, folder: &Path, record: &mut CaseRecord) {
        for entry in &mut record.artworks {
            let name = entry.path.to_string();
            if is_inside(entry) {
                let place = RecordedPath::new(&folder.join(&name)).place();
                place.iter().for_each(|place| entry.path.put(place));
            } else if let Some(place) = self.works.get(&name) {
                entry.path.put(place);
            }
        }
        for plan in record.plans_mut() {
            self.models.put(plan);
        }
    }

    /// The same of the findings on a work.
    pub fn put_findings(&self, entry: &ArtworkEntry, findings: &mut Findings) {
        if let Some(place) = entry.path.place() {
            findings.artwork.path.put(&place);
        }
        self.models.put(&mut findings.plan);
    }

    /// Takes in the places of what has none, as far as it is found in `folders` or below them.
    ///
    /// # Errors
    /// [`CaseError::Unreadable`] if one of these is not there, [`CaseError::TooMuch`] if they hold more than is looked through.
    pub fn look_for(&mut self, record: &CaseRecord, folders: &[PathBuf]) -> Result<(), CaseError> {
        let found = Found::below(folders)?;
        for entry in &record.artworks {
            if entry.path.is_placed() || is_inside(entry) {
                continue;
            }
            let mut called = found.called(&entry.path.name()).into_iter();
            let is_it = |path: &PathBuf| {
                let digest = super::Digest::of_file(path);
                path.is_file() && digest.is_ok_and(|(digest, _)| entry.sha256 == Some(digest))
            };
            let place = called.find(is_it);
            if let Some(place) = place.and_then(|path| RecordedPath::new(&path).place()) {
                self.works.insert(entry.path.to_string(), place);
            }
        }
        for plan in record.plans() {
            self.models.look_for(plan, &|name| found.called(name));
        }
        Ok(())
    }
}

/// True of what lies in the case and is named from there.
fn is_inside(entry: &ArtworkEntry) -> bool {
    let name = entry.path.to_string();
    let folder = name.split_once('/').map(|(folder, _)| folder);
    folder.is_some_and(|folder| INSIDE.contains(&folder))
}

/// Gives each file of the works a name of its own: the second of one name a 2 before it, and so on, so that two scans
/// called alike in two folders stay two works where no folder is told. Works from `first` on are named.
pub(super) fn tell_apart(artworks: &mut [ArtworkEntry], first: usize) {
    let mut named: BTreeMap<String, PathBuf> = BTreeMap::new();
    for (index, entry) in artworks.iter_mut().enumerate() {
        let own = entry.path.as_path().to_owned();
        if index >= first && entry.path.place().is_some() && !is_inside(entry) {
            let plain = RecordedPath::new(&own);
            let numbered = (2_usize..).map(|number| plain.clone().numbered(number));
            let mut names = std::iter::once(plain.clone()).chain(numbered);
            let is_own = |path: &RecordedPath| {
                let other = named.get(&path.to_string());
                other.is_none_or(|other| *other == own)
            };
            entry.path = names.find(is_own).unwrap_or(plain);
        }
        named.entry(entry.path.to_string()).or_insert(own);
    }
}

/// Files and folders by their names.
struct Found {
    named: BTreeMap<String, Vec<PathBuf>>,
}

/// The deepest folder that is looked into, and the most files and folders that are taken in.
const MAX_DEPTH: usize = 12;
const MAX_FOUND: usize = 500_000;

impl Found {
    /// What lies in `folders` and below them, they themselves among it.
    fn below(folders: &[PathBuf]) -> Result<Self, CaseError> {
        let mut found = Self {
            named: BTreeMap::new(),
        };
        let mut count = 0_usize;
        for folder in folders {
            let unreadable = |source| CaseError::Unreadable {
                path: folder.clone(),
                source,
            };
            let metadata = folder.metadata().map_err(unreadable)?;
            let mut open = vec![(folder.clone(), metadata.is_dir(), 0_usize)];
            while let Some((path, is_folder, depth)) = open.pop() {
                let name = RecordedPath::new(&path).name();
                found.named.entry(name).or_default().push(path.clone());
                count = count.saturating_add(1);
                if count > MAX_FOUND {
                    return Err(CaseError::TooMuch {
                        path: folder.clone(),
                        most: MAX_FOUND,
                    });
                }
                if !is_folder || depth >= MAX_DEPTH {
                    continue;
                }
                // What cannot be looked into cannot be used either: its works and models are then said to be missing.
                let inside = std::fs::read_dir(&path).into_iter().flatten().flatten();
                let mut inside: Vec<_> = inside
                    .filter_map(|entry| {
                        Some((entry.path(), entry.path().metadata().ok()?.is_dir()))
                    })
                    .collect();
                inside.sort();
                let deeper = depth.saturating_add(1);
                let inside = inside.into_iter().rev();
                open.extend(inside.map(|(path, is_folder)| (path, is_folder, deeper)));
            }
        }
        Ok(found)
    }

    fn called(&self, name: &str) -> Vec<PathBuf> {
        self.named.get(name).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::WorkState;
    use palimpsest_method::artwork::Crop;

    fn entry(path: &str) -> ArtworkEntry {
        let state = WorkState::Pending;
        ArtworkEntry::new(1, (Path::new(path), Crop::CENTRE), None, state)
    }

    #[cfg(unix)]
    #[test]
    fn two_files_of_one_name_stay_two_and_one_file_stays_one() {
        let paths = ["/a/x.png", "/b/x.png", "/a/x.png", "/c/x.png", "/c/y.png"];
        let mut entries = paths.map(entry);
        tell_apart(&mut entries, 0);
        let names = entries.each_ref().map(|entry| entry.path.to_string());
        assert_eq!(names, ["x.png", "2/x.png", "x.png", "3/x.png", "y.png"]);
        let mut more: Vec<ArtworkEntry> = entries.into_iter().chain([entry("/d/y.png")]).collect();
        tell_apart(&mut more, 5);
        assert_eq!(more[5].path.to_string(), "2/y.png");
        assert_eq!(more[1].path.to_string(), "2/x.png");
    }

    #[test]
    fn a_file_of_another_kind_is_refused_and_a_missing_one_is_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Places::read(folder.path()).unwrap(), Places::default());
        std::fs::write(folder.path().join(PRIVATE), "{}").unwrap();
        assert!(matches!(
            Places::read(folder.path()),
            Err(CaseError::Damaged { .. })
        ));
        let mut places = Places::default();
        places.works.insert("x.png".into(), "/a/x.png".into());
        places.write(folder.path()).unwrap();
        assert_eq!(Places::read(folder.path()).unwrap(), places);
    }
}
