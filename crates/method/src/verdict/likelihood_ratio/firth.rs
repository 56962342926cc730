//! Firth's logistic regression on one number: the line of log odds that maximises
//! Σ ln P(label) + ½ ln det I, where I is the Fisher information.
//!
//! By Newton's method with the second derivatives of the penalty, because the usual scoring steps, which
//! leave them out, go back and forth for a hundred rounds where the classes lie far apart.

/// Steps before the fit is given up. It settles in about eight.
const MAX_STEPS: usize = 100;
/// A step smaller than this, in log odds a standard deviation, is the last.
const SETTLED: f64 = 1e-9;
/// The longest step, in the same unit: from a flat start it keeps the information from vanishing.
const LONGEST_STEP: f64 = 2.0;

/// A control: its standardised score, and 1 for a member or 0 for a hold-out.
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) label: f64,
}

/// Log odds as a function of the standardised score.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    pub(super) at_zero: f64,
    pub(super) slope: f64,
}

impl Line {
    /// The best line; none if the steps do not settle.
    pub(super) fn fit(points: &[Point]) -> Option<Self> {
        let mut line = Self::default();
        for _ in 0..MAX_STEPS {
            let step = Sums::of(points, line).step()?;
            let length = step.at_zero.abs().max(step.slope.abs());
            let damping = (LONGEST_STEP / length).min(1.0);
            line.at_zero += damping * step.at_zero;
            line.slope += damping * step.slope;
            if length < SETTLED {
                return Some(line);
            }
        }
        None
    }
}

/// Σ over the points, at some line with chances p and weights w = p(1 − p).
#[derive(Default)]
struct Sums {
    /// (y − p)·xᵏ: the derivative of the likelihood.
    score: [f64; 2],
    /// w·xᵏ: the information [[0, 1], [1, 2]].
    information: [f64; 3],
    /// w(1 − 2p)·xᵏ: its derivative by the r-th parameter is [[r, r+1], [r+1, r+2]].
    first: [f64; 4],
    /// w(1 − 6w)·xᵏ: its second derivative by the r-th and s-th, with r + s in place of r.
    second: [f64; 5],
}

impl Sums {
    fn of(points: &[Point], line: Line) -> Self {
        let mut sums = Self::default();
        for &Point { x, label } in points {
            let p = 1.0 / (1.0 + libm::exp(-(line.at_zero + line.slope * x)));
            let w = p * (1.0 - p);
            add(&mut sums.score, label - p, x);
            add(&mut sums.information, w, x);
            add(&mut sums.first, w * (1.0 - 2.0 * p), x);
            add(&mut sums.second, w * (1.0 - 6.0 * w), x);
        }
        sums
    }

    /// Newton's step; where the penalised likelihood is not concave, the scoring step.
    fn step(&self) -> Option<Line> {
        let [i0, i1, i2] = self.information;
        let determinant = i0 * i2 - i1 * i1;
        if determinant.is_nan() || determinant <= 0.0 {
            return None;
        }
        // I⁻¹ times [[a, b], [b, c]].
        let solved = |[a, b, c]: [f64; 3]| {
            [
                [
                    (i2 * a - i1 * b) / determinant,
                    (i2 * b - i1 * c) / determinant,
                ],
                [
                    (i0 * b - i1 * a) / determinant,
                    (i0 * c - i1 * b) / determinant,
                ],
            ]
        };
        let trace = |[[a, _], [_, d]]: [[f64; 2]; 2]| a + d;
        let of_product = |[[a, b], [c, d]]: [[f64; 2]; 2], [[e, f], [g, h]]: [[f64; 2]; 2]| {
            a * e + b * g + c * f + d * h
        };
        let [f0, f1, f2, f3] = self.first;
        let [s0, s1, s2, s3, s4] = self.second;
        let (by_zero, by_slope) = (solved([f0, f1, f2]), solved([f1, f2, f3]));
        let [u0, u1] = self.score;
        let gradient = [u0 + trace(by_zero) / 2.0, u1 + trace(by_slope) / 2.0];
        // Minus the second derivatives.
        let curvature = [
            i0 - (trace(solved([s0, s1, s2])) - of_product(by_zero, by_zero)) / 2.0,
            i1 - (trace(solved([s1, s2, s3])) - of_product(by_zero, by_slope)) / 2.0,
            i2 - (trace(solved([s2, s3, s4])) - of_product(by_slope, by_slope)) / 2.0,
        ];
        solve(curvature, gradient).or_else(|| solve(self.information, gradient))
    }
}

/// Adds value·xᵏ to the k-th sum.
fn add<const N: usize>(sums: &mut [f64; N], value: f64, x: f64) {
    let mut term = value;
    for sum in sums {
        *sum += term;
        term *= x;
    }
}

/// The solution for [[a, b], [b, c]], if that is positive definite.
fn solve([a, b, c]: [f64; 3], [u, v]: [f64; 2]) -> Option<Line> {
    let determinant = a * c - b * b;
    let line = Line {
        at_zero: (c * u - b * v) / determinant,
        slope: (a * v - b * u) / determinant,
    };
    let is_definite = a > 0.0 && determinant > 0.0;
    (is_definite && line.at_zero.is_finite() && line.slope.is_finite()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(members: &[f64], hold_outs: &[f64]) -> Vec<Point> {
        let class = |scores: &[f64], label| {
            let point = |&x: &f64| Point { x, label };
            scores.iter().map(point).collect::<Vec<_>>()
        };
        let mut all = class(members, 1.0);
        all.extend(class(hold_outs, 0.0));
        all
    }

    /// The penalised likelihood itself.
    fn likelihood(points: &[Point], line: Line) -> f64 {
        let sums = Sums::of(points, line);
        let [i0, i1, i2] = sums.information;
        let term = |point: &Point| {
            let odds = line.at_zero + line.slope * point.x;
            point.label * odds - (1.0 + odds.exp()).ln()
        };
        points.iter().map(term).sum::<f64>() + (i0 * i2 - i1 * i1).ln() / 2.0
    }

    #[test]
    fn every_line_beside_the_fit_is_less_likely() {
        for (members, hold_outs) in [
            (
                vec![1.2, 0.9, 1.1, 0.8, 1.3],
                vec![-1.0, -0.9, -1.2, -0.8, -1.1],
            ),
            (vec![0.3, -0.2, 1.9], vec![0.1, -1.4, -0.6, 0.4]),
            (vec![-1.0, -0.5, -0.8], vec![0.7, 1.1, 0.9, 0.2]),
            (vec![2.2, 0.1], vec![0.0; 9]),
        ] {
            let points = points(&members, &hold_outs);
            let fit = Line::fit(&points).unwrap();
            let best = likelihood(&points, fit);
            for (da, db) in [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, -1.0)] {
                for step in [-0.5, -1e-3, 1e-3, 0.5] {
                    let beside = Line {
                        at_zero: fit.at_zero + step * da,
                        slope: fit.slope + step * db,
                    };
                    assert!(likelihood(&points, beside) < best);
                }
            }
        }
    }

    #[test]
    fn points_without_a_spread_have_no_line() {
        assert!(Line::fit(&points(&[0.0; 3], &[0.0; 3])).is_none());
    }
}
