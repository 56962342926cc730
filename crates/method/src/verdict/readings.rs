//! Works that were examined in several readings of their file, as they are seen and as a training program loads them:
//! one test of each, by the reading in which it ranks highest, corrected for the number of readings. Whoever looked
//! twice and told of the better would otherwise find a sign in works that were not used nearly twice as often.

use serde::{Deserialize, Serialize};

use super::p_value::usable;
use super::{Evidence, Figure, NotEvaluated, PValue, Portfolio, Refusal, p_value, portfolio};
use crate::artwork::Reading;

/// The scores of a case in a further reading, of controls that are read alike. A work of which it gives the same
/// picture as another reading has the score of that one.
#[derive(Clone, Debug, PartialEq)]
pub struct FurtherReading {
    pub reading: Reading,
    /// Of the questioned works, in their order; none of those of which it gives the same picture as another reading.
    pub questioned: Vec<Option<Result<f64, Refusal>>>,
    /// Of the questioned works that are judged together.
    pub together: Vec<f64>,
    /// Of works of the same hand known not to have been used.
    pub negatives: Vec<f64>,
    /// Of works of the same hand known to have been used; none in cases of before, where these were not examined in it.
    pub positives: Option<Vec<f64>>,
}

/// The readings in which a questioned work was tested, and the one that counts.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TestedReadings {
    /// The reading with the smallest p-value, the first of several.
    pub counts: Reading,
    pub tested: Vec<TestedReading>,
}

/// A questioned work in one reading.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TestedReading {
    pub reading: Reading,
    pub score: Option<f64>,
    /// Not corrected.
    pub p_value: Figure<f64>,
    /// The likelihood ratio of the score in this reading, by controls that are read alike, where the work has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likelihood_ratio: Option<f64>,
}

/// The test of a work over its readings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BestReading {
    pub readings: TestedReadings,
    pub score: f64,
    /// The smallest p-value of a reading times their number, at most 1: if the work was not used, each of so many
    /// p-values is as small as `a` with a chance of at most `a`, and so the smallest of `k` is as small as `a / k` with
    /// a chance of at most `a` (Bonferroni), however they hang together.
    pub p_value: PValue,
}

impl BestReading {
    /// The test of the questioned work `index`; none of a work that is one picture in all readings, and of one that
    /// cannot be judged in any.
    pub fn of(evidence: &Evidence, index: usize) -> Option<Self> {
        let own = evidence.questioned.get(index)?;
        let first = (evidence.reading, own, evidence.negatives.as_slice());
        let further = evidence.further.iter().filter_map(|further| {
            let work = further.questioned.get(index)?.as_ref()?;
            Some((further.reading, work, further.negatives.as_slice()))
        });
        let all: Vec<_> = std::iter::once(first).chain(further).collect();
        if all.len() < 2 {
            return None;
        }
        let tests = all.iter().map(|(_, work, others)| test(work, others));
        let tests: Vec<_> = tests.collect();
        let judged = tests
            .iter()
            .zip(&all)
            .filter_map(|(test, (reading, work, _))| {
                let score = *work.as_ref().ok()?;
                Some((*reading, score, *test.as_ref().ok()?))
            });
        let (counts, score, p_value) = judged.min_by(|a, b| a.2.value.total_cmp(&b.2.value))?;
        let tested = all.iter().zip(&tests).map(|((reading, work, _), test)| {
            let score = match work {
                Ok(score) => Some(*score).filter(|score| score.is_finite()),
                Err(refusal) => refusal.score,
            };
            let p_value = match (test, work) {
                (Ok(p_value), _) => Figure::Evaluated(p_value.value),
                (Err(_), Err(refusal)) => Figure::NotEvaluated {
                    reason: refusal.reason.to_string(),
                },
                (Err(why), Ok(_)) => Err(*why).into(),
            };
            TestedReading {
                reading: *reading,
                score,
                p_value,
                likelihood_ratio: None,
            }
        });
        Some(Self {
            score,
            p_value: PValue {
                value: corrected(p_value.value, all.len()),
                smallest: corrected(p_value.smallest, all.len()),
                ..p_value
            },
            readings: TestedReadings {
                counts,
                tested: tested.collect(),
            },
        })
    }
}

/// The questioned works together, by the reading in which they differ most from the controls.
///
/// # Errors
/// Those of [`portfolio`] in the first reading, where there is none in any.
pub(super) fn portfolio_of(evidence: &Evidence) -> Result<Portfolio, NotEvaluated> {
    let first = portfolio(&evidence.together, &evidence.negatives, evidence.seed);
    let further = evidence.further.iter();
    let further = further.map(|it| portfolio(&it.together, &it.negatives, evidence.seed));
    let readings = evidence.further.len() + 1;
    let all = std::iter::once(first.clone()).chain(further);
    let judged = all.filter_map(Result::ok);
    let Some(mut best) = judged.min_by(|a, b| a.permutation.p.total_cmp(&b.permutation.p)) else {
        return first;
    };
    best.permutation.p = corrected(best.permutation.p, readings);
    best.permutation.smallest = corrected(best.permutation.smallest, readings);
    best.readings = readings;
    Ok(best)
}

fn test(work: &Result<f64, Refusal>, negatives: &[f64]) -> Result<PValue, NotEvaluated> {
    usable(negatives)?;
    match work {
        Ok(score) => p_value(*score, negatives),
        Err(_) => Err(NotEvaluated::ScoreNotFinite),
    }
}

fn corrected(p: f64, readings: usize) -> f64 {
    (p * readings as f64).min(1.0)
}
