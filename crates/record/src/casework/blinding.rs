//! Decoys in a case: they and the questioned works are copied into it under neutral names before anything is examined, and
//! told apart when every score is sealed. Until then what the names stand for lies among the user's own data, outside the
//! case.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::assignment::{Assignment, Questioned};
use super::error::CaseworkError;
use crate::case::blinding::{self, Decoy, GivenWork, Mapping};
use crate::case::{Case, CaseError, Digest, is_case};
use palimpsest_base::{atomic, user_folders};

/// The folder of the user's data that holds mappings which are not opened yet.
const KEPT: &str = "blind";

/// A work of known use that is mixed in.
#[derive(Clone, Debug, PartialEq)]
pub struct DecoyWork {
    /// The picture.
    pub path: PathBuf,
    pub decoy: Decoy,
}

/// The works of an assignment under neutral names, in the folder of its case.
pub(super) struct Blinded {
    /// The assignment with these in the place of the works.
    pub assignment: Assignment,
    copies: PathBuf,
    kept: PathBuf,
}

impl Blinded {
    /// Copies the works of an assignment with decoys into `out`; none of one without.
    pub fn of(assignment: &Assignment, out: &Path) -> Result<Option<Self>, CaseworkError> {
        if assignment.decoys.is_empty() {
            return Ok(None);
        }
        let asked = assignment.questioned.iter();
        let asked = asked.map(|work| (work.path.as_path(), None));
        let decoys = assignment.decoys.iter();
        let decoys = decoys.map(|work| (work.path.as_path(), Some(work.decoy.clone())));
        let works: Vec<(&Path, Option<Decoy>)> = asked.chain(decoys).collect();
        if assignment
            .questioned
            .iter()
            .any(|work| !work.crop.is_centre())
        {
            return Err(CaseworkError::Question(
                "works are examined blind by their middle squares: leave the square where it is, or the decoys out".into(),
            ));
        }
        let mut seen = BTreeSet::new();
        let mut given = Vec::new();
        for (path, decoy) in &works {
            let unreadable = |source| CaseError::Unreadable {
                path: (*path).to_owned(),
                source,
            };
            let (sha256, _) = Digest::of_file(path).map_err(unreadable)?;
            if !seen.insert(sha256.to_string()) {
                return Err(CaseworkError::Question(format!(
                    "{} is there twice, as a questioned work or a decoy: leave one of them out",
                    path.display()
                )));
            }
            given.push(GivenWork {
                sha256,
                name: text(path.file_name()),
                ending: text(path.extension()),
                decoy: decoy.clone(),
            });
        }
        let (mapping, places) = Mapping::draw(&given).map_err(CaseworkError::NoRandomness)?;
        let blinding = mapping
            .blinding()
            .map_err(unwritable(Path::new(blinding::FILE)))?;
        let kept = kept_at(blinding.commitment);
        let copies = out.join(blinding::FOLDER);
        let blinded = Self {
            assignment: Assignment {
                questioned: Vec::new(),
                decoys: Vec::new(),
                question: crate::case::Question {
                    blinding: Some(blinding),
                    ..assignment.question.clone()
                },
                ..assignment.clone()
            },
            copies,
            kept,
        };
        match blinded.written(&mapping, &works, &places) {
            Ok(questioned) => Ok(Some(Self {
                assignment: Assignment {
                    questioned,
                    ..blinded.assignment
                },
                ..blinded
            })),
            Err(error) => {
                blinded.undo();
                Err(error)
            }
        }
    }

    /// Keeps the mapping and copies the works; returns the copies.
    fn written(
        &self,
        mapping: &Mapping,
        works: &[(&Path, Option<Decoy>)],
        places: &[usize],
    ) -> Result<Vec<Questioned>, CaseworkError> {
        let bytes = serde_json::to_vec_pretty(mapping).map_err(unwritable(&self.kept))?;
        let folder = self.kept.parent().map_or(Ok(()), fs::create_dir_all);
        folder
            .and_then(|()| atomic::replace(&self.kept, &bytes))
            .map_err(unwritable(&self.kept))?;
        fs::create_dir_all(&self.copies).map_err(unwritable(&self.copies))?;
        let given = places.iter().filter_map(|&place| works.get(place));
        let copied = mapping.works.iter().zip(given).map(|(work, (path, _))| {
            let copy = self.copies.join(&work.file);
            let bytes = fs::read(path).map_err(|source| CaseError::Unreadable {
                path: (*path).to_owned(),
                source,
            })?;
            // Not by the system's copy: that would keep the time of the original.
            atomic::replace(&copy, &bytes).map_err(unwritable(&copy))?;
            Ok(Questioned::from(copy))
        });
        copied.collect()
    }

    /// Takes everything away again, where no case was begun.
    pub fn undo_unless_begun(&self, out: &Path) {
        if !is_case(out) {
            self.undo();
            // One that was there before and is empty again is no loss.
            let _ = fs::remove_dir(out);
        }
    }

    fn undo(&self) {
        // What cannot be removed is in nobody's way.
        let _ = fs::remove_dir_all(&self.copies);
        let _ = fs::remove_file(&self.kept);
    }
}

/// Opens the mapping of a case whose scores are all sealed, if it has one that is not opened.
///
/// # Errors
/// [`CaseworkError::NoMapping`] if it is not among the user's data, or is another than was sealed.
pub(super) fn open_mapping(case: &mut Case) -> Result<(), CaseworkError> {
    let (Some(blinding), false) = (case.record().question.blinding, case.is_unblinded()) else {
        return Ok(());
    };
    let kept = kept_at(blinding.commitment);
    let path = case.path().join(blinding::FILE);
    // A process may have ended between the two.
    let source = if path.exists() { &path } else { &kept };
    // The sentence has both reasons; it names the file that was looked for.
    let refused = || CaseworkError::NoMapping(source.clone());
    let mapping = Mapping::read(source).map_err(|_| refused())?;
    if mapping.blinding().ok() != Some(blinding) {
        return Err(refused());
    }
    let bytes = serde_json::to_vec_pretty(&mapping).map_err(unwritable(&path))?;
    atomic::replace(&path, &bytes).map_err(unwritable(&path))?;
    case.unblind(&mapping, Digest::of(&bytes))?;
    // It lies in the case now.
    let _ = fs::remove_file(&kept);
    Ok(())
}

fn kept_at(commitment: Digest) -> PathBuf {
    let folder = user_folders::data().join(KEPT);
    folder.join(format!("{commitment}.json"))
}

fn unwritable<E: Into<io::Error>>(path: &Path) -> impl Fn(E) -> CaseworkError + '_ {
    |source| {
        CaseError::Unwritable {
            path: path.to_owned(),
            source: source.into(),
        }
        .into()
    }
}

fn text(name: Option<&std::ffi::OsStr>) -> String {
    name.unwrap_or_default().to_string_lossy().into_owned()
}
