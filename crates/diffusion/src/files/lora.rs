//! Adapter files: small changes to some layers of a model. In the narrow sense a LoRA, whose change is the product of
//! two thin matrices; in the usual one its relatives too (LoCon, LoHa, LoKr, DoRA, GLoRA, IA³, OFT, BOFT, whole
//! differences and norms), in the spellings of diffusers and PEFT, of diffusers' first years, of kohya and
//! LyCORIS. Every tensor of a file is put to use or the file is refused, unless that was agreed to: a change that is
//! silently left out would make another model than the one under suspicion.

mod algebra;
mod change;
mod family;
mod finding;
mod layers;
mod merging;
mod names;
mod patterns;
mod rotation;
mod scales;
mod writer;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::part::Part;
use super::stated_training::StatedTraining;
use super::weights::Weights;
use crate::{LoraError, ModelError};
pub use finding::{find, has_format};
use layers::Layer;
pub use writer::{LoraWriteError, LowRank, write_lora};

/// A LoRA, matched to the layers of the model that it changes.
pub struct Lora {
    file: PathBuf,
    strength: f64,
    weights: Weights,
    layers: Vec<Layer>,
    unused: Vec<String>,
    settings: Option<PathBuf>,
    stated: Option<StatedTraining>,
}

/// Facts read of a LoRA, for people and for the record.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LoraDescription {
    /// The share of the change that is made: 1 is what was trained.
    pub strength: f32,
    /// The smallest and the largest rank of its layers; 0 if none has one.
    pub ranks: [usize; 2],
    /// The layers of the noise predictor that it changes.
    pub unet_layers: usize,
    /// The layers of the text encoder that it changes, of two together.
    pub text_encoder_layers: usize,
    /// The kinds of change that it makes, where it is more than a plain LoRA.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Its tensors that were not used, as was agreed to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused: Vec<String>,
}

/// The kinds of change in an adapter file, without the model that it changes; nothing if it is no adapter, and why
/// not if it is one for another family.
pub fn kinds_in(file: &Path, weights: &Weights) -> Option<Result<String, ModelError>> {
    if !weights.names().any(names::is_telling) {
        return None;
    }
    if let Some(kind) = weights.names().find_map(names::not_read) {
        let file = file.into();
        return Some(Err(LoraError::NotRead { file, kind }.into()));
    }
    let kinds: BTreeSet<&str> = weights.names().filter_map(names::kind).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let ours = family::refuse_unsupported(file, weights).map_err(ModelError::from);
    let family =
        family::by_names(weights).map_or_else(String::new, |family| format!(", for {family}"));
    Some(ours.map(|()| format!("{}{family}", kinds.join(", "))))
}

impl Lora {
    /// Reads what `file` changes in the model of these weights: of the noise predictor, and of one text encoder or two
    /// with the parts that they are.
    ///
    /// # Errors
    /// [`LoraError`] if the file is an adapter of another kind, or does not fit the model; else why it
    /// cannot be read.
    pub fn open(
        file: &Path,
        strength: f64,
        unet: &Weights,
        text: &[(Part, Weights)],
    ) -> Result<Self, ModelError> {
        Self::open_agreed(file, strength, unet, text, false)
    }

    /// As [`Self::open`]; with `accept_unused` the file may hold tensors that change nothing.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_agreed(
        file: &Path,
        strength: f64,
        unet: &Weights,
        text: &[(Part, Weights)],
        accept_unused: bool,
    ) -> Result<Self, ModelError> {
        let weights = Weights::open(&[file.to_owned()])?;
        if let Some(tensor) = weights.not_finite() {
            return Err(ModelError::NonFiniteTensor {
                tensor: tensor.into(),
                file: file.into(),
            });
        }
        let resolved = layers::resolve(file, &weights, unet, text, accept_unused)?;
        Ok(Self {
            file: file.into(),
            strength,
            weights,
            layers: resolved.layers,
            unused: resolved.unused,
            settings: resolved.settings,
            stated: StatedTraining::read(file)?,
        })
    }

    /// What the file says of its own training.
    pub fn stated(&self) -> Option<&StatedTraining> {
        self.stated.as_ref()
    }

    /// Number of the file's tensors.
    pub fn tensors(&self) -> usize {
        self.weights.names().count()
    }

    /// The tensors of the file that are not used, sorted.
    pub fn unused(&self) -> &[String] {
        &self.unused
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The files that it depends on: itself, and what tells its scales where it does not.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        std::iter::once(self.file.as_path()).chain(self.settings())
    }

    /// The file beside it that tells the scales of its changes, where there is one (PEFT's `adapter_config.json`).
    pub fn settings(&self) -> Option<&Path> {
        self.settings.as_deref()
    }

    /// Describes the LoRA as it was read.
    pub fn description(&self) -> LoraDescription {
        let ranks = || self.layers.iter().filter_map(|layer| layer.rank);
        let kinds: BTreeSet<&str> = self.layers.iter().flat_map(Layer::kinds).collect();
        let is_plain = kinds.iter().all(|&kind| kind == layers::PLAIN);
        LoraDescription {
            strength: self.strength as f32,
            ranks: [
                ranks().min().unwrap_or_default(),
                ranks().max().unwrap_or_default(),
            ],
            unet_layers: self.of(Part::Unet).count(),
            text_encoder_layers: Part::TEXT.map(|part| self.of(part).count()).iter().sum(),
            kinds: match is_plain {
                true => Vec::new(),
                false => kinds.into_iter().map(String::from).collect(),
            },
            unused: self.unused.clone(),
        }
    }

    /// `weights`, those of `part`, with the changed layers held in memory; all others are shared. Of a LoRA in the narrow
    /// sense a changed one is `W + strength · alpha / rank · up · down`.
    ///
    /// # Errors
    /// [`ModelError`] if a layer is not what it was when the LoRA was opened, or the change makes
    /// numbers that are not finite.
    pub fn merged(&self, part: Part, weights: &Weights) -> Result<Weights, ModelError> {
        let mut changed = Vec::new();
        for layer in self.of(part) {
            changed.extend(merging::merged(
                layer,
                self.strength,
                &self.weights,
                weights,
            )?);
        }
        Ok(weights.with(changed))
    }

    fn of(&self, part: Part) -> impl Iterator<Item = &Layer> {
        self.layers.iter().filter(move |layer| layer.part == part)
    }
}
