//! Which works are other pictures as they are stored than as they are seen, found beside the frame, so that it can be
//! said before a run how many examinations it comes to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use eframe::egui;

use super::state::State;
use super::tasks::Task;
use palimpsest_method::artwork::{Artwork, Readings};
use palimpsest_record::casework::{ReadWork, further_examinations};

/// Works that are looked at in one task, between which a run can begin.
const BATCH: usize = 4;

/// What is known of the works' files.
#[derive(Default)]
pub struct FormsJob {
    /// Whether the file's two forms are two pictures, by its path; of one that cannot be read they are not.
    known: BTreeMap<PathBuf, bool>,
    task: Option<Task<Vec<(PathBuf, bool)>>>,
    /// Those that are being looked at.
    under_way: Vec<PathBuf>,
}

impl FormsJob {
    /// Whether the two forms of the file are two pictures, once it was looked at.
    fn differs(&self, path: &Path) -> Option<bool> {
        self.known.get(path).copied()
    }

    fn follow(&mut self, ctx: &egui::Context, wanted: &[&Path]) {
        match self.task.take().map(Task::take) {
            Some(Ok(Ok(done))) => self.known.extend(done),
            // What cannot be looked at is not counted; the examination says why.
            Some(Ok(Err(_))) => {
                let failed = std::mem::take(&mut self.under_way).into_iter();
                self.known.extend(failed.map(|path| (path, false)));
            }
            Some(Err(running)) => {
                self.task = Some(running);
                return;
            }
            None => {}
        }
        let unknown = wanted
            .iter()
            .filter(|path| !self.known.contains_key(**path));
        let next: Vec<PathBuf> = unknown.take(BATCH).map(|path| (*path).to_owned()).collect();
        if next.is_empty() {
            return;
        }
        self.under_way.clone_from(&next);
        self.task = Some(Task::start(
            ctx,
            "looking at how files are stored",
            move || Ok(next.into_iter().map(looked_at).collect()),
        ));
    }
}

fn looked_at(path: PathBuf) -> (PathBuf, bool) {
    let differs = Artwork::open(&path).is_ok_and(|artwork| !artwork.differences().is_empty());
    (path, differs)
}

/// The examinations that further readings come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FurtherExaminations {
    /// Readings in which a questioned work is another picture, beside the first.
    pub readings: usize,
    /// Works examined once more, in all of them together.
    pub works: usize,
    /// True while some files have not been looked at: it may be more.
    pub is_open: bool,
}

impl State {
    /// Looks at the works' files where the readings that were chosen ask for it. Call it in every frame.
    pub(super) fn follow_forms(&mut self, ctx: &egui::Context) {
        let usable = self.queue.usable();
        // A run needs the machine more.
        let is_idle = self.run.is_none();
        let wanted = is_idle && both_forms(&self.preferences.set_up.readings);
        let works = usable.into_iter().filter(|_| wanted);
        let works: Vec<&Path> = works.map(|work| &*work.path).collect();
        self.forms.follow(ctx, &works);
    }

    /// The examinations that further readings come to, as far as the files are known.
    pub(super) fn further_examinations(&self) -> FurtherExaminations {
        let readings = &self.preferences.set_up.readings;
        let usable = self.queue.usable();
        let differs = |path: &Path| self.forms.differs(path);
        let is_open = both_forms(readings) && usable.iter().any(|it| differs(&it.path).is_none());
        let works = usable.iter().map(|work| ReadWork {
            role: work.role,
            differs: differs(&work.path).unwrap_or(false),
        });
        let (readings, works) = further_examinations(readings, &works.collect::<Vec<_>>());
        FurtherExaminations {
            readings: readings.len(),
            works: works.len(),
            is_open,
        }
    }
}

/// True if files are read in both forms: else how they are stored makes no difference to the number.
fn both_forms(readings: &Readings) -> bool {
    let mut further = readings.further.iter();
    further.any(|reading| reading.form != readings.first.form)
}
