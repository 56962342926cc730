//! The model that is fine-tuned: its folder, its shapes, the weights that it begins with.

use std::sync::Arc;

use super::Recipe;
use crate::training::error::TrainingError;
use palimpsest_diffusion::files::{Part, Weights};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::{DiffusionModel, Engine, ModelError};

/// An open model, with the weights of the parts that may be trained.
pub(super) struct Base {
    pub model: DiffusionModel,
    pub cpu: Arc<Cpu>,
    pub unet: Weights,
    /// Of every text encoder.
    pub text: Vec<(Part, Weights)>,
}

impl Base {
    pub fn open(recipe: &Recipe, cpu: &Arc<Cpu>) -> Result<Self, TrainingError> {
        let engine = Engine::Cpu(Arc::clone(cpu));
        let model = DiffusionModel::open(&recipe.base, None, &engine)?;
        Ok(Self {
            unet: model.weights(Part::Unet)?,
            text: (model.text_geometries())
                .map(|(part, _)| Ok((part, model.weights(part)?)))
                .collect::<Result<_, ModelError>>()?,
            cpu: Arc::clone(cpu),
            model,
        })
    }

    /// Numbers in the text encoders.
    pub fn text_numbers(&self) -> u64 {
        self.text.iter().map(|(_, weights)| weights.numbers()).sum()
    }

    /// Numbers in the noise predictor.
    pub fn parameters(&self) -> usize {
        self.unet.numbers() as usize
    }
}
