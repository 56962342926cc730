//! The assignment that a case is made from: the questioned works, the controls beside them, and what is asked.

use std::path::{Path, PathBuf};

use super::blinding::DecoyWork;
use super::error::CaseworkError;
use crate::case::blinding;
use crate::case::question::MAX_REPEATS;
use crate::case::{ArtworkEntry, Question, Role};
use palimpsest_method::artwork::{Crop, Reading, Readings};
use palimpsest_method::examination::{Examiner, ModelSource, Plan, Request, Steering, prompt_of};

/// Folder of the model's own outputs in a case.
pub const OWN_OUTPUTS: &str = "own-outputs";

/// An artwork that somebody asks about.
#[derive(Clone, Debug, PartialEq)]
pub struct Questioned {
    /// The picture.
    pub path: PathBuf,
    /// The square of it that is examined.
    pub crop: Crop,
}

impl From<PathBuf> for Questioned {
    fn from(path: PathBuf) -> Self {
        let crop = Crop::CENTRE;
        Self { path, crop }
    }
}

/// A work that the questioned ones are compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// The picture.
    pub path: PathBuf,
    /// The square of it that is examined.
    pub crop: Crop,
    /// [`Role::Negative`], [`Role::Positive`] or [`Role::Context`].
    pub role: Role,
    /// The reason that it is known to have been used, or not, in the user's words.
    pub declared: String,
}

/// A whole case before it is begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The models, and how works are examined: all in exactly the same way.
    pub request: Request,
    pub questioned: Vec<Questioned>,
    pub controls: Vec<Control>,
    /// Works of known use to be mixed in among the questioned ones under neutral names.
    pub decoys: Vec<DecoyWork>,
    /// Number of pictures that the fine-tuned model makes by itself.
    pub own_outputs: usize,
    /// Another fine-tuned version of the same pretrained model, which saw none of the works.
    pub null_run: Option<ModelSource>,
    /// True if a questioned work is also examined with the pretrained model in both places.
    pub self_test: bool,
    pub question: Question,
    /// Readings of the files beside the request's in which works are examined and tested, where they are other pictures
    /// in them.
    pub further_readings: Vec<Reading>,
    /// True if controls may be added when the works were examined, so that what is measured beside them is measured from
    /// the beginning.
    pub may_gain_controls: bool,
    /// What is to be noted of the files that were given, one sentence each; kept among the case's warnings.
    pub notes: Vec<String>,
    /// The folder of the registry of examinations; none for cases that are no one's question, as of the laboratory
    /// and the demonstration.
    pub registry: Option<PathBuf>,
}

impl Assignment {
    /// Artworks without controls: findings, and no conclusion.
    pub fn new(request: Request, questioned: Vec<Questioned>) -> Self {
        Self {
            request,
            questioned,
            controls: Vec::new(),
            decoys: Vec::new(),
            own_outputs: 0,
            null_run: None,
            self_test: false,
            question: Question::default(),
            further_readings: Readings::default().further,
            may_gain_controls: false,
            notes: Vec::new(),
            registry: None,
        }
    }

    /// Checks that the question can be answered.
    ///
    /// # Errors
    /// [`CaseworkError::Question`].
    pub(super) fn check(&self) -> Result<(), CaseworkError> {
        let Question { repeats, .. } = &self.question;
        if !(1..=MAX_REPEATS).contains(repeats) {
            return Err(CaseworkError::Question(format!(
                "{repeats} repetitions cannot be made: ask for 1 to {MAX_REPEATS}"
            )));
        }
        if *repeats > 1 && !self.question.primary_score.is_of_recovery() {
            return Err(CaseworkError::Question(
                "the loss gap is measured with fixed draws and is the same in every repetition: ask for one, or let \
                 a score of the recovered picture decide (--primary-score recovery.direction)"
                    .into(),
            ));
        }
        if *repeats > 1 && self.request.draws.is_some() {
            return Err(CaseworkError::Question(
                "replayed draws are the same in every repetition: ask for one, or leave out the file of draws"
                    .into(),
            ));
        }
        Ok(())
    }

    /// The plan of works against the model that saw none of them.
    pub(super) fn null_plan(&self, steering: &Steering) -> Result<Option<Plan>, CaseworkError> {
        let other = |model: &ModelSource| plan_of(&self.with_models_of(model), steering);
        self.null_run.as_ref().map(other).transpose()
    }

    /// Their plan with the pretrained model in both places, and else as the case is: with the fine-tuned model's
    /// prompt, which only its folder may say.
    pub(super) fn self_plan(&self, steering: &Steering) -> Result<Option<Plan>, CaseworkError> {
        if !self.self_test {
            return Ok(None);
        }
        let prompt = match &self.request.prompt {
            Some(prompt) => prompt.clone(),
            None => prompt_of(&self.request.finetuned)?.0,
        };
        let request = Request {
            prompt: Some(prompt),
            ..self.with_models_of(&ModelSource::named(&self.request.pretrained))
        };
        Ok(Some(plan_of(&request, steering)?))
    }

    /// The request, with what is measured besides where works are ranked among controls, or may be later.
    pub(super) fn request(&self) -> Request {
        let mut controls = self.controls.iter();
        let ranked = controls.any(|control| control.role == Role::Negative);
        Request {
            compared: ranked || self.may_gain_controls,
            ..self.request.clone()
        }
    }

    fn with_models_of(&self, finetuned: &ModelSource) -> Request {
        Request {
            finetuned: finetuned.clone(),
            ..self.request()
        }
    }
}

fn plan_of(request: &Request, steering: &Steering) -> Result<Plan, CaseworkError> {
    Ok(Examiner::open(request, steering)?.plan().clone())
}

/// The place of the picture of an entry. What the model made and what is examined blind lies in the case, wherever that
/// is now.
pub(super) fn picture_of(entry: &ArtworkEntry, case: &Path) -> PathBuf {
    let path = entry.path.as_path();
    let around = path.parent().and_then(Path::file_name);
    match (entry.role, path.file_name()) {
        (Role::OwnOutput, Some(name)) => case.join(OWN_OUTPUTS).join(name),
        // A folder of the user's may be called so too.
        (_, Some(name)) if around.is_some_and(|it| it == blinding::FOLDER) => {
            let copy = case.join(blinding::FOLDER).join(name);
            if copy.is_file() {
                copy
            } else {
                path.to_owned()
            }
        }
        _ => path.to_owned(),
    }
}

/// The pair of models that a role is examined with, as a number to sort by.
pub(super) fn models_of(role: Role) -> u8 {
    match role {
        Role::NullRun => 1,
        Role::SelfTest => 2,
        _ => 0,
    }
}
