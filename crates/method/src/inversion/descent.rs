//! The step: a fixed length along the gradient, held within a ball around the start (projected
//! gradient descent of the negated objective; Wu et al., CVPR 2024, eq. 4 and 9).
//!
//! The movement is kept in f32, as the published code keeps it; norms and the products of a step
//! are taken in f64 and in order, so that every machine walks the same path.

use super::{LatentMask, Settings};
use palimpsest_diffusion::Latent;

/// The movement δ of the removed cells, and how it grows.
#[derive(Clone, Debug, PartialEq)]
pub struct Descent {
    step_size: f64,
    budget: f64,
    momentum: f64,
    delta: Latent,
    velocity: Option<Latent>,
}

impl Descent {
    /// Unmoved, for latents of `shape`, with the step size, budget and momentum of `settings`.
    pub fn new(settings: &Settings, shape: [usize; 3]) -> Self {
        let velocity = (settings.momentum > 0.0).then(|| Latent::zeros(shape));
        Self::resume(settings, Latent::zeros(shape), velocity)
    }

    /// Moved by `delta` already, and with `velocity` where there is momentum.
    pub(super) fn resume(settings: &Settings, delta: Latent, velocity: Option<Latent>) -> Self {
        Self {
            step_size: settings.step_size,
            budget: settings.budget,
            momentum: settings.momentum,
            delta,
            velocity,
        }
    }

    /// The movement δ, zero on kept cells.
    pub fn delta(&self) -> &Latent {
        &self.delta
    }

    /// The velocity; `None` without momentum.
    pub fn velocity(&self) -> Option<&Latent> {
        self.velocity.as_ref()
    }

    /// Moves by one step size along `gradient` (the direction of ascent, zero on kept cells) and
    /// back onto the ball. With momentum B: `v ← B·v + g/‖g‖`, `δ ← δ + α·v/‖v‖`.
    ///
    /// Returns whether a step was made: a zero or non-finite direction makes none.
    pub fn step(&mut self, gradient: &Latent) -> bool {
        debug_assert_eq!(
            gradient.shape(),
            self.delta.shape(),
            "gradient and movement"
        );
        let Some(per_gradient) = reciprocal(gradient.norm()) else {
            return false;
        };
        match &mut self.velocity {
            None => add_scaled(&mut self.delta, self.step_size * per_gradient, gradient),
            Some(velocity) => {
                scale(velocity, self.momentum);
                add_scaled(velocity, per_gradient, gradient);
                let Some(per_velocity) = reciprocal(velocity.norm()) else {
                    return false;
                };
                add_scaled(&mut self.delta, self.step_size * per_velocity, velocity);
            }
        }
        let moved = self.delta.norm();
        if moved > self.budget {
            scale(&mut self.delta, self.budget / moved);
        }
        true
    }

    /// The latent examined, `u = z·m + (s + δ)·(1 − m)`: on kept cells the bits of `original` (z),
    /// on removed ones `start` (s) moved by δ.
    pub fn latent(&self, original: &Latent, start: &Latent, kept: &LatentMask) -> Latent {
        debug_assert_eq!(original.shape(), start.shape(), "start and original");
        debug_assert_eq!(
            original.shape(),
            self.delta.shape(),
            "movement and original"
        );
        kept.assert_fits(original);
        let mut latent = original.clone();
        let moved = start.values().iter().zip(self.delta.values());
        let cells = latent.values_mut().iter_mut().zip(moved);
        for ((value, (s, delta)), kept) in cells.zip(kept.over_channels()) {
            if !kept {
                *value = s + delta;
            }
        }
        latent
    }
}

/// 1/`norm`, unless that is no direction to speak of.
fn reciprocal(norm: f64) -> Option<f64> {
    (norm > 0.0 && norm.is_finite()).then(|| norm.recip())
}

fn add_scaled(sum: &mut Latent, factor: f64, term: &Latent) {
    for (value, &addend) in sum.values_mut().iter_mut().zip(term.values()) {
        *value = (f64::from(*value) + factor * f64::from(addend)) as f32;
    }
}

fn scale(latent: &mut Latent, factor: f64) {
    for value in latent.values_mut() {
        *value = (f64::from(*value) * factor) as f32;
    }
}
