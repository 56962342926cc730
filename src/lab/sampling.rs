//! New pictures out of a model: deterministic sampling (DDIM, Song et al. 2021, η = 0).

use crate::diffusion::Schedule;
use crate::diffusion::network::backend::{Backend, Grid, Outcome};
use crate::diffusion::network::tape::Recording;
use crate::diffusion::noise_predictor::{NoisePredictor, Prompt};
use crate::diffusion::noising::Noising;

/// A noise predictor and what conditions it.
pub struct Sampler<'a, B: Backend> {
    pub backend: &'a B,
    pub predictor: &'a NoisePredictor<B>,
    pub schedule: &'a Schedule,
    pub prompt: &'a Prompt<B>,
    pub grid: Grid,
}

impl<B: Backend> Sampler<'_, B> {
    /// The latent (`[h·w, channels]`) that `steps` evenly spaced steps make of `noise`.
    ///
    /// # Errors
    /// [`ModelError`](crate::diffusion::ModelError) if the noise does not suit the network.
    pub fn sample(&self, noise: &[f32], steps: usize) -> Outcome<Vec<f32>> {
        let last = self.schedule.alphas_cumprod().len() - 1;
        let steps = steps.clamp(1, last);
        let times: Vec<usize> = (1..=steps).map(|i| i * last / steps).collect();
        let mut latent = noise.to_vec();
        for (index, &time) in times.iter().enumerate().rev() {
            let noising = Noising::new(self.schedule, time);
            let prediction = self.predictor.predict(
                self.backend,
                Recording::Nothing,
                &latent,
                self.grid,
                time,
                self.prompt,
            )?;
            let (clean, noise) = noising.parted(&latent, &prediction.values()?);
            latent = match index.checked_sub(1) {
                Some(next) => Noising::new(self.schedule, times[next]).noised(&clean, &noise),
                None => clean,
            };
        }
        Ok(latent)
    }
}
