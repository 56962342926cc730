//! A second, cheap sign of membership: how much lower the fine-tuned model's loss is than the
//! pretrained one's on the whole artwork, nothing removed (the loss attack of membership inference,
//! taken as a difference of two models).
//!
//! Timesteps and noises are the same for every artwork and do not depend on the seed, so that
//! questioned works and controls can be compared.

use serde::{Deserialize, Serialize};

use super::Control;
use palimpsest_base::philox::{Philox, Stream};
use palimpsest_diffusion::{Denoiser, Latent, ModelError};

/// The middles of ten equal parts of the schedule.
const TIMESTEPS: [usize; 10] = [50, 150, 250, 350, 450, 550, 650, 750, 850, 950];

/// The mean difference of the losses, and where it was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LossGap {
    /// Mean of `L(θ) − L(θ')`: positive where the fine-tuned model knows the artwork better.
    pub value: f64,
    /// The timesteps averaged over.
    pub timesteps: Vec<usize>,
}

/// Measures the gap at `latent`, the artwork's own. Obeys `control` between timesteps: waits while
/// paused, and returns `None` when cancelled.
///
/// # Errors
/// [`ModelError`] if a model cannot be evaluated.
pub fn loss_gap(
    latent: &Latent,
    pretrained: &mut dyn Denoiser,
    finetuned: &mut dyn Denoiser,
    control: &Control,
) -> Result<Option<LossGap>, ModelError> {
    let generator = Philox::new(0);
    let mut noise = Latent::zeros(latent.shape());
    let mut sum = 0.0;
    for (index, timestep) in (0..).zip(TIMESTEPS) {
        if !control.may_proceed() {
            return Ok(None);
        }
        generator.fill_normal(Stream::LossGap, index, noise.values_mut());
        sum += pretrained.loss(latent, timestep, &noise)?;
        sum -= finetuned.loss(latent, timestep, &noise)?;
    }
    Ok(Some(LossGap {
        value: sum / TIMESTEPS.len() as f64,
        timesteps: TIMESTEPS.to_vec(),
    }))
}
