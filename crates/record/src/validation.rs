//! Validation dossiers: what the program does on works whose use is known, for the models fine-tuned from one base by
//! one recipe, examined with one set of settings. `palimpsest lab validate` makes one; a case prints those that fit it.
//! A dossier is one line of JSON, signed as an entry of a journal is.

mod fit;
mod trial;

pub use fit::Misfit;
pub use trial::{
    CONTROLS_FOR_1_PERCENT, Expectation, MIN_CASES, Share, Situation, Trial, TrialOutcome,
};

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::case::journal::{Machine, Program, Signer};
use crate::case::key::PublicKey;
use crate::case::{Digest, UtcTime, canonical_line, signed_line};
use palimpsest_base::bounded_read::{ReadError, read_at_most};
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::{Frame, PictureSizes, PrimaryScore};

/// Says that the file is ours, and of which form.
const SCHEMA: &str = "palimpsest validation";
const VERSION: u32 = 1;

/// The largest dossier read, in bytes: twenty times that of a hundred models.
const MAX_BYTES: u64 = 1 << 20;

/// The dossiers of the built-in model, made by `benches/evaluation/validation.sh`.
const SHIPPED: [&str; 1] = [include_str!("validation/demo-all-weights.json")];

/// The reason that a dossier is not accepted.
#[derive(Debug, Error)]
pub enum DossierError {
    /// It cannot be read.
    #[error(
        "the validation dossier cannot be read ({0}): name one that palimpsest lab validate wrote"
    )]
    Unreadable(#[from] ReadError),
    /// It is not what was signed, or contradicts itself.
    #[error(
        "the validation dossier {file} does not hold ({why}): get it anew from whoever made it"
    )]
    Broken {
        /// The name of its file.
        file: String,
        /// The evidence.
        why: &'static str,
    },
}

/// A validation.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Dossier {
    schema: String,
    version: u32,
    /// The moment of signing, by the machine's clock.
    pub time: UtcTime,
    /// The operator's name as it was given.
    pub who: String,
    pub program: Program,
    pub machine: Machine,
    pub base: BaseModel,
    pub recipe: Recipe,
    pub conditions: Conditions,
    /// The works, in words.
    pub works: String,
    /// The seed of every training and of the pictures that models made.
    pub seed: u64,
    /// The fine-tuned models.
    pub models: Vec<TunedModel>,
    pub trials: Vec<Trial>,
    /// The key that signs.
    pub key: PublicKey,
}

/// The family of models that a dossier is about: what is fine-tuned from this one.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct BaseModel {
    /// The name of its file or folder.
    pub name: String,
    /// Hash over its files.
    pub sha256: Digest,
}

/// A fine-tuning.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Recipe {
    pub trained: Trained,
    pub pictures: usize,
    /// Pictures of a step.
    pub batch: usize,
    /// Steps of the training.
    pub steps: u64,
    /// The rate of a step; none where it was what suits the model and the method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// True if pictures were mirrored at random.
    pub flips: bool,
    pub prompt: String,
}

/// The part of the noise predictor that was trained; the text encoder never is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trained {
    AllWeights,
    /// A plain LoRA of this rank.
    Lora(usize),
}

/// The settings that scores depend on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Conditions {
    pub score: PrimaryScore,
    pub resolution: usize,
    pub frame: Frame,
    pub reading: Reading,
    /// The sizes of the picture that the networks were told; none where they take none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sizes: Option<PictureSizes>,
    /// Negative controls of each case.
    pub controls: usize,
}

/// A model that was fine-tuned for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TunedModel {
    /// The hand whose works it was fine-tuned on.
    pub hand: String,
    /// Hash over its files.
    pub sha256: Digest,
}

/// The content of a dossier, before it is signed.
#[derive(Clone, Debug)]
pub struct Validated {
    pub base: BaseModel,
    pub recipe: Recipe,
    pub conditions: Conditions,
    pub works: String,
    pub seed: u64,
    pub models: Vec<TunedModel>,
    pub trials: Vec<Trial>,
}

/// A dossier with the bytes that it has on disk.
#[derive(Clone, Debug)]
pub struct SignedDossier {
    pub dossier: Dossier,
    pub text: String,
}

impl Dossier {
    /// A dossier by `signer`.
    pub fn new(validated: Validated, time: UtcTime, signer: &Signer) -> Self {
        Self {
            schema: SCHEMA.into(),
            version: VERSION,
            time,
            who: signer.author.who.clone(),
            program: signer.author.program.clone(),
            machine: signer.author.machine.clone(),
            base: validated.base,
            recipe: validated.recipe,
            conditions: validated.conditions,
            works: validated.works,
            seed: validated.seed,
            models: validated.models,
            trials: validated.trials,
            key: signer.key.public(),
        }
    }

    /// The same, signed.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn signed(self, signer: &Signer) -> serde_json::Result<SignedDossier> {
        let (text, _) = signed_line::sign(canonical_line(&self)?, &signer.key);
        Ok(SignedDossier {
            dossier: self,
            text,
        })
    }

    /// The trials that did not hold.
    pub fn failed(&self) -> impl Iterator<Item = &Trial> {
        let trials = self.trials.iter();
        trials.filter(|trial| trial.outcome == TrialOutcome::Failed)
    }
}

impl SignedDossier {
    /// The dossier in `file`.
    ///
    /// # Errors
    /// [`DossierError`] if it cannot be read, is not as it was signed, or contradicts itself.
    pub fn read(file: &Path) -> Result<Self, DossierError> {
        let bytes = read_at_most(file, MAX_BYTES)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        Self::of(&bytes).map_err(|why| DossierError::Broken {
            file: name.into_owned(),
            why,
        })
    }

    fn of(bytes: &[u8]) -> Result<Self, &'static str> {
        const NONE: &str = "it is no dossier";
        let text = std::str::from_utf8(bytes).map_err(|_| NONE)?;
        let line = text.strip_suffix('\n').unwrap_or(text).as_bytes();
        let (hashed, hash, signature) = signed_line::split(line).ok_or(NONE)?;
        let dossier: Dossier = serde_json::from_slice(line).map_err(|_| NONE)?;
        if (dossier.schema.as_str(), dossier.version) != (SCHEMA, VERSION) {
            return Err("it is of a form that this program does not know");
        }
        if Digest::of(hashed) != hash || !dossier.key.has_signed(&hash, &signature) {
            return Err("it was changed after it was signed");
        }
        let trials = &dossier.trials;
        let different: BTreeSet<Situation> = trials.iter().map(|trial| trial.situation).collect();
        if different.len() != trials.len() || !trials.iter().all(Trial::is_consistent) {
            return Err("its figures do not follow from its counts");
        }
        Ok(Self {
            dossier,
            text: text.to_owned(),
        })
    }

    /// The dossiers that come with the program.
    pub fn shipped() -> Vec<Self> {
        let texts = SHIPPED.into_iter();
        // That each of them holds is tested.
        texts
            .filter_map(|text: &str| Self::of(text.as_bytes()).ok())
            .collect()
    }

    /// SHA-256 of its file.
    pub fn sha256(&self) -> Digest {
        Digest::of(self.text.as_bytes())
    }
}

impl Recipe {
    /// For readers.
    pub fn words(&self) -> String {
        let Self {
            pictures,
            batch,
            steps,
            ..
        } = self;
        let rate = match self.rate {
            Some(rate) => format!(", rate {rate:e}"),
            None => String::new(),
        };
        let flips = match self.flips {
            true => "mirrored at random",
            false => "never mirrored",
        };
        format!(
            "{}, {pictures} pictures, {steps} steps of {batch}{rate}, {flips}, prompt “{}”",
            self.trained.words(),
            self.prompt
        )
    }
}

impl Trained {
    /// For readers.
    pub fn words(self) -> String {
        match self {
            Self::AllWeights => "all weights of the noise predictor".into(),
            Self::Lora(rank) => format!("LoRA of rank {rank}"),
        }
    }
}
