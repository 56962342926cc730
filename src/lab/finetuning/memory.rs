//! What a fine-tuning needs of memory, known from shapes alone: so that it can be said, and refused where it is
//! not there, before anything large is allocated.

use super::Recipe;
use super::adapter::Adapter;
use super::base::Base;
use crate::lab::training::batch::groups;
use crate::lab::training::error::TrainingError;

/// A number in memory.
const SINGLE: u64 = size_of::<f32>() as u64;
/// The two moments and the value of a trained number; its gradients come on top.
const KEPT: u64 = 3;
/// What a draw under way takes, mostly to remember for its backward sweep: in values for each position of the
/// latent and channel of the finest level. Measured with Stable Diffusion v1's structure (`benches/README.md`),
/// rounded up.
const REMEMBERED: u64 = 480;

/// The bytes that are needed at most.
///
/// # Errors
/// [`TrainingError::Model`] if the model has no latents at the recipe's resolution.
pub(super) fn needed(recipe: &Recipe, base: &Base) -> Result<u64, TrainingError> {
    let (predictor, text) = (base.parameters() as u64, base.text.1.numbers());
    let sums = groups(base.parameters()).min(recipe.batch) as u64;
    let trained = KEPT + sums;
    let networks = match recipe.lora {
        None if recipe.text_encoder => (predictor + text) * trained,
        None => predictor * trained + text,
        // The layers with what is added to them and their whole gradients, which are projected.
        Some(rank) => {
            let thin = Adapter::numbers(&base.unet.1, rank) as u64;
            predictor * (1 + sums) + thin * (KEPT + 1) + text
        }
    };
    let under_way = sums.min(base.cpu.threads() as u64);
    Ok((networks + remembered(recipe, base)? * under_way) * SINGLE)
}

/// Values that one draw takes.
fn remembered(recipe: &Recipe, base: &Base) -> Result<u64, TrainingError> {
    let resolution = recipe.resolution.unwrap_or_else(|| base.model.resolution());
    let [_, height, width] = base.model.latent_shape(resolution)?;
    let channels = base.unet.0.block_out_channels.first().copied();
    Ok((height * width * channels.unwrap_or(1)) as u64 * REMEMBERED)
}
