//! Student's distribution: what a spread that few works tell does to a standardised score.

use super::solve::boundary;
use super::{Interval, TAIL};

/// Intervals of Simpson's rule: nine digits at t = 40, and fewer beyond, where none matter.
const INTERVALS: u32 = 512;
/// Standard deviations of an estimated spread that are integrated over, either way.
const REACH: f64 = 10.0;

/// The normal deviate as far out in its distribution as `t` is in Student's with `freedom` degrees, to
/// within 0.01 up to t = 3 if there are three or more, and rather too small beyond (Wallace, "Bounds on normal approximations to
/// Student's and the chi-square distributions", Ann. Math. Stat. 30, 1959). Strictly increasing and
/// finite: it grows as the root of a logarithm.
pub(super) fn normal_equivalent(t: f64, freedom: f64) -> f64 {
    // ln(1 + t²/ν) without t² overflowing.
    let ratio = libm::hypot(1.0, t / freedom.sqrt());
    let logarithm = if ratio > 2.0 {
        2.0 * libm::log(ratio)
    } else {
        libm::log1p(t * t / freedom)
    };
    t.signum() * shrinkage(freedom) * (freedom * logarithm).sqrt()
}

/// The point of the distribution that lies as far out as this normal one, to within 0.005 at 1.96 (the same approximation,
/// solved for t).
pub(super) fn student_point(freedom: f64, normal: f64) -> f64 {
    let normal = normal / shrinkage(freedom);
    (freedom * libm::expm1(normal * normal / freedom)).sqrt()
}

fn shrinkage(freedom: f64) -> f64 {
    (8.0 * freedom + 1.0) / (8.0 * freedom + 3.0)
}

/// The 95 % interval of the non-centrality of a t value with at least two degrees of freedom: those
/// under which it lies in neither tail.
pub(super) fn noncentrality(t: f64, freedom: f64) -> Interval {
    let spread = Spread::of(freedom);
    let furthest = REACH + t.abs() * (spread.high + 1.0);
    // The distribution moves up with the non-centrality, so the chance of at most t goes down.
    let end = |chance: f64| {
        boundary(-furthest, furthest, |delta| {
            spread.chance_of_at_most(t, delta) <= chance
        })
    };
    Interval {
        low: end(1.0 - TAIL),
        high: end(TAIL),
    }
}

/// The distribution of s = √(χ²/ν), the estimated over the true spread.
struct Spread {
    freedom: f64,
    log_factor: f64,
    low: f64,
    high: f64,
}

impl Spread {
    fn of(freedom: f64) -> Self {
        let half = freedom / 2.0;
        let reach = REACH / (2.0 * freedom).sqrt();
        Self {
            freedom,
            log_factor: libm::log(2.0) + half * libm::log(half) - libm::lgamma(half),
            low: (1.0 - reach).max(0.0),
            high: 1.0 + reach,
        }
    }

    fn density(&self, s: f64) -> f64 {
        if s <= 0.0 {
            return 0.0;
        }
        let log_power = (self.freedom - 1.0) * libm::log(s);
        libm::exp(self.log_factor + log_power - self.freedom * s * s / 2.0)
    }

    /// P(T <= t) for T = (N(0, 1) + δ) / s: the mean of Φ(t·s − δ) over s.
    fn chance_of_at_most(&self, t: f64, delta: f64) -> f64 {
        let step = (self.high - self.low) / f64::from(INTERVALS);
        let value = |i: u32| {
            let s = self.low + f64::from(i) * step;
            let weight = match i {
                0 | INTERVALS => 1.0,
                odd if odd % 2 == 1 => 4.0,
                _ => 2.0,
            };
            let normal = libm::erfc((delta - t * s) / std::f64::consts::SQRT_2) / 2.0;
            weight * self.density(s) * normal
        };
        (0..=INTERVALS).map(value).sum::<f64>() * step / 3.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Z;

    #[test]
    fn the_chance_is_that_of_students_distribution() {
        // scipy.stats.t.cdf and nct.cdf.
        let cases = [
            (1.5, 5.0, 0.0, 0.903_048_159_878_763_4),
            (-2.0, 12.0, 0.0, 0.034_327_507_019_042_98),
            (3.0, 10.0, 1.0, 0.947_050_861_692_833_1),
            (40.0, 6.0, 25.0, 0.884_473_659_108_934_7),
        ];
        for (t, freedom, delta, expected) in cases {
            let found = Spread::of(freedom).chance_of_at_most(t, delta);
            assert!((found - expected).abs() < 1e-9, "{t} {freedom}: {found}");
        }
    }

    #[test]
    fn the_normal_equivalent_keeps_the_order_and_stays_finite() {
        let found: Vec<f64> = [-1e308, -3.0, 0.0, 1e-9, 2.0, 20.0, 1e200, 1e308]
            .iter()
            .map(|&t| normal_equivalent(t, 4.0))
            .collect();
        assert!(found.is_sorted_by(|a, b| a < b), "{found:?}");
        assert!(found.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn the_95_percent_points_are_those_of_the_tables() {
        for (freedom, expected) in [(8.0, 2.306_004), (18.0, 2.100_922), (38.0, 2.024_394)] {
            assert!((student_point(freedom, Z) - expected).abs() < 0.005);
            let back = normal_equivalent(expected, freedom);
            assert!((back - Z).abs() < 0.005, "{back}");
        }
    }
}
