//! Limits of the trust in likelihood ratios: the empirical lower and upper bound (ELUB) of Vergeer, van Es,
//! de Jongh, Alberink and Stoel, "Numerical likelihood ratios outputted by LR systems are often based on
//! extrapolation: when to stop extrapolating?", Science & Justice 56, 2016.
//!
//! A ratio of t is of use to somebody whose prior odds are 1/t. If deciding by the system's ratios costs him
//! more, on the controls, than never listening to it, the system has no business stating ratios of t. To
//! each class one misleading control is added, worse than any threshold: that so few controls misled nobody
//! does not show that none would. So n hold-outs never carry more than n + 1, nor m members less than
//! 1/(m + 1).

use serde::{Deserialize, Serialize};

/// The ratios between which controls bear a system out: `0 < lower <= 1 <= upper`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Bounds {
    pub lower: f64,
    pub upper: f64,
}

impl Bounds {
    /// From the natural logarithms of the controls' ratios, which must not have helped to fit the system.
    pub fn of(members: &[f64], hold_outs: &[f64]) -> Self {
        let negated = |logs: &[f64]| logs.iter().map(|log| -log).collect::<Vec<_>>();
        Self {
            // The two propositions exchanged.
            lower: libm::exp(-upper(&negated(hold_outs), &negated(members))),
            upper: libm::exp(upper(members, hold_outs)),
        }
    }
}

/// The logarithm of the largest t >= 1 up to which the system is of use. With a threshold of t, of the
/// members a share TPR and of the hold-outs a share FPR have ratios of at least t; the expected cost is
/// (1 − TPR) + t·FPR, that of never listening 1. So t must not exceed TPR/FPR.
fn upper(members: &[f64], hold_outs: &[f64]) -> f64 {
    let mut thresholds: Vec<f64> = members.iter().chain(hold_outs).copied().collect();
    thresholds.retain(|&log| log > 0.0);
    thresholds.sort_by(f64::total_cmp);
    thresholds.dedup();
    let mut reached = 0.0;
    // Between two neighbouring ratios the shares are the same.
    for threshold in thresholds {
        let at_least = |logs: &[f64]| logs.iter().filter(|&&log| log >= threshold).count() as f64;
        let tpr = at_least(members) / (members.len() + 1) as f64;
        let fpr = (at_least(hold_outs) + 1.0) / (hold_outs.len() + 1) as f64;
        let most = libm::log(tpr / fpr);
        if most < threshold {
            return most.max(reached);
        }
        reached = threshold;
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_controls_carry_no_more_than_their_number() {
        let bounds = Bounds::of(&[20.0; 10], &[-20.0; 10]);
        // 10 of 11 members and 1 of 11 hold-outs above.
        assert!((bounds.upper - 10.0).abs() < 1e-12);
        assert!((bounds.lower - 0.1).abs() < 1e-12);
        let more = Bounds::of(&[20.0; 1000], &[-20.0; 10]);
        assert!(more.upper < 11.0 && more.upper > 10.9);
    }

    #[test]
    fn no_ratio_beyond_those_of_the_controls_is_borne_out() {
        let log = |ratio: f64| ratio.ln();
        let bounds = Bounds::of(&[log(3.0); 10], &[log(0.5); 10]);
        assert!((bounds.upper - 3.0).abs() < 1e-12);
        assert!((bounds.lower - 0.5).abs() < 1e-12);
    }

    #[test]
    fn ratios_that_mislead_carry_nothing() {
        let bounds = Bounds::of(&[-3.0; 10], &[3.0; 10]);
        assert_eq!((bounds.lower, bounds.upper), (1.0, 1.0));
        let silent = Bounds::of(&[0.0; 5], &[0.0; 5]);
        assert_eq!((silent.lower, silent.upper), (1.0, 1.0));
    }
}
