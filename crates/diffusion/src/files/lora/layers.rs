//! From the tensors of a LoRA file to the layers of the model that they change.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

use super::names::{self, Role};
use super::scales::{RECORD, Stated};
use crate::files::located::count;
use crate::files::safetensors_header;
use crate::files::{Part, Weights};
use crate::{LoraError, ModelError};

/// Number of the tensors without a place that a message names.
const NAMED: usize = 3;

/// The change of one layer.
#[derive(Debug)]
pub struct Layer {
    pub part: Part,
    /// The tensor of the model that is changed.
    pub target: String,
    /// The tensors of the file whose product is the change.
    pub down: String,
    pub up: String,
    pub rank: NonZeroUsize,
    /// The factor of their product, beside the strength.
    pub scale: f32,
}

/// The tensors that a file holds of one layer.
#[derive(Default)]
struct Found<'a> {
    /// The layer, as the file spells it.
    layer: String,
    /// The tensor of the model that is changed.
    target: &'a str,
    down: Option<String>,
    up: Option<String>,
    alpha: Option<String>,
}

type Key = (Part, String);

/// Finds the layer of every tensor of `lora`.
pub fn resolve(
    file: &Path,
    lora: &Weights,
    unet: &Weights,
    text_encoder: &Weights,
) -> Result<Vec<Layer>, ModelError> {
    refuse_other_kinds(file, lora)?;
    let stated = match safetensors_header::record(file)?.get(RECORD) {
        Some(text) => Stated::read(file, text)?,
        None => Stated::default(),
    };
    let mut targets = changeable(Part::Unet, unet);
    targets.extend(changeable(Part::TextEncoder, text_encoder));
    let found = found(file, lora, &targets)?;
    if found.is_empty() {
        return Err(LoraError::Empty { file: file.into() }.into());
    }
    let resolver = Resolver {
        file,
        lora,
        stated: &stated,
    };
    let layers = found.into_iter().map(|((part, _), found)| {
        let weights = match part {
            Part::TextEncoder => text_encoder,
            _ => unet,
        };
        resolver.layer(part, weights.dimensions(found.target)?, found)
    });
    layers.collect()
}

fn refuse_other_kinds(file: &Path, lora: &Weights) -> Result<(), LoraError> {
    let other = |name| Some((name, names::other_kind(name)?));
    match lora.names().find_map(other) {
        None => Ok(()),
        Some((tensor, kind)) => Err(LoraError::Kind {
            file: file.into(),
            kind,
            tensor: tensor.into(),
        }),
    }
}

/// The matrices and convolutions of a part of the model, by the key of their layer.
fn changeable(part: Part, weights: &Weights) -> BTreeMap<Key, &str> {
    let is_matrix = |name: &&str| matches!(weights.shape(name), Some([_, _] | [_, _, _, _]));
    let names = weights.names().filter(is_matrix);
    let keyed = names.filter_map(|name| {
        let layer = name.strip_suffix(".weight")?;
        Some(((part, names::key(part, layer)), name))
    });
    keyed.collect()
}

/// The tensors of the file by layer, each of which the model has.
fn found<'a>(
    file: &Path,
    lora: &Weights,
    targets: &BTreeMap<Key, &'a str>,
) -> Result<BTreeMap<Key, Found<'a>>, LoraError> {
    let mut layers: BTreeMap<Key, Found> = BTreeMap::new();
    let mut unplaced: Vec<&str> = Vec::new();
    for name in lora.names() {
        let placed = names::placed(name).and_then(|placed| {
            let key = (placed.part, names::key(placed.part, &placed.layer));
            let target = *targets.get(&key)?;
            Some((key, target, placed))
        });
        let Some((key, target, placed)) = placed else {
            unplaced.push(name);
            continue;
        };
        let found = layers.entry(key).or_default();
        let place = match placed.role {
            Role::Down => &mut found.down,
            Role::Up => &mut found.up,
            Role::Alpha => &mut found.alpha,
        };
        if place.replace(name.into()).is_some() {
            return Err(LoraError::Repeated {
                file: file.into(),
                layer: placed.layer,
                tensor: name.into(),
            });
        }
        found.layer = placed.layer;
        found.target = target;
    }
    if unplaced.is_empty() {
        return Ok(layers);
    }
    Err(LoraError::Unplaced {
        file: file.into(),
        count: unplaced.len(),
        names: {
            unplaced.truncate(NAMED);
            unplaced.join(", ")
        },
    })
}

/// Makes layers of what was found.
struct Resolver<'a> {
    file: &'a Path,
    lora: &'a Weights,
    stated: &'a Stated,
}

impl Resolver<'_> {
    fn layer(&self, part: Part, shape: &[usize], found: Found) -> Result<Layer, ModelError> {
        let Found {
            layer,
            target,
            down,
            up,
            alpha,
        } = found;
        let half = |half: Option<String>, missing| {
            half.ok_or_else(|| LoraError::Incomplete {
                file: self.file.into(),
                layer: layer.clone(),
                missing,
            })
        };
        let down = half(down, "the matrix that leads down")?;
        let up = half(up, "the matrix that leads up")?;
        let (up_shape, down_shape) = (self.lora.dimensions(&up)?, self.lora.dimensions(&down)?);
        let rank = rank(up_shape, down_shape, shape).ok_or_else(|| LoraError::Shape {
            file: self.file.into(),
            layer: layer.clone(),
            up: up_shape.to_vec(),
            down: down_shape.to_vec(),
            target: shape.to_vec(),
        })?;
        Ok(Layer {
            part,
            target: target.into(),
            scale: self.scale(part, &layer, rank.get(), alpha.as_deref())?,
            down,
            up,
            rank,
        })
    }

    /// `alpha / rank`; where neither a tensor nor the record says it, alpha is the rank.
    fn scale(
        &self,
        part: Part,
        layer: &str,
        rank: usize,
        alpha: Option<&str>,
    ) -> Result<f32, ModelError> {
        let Some(name) = alpha else {
            let stated = self.stated.scale(self.file, part, layer, rank)?;
            // A file that states nothing means alpha to be the rank.
            return Ok(self.usable(layer, stated.unwrap_or(1.0))?);
        };
        let shape = self.lora.dimensions(name)?;
        let shape = if count(shape) == Some(1) { shape } else { &[] };
        let alpha = self.lora.parameter(name, shape)?;
        // Not a number is refused: it stands for no number at all.
        let alpha = alpha.values().first().copied().unwrap_or(f32::NAN);
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

/// The rank of a pair of matrices whose product has the dimensions of `target`. A linear layer may be
/// written as a 1×1 convolution on either side; a convolution's window belongs to the lower matrix.
pub fn rank(up: &[usize], down: &[usize], target: &[usize]) -> Option<NonZeroUsize> {
    let [outputs, inputs, target_window @ ..] = target else {
        return None;
    };
    let (&[up_outputs, rank, ref up_window @ ..], &[down_rank, down_inputs, ref window @ ..]) =
        (up, down)
    else {
        return None;
    };
    let is_trivial = |window: &[usize]| window.is_empty() || window == [1, 1];
    let windows_fit = window == target_window || (is_trivial(window) && is_trivial(target_window));
    let fits = (up_outputs, down_inputs, down_rank) == (*outputs, *inputs, rank)
        && is_trivial(up_window)
        && windows_fit;
    NonZeroUsize::new(rank).filter(|_| fits)
}
