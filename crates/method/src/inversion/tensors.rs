//! Reading the few tensors that an inversion takes from files, of which nothing is believed: not
//! their size, their kind of number, their shape or their values.

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use super::TensorProblem;

/// The directory of tensors in `bytes`.
pub(super) fn parse(bytes: &[u8]) -> Result<SafeTensors<'_>, TensorProblem> {
    SafeTensors::deserialize(bytes).map_err(|e| TensorProblem::NotSafetensors(e.to_string()))
}

/// The tensor `name`, which must hold numbers of kind `dtype`.
pub(super) fn find<'a>(
    file: &SafeTensors<'a>,
    name: &str,
    dtype: Dtype,
) -> Result<TensorView<'a>, TensorProblem> {
    let tensor = file
        .tensor(name)
        .map_err(|_| TensorProblem::Missing(name.to_owned()))?;
    if tensor.dtype() != dtype {
        return Err(TensorProblem::Kind {
            name: name.to_owned(),
            expected: kind(dtype),
            found: format!("{:?}", tensor.dtype()),
        });
    }
    Ok(tensor)
}

/// A kind of number in words.
fn kind(dtype: Dtype) -> &'static str {
    match dtype {
        Dtype::I64 => "int64",
        Dtype::F64 => "float64",
        _ => "float32",
    }
}

/// Little-endian f32 values.
pub(super) fn f32_values(bytes: &[u8]) -> Vec<f32> {
    let (words, _) = bytes.as_chunks::<4>();
    words.iter().map(|&word| f32::from_le_bytes(word)).collect()
}

/// Little-endian f64 values.
pub(super) fn f64_values(bytes: &[u8]) -> Vec<f64> {
    let (words, _) = bytes.as_chunks::<8>();
    words.iter().map(|&word| f64::from_le_bytes(word)).collect()
}

/// Little-endian 64-bit integers.
pub(super) fn i64_values(bytes: &[u8]) -> Vec<i64> {
    let (words, _) = bytes.as_chunks::<8>();
    words.iter().map(|&word| i64::from_le_bytes(word)).collect()
}
