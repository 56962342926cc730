//! `case.json`: what was asked, with what, and how far each artwork is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal::{BegunWork, Event};
use super::places::{Places, tell_apart};
use super::reading::read_at_most;
use super::registry::{Facts, Registration};
use super::{CaseError, Digest, Question, RECORD, Role, canonical_sha256};
use palimpsest_base::atomic;
use palimpsest_base::home::without_folders;
use palimpsest_method::artwork::{Crop, Reading};
use palimpsest_method::examination::{BaseFit, Frame, PictureSizes, Plan, RecordedPath};
use palimpsest_method::inversion::CommonSettings;

/// Says that the file is ours.
const SCHEMA: &str = "palimpsest case";

/// Raised when the meaning of the file changes.
pub(super) const VERSION: u64 = 3;

/// The oldest version that is read: a case without controls, question and journal.
const OLDEST: u64 = 1;

/// The largest record read, in bytes: far more than that of ten thousand artworks.
const MAX_BYTES: u64 = 1 << 26;

/// Letters of an artwork's file name that its folder is called by.
const NAME_LENGTH: usize = 40;

/// The content of `case.json`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CaseRecord {
    schema: String,
    version: u64,
    /// The models and settings that the artworks are examined with.
    pub plan: Plan,
    /// Remarks on the models and the settings, one sentence each.
    pub warnings: Vec<String>,
    /// The question.
    #[serde(default = "Question::unsaid")]
    pub question: Question,
    /// The plan of questioned works against another fine-tuned model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub null_run: Option<Box<Plan>>,
    /// Their plan with the pretrained model in both places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_test: Option<Box<Plan>>,
    /// The answer to the question whether the fine-tuned model was made from the pretrained one, as it was found before
    /// anything was examined; none in cases of before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_fit: Option<BaseFit>,
    /// Its place in the registry of examinations; none of cases of the laboratory and of before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Registration>,
    /// The artworks in the order in which they were given, the questioned ones first.
    pub artworks: Vec<ArtworkEntry>,
}

/// An artwork of a case.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ArtworkEntry {
    /// The picture: the name of its file, with a number before it where another work's is called alike; of one that
    /// lies in the case its place there.
    pub path: RecordedPath,
    /// SHA-256 of the file when the case was begun; none if it could not be read.
    pub sha256: Option<Digest>,
    /// The square of it that is examined, where it is not the middle one.
    #[serde(default, skip_serializing_if = "Crop::is_centre")]
    pub crop: Crop,
    /// The reason that it is in the case.
    #[serde(default, skip_serializing_if = "Role::is_questioned")]
    pub role: Role,
    /// The user's declaration about it: how it is known to have been used, or not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub declared: String,
    /// The seed of its draws, where it is not the plan's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Number of the repetition of its examination, the first being 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeat: u32,
    /// The reading of its file, where it is another than the plan's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
    /// The name of its folder in the case.
    pub folder: String,
    /// Its progress.
    #[serde(flatten)]
    pub state: WorkState,
}

/// Progress of an artwork.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum WorkState {
    /// Not finished.
    Pending,
    /// Its findings are there.
    Finished,
    /// It could not be examined.
    Failed {
        /// The reason, in one sentence.
        error: String,
    },
}

impl ArtworkEntry {
    /// The artwork at `path`, `number` in the case (counted from 1).
    pub fn new(
        number: usize,
        (path, crop): (&Path, Crop),
        sha256: Option<Digest>,
        state: WorkState,
    ) -> Self {
        Self {
            crop,
            role: Role::Questioned,
            declared: String::new(),
            seed: None,
            repeat: 0,
            reading: None,
            folder: folder_name(number, path),
            path: RecordedPath::new(path),
            sha256,
            state,
        }
    }
}

impl ArtworkEntry {
    /// True if it is the work's first examination: neither a repetition nor in a further reading.
    pub fn is_first(&self) -> bool {
        self.repeat == 0 && self.reading.is_none()
    }
}

impl CaseRecord {
    /// The record of a new case without controls.
    pub fn new(plan: Plan, warnings: Vec<String>, artworks: Vec<ArtworkEntry>) -> Self {
        Self {
            schema: SCHEMA.into(),
            version: VERSION,
            plan,
            warnings,
            question: Question::default(),
            null_run: None,
            self_test: None,
            base_fit: None,
            registration: None,
            artworks,
        }
    }

    /// The record as it is handed over: files are called by their names, each by one of its own.
    pub(super) fn nameable(mut self) -> Self {
        tell_apart(&mut self.artworks, 0);
        self.without_folders()
    }

    /// The plan of artworks of this role.
    pub fn plan_of(&self, role: Role) -> &Plan {
        let other = match role {
            Role::NullRun => &self.null_run,
            Role::SelfTest => &self.self_test,
            _ => &None,
        };
        other.as_deref().unwrap_or(&self.plan)
    }

    /// The plans of all pairs of models.
    pub(super) fn plans(&self) -> impl Iterator<Item = &Plan> {
        let others = [&self.null_run, &self.self_test].into_iter().flatten();
        std::iter::once(&self.plan).chain(others.map(|plan| &**plan))
    }

    pub(super) fn plans_mut(&mut self) -> impl Iterator<Item = &mut Plan> {
        let others = [&mut self.null_run, &mut self.self_test];
        let others = others.into_iter().flatten().map(|plan| &mut **plan);
        std::iter::once(&mut self.plan).chain(others)
    }

    /// The same with names alone in its sentences, wherever the file lies that they tell of.
    fn without_folders(mut self) -> Self {
        let works = self.artworks.iter().map(|entry| entry.path.as_path());
        let models = self.plans().flat_map(Plan::identities);
        let models = models.map(|identity| identity.path.as_path());
        let known: Vec<PathBuf> = works.chain(models).map(Path::to_owned).collect();
        let plain = |text: &mut String| {
            *text = without_folders(text, known.iter().map(PathBuf::as_path));
        };
        self.warnings.iter_mut().for_each(plain);
        let reasons = self.base_fit.iter_mut().flat_map(|fit| &mut fit.reasons);
        reasons.for_each(plain);
        self
    }

    /// True if cases of this version examine positive controls in every reading in which questioned works are tested.
    pub(super) fn reads_positives(&self) -> bool {
        self.version > 2
    }

    /// True if cases of this version keep a journal.
    pub(super) fn has_journal(&self) -> bool {
        self.version > OLDEST
    }

    /// The first entry of the journal: what nothing may change any more.
    pub(super) fn begun(&self) -> Result<Event, CaseError> {
        let unwritable = |error: serde_json::Error| CaseError::Unwritable {
            path: RECORD.into(),
            source: error.into(),
        };
        let asked = Asked {
            null_run: self.null_run.as_deref(),
            self_test: self.self_test.as_deref(),
            question: &self.question,
            warnings: &self.warnings,
            base_fit: self.base_fit.as_ref(),
            registration: self.registration.as_ref(),
        };
        Ok(Event::Begun {
            plan_sha256: canonical_sha256(&self.plan).map_err(unwritable)?,
            asked_sha256: Some(canonical_sha256(&asked).map_err(unwritable)?),
            items: self.works_from(0)?,
            primary_score: self.question.primary_score.name().into(),
            propositions: self.question.propositions.to_vec(),
        })
    }

    /// The artworks from a place on, as the journal has them.
    pub(super) fn works_from(&self, first: usize) -> Result<Vec<BegunWork>, CaseError> {
        let unwritable = |error: serde_json::Error| CaseError::Unwritable {
            path: RECORD.into(),
            source: error.into(),
        };
        let square = |artwork: &ArtworkEntry| {
            let other = Some(&artwork.crop).filter(|crop| !crop.is_centre());
            let square = other.map(|crop| serde_json::to_value(crop).map(|crop| crop.to_string()));
            square.transpose()
        };
        let works = self.artworks.iter().skip(first).map(|artwork| {
            Ok(BegunWork {
                folder: artwork.folder.clone(),
                path: artwork.path.to_string(),
                role: artwork.role.name(),
                sha256: artwork.sha256,
                declared: Some(artwork.declared.clone()).filter(|text| !text.is_empty()),
                crop: square(artwork).map_err(unwritable)?,
                seed: artwork.seed,
                repeat: artwork.repeat,
                reading: artwork.reading.map(|reading| reading.to_string()),
            })
        });
        works.collect()
    }

    /// What the registry of examinations keeps of the case.
    pub(super) fn facts(&self) -> Result<Facts, CaseError> {
        let unwritable = |error: serde_json::Error| CaseError::Unwritable {
            path: RECORD.into(),
            source: error.into(),
        };
        let plan = &self.plan;
        let of = |wanted: fn(Role) -> bool| {
            let first = self.artworks.iter().filter(move |it| it.is_first());
            first.filter(move |it| wanted(it.role))
        };
        let hashes = |wanted| -> Vec<Digest> {
            let sorted: BTreeSet<Digest> = of(wanted).filter_map(|it| it.sha256).collect();
            sorted.into_iter().collect()
        };
        let squares: Vec<&Crop> = of(|role| role == Role::Questioned)
            .map(|it| &it.crop)
            .collect();
        let encoders = [&plan.clip, &plan.dino].map(|it| it.as_ref().map(|it| it.sha256));
        let draws = plan.settings.draws.file().map(|file| file.sha256);
        let common = CommonSettings::from(&plan.settings);
        let settings = (plan.mask, plan.resolution, common, encoders);
        // The usual reading is not named: registries of before agree.
        let settings = match plan.reading.is_usual() {
            true => canonical_sha256(&settings),
            false => canonical_sha256(&(settings, plan.reading)),
        };
        // Nor are the usual sizes.
        let settings = match plan.sizes {
            Some(sizes @ PictureSizes::Artwork) => {
                settings.and_then(|settings| canonical_sha256(&(settings, sizes)))
            }
            _ => settings,
        };
        // Nor is the square.
        let settings = match plan.frame {
            Frame::Square => settings,
            frame => settings.and_then(|settings| canonical_sha256(&(settings, frame))),
        };
        // Drawn controls are told apart as works, and so are decoys; what is declared of controls asks nothing.
        let question = Question {
            controls_drawn: None,
            declaration: None,
            blinding: None,
            ..self.question.clone()
        };
        Ok(Facts {
            pretrained: plan.pretrained.identity.sha256,
            finetuned: plan.finetuned.identity.sha256,
            plan: canonical_sha256(plan).map_err(unwritable)?,
            questioned: hashes(|role| role == Role::Questioned),
            others: hashes(|role| matches!(role, Role::Negative | Role::Positive | Role::Context)),
            squares: canonical_sha256(&squares).map_err(unwritable)?,
            prompt: canonical_sha256(&[&plan.prompt, &plan.pretrained_prompt])
                .map_err(unwritable)?,
            seed: canonical_sha256(&(plan.settings.seed(), draws)).map_err(unwritable)?,
            settings: settings.map_err(unwritable)?,
            question: canonical_sha256(&question).map_err(unwritable)?,
        })
    }

    /// The record of the case in `folder`, its works and models in their places as far as these are known, with these;
    /// and the bytes that it has there.
    pub(super) fn read_in(folder: &Path) -> Result<(Self, Places, Vec<u8>), CaseError> {
        let (mut record, bytes) = Self::read(&folder.join(RECORD))?;
        let places = Places::read(folder)?;
        places.put(folder, &mut record);
        Ok((record, places, bytes))
    }

    /// The record in the file at `path`, and the bytes that it has there.
    pub(super) fn read(path: &Path) -> Result<(Self, Vec<u8>), CaseError> {
        let bytes = read_at_most(path, MAX_BYTES)?;
        let damaged = |why: String| CaseError::Damaged {
            path: path.to_owned(),
            why,
        };
        // The version first: another one may have another form.
        let header: Header =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if header.schema != SCHEMA {
            return Err(damaged("it is no record of a case".into()));
        }
        if !(OLDEST..=VERSION).contains(&header.version) {
            return Err(CaseError::Version {
                path: path.to_owned(),
                found: header.version,
                known: VERSION,
            });
        }
        let record: Self =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        // The names lead to files that are written: none may point out of the case.
        match record.artworks.iter().find(|a| !is_folder_name(&a.folder)) {
            Some(artwork) => Err(damaged(format!(
                "\"{}\" is no folder of it",
                artwork.folder
            ))),
            None => Ok((record, bytes)),
        }
    }

    /// Writes the record into the file at `path`; returns the bytes that it has there.
    pub(super) fn write(&self, path: &Path) -> Result<Vec<u8>, CaseError> {
        let unwritable = |source| CaseError::Unwritable {
            path: path.to_owned(),
            source,
        };
        let bytes = serde_json::to_vec_pretty(self).map_err(|error| unwritable(error.into()))?;
        atomic::replace(path, &bytes).map_err(unwritable)?;
        Ok(bytes)
    }
}

/// The part of the record that the first entry of the journal seals beside the plan.
#[derive(Serialize)]
struct Asked<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    null_run: Option<&'a Plan>,
    #[serde(skip_serializing_if = "Option::is_none")]
    self_test: Option<&'a Plan>,
    question: &'a Question,
    warnings: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    base_fit: Option<&'a BaseFit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<&'a Registration>,
}

/// The members that every version of the record has.
#[derive(Deserialize)]
struct Header {
    schema: String,
    version: u64,
}

/// A name that every file system takes and that tells people which artwork it is.
fn folder_name(number: usize, path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let plain = stem.chars().map(|c| if is_plain(c) { c } else { '-' });
    let mut name = String::new();
    for letter in plain.take(NAME_LENGTH) {
        if letter != '-' || !name.ends_with('-') {
            name.push(letter);
        }
    }
    let name = match name.trim_matches('-') {
        "" => "artwork",
        name => name,
    };
    format!("{number:03}-{name}")
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

fn is_folder_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_plain)
}
