//! What is climbed at a picture's latent, and its gradient there.

use palimpsest_base::random::Random;
use palimpsest_diffusion::{Denoiser, Latent, ModelError, Schedule};

use image::{Rgb, RgbImage};

/// The size of the latent for which Mist's weight was published.
const PUBLISHED: f64 = (4 * 64 * 64) as f64;
/// Squares across the pattern that stands for a target picture.
const SQUARES: u32 = 16;

/// A timestep and its noise.
pub(super) struct Draw {
    pub timestep: usize,
    pub noise: Latent,
}

impl Draw {
    /// Uniform over the timesteps but 0, which is hardly ever trained.
    pub fn new(
        random: &mut Random,
        schedule: &Schedule,
        shape: [usize; 3],
    ) -> Result<Self, ModelError> {
        let last = schedule.alphas_cumprod().len().saturating_sub(1);
        let timestep = random.integer(1.min(last), last);
        Self::at(timestep, random, shape)
    }

    /// At a timestep.
    pub fn at(timestep: usize, random: &mut Random, shape: [usize; 3]) -> Result<Self, ModelError> {
        let count = shape.iter().product();
        let noise = (0..count).map(|_| random.normal() as f32).collect();
        Ok(Self {
            timestep,
            noise: Latent::new(shape, noise)?,
        })
    }
}

/// What is climbed.
pub(super) enum Objective {
    /// The denoising loss.
    Denoising,
    /// The denoising loss times a weight, less the squared distance to the target's latent.
    Fused { target: Latent, weight: f64 },
}

impl Objective {
    /// Mist's, with the weight brought from the published size of a latent to that of the target's.
    pub fn fused(target: Latent, published_weight: f64) -> Self {
        let weight = published_weight * target.values().len() as f64 / PUBLISHED;
        Self::Fused { target, weight }
    }

    /// Its value and its gradient at a latent.
    pub fn at(
        &self,
        latent: &Latent,
        draw: &Draw,
        denoiser: &mut dyn Denoiser,
    ) -> Result<(f64, Latent), ModelError> {
        let (target, weight) = match self {
            Self::Denoising => {
                let found = denoiser.loss_and_gradient(latent, draw.timestep, &draw.noise)?;
                return Ok((found.loss, found.gradient));
            }
            Self::Fused { target, weight } => (target, *weight),
        };
        let (loss, mut gradient) = match weight {
            0.0 => (0.0, Latent::zeros(latent.shape())),
            _ => {
                let found = denoiser.loss_and_gradient(latent, draw.timestep, &draw.noise)?;
                (found.loss, found.gradient)
            }
        };
        let values = gradient.values_mut().iter_mut();
        for (g, (z, y)) in values.zip(latent.values().iter().zip(target.values())) {
            *g = (weight * f64::from(*g)) as f32 - 2.0 * (z - y);
        }
        Ok((weight * loss - distance(latent, target).powi(2), gradient))
    }
}

/// The length of the difference of two latents.
pub(super) fn distance(a: &Latent, b: &Latent) -> f64 {
    let pairs = a.values().iter().zip(b.values());
    let squares = pairs.map(|(a, b)| (f64::from(*a) - f64::from(*b)).powi(2));
    squares.sum::<f64>().sqrt()
}

/// A chequerboard of black and white: sharp, regular and of the highest contrast, as Mist's authors chose their target.
pub(super) fn pattern(side: u32) -> RgbImage {
    let square = (side / SQUARES).max(1);
    RgbImage::from_fn(side, side, |x, y| {
        match (x / square + y / square).is_multiple_of(2) {
            true => Rgb([255; 3]),
            false => Rgb([0; 3]),
        }
    })
}
