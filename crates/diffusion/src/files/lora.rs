//! LoRA files: small changes to some layers of a model, each the product of two thin matrices, in the
//! spellings of diffusers and PEFT, of diffusers' first years, and of kohya. Every tensor of a file is
//! put to use or the file is refused: a change that is silently left out would make another model than
//! the one under suspicion.

mod finding;
mod layers;
mod merging;
mod names;
mod scales;
mod writer;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::part::Part;
use super::weights::Weights;
use crate::ModelError;
pub use finding::find;
use layers::Layer;
pub use writer::{LoraWriteError, LowRank, write_lora};

/// A LoRA, matched to the layers of the model that it changes.
pub struct Lora {
    file: PathBuf,
    strength: f32,
    weights: Weights,
    layers: Vec<Layer>,
}

/// Facts read of a LoRA, for people and for the record.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LoraDescription {
    /// The share of the change that is made: 1 is what was trained.
    pub strength: f32,
    /// The smallest and the largest rank of its layers.
    pub ranks: [usize; 2],
    /// The layers of the noise predictor that it changes.
    pub unet_layers: usize,
    /// The layers of the text encoder that it changes.
    pub text_encoder_layers: usize,
}

impl Lora {
    /// Reads what `file` changes in the model of these weights.
    ///
    /// # Errors
    /// [`LoraError`](crate::LoraError) if the file is an adapter of another kind, or does not fit the model; else why it
    /// cannot be read.
    pub fn open(
        file: &Path,
        strength: f32,
        unet: &Weights,
        text_encoder: &Weights,
    ) -> Result<Self, ModelError> {
        let weights = Weights::open(&[file.to_owned()])?;
        let layers = layers::resolve(file, &weights, unet, text_encoder)?;
        Ok(Self {
            file: file.into(),
            strength,
            weights,
            layers,
        })
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Describes the LoRA as it was read.
    pub fn description(&self) -> LoraDescription {
        let ranks = || self.layers.iter().map(|layer| layer.rank.get());
        LoraDescription {
            strength: self.strength,
            // A file without layers is refused when it is opened, so there is a rank.
            ranks: [
                ranks().min().unwrap_or_default(),
                ranks().max().unwrap_or_default(),
            ],
            unet_layers: self.of(Part::Unet).count(),
            text_encoder_layers: self.of(Part::TextEncoder).count(),
        }
    }

    /// `weights`, those of `part`, with the changed layers held in memory:
    /// `W + strength · alpha / rank · up · down`.
    ///
    /// # Errors
    /// [`ModelError`] if a layer is not what it was when the LoRA was opened, or the change makes
    /// numbers that are not finite.
    pub fn merged(&self, part: Part, weights: &Weights) -> Result<Weights, ModelError> {
        let changed = self
            .of(part)
            .map(|layer| merging::merged(layer, self.strength, &self.weights, weights))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(weights.with(changed))
    }

    fn of(&self, part: Part) -> impl Iterator<Item = &Layer> {
        self.layers.iter().filter(move |layer| layer.part == part)
    }
}
