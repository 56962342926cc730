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
    ) -> Outcome<Option<Latent>> {
        self.generate_from(&Origin::Noise, noise, steps, proceed)
    }

    /// As [`Generator::generate`], with what is given of the picture.
    ///
    /// # Errors
    /// As for [`Generator::generate`], of the given latent too.
    fn generate_from(
        &mut self,
        origin: &Origin,
        noise: &Latent,
        steps: usize,
        proceed: &mut dyn FnMut(usize) -> bool,
    ) -> Outcome<Option<Latent>>;

    /// The noise that the network finds at `timestep` in a noised latent, under the prompt alone, or with none under the
    /// prompt that is pushed away from. `None` if there is no such prompt.
    ///
    /// # Errors
    /// As for [`Generator::generate`].
    fn noise_in(
        &mut self,
        noised: &Latent,
        timestep: usize,
        under: Under,
    ) -> Outcome<Option<Latent>>;
}

/// The prompt of a prediction.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Under {
    Prompt,
    /// The one that is pushed away from, usually the empty one.
    Other,
}

/// What is given of a picture before it is made.
#[derive(Clone, Debug)]
pub enum Origin {
    /// Nothing: text to image.
    Noise,
    /// A picture that is noised by a share of the steps and made again (Meng et al. 2022, SDEdit; diffusers' image to
    /// image): of `steps` only the last ⌊`strength`·steps⌋ are made.
    Picture { latent: Latent, strength: f64 },
    /// Cells that are known: before every step they take the place of what is predicted for them (Wang, Yu and Zhang
    /// 2023, DDNM, of a mask on the latent; no noise is added, as by the sampler itself).
    Kept {
        latent: Latent,
        /// Row by row, true where the cell is known.
        cells: Vec<bool>,
    },
}

impl Origin {
    /// The number of steps that are made of `steps`.
    pub fn steps(&self, steps: usize) -> usize {
        match self {
            Self::Picture { strength, .. } => ((steps as f64 * strength) as usize).min(steps),
            Self::Noise | Self::Kept { .. } => steps,
        }
    }

    fn latent(&self) -> Option<&Latent> {
        match self {
            Self::Noise => None,
            Self::Picture { latent, .. } | Self::Kept { latent, .. } => Some(latent),
        }
    }
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
        origin: &Origin,
        noise: &[f32],
        steps: usize,
        proceed: &mut dyn FnMut(usize) -> bool,
    ) -> Outcome<Option<Vec<f32>>> {
        let mut times = timesteps(self.schedule.alphas_cumprod().len(), steps);
        times.truncate(origin.steps(times.len()));
        let given = origin.latent().map(Latent::by_position);
        let mut latent = match (origin, &given, times.last()) {
            (Origin::Picture { .. }, Some(given), Some(&time)) => {
                Noising::new(self.schedule, time).noised(given, noise)
            }
            (Origin::Picture { .. }, Some(given), None) => given.clone(),
            _ => noise.to_vec(),
        };
        for (number, (index, &time)) in (1..).zip(times.iter().enumerate().rev()) {
            if !proceed(number) {
                return Ok(None);
            }
            let prediction = self.predict(&latent, time)?;
            let (mut clean, noise) = Noising::new(self.schedule, time).parted(&latent, &prediction);
            if let (Origin::Kept { cells, .. }, Some(given)) = (origin, &given) {
                keep(&mut clean, given, cells);
            }
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

/// Puts what is known of `given` in its place; both by position.
fn keep(clean: &mut [f32], given: &[f32], cells: &[bool]) {
    let channels = clean.len() / cells.len().max(1);
    let positions = clean
        .chunks_exact_mut(channels.max(1))
        .zip(given.chunks_exact(channels.max(1)));
    for ((clean, given), known) in positions.zip(cells) {
        if *known {
            clean.copy_from_slice(given);
        }
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
    fn generate_from(
        &mut self,
        origin: &Origin,
        noise: &Latent,
        steps: usize,
        proceed: &mut dyn FnMut(usize) -> bool,
    ) -> Outcome<Option<Latent>> {
        check_latent(&self.predictor, noise)?;
        if let Some(given) = origin.latent() {
            check_same_shape(given, noise)?;
        }
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
        let sampled = sampler.sample(origin, &noise.by_position(), steps, proceed)?;
        sampled
            .map(|latent| from_tokens(&latent, noise.shape()))
            .transpose()
    }

    fn noise_in(
        &mut self,
        noised: &Latent,
        timestep: usize,
        under: Under,
    ) -> Outcome<Option<Latent>> {
        check_latent(&self.predictor, noised)?;
        let [_, height, width] = noised.shape();
        let sizes = Sizes::untouched(height * self.factor, width * self.factor);
        let prompt = match (under, &self.from) {
            (Under::Prompt, _) => &self.prompt,
            (Under::Other, Some((from, _))) => from,
            (Under::Other, None) => return Ok(None),
        };
        let prompt = prompt.sized(sizes);
        let latent = noised.by_position();
        let prediction = self.backend.run(|| {
            let (recording, grid) = (Recording::Nothing, Grid { height, width });
            self.predictor
                .predict(&self.backend, recording, &latent, grid, timestep, &prompt)?
                .values()
        })?;
        let (_, noise) = Noising::new(&self.schedule, timestep).parted(&latent, &prediction);
        from_tokens(&noise, noised.shape()).map(Some)
    }
}

/// A given latent is as large as the noise.
fn check_same_shape(given: &Latent, noise: &Latent) -> Outcome<()> {
    if given.shape() == noise.shape() {
        return Ok(());
    }
    Err(super::ModelError::Shape {
        what: "The latent of a picture to be made again".into(),
        expected: noise.shape().to_vec(),
        found: given.shape().to_vec(),
    })
}
