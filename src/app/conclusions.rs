//! What cases conclude, read off the frame when it is first shown. Read anew after a run: it may have
//! ended in another conclusion.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;

use super::gallery::Loading;
use super::tasks::Task;
use crate::case::CaseView;
use crate::casework::Assessment;

/// The conclusion of a case.
#[derive(Debug)]
pub struct Conclusion {
    /// None if the scores have not been weighed.
    pub assessment: Option<Assessment>,
    /// Whether the case has any work for comparison.
    pub controlled: bool,
}

/// Those that have been asked for, by the folders of their cases.
#[derive(Default)]
pub struct Conclusions {
    read: BTreeMap<PathBuf, Loading<Arc<Conclusion>>>,
    /// Grows whenever they are read anew.
    pub version: u64,
}

impl Conclusions {
    /// The conclusion of a case; none while it is read, or why it cannot be.
    pub fn of(
        &mut self,
        ctx: &egui::Context,
        folder: &Path,
    ) -> Option<Result<Arc<Conclusion>, String>> {
        let loading = match self.read.remove(folder) {
            Some(loading) => loading.follow(),
            None => {
                let folder = folder.to_owned();
                Loading::Under(Task::start(ctx, "reading a conclusion", move || {
                    read(&folder).map(Arc::new)
                }))
            }
        };
        let conclusion = loading
            .get()
            .map(|read| read.cloned().map_err(str::to_owned));
        self.read.insert(folder.to_owned(), loading);
        conclusion
    }

    /// Something has been examined since.
    pub fn forget(&mut self) {
        self.read.clear();
        self.version += 1;
    }
}

fn read(folder: &Path) -> Result<Conclusion, String> {
    let view = CaseView::read(folder).map_err(|error| error.to_string())?;
    let mut artworks = view.artworks.iter();
    Ok(Conclusion {
        assessment: Assessment::read(folder).map_err(|error| error.to_string())?,
        controlled: artworks.any(|artwork| !artwork.entry.role.is_questioned()),
    })
}
