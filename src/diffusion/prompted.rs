//! A noise predictor with its prompt: the training loss at a latent, and its gradient.

use super::engine::Engine;
use super::files::config::Prediction as Target;
use super::network::backend::{Backend, Grid, Outcome};
use super::network::cpu::Memory;
use super::network::tape::Recording;
use super::noise_predictor::{NoisePredictor, Prompt};
use super::{Denoiser, Latent, LossAndGradient, ModelError, Schedule};
use std::sync::Arc;

/// One model of the pair, ready for the descent.
pub(super) struct Prompted<B: Backend> {
    pub backend: Arc<B>,
    pub engine: Engine,
    pub predictor: NoisePredictor<B>,
    pub prompt: Prompt<B>,
    pub schedule: Schedule,
}

/// A loss and what it takes to get its gradient.
struct Residual {
    loss: f64,
    /// ∂loss/∂prediction, in tokens-by-channels order.
    gradient: Vec<f32>,
}

impl<B: Backend> Prompted<B> {
    fn evaluate(
        &self,
        latent: &Latent,
        timestep: usize,
        noise: &Latent,
        recording: Recording,
    ) -> Outcome<(f64, Option<Latent>)> {
        let [channels, height, width] = latent.shape();
        let geometry = self.predictor.geometry();
        let step = self.predictor.granularity();
        if latent.shape() != noise.shape()
            || channels != geometry.in_channels
            || channels != geometry.out_channels
            || height % step != 0
            || width % step != 0
        {
            return Err(ModelError::Shape {
                what: format!("A latent (its sides must be multiples of {step})"),
                expected: vec![
                    geometry.in_channels,
                    geometry.sample_size,
                    geometry.sample_size,
                ],
                found: latent.shape().to_vec(),
            });
        }
        let (u, e) = (tokens(latent), tokens(noise));
        let (signal, sigma) = (
            self.schedule.signal(timestep),
            self.schedule.sigma(timestep),
        );
        let noised: Vec<f32> = u
            .iter()
            .zip(&e)
            .map(|(u, e)| signal * u + sigma * e)
            .collect();
        let grid = Grid { height, width };
        let (loss, gradient) = self.backend.run(|| {
            let prediction = self.predictor.predict(
                &self.backend,
                recording,
                &noised,
                grid,
                timestep,
                &self.prompt,
            )?;
            let residual = self.residual(&prediction.values()?, &u, &e, signal, sigma);
            if recording == Recording::Nothing {
                return Ok((residual.loss, None));
            }
            let inner = prediction.backward(&residual.gradient)?;
            Ok::<_, ModelError>((residual.loss, Some((inner, residual.gradient))))
        })?;
        let Some((inner, outer)) = gradient else {
            return Ok((loss, None));
        };
        // The velocity's target holds the latent too: −√(1−ᾱ)·u, which adds to the residual.
        let direct = match self.schedule.prediction() {
            Target::Epsilon => 0.0,
            Target::Velocity => sigma,
        };
        let gradient = inner.iter().zip(&outer);
        let gradient: Vec<f32> = gradient.map(|(x, r)| signal * x + direct * r).collect();
        Ok((loss, Some(from_tokens(&gradient, latent.shape())?)))
    }

    fn residual(
        &self,
        prediction: &[f32],
        u: &[f32],
        e: &[f32],
        signal: f32,
        sigma: f32,
    ) -> Residual {
        let n = prediction.len() as f64;
        let target = |u: f32, e: f32| match self.schedule.prediction() {
            Target::Epsilon => e,
            Target::Velocity => signal * e - sigma * u,
        };
        let differences = prediction
            .iter()
            .zip(u.iter().zip(e))
            .map(|(p, (u, e))| p - target(*u, *e));
        let mut sum = 0.0;
        let gradient = differences
            .map(|d| {
                sum += f64::from(d) * f64::from(d);
                (2.0 / n * f64::from(d)) as f32
            })
            .collect();
        Residual {
            loss: sum / n,
            gradient,
        }
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
            Memory::Full => Recording::Operations,
            Memory::Low => Recording::Blocks,
        };
        let (loss, gradient) = self.evaluate(latent, timestep, noise, recording)?;
        let gradient = gradient.ok_or(ModelError::Unrecorded)?;
        Ok(LossAndGradient { loss, gradient })
    }

    fn loss(&mut self, latent: &Latent, timestep: usize, noise: &Latent) -> Outcome<f64> {
        Ok(self
            .evaluate(latent, timestep, noise, Recording::Nothing)?
            .0)
    }
}

/// C×h×w → `[h·w, C]`.
pub(super) fn tokens(latent: &Latent) -> Vec<f32> {
    let [channels, height, width] = latent.shape();
    let positions = height * width;
    let values = latent.values();
    (0..positions)
        .flat_map(|p| (0..channels).map(move |c| values[c * positions + p]))
        .collect()
}

/// `[h·w, C]` → C×h×w.
pub(super) fn from_tokens(tokens: &[f32], shape: [usize; 3]) -> Outcome<Latent> {
    let [channels, ..] = shape;
    let values = (0..channels)
        .flat_map(|c| tokens.iter().skip(c).step_by(channels).copied())
        .collect();
    Latent::new(shape, values)
}
