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
/// Tenths of the values of the noise predictor's sweep that its buffers take, as in a fine-tuning.
const BUFFERS: u64 = 16;
/// Times the values of the encoder's sweep that it takes with its gradients and the buffers of its convolutions. Chosen so
/// that what is said covers the 707 MiB that the program took with the built-in model at 512 pixels a side.
const ENCODING: u64 = 7;
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
    let encoder = encoding(model.autoencoder_geometry(), latent) * ENCODING;
    let predictor = remembered(model.unet_geometry(), latent, sweep) / 10 * BUFFERS;
    Ok((networks + encoder + predictor + PROGRAM) * SINGLE)
}
