//! The trained parameters, all weights or the matrices of a LoRA, and their steps.

use std::time::Instant;

use super::Recipe;
use super::adapter::Adapter;
use super::base::Base;
use super::continuation::Continuation;
use super::dataset::{Dataset, Example};
use crate::training::batch::{Batch, groups};
use crate::training::denoising::{self, Condition, Noised};
use crate::training::error::TrainingError;
use crate::training::optimiser::{self, Optimiser};
use crate::training::parameters::Parameters;
use crate::training::purpose;
use crate::training::trainer::{Ending, Plan, Trainer, TrainingStep};
use palimpsest_base::random::Random;
use palimpsest_diffusion::Schedule;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::network::backend::{Grid, Outcome};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::noise_predictor::NoisePredictor;
use palimpsest_diffusion::text_encoder::TextEncoder;
use palimpsest_method::inversion::Control;

/// The trained parameters, and the networks that follow them.
pub(super) struct Trainable {
    trainer: Trainer,
    networks: Networks,
}

impl Trainable {
    pub fn new(recipe: &Recipe, base: &Base) -> Result<Self, TrainingError> {
        let (parameters, adapter) = match recipe.lora {
            None => {
                let none = Parameters::default();
                (none.with_weights(Part::Unet, &base.unet)?, None)
            }
            Some(rank) => {
                let (adapter, parameters) = Adapter::new(&base.unet, rank, recipe.seed)?;
                (parameters, Some(adapter))
            }
        };
        let with_text = recipe.text_encoder && recipe.lora.is_none();
        let mut trained = base.text.iter().filter(|_| with_text);
        let parameters = trained.try_fold(parameters, |parameters, (part, weights)| {
            parameters.with_weights(*part, weights)
        })?;
        let optimiser = Optimiser::new(&parameters, optimiser::FINETUNING, |_| true);
        Ok(Self {
            networks: Networks::new(base, &parameters, adapter, with_text)?,
            trainer: Trainer {
                parameters,
                optimiser,
                average: None,
            },
        })
    }

    /// The parameters as they are now.
    pub fn parameters(&self) -> &Parameters {
        &self.trainer.parameters
    }

    pub fn adapter(&self) -> Option<&Adapter> {
        self.networks.adapter.as_ref()
    }

    /// The text encoders that are trained.
    pub fn text_parts(&self) -> impl Iterator<Item = Part> {
        Part::TEXT
            .into_iter()
            .take(self.networks.text_encoders.len())
    }

    /// Goes on where an interrupted run was, if there is one; returns the steps that were made.
    pub fn resume(&mut self, continuation: &Continuation) -> Result<u64, TrainingError> {
        continuation.resume(&mut self.trainer)?;
        Ok(self.trainer.optimiser.step())
    }

    /// The time of a step, in seconds, by one batch that is thrown away.
    pub fn seconds(
        &self,
        recipe: &Recipe,
        base: &Base,
        dataset: &Dataset,
    ) -> Result<f64, TrainingError> {
        let began = Instant::now();
        self.networks
            .batch(recipe, base, dataset, self.parameters(), 0)?;
        Ok(began.elapsed().as_secs_f64())
    }

    pub fn train(
        &mut self,
        recipe: &Recipe,
        base: &Base,
        dataset: &Dataset,
        plan: &Plan,
        (continuation, control): (&Continuation, &Control),
        report: &mut dyn FnMut(TrainingStep),
    ) -> Result<Ending, TrainingError> {
        let networks = &self.networks;
        self.trainer.run(
            plan,
            control,
            |parameters, step| networks.batch(recipe, base, dataset, parameters, step),
            report,
            // What is finished is written as the result.
            |trainer| match trainer.optimiser.step() < plan.steps {
                true => continuation.save(trainer),
                false => Ok(()),
            },
        )
    }
}

/// The networks, built once; they follow the parameters.
struct Networks {
    predictor: NoisePredictor<Cpu>,
    /// Only if they are trained too.
    text_encoders: Vec<TextEncoder<Cpu>>,
    /// Only if thin matrices are trained.
    adapter: Option<Adapter>,
    /// Groups of a batch, and slots of its gradients.
    dealt: (usize, usize),
}

impl Networks {
    fn new(
        base: &Base,
        parameters: &Parameters,
        adapter: Option<Adapter>,
        with_text: bool,
    ) -> Outcome<Self> {
        let (weights, dealt) = match &adapter {
            None => {
                let weights = parameters.over(Part::Unet, &base.unet)?;
                (weights, (groups(parameters.numbers()), parameters.len()))
            }
            Some(adapter) => {
                let weights = adapter.weights(&base.unet)?;
                (weights, (groups(base.parameters()), adapter.targets()))
            }
        };
        let geometry = base.model.unet_geometry().clone();
        let trained = base.model.text_geometries().zip(&base.text);
        let text_encoders =
            trained
                .filter(|_| with_text)
                .map(|((part, geometry), (_, weights))| {
                    let weights = parameters.over(part, weights)?;
                    TextEncoder::load(geometry, &weights, &*base.cpu)
                });
        Ok(Self {
            predictor: NoisePredictor::load(geometry, &weights, &*base.cpu)?,
            text_encoders: text_encoders.collect::<Outcome<_>>()?,
            adapter,
            dealt,
        })
    }

    fn batch(
        &self,
        recipe: &Recipe,
        base: &Base,
        dataset: &Dataset,
        parameters: &Parameters,
        step: u64,
    ) -> Outcome<Batch> {
        if let Some(adapter) = &self.adapter {
            adapter.renew(parameters);
        }
        let schedule = base.model.schedule();
        let draw_of = |i: usize| step * recipe.batch as u64 + i as u64;
        // Before the batch is dealt out: a changed picture goes through the autoencoder first.
        let learnt = (0..recipe.batch).map(|i| dataset.learnt(recipe, base, draw_of(i)));
        let learnt = learnt.collect::<Outcome<Vec<_>>>()?;
        let batch = Batch::compute(&*base.cpu, recipe.batch, self.dealt, |i, sums| {
            let draw = draw_of(i);
            let example = &learnt[i];
            let mut random = Random::for_training(recipe.seed, purpose::DRAW, draw);
            let Chance { timestep, noise } = Chance::draw(&mut random, example, schedule);
            let [_, height, width] = example.latent.shape();
            let condition = match &self.text_encoders[..] {
                [] => Condition::Embedding(&example.prompt),
                encoders => {
                    Condition::Tokens(&example.prompt.ids, encoders, base.model.hidden_state())
                }
            };
            let noised = Noised {
                latent: &example.latent.by_position(),
                noise: &noise,
                grid: Grid { height, width },
                timestep,
                sizes: example.sizes,
                condition,
            };
            denoising::sample(&*base.cpu, &self.predictor, schedule, sums, &noised)
        })?;
        Ok(match &self.adapter {
            None => batch,
            Some(adapter) => adapter.projected(batch, parameters),
        })
    }
}

/// The timestep and the noise of a draw.
struct Chance {
    timestep: usize,
    noise: Vec<f32>,
}

impl Chance {
    fn draw(random: &mut Random, example: &Example, schedule: &Schedule) -> Self {
        let last = schedule.alphas_cumprod().len() - 1;
        let timestep = random.integer(0, last);
        let count = example.latent.values().len();
        Self {
            timestep,
            noise: (0..count).map(|_| random.normal() as f32).collect(),
        }
    }
}
