//! Opening a model in one file, which borrows what it lacks.

use std::path::Path;

use super::{Choices, tokenizer_folder};
use crate::ModelError;
use crate::engine::Engine;
use crate::files::checkpoint::{Base, Checkpoint, OwnText, Told};
use crate::files::config::TextNetwork;
use crate::files::pipeline::zeroes_absent_prompt;
use crate::files::{Part, StatedTraining, lora};
use crate::model::DiffusionModel;
use crate::model::text::{TextPart, parts_of};
use crate::network::backend::Outcome;
use crate::schedule::Schedule;

impl DiffusionModel {
    pub(super) fn open_checkpoint(
        file: &Path,
        base: Option<&Self>,
        engine: &Engine,
        choices: &Choices,
    ) -> Outcome<Self> {
        if !lora::has_format(file) {
            return Err(ModelError::OtherModel {
                path: file.into(),
                what: "no file of weights (.safetensors, .ckpt, .pt, .pth or .bin)".into(),
                instead: "give the model's file, or its diffusers folder",
            });
        }
        let told = Told {
            configurations: choices.configurations.as_deref(),
            prediction: choices.prediction,
            base: base.map(|base| Base {
                unet: &base.unet_geometry,
                vae: &base.vae_geometry,
                text: Part::TEXT.map(|part| base.text(part)?.network.clip()),
                prediction: base.schedule.prediction(),
            }),
        };
        let Checkpoint {
            unet: (unet, unet_geometry),
            vae,
            mut text,
            scheduler,
            files,
            notes,
        } = Checkpoint::open(file, told)?;
        let mut borrowed = Vec::new();
        let mut lent = |name: &str, part: &'static str| {
            borrowed.push(name.to_owned());
            base.ok_or_else(|| ModelError::PartMissing {
                file: file.into(),
                part,
            })
        };
        let (vae, vae_geometry) = match vae {
            Some(own) => own,
            None => {
                let base = lent("vae", "autoencoder")?;
                (base.vae.clone(), base.vae_geometry.clone())
            }
        };
        let mut parts = Vec::new();
        for &part in parts_of(&unet_geometry) {
            let own = text.iter().position(|text| text.part == part);
            let of_base = base.and_then(|base| base.text(part));
            let Some(own) = own.map(|own| text.swap_remove(own)) else {
                let lent = of_base.ok_or_else(|| ModelError::PartMissing {
                    file: file.into(),
                    part: "text encoder",
                })?;
                borrowed.extend([part.folder().to_owned(), tokenizer_folder(part).to_owned()]);
                parts.push(lent.clone());
                continue;
            };
            let OwnText {
                files,
                geometry,
                tokenizer,
                ..
            } = own;
            let network = TextNetwork::Clip(geometry);
            // A tokenizer goes with its text encoder; another one's serves where it has as many tokens.
            let fits = |base: &&TextPart| base.network.vocab_size() == network.vocab_size();
            let tokenizer = match (tokenizer, of_base.filter(fits)) {
                (Some(own), _) => own,
                (None, Some(base)) => {
                    borrowed.push(tokenizer_folder(part).to_owned());
                    base.tokenizer.clone()
                }
                (None, None) => {
                    return Err(ModelError::NeedsConfiguration {
                        file: file.into(),
                        what: "its tokenizer",
                    });
                }
            };
            parts.push(TextPart {
                part,
                files,
                network,
                tokenizer,
            });
        }
        let configurations = choices.configurations.as_deref();
        let zeroes = configurations.map(zeroes_absent_prompt).transpose()?;
        let model = Self {
            engine: engine.clone(),
            path: file.into(),
            files,
            unet,
            vae,
            text: parts,
            unet_geometry,
            vae_geometry,
            schedule: Schedule::new(&scheduler)?,
            zeroes_absent_prompt: zeroes.flatten().unwrap_or(true),
            borrowed,
            notes,
            choices: choices.clone(),
            stated: StatedTraining::read(file)?,
            adapters: Vec::new(),
        };
        model.check_parts_fit()?;
        Ok(model)
    }
}
