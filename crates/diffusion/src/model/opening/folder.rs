//! Opening a diffusers folder, which borrows what it lacks.

use std::path::Path;

use super::{Choices, tokenizer_folder};
use crate::ModelError;
use crate::engine::Engine;
use crate::files::checkpoint::OwnTokenizer;
use crate::files::config::{AutoencoderGeometry, SchedulerConfig, TextNetwork, UnetGeometry};
use crate::files::{ModelFolder, PartFiles};
use crate::model::DiffusionModel;
use crate::model::text::{TextPart, parts_of};
use crate::network::backend::Outcome;
use crate::schedule::Schedule;

impl DiffusionModel {
    pub(super) fn open_folder(path: &Path, base: Option<&Self>, engine: &Engine) -> Outcome<Self> {
        let folder = ModelFolder::open(path)?;
        let missing = |name: &str| ModelError::Missing {
            path: path.join(name),
            what: format!("the model's component \"{name}\""),
        };
        let mut borrowed = Vec::new();
        let mut lent = |name: &str| {
            borrowed.push(name.to_owned());
            base.ok_or_else(|| missing(name))
        };
        let (unet, unet_geometry) = match folder.unet() {
            Some(own) => (PartFiles::of(own), UnetGeometry::read(&own.config)?),
            None => {
                let base = lent("unet")?;
                (base.unet.clone(), base.unet_geometry.clone())
            }
        };
        let (vae, vae_geometry) = match folder.vae() {
            Some(own) => (PartFiles::of(own), AutoencoderGeometry::read(&own.config)?),
            None => {
                let base = lent("vae")?;
                (base.vae.clone(), base.vae_geometry.clone())
            }
        };
        let mut text = Vec::new();
        for &part in parts_of(&unet_geometry) {
            let of_base = base.and_then(|base| base.text(part));
            let mut lent = |name: &str| {
                borrowed.push(name.to_owned());
                of_base.ok_or_else(|| missing(name))
            };
            let [encoder, tokenizer] = folder.text(part);
            let (files, network) = match encoder {
                Some(own) => (PartFiles::of(own), TextNetwork::read(&own.config)?),
                None => {
                    let base = lent(part.folder())?;
                    (base.files.clone(), base.network.clone())
                }
            };
            text.push(TextPart {
                part,
                files,
                network: TextPart::in_place(part, network),
                tokenizer: match tokenizer {
                    Some(own) => OwnTokenizer::Folder(own.dir.clone()),
                    None => lent(tokenizer_folder(part))?.tokenizer.clone(),
                },
            });
        }
        let schedule = match (folder.scheduler(), base) {
            (Some(own), _) => Schedule::new(&SchedulerConfig::read(&own.config)?)?,
            (None, Some(base)) => {
                borrowed.push("scheduler".into());
                base.schedule.clone()
            }
            (None, None) => return Err(missing("scheduler")),
        };
        let zeroes = folder.zeroes_absent_prompt()?;
        let model = Self {
            engine: engine.clone(),
            path: path.into(),
            files: folder.files(),
            unet,
            vae,
            text,
            unet_geometry,
            vae_geometry,
            schedule,
            zeroes_absent_prompt: zeroes
                .or(base.map(|base| base.zeroes_absent_prompt))
                .unwrap_or(true),
            borrowed,
            notes: Vec::new(),
            choices: Choices::default(),
            stated: None,
            adapters: Vec::new(),
        };
        model.check_parts_fit()?;
        Ok(model)
    }
}
