//! The results of cases in the state: those of a case that was read, and those that a run under way tells of.

use super::inspection::{self, Inspected};
use super::queue::{has_row, name_of};
use super::run::{Run, RunEvent};
use super::state::{Finished, Grade, Notice, Resumption, Screen, State};
use crate::app::words::{self, say};
use palimpsest_method::examination::Findings;
use palimpsest_method::inversion::Preset;
use palimpsest_method::models::is_built_in;
use palimpsest_record::case::{ArtworkView, CaseView, WorkState};

impl State {
    /// Puts the artworks of a case on the desk, and what was found; returns its first result.
    pub(super) fn take_case(&mut self, view: &CaseView) -> Option<usize> {
        let mut first = None;
        let rows = view.artworks.iter();
        let on_desk = |artwork: &&ArtworkView| {
            let entry = &artwork.entry;
            has_row(entry.role, entry.repeat, entry.reading)
        };
        for artwork in rows.filter(on_desk) {
            let path = artwork.entry.path.as_path().to_owned();
            let id = self.queue.add(path.clone());
            if let Some(work) = self.queue.get_mut(id) {
                work.crop = artwork.entry.crop;
                work.role = artwork.entry.role;
            }
            if let (WorkState::Failed { error }, Some(work)) =
                (&artwork.entry.state, self.queue.get_mut(id))
            {
                work.failed = Some(error.clone());
            }
            if let Some(findings) = &artwork.findings {
                let index = self.keep_result(Finished {
                    case: view.folder.clone(),
                    path,
                    role: artwork.entry.role,
                    mask: view.plan.mask,
                    set_up: None,
                    findings: findings.clone(),
                });
                first = first.or(Some(index));
            }
            self.queue.selected = self.queue.selected.or(Some(id));
        }
        first
    }

    /// Adds a result, or replaces the one of the same artwork in the same case.
    fn keep_result(&mut self, finished: Finished) -> usize {
        let same = |known: &Finished| known.case == finished.case && known.path == finished.path;
        match self.finished.iter().position(same) {
            Some(index) => {
                self.finished[index] = finished;
                index
            }
            None => {
                self.finished.push(finished);
                self.finished.len() - 1
            }
        }
    }

    /// Takes in what a run has told.
    pub(super) fn take(&mut self, outcome: RunEvent) {
        match outcome {
            RunEvent::Done {
                case,
                examination,
                outcome: Ok(findings),
            } => {
                self.keep_pace(&findings);
                let index = self.keep_result(Finished {
                    case: case.folder,
                    path: examination.path,
                    role: examination.role,
                    mask: case.mask,
                    set_up: case.set_up,
                    findings,
                });
                // Whoever looks at a result keeps it; *Compare* follows only whoever watches the run.
                if self.screen == Screen::Recover || self.chosen.is_none() {
                    self.chosen = Some(index);
                }
            }
            RunEvent::Done {
                examination,
                outcome: Err(error),
                ..
            } => {
                let id = self.queue.by_path(&examination.path).map(|work| work.id);
                if let Some(work) = id.and_then(|id| self.queue.get_mut(id)) {
                    work.failed = Some(error);
                }
            }
            RunEvent::Undecoded(error) => self.say(
                Grade::Warning,
                say!("not-decoded-meanwhile", "error" => words::recorded(&error)),
            ),
            RunEvent::Failed { case, error } => {
                let name = name_of(&case.folder);
                // What was done of it is kept: after room was made it goes on from there.
                let is_there = palimpsest_record::case::is_case(&case.folder);
                self.notices.push(Notice {
                    grade: Grade::Error,
                    text: say!(
                        "the-case-could-not-be-finished",
                        "name" => name,
                        "error" => words::recorded(&error),
                    ),
                    resume: is_there.then_some(Resumption::Case(case.folder)),
                    show: None,
                });
            }
            RunEvent::Ended { interrupted } => self.end_run(interrupted),
        }
    }

    /// Remembers how long a step takes here with models like these.
    fn keep_pace(&mut self, findings: &Findings) {
        let facts = self.inspection.known().and_then(Inspected::facts);
        let Some(facts) = facts else {
            return;
        };
        let (key, speed) = (inspection::pace_key(facts), inspection::speed_key(facts));
        let seconds = findings.seconds / findings.plan.settings.steps.max(1) as f64;
        let each = seconds / facts.multiplications.max(1) as f64;
        let models = [&findings.plan.pretrained, &findings.plan.finetuned];
        let built_in = models
            .iter()
            .all(|model| is_built_in(model.identity.path.as_path()));
        if built_in && findings.plan.preset == Preset::Quick {
            let pace = &mut self.preferences.pace;
            pace.insert(inspection::DEMONSTRATION_PACE.to_owned(), findings.seconds);
        }
        self.preferences.pace.insert(key, seconds);
        self.preferences.pace.insert(speed.to_owned(), each);
    }

    /// The first questioned work that the run has a result of: it, and not the control that came last, is what
    /// was asked about.
    fn asked_about(&self, run: &Run) -> Option<usize> {
        let of_run = |finished: &Finished| {
            let mut cases = run.cases.iter();
            finished.role.is_questioned() && cases.any(|case| case.folder == finished.case)
        };
        self.finished.iter().position(of_run)
    }

    fn end_run(&mut self, interrupted: bool) {
        let Some(run) = self.run.take() else { return };
        self.keep();
        match interrupted {
            true => self.leave_run(),
            false => {
                if let Some((file, _)) = self.run_record.take() {
                    file.delete();
                }
            }
        }
        if self.screen == Screen::Recover {
            match self.asked_about(&run).or(self.chosen) {
                Some(index) => self.show_result(index),
                None => self.screen = Screen::Prepare,
            }
        }
    }
}
