//! Pictures that a model makes by itself, text to image, written into a folder: what the model puts out
//! without having been shown an artwork. The same command in the same folder goes on where it was left.

use std::fmt::Debug;
use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use image::ImageFormat;
use serde::Serialize;
use thiserror::Error;

use crate::examination::{
    ExaminationError, Identity, MemoryRule, Need, PromptSource, RecordedPath, Steering, prompt_of,
};
use palimpsest_base::atomic;
use palimpsest_base::digest::Digest;
use palimpsest_base::experiment_manifest::{FILE, ManifestError, begin_or_continue};
use palimpsest_base::home::without_home;
use palimpsest_base::philox::{Philox, Stream};
use palimpsest_diffusion::files::ModelSource;
use palimpsest_diffusion::{
    Choices, Device, DiffusionModel, Engine, Generator, Latent, Memory, ModelError,
};

/// The file that says how the pictures were made.
pub const RECORD: &str = "generated.json";

/// A request for pictures.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// The model: a folder, or a LoRA on `base`.
    pub model: ModelSource,
    /// What is said of both beside their paths.
    pub choices: Choices,
    /// The model that lends what this one lacks.
    pub base: Option<PathBuf>,
    /// Without it the one that the model brings, else the usual one of an examination.
    pub prompt: Option<String>,
    /// The prompt that the pictures are pushed away from; without it the empty one, or what the model has in its place
    /// ([`DiffusionModel::away_from`]).
    pub negative: Option<String>,
    /// Number of pictures.
    pub count: usize,
    /// Steps of a picture.
    pub steps: usize,
    /// Factor of classifier-free guidance; 1 for none, which halves the work.
    pub guidance: f32,
    /// Seed of the noise: picture `n` of a seed is always the same.
    pub seed: u64,
    /// Side in pixels; without it the one that the model was trained on.
    pub resolution: Option<usize>,
    /// The device that the networks run on; without it the best device of this build.
    pub device: Option<Device>,
    /// Worker threads; 0 for as many as there are cores. The result does not depend on it.
    pub threads: usize,
    /// The rule by which memory is spent on speed.
    pub memory: MemoryRule,
}

impl Recipe {
    /// As text-to-image is usually done with `model`.
    pub fn new(model: impl Into<ModelSource>) -> Self {
        Self {
            model: model.into(),
            choices: Choices::default(),
            base: None,
            prompt: None,
            negative: None,
            count: 4,
            steps: 50,
            guidance: 7.5,
            seed: 0,
            resolution: None,
            device: None,
            threads: 0,
            memory: MemoryRule::Auto,
        }
    }
}

/// The record of how the pictures of a folder were made.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The version of this program.
    pub version: &'static str,
    /// Its files and their hashes.
    pub model: Identity,
    /// The strength of a LoRA, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<f32>,
    /// The LoRAs that are applied after the first, each with its strength, where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<String>,
    /// Components that were taken from another model, and that model.
    pub borrowed: Vec<String>,
    pub base: Option<RecordedPath>,
    pub prompt: String,
    pub prompt_source: PromptSource,
    pub negative: String,
    /// True if zeros stood for a negative prompt that was not given.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negative_zeroed: bool,
    pub steps: usize,
    pub guidance: f32,
    pub seed: u64,
    pub resolution: usize,
    pub pictures: Vec<String>,
}

/// A piece of news.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SamplingStep {
    /// The picture under way, counted from 1, and how many there are to be.
    pub picture: usize,
    pub pictures: usize,
    /// Its step, counted from 1, and how many it has.
    pub step: usize,
    pub steps: usize,
}

/// The reason why pictures are missing. Those that were finished stay.
#[derive(Debug, Error)]
pub enum GenerationError {
    /// Somebody stopped it.
    #[error("interrupted, and every finished picture is kept: the same command goes on")]
    Interrupted,
    /// A picture cannot be written.
    #[error("{} cannot be written ({source}): check that there is space on the disk", file.display())]
    Write { file: PathBuf, source: io::Error },
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    #[error(transparent)]
    Examination(Box<ExaminationError>),
    #[error(transparent)]
    Model(Box<ModelError>),
}

impl From<ModelError> for GenerationError {
    fn from(error: ModelError) -> Self {
        Self::Model(Box::new(error))
    }
}

impl From<ExaminationError> for GenerationError {
    fn from(error: ExaminationError) -> Self {
        match error {
            ExaminationError::Interrupted => Self::Interrupted,
            error => Self::Examination(Box::new(error)),
        }
    }
}

/// Makes the pictures of `recipe` in `folder`, as far as they are not there; returns their files.
///
/// # Errors
/// [`GenerationError`].
pub fn generate(
    recipe: &Recipe,
    folder: &Path,
    steering: &Steering,
    emit: &mut dyn FnMut(SamplingStep),
) -> Result<Vec<PathBuf>, GenerationError> {
    let (prompt, prompt_source) = match &recipe.prompt {
        Some(prompt) => (prompt.clone(), PromptSource::Given),
        None => prompt_of(&recipe.model)?,
    };
    let (model, base) = open(recipe)?;
    let resolution = recipe.resolution.unwrap_or_else(|| model.resolution());
    let shape = model.latent_shape(resolution)?;
    let zeroed =
        recipe.negative.is_none() && recipe.guidance != 1.0 && model.zeroes_absent_prompt();
    let own = identity(&model, steering)?;
    let base = base.map(|base| identity(&base, steering)).transpose()?;
    let of = (&own, base.as_ref().map(|base| &base.sha256));
    begin(folder, (recipe, of), &prompt, (resolution, zeroed))?;
    let names: Vec<String> = (1..=recipe.count).map(name_of).collect();
    let description = model.description();
    write_record(
        &Record {
            version: env!("CARGO_PKG_VERSION"),
            model: own,
            strength: recipe.model.strength,
            further: further(&recipe.model),
            borrowed: description.borrowed,
            base: recipe.base.as_deref().map(RecordedPath::new),
            prompt: prompt.clone(),
            prompt_source,
            negative: recipe.negative.clone().unwrap_or_default(),
            negative_zeroed: zeroed,
            steps: recipe.steps,
            guidance: recipe.guidance,
            seed: recipe.seed,
            resolution,
            pictures: names.clone(),
        },
        folder,
    )?;
    let files: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let missing: Vec<_> = (files.iter().enumerate())
        .filter(|(_, file)| !file.exists())
        .collect();
    if missing.is_empty() {
        return Ok(files);
    }
    let embedding = model.embed(&prompt)?;
    let away = model.away_from(recipe.negative.as_deref(), &embedding)?;
    let mut generator = model.generator(&embedding, (&away, recipe.guidance))?;
    for (index, file) in missing {
        let mut proceed = |step| {
            emit(SamplingStep {
                picture: index + 1,
                pictures: recipe.count,
                step,
                steps: recipe.steps,
            });
            steering.check().is_ok()
        };
        let noise = noise_of(recipe.seed, index, shape)?;
        let latent = picture(&mut *generator, &noise, recipe.steps, &mut proceed)?;
        write_picture(&model.decode(&latent)?, file)?;
    }
    Ok(files)
}

/// The model, and the one that lends what it lacks.
fn open(recipe: &Recipe) -> Result<(DiffusionModel, Option<DiffusionModel>), ModelError> {
    let device = recipe.device.unwrap_or_else(Device::best);
    let on = |memory| {
        let engine = Engine::new(device, recipe.threads, memory)?;
        let base = recipe.base.as_ref();
        let base = base.map(|base| DiffusionModel::open_as(base, None, &engine, &recipe.choices));
        let base = base.transpose()?;
        let model =
            DiffusionModel::open_as(&recipe.model, base.as_ref(), &engine, &recipe.choices)?;
        Ok((model, base))
    };
    let (model, base) = on(Memory::Full)?;
    let resolution = recipe.resolution.unwrap_or_else(|| model.resolution());
    let need = Need::of(&[&model], model.latent_shape(resolution)?)?;
    match recipe.memory.decide(need) {
        Memory::Full => Ok((model, base)),
        less => on(less),
    }
}

/// Begins or goes on with a folder of pictures, `made` at a resolution and away from zeros or not. The models are told by their hashes, as the folder is handed over; one
/// that an earlier version began is told by their places, and gone on with as it is.
fn begin(
    folder: &Path,
    (recipe, (own, base)): (&Recipe, (&Identity, Option<&Digest>)),
    prompt: &str,
    made: (usize, bool),
) -> Result<(), ManifestError> {
    let model = &recipe.model;
    let strengths = model.parts().map(|(_, strength)| strength);
    let named = (own.sha256, base, strengths.collect::<Vec<_>>());
    let choices = Choices {
        // Their files are among the model's, and hashed with them.
        configurations: None,
        ..recipe.choices.clone()
    };
    let told = settings((&named, &choices), recipe, prompt, made);
    let refused = match begin_or_continue(folder, &told) {
        Err(refused @ ManifestError::OtherSettings(_)) => refused,
        begun => return begun,
    };
    // As people write it, in quotes.
    let named = (model.to_string(), &recipe.base);
    let told = settings((&named, &recipe.choices), recipe, prompt, made);
    match fs::read_to_string(folder.join(FILE)) {
        Ok(before) if before == without_home(&told) => Ok(()),
        _ => Err(refused),
    }
}

/// All that the pictures depend on; not how many there are, so that more can be asked for later.
fn settings(
    (models, choices): (&impl Debug, &Choices),
    recipe: &Recipe,
    prompt: &str,
    (resolution, zeroed): (usize, bool),
) -> String {
    let Recipe {
        negative,
        steps,
        guidance,
        seed,
        ..
    } = recipe;
    let negative = negative.as_deref().unwrap_or_default();
    let what = (
        models,
        (prompt, negative),
        (steps, guidance, seed, resolution),
    );
    let mut text = format!("generated pictures {what:#?}\n");
    // Not named where there are none, as before there could be any.
    if *choices != Choices::default() {
        text.push_str(&format!("{choices:#?}\n"));
    }
    // Folders of before made other pictures.
    if zeroed {
        text.push_str("zeros for an absent negative prompt\n");
    }
    text
}

/// The LoRAs after the first, as people write them, without folders.
fn further(model: &ModelSource) -> Vec<String> {
    let further = model.further.iter();
    further
        .map(|lora| {
            let strength = lora.strength.unwrap_or(1.0);
            format!("{}@{strength}", RecordedPath::new(&lora.path))
        })
        .collect()
}

fn identity(model: &DiffusionModel, steering: &Steering) -> Result<Identity, ExaminationError> {
    let folder = model.description().path;
    Identity::read(&folder, &model.files(), steering.control())
}

/// The name of a picture, counted from 1.
pub fn name_of(number: usize) -> String {
    format!("generated-{number:04}.png")
}

/// The noise of picture `index` of a seed.
fn noise_of(seed: u64, index: usize, shape: [usize; 3]) -> Result<Latent, ModelError> {
    let mut values = vec![0.0; shape.iter().product()];
    Philox::new(seed).fill_normal(Stream::Picture, index as u64, &mut values);
    Latent::new(shape, values)
}

fn picture(
    generator: &mut dyn Generator,
    noise: &Latent,
    steps: usize,
    proceed: &mut dyn FnMut(usize) -> bool,
) -> Result<Latent, GenerationError> {
    generator
        .generate(noise, steps, proceed)?
        .ok_or(GenerationError::Interrupted)
}

fn write_picture(picture: &image::RgbImage, file: &Path) -> Result<(), GenerationError> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(io::Error::other)
        .and_then(|()| atomic::replace(file, bytes.get_ref()))
        .map_err(|source| GenerationError::Write {
            file: file.into(),
            source,
        })
}

fn write_record(record: &Record, folder: &Path) -> Result<(), GenerationError> {
    let file = folder.join(RECORD);
    serde_json::to_vec_pretty(record)
        .map_err(io::Error::from)
        .and_then(|bytes| atomic::replace(&file, &bytes))
        .map_err(|source| GenerationError::Write { file, source })
}
