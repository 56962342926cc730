//! The empirical p-value: how often a work of the same hand that was *not* used scores as high.

use serde::{Deserialize, Serialize};

use super::NotEvaluated;

/// The fewest negative controls for a statement. With four, a work that was not used stands above all of
/// them one time in five by chance, and nobody would speak of a sign at all; five are the fewest that make
/// it rarer than that.
pub const MIN_NEGATIVES: usize = 5;

/// The place of a score among those of negative controls.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct PValue {
    /// `(1 + reached_by) / (1 + negatives)`, above 0 and at most 1.
    pub value: f64,
    /// Negative controls whose score is at least that of the work: a tie counts against it.
    pub reached_by: usize,
    /// Negative controls in all.
    pub negatives: usize,
    /// `1 / (1 + negatives)`: the smallest value that so few controls can give, whatever the score.
    pub smallest: f64,
}

/// The chance that a work that was not used ranks among the negative controls as high as this one.
///
/// If the work was not used and is exchangeable with the controls, `P(value <= a) <= a` for every a:
/// the test is valid without any assumption on how scores are distributed (Phipson and Smyth,
/// "Permutation p-values should never be zero", Stat. Appl. Genet. Mol. Biol. 9, 2010; Davison and
/// Hinkley, "Bootstrap methods and their application", 1997, §4.2).
///
/// ```
/// use palimpsest_method::verdict::p_value;
///
/// let p = p_value(0.9, &[0.1, 0.2, 0.3, 0.4, 0.95])?;
/// assert_eq!((p.reached_by, p.value), (1, 2.0 / 6.0));
/// # Ok::<(), palimpsest_method::verdict::NotEvaluated>(())
/// ```
///
/// # Errors
/// [`NotEvaluated::TooFewNegatives`] under [`MIN_NEGATIVES`], [`NotEvaluated::ScoreNotFinite`] and
/// [`NotEvaluated::NegativesNotFinite`].
pub fn p_value(score: f64, negatives: &[f64]) -> Result<PValue, NotEvaluated> {
    usable(negatives)?;
    if !score.is_finite() {
        return Err(NotEvaluated::ScoreNotFinite);
    }
    let reached_by = negatives.iter().filter(|&&other| other >= score).count();
    let works = (negatives.len() + 1) as f64;
    Ok(PValue {
        value: (1 + reached_by) as f64 / works,
        reached_by,
        negatives: negatives.len(),
        smallest: 1.0 / works,
    })
}

/// Checks that negative controls are enough and have scores.
pub(super) fn usable(negatives: &[f64]) -> Result<(), NotEvaluated> {
    if negatives.len() < MIN_NEGATIVES {
        return Err(NotEvaluated::TooFewNegatives {
            found: negatives.len(),
        });
    }
    match negatives.iter().filter(|score| !score.is_finite()).count() {
        0 => Ok(()),
        bad => Err(NotEvaluated::NegativesNotFinite(bad)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEGATIVES: [f64; 5] = [0.1, 0.2, 0.3, 0.4, 0.5];

    #[test]
    fn a_tie_counts_against_the_work() {
        let p = p_value(0.5, &NEGATIVES).unwrap();
        assert_eq!((p.reached_by, p.value), (1, 2.0 / 6.0));
        let above = p_value(0.51, &NEGATIVES).unwrap();
        assert_eq!((above.reached_by, above.value), (0, above.smallest));
        assert_eq!(p_value(-1.0, &NEGATIVES).unwrap().value, 1.0);
    }

    #[test]
    fn too_few_or_broken_numbers_give_a_reason() {
        let four = p_value(1.0, &NEGATIVES[..4]);
        assert_eq!(four, Err(NotEvaluated::TooFewNegatives { found: 4 }));
        let bad = p_value(1.0, &[0.1, f64::NAN, 0.3, 0.4, f64::INFINITY]);
        assert_eq!(bad, Err(NotEvaluated::NegativesNotFinite(2)));
        assert_eq!(
            p_value(f64::NAN, &NEGATIVES),
            Err(NotEvaluated::ScoreNotFinite)
        );
    }
}
