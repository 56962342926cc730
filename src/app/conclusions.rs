//! What cases conclude, read off the frame when it is first shown. Read anew after a run: it may have
//! ended in another conclusion.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;

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

type Read = Result<Arc<Conclusion>, String>;

/// One that has been asked for.
#[derive(Default)]
struct Asked {
    /// What was read last. It is shown until what is read anew is there: the panel must not jump under
    /// the pointer.
    known: Option<Read>,
    /// None while nothing is read, and nothing has to be.
    reading: Option<Task<Arc<Conclusion>>>,
    stale: bool,
}

/// Those that have been asked for, by the folders of their cases.
#[derive(Default)]
pub struct Conclusions {
    asked: BTreeMap<PathBuf, Asked>,
    /// Grows whenever one has been read.
    pub version: u64,
}

impl Conclusions {
    /// The conclusion of a case; none while it is read for the first time, or why it cannot be.
    pub fn of(&mut self, ctx: &egui::Context, folder: &Path) -> Option<Read> {
        let asked = self.asked.entry(folder.to_owned()).or_insert(Asked {
            stale: true,
            ..Asked::default()
        });
        match asked.reading.take().map(Task::take) {
            Some(Ok(read)) => {
                asked.known = Some(read);
                self.version += 1;
            }
            Some(Err(task)) => asked.reading = Some(task),
            None if asked.stale => {
                asked.stale = false;
                let folder = folder.to_owned();
                let task = Task::start(ctx, "reading a conclusion", move || {
                    read(&folder).map(Arc::new)
                });
                asked.reading = Some(task);
            }
            None => {}
        }
        asked.known.clone()
    }

    /// Something has been examined or written since.
    pub fn forget(&mut self) {
        for asked in self.asked.values_mut() {
            asked.stale = true;
        }
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
