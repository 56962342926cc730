//! A rule that calls works members, and how often it would call one wrongly: judged on works that had no
//! part in choosing its threshold.

use serde::{Deserialize, Serialize};

use super::p_value::usable;
use super::proportion::rate_above_order_statistic;
use super::{Interval, NotEvaluated, Proportion, Sample};

/// The share of works not used that the rule calls.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum FalsePositiveRate {
    /// The threshold of best accuracy; each negative control was judged by that of all other controls.
    BestAccuracy { found: Proportion },
    /// Works above every negative control are called. One more work that was not used is above them
    /// with chance `expected`; the rate of the threshold found lies in `interval`.
    AboveEveryNegative { expected: f64, interval: Interval },
}

/// Controls judged one by one by a threshold that all the others chose.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct LeaveOneOut {
    /// Controls called rightly.
    pub accuracy: Proportion,
    /// Negative controls called members.
    pub false_positives: Proportion,
}

/// Every control judged by the threshold of best accuracy of all others.
///
/// # Errors
/// [`NotEvaluated::NoMembers`] and [`NotEvaluated::NoHoldOuts`] if a class has only the one to be left
/// out.
pub fn leave_one_out(sample: &Sample) -> Result<LeaveOneOut, NotEvaluated> {
    let (members, hold_outs) = (sample.members(), sample.hold_outs());
    let mut found = 0;
    for (i, &score) in members.iter().enumerate() {
        let others = Sample::new(without(members, i), hold_outs.to_vec())?;
        found += usize::from(called(&others, score));
    }
    let mut accused = 0;
    for (i, &score) in hold_outs.iter().enumerate() {
        let others = Sample::new(members.to_vec(), without(hold_outs, i))?;
        accused += usize::from(called(&others, score));
    }
    let right = found + hold_outs.len() - accused;
    Ok(LeaveOneOut {
        accuracy: Proportion::of(right, members.len() + hold_outs.len()),
        false_positives: Proportion::of(accused, hold_outs.len()),
    })
}

/// The rule that needs no positive controls.
///
/// # Errors
/// Those of [`p_value`](super::p_value) for the negatives.
pub fn above_every_negative(negatives: &[f64]) -> Result<FalsePositiveRate, NotEvaluated> {
    usable(negatives)?;
    Ok(FalsePositiveRate::AboveEveryNegative {
        expected: 1.0 / (negatives.len() + 1) as f64,
        interval: rate_above_order_statistic(0, negatives.len()),
    })
}

/// Tells whether the threshold of best accuracy of `others` calls a score a member's.
fn called(others: &Sample, score: f64) -> bool {
    let threshold = others.roc().best_accuracy().in_sample.threshold;
    threshold.is_some_and(|threshold| score >= threshold)
}

/// All scores but the one at `index`.
pub(super) fn without(scores: &[f64], index: usize) -> Vec<f64> {
    let others = scores.iter().enumerate().filter(|(i, _)| *i != index);
    others.map(|(_, &score)| score).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_far_apart_are_called_rightly_without_their_own_help() {
        let sample = Sample::new(vec![7.0, 8.0, 9.0], vec![1.0, 2.0, 3.0, 4.0]).unwrap();
        let found = leave_one_out(&sample).unwrap();
        assert_eq!(found.accuracy.successes, 7);
        assert_eq!(found.false_positives.successes, 0);
    }

    #[test]
    fn a_class_apart_in_sample_can_fail_when_left_out() {
        // In-sample 2.5 sorts all four; without 3 or without 2 the threshold moves past it.
        let sample = Sample::new(vec![3.0, 10.0], vec![2.0, -10.0]).unwrap();
        assert_eq!(sample.roc().best_accuracy().in_sample.accuracy.successes, 4);
        let found = leave_one_out(&sample).unwrap();
        assert_eq!(found.accuracy.successes, 2);
        assert_eq!(found.false_positives.successes, 1);
    }

    #[test]
    fn a_class_of_one_cannot_be_left_out() {
        let sample = Sample::new(vec![3.0], vec![2.0, 1.0]).unwrap();
        assert_eq!(leave_one_out(&sample), Err(NotEvaluated::NoMembers));
    }
}
