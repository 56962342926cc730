//! The effect size, by how many standard deviations the questioned works score higher: a p-value says only that they do.

use serde::{Deserialize, Serialize};

use super::{comparable, mean};
use crate::verdict::student::noncentrality;
use crate::verdict::{Interval, NotEvaluated};

/// Hedges' g, the difference of means in pooled standard deviations, corrected for its bias with few works.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct HedgesG {
    /// Above 0 where the questioned works score higher.
    pub value: f64,
    /// Exact for normal scores of one spread, through the non-central t distribution.
    pub interval: Interval,
}

/// g = J·d with J = Γ(ν/2) / (√(ν/2) Γ((ν−1)/2)) and ν = questioned + negatives − 2 (Hedges, "Distribution
/// theory for Glass's estimator of effect size and related estimators", J. Educational Statistics 6, 1981).
/// The interval inverts the non-central t distribution (Steiger and Fouladi, "Noncentrality interval
/// estimation and the evaluation of statistical models", 1997), with the same correction at its ends.
///
/// # Errors
/// As [`portfolio`](super::portfolio), and [`NotEvaluated::Alike`] where neither group has a spread.
pub fn hedges_g(questioned: &[f64], negatives: &[f64]) -> Result<HedgesG, NotEvaluated> {
    comparable(questioned, negatives)?;
    let (q, n) = (questioned.len() as f64, negatives.len() as f64);
    let freedom = q + n - 2.0;
    let pooled = ((squares(questioned) + squares(negatives)) / freedom).sqrt();
    let (own, other) = (mean(questioned), mean(negatives));
    if !pooled.is_finite() {
        return Err(NotEvaluated::OutOfRange);
    }
    // Less than this is what rounding makes of equal scores.
    if pooled <= 4.0 * (q + n) * f64::EPSILON * own.abs().max(other.abs()) {
        return Err(NotEvaluated::Alike);
    }
    let d = (own - other) / pooled;
    let scale = (q * n / (q + n)).sqrt();
    let delta = noncentrality(d * scale, freedom);
    let correction = correction(freedom);
    let found = HedgesG {
        value: correction * d,
        interval: Interval {
            low: correction * delta.low / scale,
            high: correction * delta.high / scale,
        },
    };
    if [found.value, found.interval.low, found.interval.high]
        .iter()
        .all(|x| x.is_finite())
    {
        Ok(found)
    } else {
        Err(NotEvaluated::OutOfRange)
    }
}

fn squares(scores: &[f64]) -> f64 {
    let mean = mean(scores);
    scores.iter().map(|score| (score - mean).powi(2)).sum()
}

fn correction(freedom: f64) -> f64 {
    let half = freedom / 2.0;
    libm::exp(libm::lgamma(half) - libm::lgamma(half - 0.5)) / half.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_without_a_spread_have_no_effect_size() {
        assert_eq!(hedges_g(&[0.9; 3], &[0.1; 5]), Err(NotEvaluated::Alike));
    }

    #[test]
    fn scores_beyond_range_give_a_reason() {
        let negatives = [1e200, 2e200, 3e200, 1e200, 2e200];
        assert_eq!(
            hedges_g(&[1e200, 4e200], &negatives),
            Err(NotEvaluated::OutOfRange)
        );
    }

    #[test]
    fn exchanged_signs_exchange_the_ends() {
        let (a, b) = ([0.4, 0.9, 0.7], [0.1, 0.3, 0.5, 0.2, 0.6]);
        let negated = |scores: &[f64]| scores.iter().map(|s| -s).collect::<Vec<_>>();
        let plain = hedges_g(&a, &b).unwrap();
        let mirror = hedges_g(&negated(&a), &negated(&b)).unwrap();
        assert!((plain.value + mirror.value).abs() < 1e-12);
        assert!((plain.interval.low + mirror.interval.high).abs() < 1e-9);
        assert!(plain.interval.contains(plain.value));
    }
}
