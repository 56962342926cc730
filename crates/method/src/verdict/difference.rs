//! Two scorings of the same works: how far their areas under the curve differ.

use serde::Serialize;

use super::{Interval, NotEvaluated, Sample};

/// The difference of the areas under the curves of two scorings.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AucDifference {
    /// From −1 to 1.
    pub value: f64,
    pub interval: Interval,
}

/// The area of `first` less that of `second`, which score the same works in the same order.
///
/// The interval is recovered from those of the two areas (Zou, "Toward using confidence intervals to
/// compare correlations", Psychological Methods 12, 2007), with the correlation of the areas after
/// DeLong, DeLong and Clarke-Pearson ("Comparing the areas under two or more correlated receiver
/// operating characteristic curves", Biometrics 44, 1988). Where an area does not vary, as one of exactly 1
/// does not, they are taken as uncorrelated: so the interval has a width there, and is rather too wide.
///
/// # Errors
/// [`NotEvaluated::Unpaired`] if the samples have different numbers of works.
pub fn auc_difference(first: &Sample, second: &Sample) -> Result<AucDifference, NotEvaluated> {
    let sizes = |sample: &Sample| (sample.members().len(), sample.hold_outs().len());
    if sizes(first) != sizes(second) {
        return Err(NotEvaluated::Unpaired);
    }
    let (a, b) = (first.auc(), second.auc());
    let correlation = correlation(&Placements::of(first), &Placements::of(second));
    let reach = |x: f64, y: f64| (x * x + y * y - 2.0 * correlation * x * y).max(0.0).sqrt();
    let value = a.value - b.value;
    let low = reach(a.value - a.interval.low, b.interval.high - b.value);
    let high = reach(a.interval.high - a.value, b.value - b.interval.low);
    Ok(AucDifference {
        value,
        interval: Interval {
            low: (value - low).max(-1.0),
            high: (value + high).min(1.0),
        },
    })
}

/// The mean over sets, with an interval as that of [`mean_auc`](super::mean_auc).
///
/// # Errors
/// [`NotEvaluated::TooFewSets`] if there is none.
pub fn mean_difference(sets: &[AucDifference]) -> Result<AucDifference, NotEvaluated> {
    super::pooling::at_least(1, sets.len())?;
    let n = sets.len() as f64;
    let value = sets.iter().map(|set| set.value).sum::<f64>() / n;
    let reach = |distance: fn(&AucDifference) -> f64| {
        let squares: f64 = sets.iter().map(|set| distance(set).powi(2)).sum();
        squares.sqrt() / n
    };
    Ok(AucDifference {
        value,
        interval: Interval {
            low: (value - reach(|set| set.value - set.interval.low)).max(-1.0),
            high: (value + reach(|set| set.interval.high - set.value)).min(1.0),
        },
    })
}

/// For every work the share of the other class that it beats, or is beaten by, ties counting half: what
/// the area is the mean of.
struct Placements {
    members: Vec<f64>,
    hold_outs: Vec<f64>,
}

impl Placements {
    fn of(sample: &Sample) -> Self {
        let wins = |member: f64, hold_out: f64| match member.total_cmp(&hold_out) {
            _ if member == hold_out => 0.5,
            std::cmp::Ordering::Greater => 1.0,
            _ => 0.0,
        };
        let (members, hold_outs) = (sample.members(), sample.hold_outs());
        let mean = |sum: f64, of: &[f64]| sum / of.len() as f64;
        let of_member = |&m: &f64| mean(hold_outs.iter().map(|&h| wins(m, h)).sum(), hold_outs);
        let of_hold_out = |&h: &f64| mean(members.iter().map(|&m| wins(m, h)).sum(), members);
        Self {
            members: members.iter().map(of_member).collect(),
            hold_outs: hold_outs.iter().map(of_hold_out).collect(),
        }
    }

    /// The covariance of two areas.
    fn covariance(&self, other: &Self) -> f64 {
        let of_class = |a: &[f64], b: &[f64]| {
            let n = a.len() as f64;
            let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
            let (mean_a, mean_b) = (mean(a), mean(b));
            let products = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b));
            if a.len() < 2 {
                0.0
            } else {
                products.sum::<f64>() / (n - 1.0) / n
            }
        };
        of_class(&self.members, &other.members) + of_class(&self.hold_outs, &other.hold_outs)
    }
}

fn correlation(a: &Placements, b: &Placements) -> f64 {
    let spread = (a.covariance(a) * b.covariance(b)).sqrt();
    if spread > 0.0 {
        (a.covariance(b) / spread).clamp(-1.0, 1.0)
    } else {
        0.0
    }
}
