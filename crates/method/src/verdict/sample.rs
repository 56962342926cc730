//! The scores of members and hold-outs that were examined in the same way.

use super::NotEvaluated;

/// Finite scores, at least one of a member and one of a hold-out.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    members: Vec<f64>,
    hold_outs: Vec<f64>,
}

impl Sample {
    /// The fewest hold-outs that scores are standardised by: without the one in question, two are
    /// left to have a spread.
    pub const MIN_STANDARDS: usize = 3;

    /// Scores of works known to be in the training set, and of works known not to be.
    ///
    /// # Errors
    /// [`NotEvaluated::NoMembers`], [`NotEvaluated::NoHoldOuts`] and [`NotEvaluated::NotFinite`].
    pub fn new(members: Vec<f64>, hold_outs: Vec<f64>) -> Result<Self, NotEvaluated> {
        if members.is_empty() {
            return Err(NotEvaluated::NoMembers);
        }
        if hold_outs.is_empty() {
            return Err(NotEvaluated::NoHoldOuts);
        }
        let bad = |scores: &[f64]| scores.iter().filter(|score| !score.is_finite()).count();
        match (bad(&members), bad(&hold_outs)) {
            (0, 0) => Ok(Self { members, hold_outs }),
            (members, hold_outs) => Err(NotEvaluated::NotFinite { members, hold_outs }),
        }
    }

    /// The members' scores, as given.
    pub fn members(&self) -> &[f64] {
        &self.members
    }

    /// The hold-outs' scores, as given.
    pub fn hold_outs(&self) -> &[f64] {
        &self.hold_outs
    }

    /// The scores as standard deviations above the mean of the hold-outs, so that sets with scales
    /// of their own can be pooled.
    ///
    /// A hold-out is standardised by the *other* hold-outs: by all of them it would be drawn towards
    /// its own mean, which no member is, and pooled members would stand out of untrained works alike.
    ///
    /// # Errors
    /// [`NotEvaluated::TooFewHoldOuts`], [`NotEvaluated::HoldOutsAlike`] (also if only one differs) and
    /// [`NotEvaluated::NotFinite`] where the scores are beyond all bounds.
    pub fn standardised(&self) -> Result<Self, NotEvaluated> {
        let found = self.hold_outs.len();
        if found < Self::MIN_STANDARDS {
            return Err(NotEvaluated::TooFewHoldOuts { found });
        }
        let all = Standard::of(&self.hold_outs)?;
        let members = self.members.iter().map(|&score| all.apply(score));
        let hold_outs = (0..found).map(|i| {
            let (before, after) = self.hold_outs.split_at(i);
            let (own, others) = (self.hold_outs[i], [before, &after[1..]].concat());
            Ok(Standard::of(&others)?.apply(own))
        });
        Self::new(members.collect(), hold_outs.collect::<Result<_, _>>()?)
    }
}

/// Mean and spread of some scores.
pub(super) struct Standard {
    mean: f64,
    deviation: f64,
}

impl Standard {
    /// Of at least two scores; fails if they are all alike.
    pub(super) fn of(scores: &[f64]) -> Result<Self, NotEvaluated> {
        let n = scores.len() as f64;
        let mean = scores.iter().sum::<f64>() / n;
        let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
        let deviation = (squares / (n - 1.0)).sqrt();
        // Less than this is what rounding makes of equal scores.
        let rounding = 4.0 * n * f64::EPSILON * mean.abs();
        if deviation <= rounding {
            return Err(NotEvaluated::HoldOutsAlike);
        }
        Ok(Self { mean, deviation })
    }

    pub(super) fn apply(&self, score: f64) -> f64 {
        (score - self.mean) / self.deviation
    }
}
