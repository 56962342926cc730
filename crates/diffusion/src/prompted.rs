//! A noise predictor with its prompt: the training loss at a latent, and its gradient.

use super::engine::Engine;
use super::network::backend::{Backend, Grid, Outcome};
use super::network::cpu::Memory;
use super::network::tape::Recording;
use super::noise_predictor::{NoisePredictor, Prompt, Sizes};
use super::noising::Noising;
use super::{Denoiser, Latent, LossAndGradient, ModelError, Schedule};
use std::sync::Arc;

/// One model of the pair, ready for the descent.
pub(super) struct Prompted<B: Backend> {
    pub backend: Arc<B>,
    pub engine: Engine,
    pub predictor: NoisePredictor<B>,
    pub prompt: Prompt<B>,
    pub schedule: Schedule,
    /// The side of a latent cell in pixels.
    pub factor: usize,
    /// The sizes of the picture; without them those of generation.
    pub sizes: Option<Sizes>,
}

impl<B: Backend> Prompted<B> {
    fn evaluate(
        &self,
        latent: &Latent,
        timestep: usize,
        noise: &Latent,
        recording: Recording,
    ) -> Outcome<(f64, Option<Latent>)> {
        let [_, height, width] = latent.shape();
        check_latent(&self.predictor, latent)?;
        if latent.shape() != noise.shape() {
            return Err(ModelError::Shape {
                what: "The noise of a latent".into(),
                expected: latent.shape().to_vec(),
                found: noise.shape().to_vec(),
            });
        }
        let (u, e) = (latent.by_position(), noise.by_position());
        let noising = Noising::new(&self.schedule, timestep);
        let noised = noising.noised(&u, &e);
        let grid = Grid { height, width };
        let untouched = Sizes::untouched(height * self.factor, width * self.factor);
        let prompt = self.prompt.sized(self.sizes.unwrap_or(untouched));
        let (loss, gradient) = self.backend.run(|| {
            let prediction = self.predictor.predict(
                &self.backend,
                recording,
                &noised,
                grid,
                timestep,
                &prompt,
            )?;
            let residual = noising.residual(&prediction.values()?, &u, &e);
            if recording == Recording::Nothing {
                return Ok((residual.loss, None));
            }
            let inner = prediction.backward(&residual.gradient)?;
            Ok::<_, ModelError>((residual.loss, Some((inner, residual.gradient))))
        })?;
        let Some((inner, outer)) = gradient else {
            return Ok((loss, None));
        };
        let gradient = noising.gradient_at_latent(&inner, &outer);
        Ok((loss, Some(from_tokens(&gradient, latent.shape())?)))
    }
}

impl<B: Backend> Denoiser for Prompted<B> {
    fn loss_and_gradient(
        &mut self,
        latent: &Latent,
        timestep: usize,
        noise: &Latent,
    ) -> Outcome<LossAndGradient> {
        let recording = match self.engine.memory() {
            Memory::Full | Memory::Medium => Recording::Operations,
            Memory::Low => Recording::Blocks,
        };
        let (loss, gradient) = self.evaluate(latent, timestep, noise, recording)?;
        let gradient = gradient.ok_or(ModelError::Unrecorded)?;
        Ok(LossAndGradient { loss, gradient })
    }

    fn loss_of_nothing(&self, latent: &Latent, timestep: usize, noise: &Latent) -> f64 {
        let nothing = vec![0.0; latent.values().len()];
        let noising = Noising::new(&self.schedule, timestep);
        noising
            .residual(&nothing, latent.values(), noise.values())
            .loss
    }

    fn describe_picture(&mut self, sizes: Option<Sizes>) {
        self.sizes = sizes;
    }

    fn loss(&mut self, latent: &Latent, timestep: usize, noise: &Latent) -> Outcome<f64> {
        Ok(self
            .evaluate(latent, timestep, noise, Recording::Nothing)?
            .0)
    }
}

/// The network takes a latent of this shape and predicts one.
///
/// # Errors
/// [`ModelError::Shape`].
pub(super) fn check_latent<B: Backend>(
    predictor: &NoisePredictor<B>,
    latent: &Latent,
) -> Outcome<()> {
    let [channels, height, width] = latent.shape();
    let (geometry, step) = (predictor.geometry(), predictor.granularity());
    if [geometry.in_channels, geometry.out_channels] == [channels; 2]
        && height.is_multiple_of(step)
        && width.is_multiple_of(step)
    {
        return Ok(());
    }
    Err(ModelError::Shape {
        what: format!("A latent (its sides must be multiples of {step})"),
        expected: vec![
            geometry.in_channels,
            geometry.sample_size,
            geometry.sample_size,
        ],
        found: latent.shape().to_vec(),
    })
}

/// `[h·w, C]` → C×h×w.
pub(super) fn from_tokens(tokens: &[f32], shape: [usize; 3]) -> Outcome<Latent> {
    let [channels, ..] = shape;
    let values = (0..channels)
        .flat_map(|c| tokens.iter().skip(c).step_by(channels).copied())
        .collect();
    Latent::new(shape, values)
}
