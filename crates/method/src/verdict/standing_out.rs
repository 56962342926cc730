//! A used work among the negative controls: each is looked at as a questioned one would be, among the others, and the
//! one that stands out beyond what scores with long tails do is named.
//!
//! No test without assumptions can do this: of n + 1 scores from one distribution each is the highest with chance
//! 1 / (n + 1). The limit was drawn by simulation so that the highest of 10 to 300 scores that are normal, of Student's
//! t with five degrees of freedom, exponential, log-normal (σ = 0.5) or gamma (shape 2) passes it in at most two cases
//! of a hundred (`verdict_standing_out` among the tests). Longer tails pass it more often, and a used work that scores
//! little above the others, or is one of several, is not seen.

use serde::{Deserialize, Serialize};

/// The fewest controls of which one can be told to stand out.
pub const MIN_TO_STAND_OUT: usize = 10;

/// The place of the highest score beyond the others.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct StandingOut {
    /// Its distance from the median of the others, over the root of the mean square of the distances from it of those
    /// that lie above: the spread on the side on which it stands.
    pub distance: f64,
    /// The largest distance of one that is taken for one of them.
    pub limit: f64,
}

impl StandingOut {
    /// Tells whether it stands out.
    pub fn is_beyond(self) -> bool {
        self.distance > self.limit
    }
}

/// The highest of the scores, and how far it stands out from the others; none with fewer than [`MIN_TO_STAND_OUT`]
/// scores, without a spread, or where a score is not finite.
///
/// ```
/// use palimpsest_method::verdict::standing_out;
///
/// let scores = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 9.0, 0.7, 0.8, 0.9];
/// let (place, found) = standing_out(&scores).ok_or("no spread")?;
/// assert_eq!((place, found.is_beyond()), (6, true));
/// # Ok::<(), &str>(())
/// ```
pub fn standing_out(scores: &[f64]) -> Option<(usize, StandingOut)> {
    if scores.len() < MIN_TO_STAND_OUT || scores.iter().any(|score| !score.is_finite()) {
        return None;
    }
    let places = scores.iter().enumerate();
    let (place, &highest) = places.max_by(|a, b| a.1.total_cmp(b.1))?;
    let mut others = super::decision_rule::without(scores, place);
    others.sort_by(f64::total_cmp);
    let middle = others.len() / 2;
    let (low, high) = (others.get((others.len() - 1) / 2)?, others.get(middle)?);
    let median = low + (high - low) / 2.0;
    let above = others.iter().filter(|&&score| score >= median);
    let squares: Vec<f64> = above.map(|score| (score - median).powi(2)).collect();
    let spread = (squares.iter().sum::<f64>() / squares.len() as f64).sqrt();
    let distance = (highest - median) / spread;
    let limit = limit(scores.len());
    distance
        .is_finite()
        .then_some((place, StandingOut { distance, limit }))
}

/// By simulation: few scores do not know their spread, and of many the tails reach far.
fn limit(scores: usize) -> f64 {
    let count = scores as f64;
    let tails = libm::pow(count.max(99.0) / 99.0, 0.2);
    (7.3 + 370.0 / (count * count)) * tails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_scores_equal_ones_and_none_say_nothing() {
        assert_eq!(standing_out(&[0.0; 9]), None);
        assert_eq!(standing_out(&[1.0; 12]), None);
        let mut scores = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];
        assert!(!standing_out(&scores).unwrap().1.is_beyond());
        scores[2] = f64::NAN;
        assert_eq!(standing_out(&scores), None);
    }
}
