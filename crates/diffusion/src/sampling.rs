//! New latents out of a model: deterministic sampling (DDIM, Song et al. 2021, η = 0) under
//! classifier-free guidance (Ho and Salimans 2022), at the timesteps that Stable Diffusion's own
//! configurations name (`timestep_spacing` "leading", `steps_offset` 1, `set_alpha_to_one` false).

use std::sync::Arc;

use super::network::backend::{Backend, Grid, Outcome};
use super::network::tape::Recording;
use super::noise_predictor::{NoisePredictor, Prompt, Sizes};
use super::noising::Noising;
use super::prompted::{check_latent, from_tokens};
use super::{Latent, Schedule};

/// Makes latents of a model and its prompts.
pub trait Generator {
    /// The latent that `steps` evenly spaced steps make of `noise` (`[channels, height, width]`, mean 0,
    /// variance 1). Before every step `proceed` is asked with its number, counted from 1; if it says no
    /// there is no latent.
    ///
    /// # Errors
    /// [`ModelError::Shape`](super::ModelError::Shape) if the noise does not suit the network.
    fn generate(
        &mut self,
        noise: &Latent,
        steps: usize,
        proceed: &mut dyn FnMut(usize) -> bool,
    ) -> Outcome<Option<Latent>>;
}

/// The push of a sample away from what another prompt makes.
pub struct Guidance<'a, B: Backend> {
    /// The prompt that is pushed away from, usually the empty one.
    pub from: &'a Prompt<B>,
    /// 1 is no push.
    pub scale: f32,
}

/// A noise predictor and what conditions it.
pub struct Sampler<'a, B: Backend> {
    pub backend: &'a B,
    pub predictor: &'a NoisePredictor<B>,
    pub schedule: &'a Schedule,
    pub prompt: &'a Prompt<B>,
    /// Without it the network runs once a step, with it twice.
    pub guidance: Option<Guidance<'a, B>>,
    pub grid: Grid,
}

impl<B: Backend> Sampler<'_, B> {
    /// As [`Generator::generate`], of noise by position (`[h·w, channels]`).
    ///
    /// # Errors
    /// [`ModelError`](super::ModelError) if the noise does not suit the network.
    pub fn sample(
        &self,
        noise: &[f32],
        steps: usize,
        proceed: &mut dyn FnMut(usize) -> bool,
    ) -> Outcome<Option<Vec<f32>>> {
        let times = timesteps(self.schedule.alphas_cumprod().len(), steps);
        let mut latent = noise.to_vec();
        for (number, (index, &time)) in (1..).zip(times.iter().enumerate().rev()) {
            if !proceed(number) {
                return Ok(None);
            }
            let prediction = self.predict(&latent, time)?;
            let (clean, noise) = Noising::new(self.schedule, time).parted(&latent, &prediction);
            // The last step, which has none before it, ends at timestep 0, which still holds a little noise.
            let before = index.checked_sub(1).and_then(|before| times.get(before));
            let next = before.copied().unwrap_or(0);
            latent = Noising::new(self.schedule, next).noised(&clean, &noise);
        }
        Ok(Some(latent))
    }

    /// The prediction under the prompt, pushed away from the other one's.
    fn predict(&self, latent: &[f32], time: usize) -> Outcome<Vec<f32>> {
        let under = |prompt| {
            self.backend.run(|| {
                let recording = Recording::Nothing;
                self.predictor
                    .predict(self.backend, recording, latent, self.grid, time, prompt)?
                    .values()
            })
        };
        let wanted = under(self.prompt)?;
        let Some(guidance) = &self.guidance else {
            return Ok(wanted);
        };
        let unwanted = under(guidance.from)?;
        let pairs = unwanted.iter().zip(&wanted);
        Ok(pairs.map(|(u, w)| u + guidance.scale * (w - u)).collect())
    }
}

/// `steps` timesteps of a schedule of `length`, rising, the first of them 1.
fn timesteps(length: usize, steps: usize) -> Vec<usize> {
    let steps = steps.clamp(1, length.saturating_sub(1).max(1));
    let stride = length / steps;
    (0..steps).map(|step| step * stride + 1).collect()
}

/// A whole model that makes latents.
pub(super) struct Guided<B: Backend> {
    pub backend: Arc<B>,
    pub predictor: NoisePredictor<B>,
    pub schedule: Schedule,
    pub prompt: Prompt<B>,
    /// The prompt that is pushed away from, and how strongly.
    pub from: Option<(Prompt<B>, f32)>,
    /// The side of a latent cell in pixels.
    pub factor: usize,
}

impl<B: Backend> Generator for Guided<B> {
    fn generate(
        &mut self,
        noise: &Latent,
        steps: usize,
        proceed: &mut dyn FnMut(usize) -> bool,
    ) -> Outcome<Option<Latent>> {
        check_latent(&self.predictor, noise)?;
        let [_, height, width] = noise.shape();
        let sizes = Sizes::untouched(height * self.factor, width * self.factor);
        let prompt = self.prompt.sized(sizes);
        let from = (self.from.as_ref()).map(|(from, scale)| (from.sized(sizes), *scale));
        let sampler = Sampler {
            backend: &*self.backend,
            predictor: &self.predictor,
            schedule: &self.schedule,
            prompt: &prompt,
            guidance: (from.as_ref()).map(|(from, scale)| Guidance {
                from,
                scale: *scale,
            }),
            grid: Grid { height, width },
        };
        let sampled = sampler.sample(&noise.by_position(), steps, proceed)?;
        sampled
            .map(|latent| from_tokens(&latent, noise.shape()))
            .transpose()
    }
}
