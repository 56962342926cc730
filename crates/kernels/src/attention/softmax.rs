//! The row-wise parts of attention: scores to exponentials, and the gradient at the scores.

use crate::simd::{exp, exp_lanes};
use pulp::{Simd, WithSimd};

/// One step of the online softmax for a block of scores: they become exp(score − maximum), and what
/// was summed under the old maximum shrinks to the new one.
pub(super) struct Soften<'a> {
    /// `[rows, columns]`; a hidden score is −∞.
    pub(super) scores: &'a mut [f32],
    pub(super) columns: usize,
    /// Each row's maximum and sum of exponentials so far.
    pub(super) running: &'a mut [(f32, f32)],
    /// `[rows, width]`: Σ exponential·value so far.
    pub(super) sums: &'a mut [f32],
    pub(super) width: usize,
}

impl WithSimd for Soften<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let rows = self.scores.chunks_exact_mut(self.columns);
        let sums = self.sums.chunks_exact_mut(self.width);
        for ((scores, sums), (maximum, total)) in rows.zip(sums).zip(self.running) {
            let (scores, _) = S::as_mut_simd_f32s(scores);
            let (fours, rest) = scores.as_chunks::<4>();
            let mut tops = [simd.splat_f32s(*maximum); 4];
            for four in fours {
                for (top, score) in tops.iter_mut().zip(four) {
                    *top = simd.max_f32s(*top, *score);
                }
            }
            for score in rest {
                tops[0] = simd.max_f32s(tops[0], *score);
            }
            let [a, b, c, d] = tops;
            let top = simd.max_f32s(simd.max_f32s(a, b), simd.max_f32s(c, d));
            let top = simd.reduce_max_f32s(top);
            let shrink = exp(*maximum - top);
            let top_lanes = simd.splat_f32s(top);
            let mut sum = simd.splat_f32s(0.0);
            for score in scores {
                *score = exp_lanes(simd, simd.sub_f32s(*score, top_lanes));
                sum = simd.add_f32s(sum, *score);
            }
            *total = *total * shrink + simd.reduce_sum_f32s(sum);
            *maximum = top;
            if shrink != 1.0 {
                let shrink = simd.splat_f32s(shrink);
                for value in S::as_mut_simd_f32s(sums).0 {
                    *value = simd.mul_f32s(*value, shrink);
                }
            }
        }
    }
}

/// Scores and the weights' gradients of a block become softmax weights p and the scores' gradients
/// p·(gradient − row product)·scale.
pub(super) struct Slopes<'a> {
    /// `[rows, columns]`: scores, then weights.
    pub(super) weights: &'a mut [f32],
    /// `[rows, columns]`: the weights' gradients, then the scores'.
    pub(super) slopes: &'a mut [f32],
    pub(super) columns: usize,
    /// Each row's log-sum-exp, and its Σ result·gradient.
    pub(super) log_sum: &'a [f32],
    pub(super) products: &'a [f32],
    pub(super) scale: f32,
}

impl WithSimd for Slopes<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let weights = self.weights.chunks_exact_mut(self.columns);
        let slopes = self.slopes.chunks_exact_mut(self.columns);
        let rows = self.log_sum.iter().zip(self.products);
        let scale = simd.splat_f32s(self.scale);
        for ((weights, slopes), (log_sum, product)) in weights.zip(slopes).zip(rows) {
            let (log_sum, product) = (simd.splat_f32s(*log_sum), simd.splat_f32s(*product));
            let slopes = S::as_mut_simd_f32s(slopes).0;
            for (weight, slope) in S::as_mut_simd_f32s(weights).0.iter_mut().zip(slopes) {
                *weight = exp_lanes(simd, simd.sub_f32s(*weight, log_sum));
                let scaled = simd.mul_f32s(*weight, scale);
                *slope = simd.mul_f32s(scaled, simd.sub_f32s(*slope, product));
            }
        }
    }
}
