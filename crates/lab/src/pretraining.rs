//! Making a small model of Stable Diffusion's structure from nothing: first the autoencoder, then noise
//! predictor and text encoders on its latents. The folder is a diffusers model as soon as both are through;
//! until then it holds the checkpoints of what is under way.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::small_model::{SmallModel, Structure};
use super::training::checkpoint;
use super::training::corpus::{self, Corpus, VALIDATION};
use super::training::error::TrainingError;
use super::training::trainer::{Ending, Trainer, TrainingStep};
use palimpsest_base::atomic;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::{Component, Parameter, Precision, Weights};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::inversion::Control;

mod autoencoder;
mod latents;
mod networks;
mod noise_predictor;
mod samples;

/// Side of the pictures, in pixels.
pub const SIDE: u32 = 128;
/// The recipe, in the model's folder.
const RECORD: &str = "training.json";
/// The longest recipe that is read, in bytes.
const MAX_RECORD: u64 = 1 << 20;
/// Works of each family that the loss is measured on.
const VALIDATION_ARTISTS: u64 = 4;

/// The settings of a pretraining: the same recipe makes the same model.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Recipe {
    /// Hands of each family of procedural artworks.
    pub artists: u64,
    /// Works of each hand.
    pub works: u64,
    /// Folders of pictures besides them.
    pub folders: Vec<PathBuf>,
    pub autoencoder_steps: u64,
    pub autoencoder_rate: f32,
    pub steps: u64,
    pub rate: f32,
    /// Latents a step.
    pub batch: usize,
    pub seed: u64,
    /// The family that the model is built like; left out where it is Stable Diffusion 1.
    #[serde(default, skip_serializing_if = "Structure::is_usual")]
    pub structure: Structure,
    /// Write the finished weights in half precision.
    #[serde(skip)]
    pub half: bool,
}

/// The part that is being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PretrainingStage {
    Gathering,
    Autoencoder,
    Encoding,
    NoisePredictor,
}

/// News of a pretraining.
#[derive(Clone, Debug)]
pub enum Progress {
    Stage(PretrainingStage),
    Step(TrainingStep),
    /// The likeness of unseen works that come back from the autoencoder, in decibels.
    Fidelity(f64),
    /// The loss on unseen works.
    Validation(f64),
    /// Pictures that the model makes by now.
    Samples(PathBuf),
}

/// The state of a run, and its listener.
struct Run<'a> {
    recipe: &'a Recipe,
    model: SmallModel,
    cpu: &'a Cpu,
    control: &'a Control,
    report: &'a mut dyn FnMut(Progress),
}

/// Makes the model in `folder`, or goes on with what an interrupted run of the same recipe left there.
///
/// # Errors
/// [`TrainingError`]; what was made stays, and the run can go on.
pub fn pretrain(
    recipe: &Recipe,
    folder: &Path,
    cpu: &Cpu,
    control: &Control,
    report: &mut dyn FnMut(Progress),
) -> Result<Ending, TrainingError> {
    report(Progress::Stage(PretrainingStage::Gathering));
    let mut run = Run {
        model: begun(recipe, folder)?,
        recipe,
        cpu,
        control,
        report,
    };
    let corpus = Corpus::gather(&recipe.corpus())?;
    let unseen = Corpus::gather(&corpus::Plan {
        artists: VALIDATION.start..VALIDATION.start + VALIDATION_ARTISTS,
        works: 1,
        folders: Vec::new(),
        side: SIDE,
    })?;
    let ending = autoencoder::train(&mut run, &corpus, &unseen)?;
    // Not earlier: now it is known that the folder is this recipe's.
    corpus.hashes().add_to(folder)?;
    if ending == Ending::Cancelled {
        return Ok(Ending::Cancelled);
    }
    let ending = noise_predictor::train(&mut run, &corpus, &unseen)?;
    if ending == Ending::Finished && recipe.half {
        halve(&run.model, recipe.structure)?;
    }
    Ok(ending)
}

/// Leaves the hashes of the recipe's corpus in `folder`, as [`pretrain`] does, and trains nothing: for a model
/// of that corpus that has none.
///
/// # Errors
/// [`TrainingError`], also if the record of the model in `folder` names another corpus.
pub fn leave_hashes(recipe: &Recipe, folder: &Path) -> Result<(), TrainingError> {
    let record = folder.join(RECORD);
    if record.exists() && recorded(&record)?.corpus() != recipe.corpus() {
        return Err(TrainingError::OtherCorpus {
            folder: folder.into(),
            record: RECORD,
        });
    }
    Ok(Corpus::gather(&recipe.corpus())?.hashes().add_to(folder)?)
}

/// The recipe in a file that [`record`] wrote.
fn recorded(file: &Path) -> Result<Recipe, TrainingError> {
    let unreadable = |source| TrainingError::Record {
        file: file.into(),
        source,
    };
    if fs::metadata(file).map_err(unreadable)?.len() > MAX_RECORD {
        return Err(unreadable(std::io::ErrorKind::FileTooLarge.into()));
    }
    let text = fs::read(file).map_err(unreadable)?;
    serde_json::from_slice(&text).map_err(|error| unreadable(error.into()))
}

impl Recipe {
    /// The pictures that the model is trained on.
    fn corpus(&self) -> corpus::Plan {
        corpus::Plan {
            artists: 0..self.artists.min(VALIDATION.start),
            works: self.works,
            folders: self.folders.clone(),
            side: SIDE,
        }
    }
}

/// Rounds all weights to half precision: when nothing is trained on them any more.
fn halve(model: &SmallModel, structure: Structure) -> Result<(), TrainingError> {
    for part in structure.parts() {
        let component = Component::open(&model.folder().join(part.folder()))?;
        let weights = Weights::open(&component.weights)?;
        let held = weights.names().map(|name| {
            let stored = weights.stored(name)?;
            let parameter =
                Parameter::from_values(stored.shape().to_vec(), stored.values().into_owned())?;
            Ok((name.to_owned(), parameter))
        });
        let held = held.collect::<Result<_, ModelError>>()?;
        model.write_component(part, &held, Precision::Half)?;
    }
    Ok(())
}

/// The folder with everything but weights, new or as it was left.
fn begun(recipe: &Recipe, folder: &Path) -> Result<SmallModel, TrainingError> {
    if folder.join(RECORD).exists() {
        return Ok(SmallModel::at(folder));
    }
    let model = SmallModel::write_skeleton(folder, recipe.structure)?;
    record(recipe, folder)?;
    Ok(model)
}

/// Writes down what the model is made by.
fn record(recipe: &Recipe, folder: &Path) -> Result<(), TrainingError> {
    let file = folder.join(RECORD);
    serde_json::to_vec_pretty(recipe)
        .map_err(std::io::Error::other)
        .and_then(|text| atomic::replace(&file, &text))
        .map_err(|source| TrainingError::Write { file, source })
}

impl Run<'_> {
    /// A file of the run itself, beside the model's.
    fn file(&self, name: &str) -> PathBuf {
        self.model.folder().join(name)
    }

    fn resumed(&self, name: &str, trainer: &mut Trainer) -> Result<bool, TrainingError> {
        checkpoint::load(&self.file(name), &self.identity(name)?, trainer)
    }

    /// The settings that the checkpoint `name` must agree with: the autoencoder does not depend on what follows it.
    ///
    /// # Errors
    /// [`TrainingError::Write`] if the recipe holds a path that JSON cannot.
    fn identity(&self, name: &str) -> Result<String, TrainingError> {
        let mut recipe = self.recipe.clone();
        if name == autoencoder::CHECKPOINT {
            recipe = Recipe {
                steps: 0,
                rate: 0.0,
                batch: 0,
                ..recipe
            };
        }
        serde_json::to_string(&recipe).map_err(|error| TrainingError::Write {
            file: self.file(name),
            source: error.into(),
        })
    }

    fn emit(&mut self, news: Progress) {
        (self.report)(news);
    }
}
