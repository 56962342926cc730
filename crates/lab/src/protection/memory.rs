//! The memory that changing pictures needs, known from shapes alone: so that it can be refused where it is not there,
//! before anything large is allocated.

use super::error::ProtectionError;
use super::{Precaution, Recipe};
use palimpsest_base::system;
use palimpsest_diffusion::DiffusionModel;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::footprint::{Sweep, encoding, remembered};

/// A number in memory.
const SINGLE: u64 = size_of::<f32>() as u64;
/// Tenths of the values of a sweep that its buffers take, as in a fine-tuning.
const BUFFERS: u64 = 16;
/// Numbers as large as what the program takes beside those of the model.
const PROGRAM: u64 = (256 << 20) / SINGLE;
/// Copies of the noise predictor's numbers that ASPL holds beside the model's own: both models, and the two moments and
/// the gradient of the one that learns.
const SURROGATES: u64 = 5;

/// Refuses what does not fit into the memory that is free.
///
/// # Errors
/// [`ProtectionError::Memory`], or why the model cannot be read.
pub(super) fn check(
    recipe: &Recipe,
    model: &DiffusionModel,
    shape: [usize; 3],
) -> Result<(), ProtectionError> {
    let needed = needed(recipe, model, shape)?;
    match system::available_memory() {
        Some(available) if available < needed => Err(ProtectionError::Memory { needed, available }),
        _ => Ok(()),
    }
}

fn needed(
    recipe: &Recipe,
    model: &DiffusionModel,
    [_, height, width]: [usize; 3],
) -> Result<u64, ProtectionError> {
    let latent = [height, width];
    let surrogates = match recipe.precaution {
        Precaution::Aspl => SURROGATES,
        Precaution::AdvDm | Precaution::Mist => 0,
    };
    let networks = model.numbers(Part::Unet)? * (1 + surrogates) + model.numbers(Part::Vae)?;
    let sweep = match recipe.precaution {
        Precaution::Aspl => Sweep::Parameters,
        Precaution::AdvDm | Precaution::Mist => Sweep::Latent,
    };
    let values = encoding(model.autoencoder_geometry(), latent)
        + remembered(model.unet_geometry(), latent, sweep);
    Ok((networks + values / 10 * BUFFERS + PROGRAM) * SINGLE)
}
