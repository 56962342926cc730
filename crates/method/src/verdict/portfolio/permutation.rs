//! The permutation test: if the questioned works were not used, which of all these works are called
//! questioned is a label like any other, and the difference found is one of all that labels could give.

use serde::{Deserialize, Serialize};

use super::{comparable, mean};
use crate::verdict::NotEvaluated;
use crate::verdict::resampling::Choices;
use palimpsest_base::philox::Stream;

/// Up to so many relabellings all are looked at.
const MOST_EXACT: u64 = 200_000;
/// Relabellings drawn where there are more; a p-value of 0.05 is then known to within 0.001.
const DRAWN: u64 = 49_999;
/// Sums that differ by less than this share of all scores' deviations are a tie: they only differ by the
/// order in which they were added.
const TIE: f64 = 1e-12;

/// One-sided: whether the mean of the questioned works is higher.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct PermutationTest {
    /// The share of relabellings whose difference is at least the one found, itself included.
    pub p: f64,
    /// The smallest p that so many works can give.
    pub smallest: f64,
    pub permutations: Permutations,
}

/// The relabellings that were looked at.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Permutations {
    /// All there are.
    Exact { all: u64 },
    /// So many at random; the one found is counted as one more.
    MonteCarlo { drawn: u64 },
}

/// Tests mean(questioned) − mean(negatives) against all relabellings where there are at most 200 000, else
/// against random ones, with p = (1 + k) / (1 + drawn) (Phipson and Smyth 2010).
///
/// # Errors
/// As [`portfolio`](super::portfolio).
pub fn permutation_test(
    questioned: &[f64],
    negatives: &[f64],
    seed: u64,
) -> Result<PermutationTest, NotEvaluated> {
    comparable(questioned, negatives)?;
    let mut scores = [questioned, negatives].concat();
    // With the number of works fixed, the difference of means rises with the sum of the questioned. Sums
    // about the mean round least.
    let centre = mean(&scores);
    scores.iter_mut().for_each(|score| *score -= centre);
    let tie = TIE * scores.iter().map(|score| score.abs()).sum::<f64>();
    let taken = questioned.len();
    let needed = scores.iter().take(taken).sum::<f64>() - tie;
    Ok(match combinations(scores.len(), taken) {
        Some(all) => PermutationTest {
            p: reaching(&scores, taken, needed) as f64 / all as f64,
            smallest: 1.0 / all as f64,
            permutations: Permutations::Exact { all },
        },
        None => {
            let found = drawn_reaching(scores, taken, needed, seed);
            PermutationTest {
                p: (1 + found) as f64 / (1 + DRAWN) as f64,
                smallest: 1.0 / (1 + DRAWN) as f64,
                permutations: Permutations::MonteCarlo { drawn: DRAWN },
            }
        }
    })
}

/// The number of ways to take some of `n` works, if all can be looked at.
fn combinations(n: usize, taken: usize) -> Option<u64> {
    let smaller = taken.min(n - taken) as u64;
    let mut ways: u64 = 1;
    for i in 0..smaller {
        // Still at most the limit, times the number of works: no overflow. Each quotient is a whole
        // number, and they rise, so that the first beyond the limit decides.
        ways = ways.checked_mul(n as u64 - i)? / (i + 1);
        if ways > MOST_EXACT {
            return None;
        }
    }
    Some(ways)
}

/// In how many ways `taken` of the scores add up to at least `needed`.
fn reaching(mut scores: &[f64], taken: usize, needed: f64) -> u64 {
    if taken == 0 {
        return u64::from(needed <= 0.0);
    }
    let mut ways = 0;
    while scores.len() >= taken
        && let Some((first, rest)) = scores.split_first()
    {
        ways += reaching(rest, taken - 1, needed - first);
        scores = rest;
    }
    ways
}

/// In how many of the random ways they do.
fn drawn_reaching(mut scores: Vec<f64>, taken: usize, needed: f64, seed: u64) -> u64 {
    let mut choices = Choices::new(seed, Stream::Permutation, 0);
    let mut found = 0;
    for _ in 0..DRAWN {
        choices.bring_forward(&mut scores, taken);
        let sum: f64 = scores.iter().take(taken).sum();
        found += u64::from(sum >= needed);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_are_counted_up_to_the_limit() {
        assert_eq!(combinations(20, 10), Some(184_756));
        assert_eq!(combinations(21, 10), None);
        assert_eq!(combinations(7, 2), Some(21));
        assert_eq!(combinations(7, 5), Some(21));
        assert_eq!(combinations(1_000_000, 500_000), None);
    }

    #[test]
    fn drawn_relabellings_agree_with_all_of_them() {
        let questioned = [0.4, 0.9, 0.7, 0.2, 0.8, 0.6];
        let negatives = [0.1, 0.3, 0.5, 0.2, 0.7, 0.35, 0.15];
        let exact = permutation_test(&questioned, &negatives, 1).unwrap();
        assert_eq!(exact.permutations, Permutations::Exact { all: 1716 });
        let scores = [questioned.as_slice(), &negatives].concat();
        let needed = questioned.iter().sum::<f64>() - 1e-9;
        let drawn = drawn_reaching(scores, 6, needed, 1) as f64 / DRAWN as f64;
        let error = (exact.p * (1.0 - exact.p) / DRAWN as f64).sqrt();
        assert!((drawn - exact.p).abs() < 4.0 * error, "{drawn} {}", exact.p);
    }

    #[test]
    fn equal_works_are_no_evidence() {
        let found = permutation_test(&[0.1; 3], &[0.1; 6], 1).unwrap();
        assert_eq!(found.p, 1.0);
    }
}
