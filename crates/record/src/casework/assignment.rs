//! The assignment that a case is made from: the questioned works, the controls beside them, and what is asked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::error::CaseworkError;
use crate::case::question::MAX_REPEATS;
use crate::case::{ArtworkEntry, Question, Role, State};
use palimpsest_base::digest::Digest;
use palimpsest_base::home::without_home;
use palimpsest_method::artwork::{Artwork, Crop, Reading, Readings};
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

    /// Examinations of the case in `folder`, in order: those of one pair of models together. What is examined in further
    /// readings comes behind them and is known once the pictures were looked at.
    pub fn examinations(&self, folder: &Path) -> Vec<Examination> {
        let of = |(_, repeat, _, item): (usize, u32, usize, &PlannedWork)| Examination {
            path: item.path.clone(),
            role: item.role,
            repeat,
            reading: None,
        };
        let items = self.items(folder);
        numbered(&items, self.question.repeats).map(of).collect()
    }

    /// The same with what is known of each picture before it is examined, those in further readings last; and the
    /// further readings in which a questioned work is examined.
    pub(super) fn entries(&self, folder: &Path) -> (Vec<ArtworkEntry>, Vec<Reading>) {
        let items = self.items(folder);
        let surveys: Vec<Survey> = items.iter().map(PlannedWork::survey).collect();
        let entry = |number: usize, repeat: u32, place: usize, reading: Option<Reading>| {
            let (item, survey) = (items.get(place)?, surveys.get(place)?);
            let entry = ArtworkEntry::new(
                number,
                (&item.path, item.crop),
                survey.sha256,
                survey.state.clone(),
            );
            Some(ArtworkEntry {
                role: item.role,
                declared: item.declared.clone(),
                repeat,
                reading,
                ..entry
            })
        };
        let repeats = self.question.repeats;
        let first = numbered(&items, repeats);
        let first =
            first.filter_map(|(number, repeat, place, _)| entry(number, repeat, place, None));
        let mut entries: Vec<ArtworkEntry> = first.collect();
        let (readings, further) = self.in_further_readings(&items, &surveys);
        let again = (0..repeats).flat_map(|repeat| further.iter().map(move |it| (repeat, *it)));
        let numbers = entries.len() + 1..;
        let again = numbers
            .zip(again)
            .filter_map(|(number, (repeat, (place, reading)))| {
                entry(number, repeat, place, Some(reading))
            });
        entries.extend(again.collect::<Vec<_>>());
        (entries, readings)
    }

    /// The further readings in which a questioned work is another picture, and the works to be examined in them:
    /// questioned ones and those that they are ranked among.
    fn in_further_readings(
        &self,
        items: &[PlannedWork],
        surveys: &[Survey],
    ) -> (Vec<Reading>, Vec<(usize, Reading)>) {
        let own = |role: Role| {
            let works = items.iter().zip(surveys).enumerate();
            works.filter(move |(_, (item, _))| item.role == role)
        };
        let others = |survey: &Survey| {
            Reading::others(self.request.reading, &self.further_readings, survey.differs)
        };
        let asked: BTreeSet<String> = own(Role::Questioned)
            .flat_map(|(_, (_, survey))| others(survey))
            .map(|reading| reading.to_string())
            .collect();
        let is_asked = |reading: &Reading| asked.contains(&reading.to_string());
        let works = [Role::Questioned, Role::Negative].into_iter().flat_map(own);
        let works = works.flat_map(|(place, (_, survey))| {
            let others = others(survey).into_iter();
            others.filter(is_asked).map(move |reading| (place, reading))
        });
        let works = works.collect();
        let further = self.further_readings.iter().copied();
        (further.filter(is_asked).collect(), works)
    }

    fn items(&self, folder: &Path) -> Vec<PlannedWork> {
        let of = |role: Role| {
            let questioned = self.questioned.iter();
            questioned.map(move |questioned| PlannedWork {
                path: questioned.path.clone(),
                crop: questioned.crop,
                role,
                declared: String::new(),
            })
        };
        let controls = self.controls.iter().map(|control| PlannedWork {
            path: control.path.clone(),
            crop: control.crop,
            role: control.role,
            declared: control.declared.clone(),
        });
        let own = (1..=self.own_outputs).map(|number| PlannedWork {
            path: folder
                .join(OWN_OUTPUTS)
                .join(palimpsest_method::generation::name_of(number)),
            crop: Crop::CENTRE,
            role: Role::OwnOutput,
            declared: String::new(),
        });
        let null = of(Role::NullRun).filter(|_| self.null_run.is_some());
        let own_pair = of(Role::SelfTest).take(usize::from(self.self_test));
        let all = of(Role::Questioned).chain(controls).chain(own);
        all.chain(null).chain(own_pair).collect()
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

/// One examination of a case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Examination {
    /// The picture.
    pub path: PathBuf,
    pub role: Role,
    /// Number of the repetition, the first being 0.
    pub repeat: u32,
    /// The reading of the file, where it is a further one.
    pub reading: Option<Reading>,
}

/// Items with their numbers, repetitions and places, in the order of their examination.
fn numbered(
    items: &[PlannedWork],
    repeats: u32,
) -> impl Iterator<Item = (usize, u32, usize, &PlannedWork)> {
    let placed = move |repeat| (items.iter().enumerate()).map(move |item| (repeat, item));
    let all = (0..repeats).flat_map(placed);
    let numbered = (1..)
        .zip(all)
        .map(|(number, (repeat, (place, item)))| (number, repeat, place, item));
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_by_key(|(.., item)| models_of(item.role));
    numbered.into_iter()
}

/// What a look at a picture's file tells.
struct Survey {
    sha256: Option<Digest>,
    state: State,
    /// True if it is another picture as it is stored than as it is seen.
    differs: bool,
}

/// Something that is to be examined.
struct PlannedWork {
    path: PathBuf,
    crop: Crop,
    role: Role,
    declared: String,
}

impl PlannedWork {
    /// The picture's hash and whether it can be read, before anything else is done. What the model has yet
    /// to make is looked at when it is there.
    fn survey(&self) -> Survey {
        let unknown = |state| Survey {
            sha256: None,
            state,
            differs: false,
        };
        if self.role == Role::OwnOutput {
            return unknown(State::Pending);
        }
        match Artwork::open(&self.path) {
            Ok(artwork) => Survey {
                sha256: Some(artwork.sha256()),
                state: State::Pending,
                differs: !artwork.differences().is_empty(),
            },
            Err(error) => unknown(State::Failed {
                error: without_home(&error.to_string()),
            }),
        }
    }
}

/// Gives every examination a seed of its own, but the first of each questioned work, whose seed is the
/// plan's: then controls say how scores vary with the draws too. Replayed draws have no seed.
pub(super) fn give_seeds(entries: &mut [ArtworkEntry], plan: &Plan) {
    let Some(seed) = plan.settings.seed() else {
        return;
    };
    for (number, entry) in (1..).zip(entries) {
        if entry.role != Role::Questioned || entry.repeat > 0 {
            entry.seed = Some(seed.wrapping_add(number));
        }
    }
}

/// The place of the picture of an entry. What the model made lies in the case, wherever that is now.
pub(super) fn picture_of(entry: &ArtworkEntry, case: &Path) -> PathBuf {
    let path = entry.path.as_path();
    match (entry.role, path.file_name()) {
        (Role::OwnOutput, Some(name)) => case.join(OWN_OUTPUTS).join(name),
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
