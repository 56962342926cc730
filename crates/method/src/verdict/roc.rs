//! The ROC curve of a sample, and what is read off it. Every threshold is one of the sample's own, so
//! that whatever names one is in-sample.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::proportion::rate_above_order_statistic;
use super::{InSample, Interval, NotEvaluated, Proportion, Sample};

/// The ROC curve: from nobody called a member to everybody, one point a distinct score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Roc {
    points: Vec<RocPoint>,
    members: usize,
    hold_outs: usize,
}

/// One threshold and what it does.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct RocPoint {
    /// Works that score at least this are called members; without one, nobody is.
    pub threshold: Option<f64>,
    /// Hold-outs called members.
    pub false_positives: usize,
    /// Members called members.
    pub true_positives: usize,
}

/// The share of works called rightly at the threshold that is best for these very works.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct BestAccuracy {
    /// Members called members and hold-outs not, of all works. The interval takes the threshold as if it
    /// had been known beforehand.
    pub accuracy: Proportion,
    /// Halfway between the lowest score called a member and the next below. Of equally good ones the
    /// highest: it accuses fewest. Without one, it is best to call nobody a member.
    pub threshold: Option<f64>,
    /// The accuracy of calling every work by the larger class.
    pub without_looking: f64,
}

/// The share of members found at a threshold that few hold-outs reach.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct TprAtFpr {
    /// The false-positive rate asked for, 0 to 1.
    pub asked_fpr: f64,
    /// Members above the threshold. The interval is for the threshold found here, whose own
    /// false-positive rate is only known to lie in `true_fpr`.
    pub tpr: Proportion,
    /// Hold-outs above the threshold, as many as the rate asked for allows.
    pub false_positives: Proportion,
    /// The interval of the false-positive rate among all such works, given that the threshold was set by
    /// these few.
    pub true_fpr: Interval,
    /// The smallest rate other than 0 that so many hold-outs can show. Below it the threshold is simply
    /// above every hold-out, whatever was asked for.
    pub smallest_fpr: f64,
    /// The lowest score called a member; none if no member is.
    pub threshold: Option<f64>,
}

impl TprAtFpr {
    /// Tells whether there are enough hold-outs to tell the rate asked for from 0.
    pub fn resolved(&self) -> bool {
        self.asked_fpr >= self.smallest_fpr
    }
}

impl Sample {
    /// The ROC curve. Works of one score are called together, so a tie between a member and a hold-out
    /// is a slanted piece.
    pub fn roc(&self) -> Roc {
        let class = |scores: &[f64], member: bool| {
            let pair = |&score: &f64| (score, member);
            scores.iter().map(pair).collect::<Vec<_>>()
        };
        let mut works = class(self.members(), true);
        works.extend(class(self.hold_outs(), false));
        works.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut points = vec![RocPoint {
            threshold: None,
            false_positives: 0,
            true_positives: 0,
        }];
        let mut point = points[0];
        for tied in works.chunk_by(|a, b| a.0 == b.0) {
            let members = tied.iter().filter(|(_, member)| *member).count();
            point.threshold = Some(tied[0].0);
            point.true_positives += members;
            point.false_positives += tied.len() - members;
            points.push(point);
        }
        Roc {
            points,
            members: self.members().len(),
            hold_outs: self.hold_outs().len(),
        }
    }
}

impl Roc {
    /// From nobody called a member to everybody.
    pub fn points(&self) -> &[RocPoint] {
        &self.points
    }

    /// The points as (false-positive rate, true-positive rate), from (0, 0) to (1, 1).
    pub fn rates(&self) -> impl Iterator<Item = (f64, f64)> {
        self.points.iter().map(|point| {
            (
                point.false_positives as f64 / self.hold_outs as f64,
                point.true_positives as f64 / self.members as f64,
            )
        })
    }

    /// The best accuracy over all thresholds.
    pub fn best_accuracy(&self) -> InSample<BestAccuracy> {
        let works = self.members + self.hold_outs;
        let right =
            |point: &RocPoint| point.true_positives + self.hold_outs - point.false_positives;
        // Of equals the first: the points go down from the highest threshold. There are at least two.
        let best = (0..self.points.len())
            .min_by_key(|&i| Reverse(right(&self.points[i])))
            .unwrap_or(0);
        InSample {
            in_sample: BestAccuracy {
                accuracy: Proportion::of(right(&self.points[best]), works),
                threshold: self.below(best),
                without_looking: self.members.max(self.hold_outs) as f64 / works as f64,
            },
        }
    }

    /// A threshold halfway down from a point's own to the next.
    fn below(&self, index: usize) -> Option<f64> {
        let own = self.points[index].threshold?;
        let next = self.points.get(index + 1).and_then(|point| point.threshold);
        let halfway = |next: f64| next / 2.0 + own / 2.0;
        // Between neighbouring numbers there is no middle.
        next.map(halfway)
            .filter(|&middle| Some(middle) > next)
            .or(Some(own))
    }

    /// The largest share of members found while at most `fpr` of the hold-outs are called members.
    ///
    /// # Errors
    /// [`NotEvaluated::Rate`] unless `0 <= fpr < 1`.
    pub fn tpr_at_fpr(&self, fpr: f64) -> Result<InSample<TprAtFpr>, NotEvaluated> {
        if !(0.0..1.0).contains(&fpr) {
            return Err(NotEvaluated::Rate(fpr));
        }
        // Five in a hundred must not become four by rounding.
        let allowed = (fpr * self.hold_outs as f64 * (1.0 + 1e-12)).floor() as usize;
        let reached = self
            .points
            .partition_point(|point| point.false_positives <= allowed);
        let candidates = &self.points[..reached];
        let most = candidates.last().map_or(0, |point| point.true_positives);
        // Of equals the first, which has the fewest false positives.
        let found = candidates.partition_point(|point| point.true_positives < most);
        // The first point calls nobody, and is there at every rate.
        let point = candidates.get(found).unwrap_or(&self.points[0]);
        Ok(InSample {
            in_sample: TprAtFpr {
                asked_fpr: fpr,
                tpr: Proportion::of(point.true_positives, self.members),
                false_positives: Proportion::of(point.false_positives, self.hold_outs),
                true_fpr: rate_above_order_statistic(point.false_positives, self.hold_outs),
                smallest_fpr: 1.0 / self.hold_outs as f64,
                threshold: point.threshold,
            },
        })
    }
}
