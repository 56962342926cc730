//! The facts about a model, for people and for the record, and whether two models are built alike.

use super::{Choices, DiffusionModel};
use crate::ModelError;
use crate::files::{LoraDescription, StatedTraining};
use crate::network::backend::Outcome;
use crate::noise_predictor::same_structure;
use serde::Serialize;
use std::path::PathBuf;

/// Facts read of a model, for people and for the record.
#[derive(Clone, Debug, Serialize)]
pub struct Description {
    /// As it was given: of a LoRA with its strength, where one was.
    pub path: PathBuf,
    /// By the structure of its noise predictor and the width of its text encoder: Stable Diffusion 1, 2 or XL, or
    /// another of their structure.
    pub family: String,
    /// `epsilon` or `v_prediction`.
    pub prediction: String,
    pub latent_channels: usize,
    /// The resolution in pixels on which the model was trained.
    pub resolution: usize,
    /// Components that were missing and taken from the pretrained model.
    pub borrowed: Vec<String>,
    /// What was decided in opening it, a sentence each.
    pub notes: Vec<String>,
    /// What was said beside its path.
    pub choices: Choices,
    /// What its file says of its own training, if it is one file that says anything.
    pub stated: Option<StatedTraining>,
    /// Its change of the pretrained model, if it is a LoRA; of several the first.
    pub lora: Option<LoraDescription>,
    /// The LoRAs that change the model after the first, in this order.
    pub further: Vec<FurtherLora>,
}

/// Facts read of a LoRA that is applied after another.
#[derive(Clone, Debug, Serialize)]
pub struct FurtherLora {
    pub file: PathBuf,
    pub lora: LoraDescription,
    /// What the file says of its own training.
    pub stated: Option<StatedTraining>,
}

impl DiffusionModel {
    /// The other model is built like this, the pretrained one, and predicts the same thing.
    ///
    /// # Errors
    /// [`ModelError::DifferentStructure`] naming the first difference.
    pub fn check_same_structure(&self, finetuned: &Self) -> Outcome<()> {
        same_structure(
            (&self.unet_geometry, self.unet.described_by()),
            (&finetuned.unet_geometry, finetuned.unet.described_by()),
        )?;
        let differ = |what: &str, a: String, b: String| {
            if a == b {
                return Ok(());
            }
            Err(ModelError::DifferentStructure {
                what: what.into(),
                pretrained: a,
                pretrained_file: self.path.clone(),
                finetuned: b,
                finetuned_file: finetuned.path.clone(),
            })
        };
        let encoder = |model: &Self| match model.is_multilingual() {
            true => "XLM-RoBERTa".to_owned(),
            false => "CLIP".to_owned(),
        };
        differ(
            "the kind of text encoder",
            encoder(self),
            encoder(finetuned),
        )?;
        let prediction = |model: &Self| format!("{:?}", model.schedule.prediction());
        differ("what they predict", prediction(self), prediction(finetuned))
    }

    /// Describes the model as it was read.
    pub fn description(&self) -> Description {
        Description {
            path: self.path.clone(),
            family: match self.unet_geometry.cross_attention_dim {
                _ if self.unet_geometry.addition.is_some() => "Stable Diffusion XL".into(),
                _ if self.is_multilingual() => "AltDiffusion".into(),
                768 => "Stable Diffusion 1".into(),
                1024 => "Stable Diffusion 2".into(),
                width => format!("Stable Diffusion's structure, text width {width}"),
            },
            prediction: self.schedule.prediction().to_string(),
            latent_channels: self.unet_geometry.in_channels,
            resolution: self.resolution(),
            borrowed: self.borrowed.clone(),
            notes: self.notes.clone(),
            choices: self.choices.clone(),
            stated: self.stated.clone(),
            lora: self.adapters.first().map(|lora| lora.description()),
            further: self
                .adapters
                .iter()
                .skip(1)
                .map(|lora| FurtherLora {
                    file: lora.file().into(),
                    lora: lora.description(),
                    stated: lora.stated().cloned(),
                })
                .collect(),
        }
    }
}
