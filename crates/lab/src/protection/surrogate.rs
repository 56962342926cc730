//! The model that ASPL fine-tunes meanwhile, and the copy of it that learns the clean pictures and is forgotten again. As
//! its publishers do it: a few steps of one picture each at a constant rate, every time with an optimiser that begins
//! anew; without pictures for prior preservation, and of the noise predictor alone.

use std::sync::Arc;

use palimpsest_diffusion::files::{Part, Weights};
use palimpsest_diffusion::network::backend::Grid;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::noise_predictor::{NoisePredictor, Sizes};
use palimpsest_diffusion::{Denoiser, Latent};

use super::climbing::Climber;
use super::error::ProtectionError;
use super::objective::Draw;
use crate::training::batch::Batch;
use crate::training::denoising::{self, Condition, Noised};
use crate::training::optimiser::{self, Optimiser};
use crate::training::parameters::Parameters;
use crate::training::purpose;
use palimpsest_base::random::Random;

/// Steps of every fine-tuning.
pub(super) const LEARNING_STEPS: u64 = 3;
/// Gradients longer than this are shortened to it.
const LONGEST_GRADIENT: f64 = 1.0;

pub(super) struct Surrogate<'a> {
    climber: &'a Climber<'a>,
    /// The one that stays, and learns the changed pictures.
    lasting: Learner,
    /// Its copy, which learns the clean ones, and which is climbed.
    passing: Learner,
}

/// A noise predictor in training.
struct Learner {
    parameters: Parameters,
    weights: Weights,
    predictor: NoisePredictor<Cpu>,
}

impl Learner {
    fn new(
        base: &Weights,
        parameters: Parameters,
        climber: &Climber,
    ) -> Result<Self, ProtectionError> {
        let weights = parameters.over(Part::Unet, base)?;
        let geometry = climber.model.unet_geometry().clone();
        Ok(Self {
            predictor: NoisePredictor::load(geometry, &weights, &**climber.cpu)?,
            weights,
            parameters,
        })
    }
}

impl<'a> Surrogate<'a> {
    pub fn new(climber: &'a Climber<'a>) -> Result<Self, ProtectionError> {
        let base = climber.model.weights(Part::Unet)?;
        let parameters = Parameters::default().with_weights(Part::Unet, &base)?;
        let copy = parameters.clone();
        Ok(Self {
            lasting: Learner::new(&base, parameters, climber)?,
            passing: Learner::new(&base, copy, climber)?,
            climber,
        })
    }

    /// The numbers of the model that stays, by name, which a checkpoint keeps.
    pub fn values(&self) -> impl Iterator<Item = (String, Arc<Vec<f32>>)> {
        let parameters = &self.lasting.parameters;
        (0..parameters.len()).map(|slot| (parameters.name(slot), parameters.values(slot)))
    }

    /// Takes the numbers of a checkpoint, which has as many.
    pub fn restore(&self, slot: usize, values: &[f32]) -> bool {
        let parameters = &self.lasting.parameters;
        let fits = slot < parameters.len() && parameters.values(slot).len() == values.len();
        if fits {
            parameters.change(slot, |own| own.copy_from_slice(values));
        }
        fits
    }

    /// Lets a copy of the model learn the clean pictures in round `round`; returns it as a denoiser.
    pub fn with_clean(
        &mut self,
        latents: &[Latent],
        round: u64,
    ) -> Result<Box<dyn Denoiser>, ProtectionError> {
        let (from, to) = (&self.lasting.parameters, &self.passing.parameters);
        for slot in 0..from.len() {
            let values = from.values(slot);
            to.change(slot, |own| own.copy_from_slice(&values));
        }
        self.learn(&self.passing, latents, round, purpose::CLEAN)?;
        let Climber { model, prompt, .. } = self.climber;
        Ok(model.denoiser_with(&self.passing.weights, prompt)?)
    }

    /// Lets the model that stays learn the changed pictures in round `round`.
    pub fn with_changed(&mut self, latents: &[Latent], round: u64) -> Result<(), ProtectionError> {
        self.learn(&self.lasting, latents, round, purpose::CHANGED)
    }

    fn learn(
        &self,
        learner: &Learner,
        latents: &[Latent],
        round: u64,
        purpose: u16,
    ) -> Result<(), ProtectionError> {
        let Climber {
            recipe,
            model,
            prompt,
            ..
        } = self.climber;
        let cpu = &**self.climber.cpu;
        let parameters = &learner.parameters;
        let mut optimiser = Optimiser::new(parameters, optimiser::FINETUNING, |_| true);
        for number in round * LEARNING_STEPS..(round + 1) * LEARNING_STEPS {
            let Some(latent) = latents.get(number as usize % latents.len().max(1)) else {
                return Ok(());
            };
            let mut random = Random::for_training(recipe.seed, purpose, number);
            let draw = Draw::new(&mut random, model.schedule(), latent.shape())?;
            let [_, height, width] = latent.shape();
            let noised = Noised {
                latent: &latent.by_position(),
                noise: &draw.noise.by_position(),
                grid: Grid { height, width },
                timestep: draw.timestep,
                sizes: Sizes::untouched(height * model.factor(), width * model.factor()),
                condition: Condition::Embedding(prompt),
            };
            let mut batch = Batch::compute(cpu, 1, (1, parameters.len()), |_, sums| {
                denoising::sample(cpu, &learner.predictor, model.schedule(), sums, &noised)
            })?;
            let norm = batch.clip(LONGEST_GRADIENT);
            if !(batch.loss.is_finite() && norm.is_finite()) {
                return Err(ProtectionError::Diverged);
            }
            optimiser.update(parameters, &batch.gradients, self.climber.rate() as f32);
        }
        Ok(())
    }
}
