//! The mean of two fine-tuned models, as people merge models: of the noise predictors' weights, or of both LoRAs' changes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::evaluation::error::EvaluationError;
use palimpsest_diffusion::files::{FurtherLora, ModelSource, Parameter, Part, Precision, Weights};
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Memory, ModelError};

/// The mean of the models in two places, of LoRAs by both at half strength; of whole models it is written into `out`, if
/// it is not there.
pub(super) fn merged(
    one: &Path,
    other: &Path,
    out: &Path,
    is_lora: bool,
) -> Result<ModelSource, EvaluationError> {
    if is_lora {
        return Ok(ModelSource {
            path: one.to_owned(),
            strength: Some(0.5),
            further: vec![FurtherLora {
                path: other.to_owned(),
                strength: Some(0.5),
            }],
        });
    }
    let weights = out.join(Part::Unet.folder()).join(Part::Unet.weights());
    // Written last.
    if !weights.exists() {
        copy_folder(one, out, &weights)?;
        write_mean(one, other, out)?;
    }
    Ok(out.to_owned().into())
}

fn write_mean(one: &Path, other: &Path, out: &Path) -> Result<(), EvaluationError> {
    let engine = Engine::new(Device::Cpu, 1, Memory::Full)?;
    let weights = |path: &Path| -> Result<Weights, ModelError> {
        DiffusionModel::open(path, None, &engine)?.weights(Part::Unet)
    };
    let (one, other) = (weights(one)?, weights(other)?);
    let mean = |name: &str| {
        let (mine, theirs) = (one.stored(name)?, other.stored(name)?);
        let (a, b) = (mine.values(), theirs.values());
        let mean: Vec<f32> = a
            .iter()
            .zip(&*b)
            .map(|(a, b)| f32::midpoint(*a, *b))
            .collect();
        Parameter::from_values(mine.shape().to_vec(), mean)
    };
    let tensors = one.names().map(|name| Ok((name.to_owned(), mean(name)?)));
    let tensors: BTreeMap<String, Parameter> = tensors.collect::<Result<_, ModelError>>()?;
    let written = Part::Unet.write(out, &tensors, Precision::Single);
    written.map_err(|error| EvaluationError::Training(Box::new(error.into())))
}

/// Copies a folder and those in it, but for what would become the file `left_out`.
fn copy_folder(from: &Path, to: &Path, left_out: &Path) -> Result<(), EvaluationError> {
    let unwritable = |source| EvaluationError::Write {
        file: to.to_owned(),
        source,
    };
    fs::create_dir_all(to).map_err(unwritable)?;
    for entry in fs::read_dir(from).map_err(unwritable)? {
        let path = entry.map_err(unwritable)?.path();
        let copy = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &copy, left_out)?;
        } else if copy != left_out {
            fs::copy(&path, copy).map_err(unwritable)?;
        }
    }
    Ok(())
}
