//! What is trained, and the steps: all weights, or the matrices of a LoRA.

use std::collections::BTreeMap;
use std::time::Instant;

use super::Recipe;
use super::adapter::Adapter;
use super::base::Base;
use super::dataset::{Item, Material};
use super::results::Continuation;
use crate::training::batch::{Batch, groups};
use crate::training::denoising::{self, Condition, Noised};
use crate::training::error::TrainingError;
use crate::training::optimiser::{self, Optimiser};
use crate::training::parameters::{Parameters, Tensor};
use crate::training::purpose;
use crate::training::trainer::{Ending, Plan, Step, Trainer};
use palimpsest_base::random::Random;
use palimpsest_diffusion::files::{Part, Weights};
use palimpsest_diffusion::network::backend::{Grid, Outcome};
use palimpsest_diffusion::noise_predictor::NoisePredictor;
use palimpsest_diffusion::text_encoder::TextEncoder;
use palimpsest_method::inversion::Control;

/// The trained parameters, and how networks are made of them.
pub(super) struct Subject {
    trainer: Trainer,
    maker: Maker,
}

impl Subject {
    pub fn new(recipe: &Recipe, base: &Base) -> Result<Self, TrainingError> {
        let (parameters, adapter) = match recipe.lora {
            None => (
                whole(Part::Unet, &base.unet.1, Parameters::default())?,
                None,
            ),
            Some(rank) => {
                let (adapter, parameters) = Adapter::new(&base.unet.1, rank, recipe.seed)?;
                (parameters, Some(adapter))
            }
        };
        let with_text = recipe.text_encoder && recipe.lora.is_none();
        let parameters = if with_text {
            whole(Part::TextEncoder, &base.text.1, parameters)?
        } else {
            parameters
        };
        let optimiser = Optimiser::new(&parameters, optimiser::FINETUNING, |_| true);
        Ok(Self {
            trainer: Trainer {
                parameters,
                optimiser,
                average: None,
            },
            maker: Maker { adapter, with_text },
        })
    }

    /// The parameters as they are now.
    pub fn parameters(&self) -> &Parameters {
        &self.trainer.parameters
    }

    pub fn adapter(&self) -> Option<&Adapter> {
        self.maker.adapter.as_ref()
    }

    pub fn trains_text(&self) -> bool {
        self.maker.with_text
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
        material: &Material,
    ) -> Result<f64, TrainingError> {
        let began = Instant::now();
        self.maker
            .batch(recipe, base, material, self.parameters(), 0)?;
        Ok(began.elapsed().as_secs_f64())
    }

    pub fn train(
        &mut self,
        recipe: &Recipe,
        base: &Base,
        material: &Material,
        plan: &Plan,
        (continuation, control): (&Continuation, &Control),
        report: &mut dyn FnMut(Step),
    ) -> Result<Ending, TrainingError> {
        let maker = &self.maker;
        self.trainer.run(
            plan,
            control,
            |parameters, step| maker.batch(recipe, base, material, parameters, step),
            report,
            // What is finished is written as the result.
            |trainer| match trainer.optimiser.step() < plan.steps {
                true => continuation.save(trainer),
                false => Ok(()),
            },
        )
    }
}

/// Makes networks of parameters, and batches with them.
struct Maker {
    adapter: Option<Adapter>,
    with_text: bool,
}

impl Maker {
    fn batch(
        &self,
        recipe: &Recipe,
        base: &Base,
        material: &Material,
        parameters: &Parameters,
        step: u64,
    ) -> Outcome<Batch> {
        let (weights, dealt) = match &self.adapter {
            None => {
                let weights = parameters.over(Part::Unet, &base.unet.1)?;
                (weights, (groups(parameters.numbers()), parameters.len()))
            }
            Some(adapter) => (
                adapter.weights(parameters, &base.unet.1)?,
                (groups(base.parameters()), adapter.targets()),
            ),
        };
        let predictor = NoisePredictor::load(base.unet.0.clone(), &weights, &*base.cpu)?;
        let text_encoder = if self.with_text {
            let weights = parameters.over(Part::TextEncoder, &base.text.1)?;
            Some(TextEncoder::load(&base.text.0, &weights, &*base.cpu)?)
        } else {
            None
        };
        let batch = Batch::compute(&*base.cpu, recipe.batch, dealt, |i, sums| {
            let draw = step * recipe.batch as u64 + i as u64;
            let item = material.drawn(recipe.seed, draw, purpose::ORDER);
            let mut random = Random::for_training(recipe.seed, purpose::DRAW, draw);
            let Chance { timestep, noise } = Chance::draw(&mut random, item, base);
            let [_, height, width] = item.latent.shape();
            let condition = match &text_encoder {
                Some(encoder) => Condition::Tokens(&item.prompt.ids, encoder),
                None => Condition::Embedding(&item.prompt.values),
            };
            let noised = Noised {
                latent: &item.latent.by_position(),
                noise: &noise,
                grid: Grid { height, width },
                timestep,
                condition,
            };
            denoising::sample(&*base.cpu, &predictor, &base.schedule, sums, &noised)
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
    fn draw(random: &mut Random, item: &Item, base: &Base) -> Self {
        let last = base.schedule.alphas_cumprod().len() - 1;
        let timestep = random.integer(0, last);
        let count = item.latent.values().len();
        Self {
            timestep,
            noise: (0..count).map(|_| random.normal() as f32).collect(),
        }
    }
}

/// All weights of a part, held in memory.
fn whole(part: Part, weights: &Weights, so_far: Parameters) -> Result<Parameters, TrainingError> {
    let names: Vec<&str> = weights.names().collect();
    let mut tensors: BTreeMap<String, Tensor> = BTreeMap::new();
    for name in names {
        // Positions are stored as whole numbers by some versions, and are not trained.
        if name.ends_with("position_ids") {
            continue;
        }
        let stored = weights.stored(name)?;
        let shape = stored.shape().to_vec();
        tensors.insert(name.to_owned(), (shape, stored.into_values().into()));
    }
    Ok(so_far.with(part, tensors))
}
