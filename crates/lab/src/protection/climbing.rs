//! The steps of a picture: encoded, judged by what is climbed, and moved by the sign of the gradient at its pixels.

use std::sync::Arc;
use std::time::Instant;

use palimpsest_diffusion::autoencoder::Encoder;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::network::backend::{Backend, Grid};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::{Denoiser, DiffusionModel, Engine, Latent, PromptEmbedding};
use palimpsest_method::artwork::{Artwork, prepare};
use palimpsest_method::examination::Identity;
use palimpsest_method::inversion::Control;

use super::error::ProtectionError;
use super::objective::{Draw, Objective, distance, pattern};
use super::perturbed::Perturbed;
use super::record::{Ledger, Losses};
use super::work::Work;
use super::{Precaution, ProtectionStep, Recipe, memory};
use crate::training::batch::SMALL;
use crate::training::purpose;
use crate::training::trainer::Ending;
use image::RgbImage;
use palimpsest_base::random::Random;

/// Timesteps over which a picture's loss is measured, evenly spread.
const MEASURED: usize = 10;
/// The rate that ASPL was published with for Stable Diffusion, and one for the small models here.
const LARGE_RATE: f64 = 5e-7;
const SMALL_RATE: f64 = 3e-4;

/// A request with its model, ready to climb.
pub(super) struct Climber<'a> {
    pub recipe: &'a Recipe,
    pub cpu: &'a Arc<Cpu>,
    pub model: DiffusionModel,
    pub prompt: PromptEmbedding,
    encoder: Encoder<Cpu>,
    objective: Objective,
    side: usize,
    shape: [usize; 3],
    numbers: u64,
}

impl<'a> Climber<'a> {
    pub fn open(recipe: &'a Recipe, cpu: &'a Arc<Cpu>) -> Result<Self, ProtectionError> {
        let model = DiffusionModel::open(&recipe.base, None, &Engine::Cpu(Arc::clone(cpu)))?;
        let side = recipe.resolution.unwrap_or_else(|| model.resolution());
        let shape = model.latent_shape(side)?;
        memory::check(recipe, &model, shape)?;
        let objective = match recipe.precaution {
            Precaution::AdvDm | Precaution::Aspl => Objective::Denoising,
            Precaution::Mist => {
                let target = match &recipe.target {
                    Some(file) => prepare(Artwork::open(file)?.pixels(), side as u32)?,
                    None => pattern(side as u32),
                };
                Objective::fused(model.encode(&target)?, recipe.semantic_weight)
            }
        };
        let weights = model.weights(Part::Vae)?;
        Ok(Self {
            recipe,
            cpu,
            prompt: model.embed(&recipe.prompt)?,
            encoder: Encoder::load(model.autoencoder_geometry(), &weights, &**cpu)?,
            objective,
            side,
            shape,
            numbers: model.numbers(Part::Unet)?,
            model,
        })
    }

    /// The side of the pictures in pixels.
    pub fn side(&self) -> usize {
        self.side
    }

    /// The rate of ASPL's fine-tuning.
    pub fn rate(&self) -> f64 {
        let usual = match self.numbers < SMALL as u64 {
            true => SMALL_RATE,
            false => LARGE_RATE,
        };
        self.recipe.rate.unwrap_or(usual)
    }

    /// The model's files and their hashes.
    pub fn identity(&self, control: &Control) -> Result<Identity, ProtectionError> {
        let path = self.model.description().path;
        Ok(Identity::read(&path, &self.model.files(), control)?)
    }

    /// Changes one picture after the other.
    pub fn one_by_one(
        &self,
        works: &[Work],
        ledger: &mut Ledger,
        control: &Control,
        report: &mut dyn FnMut(ProtectionStep),
    ) -> Result<Ending, ProtectionError> {
        let mut denoiser = self.model.denoiser(&self.prompt)?;
        let lacking = ledger.lacks(works);
        let mut pace = Pace::new(lacking.len() * self.recipe.steps);
        for (number, work) in lacking {
            let mut perturbed = Perturbed::new(work.picture.clone(), self.recipe.budget);
            if self.recipe.precaution == Precaution::Mist {
                let seed = work.seed(self.recipe.seed);
                perturbed.scatter(&mut Random::for_training(seed, purpose::SCATTER, 0));
            }
            for step in 0..self.recipe.steps {
                if !control.may_proceed() {
                    return Ok(Ending::Cancelled);
                }
                let value = self.step(work, &mut perturbed, step, &mut *denoiser)?;
                report(ProtectionStep {
                    picture: number + 1,
                    pictures: works.len(),
                    step: step + 1,
                    steps: self.recipe.steps,
                    value,
                    seconds_left: pace.step(),
                });
            }
            let changed = perturbed.picture();
            let losses = self.losses(work, [&work.picture, &changed], &mut *denoiser)?;
            ledger.enter(work, &changed, losses)?;
        }
        Ok(Ending::Finished)
    }

    /// Makes step `step` of a picture; returns what was climbed.
    pub fn step(
        &self,
        work: &Work,
        perturbed: &mut Perturbed,
        step: usize,
        denoiser: &mut dyn Denoiser,
    ) -> Result<f64, ProtectionError> {
        let seed = work.seed(self.recipe.seed);
        let mut random = Random::for_training(seed, purpose::PROTECTION, step as u64);
        let draw = Draw::new(&mut random, self.model.schedule(), self.shape)?;
        let (value, gradient) = self.gradient(&perturbed.pixels(), &draw, denoiser)?;
        if !gradient.iter().all(|g| g.is_finite()) {
            return Err(ProtectionError::NotFinite(work.file.clone()));
        }
        perturbed.climb(&gradient, self.recipe.step as f32);
        Ok(value)
    }

    /// What is climbed at pixels in [-1, 1] (`[h·w, 3]`), and its gradient there.
    pub fn gradient(
        &self,
        pixels: &[f32],
        draw: &Draw,
        denoiser: &mut dyn Denoiser,
    ) -> Result<(f64, Vec<f32>), ProtectionError> {
        let grid = Grid {
            height: self.side,
            width: self.side,
        };
        let scale = self.model.autoencoder_geometry().scaling_factor;
        let encoding = self
            .cpu
            .run(|| self.encoder.encode(&**self.cpu, pixels, grid, scale))?;
        let (value, at_latent) = self.objective.at(encoding.latent(), draw, denoiser)?;
        let gradient = self.cpu.run(|| encoding.pull_back(&at_latent))?;
        Ok((value, gradient))
    }

    /// The losses of a picture before and after, by the model `denoiser`, on the same draws.
    pub fn losses(
        &self,
        work: &Work,
        pictures: [&RgbImage; 2],
        denoiser: &mut dyn Denoiser,
    ) -> Result<[Losses; 2], ProtectionError> {
        let [before, after] = pictures.map(|picture| {
            let latent = self.model.encode(picture)?;
            Ok::<_, ProtectionError>(Losses {
                denoising: self.denoising_loss(work, &latent, denoiser)?,
                target_distance: match &self.objective {
                    Objective::Denoising => None,
                    Objective::Fused { target, .. } => Some(distance(&latent, target)),
                },
            })
        });
        Ok([before?, after?])
    }

    fn denoising_loss(
        &self,
        work: &Work,
        latent: &Latent,
        denoiser: &mut dyn Denoiser,
    ) -> Result<f64, ProtectionError> {
        let length = self.model.schedule().alphas_cumprod().len();
        let mut sum = 0.0;
        for index in 0..MEASURED {
            let seed = work.seed(self.recipe.seed);
            let mut random = Random::for_training(seed, purpose::MEASURING, index as u64);
            let timestep = (2 * index + 1) * length / (2 * MEASURED);
            let draw = Draw::at(timestep, &mut random, self.shape)?;
            sum += denoiser.loss(latent, draw.timestep, &draw.noise)?;
        }
        Ok(sum / MEASURED as f64)
    }
}

/// The pace of steps, which says how long those that are left will take.
pub(super) struct Pace {
    began: Instant,
    made: usize,
    of: usize,
}

impl Pace {
    pub fn new(of: usize) -> Self {
        Self {
            began: Instant::now(),
            made: 0,
            of,
        }
    }

    /// One more step is made: seconds for those that are left.
    pub fn step(&mut self) -> f64 {
        self.made += 1;
        let each = self.began.elapsed().as_secs_f64() / self.made as f64;
        each * self.of.saturating_sub(self.made) as f64
    }
}
