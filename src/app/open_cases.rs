//! The commands that open a case: it is read beside the frame, then shown or gone on with.

use std::path::Path;

use eframe::egui;

use super::App;
use super::case_opening::{CaseOpening, Purpose};
use super::queue::name_of;
use super::state::{Grade, Notice, Resumption, Screen, State};
use palimpsest_record::case::CaseView;

impl State {
    /// Has a case read and then shown; an unfinished one is offered to be gone on with.
    pub fn open_case(&mut self, folder: &Path) {
        self.openings.push(CaseOpening::new(folder, Purpose::Show));
    }

    fn show_case(&mut self, view: &CaseView, in_use: bool) {
        let folder = &view.folder;
        self.preferences.remember_case(folder);
        self.keep();
        let first = self.take_case(view);
        let runs = self.run.as_ref();
        let ours = runs.is_some_and(|run| run.cases.iter().any(|case| case.folder == *folder));
        if view.is_unfinished() && !ours {
            let name = name_of(folder);
            match in_use {
                true => {
                    let text = format!(
                        "The case {name} is being worked on elsewhere: what it has so far is shown. Open it again to see more."
                    );
                    self.say(Grade::Note, text);
                }
                false => {
                    let text = format!("The case {name} is not finished.");
                    self.notices.push(Notice {
                        grade: Grade::Note,
                        text,
                        resume: Some(Resumption::Case(folder.clone())),
                        show: None,
                    });
                }
            }
        }
        match first {
            Some(index) => self.show_result(index),
            None => self.screen = Screen::Prepare,
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
                Ok(Ok((view, in_use))) => match purpose {
                    Purpose::Show => {
                        self.state.show_case(&view, in_use);
                        self.case_cache.learn(view);
                    }
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
