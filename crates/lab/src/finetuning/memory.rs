//! The memory that a fine-tuning needs, known from shapes alone: so that it can be said, and refused where it is
//! not there, before anything large is allocated.

use super::Recipe;
use super::adapter::Adapter;
use super::base::Base;
use crate::training::batch::groups;
use crate::training::error::TrainingError;
use palimpsest_diffusion::footprint::{Sweep, remembered};

/// A number in memory.
const SINGLE: u64 = size_of::<f32>() as u64;
/// The two moments and the value of a trained number; its gradients come on top.
const KEPT: u64 = 3;
/// The share by which gradients take more than their numbers: buffers of rounded sizes, and the newest gradient of
/// a layer before it is added to its sum. Measured as [`REMEMBERED`] is.
const GRADIENTS_MORE: u64 = 6;
/// Tenths of the values of a draw under way that its buffers take. Measured with Stable Diffusion v1's structure
/// (`benches/README.md`), rounded up.
const BUFFERS: u64 = 16;
/// Numbers as large as what the program takes beside those of the model.
const PROGRAM: u64 = (256 << 20) / SINGLE;

/// The bytes that are needed at most.
///
/// # Errors
/// [`TrainingError::Model`] if the model has no latents at the recipe's resolution.
pub(super) fn needed(recipe: &Recipe, base: &Base) -> Result<u64, TrainingError> {
    let (predictor, text) = (base.parameters() as u64, base.text_numbers());
    let sums = groups(base.parameters()).min(recipe.batch) as u64;
    let gradients = |numbers: u64| (numbers + numbers / GRADIENTS_MORE) * sums;
    let trained = |numbers: u64| numbers * KEPT + gradients(numbers);
    let networks = match recipe.lora {
        None if recipe.text_encoder => trained(predictor + text),
        None => trained(predictor) + text,
        // The layers with what is added to them and their whole gradients, which are projected.
        Some(rank) => {
            let thin = Adapter::numbers(&base.unet, rank) as u64;
            predictor + gradients(predictor) + thin * (KEPT + 1) + text
        }
    };
    let under_way = sums.min(base.cpu.threads() as u64);
    Ok((networks + under_way * draw(recipe, base)? + PROGRAM) * SINGLE)
}

/// Values that one draw takes.
fn draw(recipe: &Recipe, base: &Base) -> Result<u64, TrainingError> {
    let resolution = recipe.resolution.unwrap_or_else(|| base.model.resolution());
    let [_, height, width] = base.model.latent_shape(resolution)?;
    let latent = [height, width];
    let values = remembered(base.model.unet_geometry(), latent, Sweep::Parameters);
    Ok(values / 10 * BUFFERS)
}
