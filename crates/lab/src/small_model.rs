//! Small models: the structure of Stable Diffusion 1, which is the demonstration's, or of Stable Diffusion XL (pictures
//! of 128×128 pixels, latents of 32×32×4, 4 million parameters and fewer), as a diffusers folder that any other program
//! reads too. The configuration files lie beside this file; they are written out first, and the networks are then
//! built from what the readers make of them, so that files and networks cannot disagree.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;
use thiserror::Error;

use palimpsest_art::Family;
use palimpsest_base::atomic;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::autoencoder::{Decoder, Encoder};
use palimpsest_diffusion::files::config::{AutoencoderGeometry, TextGeometry, UnetGeometry};
use palimpsest_diffusion::files::weights::Shapes;
use palimpsest_diffusion::files::{Parameter, Part, Precision, Weights, WriteError};
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::noise_predictor::NoisePredictor;
use palimpsest_diffusion::text_encoder::TextEncoder;
use structure::TextFiles;
use vocabulary::{SPECIAL, Vocabulary};

pub use structure::{Structure, UnknownStructure};

mod structure;
mod vocabulary;

/// The words that are one token each, besides the names of the families.
const WORDS: &str = include_str!("small_model/words.txt");

/// The autoencoder's configuration.
const AUTOENCODER: &str = "vae/config.json";

/// A folder that holds, or will hold, a small model.
#[derive(Clone, Debug)]
pub struct SmallModel {
    folder: PathBuf,
}

/// The reason for which a small model cannot be written.
#[derive(Debug, Error)]
pub enum SmallModelError {
    /// The folder already holds something.
    #[error("{} is not an empty folder: choose a new one", .0.display())]
    NotEmpty(PathBuf),
    /// The factor is no number, or far from any that a latent could need.
    #[error("{0} cannot scale a latent: train the autoencoder again")]
    ScalingFactor(f32),
    /// A file or folder cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What was written cannot be read again.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl SmallModel {
    /// Writes everything but the weights into `folder`, which must be new or empty. Latents are not
    /// scaled yet: [`set_scaling_factor`](Self::set_scaling_factor).
    ///
    /// # Errors
    /// [`SmallModelError`].
    pub fn write_skeleton(folder: &Path, structure: Structure) -> Result<Self, SmallModelError> {
        let model = Self {
            folder: folder.into(),
        };
        model.prepare()?;
        for (name, content) in structure.files() {
            model.put(name, content)?;
        }
        let vocabulary = Vocabulary::learn(words());
        for text in structure.text() {
            model.write_text(text, &vocabulary)?;
        }
        Ok(model)
    }

    /// The words of a text encoder, and its configuration.
    fn write_text(&self, text: &TextFiles, vocabulary: &Vocabulary) -> Result<(), SmallModelError> {
        let inside = |name: &str| format!("{}/{name}", text.tokenizer);
        self.put(&inside("merges.txt"), &vocabulary.merges_txt())?;
        self.put_json(&inside("vocab.json"), &vocabulary.vocab_json())?;
        let name = format!("{}/config.json", text.part.folder());
        let mut config = self.parsed(&name, text.config)?;
        let [begin, end] = [SPECIAL.len(), 1].map(|back| vocabulary.len() - back);
        for (key, value) in [
            ("vocab_size", vocabulary.len()),
            ("bos_token_id", begin),
            ("eos_token_id", end),
            ("pad_token_id", if text.pads_with_first { 0 } else { end }),
        ] {
            config[key] = value.into();
        }
        Ok(self.put_json(&name, &config)?)
    }

    /// The small model that an earlier [`write_skeleton`](Self::write_skeleton) began in `folder`.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The tensors that `part` needs, with their dimensions: of the autoencoder, both halves.
    ///
    /// # Errors
    /// [`ModelError`] if the configuration is not there or was changed beyond use.
    pub fn shapes(&self, part: Part) -> Result<Shapes, ModelError> {
        let config = self.folder.join(part.folder()).join("config.json");
        let cpu = Cpu::new(1, Memory::Full)?;
        match part {
            Part::Unet => {
                let geometry = UnetGeometry::read(&config)?;
                Weights::outline(|weights| NoisePredictor::load(geometry, weights, &cpu))
            }
            Part::Vae => {
                let geometry = AutoencoderGeometry::read(&config)?;
                Weights::outline(|weights| {
                    Encoder::load(&geometry, weights, &cpu)?;
                    Decoder::load(&geometry, weights, &cpu)
                })
            }
            Part::TextEncoder | Part::SecondTextEncoder => {
                let geometry = TextGeometry::read(&config)?;
                Weights::outline(|weights| TextEncoder::load(&geometry, weights, &cpu))
            }
        }
    }

    /// Writes the weights of `part`, as [`Part::write`].
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn write_component(
        &self,
        part: Part,
        tensors: &BTreeMap<String, Parameter>,
        precision: Precision,
    ) -> Result<(), WriteError> {
        part.write(&self.folder, tensors, precision)
    }

    /// Records what a latent is multiplied with before the noise predictor sees it: the inverse of the
    /// standard deviation that the trained encoder's latents have.
    ///
    /// # Errors
    /// [`SmallModelError`].
    pub fn set_scaling_factor(&self, factor: f32) -> Result<(), SmallModelError> {
        // The range that the reader of the file takes.
        if !(1e-6..=1e6).contains(&factor) {
            return Err(SmallModelError::ScalingFactor(factor));
        }
        let file = self.folder.join(AUTOENCODER);
        let text =
            fs::read_to_string(&file).map_err(|source| ModelError::Io { path: file, source })?;
        let mut config = self.parsed(AUTOENCODER, &text)?;
        config["scaling_factor"] = factor.into();
        Ok(self.put_json(AUTOENCODER, &config)?)
    }

    /// Makes the folder, or sees that it is empty.
    fn prepare(&self) -> Result<(), SmallModelError> {
        let made = fs::create_dir_all(&self.folder).and_then(|()| fs::read_dir(&self.folder));
        let mut entries = made.map_err(|source| unwritable(&self.folder, source))?;
        match entries.next() {
            None => Ok(()),
            Some(_) => Err(SmallModelError::NotEmpty(self.folder.clone())),
        }
    }

    fn put(&self, name: &str, content: &str) -> Result<(), WriteError> {
        let file = self.folder.join(name);
        // Every name is below the folder, so there is a parent.
        let folder = file.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder).map_err(|source| unwritable(folder, source))?;
        atomic::replace(&file, content.as_bytes()).map_err(|source| unwritable(&file, source))
    }

    fn put_json(&self, name: &str, value: &Value) -> Result<(), WriteError> {
        self.put(name, &format!("{value:#}\n"))
    }

    /// The JSON object of a configuration.
    fn parsed(&self, name: &str, text: &str) -> Result<Value, ModelError> {
        let refused = |why: String| ModelError::Json {
            file: self.folder.join(name),
            why,
        };
        let value: Value =
            serde_json::from_str(text).map_err(|error| refused(error.to_string()))?;
        if value.is_object() {
            Ok(value)
        } else {
            Err(refused("it is no JSON object".into()))
        }
    }
}

fn unwritable(file: &Path, source: io::Error) -> WriteError {
    WriteError::Io {
        file: file.into(),
        source,
    }
}

/// The words of the list and of the families' names.
fn words() -> impl Iterator<Item = &'static str> {
    let families = Family::ALL.into_iter();
    let families = families.flat_map(|family| family.name().split('-'));
    WORDS.split_whitespace().chain(families)
}
