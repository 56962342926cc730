//! Opening a model: which files it has, what it borrows from the model that it was made from, and
//! whether its parts fit together.

use std::path::Path;
use std::sync::Arc;

use super::DiffusionModel;
use crate::engine::Engine;
use crate::files::config::{AutoencoderGeometry, SchedulerConfig, TextGeometry, UnetGeometry};
use crate::files::{Component, Lora, ModelFolder, ModelSource, Weights, lora};
use crate::network::backend::Outcome;
use crate::schedule::Schedule;
use crate::{LoraError, ModelError};

/// The parts of a model, as a record names them.
const PARTS: [&str; 5] = ["unet", "vae", "text_encoder", "tokenizer", "scheduler"];

impl DiffusionModel {
    /// Reads the model of `source`: its configuration, the names of its files. It is a diffusers folder,
    /// whose missing components (a training checkpoint may hold only `unet` and `text_encoder`) are
    /// those of `base`, or a LoRA, which changes `base` at the source's strength.
    ///
    /// # Errors
    /// [`ModelError`] saying which file is missing, damaged or not supported.
    pub fn open(
        source: impl Into<ModelSource>,
        base: Option<&Self>,
        engine: &Engine,
    ) -> Outcome<Self> {
        let source = source.into();
        source.check()?;
        let path = &source.path;
        match (lora::find(path)?, source.strength) {
            (Some(file), strength) => {
                let base = base.ok_or_else(|| LoraError::NeedsBase { file: file.clone() })?;
                Self::open_lora(path, &file, strength.unwrap_or(1.0), base, engine)
            }
            (None, Some(_)) => Err(LoraError::StrengthOfModel { path: path.clone() }.into()),
            (None, None) => Self::open_folder(path, base, engine),
        }
    }

    fn open_lora(
        path: &Path,
        file: &Path,
        strength: f32,
        base: &Self,
        engine: &Engine,
    ) -> Outcome<Self> {
        let unet = Weights::open(&base.unet.weights)?;
        let text_encoder = Weights::open(&base.text_encoder.weights)?;
        let lora = Lora::open(file, strength, &unet, &text_encoder)?;
        Ok(Self {
            engine: engine.clone(),
            path: path.into(),
            files: vec![file.into()],
            unet: base.unet.clone(),
            vae: base.vae.clone(),
            text_encoder: base.text_encoder.clone(),
            tokenizer: base.tokenizer.clone(),
            unet_geometry: base.unet_geometry.clone(),
            vae_geometry: base.vae_geometry.clone(),
            text_geometry: base.text_geometry.clone(),
            schedule: base.schedule.clone(),
            borrowed: PARTS.map(String::from).into(),
            lora: Some(Arc::new(lora)),
        })
    }

    fn open_folder(path: &Path, base: Option<&Self>, engine: &Engine) -> Outcome<Self> {
        let folder = ModelFolder::open(path)?;
        let mut borrowed = Vec::new();
        let mut find = |own: Option<&Component>, name: &str, of: fn(&Self) -> &Component| {
            own.or_else(|| {
                borrowed.push(name.to_owned());
                base.map(of)
            })
            .cloned()
            .ok_or_else(|| ModelError::Missing {
                path: path.join(name),
                what: format!("the model's component \"{name}\""),
            })
        };
        let unet = find(folder.unet(), "unet", |base| &base.unet)?;
        let vae = find(folder.vae(), "vae", |base| &base.vae)?;
        let text_encoder = find(folder.text_encoder(), "text_encoder", |base| {
            &base.text_encoder
        })?;
        let tokenizer = find(folder.tokenizer(), "tokenizer", |base| &base.tokenizer)?;
        let schedule = match (folder.scheduler(), base) {
            (Some(own), _) => Schedule::new(&SchedulerConfig::read(&own.config)?)?,
            (None, Some(base)) => {
                borrowed.push("scheduler".into());
                base.schedule.clone()
            }
            (None, None) => {
                return Err(ModelError::Missing {
                    path: path.join("scheduler"),
                    what: "the model's component \"scheduler\"".into(),
                });
            }
        };
        let model = Self {
            engine: engine.clone(),
            path: path.into(),
            files: folder.files(),
            unet_geometry: UnetGeometry::read(&unet.config)?,
            vae_geometry: AutoencoderGeometry::read(&vae.config)?,
            text_geometry: TextGeometry::read(&text_encoder.config)?,
            unet,
            vae,
            text_encoder,
            tokenizer,
            schedule,
            borrowed,
            lora: None,
        };
        model.check_parts_fit()?;
        Ok(model)
    }

    /// The components agree with one another in the channels and widths that they exchange.
    fn check_parts_fit(&self) -> Outcome<()> {
        let differ = |what: &str, expected: usize, found: usize| {
            if expected == found {
                return Ok(());
            }
            Err(ModelError::Shape {
                what: format!("{} ({what})", self.path.display()),
                expected: vec![expected],
                found: vec![found],
            })
        };
        let unet = &self.unet_geometry;
        differ(
            "the prediction's channels",
            unet.in_channels,
            unet.out_channels,
        )?;
        differ(
            "the autoencoder's latent channels",
            unet.in_channels,
            self.vae_geometry.latent_channels,
        )?;
        differ(
            "the text encoder's width",
            unet.cross_attention_dim,
            self.text_geometry.hidden_size,
        )
    }
}
