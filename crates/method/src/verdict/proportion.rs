//! Shares of works, with what so few of them can say about the share among all.

use serde::{Deserialize, Serialize};

use super::solve::boundary;
use super::{Interval, TAIL, Z};

/// A share of works and its Wilson interval.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Proportion {
    /// Works of which it is true.
    pub successes: usize,
    /// Works in all, at least 1.
    pub trials: usize,
    /// `successes / trials`.
    pub value: f64,
    /// The score interval (Wilson, "Probable inference, the law of succession, and statistical
    /// inference", JASA 22, 1927), without continuity correction.
    pub interval: Interval,
}

impl Proportion {
    /// `successes` out of `trials`, of which there is at least one.
    pub fn of(successes: usize, trials: usize) -> Self {
        let n = trials as f64;
        let value = successes as f64 / n;
        let centre = (value + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
        let reach =
            Z / (1.0 + Z * Z / n) * (value * (1.0 - value) / n + Z * Z / (4.0 * n * n)).sqrt();
        Self {
            successes,
            trials,
            value,
            // Rounding must not push an end past the value or out of 0..1.
            interval: Interval {
                low: if successes == 0 { 0.0 } else { centre - reach },
                high: if successes == trials {
                    1.0
                } else {
                    centre + reach
                },
            },
        }
    }
}

/// The exact 95 % interval of a share (Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the
/// case of the binomial", Biometrika 26, 1934): it holds the true share with at least that chance, whatever it is, if
/// works are independent. `trials` is at least 1.
///
/// ```
/// use palimpsest_method::verdict::exact_interval;
///
/// let interval = exact_interval(0, 10);
/// assert_eq!(interval.low, 0.0);
/// assert!((interval.high - (1.0 - 0.025_f64.powf(0.1))).abs() < 1e-12);
/// ```
pub fn exact_interval(successes: usize, trials: usize) -> Interval {
    let at_most = |successes: usize, share: f64| binomial_at_most(successes, trials, share);
    Interval {
        low: match successes.checked_sub(1) {
            None => 0.0,
            Some(fewer) => boundary(0.0, 1.0, |share| 1.0 - at_most(fewer, share) >= TAIL),
        },
        high: match successes >= trials {
            true => 1.0,
            false => boundary(0.0, 1.0, |share| at_most(successes, share) <= TAIL),
        },
    }
}

/// The interval of the true false-positive rate of a threshold that was set so that `above` of
/// `hold_outs` works lie above it.
///
/// The share of a continuous population above its sample's (k+1)-th largest value follows
/// Beta(k+1, n−k) whatever the population (Wilks, "Determination of sample sizes for setting
/// tolerance limits", Ann. Math. Stat. 12, 1941): unlike an interval for a binomial share, this
/// allows for the threshold having been chosen on the same works. All above: it is not bounded.
pub(super) fn rate_above_order_statistic(above: usize, hold_outs: usize) -> Interval {
    if above >= hold_outs {
        return Interval {
            low: 0.0,
            high: 1.0,
        };
    }
    // P(Beta(k+1, n−k) <= x) = P(Binomial(n, x) >= k+1).
    let beta = |x: f64| 1.0 - binomial_at_most(above, hold_outs, x);
    Interval {
        low: boundary(0.0, 1.0, |x| beta(x) >= TAIL),
        high: boundary(0.0, 1.0, |x| beta(x) >= 1.0 - TAIL),
    }
}

/// The chance of at most `k` successes in `n` trials of chance `p`, `0 < p < 1`.
fn binomial_at_most(k: usize, n: usize, p: f64) -> f64 {
    let odds = p.ln() - (-p).ln_1p();
    let mut log_term = n as f64 * (-p).ln_1p();
    let mut sum = log_term.exp();
    for i in 0..k.min(n) {
        log_term += ((n - i) as f64 / (i + 1) as f64).ln() + odds;
        sum += log_term.exp();
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::{binomial_at_most, exact_interval, rate_above_order_statistic};

    /// By sums of exact binomial coefficients and bisection, in Python.
    #[test]
    fn exact_intervals_are_those_of_another_calculation() {
        for (successes, trials, low, high) in [
            (0, 20, 0.0, 0.168_433_470_983_085_34),
            (1, 20, 0.001_265_089_497_949_845_3, 0.248_732_762_772_027_8),
            (20, 20, 0.831_566_529_016_914_6, 1.0),
            (7, 150, 0.018_965_569_634_577_465, 0.093_785_864_987_796_45),
        ] {
            let found = exact_interval(successes, trials);
            assert!((found.low - low).abs() < 1e-12, "{found:?}");
            assert!((found.high - high).abs() < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn binomial_tails_are_those_of_small_cases() {
        assert!((binomial_at_most(0, 10, 0.5) - 1.0 / 1024.0).abs() < 1e-15);
        assert!((binomial_at_most(1, 2, 0.3) - 0.91).abs() < 1e-15);
        assert!((binomial_at_most(7, 7, 0.3) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn no_hold_out_above_leaves_a_rate_that_few_works_cannot_exclude() {
        // Beta(1, 10): the quantile q solves (1 − x)^10 = 1 − q.
        let rate = rate_above_order_statistic(0, 10);
        assert!((rate.low - (1.0 - 0.975_f64.powf(0.1))).abs() < 1e-12);
        assert!((rate.high - (1.0 - 0.025_f64.powf(0.1))).abs() < 1e-12);
    }

    #[test]
    fn a_threshold_below_every_hold_out_bounds_nothing() {
        let rate = rate_above_order_statistic(5, 5);
        assert_eq!((rate.low, rate.high), (0.0, 1.0));
    }
}
