//! The commands that open a case: it is read beside the frame, then shown or gone on with.

use std::path::Path;

use eframe::egui;

use super::App;
use super::case_opening::{CaseOpening, Opened, Purpose, ReadCase};
use super::queue::name_of;
use super::state::{Grade, Notice, Overlay, Resumption, Screen, State};
use super::verification_job::VerificationJob;
use crate::app::words::say;
use palimpsest_record::case::CaseView;

impl State {
    /// Has a case read and then shown; an unfinished one is offered to be gone on with.
    pub fn open_case(&mut self, folder: &Path) {
        self.openings.push(CaseOpening::new(folder, Purpose::Show));
    }

    fn remember_case(&mut self, folder: &Path) {
        self.preferences.remember_case(folder);
        self.keep();
    }

    /// True if the case is a copy out of an archive.
    pub fn is_only_looked_at(&self, folder: &Path) -> bool {
        let mut copies = self.only_looked_at.iter();
        copies.any(|copy| copy.folder() == folder)
    }

    fn show_case(&mut self, view: &CaseView, in_use: bool) {
        let folder = &view.folder;
        let first = self.take_case(view);
        let runs = self.run.as_ref();
        let ours = runs.is_some_and(|run| run.cases.iter().any(|case| case.folder == *folder));
        if view.is_unfinished() && !ours && !self.is_only_looked_at(folder) {
            let name = name_of(folder);
            match in_use {
                true => {
                    let text = say!("case-worked-on-elsewhere", "name" => name);
                    self.say(Grade::Note, text);
                }
                false => {
                    let text = say!("the-case-is-not-finished", "name" => name);
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

    /// Shows a case that was read, checked at once where it came out of an archive.
    fn show_read(&mut self, ctx: &egui::Context, asked: &Path, read: ReadCase) {
        match read.unpacked {
            Some(unpacked) => {
                self.state.only_looked_at.push(unpacked);
                let text = say!("was-taken-out-of-its-archive", "name" => name_of(asked));
                self.state.say(Grade::Note, text);
                self.check = Some(VerificationJob::begin(ctx, read.view.folder.clone(), false));
            }
            None => self.state.remember_case(&read.view.folder),
        }
        match read.exhibit {
            Some(Ok(found)) => self
                .state
                .say(Grade::Note, format!("{}: {found}.", name_of(asked))),
            Some(Err(fault)) => self.state.say(Grade::Error, format!("{fault}.")),
            None => {}
        }
        self.state.show_case(&read.view, read.in_use);
        self.case_cache.learn(read.view);
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
                Ok(Ok(Opened::ExhibitAlone(exhibit))) => {
                    self.state.overlay = Overlay::ExhibitAlone(exhibit);
                }
                Ok(Ok(Opened::Case(read))) => match purpose {
                    Purpose::Show => self.show_read(ctx, &folder, *read),
                    // Another run may have been started meanwhile.
                    Purpose::Resume if self.state.run.is_some() => {
                        let name = name_of(&folder);
                        let text = say!("resume-the-case-later", "name" => name);
                        self.state.say(Grade::Warning, text);
                    }
                    Purpose::Resume => self.go_on_with(ctx, &read.view),
                },
            }
        }
    }
}
