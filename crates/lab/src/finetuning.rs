//! Fine-tuning a model of the Stable Diffusion family on a handful of pictures, as people do it: all
//! weights of the noise predictor (DreamBooth, Ruiz et al. 2023, with or without prior preservation), or a
//! LoRA (Hu et al. 2022). What comes out is a complete model folder, or a LoRA file; beside it stand the
//! prompt and the settings, which an examination and a reader need.

use std::path::PathBuf;

use serde::Serialize;

use super::training::batch::SMALL;
use super::training::corpus::pictures_in;
use super::training::error::TrainingError;
use super::training::trainer::{Ending, Plan, TrainingStep};
use palimpsest_base::system;
use palimpsest_diffusion::files::Precision;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::inversion::Control;

mod adapter;
mod augmentation;
mod base;
mod continuation;
mod dataset;
mod memory;
mod rand_augment;
mod results;
mod trainable;

pub use augmentation::Augmentation;

use base::Base;
use continuation::Continuation;
use dataset::Dataset;
use trainable::Trainable;

/// The usual name of a LoRA file.
pub const LORA: &str = "pytorch_lora_weights.safetensors";

/// The record of how a model was made, written when it is complete.
pub const RECORD: &str = "finetuning.json";

/// The pictures that are learnt.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Pictures {
    /// All pictures of a folder.
    Folder(PathBuf),
    Files(Vec<PathBuf>),
}

impl Pictures {
    fn files(&self) -> Result<Vec<PathBuf>, TrainingError> {
        match self {
            Self::Folder(folder) => pictures_in(folder),
            Self::Files(files) => Ok(files.clone()),
        }
    }
}

/// A fine-tuning: the model and all settings.
#[derive(Clone, Debug, Serialize)]
pub struct Recipe {
    /// The model's folder.
    pub base: PathBuf,
    pub pictures: Pictures,
    pub prompt: String,
    /// Steps of [`Self::batch`] draws; without it as many as give every picture [`Self::draws`] draws.
    pub steps: Option<u64>,
    /// The number of draws of a picture.
    pub draws: u64,
    /// The rate of a step; without it what suits the size of the network and the method.
    pub rate: Option<f32>,
    /// The rank of a LoRA; without it all weights are trained.
    pub lora: Option<usize>,
    /// A folder of pictures that the model shall not unlearn: every other draw is one of them, under its
    /// own caption (a text file of the same name, else "a picture").
    pub prior: Option<PathBuf>,
    /// Train the text encoder too; not with a LoRA, which is the noise predictor's alone.
    pub text_encoder: bool,
    /// Draws a step.
    pub batch: usize,
    /// Write the trained weights in half precision.
    pub half: bool,
    /// Side of the pictures in pixels; without it what the model was trained on.
    pub resolution: Option<usize>,
    pub seed: u64,
    /// What is done to a picture whenever it is drawn; prior pictures stay as they are.
    #[serde(skip_serializing_if = "Augmentation::is_none")]
    pub augmentation: Augmentation,
    /// The share of draws under an empty prompt, 0 to 1.
    #[serde(skip_serializing_if = "is_zero")]
    pub caption_dropout: f64,
}

/// Records of runs without it are those of versions that did not know it.
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

/// The cost of a run, before it starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub pictures: usize,
    pub steps: u64,
    /// Steps that an interrupted run made.
    pub done: u64,
    /// Parameters that are trained.
    pub trained: usize,
    pub rate: f32,
    /// For the steps that are left.
    pub seconds: f64,
    /// Of memory, at most.
    pub bytes: u64,
}

/// News of a fine-tuning.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// Once, before the first step.
    Estimate(Estimate),
    Step(TrainingStep),
}

/// Fine-tunes and writes the result into the folder `out`, which must be new or empty, or hold an interrupted
/// run of the same recipe: that goes on, to the same bits.
///
/// # Errors
/// [`TrainingError`], also where the memory does not suffice. If the run fails later or is cancelled, `out`
/// holds its checkpoint.
pub fn finetune(
    recipe: &Recipe,
    out: &std::path::Path,
    cpu: &std::sync::Arc<Cpu>,
    control: &Control,
    report: &mut dyn FnMut(Progress),
) -> Result<Ending, TrainingError> {
    continuation::check_usable(out)?;
    let base = Base::open(recipe, cpu)?;
    if recipe.text_encoder && base.model.is_multilingual() {
        return Err(TrainingError::ForwardOnly(recipe.base.clone()));
    }
    let bytes = memory::needed(recipe, &base)?;
    match system::available_memory() {
        Some(available) if available < bytes => {
            return Err(TrainingError::Memory {
                needed: bytes,
                available,
            });
        }
        _ => {}
    }
    let dataset = Dataset::gather(recipe, &base, &recipe.pictures.files()?)?;
    let mut trainable = Trainable::new(recipe, &base)?;
    let continuation = Continuation::new(recipe, &dataset.hashes(), out);
    let done = trainable.resume(&continuation)?;
    let plan = Plan {
        steps: steps(recipe, dataset.pictures()),
        rate: recipe.rate.unwrap_or_else(|| usual_rate(recipe, &base)),
        last: 1.0,
    };
    report(Progress::Estimate(Estimate {
        pictures: dataset.pictures(),
        steps: plan.steps,
        trained: trainable.parameters().numbers(),
        rate: plan.rate,
        done,
        seconds: trainable.seconds(recipe, &base, &dataset)?
            * plan.steps.saturating_sub(done) as f64,
        bytes,
    }));
    let steering = (&continuation, control);
    let ending = trainable.train(recipe, &base, &dataset, &plan, steering, &mut |step| {
        report(Progress::Step(step));
    })?;
    if ending == Ending::Finished {
        results::write(recipe, &trainable, &plan, out)?;
        continuation.finish()?;
    }
    Ok(ending)
}

/// True if the folder holds an interrupted run and no result.
pub fn is_interrupted(out: &std::path::Path) -> bool {
    continuation::is_begun(out) && !out.join(RECORD).exists()
}

/// As many as were asked for, or as give every picture its draws.
fn steps(recipe: &Recipe, pictures: usize) -> u64 {
    let each = if recipe.prior.is_some() {
        recipe.batch.div_ceil(2)
    } else {
        recipe.batch
    };
    let draws = recipe.draws * pictures as u64;
    recipe.steps.unwrap_or(draws / each as u64).max(1)
}

impl Recipe {
    fn precision(&self) -> Precision {
        if self.half {
            Precision::Half
        } else {
            Precision::Single
        }
    }
}

/// Small networks learn at the rates of the demonstration's; those for large ones are what is usual for Stable
/// Diffusion.
fn usual_rate(recipe: &Recipe, base: &Base) -> f32 {
    match (base.parameters() < SMALL, recipe.lora.is_some()) {
        (true, false) => 1e-3,
        (true, true) => 3e-3,
        (false, false) => 5e-6,
        (false, true) => 1e-4,
    }
}
