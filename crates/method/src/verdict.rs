//! The statistics of scores: how well members of a training set and hold-outs are told apart, and how
//! far so few works let one say so. Pure functions over numbers.
//!
//! A higher score always speaks for membership; a work is *called a member* when its score reaches
//! the threshold. Every figure carries a 95 % interval that keeps its width when all works were
//! sorted without a mistake: ten members and ten hold-outs do not prove a perfect test.

mod auc;
mod benjamini_hochberg;
mod calibration;
mod conclusion;
mod decision_rule;
mod difference;
mod figure;
mod holm;
mod likelihood_ratio;
mod p_value;
mod pooling;
mod portfolio;
mod proportion;
mod readings;
mod refusal;
mod resampling;
mod roc;
mod sample;
mod scale;
mod sentence;
mod siblings;
mod solve;
mod standing_out;
mod stepwise;
mod student;
mod style_lead;

pub use auc::Auc;
pub use benjamini_hochberg::benjamini_hochberg;
pub use calibration::{
    Calibration, ConditionalRatio, LeastFavourable, MIN_CALIBRATIONS, Standardised,
    least_favourable, standardise,
};
pub use conclusion::{
    Basis, CalibrationReport, Discrimination, Evidence, MIN_NEGATIVES_FOR_1_PERCENT, Verbal,
    Verdict, WorkVerdict, conclude,
};
pub use decision_rule::{FalsePositiveRate, LeaveOneOut, above_every_negative, leave_one_out};
pub use difference::{AucDifference, auc_difference, mean_difference};
pub use figure::Figure;
pub use holm::holm;
pub use likelihood_ratio::{
    Bound, Bounds, LikelihoodRatio, LrReport, LrSystem, MIN_POSITIVES, ScoreModel, Unbounded, cllr,
};
pub use p_value::{MIN_NEGATIVES, PValue, p_value};
pub use pooling::{MeanAuc, held_out_accuracy, mean_auc, pool};
pub use portfolio::{
    HedgesG, MIN_QUESTIONED, PermutationTest, Permutations, Portfolio, hedges_g, permutation_test,
    portfolio,
};
pub use proportion::{Proportion, exact_interval};
pub use readings::{FurtherReading, TestedReading, TestedReadings};
pub use refusal::{Reason, Refusal};
pub use roc::{BestAccuracy, Roc, RocPoint, TprAtFpr};
pub use sample::Sample;
pub use scale::{Proposition, SCALE, ScaleRow, ScaleStep, Support};
pub use sentence::{LIMITS, finding, finding_of_all, sentence};
pub use siblings::{NoRank, SiblingRank, sibling_rank};
pub use standing_out::{MIN_TO_STAND_OUT, StandingOut, beyond_turned, standing_out, used_among};
pub use style_lead::{Gaps, StyleLead};

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// The chance left out at either end of an interval.
const TAIL: f64 = 0.025;

/// A two-sided 95 % confidence interval, `low <= high`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// A figure that used a threshold chosen on the very scores it is reported on. It flatters: other
/// works would be sorted less well, and the interval does not say by how much.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct InSample<T> {
    pub in_sample: T,
}

/// The reason why a figure is not there.
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
    /// Too few negative controls for any statement.
    #[error(
        "at least {MIN_NEGATIVES} negative controls (works like the questioned ones, known not to have been used) are needed and there are {found}"
    )]
    TooFewNegatives { found: usize },
    /// Too few positive controls for a likelihood ratio.
    #[error(
        "at least {MIN_POSITIVES} positive controls (works known to have been used) are needed and there are {found}"
    )]
    TooFewPositives { found: usize },
    /// Too few questioned works for a statement on all of them together.
    #[error("at least {MIN_QUESTIONED} questioned works are needed and there are {found}")]
    TooFewQuestioned { found: usize },
    /// Too few calibrations to report the least favourable one.
    #[error(
        "at least {MIN_CALIBRATIONS} calibrations by mock fine-tunes of different recipes are needed and {found} can be evaluated: the recipe of the questioned model is not known, and one guess at it is none"
    )]
    TooFewCalibrations { found: usize },
    /// Calibrations of which some speak for use and some against it.
    #[error(
        "by some of the recipes that were tried the score speaks for use and by others against it, and the recipe of the questioned model is not known"
    )]
    RecipesDisagree,
    /// A questioned work without a usable score.
    #[error("the score of the questioned work is not finite")]
    ScoreNotFinite,
    /// Negative controls without a usable score.
    #[error("{0} scores of negative controls are not finite")]
    NegativesNotFinite(usize),
    /// A work that was tested in several readings, in some of which there are no scores of works known to have been used.
    #[error(
        "it was tested in several readings of its file, and the positive controls were not examined in all of them"
    )]
    SeveralReadings,
    /// Works without a spread.
    #[error("the scores are all alike: there is nothing to measure a difference by")]
    Alike,
    /// Scores too large, too small or too far apart for arithmetic.
    #[error("the scores are too large or too far apart to be calculated with")]
    OutOfRange,
    /// A score model that cannot be fitted.
    #[error(
        "the score model does not settle on these controls: their scores are too far apart in scale"
    )]
    NotSettled,
    /// A number that is no likelihood ratio.
    #[error("{0} is no likelihood ratio: it is finite and above 0")]
    NotARatio(f64),
    /// Neither kind of likelihood ratio is there.
    #[error("there is no likelihood ratio to put into words")]
    NoRatio,
}

impl Interval {
    /// Tells whether a value lies within, the ends included.
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}
