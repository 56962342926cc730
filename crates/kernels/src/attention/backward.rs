//! The backward pass of one head over one part of its keys: each block of weights is rebuilt from the
//! log-sum-exp of its rows.

use super::softmax::Slopes;
use super::{Attention, ForwardPass, Inputs, KEYS, QUERIES, hide_future};
use crate::outer_product::{LANES, Left, OuterProduct};
use crate::pool::{Buffer, Pool};
use pulp::Arch;

/// The inputs of a backward pass by head, as its products take them.
pub(super) struct Packed {
    /// `[heads, width, keys]`.
    pub(super) scaled_keys: Buffer,
    pub(super) values: Buffer,
    /// `[heads, tokens, padded]`.
    pub(super) keys: Buffer,
    pub(super) queries: Buffer,
    pub(super) gradients: Buffer,
}

/// One head's backward pass over one part of its keys.
pub(super) struct Keys<'a> {
    pub(super) packed: &'a Packed,
    pub(super) shape: &'a Attention,
    pub(super) inputs: Inputs<'a>,
    pub(super) forward: ForwardPass<'a>,
    /// Σ result·gradient of each query.
    pub(super) products: &'a [f32],
    pub(super) head: usize,
    pub(super) first: usize,
    pub(super) len: usize,
}

impl Keys<'_> {
    /// `query`: this part's `[queries, padded]`, overwritten; key and value: `[len, padded]` each.
    pub(super) fn backward(
        &self,
        query: &mut [f32],
        key_value: Option<(&mut [f32], &mut [f32])>,
        pool: &Pool,
    ) {
        let (queries, width) = (self.shape.queries, self.shape.padded());
        let block = KEYS / 2;
        let mut weights = pool.take(QUERIES * block);
        let mut slopes = pool.take(QUERIES * block);
        let mut key_value = key_value;
        for first in (0..queries).step_by(QUERIES) {
            let n = QUERIES.min(queries - first);
            for key in (0..self.len).step_by(block) {
                let m = block.min(self.len - key);
                let columns = m.next_multiple_of(LANES);
                let (p, ds) = (&mut weights[..n * columns], &mut slopes[..n * columns]);
                self.weights_and_slopes(p, ds, first, self.first + key, m);
                let product = |left, right, rows, depth, accumulate| OuterProduct {
                    left,
                    right,
                    right_pitch: width,
                    rows,
                    depth,
                    columns: width,
                    accumulate,
                };
                let keys = self.of_head(&self.packed.keys, self.first + key);
                product(Left::Rows(ds, columns), keys, n, m, key > 0)
                    .run(&mut query[first * width..], width);
                if let Some((keys, values)) = &mut key_value {
                    let (keys, values) = (&mut keys[key * width..], &mut values[key * width..]);
                    let queries = self.of_head(&self.packed.queries, first);
                    product(Left::Columns(ds, columns), queries, m, n, first > 0).run(keys, width);
                    let gradients = self.of_head(&self.packed.gradients, first);
                    product(Left::Columns(p, columns), gradients, m, n, first > 0)
                        .run(values, width);
                }
            }
        }
    }

    /// The softmax weights of a block of queries and keys, and the gradient at its scores.
    fn weights_and_slopes(
        &self,
        p: &mut [f32],
        ds: &mut [f32],
        first: usize,
        key: usize,
        m: usize,
    ) {
        let (channels, scale) = (self.shape.channels(), self.shape.scale());
        let columns = m.next_multiple_of(LANES);
        let n = p.len() / columns;
        let pitch = self.shape.keys.next_multiple_of(LANES);
        let at = first * channels + self.head * self.shape.width;
        let product = |left: &[f32], right: &Buffer, out: &mut [f32]| {
            OuterProduct {
                left: Left::Rows(&left[at..], channels),
                right: &right[self.head * self.shape.width * pitch + key..],
                right_pitch: pitch,
                rows: n,
                depth: self.shape.width,
                columns,
                accumulate: false,
            }
            .run(out, columns);
        };
        product(self.inputs.query, &self.packed.scaled_keys, p);
        product(self.forward.gradient, &self.packed.values, ds);
        if self.shape.causal {
            hide_future(p, columns, m, first, key);
        }
        let log_sum = &self.forward.log_sum[self.head * self.shape.queries + first..][..n];
        Arch::new().dispatch(Slopes {
            weights: p,
            slopes: ds,
            columns,
            log_sum,
            products: &self.products[first..][..n],
            scale,
        });
    }

    /// This head's rows of a packed array, from `token` on.
    fn of_head<'b>(&self, packed: &'b Buffer, token: usize) -> &'b [f32] {
        let per_head = packed.len() / self.shape.heads;
        &packed[self.head * per_head + token * self.shape.padded()..]
    }
}
