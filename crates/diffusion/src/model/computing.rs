//! What an examination asks of a model: to encode, decode, embed a prompt, denoise and generate. The network is read for
//! it, on whichever back end the engine has.

use super::{DiffusionModel, PromptEmbedding, text};
use crate::autoencoder::{Decoder, Encoder};
use crate::engine::Engine;
use crate::files::{Part, Weights};
use crate::network::backend::{Backend, Grid, Outcome};
use crate::network::cpu::{Cpu, Memory};
use crate::noise_predictor::NoisePredictor;
use crate::prompted::{Prompted, from_tokens};
use crate::sampling::{Generator, Guided};
use crate::{Denoiser, Latent, ModelError};
use image::RgbImage;
use std::sync::Arc;

impl DiffusionModel {
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

    /// What a picture of `prompt` is pushed away from under classifier-free guidance: the negative prompt; where there is
    /// none the empty one, or zeros, vector of the prompt included ([`Self::zeroes_absent_prompt`]).
    ///
    /// # Errors
    /// As [`Self::embed`].
    pub fn away_from(
        &self,
        negative: Option<&str>,
        prompt: &PromptEmbedding,
    ) -> Outcome<PromptEmbedding> {
        match negative {
            None if self.zeroes_absent_prompt() => Ok(prompt.zeroed()),
            negative => self.embed(negative.unwrap_or_default()),
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

    /// The noise predictor with `weights` in place of its own, such as those in training, under a prompt as they read it
    /// now.
    ///
    /// # Errors
    /// [`ModelError`] if they are not those of such a network.
    pub fn denoiser_with(
        &self,
        weights: &Weights,
        prompt: &PromptEmbedding,
    ) -> Outcome<Box<dyn Denoiser>> {
        match &self.engine {
            Engine::Cpu(backend) => self.prompted(backend, weights, prompt),
            Engine::Gpu(backend, _) => self.prompted(backend, weights, prompt),
            Engine::Composed(backend, _) => self.prompted(backend, weights, prompt),
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
        let weights = backend.run(|| self.weights(Part::Unet))?;
        self.prompted(backend, &weights, prompt)
    }

    fn prompted<B: Backend>(
        &self,
        backend: &Arc<B>,
        weights: &Weights,
        prompt: &PromptEmbedding,
    ) -> Outcome<Box<dyn Denoiser>> {
        let predictor = NoisePredictor::load(self.unet_geometry.clone(), weights, &**backend)?;
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

pub(super) fn finite(values: &[f32], what: &str) -> Outcome<()> {
    if values.iter().all(|v| v.is_finite()) {
        return Ok(());
    }
    Err(ModelError::NonFinite { what: what.into() })
}
