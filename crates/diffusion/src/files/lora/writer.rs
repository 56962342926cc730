//! Writing a LoRA as diffusers' `load_lora_weights` reads it. The scale is multiplied into the matrices:
//! this format has no tensor for it, and older readers know no other place.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::files::safetensors_writer::write_tensors;
use crate::files::{Parameter, Part, Precision, WriteError};

/// The change of one layer.
#[derive(Clone, Debug)]
pub struct LowRank {
    /// A: `[rank, inputs]`, of a convolution `[rank, inputs, height, width]`.
    pub down: Parameter,
    /// B: `[outputs, rank]`, of a convolution `[outputs, rank, 1, 1]`.
    pub up: Parameter,
}

/// The reason for which a LoRA cannot be written.
#[derive(Debug, Error)]
pub enum LoraWriteError {
    /// A change of another rank.
    #[error(
        "The change of \"{layer}\" has the dimensions {up:?} and {down:?}, which are not of rank {rank}, so {} was not written: write layers of one rank.",
        file.display()
    )]
    Rank {
        /// The file that was to be written.
        file: PathBuf,
        /// The layer.
        layer: String,
        /// The rank that was said.
        rank: usize,
        /// Of the matrix that leads up to the outputs.
        up: Vec<usize>,
        /// Of the matrix that leads down from the inputs.
        down: Vec<usize>,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Writes the changes of `layers` (the part and the layer's name in diffusers' spelling, without
/// `.weight`), all of one `rank` and scaled with `alpha / rank`, into `file`; `record` becomes the
/// file's `__metadata__`. The usual name is `pytorch_lora_weights.safetensors`.
///
/// # Errors
/// [`LoraWriteError`].
pub fn write_lora(
    file: &Path,
    layers: &BTreeMap<(Part, String), LowRank>,
    rank: usize,
    alpha: f32,
    precision: Precision,
    record: &BTreeMap<String, String>,
) -> Result<(), LoraWriteError> {
    let scale = alpha / rank as f32;
    let mut tensors = BTreeMap::new();
    for ((part, layer), change) in layers {
        let name = tensor_name(*part, layer);
        let refused = || LoraWriteError::Rank {
            file: file.into(),
            layer: layer.clone(),
            rank,
            up: change.up.shape().to_vec(),
            down: change.down.shape().to_vec(),
        };
        let fits = change.down.shape().first() == Some(&rank)
            && change.up.shape().get(1) == Some(&rank)
            && change.down.shape().len() == change.up.shape().len();
        if !fits {
            return Err(refused());
        }
        let up: Vec<f32> = change.up.values().iter().map(|v| v * scale).collect();
        let up = Parameter::from_values(change.up.shape().to_vec(), up).map_err(|_| refused())?;
        tensors.insert(format!("{name}.lora_A.weight"), change.down.clone());
        tensors.insert(format!("{name}.lora_B.weight"), up);
    }
    let mut record = record.clone();
    record.insert("format".into(), "pt".into());
    Ok(write_tensors(file, &tensors, precision, &record)?)
}

/// Part and layer; older readers need the text encoder's own prefix, newer ones take it off.
fn tensor_name(part: Part, layer: &str) -> String {
    const PREFIX: &str = "text_model.";
    match part {
        Part::TextEncoder if !layer.starts_with(PREFIX) => {
            format!("{}.{PREFIX}{layer}", part.folder())
        }
        _ => format!("{}.{layer}", part.folder()),
    }
}
