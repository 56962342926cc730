//! One draw computed on the graphics card and on the processor at the beginning of a run: a card that has passed
//! its test with small arrays may still be wrong with these networks.

use super::ExaminationError;
use crate::inversion::Draw;
use palimpsest_diffusion::{Denoiser, Latent, LossAndGradient};
use serde::{Deserialize, Serialize};

/// Largest difference, relative to the processor's answer: a hundred times what rounding makes of it.
const ALLOWED: f64 = 1e-3;

/// The answers of both for the first draw of a run.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct DeviceCheck {
    pub timestep: usize,
    pub pretrained: Compared,
    pub finetuned: Compared,
}

/// One model's answers.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Compared {
    /// The loss on the card, by which the run goes.
    pub loss: f64,
    pub loss_on_processor: f64,
    /// The length of the gradients' difference over that of the processor's.
    pub gradient_difference: f64,
}

/// A model on both devices.
pub(super) type OnBoth<'a> = [&'a mut dyn Denoiser; 2];

impl Compared {
    /// The answers at `latent`; of each model the card's is the first.
    pub(super) fn at(
        [card, processor]: OnBoth,
        latent: &Latent,
        timestep: usize,
        noise: &Latent,
    ) -> Result<Self, ExaminationError> {
        let found = card.loss_and_gradient(latent, timestep, noise)?;
        let expected = processor.loss_and_gradient(latent, timestep, noise)?;
        Ok(Self {
            loss: found.loss,
            loss_on_processor: expected.loss,
            gradient_difference: difference(&found, &expected),
        })
    }

    fn agrees(&self) -> bool {
        let loss = (self.loss / self.loss_on_processor - 1.0).abs();
        loss <= ALLOWED && self.gradient_difference <= ALLOWED
    }
}

fn difference(found: &LossAndGradient, expected: &LossAndGradient) -> f64 {
    let pairs = found
        .gradient
        .values()
        .iter()
        .zip(expected.gradient.values());
    let squares = pairs.map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2));
    squares.sum::<f64>().sqrt() / expected.gradient.norm()
}

impl DeviceCheck {
    pub(super) fn of(draw: &Draw, pretrained: Compared, finetuned: Compared) -> Self {
        Self {
            timestep: draw.timestep,
            pretrained,
            finetuned,
        }
    }

    /// Ok if the card may go on.
    pub(super) fn accept(self, card: &str) -> Result<Self, ExaminationError> {
        for compared in [self.pretrained, self.finetuned] {
            if !compared.agrees() {
                return Err(ExaminationError::WrongDevice {
                    card: card.to_owned(),
                    loss: compared.loss,
                    loss_on_processor: compared.loss_on_processor,
                    gradient_difference: compared.gradient_difference,
                });
            }
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(loss: f64, gradient_difference: f64) -> DeviceCheck {
        let right = Compared {
            loss: 1.0,
            loss_on_processor: 1.0,
            gradient_difference: 1e-5,
        };
        DeviceCheck {
            timestep: 500,
            pretrained: right,
            finetuned: Compared {
                loss,
                gradient_difference,
                ..right
            },
        }
    }

    #[test]
    fn rounding_is_accepted_and_wrong_answers_are_not() {
        assert!(check(1.0 + 1e-6, 2e-5).accept("card").is_ok());
        for wrong in [
            check(1.1, 1e-5),
            check(1.0, 0.02),
            check(f64::NAN, 1e-5),
            check(1.0, f64::NAN),
        ] {
            let error = wrong.accept("That card").unwrap_err().to_string();
            assert!(
                error.contains("That card") && error.contains("driver"),
                "{error}"
            );
        }
    }
}
