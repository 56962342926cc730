//! A second, cheap sign of membership: how much lower the fine-tuned model's loss is than the
//! pretrained one's on the whole artwork, nothing removed (the loss attack of membership inference,
//! taken as a difference of two models).
//!
//! Timesteps are the same for every artwork. Noises are those of a key: one key for all works, or, where works are
//! ranked among others, one of each work's own, so that scores depend on one another by nothing but the models.

use serde::{Deserialize, Serialize};

use super::Control;
use palimpsest_base::digest::Digest;
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
    /// The same of the picture turned upside down, where it was measured: a picture that was not trained on, of the
    /// hand that the artwork is of.
    pub turned: Option<f64>,
}

/// The subject of a measurement.
#[derive(Clone, Copy, Debug)]
pub struct GapSubject<'a> {
    /// The artwork's own latent.
    pub latent: &'a Latent,
    /// That of the picture turned upside down, if it is to be measured too.
    pub turned: Option<&'a Latent>,
    /// The key of the noises.
    pub key: u64,
}

impl<'a> GapSubject<'a> {
    /// An artwork alone, with the noises that all works have.
    pub fn alone(latent: &'a Latent) -> Self {
        Self {
            latent,
            turned: None,
            key: 0,
        }
    }
}

/// The key of the noises that a picture file has by itself: the same in every case, so that nobody can try several.
pub fn own_key(file: Digest) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *file.as_bytes();
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// Measures the gap. Obeys `control` between timesteps: waits while paused, and returns `None` when cancelled.
///
/// # Errors
/// [`ModelError`] if a model cannot be evaluated.
pub fn loss_gap(
    subject: GapSubject<'_>,
    pretrained: &mut dyn Denoiser,
    finetuned: &mut dyn Denoiser,
    control: &Control,
) -> Result<Option<LossGap>, ModelError> {
    let mut mean = |latent| mean_gap(latent, subject.key, pretrained, finetuned, control);
    let Some(value) = mean(subject.latent)? else {
        return Ok(None);
    };
    let turned = match subject.turned.map(mean).transpose()? {
        Some(None) => return Ok(None),
        Some(measured) => measured,
        None => None,
    };
    Ok(Some(LossGap {
        value,
        timesteps: TIMESTEPS.to_vec(),
        turned,
    }))
}

fn mean_gap(
    latent: &Latent,
    key: u64,
    pretrained: &mut dyn Denoiser,
    finetuned: &mut dyn Denoiser,
    control: &Control,
) -> Result<Option<f64>, ModelError> {
    let generator = Philox::new(key);
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
    Ok(Some(sum / TIMESTEPS.len() as f64))
}
