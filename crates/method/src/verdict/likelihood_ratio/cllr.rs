//! The cost of likelihood ratios, which punishes those that mislead by how far they do.

use std::f64::consts::LN_2;

/// The log-likelihood-ratio cost of members' and hold-outs' natural-logarithmic ratios, in bits: 0 is
/// perfect, 1 is what a ratio of 1 for every work costs, and there is no upper end (Brümmer and du Preez,
/// "Application-independent evaluation of speaker detection", Computer Speech & Language 20, 2006).
/// Neither class may be empty.
pub fn cllr(members: &[f64], hold_outs: &[f64]) -> f64 {
    let mean = |logs: &[f64], sign: f64| {
        let costs = logs.iter().map(|log| softplus(sign * log));
        costs.sum::<f64>() / logs.len() as f64
    };
    (mean(members, -1.0) + mean(hold_outs, 1.0)) / (2.0 * LN_2)
}

/// ln(1 + eˣ) for any x.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

#[cfg(test)]
mod tests {
    use super::cllr;

    #[test]
    fn ratios_of_one_cost_one_bit_and_misleading_ones_more() {
        assert!((cllr(&[0.0; 3], &[0.0; 4]) - 1.0).abs() < 1e-15);
        assert!(cllr(&[690.0], &[-690.0]) < 1e-12);
        assert!((cllr(&[-690.0], &[690.0]) - 690.0 / 2.0_f64.ln()).abs() < 1e-9);
    }
}
