//! A lead over controls that the model's knowledge of a hand explains, without the work itself: the loss gap is also
//! taken of the pictures turned upside down, which nobody trained on. Where a work scores above all controls, and its
//! turned picture leads theirs as well, and what it scores beyond its own turned picture is nothing unusual among them,
//! the model knows the work's hand and not the controls': they are not like the work, and its rank among them says
//! nothing about its use.
//!
//! A work that was used scores far beyond its turned picture and is not touched by this where the training left a
//! clear trace; where it left a faint one, it may be. Of works that were not used, with controls of their own hand,
//! those are touched that rank highest by chance: the test only becomes more careful.

use serde::{Deserialize, Serialize};

use super::student::normal_equivalent;
use super::{PValue, p_value};

/// A lead of the turned picture above this may explain a rank; in standard deviations of a normal distribution, as the
/// next. Both were chosen on hands of three families (stained glass, geometry, still life), on which no figure of it is
/// reported.
const TURNED: f64 = 1.0;
/// A lead beyond the turned picture up to this is nothing unusual.
const BEYOND: f64 = 2.3;
/// The largest p-value of a rank that is looked into; with fewer controls than it needs, that above all of them.
const RARE: f64 = 0.05;

/// Two loss gaps of a work.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Gaps {
    /// Of the picture as it is.
    pub upright: f64,
    /// Of the picture turned upside down.
    pub turned: f64,
}

/// The leads of a work over its controls, in the controls' standard deviations, brought to a normal distribution for
/// their number.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct StyleLead {
    /// That of its turned picture over theirs.
    pub turned: f64,
    /// That of what its picture has beyond its turned one.
    pub beyond: f64,
    /// True if it ranks so high among them by the loss gap that the leads matter.
    pub ranks_high: bool,
}

impl StyleLead {
    /// The leads of a work over its controls; none with fewer than the controls that a p-value needs, without a
    /// spread, or where a gap is not finite.
    pub fn of(work: Gaps, controls: &[Gaps]) -> Option<Self> {
        let values = |of: fn(&Gaps) -> f64| controls.iter().map(of).collect::<Vec<f64>>();
        let rank: PValue = p_value(work.upright, &values(|gaps| gaps.upright)).ok()?;
        Some(Self {
            turned: lead(work.turned, &values(|gaps| gaps.turned))?,
            beyond: lead(
                work.upright - work.turned,
                &values(|gaps| gaps.upright - gaps.turned),
            )?,
            ranks_high: rank.reached_by == 0 || rank.value <= RARE,
        })
    }

    /// Tells whether the controls serve.
    pub fn serves(self) -> bool {
        !(self.ranks_high && self.turned > TURNED && self.beyond <= BEYOND)
    }
}

fn lead(work: f64, controls: &[f64]) -> Option<f64> {
    let count = controls.len() as f64;
    let mean = controls.iter().sum::<f64>() / count;
    let squares: f64 = controls.iter().map(|gap| (gap - mean).powi(2)).sum();
    let spread = (squares / (count - 1.0) * (1.0 + 1.0 / count)).sqrt();
    let lead = normal_equivalent((work - mean) / spread, count - 1.0);
    (spread > 0.0 && lead.is_finite()).then_some(lead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_base::random::Random;

    /// A work whose hand the model knows better by `hand`, and itself by `itself`.
    fn work(random: &mut Random, hand: f64, itself: f64) -> Gaps {
        let common = hand + 0.8 * random.normal();
        Gaps {
            upright: common + itself + 0.6 * random.normal(),
            turned: common + 0.6 * random.normal(),
        }
    }

    /// The shares that are refused, and that are above all controls and are not.
    fn shares(hand: f64, itself: f64) -> [f64; 2] {
        const CASES: usize = 20_000;
        let mut random = Random::for_training(21, 1, 0);
        let (mut refused, mut accused) = (0, 0);
        for _ in 0..CASES {
            let controls: Vec<Gaps> = (0..20).map(|_| work(&mut random, 0.0, 0.0)).collect();
            let found = StyleLead::of(work(&mut random, hand, itself), &controls).unwrap();
            refused += usize::from(!found.serves());
            accused += usize::from(found.serves() && found.ranks_high);
        }
        [refused, accused].map(|count| count as f64 / CASES as f64)
    }

    #[test]
    fn a_hand_that_the_model_knows_better_accuses_nobody_and_a_used_work_stays() {
        let [own_refused, own_accused] = shares(0.0, 0.0);
        assert!(
            own_refused < 0.04 && own_accused < 0.02,
            "{own_refused} {own_accused}"
        );
        let [refused, accused] = shares(4.0, 0.0);
        assert!(refused > 0.9 && accused < 0.03, "{refused} {accused}");
        let [refused, accused] = shares(0.0, 8.0);
        assert!(refused < 0.001 && accused > 0.999, "{refused} {accused}");
        // Of a faint trace a part is lost.
        let [refused, accused] = shares(0.0, 3.0);
        assert!(refused < 0.2 && accused > 0.6, "{refused} {accused}");
    }

    #[test]
    fn what_says_nothing_is_none() {
        let flat = Gaps {
            upright: 0.5,
            turned: 0.5,
        };
        assert_eq!(StyleLead::of(flat, &[flat; 4]), None);
        assert_eq!(StyleLead::of(flat, &[flat; 8]), None);
    }
}
