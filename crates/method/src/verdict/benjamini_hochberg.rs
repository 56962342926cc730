//! Several works tested at once, with another promise than Holm's: of the works that are called, how many are called
//! wrongly. It loses less where many works were used.

use super::stepwise::stepwise;

/// The p-values corrected for their number, in the order given, each at most 1, no less than before and no more than
/// Holm's. Of the works whose corrected value is at most a, a share of at most a is called wrongly, in expectation
/// (Benjamini and Hochberg, "Controlling the false discovery rate", J. R. Statist. Soc. B 57, 1995). Ranks among the
/// same controls depend on one another in the way that this allows (Bates, Candès, Lei, Romano and Sesia, "Testing for
/// outliers with conformal p-values", Ann. Statist. 51, 2023).
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let all = p_values.len();
    let mut least: f64 = 1.0;
    let descending = |a: &f64, b: &f64| b.total_cmp(a);
    stepwise(p_values, descending, |greater, p| {
        least = least.min(p * all as f64 / (all - greater) as f64);
        least
    })
}

#[cfg(test)]
mod tests {
    use super::benjamini_hochberg;

    #[test]
    fn values_are_those_of_another_implementation() {
        // R: p.adjust(c(0.04, 0.01, 0.03, 0.5), "BH").
        let found = benjamini_hochberg(&[0.04, 0.01, 0.03, 0.5]);
        let expected = [0.16 / 3.0, 0.04, 0.16 / 3.0, 0.5];
        let near = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-15;
        assert!(found.iter().zip(&expected).all(near), "{found:?}");
        assert_eq!(benjamini_hochberg(&[0.2]), [0.2]);
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
