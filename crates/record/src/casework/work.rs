//! A case that is being worked on: one examination after another, everything on disk as it comes.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::assessing::{assess_open, has_controls};
use super::assignment::{OWN_OUTPUTS, models_of, picture_of};
use super::blinding::open_mapping;
use super::error::CaseworkError;
use super::result::{WorkResult, report};
use crate::case::journal::Event;
use crate::case::{Case, CaseError, Role, WorkState};
use palimpsest_base::error_kind::error_kind;
use palimpsest_base::experiment_manifest;
use palimpsest_base::home::without_folders;
use palimpsest_method::examination::{
    ExaminationError, Examiner, Findings, MemoryRule, Plan, Progress, Stage, Steering,
};
use palimpsest_method::generation::{RECORD, Recipe, generate};

/// A case, and the pair of models that is open.
pub(super) struct Work<'a> {
    case: Case,
    examiner: Examiner,
    /// Number of the pair, as [`models_of`] counts them.
    pair: u8,
    /// True if the model's own pictures are there and sealed.
    has_own_outputs: bool,
    steering: &'a Steering,
}

/// The reason that an artwork was not finished.
enum Failure {
    /// Others may be.
    OfArtwork(Box<ExaminationError>),
    /// Others would not be.
    OfCase(CaseworkError),
}

impl<'a> Work<'a> {
    /// The work on `case` with the examiner of its main pair of models.
    pub fn new(case: Case, examiner: Examiner, steering: &'a Steering) -> Self {
        Self {
            has_own_outputs: case.has_sealed(&format!("{OWN_OUTPUTS}/{RECORD}")),
            case,
            examiner,
            pair: models_of(Role::Questioned),
            steering,
        }
    }

    /// Examines the artworks `todo`, and weighs the scores if there are controls.
    pub fn finish(mut self, todo: &[usize]) -> Result<Vec<WorkResult>, CaseworkError> {
        if let Err(error) = self.examine_all(todo) {
            tracing::error!(kind = error_kind(&error), "case broken off");
            if error.is_interruption() {
                self.case.emit(&Event::Cancelled {})?;
            }
            return Err(error);
        }
        open_mapping(&mut self.case)?;
        if has_controls(&self.case) {
            assess_open(&mut self.case)?;
        }
        Ok(report(&self.case))
    }

    fn examine_all(&mut self, todo: &[usize]) -> Result<(), CaseworkError> {
        for &index in todo {
            if self.steering.control().ends_after_this() {
                return Err(ExaminationError::Interrupted.into());
            }
            let is_last = todo.last() == Some(&index);
            let number = index + 1;
            let began = Instant::now();
            tracing::info!(
                number,
                steps = self.examiner.plan().settings.steps,
                "examination begun"
            );
            let outcome = match self.examine(index, is_last) {
                Ok(None) => continue,
                Ok(Some(findings)) => {
                    let seconds = began.elapsed().as_secs_f64();
                    tracing::info!(number, seconds, "examination finished");
                    Ok(findings)
                }
                Err(Failure::OfArtwork(error)) => {
                    tracing::error!(number, kind = error_kind(&error), "examination failed");
                    let error = self.without_folders(&error.to_string(), index);
                    let state = WorkState::Failed {
                        error: error.clone(),
                    };
                    self.case.note(index, state)?;
                    Err(error)
                }
                Err(Failure::OfCase(error)) => return Err(error),
            };
            self.steering.emit(Progress::Done { number, outcome });
        }
        Ok(())
    }

    /// A sentence on the artwork `index` as the record may have it.
    fn without_folders(&self, sentence: &str, index: usize) -> String {
        let Some(entry) = self.case.artworks().get(index) else {
            return without_folders(sentence, []);
        };
        let picture = picture_of(entry, self.case.path());
        let models = self.case.record().plan_of(entry.role).identities();
        let known = models.map(|identity| identity.path.as_path());
        without_folders(sentence, known.chain([&*picture, self.case.path()]))
    }

    /// Examines the artwork `index`; none if there is no such artwork.
    fn examine(&mut self, index: usize, is_last: bool) -> Result<Option<Arc<Findings>>, Failure> {
        let artworks = self.case.artworks();
        let (Some(entry), Some(folder)) = (artworks.get(index).cloned(), self.case.folder(index))
        else {
            return Ok(None);
        };
        let path = picture_of(&entry, self.case.path());
        self.steering.emit(Progress::Artwork {
            number: index + 1,
            of: artworks.len(),
            path: path.clone(),
        });
        if entry.role == Role::OwnOutput && !self.has_own_outputs {
            self.make_own_outputs().map_err(Failure::OfCase)?;
        }
        self.open_models_of(entry.role)?;
        let plans = self.case.record().plan_of(entry.role).settings.seed();
        if let Some(seed) = entry.seed.or(plans) {
            self.examiner.reseed(seed)?;
        }
        let plans = self.case.record().plan_of(entry.role).reading;
        self.examiner.read_as(entry.reading.unwrap_or(plans));
        let prepared = self.examiner.prepare(&path, entry.sha256, entry.crop)?;
        // Before the case is on disk: models that cannot be used leave nothing behind.
        self.examiner
            .load_noise_predictors()
            .map_err(|error| Failure::OfCase(error.into()))?;
        self.case.start(index, prepared.sha256())?;
        folder.write_prepared(&prepared.original, &prepared.partial)?;

        let descended = self
            .examiner
            .descend(&prepared, Some(&folder.checkpoints()))?;
        if is_last {
            self.examiner.release_noise_predictors();
        }
        let examined = self.examiner.conclude(prepared, descended)?;
        Ok(Some(self.case.finish(index, examined)?))
    }

    /// Opens the pair of models that this role is examined with, if another one is open.
    fn open_models_of(&mut self, role: Role) -> Result<(), Failure> {
        let pair = models_of(role);
        if pair == self.pair {
            return Ok(());
        }
        // The other pair's weights would be in memory beside these.
        self.examiner.release_noise_predictors();
        let record = self.case.record();
        let plan = record.plan_of(role).clone();
        let opened = Examiner::reopen(plan, record.warnings.clone(), self.steering);
        self.examiner = opened.map_err(|error| Failure::OfCase(error.into()))?;
        self.pair = pair;
        Ok(())
    }

    /// Lets the fine-tuned model make its own pictures, as far as they are not there.
    fn make_own_outputs(&mut self) -> Result<(), CaseworkError> {
        self.steering
            .enter(Stage::Generating)
            .map_err(ExaminationError::from)?;
        let artworks = self.case.artworks().iter();
        let own = artworks.filter(|entry| entry.role == Role::OwnOutput && entry.is_first());
        let recipe = recipe(&self.case.record().plan, own.count());
        let folder = self.case.path().join(OWN_OUTPUTS);
        self.examiner.release_noise_predictors();
        let pictures = generate(&recipe, &folder, self.steering, &mut |_| ())?;
        // From here on nobody can exchange them.
        let name = |file: &Path| {
            file.file_name()
                .map(|name| name.to_string_lossy().into_owned())
        };
        let names = pictures.iter().filter_map(|file| name(file));
        let names = names.chain([RECORD, experiment_manifest::FILE].map(str::to_owned));
        let files = self
            .case
            .hashes(names.map(|name| format!("{OWN_OUTPUTS}/{name}")))?;
        self.case.emit(&Event::Generated { files })?;
        self.has_own_outputs = true;
        Ok(())
    }
}

/// The recipe by which the fine-tuned model of a plan makes pictures.
fn recipe(plan: &Plan, count: usize) -> Recipe {
    Recipe {
        base: Some(plan.pretrained.identity.path.as_path().to_owned()),
        prompt: Some(plan.prompt.clone()),
        count,
        // Replayed draws have no seed, and pictures need some, the same every time.
        seed: plan.settings.seed().unwrap_or(0),
        resolution: Some(plan.resolution),
        device: Some(plan.device),
        threads: plan.threads,
        memory: MemoryRule::Fixed(plan.memory),
        choices: plan.choices(),
        ..Recipe::new(plan.finetuned.source())
    }
}

impl From<ExaminationError> for Failure {
    fn from(error: ExaminationError) -> Self {
        if error.concerns_all_artworks() {
            Self::OfCase(error.into())
        } else {
            Self::OfArtwork(Box::new(error))
        }
    }
}

impl From<CaseError> for Failure {
    fn from(error: CaseError) -> Self {
        Self::OfCase(error.into())
    }
}
