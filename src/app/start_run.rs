//! Beginning of a run: which works make a case together, the demonstration, and a case gone on with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;

use super::App;
use super::queue::Work;
use super::run::{CaseRun, Run};
use super::runner::{Task, Wake};
use super::set_up::{ModelRole, SetUp};
use super::state::{Grade, Resumption, Screen};
use super::unfinished_run::{Beginning, RecordedCase, RecordedWork, RunFile, RunRecord};
use crate::app::words::say;
use palimpsest_lab::demonstration;
use palimpsest_method::examination::ModelSource;
use palimpsest_method::mask::Mask;
use palimpsest_record::case::{ArtworkEntry, CaseView, ControlDraw, Role, WorkState};
use palimpsest_record::casework::{Assignment, Control, Examination, Questioned};

impl App {
    /// Starts a case for every mask. With controls it holds all of the `meant` works; without, those that
    /// have no result with the mask yet. Where nothing is left to be done, everything is done again.
    ///
    /// The cases are entered in the registry if they are `registered`, and say what draw their controls come from.
    pub(super) fn start_in(
        &mut self,
        ctx: &egui::Context,
        (registered, controls_drawn): (bool, Option<ControlDraw>),
        meant: impl Fn(&Path) -> bool,
    ) {
        let state = &mut self.state;
        let set_up = state.preferences.set_up.clone();
        let usable = state.queue.usable().into_iter();
        let usable: Vec<&Work> = usable.filter(|work| meant(&work.path)).collect();
        let controlled = usable.iter().any(|work| !work.role.is_questioned());
        let waiting = |mask| {
            let open = |work: &&&Work| !state.is_examined((&work.path, work.crop), mask);
            match controlled && usable.iter().any(|work| open(&work)) {
                true => usable.clone(),
                false => usable.iter().filter(open).copied().collect(),
            }
        };
        let masks = set_up.masks.iter();
        let mut cases: Vec<(Mask, Vec<&Work>)> = masks.map(|&mask| (mask, waiting(mask))).collect();
        if cases.iter().all(|(_, works)| works.is_empty()) {
            let masks = set_up.masks.iter();
            cases = masks.map(|&mask| (mask, usable.clone())).collect();
        }
        cases.retain(|(_, works)| !works.is_empty());
        let base = state.preferences.cases_folder();
        let (mut runs, mut tasks) = (Vec::<CaseRun>::new(), Vec::new());
        let mut recorded = Vec::new();
        for (mask, works) in cases {
            let recorded_works = works.iter().map(|work| RecordedWork {
                path: work.path.clone(),
                crop: work.crop,
                role: work.role,
            });
            let beginning = Beginning {
                mask,
                works: recorded_works.collect(),
                set_up: set_up.clone(),
                registered,
                controls_drawn,
            };
            let Some(assignment) = assignment_of(&beginning, state.store.registry()) else {
                continue;
            };
            let taken: Vec<PathBuf> = runs.iter().map(|run| run.folder.clone()).collect();
            let artworks: Vec<PathBuf> = works.iter().map(|work| work.path.clone()).collect();
            let folder = new_folder(&base, &artworks, &mask.to_string(), &taken);
            recorded.push(RecordedCase {
                folder: folder.clone(),
                beginning: Some(Box::new(beginning)),
            });
            runs.push(CaseRun {
                mask,
                examinations: assignment.examinations(&folder),
                folder,
                set_up: Some(set_up.clone()),
                finished_before: 0,
            });
            tasks.push(Task::Begin(Box::new(assignment)));
        }
        self.run(ctx, runs, tasks, RunRecord { cases: recorded });
    }

    /// Starts a run, and writes the record by which it can be gone on with as a whole.
    pub(super) fn run(
        &mut self,
        ctx: &egui::Context,
        cases: Vec<CaseRun>,
        tasks: Vec<Task>,
        record: RunRecord,
    ) {
        let state = &mut self.state;
        match RunFile::create(&state.store.registry(), &record) {
            Ok(file) => state.run_record = Some((file, record)),
            Err(error) => state.say(
                Grade::Warning,
                say!(
                    "not-offered-again",
                    "error" => error,
                    "folder" => state.store.registry().display(),
                ),
            ),
        }
        for case in &cases {
            state.preferences.remember_case(&case.folder);
        }
        state.keep();
        let wake: Wake = {
            let (ctx, interval) = (ctx.clone(), self.repaint.clone());
            Arc::new(move || ctx.request_repaint_after(interval.get()))
        };
        let decode_every = state.preferences.set_up.decode_every;
        state.run = Some(Run::start(cases, tasks, decode_every, wake));
        state.screen = Screen::Recover;
    }

    /// Puts the works of a case on the desk and starts what is left to be done of it.
    pub(super) fn go_on_with(&mut self, ctx: &egui::Context, view: &CaseView) {
        let folder = &view.folder;
        self.state
            .notices
            .retain(|notice| notice.resume.as_ref() != Some(&Resumption::Case(folder.clone())));
        self.state.take_case(view);
        let artworks = view.artworks.iter();
        let run = CaseRun {
            mask: view.plan.mask,
            folder: folder.clone(),
            examinations: artworks
                .map(|artwork| examination(&artwork.entry))
                .collect(),
            set_up: None,
            finished_before: finished(view),
        };
        let pretrained = view.plan.pretrained.identity.path.as_path().to_owned();
        let choices = view.plan.choices();
        let record = RunRecord {
            cases: vec![RecordedCase {
                folder: folder.clone(),
                beginning: None,
            }],
        };
        self.run(
            ctx,
            vec![run],
            vec![Task::Resume {
                pretrained,
                choices,
            }],
            record,
        );
    }

    /// Puts works of the demonstration on the desk, and the built-in models, and starts.
    pub(super) fn demonstrate(&mut self, ctx: &egui::Context) {
        let folder = palimpsest_base::user_folders::cache().join("demonstration");
        let works = match demonstration::sample(&folder) {
            Ok(works) => works,
            Err(error) => return self.state.say(Grade::Error, error.to_string()),
        };
        let mut set_up = SetUp {
            clip: self.state.preferences.set_up.clip.clone(),
            dino: self.state.preferences.set_up.dino.clone(),
            ..SetUp::default()
        };
        for role in ModelRole::BOTH {
            set_up.set_model(role, Some(role.built_in().into()));
        }
        self.state
            .change(set_up, say!("run-the-demonstration"), false);
        for (path, role) in works.iter().rev() {
            let id = self.state.queue.add_as(path.clone(), *role);
            self.state.queue.selected = Some(id);
        }
        let place = |path: &Path| works.iter().position(|(known, _)| known == path);
        (self.state.queue.works).sort_by_key(|work| place(&work.path).unwrap_or(usize::MAX));
        self.start_in(ctx, (false, None), |path| place(path).is_some());
    }
}

/// How many of its examinations are finished.
pub(super) fn finished(view: &CaseView) -> usize {
    let entries = view.artworks.iter().map(|artwork| &artwork.entry.state);
    entries
        .filter(|state| **state == WorkState::Finished)
        .count()
}

pub(super) fn examination(entry: &ArtworkEntry) -> Examination {
    Examination {
        path: entry.path.as_path().to_owned(),
        role: entry.role,
        repeat: entry.repeat,
        reading: entry.reading,
    }
}

/// The assignment to examine works, the questioned ones first; none where a model is not chosen.
pub(super) fn assignment_of(beginning: &Beginning, registry: PathBuf) -> Option<Assignment> {
    let set_up = &beginning.set_up;
    let request = set_up.request(beginning.mask)?;
    let works = beginning.works.iter();
    let (questioned, controls): (Vec<&RecordedWork>, Vec<&RecordedWork>) =
        works.partition(|work| work.role.is_questioned());
    let questioned = questioned.iter().map(|work| Questioned {
        path: work.path.clone(),
        crop: work.crop,
    });
    let declared = controls.iter().map(|work| Control {
        path: work.path.clone(),
        crop: work.crop,
        role: work.role,
        declared: set_up.declared(work.role).to_owned(),
    });
    let inquiry = &set_up.inquiry;
    let mut question = inquiry.question();
    question.controls_drawn = beginning.controls_drawn;
    if !controls.iter().any(|work| work.role == Role::Negative) {
        // It says something of works that are not there.
        question.declaration = None;
    }
    Some(Assignment {
        registry: beginning.registered.then_some(registry),
        controls: declared.collect(),
        own_outputs: inquiry.own_outputs,
        null_run: inquiry.null_run.as_ref().map(ModelSource::from),
        self_test: inquiry.self_test,
        may_gain_controls: true,
        question,
        further_readings: set_up.readings.further.clone(),
        ..Assignment::new(request, questioned.collect())
    })
}

/// A folder for a new case that is called after its artworks and mask and does not exist yet.
fn new_folder(base: &Path, artworks: &[PathBuf], mask: &str, taken: &[PathBuf]) -> PathBuf {
    let first = artworks.first().and_then(|path| path.file_stem());
    let stem = first.map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let plain = |c: char| {
        if c.is_alphanumeric() || c == '-' || c == '_' || c == ' ' {
            c
        } else {
            '-'
        }
    };
    let short: String = stem.chars().map(plain).take(40).collect();
    let more = match artworks.len() {
        0 | 1 => String::new(),
        count => say!("and-more", "count" => count - 1),
    };
    let name = format!("{}{more}, {}", short.trim(), mask.replace(':', " "));
    let free = |name: &String| {
        let folder = base.join(name);
        !folder.exists() && !taken.contains(&folder)
    };
    let numbered = (2..).map(|n: u64| format!("{name} ({n})"));
    let names = std::iter::once(name.clone()).chain(numbered);
    base.join(names.take(100_000).find(free).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::queue::name_of;

    #[test]
    fn a_new_case_is_called_after_its_artworks_and_takes_no_other_cases_folder() {
        let base = tempfile::tempdir().unwrap();
        let artworks = [
            PathBuf::from("/x/Olive: grove.jpg"),
            PathBuf::from("/x/b.png"),
        ];
        let folder = new_folder(base.path(), &artworks, "block:4", &[]);
        assert_eq!(name_of(&folder), "Olive- grove and 1 more, block 4");
        std::fs::create_dir(&folder).unwrap();
        let second = new_folder(base.path(), &artworks, "block:4", &[]);
        assert_eq!(name_of(&second), "Olive- grove and 1 more, block 4 (2)");
        let third = new_folder(base.path(), &artworks, "block:4", &[second]);
        assert_eq!(name_of(&third), "Olive- grove and 1 more, block 4 (3)");
    }
}
