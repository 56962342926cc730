//! One training sample of the autoencoder: a picture through the encoder, a draw of the posterior, and
//! back through the decoder.
//!
//! The loss is |x̂ − x| + 2·(x̂ − x)² in the mean over all values, and a little of the posterior's
//! divergence from the normal distribution, which keeps the latent's size.

use super::batch::Sample;
use palimpsest_diffusion::autoencoder::{Decoder, Encoder};
use palimpsest_diffusion::network::backend::{Backend, Grid, Outcome};
use palimpsest_diffusion::network::tape::{Parts, Tape, Var};

/// The weight of the divergence, per value of the latent.
const DIVERGENCE: f32 = 1e-4;
/// The posterior's log-variance is bounded as diffusers bounds it.
const LOG_VARIANCE: std::ops::RangeInclusive<f32> = -30.0..=20.0;

/// A picture as `[h·w, 3]` in [−1, 1] and normal numbers as many as its latent has values.
pub struct Picture<'a> {
    pub pixels: &'a [f32],
    pub grid: Grid,
    pub noise: &'a [f32],
}

/// The loss, and `sums` with the gradients added, by slot.
///
/// # Errors
/// [`ModelError`](palimpsest_diffusion::ModelError) if the picture does not suit the networks.
pub fn sample<B: Backend>(
    backend: &B,
    (encoder, decoder): (&Encoder<B>, &Decoder<B>),
    sums: Parts<B>,
    picture: &Picture,
) -> Outcome<Sample<B>> {
    let pixels = Var::constant(backend.upload(picture.pixels, 3)?);
    let mut encoding = Tape::training(backend, sums.len());
    let (moments, grid) = encoder.forward(&mut encoding, &pixels, picture.grid)?;
    let width = backend.width(&moments.value)?;
    let posterior = Posterior {
        moments: backend.download(&moments.value)?,
        channels: width / 2,
    };
    let mut decoding = Tape::training(backend, sums.len());
    let latent = backend.upload(&posterior.draw(picture.noise), width / 2)?;
    let latent = decoding.input(latent);
    let (decoded, _) = decoder.forward(&mut decoding, &latent, grid)?;
    let (loss, gradient) = distance(&backend.download(&decoded.value)?, picture.pixels);
    let gradient = backend.upload(&gradient, 3)?;
    let mut gradients = decoding.backward_onto(sums, &decoded, gradient)?;
    let at_latent = match gradients.take(&latent) {
        Some(gradient) => backend.download(&gradient)?,
        None => vec![0.0; picture.noise.len()],
    };
    let (divergence, gradient) = posterior.pull_back(&at_latent, picture.noise);
    let gradient = backend.upload(&gradient, width)?;
    let both = encoding.backward_onto(gradients.parameters(), &moments, gradient)?;
    Ok(Sample {
        loss: loss + divergence,
        gradients: both.parameters(),
    })
}

/// The loss between a decoded picture and the original, and its gradient.
fn distance(decoded: &[f32], pixels: &[f32]) -> (f64, Vec<f32>) {
    let n = pixels.len() as f64;
    let mut sum = 0.0;
    let gradient = decoded.iter().zip(pixels).map(|(decoded, pixel)| {
        let d = decoded - pixel;
        sum += f64::from(d.abs() + 2.0 * d * d);
        (d.signum() + 4.0 * d) / n as f32
    });
    let gradient = gradient.collect();
    (sum / n, gradient)
}

/// Means and log-variances of a latent, `[positions, 2·channels]`.
struct Posterior {
    moments: Vec<f32>,
    channels: usize,
}

impl Posterior {
    /// mean + deviation·noise, `[positions, channels]`.
    fn draw(&self, noise: &[f32]) -> Vec<f32> {
        let rows = self.moments.chunks_exact(2 * self.channels);
        rows.zip(noise.chunks_exact(self.channels))
            .flat_map(|(row, noise)| {
                let (mean, log_variance) = row.split_at(self.channels);
                let parts = mean.iter().zip(log_variance).zip(noise);
                parts.map(|((mean, log_variance), noise)| mean + deviation(*log_variance) * noise)
            })
            .collect()
    }

    /// The divergence (in the mean over the latent's values, weighted) and the gradient at the moments,
    /// given that at the drawn latent.
    fn pull_back(&self, gradient: &[f32], noise: &[f32]) -> (f64, Vec<f32>) {
        let weight = DIVERGENCE / gradient.len() as f32;
        let mut divergence = 0.0;
        let mut result = Vec::with_capacity(self.moments.len());
        let rows = self.moments.chunks_exact(2 * self.channels);
        let draws = gradient
            .chunks_exact(self.channels)
            .zip(noise.chunks_exact(self.channels));
        for (row, (gradient, noise)) in rows.zip(draws) {
            let (mean, log_variance) = row.split_at(self.channels);
            result.extend(mean.iter().zip(gradient).map(|(m, g)| g + weight * m));
            for (c, &log_variance) in log_variance.iter().enumerate() {
                let inside = LOG_VARIANCE.contains(&log_variance);
                let deviation = deviation(log_variance);
                let variance = deviation * deviation;
                let bounded = log_variance.clamp(*LOG_VARIANCE.start(), *LOG_VARIANCE.end());
                let term = 0.5 * (mean[c] * mean[c] + variance - 1.0 - bounded);
                divergence += f64::from(weight * term);
                let slope = 0.5 * (gradient[c] * deviation * noise[c] + weight * (variance - 1.0));
                result.push(if inside { slope } else { 0.0 });
            }
        }
        (divergence, result)
    }
}

fn deviation(log_variance: f32) -> f32 {
    let bounded = log_variance.clamp(*LOG_VARIANCE.start(), *LOG_VARIANCE.end());
    (0.5 * bounded).exp()
}
