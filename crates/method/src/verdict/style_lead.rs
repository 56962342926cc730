//! The lead of a questioned work over its controls in what the model learnt of a hand, without the work itself: the
//! loss gap of the pictures turned upside down, which nobody trained on. Where the model knows even the turned picture
//! better than the turned controls, it knows the questioned work's hand and not theirs, and whatever the work itself
//! scores above them says nothing about its use.

use serde::{Deserialize, Serialize};

use super::student::normal_equivalent;

/// The largest lead of a work of the controls' own hand, in standard deviations of a normal distribution; chosen with
/// `palimpsest lab wrong-controls` on hands that no figure is reported of.
const LIMIT: f64 = 2.3;

/// The fewest controls that tell how such works spread.
const MIN_CONTROLS: usize = 5;

/// The lead of a work over its controls.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct StyleLead {
    /// The turned work's distance above the mean of the turned controls, in their standard deviations, brought to a
    /// normal distribution for their number.
    pub lead: f64,
    /// The largest lead with which controls serve.
    pub limit: f64,
}

impl StyleLead {
    /// That of a work with the turned gap `work` over its controls; none with fewer than five of them, without a
    /// spread, or where a gap is not finite.
    pub fn of(work: f64, controls: &[f64]) -> Option<Self> {
        if controls.len() < MIN_CONTROLS {
            return None;
        }
        let count = controls.len() as f64;
        let mean = controls.iter().sum::<f64>() / count;
        let squares: f64 = controls.iter().map(|gap| (gap - mean).powi(2)).sum();
        let spread = (squares / (count - 1.0) * (1.0 + 1.0 / count)).sqrt();
        let lead = normal_equivalent((work - mean) / spread, count - 1.0);
        (spread > 0.0 && lead.is_finite()).then_some(Self { lead, limit: LIMIT })
    }

    /// Tells whether the controls serve.
    pub fn serves(self) -> bool {
        self.lead <= self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_base::random::Random;

    #[test]
    fn works_of_the_controls_own_hand_are_refused_as_rarely_whatever_their_number() {
        const CASES: usize = 20_000;
        for controls in [5, 10, 20, 50] {
            let mut random = Random::for_training(21, 1, controls as u64);
            let refused = (0..CASES).filter(|_| {
                let controls: Vec<f64> = (0..controls).map(|_| random.normal()).collect();
                !StyleLead::of(random.normal(), &controls).unwrap().serves()
            });
            let rate = refused.count() as f64 / CASES as f64;
            // Above 2.3 lie 1.07 % of a normal distribution.
            assert!((rate - 0.0107).abs() < 0.003, "{controls}: {rate}");
        }
    }

    #[test]
    fn a_lead_counts_on_one_side_and_what_says_nothing_is_none() {
        let controls = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        assert!(!StyleLead::of(3.0, &controls).unwrap().serves());
        assert!(StyleLead::of(-3.0, &controls).unwrap().serves());
        assert_eq!(StyleLead::of(1.0, &controls[..4]), None);
        assert_eq!(StyleLead::of(1.0, &[0.5; 8]), None);
        assert_eq!(StyleLead::of(f64::NAN, &controls), None);
    }
}
