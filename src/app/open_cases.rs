//! The commands that open a case: it is read beside the frame, then shown, gone on with, or offered.

use std::path::Path;

use eframe::egui;

use super::App;
use super::case_opening::{CaseOpening, Purpose};
use super::queue::name_of;
use super::state::{Grade, Notice, Screen, State};
use palimpsest_record::case::{CaseView, is_case};

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
