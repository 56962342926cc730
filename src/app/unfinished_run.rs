//! Records of runs that are not finished, each in a file of its own: after a crash or a quit the whole queue, with
//! every mask, can be gone on with at one blow. The file is locked for as long as its program lives, so that
//! another window neither offers the run nor takes the record away.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde::{Deserialize, Serialize};

use super::set_up::SetUp;
use palimpsest_method::artwork::Crop;
use palimpsest_method::mask::Mask;
use palimpsest_record::case::{CaseView, ControlDraw, Role};

/// Folder of the records among the user's data.
const FOLDER: &str = "runs";
/// The largest record that is read, in bytes, and how many of them.
const MAX_BYTES: u64 = 1 << 26;
const MAX_RECORDS: usize = 64;

/// The cases of a run in their order.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RunRecord {
    pub cases: Vec<RecordedCase>,
}

/// A case of a run.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RecordedCase {
    pub folder: PathBuf,
    /// All that it takes to begin it; none if it was there before the run.
    pub beginning: Option<Box<Beginning>>,
}

/// All that it takes to begin a case.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Beginning {
    pub mask: Mask,
    pub works: Vec<RecordedWork>,
    pub set_up: SetUp,
    /// True if it is entered in the registry of examinations.
    pub registered: bool,
    /// The draw that its negative controls come from; none where all on the desk were taken.
    #[serde(default)]
    pub controls_drawn: Option<ControlDraw>,
}

/// A work of a case that may not have begun.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RecordedWork {
    pub path: PathBuf,
    pub crop: Crop,
    pub role: Role,
}

/// How far a case of a run is: none where it has not begun.
pub type Begun = Option<CaseView>;

impl RunRecord {
    /// Reads how far its cases are.
    ///
    /// # Errors
    /// The sentence of the first case that cannot be read.
    pub fn read_cases(&self) -> Result<Vec<Begun>, String> {
        let read = |case: &RecordedCase| match palimpsest_record::case::is_case(&case.folder) {
            true => CaseView::read(&case.folder).map(Some),
            false => Ok(None),
        };
        let cases = self.cases.iter().map(read);
        cases
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())
    }

    /// How many of its cases, as far as they are `begun`, are still to be done.
    pub fn left(&self, begun: &[Begun]) -> usize {
        let cases = self.cases.iter().zip(begun);
        cases
            .filter(|(case, begun)| match begun {
                Some(view) => view.is_unfinished(),
                None => case.beginning.is_some(),
            })
            .count()
    }
}

/// The file of a record, which is ours as long as this lives.
#[derive(Debug)]
pub struct RunFile {
    path: PathBuf,
    _locked: File,
}

impl RunFile {
    /// Writes a record among the user's data.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn create(data: &Path, record: &RunRecord) -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let folder = data.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let bytes = serde_json::to_vec(record)?;
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{}-{number}.json", std::process::id()));
            // One of that name is of a process before, and may still be offered.
            if path.exists() {
                continue;
            }
            // It is seen by its name only when it is whole, and locked.
            let unnamed = path.with_extension("part");
            let mut file = File::create(&unnamed)?;
            match file.try_lock() {
                // Some network disks know no locks.
                Ok(()) | Err(TryLockError::Error(_)) => {}
                Err(TryLockError::WouldBlock) => continue,
            }
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&unnamed, &path)?;
            return Ok(Self {
                path,
                _locked: file,
            });
        }
    }

    /// Takes over the records among the user's data whose programs have ended. What is no record is left alone.
    pub fn left_behind(data: &Path) -> Vec<(Self, RunRecord)> {
        // No folder, or one that cannot be listed: nothing is offered, and every case can be opened by itself.
        let Ok(entries) = fs::read_dir(data.join(FOLDER)) else {
            return Vec::new();
        };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let records = paths.filter(|path| path.extension().is_some_and(|end| end == "json"));
        let mut records: Vec<PathBuf> = records.take(MAX_RECORDS).collect();
        records.sort();
        records.into_iter().filter_map(Self::taken_over).collect()
    }

    /// The record in `path`, locked. One that cannot be read is not offered and stays where it is: the cases that it
    /// names can be opened by themselves.
    fn taken_over(path: PathBuf) -> Option<(Self, RunRecord)> {
        let mut file = File::options().read(true).write(true).open(&path).ok()?;
        // Where no lock tells, it may be a running program's: that is not offered.
        file.try_lock().ok()?;
        let mut bytes = Vec::new();
        let read = (&mut file).take(MAX_BYTES).read_to_end(&mut bytes);
        read.ok()?;
        let record = serde_json::from_slice(&bytes).ok()?;
        let file = Self {
            path,
            _locked: file,
        };
        Some((file, record))
    }

    /// Its path, by which notices name it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Deletes it: nothing is left to be done, or nobody wants it done.
    pub fn delete(self) {
        // One that stays is offered once more.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> RunRecord {
        let beginning = Beginning {
            mask: Mask::default(),
            works: vec![RecordedWork {
                path: "/works/a.png".into(),
                crop: Crop::CENTRE,
                role: Role::Questioned,
            }],
            set_up: SetUp::default(),
            registered: true,
            controls_drawn: None,
        };
        RunRecord {
            cases: vec![
                RecordedCase {
                    folder: "/cases/a".into(),
                    beginning: Some(Box::new(beginning)),
                },
                RecordedCase {
                    folder: "/cases/b".into(),
                    beginning: None,
                },
            ],
        }
    }

    #[test]
    fn a_run_is_offered_only_when_its_program_has_ended() {
        let data = tempfile::tempdir().unwrap();
        let ours = RunFile::create(data.path(), &record()).unwrap();
        assert!(RunFile::left_behind(data.path()).is_empty());
        // As when its process ends, however that happens.
        drop(ours);
        let left = RunFile::left_behind(data.path());
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].1, record());
        // It is offered by one window.
        assert!(RunFile::left_behind(data.path()).is_empty());
        for (file, _) in left {
            file.delete();
        }
        assert!(RunFile::left_behind(data.path()).is_empty());
    }

    #[test]
    fn two_runs_have_two_records_and_what_is_none_is_left_alone() {
        let data = tempfile::tempdir().unwrap();
        let two = [0, 1].map(|_| RunFile::create(data.path(), &record()).unwrap());
        assert_ne!(two[0].path(), two[1].path());
        drop(two);
        let strange = data.path().join(FOLDER).join("strange.json");
        fs::write(&strange, b"{\"cases\": 3}").unwrap();
        assert_eq!(RunFile::left_behind(data.path()).len(), 2);
        assert!(strange.exists());
    }

    #[test]
    fn what_has_not_begun_is_left_to_be_done_if_it_is_known_how() {
        let record = record();
        assert_eq!(record.read_cases().unwrap().len(), 2);
        assert_eq!(record.left(&[None, None]), 1);
    }
}
