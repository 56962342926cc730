//! The model that is fine-tuned: its folder, its shapes, the weights that it begins with.

use std::path::PathBuf;
use std::sync::Arc;

use super::Recipe;
use crate::training::error::TrainingError;
use palimpsest_diffusion::files::config::{SchedulerConfig, TextGeometry, UnetGeometry};
use palimpsest_diffusion::files::{Component, ModelFolder, Weights};
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::{DiffusionModel, Engine, ModelError, Schedule};

pub(super) struct Base {
    pub model: DiffusionModel,
    pub root: PathBuf,
    pub cpu: Arc<Cpu>,
    pub unet: (UnetGeometry, Weights),
    pub text: (TextGeometry, Weights),
    pub schedule: Schedule,
}

impl Base {
    pub fn open(recipe: &Recipe, cpu: &Arc<Cpu>) -> Result<Self, TrainingError> {
        let engine = Engine::Cpu(Arc::clone(cpu));
        let model = DiffusionModel::open(&recipe.base, None, &engine)?;
        let folder = ModelFolder::open(&recipe.base)?;
        let missing = |name: &str| ModelError::Missing {
            path: recipe.base.join(name),
            what: format!("the model's component \"{name}\""),
        };
        let weights = |part: &Component| Weights::open(&part.weights);
        let unet = folder.unet().ok_or_else(|| missing("unet"))?;
        let text = folder.text_encoder();
        let text = text.ok_or_else(|| missing("text_encoder"))?;
        let scheduler = folder.scheduler().ok_or_else(|| missing("scheduler"))?;
        Ok(Self {
            unet: (UnetGeometry::read(&unet.config)?, weights(unet)?),
            text: (TextGeometry::read(&text.config)?, weights(text)?),
            schedule: Schedule::new(&SchedulerConfig::read(&scheduler.config)?)?,
            root: folder.root().to_owned(),
            cpu: Arc::clone(cpu),
            model,
        })
    }

    /// Numbers in the noise predictor.
    pub fn parameters(&self) -> usize {
        self.unet.1.numbers() as usize
    }
}
