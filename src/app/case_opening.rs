//! Cases on their way into the window: each is read on a thread of its own, and taken in by the first frame that
//! finds it read.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::queue::name_of;
use super::state::ExhibitAlone;
use super::tasks::Task;
use palimpsest_base::sentence_case::sentence_of;
use palimpsest_base::user_folders;
use palimpsest_record::case::archive::{OPENED, Unpacked, is_called_archive, unpack};
use palimpsest_record::case::verification::Expectations;
use palimpsest_record::case::{CaseView, is_in_use};
use palimpsest_record::casework::checking::{Subject, check, is_called_exhibit};
use palimpsest_record::casework::exhibit_alone::{CheckedAlone, check_alone};

/// A case that was read.
pub struct ReadCase {
    pub view: CaseView,
    /// True if somebody works on it.
    pub in_use: bool,
    /// The copy that is looked at, of a case in an archive.
    pub unpacked: Option<Unpacked>,
    /// What was found of the exhibit that it was opened by.
    pub exhibit: Option<Result<String, String>>,
}

/// What was opened.
pub enum Opened {
    Case(Box<ReadCase>),
    /// An exhibit whose case is not at hand.
    ExhibitAlone(Box<ExhibitAlone>),
}

/// Reads the case in a folder or an archive, or the one that an exhibit lies in; else the exhibit alone.
fn read(path: &Path) -> Result<Opened, String> {
    let told = |error: &dyn std::fmt::Display| error.to_string();
    if is_called_archive(path) {
        let within = user_folders::cache().join(OPENED);
        let unpacked = unpack(path, &within).map_err(|error| told(&error))?;
        let view = CaseView::read(unpacked.folder()).map_err(|error| told(&error))?;
        return Ok(Opened::Case(Box::new(ReadCase {
            view,
            in_use: false,
            unpacked: Some(unpacked),
            exhibit: None,
        })));
    }
    let (folder, exhibit) = match is_called_exhibit(path) {
        true => {
            let Ok(subject) = Subject::of(path, None) else {
                let checked =
                    check_alone(path, &Expectations::default()).map_err(|error| told(&error))?;
                return Ok(Opened::ExhibitAlone(Box::new(alone(path, checked))));
            };
            let checked =
                check(&subject, &Expectations::default()).map_err(|error| told(&error))?;
            let found = match checked.stranger {
                Some(fault) => Err(fault),
                // An exhibit that is no stranger has its sentence.
                None => Ok(checked.exhibit.unwrap_or_default()),
            };
            (subject.case, Some(found))
        }
        false => (path.to_owned(), None),
    };
    let view = CaseView::read(&folder).map_err(|error| told(&error))?;
    Ok(Opened::Case(Box::new(ReadCase {
        view,
        in_use: is_in_use(&folder),
        unpacked: None,
        exhibit,
    })))
}

fn alone(path: &Path, checked: CheckedAlone) -> ExhibitAlone {
    let problems = checked.problems();
    ExhibitAlone {
        name: name_of(path),
        problems: problems.iter().map(|text| sentence_of(text)).collect(),
        cover: checked.cover,
        holds: checked.holds,
        cannot_tell: checked.cannot_tell,
    }
}

/// The purpose of reading a case.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// The user wants to see it.
    Show,
    /// The user wants its work to go on.
    Resume,
}

/// A case that is to be read, or is being read.
pub struct CaseOpening {
    pub(super) folder: PathBuf,
    pub(super) purpose: Purpose,
    /// None until a frame comes that can wait for it.
    pub(super) reading: Option<Task<Opened>>,
}

impl CaseOpening {
    pub fn new(folder: &Path, purpose: Purpose) -> Self {
        Self {
            folder: folder.to_owned(),
            purpose,
            reading: None,
        }
    }

    pub(super) fn started(self, ctx: &egui::Context) -> Task<Opened> {
        let folder = self.folder;
        self.reading
            .unwrap_or_else(|| Task::start(ctx, "reading a case", move || read(&folder)))
    }
}
