//! What is trained, and the steps: all weights, or the matrices of a LoRA.

use std::collections::BTreeMap;
use std::time::Instant;

use super::adapter::Adapter;
use super::base::Base;
use super::material::{Item, Material};
use super::{Estimate, Recipe};
use crate::diffusion::files::{Part, Weights};
use crate::diffusion::network::backend::{Grid, Outcome};
use crate::diffusion::noise_predictor::NoisePredictor;
use crate::diffusion::text_encoder::TextEncoder;
use crate::inversion::Control;
use crate::lab::random::Random;
use crate::lab::training::batch::Batch;
use crate::lab::training::denoising::{self, Condition, Noised};
use crate::lab::training::error::TrainingError;
use crate::lab::training::optimiser::{self, Optimiser};
use crate::lab::training::parameters::{Parameters, Tensor};
use crate::lab::training::purpose;
use crate::lab::training::trainer::{Ending, Plan, Step, Trainer};

/// What training keeps for every trained number: value, gradient, two moments.
const KEPT: u64 = 4 * size_of::<f32>() as u64;
/// Memory of one draw under way, in values for each position of the latent and channel of the finest level: a
/// rough guess, on the large side.
const ACTIVATIONS: u64 = 260;

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

    /// Time, by one batch that is thrown away, and memory.
    pub fn estimate(
        &self,
        recipe: &Recipe,
        base: &Base,
        material: &Material,
        plan: &Plan,
    ) -> Result<Estimate, TrainingError> {
        let began = Instant::now();
        self.maker
            .batch(recipe, base, material, self.parameters(), 0)?;
        let each = began.elapsed().as_secs_f64();
        let trained = self.parameters().numbers();
        let latent = material.first().latent.values().len() as u64;
        let geometry = &base.unet.0;
        let first = geometry.block_out_channels.first().copied().unwrap_or(1) as u64;
        let one = latent * first * ACTIVATIONS / geometry.in_channels.max(1) as u64;
        let at_once = recipe.batch.min(base.cpu.threads()) as u64;
        Ok(Estimate {
            pictures: material.pictures(),
            steps: plan.steps,
            trained,
            rate: plan.rate,
            seconds: each * plan.steps as f64,
            bytes: trained as u64 * KEPT * (1 + at_once) / 2
                + base.parameters() as u64 * 4
                + one * 4 * at_once,
        })
    }

    pub fn train(
        &mut self,
        recipe: &Recipe,
        base: &Base,
        material: &Material,
        plan: &Plan,
        control: &Control,
        report: &mut dyn FnMut(Step),
    ) -> Result<Ending, TrainingError> {
        let maker = &self.maker;
        self.trainer.run(
            plan,
            control,
            |parameters, step| maker.batch(recipe, base, material, parameters, step),
            report,
            |_| Ok(()),
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
        let (weights, slots) = match &self.adapter {
            None => {
                let weights = parameters.over(Part::Unet, &base.unet.1)?;
                (weights, parameters.len())
            }
            Some(adapter) => (
                adapter.weights(parameters, &base.unet.1)?,
                adapter.targets(),
            ),
        };
        let predictor = NoisePredictor::load(base.unet.0.clone(), &weights, &*base.cpu)?;
        let text_encoder = if self.with_text {
            let weights = parameters.over(Part::TextEncoder, &base.text.1)?;
            Some(TextEncoder::load(&base.text.0, &weights, &*base.cpu)?)
        } else {
            None
        };
        let batch = Batch::compute(&*base.cpu, recipe.batch, |i| {
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
            denoising::sample(&*base.cpu, &predictor, &base.schedule, slots, &noised)
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
        let shape = weights.shape(name).unwrap_or_default().to_vec();
        let values = weights.parameter(name, &shape)?.values().into_owned();
        tensors.insert(name.to_owned(), (shape, values.into()));
    }
    Ok(so_far.with(part, tensors))
}
