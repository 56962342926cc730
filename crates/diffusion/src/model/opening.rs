//! Opening a model: which files it has, what it borrows from the model that it was made from, and
//! whether its parts fit together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::DiffusionModel;
use super::text::{TextPart, parts_of};
use crate::engine::Engine;
use crate::error::shown;
use crate::files::checkpoint::{Base, Checkpoint, OwnText, OwnTokenizer, Told};
use crate::files::config::{
    AutoencoderGeometry, Prediction, SchedulerConfig, TextNetwork, UnetGeometry,
};
use crate::files::{
    Lora, ModelFolder, ModelSource, Part, PartFiles, StatedTraining, Weights, links, lora,
};
use crate::network::backend::Outcome;
use crate::schedule::Schedule;
use crate::{LoraError, ModelError};

/// The most tensors that a note names.
const NAMED: usize = 20;

/// What a user says beside the path of a model.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default)]
pub struct Choices {
    /// A folder with the configurations and the tokenizer of models in one file, in the diffusers layout: for
    /// what the shapes of tensors cannot tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configurations: Option<PathBuf>,
    /// What a model in one file predicts, where it does not say so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prediction: Option<Prediction>,
    /// True if an adapter may hold tensors that are not used.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub accept_unused: bool,
}

/// The share of a LoRA's change that is made.
fn applied(strength: Option<f32>) -> f64 {
    f64::from(strength.unwrap_or(1.0))
}

/// The path behind a folder of the hub's cache; of others itself.
fn there(given: &Path) -> Outcome<PathBuf> {
    links::refuse_dangling(given)?;
    let snapshot = match given.is_dir() {
        true => links::snapshot(given)?,
        false => None,
    };
    Ok(snapshot.unwrap_or_else(|| given.into()))
}

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
        Self::open_as(source, base, engine, &Choices::default())
    }

    /// As [`Self::open`], with what the user says beside the source. A model in one file is read too.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_as(
        source: impl Into<ModelSource>,
        base: Option<&Self>,
        engine: &Engine,
        choices: &Choices,
    ) -> Outcome<Self> {
        let source = source.into();
        source.check()?;
        if !source.further.is_empty() {
            return Self::open_several(&source, base, engine, choices);
        }
        let path = &there(&source.path)?;
        match (lora::find(path)?, source.strength) {
            (Some(file), strength) => {
                let base = base.ok_or_else(|| LoraError::NeedsBase { file: file.clone() })?;
                Self::open_lora(path, &[(file, applied(strength))], base, engine, choices)
            }
            (None, Some(_)) => Err(LoraError::StrengthOfModel { path: path.clone() }.into()),
            (None, None) if path.is_file() => Self::open_checkpoint(path, base, engine, choices),
            (None, None) => Self::open_folder(path, base, engine),
        }
    }

    /// LoRAs that change `base` one after the other. The first one's file is what names the model in records.
    fn open_several(
        source: &ModelSource,
        base: Option<&Self>,
        engine: &Engine,
        choices: &Choices,
    ) -> Outcome<Self> {
        let mut adapters: Vec<(PathBuf, f64)> = Vec::new();
        for (given, strength) in source.parts() {
            let path = there(given)?;
            let Some(file) = lora::find(&path)? else {
                if !path.is_file() {
                    // What is not there is said as it is of a model.
                    ModelFolder::open(&path)?;
                }
                return Err(LoraError::ModelAmongLoras { path }.into());
            };
            if adapters.iter().any(|(other, _)| *other == file) {
                return Err(LoraError::Twice { file }.into());
            }
            adapters.push((file, applied(strength)));
        }
        let Some((first, _)) = adapters.first() else {
            return Err(LoraError::Empty {
                file: source.path.clone(),
            }
            .into());
        };
        let base = base.ok_or_else(|| LoraError::NeedsBase {
            file: first.clone(),
        })?;
        Self::open_lora(first, &adapters, base, engine, choices)
    }

    fn open_checkpoint(
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
            borrowed,
            notes,
            choices: choices.clone(),
            stated: StatedTraining::read(file)?,
            adapters: Vec::new(),
        };
        model.check_parts_fit()?;
        Ok(model)
    }

    /// `base` as `adapters`, each a file and its strength, change it one after the other; `path` is what
    /// names it in records.
    ///
    /// # Errors
    /// [`ModelError`] if one of them cannot be read or does not fit.
    pub fn open_lora(
        path: &Path,
        adapters: &[(PathBuf, f64)],
        base: &Self,
        engine: &Engine,
        choices: &Choices,
    ) -> Outcome<Self> {
        let unet = base.weights(Part::Unet)?;
        let text = base.text.iter();
        let text: Vec<(Part, Weights)> = text
            .map(|text| Ok((text.part, base.weights(text.part)?)))
            .collect::<Outcome<_>>()?;
        let opened = adapters.iter().map(|(file, strength)| {
            let accept = choices.accept_unused;
            Lora::open_agreed(file, *strength, &unet, &text, accept).map(Arc::new)
        });
        let opened: Vec<Arc<Lora>> = opened.collect::<Outcome<_>>()?;
        let mut notes = Vec::new();
        for lora in opened.iter().filter(|lora| !lora.unused().is_empty()) {
            let unused = lora.unused();
            let named: Vec<_> = unused.iter().take(NAMED).map(|name| shown(name)).collect();
            let more = if unused.len() > NAMED {
                " and others"
            } else {
                ""
            };
            notes.push(format!(
                "{} tensors of {} have no place in the pretrained model and were left out: {}{more}.",
                unused.len(),
                lora.file().display(),
                named.join(", "),
            ));
        }
        Ok(Self {
            engine: engine.clone(),
            path: path.into(),
            files: adapters.iter().map(|(file, _)| file.clone()).collect(),
            unet: base.unet.clone(),
            vae: base.vae.clone(),
            text: base.text.clone(),
            unet_geometry: base.unet_geometry.clone(),
            vae_geometry: base.vae_geometry.clone(),
            schedule: base.schedule.clone(),
            borrowed: base.part_names(),
            notes,
            choices: choices.clone(),
            stated: opened.first().and_then(|lora| lora.stated().cloned()),
            // Of a base that is itself changed the changes come first.
            adapters: base.adapters.iter().cloned().chain(opened).collect(),
        })
    }

    fn open_folder(path: &Path, base: Option<&Self>, engine: &Engine) -> Outcome<Self> {
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
            borrowed,
            notes: Vec::new(),
            choices: Choices::default(),
            stated: None,
            adapters: Vec::new(),
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
        let widths = self.text.iter().map(|text| text.network.width());
        differ(
            "the text encoder's width",
            unet.cross_attention_dim,
            widths.sum(),
        )?;
        let pooled = self
            .text
            .iter()
            .filter_map(|text| text.network.projection());
        differ(
            "the width of the prompt's vector",
            unet.addition.map_or(0, |addition| addition.text_width),
            pooled.sum(),
        )
    }

    /// The text encoder that is the part `part`, if there is one.
    fn text(&self, part: Part) -> Option<&TextPart> {
        self.text.iter().find(|text| text.part == part)
    }

    /// All parts, as a record names them.
    fn part_names(&self) -> Vec<String> {
        let text = self.text.iter().map(|text| text.part);
        let text = text.flat_map(|part| [part.folder(), tokenizer_folder(part)]);
        let names = ["unet", "vae"].into_iter().chain(text);
        names.chain(["scheduler"]).map(String::from).collect()
    }
}

/// The folder with the tokenizer of a text encoder in a diffusers model folder.
fn tokenizer_folder(part: Part) -> &'static str {
    match part {
        Part::SecondTextEncoder => "tokenizer_2",
        _ => "tokenizer",
    }
}
