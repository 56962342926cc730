//! The change of one layer, added to its weight.

use super::layers::Layer;
use crate::ModelError;
use crate::files::{Parameter, Weights};
use palimpsest_kernels::matmul::{Product, Strided};

/// The weight `layer.target` of `model` with `strength` times the layer's change, under its name.
pub fn merged(
    layer: &Layer,
    strength: f32,
    lora: &Weights,
    model: &Weights,
) -> Result<(String, Parameter), ModelError> {
    let (up, down) = (lora.stored(&layer.up)?, lora.stored(&layer.down)?);
    let weight = model.stored(&layer.target)?;
    let factor = strength * layer.scale;
    let up: Vec<f32> = up.values().iter().map(|v| v * factor).collect();
    let mut values = weight.values().into_owned();
    // A convolution's window is part of its inputs here: both weights are dense.
    let (outputs, inputs) = (up.len() / layer.rank, down.len() / layer.rank);
    Product {
        accumulate: true,
        ..Product::new(outputs, inputs, layer.rank.get())
    }
    .run_parallel(
        &mut values,
        None,
        Strided::rows(&up, layer.rank.get()),
        Strided::rows(&down.values(), inputs),
    );
    weight.release();
    if values.iter().any(|v| !v.is_finite()) {
        return Err(ModelError::NonFinite {
            what: format!("The layer \"{}\" with the LoRA", layer.target),
        });
    }
    let merged = Parameter::from_values(weight.shape().to_vec(), values)?;
    Ok((layer.target.clone(), merged))
}
