//! The area under the ROC curve: the chance that a member scores above a hold-out.

use serde::{Deserialize, Serialize};

use super::solve::boundary;
use super::{Interval, Sample, Z};

/// The area under the ROC curve of a sample.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Auc {
    /// The share of pairs of a member and a hold-out in which the member scores higher, a tie
    /// counting half (the Mann-Whitney statistic): 0.5 by chance, 1 for a perfect test.
    pub value: f64,
    /// For works drawn like these, from these models; nothing is said about other artists.
    pub interval: Interval,
    pub members: usize,
    pub hold_outs: usize,
}

impl Sample {
    /// The area under the ROC curve.
    ///
    /// The interval is method 5 of Newcombe ("Confidence intervals for an effect size measure based
    /// on the Mann-Whitney statistic. Part 2", Statistics in Medicine 25, 2006): the values θ that lie
    /// within 1.96 standard errors *at θ* (Hanley and McNeil 1982, with both sample sizes replaced by
    /// their mean) of the one found. It is not symmetric, stays in 0..1, and has a width at 0 and 1.
    pub fn auc(&self) -> Auc {
        let (members, hold_outs) = (self.members().len(), self.hold_outs().len());
        let pairs = members as f64 * hold_outs as f64;
        let value = self.twice_the_wins() as f64 / (2.0 * pairs);
        Auc {
            value,
            interval: newcombe(value, members as f64, hold_outs as f64),
            members,
            hold_outs,
        }
    }

    /// Twice the pairs that the member wins, a tie being half a win.
    fn twice_the_wins(&self) -> u64 {
        let mut sorted = self.hold_outs().to_vec();
        sorted.sort_by(f64::total_cmp);
        let wins = |member: &f64| {
            let below = sorted.partition_point(|hold_out| hold_out < member);
            let not_above = sorted.partition_point(|hold_out| hold_out <= member);
            (below + not_above) as u64
        };
        self.members().iter().map(wins).sum()
    }
}

/// The interval around `found` for samples of `m` and `n` works.
fn newcombe(found: f64, m: f64, n: f64) -> Interval {
    let others = (m + n) / 2.0 - 1.0;
    let far = |theta: f64| {
        let shape = 1.0 + others * ((1.0 - theta) / (2.0 - theta) + theta / (1.0 + theta));
        let variance = theta * (1.0 - theta) * shape / (m * n);
        (found - theta).powi(2) > Z * Z * variance
    };
    Interval {
        low: if found > 0.0 {
            boundary(0.0, found, |theta| !far(theta))
        } else {
            0.0
        },
        high: if found < 1.0 {
            boundary(found, 1.0, far)
        } else {
            1.0
        },
    }
}
