//! The inversion's view of a diffusion model, and nothing more: its loss at a latent and the
//! gradient of that loss. The method never sees weights, prompts or devices, so that any back end
//! serves and a toy with a known gradient can take the place of a network in tests.

use super::noise_predictor::Sizes;
use super::{Latent, ModelError};

/// The training loss of a diffusion model at one latent, timestep and noise, and how it changes
/// with the latent.
#[derive(Clone, Debug, PartialEq)]
pub struct LossAndGradient {
    /// Mean squared error over all elements of the prediction; 0 or more.
    pub loss: f64,
    /// ∂loss/∂latent, in the latent's own shape `[channels, height, width]`.
    pub gradient: Latent,
}

/// A diffusion model with its prompt already chosen: the noise predictor of one of the two models
/// that are contrasted.
pub trait Denoiser: Send {
    /// Mean squared error of the model's prediction at `timestep` (1..=999) for `latent` noised
    /// with `noise` (of the latent's shape), and its gradient with respect to the latent.
    ///
    /// The target is the noise, or the velocity for models that predict it
    /// (Wu et al., CVPR 2024, eq. 3; Salimans and Ho 2022 for the velocity).
    ///
    /// # Errors
    /// [`ModelError`] if the shapes do not suit the model or the back end fails.
    fn loss_and_gradient(
        &mut self,
        latent: &Latent,
        timestep: usize,
        noise: &Latent,
    ) -> Result<LossAndGradient, ModelError>;

    /// The loss alone, as [`Denoiser::loss_and_gradient`] gives it, at the price of a forward pass.
    ///
    /// # Errors
    /// As for [`Denoiser::loss_and_gradient`].
    fn loss(&mut self, latent: &Latent, timestep: usize, noise: &Latent)
    -> Result<f64, ModelError>;

    /// The loss that a prediction of zeros has: what a model that knows nothing can reach. Here that of a model that
    /// predicts the noise.
    fn loss_of_nothing(&self, _latent: &Latent, _timestep: usize, noise: &Latent) -> f64 {
        mean_square(noise.values())
    }

    /// Tells the network the sizes of the picture whose latents follow; with none, those of generation. One that takes
    /// no sizes does not hear it.
    fn describe_picture(&mut self, _sizes: Option<Sizes>) {}
}

/// The mean of the squares.
pub(crate) fn mean_square(values: &[f32]) -> f64 {
    let squares = values
        .iter()
        .map(|&value| f64::from(value) * f64::from(value));
    squares.sum::<f64>() / values.len() as f64
}
