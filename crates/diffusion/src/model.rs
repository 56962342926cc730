//! A whole model: its files, its networks' shapes, and the four things an examination asks of it
//! (encode, decode, embed a prompt, denoise). Networks are read when they are needed and dropped
//! after use, so that the autoencoder and the text encoder take no memory while the descent runs.

mod distance;
mod opening;
mod text;

pub use distance::WeightDistance;
pub use opening::Choices;

use super::autoencoder::{Decoder, Encoder};
use super::engine::Engine;
use super::files::config::{AutoencoderGeometry, TextGeometry, UnetGeometry};
use super::files::{Lora, LoraDescription, Part, PartFiles, StatedTraining, Weights};
use super::network::backend::{Backend, Grid, Outcome};
use super::network::cpu::{Cpu, Memory};
use super::noise_predictor::{Condition, NoisePredictor, same_structure};
use super::prompted::{Prompted, from_tokens};
use super::sampling::{Generator, Guided};
use super::schedule::Schedule;
use super::text_encoder::HiddenState;
use super::{Denoiser, Latent, ModelError};
use image::RgbImage;
use serde::Serialize;
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
    borrowed: Vec<String>,
    notes: Vec<String>,
    choices: Choices,
    stated: Option<StatedTraining>,
    adapters: Vec<Arc<Lora>>,
}

/// Facts read of a model, for people and for the record.
#[derive(Clone, Debug, Serialize)]
pub struct Description {
    /// As it was given: of a LoRA with its strength, where one was.
    pub path: PathBuf,
    /// By the structure of its noise predictor and the width of its text encoder: Stable Diffusion 1, 2 or XL, or
    /// another of their structure.
    pub family: String,
    /// `epsilon` or `v_prediction`.
    pub prediction: String,
    pub latent_channels: usize,
    /// The resolution in pixels on which the model was trained.
    pub resolution: usize,
    /// Components that were missing and taken from the pretrained model.
    pub borrowed: Vec<String>,
    /// What was decided in opening it, a sentence each.
    pub notes: Vec<String>,
    /// What was said beside its path.
    pub choices: Choices,
    /// What its file says of its own training, if it is one file that says anything.
    pub stated: Option<StatedTraining>,
    /// Its change of the pretrained model, if it is a LoRA; of several the first.
    pub lora: Option<LoraDescription>,
    /// The LoRAs that change the model after the first, in this order.
    pub further: Vec<FurtherLora>,
}

/// Facts read of a LoRA that is applied after another.
#[derive(Clone, Debug, Serialize)]
pub struct FurtherLora {
    pub file: PathBuf,
    pub lora: LoraDescription,
    /// What the file says of its own training.
    pub stated: Option<StatedTraining>,
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

impl<'a> From<&'a PromptEmbedding> for Condition<'a> {
    fn from(embedding: &'a PromptEmbedding) -> Self {
        Self {
            tokens: &embedding.values,
            pooled: embedding.pooled.as_deref(),
        }
    }
}

impl DiffusionModel {
    /// The other model is built like this, the pretrained one, and predicts the same thing.
    ///
    /// # Errors
    /// [`ModelError::DifferentStructure`] naming the first difference.
    pub fn check_same_structure(&self, finetuned: &Self) -> Outcome<()> {
        same_structure(
            (&self.unet_geometry, self.unet.described_by()),
            (&finetuned.unet_geometry, finetuned.unet.described_by()),
        )?;
        let differ = |what: &str, a: String, b: String| {
            if a == b {
                return Ok(());
            }
            Err(ModelError::DifferentStructure {
                what: what.into(),
                pretrained: a,
                pretrained_file: self.path.clone(),
                finetuned: b,
                finetuned_file: finetuned.path.clone(),
            })
        };
        let encoder = |model: &Self| match model.is_multilingual() {
            true => "XLM-RoBERTa".to_owned(),
            false => "CLIP".to_owned(),
        };
        differ(
            "the kind of text encoder",
            encoder(self),
            encoder(finetuned),
        )?;
        let prediction = |model: &Self| format!("{:?}", model.schedule.prediction());
        differ("what they predict", prediction(self), prediction(finetuned))
    }

    /// Describes the model as it was read.
    pub fn description(&self) -> Description {
        Description {
            path: self.path.clone(),
            family: match self.unet_geometry.cross_attention_dim {
                _ if self.unet_geometry.addition.is_some() => "Stable Diffusion XL".into(),
                _ if self.is_multilingual() => "AltDiffusion".into(),
                768 => "Stable Diffusion 1".into(),
                1024 => "Stable Diffusion 2".into(),
                width => format!("Stable Diffusion's structure, text width {width}"),
            },
            prediction: self.schedule.prediction().to_string(),
            latent_channels: self.unet_geometry.in_channels,
            resolution: self.resolution(),
            borrowed: self.borrowed.clone(),
            notes: self.notes.clone(),
            choices: self.choices.clone(),
            stated: self.stated.clone(),
            lora: self.adapters.first().map(|lora| lora.description()),
            further: self
                .adapters
                .iter()
                .skip(1)
                .map(|lora| FurtherLora {
                    file: lora.file().into(),
                    lora: lora.description(),
                    stated: lora.stated().cloned(),
                })
                .collect(),
        }
    }

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

    /// The scaled mean of the encoder's posterior: the latent of a picture.
    ///
    /// # Errors
    /// [`ModelError`] if the weights are damaged or the picture's sides do not suit the network.
    pub fn encode(&self, picture: &RgbImage) -> Outcome<Latent> {
        match &self.engine {
            Engine::Cpu(backend) | Engine::Gpu(_, backend) => self.encode_on(&**backend, picture),
            Engine::Composed(backend, _) => self.encode_on(&**backend, picture),
        }
    }

    /// The picture of a latent, rounded to 8 bits.
    ///
    /// # Errors
    /// [`ModelError`] if the weights are damaged.
    pub fn decode(&self, latent: &Latent) -> Outcome<RgbImage> {
        match &self.engine {
            Engine::Cpu(backend) | Engine::Gpu(_, backend) => self.decode_on(&**backend, latent),
            Engine::Composed(backend, _) => self.decode_on(&**backend, latent),
        }
    }

    /// A prompt through the model's tokenizer and text encoder.
    ///
    /// # Errors
    /// [`ModelError`] if their files are damaged or do not fit each other.
    pub fn embed(&self, prompt: &str) -> Outcome<PromptEmbedding> {
        match &self.engine {
            Engine::Cpu(backend) | Engine::Gpu(_, backend) => self.embed_on(&**backend, prompt),
            Engine::Composed(backend, _) => self.embed_on(&**backend, prompt),
        }
    }

    /// The noise predictor under a prompt.
    ///
    /// # Errors
    /// [`ModelError`] if the weights are damaged.
    pub fn denoiser(&self, prompt: &PromptEmbedding) -> Outcome<Box<dyn Denoiser>> {
        match &self.engine {
            Engine::Cpu(backend) => self.denoiser_on(backend, prompt),
            Engine::Gpu(backend, _) => self.denoiser_on(backend, prompt),
            Engine::Composed(backend, _) => self.denoiser_on(backend, prompt),
        }
    }

    /// The noise predictor on the processor with as little memory as can be, whatever the engine: to compare with.
    ///
    /// # Errors
    /// [`ModelError`] if the weights are damaged.
    pub fn denoiser_on_processor(&self, prompt: &PromptEmbedding) -> Outcome<Box<dyn Denoiser>> {
        let threads = match &self.engine {
            Engine::Cpu(cpu) | Engine::Gpu(_, cpu) => cpu.threads(),
            Engine::Composed(..) => 0,
        };
        self.denoiser_on(&Arc::new(Cpu::new(threads, Memory::Low)?), prompt)
    }

    /// A generator of new latents of `prompt`, pushed away from what another prompt makes by the factor
    /// beside it; 1 is no push, and then the other prompt costs nothing.
    ///
    /// # Errors
    /// [`ModelError`] if the weights are damaged.
    pub fn generator(
        &self,
        prompt: &PromptEmbedding,
        away: (&PromptEmbedding, f32),
    ) -> Outcome<Box<dyn Generator>> {
        match &self.engine {
            Engine::Cpu(backend) => self.generator_on(backend, prompt, away),
            Engine::Gpu(backend, _) => self.generator_on(backend, prompt, away),
            Engine::Composed(backend, _) => self.generator_on(backend, prompt, away),
        }
    }

    /// True if it is of another family than Stable Diffusion 1 and 2, which records leave out.
    pub fn is_of_later_family(&self) -> bool {
        self.takes_sizes() || self.is_multilingual()
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

    fn encode_on<B: Backend>(&self, backend: &B, picture: &RgbImage) -> Outcome<Latent> {
        let g = &self.vae_geometry;
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        if !(height.is_multiple_of(g.factor()) && width.is_multiple_of(g.factor())) {
            return Err(ModelError::Resolution {
                resolution: height.min(width),
                step: g.factor(),
                usual: self.resolution(),
            });
        }
        let pixels = picture.as_raw().iter().map(|&v| f32::from(v) / 127.5 - 1.0);
        let pixels: Vec<f32> = pixels.collect();
        let weights = self.weights(Part::Vae)?;
        let encoder = Encoder::load(g, &weights, backend)?;
        let (moments, grid) =
            backend.run(|| encoder.moments(backend, &pixels, Grid { height, width }))?;
        self.engine.trim();
        let means = moments
            .chunks_exact(2 * g.latent_channels)
            .flat_map(|moments| &moments[..g.latent_channels]);
        let scaled: Vec<f32> = means.map(|mean| mean * g.scaling_factor).collect();
        finite(&scaled, "The latent of the picture")?;
        from_tokens(&scaled, [g.latent_channels, grid.height, grid.width])
    }

    fn decode_on<B: Backend>(&self, backend: &B, latent: &Latent) -> Outcome<RgbImage> {
        let g = &self.vae_geometry;
        let [channels, height, width] = latent.shape();
        if channels != g.latent_channels {
            return Err(ModelError::Shape {
                what: "A latent to be decoded".into(),
                expected: vec![g.latent_channels, height, width],
                found: latent.shape().to_vec(),
            });
        }
        let mut x = latent.by_position();
        x.iter_mut().for_each(|v| *v /= g.scaling_factor);
        let weights = self.weights(Part::Vae)?;
        let decoder = Decoder::load(g, &weights, backend)?;
        let (pixels, grid) = backend.run(|| decoder.pixels(backend, &x, Grid { height, width }))?;
        self.engine.trim();
        finite(&pixels, "The decoded picture")?;
        let bytes = pixels.iter().map(|v| {
            let unit = (v / 2.0 + 0.5).clamp(0.0, 1.0);
            (unit * 255.0).round_ties_even() as u8
        });
        let (width, height) = (grid.width as u32, grid.height as u32);
        RgbImage::from_raw(width, height, bytes.collect()).ok_or(ModelError::Shape {
            what: "The decoded picture".into(),
            expected: vec![grid.height, grid.width, 3],
            found: vec![pixels.len()],
        })
    }

    fn embed_on<B: Backend>(&self, backend: &B, prompt: &str) -> Outcome<PromptEmbedding> {
        let open = |part| self.weights(part);
        text::embed(&self.text, self.hidden_state(), &open, backend, prompt)
    }

    fn denoiser_on<B: Backend>(
        &self,
        backend: &Arc<B>,
        prompt: &PromptEmbedding,
    ) -> Outcome<Box<dyn Denoiser>> {
        let predictor = self.predictor_on(&**backend)?;
        let prompt = backend.run(|| predictor.prompt(backend, prompt))?;
        Ok(Box::new(Prompted {
            backend: backend.clone(),
            engine: self.engine.clone(),
            predictor,
            prompt,
            schedule: self.schedule.clone(),
            factor: self.factor(),
            sizes: None,
        }))
    }

    fn generator_on<B: Backend>(
        &self,
        backend: &Arc<B>,
        prompt: &PromptEmbedding,
        (from, scale): (&PromptEmbedding, f32),
    ) -> Outcome<Box<dyn Generator>> {
        let predictor = self.predictor_on(&**backend)?;
        let read =
            |embedding: &PromptEmbedding| backend.run(|| predictor.prompt(backend, embedding));
        let prompt = read(prompt)?;
        let from = if scale == 1.0 {
            None
        } else {
            Some((read(from)?, scale))
        };
        Ok(Box::new(Guided {
            backend: backend.clone(),
            prompt,
            from,
            predictor,
            schedule: self.schedule.clone(),
            factor: self.factor(),
        }))
    }

    fn predictor_on<B: Backend>(&self, backend: &B) -> Outcome<NoisePredictor<B>> {
        let weights = backend.run(|| self.weights(Part::Unet))?;
        NoisePredictor::load(self.unet_geometry.clone(), &weights, backend)
    }
}

fn finite(values: &[f32], what: &str) -> Outcome<()> {
    if values.iter().all(|v| v.is_finite()) {
        return Ok(());
    }
    Err(ModelError::NonFinite { what: what.into() })
}
