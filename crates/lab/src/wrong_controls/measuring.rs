//! Loss gaps of drawn works.

use super::{Drawn, Measured, Numbers};
use crate::evaluation::error::EvaluationError;
use crate::gaps::Measuring;
use crate::pretraining::SIDE;
use palimpsest_art::{Family, draw};
use palimpsest_method::inversion::Control;

impl Measuring {
    /// Draws works and measures them.
    pub(super) fn works(
        &mut self,
        family: Family,
        hand: u64,
        numbers: Numbers,
        control: &Control,
    ) -> Result<Drawn, EvaluationError> {
        let works = numbers.map(|work| {
            let gaps = self.measure(&draw(family, hand, work, SIDE), control)?;
            Ok(Measured {
                work,
                gap: gaps.upright,
                turned: gaps.turned,
            })
        });
        Ok(Drawn {
            family: family.name().into(),
            hand,
            works: works.collect::<Result<_, EvaluationError>>()?,
        })
    }
}
