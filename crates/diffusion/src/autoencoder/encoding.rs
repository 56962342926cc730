//! A picture's latent on its way through the encoder, and the way back: from a gradient at the latent to that at the
//! pixels.

use super::Encoder;
use crate::network::backend::{Backend, Grid, Outcome};
use crate::network::tape::{Recording, Tape, Var};
use crate::prompted::from_tokens;
use crate::{Latent, ModelError};

/// A picture that was encoded with everything remembered.
pub struct Encoding<'m, B: Backend> {
    tape: Tape<'m, B>,
    pixels: Var<B>,
    moments: Var<B>,
    latent: Latent,
    scale: f32,
}

impl<B: Backend> Encoder<B> {
    /// Encodes pixels in [-1, 1] (`[h·w, 3]`); the latent is the mean of the posterior times `scale`.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if the picture does not suit the network, [`ModelError::NonFinite`] if the latent is none.
    pub fn encode<'m>(
        &'m self,
        backend: &'m B,
        pixels: &[f32],
        grid: Grid,
        scale: f32,
    ) -> Outcome<Encoding<'m, B>> {
        let mut tape = Tape::new(backend, Recording::Operations);
        let pixels = tape.input(backend.upload(pixels, self.conv_in.inputs)?);
        let (moments, grid) = self.forward(&mut tape, &pixels, grid)?;
        let width = backend.width(&moments.value)?;
        let channels = width / 2;
        let values = backend.download(&moments.value)?;
        let means = values.chunks_exact(width).flat_map(|row| &row[..channels]);
        let means: Vec<f32> = means.map(|mean| mean * scale).collect();
        if !means.iter().all(|value| value.is_finite()) {
            return Err(ModelError::NonFinite {
                what: "The latent of the picture".into(),
            });
        }
        Ok(Encoding {
            tape,
            pixels,
            moments,
            latent: from_tokens(&means, [channels, grid.height, grid.width])?,
            scale,
        })
    }
}

impl<B: Backend> Encoding<'_, B> {
    /// The picture's latent.
    pub fn latent(&self) -> &Latent {
        &self.latent
    }

    /// The gradient with respect to the pixels (`[h·w, 3]`), given that with respect to the latent.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if the gradient has not the latent's shape.
    pub fn pull_back(self, gradient: &Latent) -> Outcome<Vec<f32>> {
        if gradient.shape() != self.latent.shape() {
            return Err(ModelError::Shape {
                what: "The gradient at a latent".into(),
                expected: self.latent.shape().to_vec(),
                found: gradient.shape().to_vec(),
            });
        }
        let backend = self.tape.backend;
        let [channels, ..] = gradient.shape();
        // The log-variances have no part in the mean.
        let nothing = vec![0.0; channels];
        let at_moments: Vec<f32> = (gradient.by_position())
            .chunks_exact(channels)
            .flat_map(|row| {
                row.iter()
                    .map(|g| g * self.scale)
                    .chain(nothing.iter().copied())
            })
            .collect();
        let at_moments = backend.upload(&at_moments, 2 * channels)?;
        let mut found = self.tape.backward(&self.moments, at_moments)?;
        match found.take(&self.pixels) {
            Some(gradient) => backend.download(&gradient),
            None => Err(ModelError::Unrecorded),
        }
    }
}
