//! A whole model: its files, its networks' shapes, and the four things an examination asks of it
//! (encode, decode, embed a prompt, denoise). Networks are read when they are needed and dropped
//! after use, so that the autoencoder and the text encoder take no memory while the descent runs.

mod computing;
mod description;
mod distance;
mod opening;
mod text;

pub use description::Description;
pub use distance::WeightDistance;
pub use opening::Choices;

use super::ModelError;
use super::engine::Engine;
use super::files::config::{AutoencoderGeometry, TextGeometry, UnetGeometry};
use super::files::{Lora, Part, PartFiles, StatedTraining, Weights};
use super::network::backend::Outcome;
use super::noise_predictor::Condition;
use super::schedule::Schedule;
use super::text_encoder::HiddenState;
use std::path::PathBuf;
use std::sync::Arc;
use text::TextPart;

/// A latent diffusion model on disk, checked and ready to be used.
pub struct DiffusionModel {
    engine: Engine,
    path: PathBuf,
    files: Vec<PathBuf>,
    unet: PartFiles,
    vae: PartFiles,
    /// One or two, in the order in which their embeddings lie side by side.
    text: Vec<TextPart>,
    unet_geometry: UnetGeometry,
    vae_geometry: AutoencoderGeometry,
    schedule: Schedule,
    /// True if zeros stand for an absent negative prompt, where the family has that.
    zeroes_absent_prompt: bool,
    borrowed: Vec<String>,
    notes: Vec<String>,
    choices: Choices,
    stated: Option<StatedTraining>,
    adapters: Vec<Arc<Lora>>,
}

/// A prompt as the noise predictor reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptEmbedding {
    /// `[tokens, width]`, of two text encoders side by side.
    pub values: Vec<f32>,
    /// The vector of the whole prompt, where the model has one.
    pub pooled: Option<Vec<f32>>,
    /// The ids that were embedded, of every text encoder.
    pub ids: Vec<Vec<u32>>,
    /// True if the prompt was too long and lost its end.
    pub truncated: bool,
}

impl PromptEmbedding {
    /// Zeros in its place.
    fn zeroed(&self) -> Self {
        Self {
            values: vec![0.0; self.values.len()],
            pooled: self.pooled.as_ref().map(|pooled| vec![0.0; pooled.len()]),
            ids: Vec::new(),
            truncated: false,
        }
    }
}

impl<'a> From<&'a PromptEmbedding> for Condition<'a> {
    fn from(embedding: &'a PromptEmbedding) -> Self {
        Self {
            tokens: &embedding.values,
            pooled: embedding.pooled.as_deref(),
        }
    }
}

impl DiffusionModel {
    /// The adapters that change it, in this order.
    pub fn adapters(&self) -> impl Iterator<Item = &Lora> {
        self.adapters.iter().map(|lora| &**lora)
    }

    /// The model's own files whose contents the results depend on, sorted.
    pub fn files(&self) -> Vec<PathBuf> {
        self.files.clone()
    }

    /// True if the autoencoder is stored in the same file as the other model's: it was borrowed.
    pub fn shares_autoencoder_with(&self, other: &Self) -> bool {
        self.vae.weights() == other.vae.weights()
    }

    /// The files of the autoencoder's weights.
    pub fn autoencoder_files(&self) -> &[PathBuf] {
        self.vae.weights()
    }

    /// The resolution in pixels on which the model was trained.
    pub fn resolution(&self) -> usize {
        self.unet_geometry.sample_size * self.vae_geometry.factor()
    }

    /// The side of a latent cell in pixels.
    pub fn factor(&self) -> usize {
        self.vae_geometry.factor()
    }

    /// A resolution must be a multiple of this many pixels.
    pub fn granularity(&self) -> usize {
        self.factor() << (self.unet_geometry.block_out_channels.len() - 1)
    }

    /// The shape of the latent of a square picture of `resolution` pixels a side.
    ///
    /// # Errors
    /// [`ModelError::Resolution`] if the networks cannot halve the picture that often.
    pub fn latent_shape(&self, resolution: usize) -> Outcome<[usize; 3]> {
        let step = self.granularity();
        if resolution == 0 || !resolution.is_multiple_of(step) {
            return Err(ModelError::Resolution {
                resolution,
                step,
                usual: self.resolution(),
            });
        }
        let side = resolution / self.factor();
        Ok([self.unet_geometry.in_channels, side, side])
    }

    /// True if it is of another family than Stable Diffusion 1 and 2, which records leave out.
    pub fn is_of_later_family(&self) -> bool {
        self.takes_sizes() || self.is_multilingual()
    }

    /// True if zeros stand for a negative prompt that nobody gave, in place of the empty prompt: Stable Diffusion XL's,
    /// unless its `model_index.json` says otherwise (diffusers' `force_zeros_for_empty_prompt`).
    pub fn zeroes_absent_prompt(&self) -> bool {
        self.takes_sizes() && self.zeroes_absent_prompt
    }

    /// True if the noise predictor is told the sizes of the picture.
    pub fn takes_sizes(&self) -> bool {
        self.unet_geometry.addition.is_some()
    }

    /// The autoencoder's shape.
    pub fn autoencoder_geometry(&self) -> &AutoencoderGeometry {
        &self.vae_geometry
    }

    /// The number of weights of a part, by the headers of its files.
    ///
    /// # Errors
    /// [`ModelError`] if they cannot be read, or the model has no such part.
    pub fn numbers(&self, part: Part) -> Outcome<u64> {
        Ok(self.part(part)?.open()?.numbers())
    }

    /// The noise predictor's shape.
    pub fn unet_geometry(&self) -> &UnetGeometry {
        &self.unet_geometry
    }

    /// The shapes of the text encoders that are CLIP's, which can be trained, and the parts that they are.
    pub fn text_geometries(&self) -> impl Iterator<Item = (Part, &TextGeometry)> {
        let text = self.text.iter();
        text.filter_map(|text| Some((text.part, text.network.clip()?)))
    }

    /// True if its text encoder is AltDiffusion's, which computes forward only.
    pub fn is_multilingual(&self) -> bool {
        self.text.iter().any(|text| text.network.clip().is_none())
    }

    /// The state of its text encoders that the noise predictor is conditioned by.
    pub fn hidden_state(&self) -> HiddenState {
        HiddenState::of(&self.unet_geometry)
    }

    /// The parts that have weights.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let text = self.text.iter().map(|text| text.part);
        [Part::Unet, Part::Vae].into_iter().chain(text)
    }

    /// The noise schedule.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Makes sure that every weight is a finite number; parts that it has in common with `other` are left out. Takes as
    /// long as reading the files.
    ///
    /// # Errors
    /// [`ModelError::NonFiniteTensor`] naming the first tensor that holds something else.
    pub fn check_finite(&self, other: Option<&Self>) -> Outcome<()> {
        for part in self.parts() {
            let files = self.part(part)?;
            // A part that the other lacks is none that they share.
            let others = other.and_then(|other| other.part(part).ok());
            if others.is_some_and(|others| others.weights() == files.weights()) {
                continue;
            }
            if let Some(tensor) = files.not_finite()? {
                return Err(ModelError::NonFiniteTensor {
                    tensor,
                    file: files.source().into(),
                });
            }
        }
        Ok(())
    }

    /// The weights of a part, changed if this is a LoRA.
    ///
    /// # Errors
    /// [`ModelError`] if they cannot be read, or the model has no such part.
    pub fn weights(&self, part: Part) -> Outcome<Weights> {
        let weights = self.part(part)?.open()?;
        let mut changes = self.adapters.iter();
        changes.try_fold(weights, |weights, lora| lora.merged(part, &weights))
    }

    fn part(&self, part: Part) -> Outcome<&PartFiles> {
        let text = || self.text.iter().find(|text| text.part == part);
        let files = match part {
            Part::Unet => Some(&self.unet),
            Part::Vae => Some(&self.vae),
            Part::TextEncoder | Part::SecondTextEncoder => text().map(|text| &text.files),
        };
        files.ok_or_else(|| ModelError::Missing {
            path: self.path.join(part.folder()),
            what: format!("the model's component \"{}\"", part.folder()),
        })
    }
}
