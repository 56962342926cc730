//! A fine-tuned model of an experiment: made once, and found by whoever goes on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::EvaluationError;
use crate::finetuning::{self, Progress, Recipe, finetune};
use crate::training::trainer::Ending;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::inversion::Control;

/// The folder of the model, or its LoRA, that `recipe` makes in `out`; it is made if it is not there. The recipe is asked
/// for only then.
///
/// # Errors
/// [`EvaluationError`]; an interrupted training goes on the next time.
pub(crate) fn tuned_model(
    recipe: impl FnOnce() -> Result<Recipe, EvaluationError>,
    out: &Path,
    (cpu, control): (&Arc<Cpu>, &Control),
    report: &mut dyn FnMut(Progress),
) -> Result<PathBuf, EvaluationError> {
    if !out.join(finetuning::RECORD).exists() {
        match finetune(&recipe()?, out, cpu, control, report)? {
            Ending::Finished => (),
            Ending::Cancelled => return Err(EvaluationError::Interrupted),
        }
    }
    let lora = out.join(finetuning::LORA);
    Ok(if lora.exists() { lora } else { out.to_owned() })
}
