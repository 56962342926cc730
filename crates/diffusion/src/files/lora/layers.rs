//! From the tensors of an adapter file to the layers of the model that they change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::change::{Axis, Change, Found, Resolved, Resolver};
use super::family;
use super::names::{self, TensorRole};
use super::scales::{RECORD, Stated};
use crate::files::checkpoint::unet_names::{self, Structure};
use crate::files::{Part, Weights, safetensors_header};
use crate::{LoraError, ModelError};

/// Number of the tensors without a place that a message names.
const NAMED: usize = 3;

/// The change of one layer.
#[derive(Debug)]
pub struct Layer {
    pub part: Part,
    /// The layer of the model that is changed, without `.weight`.
    pub target: String,
    /// The change of its weight.
    pub change: Option<Change>,
    /// The rank of that, if it has one.
    pub rank: Option<usize>,
    /// The factor of it, beside the strength.
    pub scale: f32,
    /// The lengths that the changed weight is given (DoRA), and their direction.
    pub lengths: Option<(String, Axis)>,
    /// The change of its bias.
    pub bias: Option<String>,
}

/// The kind of a LoRA in the narrow sense.
pub const PLAIN: &str = "LoRA";

impl Layer {
    /// What people call changes of this kind.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        let change = self.change.as_ref().map(|change| match change {
            Change::Pair { .. } => PLAIN,
            Change::PairWithWindow { .. } => "LoCon with lora_mid",
            Change::Hadamard { .. } => "LoHa",
            Change::Kronecker { .. } => "LoKr",
            Change::Whole { .. } => "whole difference",
            Change::General { .. } => "GLoRA",
            Change::Factors { .. } => "IA\u{b3}",
            Change::Rotation {
                in_stages: true, ..
            } => "BOFT",
            Change::Rotation { .. } => "OFT",
        });
        let bias = self.bias.as_ref().map(|_| "difference of biases");
        change
            .into_iter()
            .chain(self.lengths.as_ref().map(|_| "DoRA"))
            .chain(bias)
    }
}

/// The layers that a file changes, and its tensors that change none, sorted.
pub struct ResolvedFile {
    pub layers: Vec<Layer>,
    pub unused: Vec<String>,
    /// The file beside it that tells the scales, where they depend on one.
    pub settings: Option<PathBuf>,
}

type Key = (Part, String);

/// The tensors that a file holds of one layer.
struct OfLayer<'a> {
    /// The layer, as the file spells it.
    spelt: String,
    /// The layer of the model.
    target: &'a str,
    found: Found,
}

/// Finds the layer of every tensor of `lora`.
pub fn resolve(
    file: &Path,
    lora: &Weights,
    unet: &Weights,
    text: &[(Part, Weights)],
    accept_unused: bool,
) -> Result<ResolvedFile, ModelError> {
    let record = safetensors_header::record(file)?;
    let base = family::of_model(unet);
    family::refuse_others(file, lora, base)?;
    if let Some(kind) = lora.names().find_map(names::not_read) {
        return Err(LoraError::NotRead {
            file: file.into(),
            kind,
        }
        .into());
    }
    let stated = Stated::of(file, record.get(RECORD), lora)?;
    let targets = Targets::new(unet, text);
    let (found, mut unused) = found(file, lora, &targets)?;
    let mut layers = Vec::with_capacity(found.len());
    for ((part, _), of_layer) in found {
        let encoder = text.iter().find(|(of, _)| *of == part);
        let weights = encoder.map_or(unet, |(_, weights)| weights);
        let target = format!("{}.weight", of_layer.target);
        let resolving = Resolving {
            file,
            lora,
            stated: &stated,
            part,
            shape: weights.dimensions(&target)?,
        };
        let layer = resolving.layer(of_layer, &mut unused);
        // A shape of another family is best explained by that.
        layers.extend(layer.map_err(|error| family::explained(file, lora, &record, base, error))?);
    }
    unused.sort();
    if layers.is_empty() && unused.is_empty() {
        return Err(LoraError::Empty { file: file.into() }.into());
    }
    if !unused.is_empty() && (!accept_unused || layers.is_empty()) {
        let error = LoraError::Unplaced {
            file: file.into(),
            count: unused.len(),
            names: unused
                .iter()
                .take(NAMED)
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", "),
        };
        return Err(family::explained(file, lora, &record, base, error.into()));
    }
    Ok(ResolvedFile {
        layers,
        unused,
        settings: stated.beside,
    })
}

/// The layers of a model by their key, under every name that adapters have for them.
struct Targets<'a> {
    layers: BTreeMap<Key, &'a str>,
    /// From the key of an original name to that of diffusers'.
    original: BTreeMap<String, String>,
}

impl<'a> Targets<'a> {
    fn new(unet: &'a Weights, text: &'a [(Part, Weights)]) -> Self {
        let keyed = |part, weights: &'a Weights| {
            let layers = weights
                .names()
                .filter_map(|name| name.strip_suffix(".weight"));
            layers.map(move |layer| ((part, names::key(part, layer)), layer))
        };
        let text = text
            .iter()
            .flat_map(|(part, weights)| keyed(*part, weights));
        let layers = keyed(Part::Unet, unet).chain(text);
        let original = unet_names::modules(&Structure::of_folder(unet));
        let original = original.into_iter().map(|module| {
            (
                names::key(Part::Unet, &module.stored),
                names::key(Part::Unet, &module.name),
            )
        });
        Self {
            layers: layers.collect(),
            original: original.collect(),
        }
    }

    /// The key of a layer that the model has, and its name there.
    fn get(&self, part: Part, layer: &str) -> Option<(Key, &'a str)> {
        let key = names::key(part, layer);
        let other = || match part {
            Part::Unet => self.original.get(&key).cloned(),
            _ => None,
        };
        let key = match self.layers.contains_key(&(part, key.clone())) {
            true => (part, key),
            false => (part, other()?),
        };
        let target = *self.layers.get(&key)?;
        Some((key, target))
    }
}

/// The tensors of the file by layer, and those that have none.
fn found<'a>(
    file: &Path,
    lora: &Weights,
    targets: &Targets<'a>,
) -> Result<(BTreeMap<Key, OfLayer<'a>>, Vec<String>), LoraError> {
    let mut layers: BTreeMap<Key, OfLayer<'a>> = BTreeMap::new();
    let mut unused = Vec::new();
    for name in lora.names() {
        let placed = names::placed(name);
        let place = placed.and_then(|placed| {
            let (key, target) = targets.get(placed.part, &placed.layer)?;
            Some((key, target, placed))
        });
        let Some((key, target, placed)) = place else {
            unused.push(name.to_owned());
            continue;
        };
        let of_layer = layers.entry(key).or_insert_with(|| OfLayer {
            spelt: placed.layer.clone(),
            target,
            found: Found::new(),
        });
        if of_layer.found.insert(placed.role, name.into()).is_some() {
            return Err(LoraError::Repeated {
                file: file.into(),
                layer: placed.layer,
                tensor: name.into(),
            });
        }
    }
    Ok((layers, unused))
}

/// Makes a layer of what was found.
struct Resolving<'a> {
    file: &'a Path,
    lora: &'a Weights,
    stated: &'a Stated,
    part: Part,
    shape: &'a [usize],
}

impl Resolving<'_> {
    /// The change of the layer; nothing if its tensors change none, and are then among the `unused`.
    fn layer(
        &self,
        of_layer: OfLayer,
        unused: &mut Vec<String>,
    ) -> Result<Option<Layer>, ModelError> {
        let OfLayer {
            spelt,
            target,
            mut found,
        } = of_layer;
        let alpha = found.remove(&TensorRole::Alpha);
        let resolver = Resolver {
            file: self.file,
            lora: self.lora,
            layer: &spelt,
            target: self.shape,
        };
        let roles: BTreeSet<TensorRole> = found.keys().copied().collect();
        let bound = match &alpha {
            Some(name) if roles.contains(&TensorRole::Rotation) => self.lora.number(name)?,
            _ => 0.0,
        };
        let resolved = resolver.change(&mut found, bound)?;
        // Lengths alone would be a change too, of a weight that stays as it is.
        let lengths = resolver.lengths(&mut found)?;
        let bias = resolver.bias(&mut found)?;
        if resolved.is_none() && lengths.is_none() && bias.is_none() {
            if alpha.is_some() && found.is_empty() {
                return Err(LoraError::Incomplete {
                    file: self.file.into(),
                    layer: spelt,
                    missing: "the matrix that leads down",
                }
                .into());
            }
            unused.extend(alpha);
            unused.extend(found.into_values());
            return Ok(None);
        }
        // What is left has no meaning beside the rest.
        unused.extend(found.into_values());
        let scale = match &resolved {
            Some(resolved) => self.scale(&spelt, resolved, alpha.as_deref())?,
            None => 1.0,
        };
        let rank = resolved.as_ref().and_then(|resolved| resolved.rank);
        Ok(Some(Layer {
            part: self.part,
            target: target.into(),
            change: resolved.map(|resolved| resolved.change),
            rank,
            scale,
            lengths,
            bias,
        }))
    }

    /// `alpha / rank`; where neither a tensor nor a record says it, alpha is the rank.
    fn scale(
        &self,
        layer: &str,
        resolved: &Resolved,
        alpha: Option<&str>,
    ) -> Result<f32, ModelError> {
        let Some(name) = alpha else {
            let change = (&resolved.change, resolved.rank);
            let stated = self.stated.scale(self.file, self.part, layer, change)?;
            // A file that states nothing means alpha to be the rank.
            return Ok(self.usable(layer, stated.unwrap_or(1.0))?);
        };
        // Where nothing has a rank, the stored alpha means nothing.
        let Some(rank) = resolved.rank.filter(|_| resolved.scales) else {
            return Ok(1.0);
        };
        let alpha = self.lora.number(name)? as f32;
        Ok(self.usable(layer, alpha)? / rank as f32)
    }

    /// Zero is refused as well: some programs take it for no change, others for the rank.
    fn usable(&self, layer: &str, alpha: f32) -> Result<f32, LoraError> {
        if alpha.is_finite() && alpha != 0.0 {
            return Ok(alpha);
        }
        Err(LoraError::Alpha {
            file: self.file.into(),
            layer: layer.into(),
            alpha,
        })
    }
}
