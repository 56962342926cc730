//! Cases on their way into the window: each is read on a thread of its own, and taken in by the first frame that
//! finds it read.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::tasks::Task;
use palimpsest_record::case::{CaseView, is_in_use};

/// A case, and whether somebody works on it.
pub type ReadCase = (CaseView, bool);

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
    pub(super) reading: Option<Task<ReadCase>>,
}

impl CaseOpening {
    pub fn new(folder: &Path, purpose: Purpose) -> Self {
        Self {
            folder: folder.to_owned(),
            purpose,
            reading: None,
        }
    }

    pub(super) fn started(self, ctx: &egui::Context) -> Task<ReadCase> {
        let folder = self.folder;
        self.reading.unwrap_or_else(|| {
            Task::start(ctx, "reading a case", move || {
                let view = CaseView::read(&folder).map_err(|error| error.to_string())?;
                Ok((view, is_in_use(&folder)))
            })
        })
    }
}
