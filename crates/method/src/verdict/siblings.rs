//! The exact rank test of sealed siblings: the score of the variant that was drawn by chance and published, among
//! those of the variants that were kept back.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The reason that there is no rank.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum NoRank {
    /// There is nothing to rank it among.
    #[error("there is no variant that was kept back")]
    NoSiblings,
    /// A score that is no number has no rank.
    #[error("a variant has no finite score")]
    NotFinite,
}

/// The place of the published variant among all.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct SiblingRank {
    /// `rank / variants`.
    pub p_value: f64,
    /// Variants whose score is at least that of the published one, itself among them: 1 is the highest.
    pub rank: usize,
    /// All variants, the published one among them.
    pub variants: usize,
}

/// The chance that a published variant which was not used ranks as high as this one.
///
/// Whatever the model, the score and the variants are: if the published one was drawn from all with equal chances and
/// the model knows nothing of the draw, `P(p_value <= a) <= a` for every a, with equality at multiples of
/// `1 / variants` where no two scores are the same. The chance is that of the draw alone, so nothing is assumed of
/// scores, and no controls are needed (Fisher's randomisation test).
///
/// ```
/// use palimpsest_method::verdict::sibling_rank;
///
/// let found = sibling_rank(0.9, &[0.1, 0.95, 0.3])?;
/// assert_eq!((found.rank, found.p_value), (2, 0.5));
/// # Ok::<(), palimpsest_method::verdict::NoRank>(())
/// ```
///
/// # Errors
/// [`NoRank`].
pub fn sibling_rank(published: f64, others: &[f64]) -> Result<SiblingRank, NoRank> {
    if others.is_empty() {
        return Err(NoRank::NoSiblings);
    }
    if !published.is_finite() || !others.iter().all(|score| score.is_finite()) {
        return Err(NoRank::NotFinite);
    }
    // A tie counts against it.
    let rank = 1 + others.iter().filter(|&&other| other >= published).count();
    let variants = others.len() + 1;
    Ok(SiblingRank {
        p_value: rank as f64 / variants as f64,
        rank,
        variants,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_base::random::Random;

    const CASES: usize = 20_000;

    /// How often each rank comes up if `score` makes the scores of a case and its published variant.
    fn ranks(
        variants: usize,
        mut scores: impl FnMut(&mut Random) -> (Vec<f64>, usize),
    ) -> Vec<usize> {
        let mut random = Random::for_training(11, 1, 0);
        let mut counts = vec![0; variants];
        for _ in 0..CASES {
            let (mut scores, drawn) = scores(&mut random);
            let published = scores.swap_remove(drawn);
            counts[sibling_rank(published, &scores).unwrap().rank - 1] += 1;
        }
        counts
    }

    /// Pearson's statistic against equal frequencies.
    fn chi_square(counts: &[usize]) -> f64 {
        let expected = CASES as f64 / counts.len() as f64;
        let of = |&count: &usize| (count as f64 - expected).powi(2) / expected;
        counts.iter().map(of).sum()
    }

    #[test]
    fn ranks_are_uniform_whatever_the_scores_if_the_draw_is_by_chance() {
        // Scores of no common distribution, each variant with its own level and spread: only the draw is by chance.
        let counts = ranks(20, |random| {
            let score = |place: usize| (place as f64).exp() * 0.01 + place as f64 * random.normal();
            let scores = (0..20).map(score).collect();
            (scores, random.integer(0, 19))
        });
        // 99.9 % of the distribution with 19 degrees of freedom.
        assert!(chi_square(&counts) < 43.8, "{counts:?}");
        let at_most = |rank: usize| counts[..rank].iter().sum::<usize>() as f64 / CASES as f64;
        assert!((at_most(1) - 0.05).abs() < 0.006, "{}", at_most(1));
        assert!((at_most(10) - 0.5).abs() < 0.015, "{}", at_most(10));
    }

    #[test]
    fn without_the_draw_they_are_not() {
        // The first is always published: where levels differ the test means nothing, and this check sees it.
        let counts = ranks(20, |random| {
            (
                (0..20)
                    .map(|place| place as f64 + random.normal())
                    .collect(),
                0,
            )
        });
        assert!(chi_square(&counts) > 1000.0, "{counts:?}");
    }

    #[test]
    fn ties_make_it_careful_and_a_used_variant_stands_out() {
        let tied = ranks(10, |random| {
            let scores = (0..10).map(|_| (random.unit() * 3.0).floor()).collect();
            (scores, random.integer(0, 9))
        });
        let mut so_far = 0;
        for (place, count) in tied.iter().enumerate() {
            so_far += count;
            let most = (place + 1) as f64 / 10.0;
            assert!(so_far as f64 / CASES as f64 <= most + 0.012, "{tied:?}");
        }
        // Raised by three spreads it is the highest of twenty in most cases; by simulation.
        let used = ranks(20, |random| {
            let mut scores: Vec<f64> = (0..20).map(|_| random.normal()).collect();
            let drawn = random.integer(0, 19);
            scores[drawn] += 3.0;
            (scores, drawn)
        });
        assert!(used[0] as f64 / CASES as f64 > 0.75, "{used:?}");
    }

    #[test]
    fn what_cannot_be_ranked_is_not() {
        assert_eq!(sibling_rank(1.0, &[]), Err(NoRank::NoSiblings));
        assert_eq!(sibling_rank(f64::NAN, &[1.0]), Err(NoRank::NotFinite));
        assert_eq!(sibling_rank(1.0, &[f64::INFINITY]), Err(NoRank::NotFinite));
    }
}
