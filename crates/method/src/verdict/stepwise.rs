//! Corrections for several tests that go from one end of the p-values to the other, each value bounded by the one
//! before: what Holm's and Benjamini and Hochberg's have in common.

use std::cmp::Ordering;

/// The values of `step` in the order of `p_values`. It is called for each p-value in the order of `compare`, with the
/// number of those before.
pub(super) fn stepwise(
    p_values: &[f64],
    compare: impl Fn(&f64, &f64) -> Ordering,
    mut step: impl FnMut(usize, f64) -> f64,
) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| compare(a, b));
    let in_order = (0..).zip(order);
    let mut corrected: Vec<(usize, f64)> = in_order
        .map(|(before, (index, p)): (usize, _)| (index, step(before, p)))
        .collect();
    corrected.sort_by_key(|(index, _)| *index);
    corrected.into_iter().map(|(_, p)| p).collect()
}
