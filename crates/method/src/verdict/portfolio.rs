//! Several questioned works of one hand together: whether they score higher than works that were not used,
//! and by how much. Ten works that each stand out a little can say more than one of them alone.

mod effect;
mod permutation;

pub use effect::{HedgesG, hedges_g};
pub use permutation::{PermutationTest, Permutations, permutation_test};

use serde::{Deserialize, Serialize};

use super::p_value::usable;
use super::{Auc, Figure, NotEvaluated, Sample};

/// The fewest questioned works that are judged together.
pub const MIN_QUESTIONED: usize = 2;

/// The questioned works against the negative controls.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Portfolio {
    pub questioned: usize,
    pub negatives: usize,
    pub mean_questioned: f64,
    pub mean_negatives: f64,
    pub permutation: PermutationTest,
    /// Not there where the scores have no spread within the two groups.
    pub effect: Figure<HedgesG>,
    /// The chance that a questioned work scores above a negative control, a tie counting half.
    pub superiority: Auc,
    /// Number of readings of the files that were tested, of which these figures are the better's and p is corrected for.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub readings: usize,
}

fn one() -> usize {
    1
}

fn is_one(number: &usize) -> bool {
    *number == 1
}

/// Judges questioned works together. It says that some of them were used, not which. The test takes the works for
/// independent of each other: of several versions of one motif one belongs in it.
///
/// # Errors
/// [`NotEvaluated::TooFewQuestioned`] under [`MIN_QUESTIONED`], those of [`p_value`](super::p_value) for the
/// negatives, [`NotEvaluated::ScoreNotFinite`] and [`NotEvaluated::OutOfRange`].
pub fn portfolio(
    questioned: &[f64],
    negatives: &[f64],
    seed: u64,
) -> Result<Portfolio, NotEvaluated> {
    let permutation = permutation_test(questioned, negatives, seed)?;
    Ok(Portfolio {
        questioned: questioned.len(),
        negatives: negatives.len(),
        mean_questioned: mean(questioned),
        mean_negatives: mean(negatives),
        permutation,
        effect: hedges_g(questioned, negatives).into(),
        superiority: Sample::new(questioned.to_vec(), negatives.to_vec())?.auc(),
        readings: 1,
    })
}

/// Checks that there are questioned works enough.
fn enough(found: usize) -> Result<(), NotEvaluated> {
    if found < MIN_QUESTIONED {
        return Err(NotEvaluated::TooFewQuestioned { found });
    }
    Ok(())
}

/// Checks that there are works enough, with scores that can be added.
fn comparable(questioned: &[f64], negatives: &[f64]) -> Result<(), NotEvaluated> {
    enough(questioned.len())?;
    usable(negatives)?;
    if questioned.iter().any(|score| !score.is_finite()) {
        return Err(NotEvaluated::ScoreNotFinite);
    }
    let sum: f64 = questioned.iter().chain(negatives).map(|s| s.abs()).sum();
    if sum.is_finite() {
        Ok(())
    } else {
        Err(NotEvaluated::OutOfRange)
    }
}

fn mean(scores: &[f64]) -> f64 {
    scores.iter().sum::<f64>() / scores.len() as f64
}
