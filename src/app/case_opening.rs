//! Cases on their way into the window: each is read on a thread of its own, and taken in by the first frame that
//! finds it read.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::App;
use super::queue::name_of;
use super::state::{Grade, Notice, Screen, State};
use super::tasks::Task;
use palimpsest_record::case::{CaseView, is_case};

/// The purpose of reading a case.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// The user wants to see it.
    Show,
    /// The user wants its work to go on.
    Resume,
    /// It was under way when the program ended: the user is asked, if something is left to be done.
    Offer,
}

/// A case that is to be read, or is being read.
pub struct CaseOpening {
    folder: PathBuf,
    purpose: Purpose,
    /// None until a frame comes that can wait for it.
    reading: Option<Task<CaseView>>,
}

impl CaseOpening {
    pub fn new(folder: &Path, purpose: Purpose) -> Self {
        Self {
            folder: folder.to_owned(),
            purpose,
            reading: None,
        }
    }

    /// True if the user waits for it.
    pub fn is_awaited(&self) -> bool {
        self.purpose != Purpose::Offer
    }

    fn started(self, ctx: &egui::Context) -> Task<CaseView> {
        let folder = self.folder;
        self.reading.unwrap_or_else(|| {
            Task::start(ctx, "reading a case", move || {
                CaseView::read(&folder).map_err(|error| error.to_string())
            })
        })
    }
}

impl State {
    /// Has a case read and then shown; an unfinished one is offered to be gone on with.
    pub fn open_case(&mut self, folder: &Path) {
        self.openings.push(CaseOpening::new(folder, Purpose::Show));
    }

    /// Has the cases read that were under way when the program ended last.
    pub(super) fn offer_resumption(&mut self) {
        let folders = std::mem::take(&mut self.preferences.under_way);
        // One that was deleted since, or of which nothing came on disk, is no news.
        let there = folders.iter().filter(|folder| is_case(folder));
        let openings = there.map(|folder| CaseOpening::new(folder, Purpose::Offer));
        self.openings.extend(openings);
    }

    fn show_case(&mut self, view: &CaseView) {
        let folder = &view.folder;
        self.preferences.remember_case(folder);
        self.keep();
        let first = self.take_case(view);
        if view.is_unfinished() {
            let text = format!("The case {} is not finished.", name_of(folder));
            self.notices.push(resumable(text, folder));
        }
        match first {
            Some(index) => self.show_result(index),
            None => self.screen = Screen::Prepare,
        }
    }

    fn offer(&mut self, view: &CaseView) {
        if view.is_unfinished() {
            let name = name_of(&view.folder);
            let text = format!(
                "The case {name} was under way when the program ended. It can go on where it was."
            );
            self.notices.push(resumable(text, &view.folder));
        }
    }
}

impl App {
    /// Has a case read and then gone on with.
    pub(super) fn resume_case(&mut self, folder: &Path) {
        let opening = CaseOpening::new(folder, Purpose::Resume);
        self.state.openings.push(opening);
    }

    /// Starts reading what is to be read, and takes in what has been.
    pub(super) fn follow_openings(&mut self, ctx: &egui::Context) {
        for opening in std::mem::take(&mut self.state.openings) {
            let (folder, purpose) = (opening.folder.clone(), opening.purpose);
            match opening.started(ctx).take() {
                Err(reading) => self.state.openings.push(CaseOpening {
                    folder,
                    purpose,
                    reading: Some(reading),
                }),
                Ok(Err(error)) => self.state.say(Grade::Error, error),
                Ok(Ok(view)) => match purpose {
                    Purpose::Show => {
                        self.state.show_case(&view);
                        self.case_cache.learn(view);
                    }
                    Purpose::Offer => self.state.offer(&view),
                    // Another run may have been started meanwhile.
                    Purpose::Resume if self.state.run.is_some() => {
                        let name = name_of(&folder);
                        let text = format!(
                            "A run is under way: resume the case {name} when it has ended."
                        );
                        self.state.say(Grade::Warning, text);
                    }
                    Purpose::Resume => self.go_on_with(ctx, &view),
                },
            }
        }
    }
}

fn resumable(text: String, folder: &Path) -> Notice {
    Notice {
        grade: Grade::Note,
        text,
        resume: Some(folder.to_owned()),
        show: None,
    }
}
