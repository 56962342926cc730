//! Runs that were left before their end, by a crash, a quit or *Stop*: how far each is gets read beside the
//! frame, then it is offered as a whole, and gone on with as a whole.

use std::path::Path;

use eframe::egui;

use super::App;
use super::run::CaseRun;
use super::runner::Task as Work;
use super::start_run::{assignment_of, examination, finished};
use super::state::{Grade, Notice, Resumption, State};
use super::tasks::Task;
use super::unfinished_run::{Begun, RunFile, RunRecord};
use crate::app::words::say;

/// A run that was left.
pub struct LeftRun {
    file: RunFile,
    record: RunRecord,
    /// The reason it was left, as the offer begins.
    was_under_way: bool,
    reading: Reading,
}

/// The purpose for which its cases are read.
enum Reading {
    /// To be begun by the next frame; true if it is then gone on with.
    Wanted(bool),
    Under(bool, Task<Vec<Begun>>),
    /// Offered.
    Rests,
}

impl LeftRun {
    fn is_at(&self, record: &Path) -> bool {
        self.file.path() == record
    }
}

impl State {
    /// Looks for runs that were under way when a program ended. Those of another window are left to it.
    pub(super) fn find_left_runs(&mut self) {
        for (file, record) in RunFile::left_behind(&self.store.registry()) {
            self.left_runs.push(LeftRun {
                file,
                record,
                was_under_way: true,
                reading: Reading::Wanted(false),
            });
        }
    }

    /// Offers the run that was stopped just now, if something is left of it.
    pub(super) fn leave_run(&mut self) {
        if let Some((file, record)) = self.run_record.take() {
            self.left_runs.push(LeftRun {
                file,
                record,
                was_under_way: false,
                reading: Reading::Wanted(false),
            });
        }
    }

    /// Has a run read, and then gone on with.
    pub(super) fn resume_run(&mut self, record: &Path) {
        let mut left = self.left_runs.iter_mut();
        if let Some(run) = left.find(|run| run.is_at(record)) {
            run.reading = Reading::Wanted(true);
        }
    }

    /// Gives a run up: it is not offered again. Its cases stay.
    pub(super) fn forget_run(&mut self, record: &Path) {
        let at = self.left_runs.iter().position(|run| run.is_at(record));
        if let Some(at) = at {
            self.left_runs.remove(at).file.delete();
        }
    }

    /// True while the user waits for a run to go on.
    pub(super) fn is_resuming(&self) -> bool {
        let mut runs = self.left_runs.iter();
        runs.any(|run| matches!(run.reading, Reading::Wanted(true) | Reading::Under(true, _)))
    }

    fn offer_run(&mut self, run: LeftRun, begun: &[Begun]) {
        let left = run.record.left(begun);
        if left == 0 {
            run.file.delete();
            return;
        }
        let text = offer(&run.record, left, run.was_under_way);
        self.notices.push(Notice {
            grade: Grade::Note,
            text,
            resume: Some(Resumption::Run(run.file.path().to_owned())),
            show: None,
        });
        self.left_runs.push(LeftRun {
            reading: Reading::Rests,
            ..run
        });
    }
}

/// The sentence that offers a run.
fn offer(record: &RunRecord, left: usize, was_under_way: bool) -> String {
    let names = record.cases.iter();
    let mut names = names.map(|case| super::queue::name_of(&case.folder));
    let first = names.next().unwrap_or_default();
    let cases = record.cases.len();
    match (cases, was_under_way) {
        (0 | 1, true) => say!("left-case-under-way", "name" => first),
        (0 | 1, false) => say!("left-case-stopped", "name" => first),
        (_, true) => say!("left-run-under-way", "cases" => cases, "left" => left, "name" => first),
        (_, false) => say!("left-run-stopped", "cases" => cases, "left" => left, "name" => first),
    }
}

impl App {
    /// Starts reading the runs that are to be read, and takes in what has been.
    pub(super) fn follow_left_runs(&mut self, ctx: &egui::Context) {
        for mut run in std::mem::take(&mut self.state.left_runs) {
            run.reading = match run.reading {
                Reading::Wanted(goes_on) => {
                    let record = run.record.clone();
                    let read = move || record.read_cases();
                    Reading::Under(goes_on, Task::start(ctx, "reading a run", read))
                }
                other => other,
            };
            let (goes_on, task) = match run.reading {
                Reading::Under(goes_on, task) => (goes_on, task),
                reading => {
                    self.state.left_runs.push(LeftRun { reading, ..run });
                    continue;
                }
            };
            match (task.take(), goes_on) {
                (Err(task), _) => {
                    let reading = Reading::Under(goes_on, task);
                    self.state.left_runs.push(LeftRun { reading, ..run });
                }
                // The record stays, and with it the offer at the next start.
                (Ok(Err(error)), _) => {
                    let run = LeftRun {
                        reading: Reading::Rests,
                        ..run
                    };
                    self.state.left_runs.push(run);
                    self.state.say(Grade::Error, error);
                }
                (Ok(Ok(begun)), false) => {
                    let run = LeftRun {
                        reading: Reading::Rests,
                        ..run
                    };
                    self.state.offer_run(run, &begun);
                }
                (Ok(Ok(_)), true) if self.state.run.is_some() => {
                    let text = say!("resume-the-other-later");
                    self.state.say(Grade::Warning, text);
                    let run = LeftRun {
                        reading: Reading::Rests,
                        ..run
                    };
                    self.state.left_runs.push(run);
                }
                (Ok(Ok(begun)), true) => self.go_on_with_run(ctx, run.file, run.record, begun),
            }
        }
    }

    /// Starts what is left to be done of a run.
    fn go_on_with_run(
        &mut self,
        ctx: &egui::Context,
        file: RunFile,
        record: RunRecord,
        begun: Vec<Begun>,
    ) {
        let offered = Resumption::Run(file.path().to_owned());
        let state = &mut self.state;
        state
            .notices
            .retain(|notice| notice.resume.as_ref() != Some(&offered));
        let (mut runs, mut tasks, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for (case, begun) in record.cases.into_iter().zip(begun) {
            let set_up = case.beginning.as_ref().map(|of| of.set_up.clone());
            match begun {
                Some(view) => {
                    state.take_case(&view);
                    if !view.is_unfinished() {
                        continue;
                    }
                    let entries = view.artworks.iter();
                    runs.push(CaseRun {
                        mask: view.plan.mask,
                        folder: view.folder.clone(),
                        examinations: entries.map(|work| examination(&work.entry)).collect(),
                        set_up,
                        finished_before: finished(&view),
                    });
                    let pretrained = view.plan.pretrained.identity.path.as_path().to_owned();
                    let choices = view.plan.choices();
                    tasks.push(Work::Resume {
                        pretrained,
                        choices,
                    });
                }
                None => {
                    let Some(beginning) = &case.beginning else {
                        continue;
                    };
                    let registry = state.store.registry();
                    let Some(assignment) = assignment_of(beginning, registry) else {
                        continue;
                    };
                    for work in &beginning.works {
                        let id = state.queue.add_as(work.path.clone(), work.role);
                        if let Some(row) = state.queue.get_mut(id) {
                            row.crop = work.crop;
                        }
                    }
                    runs.push(CaseRun {
                        mask: beginning.mask,
                        examinations: assignment.examinations(&case.folder),
                        folder: case.folder.clone(),
                        set_up,
                        finished_before: 0,
                    });
                    tasks.push(Work::Begin(Box::new(assignment)));
                }
            }
            left.push(case);
        }
        if !tasks.is_empty() {
            self.run(ctx, runs, tasks, RunRecord { cases: left });
        }
        // What is left has a record of its own now.
        file.delete();
    }
}

#[cfg(test)]
mod tests {
    use super::super::unfinished_run::RecordedCase;
    use super::*;

    #[test]
    fn the_offer_is_one_for_a_whole_run_and_says_how_much_is_left() {
        let case = |name: &str| RecordedCase {
            folder: format!("/cases/{name}").into(),
            beginning: None,
        };
        let one = RunRecord {
            cases: vec![case("a")],
        };
        assert_eq!(
            offer(&one, 1, true),
            "The case a was under way when the program ended. It can go on where it was."
        );
        let three = RunRecord {
            cases: ["a, block 4", "a, half", "a, blur"].map(case).into(),
        };
        let said = offer(&three, 2, true);
        assert!(
            said.starts_with(
                "A run of 3 cases was under way when the program ended; 2 of them are left"
            ),
            "{said}"
        );
        assert!(offer(&three, 1, false).contains("1 of them is left"));
    }
}
