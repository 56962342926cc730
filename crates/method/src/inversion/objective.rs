//! The contrast: how much better the fine-tuned model explains a latent than the pretrained one
//! does, and which way that grows (Wu et al., CVPR 2024, eq. 7).

use super::{Draw, LatentMask};
use palimpsest_diffusion::{Denoiser, Latent, LossAndGradient, ModelError};

/// The weight of the pretrained model's loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weighing {
    /// The same at every step; 1 in the paper.
    Fixed(f64),
    /// At every step the one that takes all that lies along the pretrained model's gradient g out of the fine-tuned
    /// one's g': w = ⟨g, g'⟩/⟨g, g⟩ over the removed cells, so that the ascent is the part of g − g' that is
    /// perpendicular to g. Equal gradients leave nothing.
    Projected,
}

impl Weighing {
    fn weight(self, base: &Latent, tuned: &Latent, kept: &LatentMask) -> f64 {
        match self {
            Self::Fixed(weight) => weight,
            Self::Projected => {
                let along = product(base, tuned, kept);
                let own = product(base, base, kept);
                // Where the pretrained model says nothing there is nothing to take out.
                if own > 0.0 { along / own } else { 1.0 }
            }
        }
    }
}

/// The scalar product over the removed cells, in order.
fn product(a: &Latent, b: &Latent, kept: &LatentMask) -> f64 {
    let pairs = a.values().iter().zip(b.values()).zip(kept.over_channels());
    let removed = pairs.filter(|(_, kept)| !kept);
    removed
        .map(|((&a, &b), _)| f64::from(a) * f64::from(b))
        .sum()
}

/// `J = w·L(θ) − L(θ')` at one draw: its two losses and its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// L(θ), the pretrained model's loss.
    pub loss_pretrained: f64,
    /// L(θ'), the fine-tuned model's loss.
    pub loss_finetuned: f64,
    /// ∂J/∂latent on the removed cells, zero on the kept ones: the direction of ascent.
    pub gradient: Latent,
    /// The gradient's Euclidean norm.
    pub gradient_norm: f64,
}

impl Contrast {
    /// Evaluates both models at `latent`, the pretrained one first; `weighing` says w.
    ///
    /// # Errors
    /// [`ModelError`] if a model fails or returns a gradient of another shape.
    pub fn evaluate(
        pretrained: &mut dyn Denoiser,
        finetuned: &mut dyn Denoiser,
        weighing: Weighing,
        latent: &Latent,
        draw: &Draw,
        kept: &LatentMask,
    ) -> Result<Self, ModelError> {
        kept.assert_fits(latent);
        let base = pretrained.loss_and_gradient(latent, draw.timestep, &draw.noise)?;
        same_shape("the pretrained model's gradient", latent, &base)?;
        let tuned = finetuned.loss_and_gradient(latent, draw.timestep, draw.for_finetuned())?;
        same_shape("the fine-tuned model's gradient", latent, &tuned)?;

        let weight = weighing.weight(&base.gradient, &tuned.gradient, kept);
        let both = base.gradient.values().iter().zip(tuned.gradient.values());
        let difference = both.zip(kept.over_channels()).map(|((&b, &t), kept)| {
            if kept {
                0.0
            } else {
                (weight * f64::from(b) - f64::from(t)) as f32
            }
        });
        let gradient = Latent::new(latent.shape(), difference.collect())?;
        Ok(Self {
            loss_pretrained: base.loss,
            loss_finetuned: tuned.loss,
            gradient_norm: gradient.norm(),
            gradient,
        })
    }

    /// Tells whether both losses are finite numbers; a step on anything else would mean nothing.
    pub fn has_finite_losses(&self) -> bool {
        self.loss_pretrained.is_finite() && self.loss_finetuned.is_finite()
    }
}

fn same_shape(what: &str, latent: &Latent, found: &LossAndGradient) -> Result<(), ModelError> {
    if found.gradient.shape() == latent.shape() {
        return Ok(());
    }
    Err(ModelError::Shape {
        what: what.into(),
        expected: latent.shape().to_vec(),
        found: found.gradient.shape().to_vec(),
    })
}
