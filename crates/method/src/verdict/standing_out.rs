//! A used work among the negative controls: each is looked at as a questioned one would be, among the others, and the
//! one that stands out beyond what scores with long tails do is named.
//!
//! No test without assumptions can do this: of n + 1 scores from one distribution each is the highest with chance
//! 1 / (n + 1). The limit was drawn by simulation so that the highest of 10 to 300 scores that are normal, of Student's
//! t with five degrees of freedom, exponential, log-normal (σ = 0.5) or gamma (shape 2) passes it in at most two cases
//! of a hundred (`verdict_standing_out` among the tests). Longer tails pass it more often, and a used work that scores
//! little above the others, or is one of several, is not seen.
//!
//! Where the loss gap of each control was also taken of the picture turned upside down, more can be told
//! ([`used_among`]). Nobody trained on a turned picture: what a work has beyond its own turned one is the difference of
//! two measurements that are alike but for a common shift as long as it was not used. Such differences are spread to
//! both sides alike and have no long tail to one, so that a smaller distance is already rare. Its limit lets the highest of normal,
//! Student's t, Laplace and two skewed distributions pass in at most four cases of a hundred, and both looks together
//! name a control of an unused set in at most five.

use serde::{Deserialize, Serialize};

use super::{Gaps, decision_rule::without};

/// The fewest controls of which one can be told to stand out.
pub const MIN_TO_STAND_OUT: usize = 10;

/// The place of the highest score beyond the others.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct StandingOut {
    /// Its distance from the median of the others, over the root of the mean square of the distances from it: of those
    /// that lie above, the side on which it stands, or of all where what lies beyond the turned picture is compared.
    pub distance: f64,
    /// The largest distance of one that is taken for one of them.
    pub limit: f64,
    /// True if what is compared is the loss gap beyond that of the picture turned upside down; false for the score.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beyond_turned: bool,
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
    let highest = Highest::of(scores)?;
    let above = highest.others.iter().copied();
    let above = above.filter(|&score| score >= highest.median);
    highest.standing(above, limit(scores.len()), false)
}

/// The work among negative controls that stands out as a used one would: by what its loss gap has beyond that of its
/// turned picture, or else by its score. `gaps` are there for all controls or not at all.
///
/// ```
/// use palimpsest_method::verdict::{Gaps, used_among};
///
/// // Each scores what its turned picture scores, give or take; the third was used.
/// let gap = |upright, turned| Gaps { upright, turned };
/// let mut gaps: Vec<Gaps> = (0..12).map(|i| gap(f64::from(i * 5 % 12) / 10.0, f64::from(i) / 10.0)).collect();
/// gaps[2].upright += 4.0;
/// let scores: Vec<f64> = gaps.iter().map(|gaps| gaps.upright).collect();
/// assert_eq!(used_among(&scores, Some(&gaps)).map(|(place, _)| place), Some(2));
/// ```
pub fn used_among(scores: &[f64], gaps: Option<&[Gaps]>) -> Option<(usize, StandingOut)> {
    let by_gaps = gaps.and_then(beyond_turned);
    let looks = [by_gaps, standing_out(scores)];
    looks
        .into_iter()
        .flatten()
        .find(|(_, found)| found.is_beyond())
}

/// The control whose loss gap has the most beyond that of its turned picture; none as for [`standing_out`].
pub fn beyond_turned(gaps: &[Gaps]) -> Option<(usize, StandingOut)> {
    let beyond = gaps.iter().map(|gaps| gaps.upright - gaps.turned);
    let beyond: Vec<f64> = beyond.collect();
    let highest = Highest::of(&beyond)?;
    let others = highest.others.iter().copied();
    highest.standing(others, limit_beyond_turned(beyond.len()), true)
}

/// The highest of some values, and the others in order with their median.
struct Highest {
    place: usize,
    value: f64,
    others: Vec<f64>,
    median: f64,
}

impl Highest {
    fn of(values: &[f64]) -> Option<Self> {
        if values.len() < MIN_TO_STAND_OUT || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let places = values.iter().enumerate();
        let (place, &value) = places.max_by(|a, b| a.1.total_cmp(b.1))?;
        let mut others = without(values, place);
        others.sort_by(f64::total_cmp);
        let (low, high) = (
            others.get((others.len() - 1) / 2)?,
            others.get(others.len() / 2)?,
        );
        let median = low + (high - low) / 2.0;
        Some(Self {
            place,
            value,
            others,
            median,
        })
    }

    /// Its distance in the spread of `among` around the median; none without a spread.
    fn standing(
        &self,
        among: impl Iterator<Item = f64>,
        limit: f64,
        beyond_turned: bool,
    ) -> Option<(usize, StandingOut)> {
        let squares: Vec<f64> = among.map(|value| (value - self.median).powi(2)).collect();
        let spread = (squares.iter().sum::<f64>() / squares.len() as f64).sqrt();
        let distance = (self.value - self.median) / spread;
        let found = StandingOut {
            distance,
            limit,
            beyond_turned,
        };
        distance.is_finite().then_some((self.place, found))
    }
}

/// By simulation: few scores do not know their spread, and of many the tails reach far.
fn limit(scores: usize) -> f64 {
    let count = scores as f64;
    let tails = libm::pow(count.max(99.0) / 99.0, 0.2);
    (7.3 + 370.0 / (count * count)) * tails
}

/// The same for what lies beyond the turned picture.
fn limit_beyond_turned(works: usize) -> f64 {
    let count = works as f64;
    let tails = libm::pow(count.max(30.0) / 30.0, 0.16);
    (5.0 + 65.0 / (count * count)) * tails
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
