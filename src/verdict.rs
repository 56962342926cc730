//! The statistics of scores: how well members of a training set and hold-outs are told apart, and how
//! far so few works let one say so. Pure functions over numbers.
//!
//! A higher score always speaks for membership; a work is *called a member* when its score reaches
//! the threshold. Every figure carries a 95 % interval that keeps its width when all works were
//! sorted without a mistake: ten members and ten hold-outs do not prove a perfect test.

mod auc;
mod difference;
mod pooling;
mod proportion;
mod roc;
mod sample;
mod solve;

pub use auc::Auc;
pub use difference::{AucDifference, auc_difference, mean_difference};
pub use pooling::{MeanAuc, held_out_accuracy, mean_auc, pool};
pub use proportion::Proportion;
pub use roc::{BestAccuracy, Roc, RocPoint, TprAtFpr};
pub use sample::Sample;

use serde::Serialize;
use thiserror::Error;

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// The chance left out at either end of an interval.
const TAIL: f64 = 0.025;

/// A two-sided 95 % confidence interval, `low <= high`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// A figure that used a threshold chosen on the very scores it is reported on. It flatters: other
/// works would be sorted less well, and the interval does not say by how much.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct InSample<T> {
    pub in_sample: T,
}

/// Why a figure is not there.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum NotEvaluated {
    /// The class of members is empty.
    #[error("there is no member with a score")]
    NoMembers,
    /// The class of hold-outs is empty.
    #[error("there is no hold-out with a score")]
    NoHoldOuts,
    /// Scores that are no numbers, or infinite.
    #[error("{members} scores of members and {hold_outs} of hold-outs are not finite")]
    NotFinite { members: usize, hold_outs: usize },
    /// A false-positive rate outside 0..1.
    #[error("a false-positive rate of {0} is none: it is at least 0 and less than 1")]
    Rate(f64),
    /// Too few hold-outs to know their spread.
    #[error(
        "scores are standardised by at least {} hold-outs and there are {found}",
        Sample::MIN_STANDARDS
    )]
    TooFewHoldOuts { found: usize },
    /// Hold-outs without a spread to standardise by.
    #[error("the hold-outs' scores are all alike: there is nothing to standardise by")]
    HoldOutsAlike,
    /// Fewer sets than a figure over sets needs.
    #[error("at least {needed} sets are needed and {found} can be evaluated")]
    TooFewSets { found: usize, needed: usize },
    /// Scores of different works where the same works must be scored twice.
    #[error("the two samples are of different works: a difference needs the same works")]
    Unpaired,
}

impl Interval {
    /// Whether a value lies within, the ends included.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}
