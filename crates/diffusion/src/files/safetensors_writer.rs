//! Writing tensors as a `.safetensors` file: streamed, so that a model of any size needs no second copy
//! in memory, at one blow, and the same bytes for the same tensors. The `safetensors` crate checks the
//! header; it would write the entries of the record in any order, and a file that only its owner reads.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use half::f16;
use half::slice::HalfFloatSliceExt;
use safetensors::tensor::{Metadata, TensorInfo};
use safetensors::{Dtype, SafeTensorError};
use serde_json::{Map, Value};
use thiserror::Error;

use super::parameter::Parameter;
use palimpsest_base::atomic;

/// The header's length is a multiple of this many bytes, so that the numbers after it are aligned.
const ALIGNMENT: usize = 8;

/// Number of values that are converted at once.
const CHUNK: usize = 1024;

/// The kind of number that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// IEEE single precision: what was computed, unchanged.
    Single,
    /// IEEE half precision, rounded to nearest: half the size, 11 bits of each number.
    Half,
}

impl Precision {
    fn dtype(self) -> Dtype {
        match self {
            Self::Single => Dtype::F32,
            Self::Half => Dtype::F16,
        }
    }

    fn bytes(self) -> usize {
        match self {
            Self::Single => size_of::<f32>(),
            Self::Half => size_of::<f16>(),
        }
    }

    fn holds(self, value: f32) -> bool {
        match self {
            Self::Single => value.is_finite(),
            Self::Half => f16::from_f32(value).is_finite(),
        }
    }
}

/// The reason for which tensors cannot be written.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The system did not let us write.
    #[error(
        "{} could not be written ({source}): check that there is space on the disk and that you may write there.",
        file.display()
    )]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// A number that would be read back as none, or as an infinity.
    #[error(
        "The tensor \"{tensor}\" holds a number that {precision:?} precision cannot ({value}), so {} was not written: train with a smaller learning rate, or write single precision.",
        file.display()
    )]
    NotFinite {
        /// The file that was to be written.
        file: PathBuf,
        /// The tensor's name.
        tensor: String,
        /// The number.
        value: f32,
        /// The precision in which it was to be written.
        precision: Precision,
    },
    /// More tensors, or larger ones, than the format can describe.
    #[error("{} cannot be written as a .safetensors file: {source}.", file.display())]
    Format {
        /// The file.
        file: PathBuf,
        /// The rule of the format that it breaks.
        source: SafeTensorError,
    },
}

/// Writes `tensors` under their names, sorted, into `file`, with `record` as its `__metadata__`. A file
/// of this name is replaced, and only once the new one is whole.
///
/// # Errors
/// [`WriteError`]; the old file, if there was one, is then untouched.
pub fn write_tensors(
    file: &Path,
    tensors: &BTreeMap<String, Parameter>,
    precision: Precision,
    record: &BTreeMap<String, String>,
) -> Result<(), WriteError> {
    for (name, tensor) in tensors {
        let values = tensor.values();
        if let Some(&value) = values.iter().find(|&&value| !precision.holds(value)) {
            return Err(WriteError::NotFinite {
                file: file.into(),
                tensor: name.clone(),
                value,
                precision,
            });
        }
    }
    let header = header(tensors, precision, record).map_err(|source| WriteError::Format {
        file: file.into(),
        source,
    })?;
    let written = atomic::replace_with(file, |out| {
        out.write_all(&(header.len() as u64).to_le_bytes())?;
        out.write_all(&header)?;
        (tensors.values()).try_for_each(|tensor| write_numbers(out, &tensor.values(), precision))
    });
    written.map_err(|source| WriteError::Io {
        file: file.into(),
        source,
    })
}

/// The JSON object of names, dimensions and ranges, filled up with spaces.
fn header(
    tensors: &BTreeMap<String, Parameter>,
    precision: Precision,
    record: &BTreeMap<String, String>,
) -> Result<Vec<u8>, SafeTensorError> {
    let mut end = 0;
    let infos = tensors.iter().map(|(name, tensor)| {
        let begin = end;
        // What is in memory has a size; one that had none the format would refuse.
        end = tensor
            .len()
            .saturating_mul(precision.bytes())
            .saturating_add(end);
        let info = TensorInfo {
            dtype: precision.dtype(),
            shape: tensor.shape().to_vec(),
            data_offsets: (begin, end),
        };
        (name.clone(), info)
    });
    let described = Metadata::new(None, infos.collect())?;
    let mut object = Map::new();
    if !record.is_empty() {
        object.insert("__metadata__".into(), serde_json::to_value(record)?);
    }
    if let Value::Object(described) = serde_json::to_value(described)? {
        object.extend(described);
    }
    let mut header = serde_json::to_vec(&object)?;
    header.resize(header.len().next_multiple_of(ALIGNMENT), b' ');
    Ok(header)
}

/// The format is little-endian.
fn write_numbers(out: &mut dyn Write, values: &[f32], precision: Precision) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(CHUNK.saturating_mul(precision.bytes()));
    let mut halves = [f16::ZERO; CHUNK];
    for chunk in values.chunks(CHUNK) {
        bytes.clear();
        match precision {
            Precision::Single => bytes.extend(chunk.iter().flat_map(|v| v.to_le_bytes())),
            Precision::Half => {
                // A chunk is no longer than there are halves.
                let (halves, _) = halves.split_at_mut(chunk.len());
                halves.convert_from_f32_slice(chunk);
                bytes.extend(halves.iter().flat_map(|v| v.to_le_bytes()));
            }
        }
        out.write_all(&bytes)?;
    }
    Ok(())
}
