//! Several sets (artists, seeds) as one figure.
//!
//! Every interval here takes each row as another work, examined independently of the rest, and the
//! sets as the only ones of interest. Where sets share works the intervals are too narrow.

use serde::Serialize;

use super::{Auc, Interval, NotEvaluated, Proportion, Sample};

/// The mean of the sets' areas under the curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MeanAuc {
    /// Every set counts the same.
    pub value: f64,
    pub interval: Interval,
    pub sets: usize,
    /// Of the worst set.
    pub least: f64,
    /// Of the best set.
    pub greatest: f64,
}

/// All works as one sample. On scores as they are, one threshold must serve all sets; on
/// [standardised](Sample::standardised) ones, a threshold in each set's own measure.
///
/// # Errors
/// [`NotEvaluated::TooFewSets`] if there is none.
pub fn pool(sets: &[Sample]) -> Result<Sample, NotEvaluated> {
    at_least(1, sets.len())?;
    let all = |scores: fn(&Sample) -> &[f64]| sets.iter().flat_map(scores).copied().collect();
    Sample::new(all(Sample::members), all(Sample::hold_outs))
}

/// The mean over sets, with an interval recovered from theirs by squaring and adding the distances to
/// their ends (Zou and Donner, "Construction of confidence limits about effect measures", Statistics
/// in Medicine 27, 2008).
///
/// # Errors
/// [`NotEvaluated::TooFewSets`] if there is none.
pub fn mean_auc(sets: &[Auc]) -> Result<MeanAuc, NotEvaluated> {
    at_least(1, sets.len())?;
    let n = sets.len() as f64;
    let values = || sets.iter().map(|auc| auc.value);
    let value = values().sum::<f64>() / n;
    let reach = |distance: fn(&Auc) -> f64| {
        let squares: f64 = sets.iter().map(|auc| distance(auc).powi(2)).sum();
        squares.sqrt() / n
    };
    Ok(MeanAuc {
        value,
        interval: Interval {
            low: (value - reach(|auc| auc.value - auc.interval.low)).max(0.0),
            high: (value + reach(|auc| auc.interval.high - auc.value)).min(1.0),
        },
        sets: sets.len(),
        least: values().fold(f64::INFINITY, f64::min),
        greatest: values().fold(f64::NEG_INFINITY, f64::max),
    })
}

/// The share of works called rightly when each set is judged by the threshold that was best for all
/// the others: whether a threshold travels.
///
/// # Errors
/// [`NotEvaluated::TooFewSets`] if there are fewer than two.
pub fn held_out_accuracy(sets: &[Sample]) -> Result<Proportion, NotEvaluated> {
    at_least(2, sets.len())?;
    let (mut right, mut works) = (0, 0);
    for (i, set) in sets.iter().enumerate() {
        let (before, after) = sets.split_at(i);
        let others = pool(&[before, &after[1..]].concat())?;
        let threshold = others.roc().best_accuracy().in_sample.threshold;
        let member = |score: &&f64| threshold.is_some_and(|threshold| **score >= threshold);
        right += set.members().iter().filter(member).count();
        right += set
            .hold_outs()
            .iter()
            .filter(|score| !member(score))
            .count();
        works += set.members().len() + set.hold_outs().len();
    }
    Ok(Proportion::of(right, works))
}

pub(super) fn at_least(needed: usize, found: usize) -> Result<(), NotEvaluated> {
    if found < needed {
        return Err(NotEvaluated::TooFewSets { found, needed });
    }
    Ok(())
}
