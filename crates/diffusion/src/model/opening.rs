//! Opening a model: which files it has, what it borrows from the model that it was made from, and
//! whether its parts fit together.

mod folder;
mod one_file;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::DiffusionModel;
use super::text::TextPart;
use crate::engine::Engine;
use crate::error::shown;
use crate::files::config::Prediction;
use crate::files::{Lora, ModelFolder, ModelSource, Part, Weights, links, lora};
use crate::network::backend::Outcome;
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
                lora.file().file_name().unwrap_or_default().display(),
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
