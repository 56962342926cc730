//! The forward pass of one head over one block of queries: the online softmax.

use super::softmax::Soften;
use super::{Attention, KEYS, hide_future};
use crate::outer_product::{LANES, Left, OuterProduct};
use crate::pool::Pool;
use pulp::Arch;

/// One head's forward pass over one block of queries.
pub(super) struct Rows<'a> {
    pub(super) shape: &'a Attention,
    pub(super) query: &'a [f32],
    /// This head's keys, `[width, keys]`, and values, `[keys, padded]`.
    pub(super) keys: &'a [f32],
    pub(super) values: &'a [f32],
    pub(super) first: usize,
    pub(super) head: usize,
    /// Σ exp(score − maximum)·value so far, `[n, padded]`; in the end the result.
    pub(super) sum: &'a mut [f32],
    /// `[n]`.
    pub(super) log_sum: &'a mut [f32],
}

impl Rows<'_> {
    pub(super) fn attend(&mut self, pool: &Pool) {
        let n = self.log_sum.len();
        let visible = if self.shape.causal {
            self.shape.keys.min(self.first + n)
        } else {
            self.shape.keys
        };
        let mut scores = pool.take(n * KEYS);
        let mut running = vec![(f32::NEG_INFINITY, 0.0); n];
        for key in (0..visible).step_by(KEYS) {
            let m = KEYS.min(visible - key);
            self.attend_to(&mut scores, &mut running, key, m);
        }
        let width = self.shape.padded();
        for (row, (maximum, total)) in running.into_iter().enumerate() {
            self.log_sum[row] = maximum + total.ln();
            let scale = 1.0 / total;
            let sum = &mut self.sum[row * width..][..width];
            sum.iter_mut().for_each(|v| *v *= scale);
        }
    }

    /// One block of keys; `running` holds each row's maximum and its sum of exponentials so far.
    fn attend_to(&mut self, scores: &mut [f32], running: &mut [(f32, f32)], key: usize, m: usize) {
        let (channels, width) = (self.shape.channels(), self.shape.padded());
        let (n, columns) = (running.len(), m.next_multiple_of(LANES));
        let query = &self.query[self.first * channels + self.head * self.shape.width..];
        OuterProduct {
            left: Left::Rows(query, channels),
            right: &self.keys[key..],
            right_pitch: self.shape.keys.next_multiple_of(LANES),
            rows: n,
            depth: self.shape.width,
            columns,
            accumulate: false,
        }
        .run(scores, columns);
        if self.shape.causal {
            hide_future(&mut scores[..n * columns], columns, m, self.first, key);
        }
        // Columns without a key.
        for row in scores.chunks_exact_mut(columns).take(n) {
            row[m..].fill(f32::NEG_INFINITY);
        }
        Arch::new().dispatch(Soften {
            scores: &mut scores[..n * columns],
            columns,
            running,
            sums: self.sum,
            width,
        });
        OuterProduct {
            left: Left::Rows(scores, columns),
            right: &self.values[key * width..],
            right_pitch: width,
            rows: n,
            depth: m,
            columns: width,
            accumulate: true,
        }
        .run(self.sum, width);
    }
}
