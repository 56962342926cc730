//! The header of a `.safetensors` file: a length, a JSON object of names, dimensions and ranges. The
//! `safetensors` crate refuses ranges that overlap, leave gaps, contradict the dimensions or leave
//! the file; what is added here is a header limit that suits models, and the wording.

use std::collections::BTreeMap;
use std::path::Path;

use safetensors::tensor::Metadata;
use safetensors::{Dtype, SafeTensors};

use super::located::{Element, Located};
use super::mapping::Mapping;
use crate::ModelError;

/// The longest header that is read, in bytes. Stable Diffusion's is a tenth of a megabyte, the
/// training record of a large LoRA a few.
const HEADER: u64 = 32 << 20;

/// Size of the header's length, at the start of the file.
const LENGTH: usize = 8;

/// The tensors of a mapped `.safetensors` file.
///
/// # Errors
/// [`ModelError::Damaged`] if the header and the file contradict each other.
pub fn locate(mapping: &Mapping) -> Result<Vec<Located>, ModelError> {
    let (header, metadata) = read(mapping)?;
    let start = LENGTH.saturating_add(header);
    let located = metadata.tensors().into_iter().map(|(name, tensor)| {
        // The crate has checked that ranges begin before they end, and end inside the file.
        let (begin, end) = tensor.data_offsets;
        Located {
            name,
            shape: tensor.shape.clone(),
            element: element(tensor.dtype),
            offset: start.saturating_add(begin),
            length: end.saturating_sub(begin),
        }
    });
    Ok(located.collect())
}

/// A file's own record (`__metadata__`); nothing if it is no `.safetensors` file.
///
/// # Errors
/// Those of [`locate`], and that the file cannot be read.
pub fn record(file: &Path) -> Result<BTreeMap<String, String>, ModelError> {
    if !is_safetensors(file) {
        return Ok(BTreeMap::new());
    }
    let (_, metadata) = read(&Mapping::open(file)?)?;
    Ok(metadata.metadata().clone().into_iter().flatten().collect())
}

/// By its name: the length with which such a file begins may spell anything.
pub fn is_safetensors(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("safetensors"))
}

/// The length of the header, and what it holds.
fn read(mapping: &Mapping) -> Result<(usize, Metadata), ModelError> {
    let damaged = |why: String| ModelError::Damaged {
        file: mapping.path().into(),
        why,
    };
    let bytes = mapping.bytes();
    let length = bytes
        .first_chunk::<LENGTH>()
        .map(|length| u64::from_le_bytes(*length))
        .ok_or_else(|| damaged("it is too short to be a .safetensors file".into()))?;
    if length > HEADER {
        return Err(damaged(format!("its header claims {length} bytes")));
    }
    SafeTensors::read_metadata(bytes).map_err(|error| damaged(error.to_string()))
}

fn element(dtype: Dtype) -> Result<Element, String> {
    match dtype {
        Dtype::F16 => Ok(Element::F16),
        Dtype::BF16 => Ok(Element::Bf16),
        Dtype::F32 => Ok(Element::F32),
        Dtype::F64 => Ok(Element::F64),
        other => Err(format!("{other:?}")),
    }
}
