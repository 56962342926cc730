//! Several works tested at once: among twenty works that were not used one has a p-value of 0.05 by
//! chance. Holm's correction keeps the chance of *any* false call down, however the works depend on one
//! another; and they do, since they share their controls.

use super::stepwise::stepwise;

/// The p-values corrected for their number, in the order given, each at most 1 and no less than before
/// (Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statistics 6, 1979).
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let all = p_values.len();
    let mut greatest: f64 = 0.0;
    stepwise(p_values, f64::total_cmp, |smaller, p| {
        greatest = greatest.max(p * (all - smaller) as f64).min(1.0);
        greatest
    })
}

#[cfg(test)]
mod tests {
    use super::holm;

    #[test]
    fn the_smallest_is_multiplied_by_all_and_the_order_is_kept() {
        assert_eq!(holm(&[0.04, 0.01, 0.03]), [0.06, 0.03, 0.06]);
        assert_eq!(holm(&[0.6, 0.7]), [1.0, 1.0]);
        assert_eq!(holm(&[0.2]), [0.2]);
        assert!(holm(&[]).is_empty());
    }
}
