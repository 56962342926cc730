//! The model that is fine-tuned: its folder, its shapes, the weights that it begins with.

use std::sync::Arc;

use super::Recipe;
use crate::training::error::TrainingError;
use palimpsest_diffusion::files::{Part, Weights};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::{DiffusionModel, Engine};

/// An open model, with the weights of the parts that may be trained.
pub(super) struct Base {
    pub model: DiffusionModel,
    pub cpu: Arc<Cpu>,
    pub unet: Weights,
    pub text_encoder: Weights,
}

impl Base {
    pub fn open(recipe: &Recipe, cpu: &Arc<Cpu>) -> Result<Self, TrainingError> {
        let engine = Engine::Cpu(Arc::clone(cpu));
        let model = DiffusionModel::open(&recipe.base, None, &engine)?;
        Ok(Self {
            unet: model.weights(Part::Unet)?,
            text_encoder: model.weights(Part::TextEncoder)?,
            cpu: Arc::clone(cpu),
            model,
        })
    }

    /// Numbers in the noise predictor.
    pub fn parameters(&self) -> usize {
        self.unet.numbers() as usize
    }
}
