//! A training run on disk: parameters, their averages and the optimiser's moments bit for bit, in one
//! safetensors file that is replaced at one blow.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::error::TrainingError;
use super::parameters::Parameters;
use super::trainer::Trainer;
use palimpsest_diffusion::files::{
    Parameter, Precision, Weights, safetensors_header, write_tensors,
};

/// Names of the entries about the run.
const RUN: &str = "palimpsest_training";
const STEP: &str = "step";

/// Writes the state of `trainer` in the run that `run` describes.
///
/// # Errors
/// [`TrainingError`] if the file cannot be written.
pub fn save(file: &Path, run: &str, trainer: &Trainer) -> Result<(), TrainingError> {
    let mut tensors = BTreeMap::new();
    for slot in 0..trainer.parameters.len() {
        let name = trainer.parameters.name(slot);
        let moments = &trainer.optimiser.moments[slot];
        let mut put = |kind: &str, values: Arc<Vec<f32>>| {
            let parameter = Parameter::from_values(vec![values.len()], values)?;
            tensors.insert(format!("{kind}/{name}"), parameter);
            Ok::<_, TrainingError>(())
        };
        put("value", trainer.parameters.values(slot))?;
        if let Some(average) = &trainer.average {
            put("mean", average.parameters().values(slot))?;
        }
        put("first", Arc::clone(&moments.first))?;
        if let Some(second) = &moments.second {
            put("second", Arc::clone(second))?;
        }
    }
    let step = trainer.optimiser.step.to_string();
    let record = [(RUN, run.to_owned()), (STEP, step)];
    let record = record.map(|(key, value)| (key.to_owned(), value));
    write_tensors(file, &tensors, Precision::Single, &BTreeMap::from(record))?;
    Ok(())
}

/// Brings `trainer`, freshly made, to the state in `file`; `false` if there is no such file.
///
/// # Errors
/// [`TrainingError::Checkpoint`] if it is another run's or damaged.
pub fn load(file: &Path, run: &str, trainer: &mut Trainer) -> Result<bool, TrainingError> {
    let foreign = |why: String| TrainingError::Checkpoint {
        file: file.into(),
        why,
    };
    if !file.exists() {
        return Ok(false);
    }
    let step = step(&safetensors_header::record(file)?, run).map_err(foreign)?;
    let weights = Weights::open(&[file.into()])?;
    let read = |kind: &str, parameters: &Parameters, slot: usize| {
        let name = format!("{kind}/{}", parameters.name(slot));
        let values = weights.parameter(&name, &[parameters.values(slot).len()])?;
        Ok::<_, TrainingError>(values.into_values())
    };
    for slot in 0..trainer.parameters.len() {
        let parameters = &trainer.parameters;
        let value = read("value", parameters, slot)?;
        let mean = match &trainer.average {
            Some(_) => Some(read("mean", parameters, slot)?),
            None => None,
        };
        let moments = &mut trainer.optimiser.moments[slot];
        moments.first = read("first", parameters, slot)?.into();
        if moments.second.is_some() {
            moments.second = Some(read("second", parameters, slot)?.into());
        }
        let restore = |parameters: &Parameters, read: &[f32]| {
            parameters.change(slot, |values| values.copy_from_slice(read));
        };
        restore(&trainer.parameters, &value);
        if let (Some(average), Some(mean)) = (&trainer.average, &mean) {
            restore(average.parameters(), mean);
        }
    }
    trainer.optimiser.step = step;
    Ok(true)
}

/// The step of a file with that record, which must be of the run that `run` describes.
fn step(record: &BTreeMap<String, String>, run: &str) -> Result<u64, String> {
    match record.get(RUN) {
        None => Err("it is no checkpoint of a training".into()),
        Some(other) if other != run => Err("it is a checkpoint of another run".into()),
        Some(_) => record
            .get(STEP)
            // A step that is no number is refused as none is.
            .and_then(|step| step.parse().ok())
            .ok_or_else(|| "it does not say its step".into()),
    }
}
