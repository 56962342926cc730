//! Attention that never holds the full matrix: queries and keys meet in blocks that stay in the
//! second-level cache, with a running maximum and sum (the online softmax). The backward pass
//! rebuilds each block from the row's log-sum-exp, so only that, the result and the inputs are kept
//! (Dao et al. 2022).
//!
//! Arrays are `[tokens, heads·width]`; a head is a band of columns.

mod backward;
mod forward;
mod softmax;

use super::outer_product::LANES;
use super::pool::{Buffer, Pool};
use super::simd::{dot, vectorised};
use backward::{Keys, Packed};
use forward::Rows;
use rayon::prelude::*;

/// Queries and keys of one block.
const QUERIES: usize = 128;
const KEYS: usize = 512;
/// Parts into which the keys of a head are cut in the backward pass, so that heads × parts keeps
/// many cores busy.
const PARTS: usize = 4;

/// The shape of an attention: `queries` and `keys` tokens, `heads` bands of `width` columns.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    pub queries: usize,
    pub keys: usize,
    pub heads: usize,
    pub width: usize,
    /// A query sees only keys up to its own place (the text encoder).
    pub causal: bool,
}

/// The three inputs.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// `[queries, heads·width]`.
    pub query: &'a [f32],
    /// `[keys, heads·width]`.
    pub key: &'a [f32],
    /// `[keys, heads·width]`.
    pub value: &'a [f32],
}

/// The results of the forward pass and their gradient: the backward pass's other input.
#[derive(Clone, Copy)]
pub struct ForwardPass<'a> {
    /// The forward result, `[queries, heads·width]`.
    pub result: &'a [f32],
    /// The log of each row's sum of exponentials, `[heads, queries]`.
    pub log_sum: &'a [f32],
    /// The gradient of the result.
    pub gradient: &'a [f32],
}

/// Gradients with respect to key and value, where they are wanted.
pub struct KeyValue<'a> {
    pub key: &'a mut [f32],
    pub value: &'a mut [f32],
}

impl Attention {
    fn channels(&self) -> usize {
        self.heads * self.width
    }

    /// A head's columns as the products take them.
    fn padded(&self) -> usize {
        self.width.next_multiple_of(LANES)
    }

    /// Every head's rows one after the other, filled up with zeros: `[heads, tokens, padded]`.
    fn by_rows(&self, x: &[f32], tokens: usize, pool: &Pool) -> Buffer {
        let padded = self.padded();
        let mut out = pool.take_zeroed(self.heads * tokens * padded);
        out.par_chunks_mut(tokens * padded)
            .enumerate()
            .for_each(|(head, out)| {
                let rows = x.chunks_exact(self.channels());
                for (cell, row) in out.chunks_exact_mut(padded).zip(rows) {
                    cell[..self.width].copy_from_slice(&row[head * self.width..][..self.width]);
                }
            });
        out
    }

    /// Every head's columns one after the other, times `factor`: `[heads, width, keys]`, the keys
    /// filled up with zeros.
    fn by_columns(&self, x: &[f32], factor: f32, pool: &Pool) -> Buffer {
        let pitch = self.keys.next_multiple_of(LANES);
        let mut out = pool.take_zeroed(self.heads * self.width * pitch);
        out.par_chunks_mut(self.width * pitch)
            .enumerate()
            .for_each(|(head, out)| {
                for (key, row) in x.chunks_exact(self.channels()).enumerate() {
                    let row = &row[head * self.width..][..self.width];
                    for (c, value) in row.iter().enumerate() {
                        out[c * pitch + key] = value * factor;
                    }
                }
            });
        out
    }

    fn debug_assert_fits(&self, inputs: Inputs) {
        debug_assert_eq!(inputs.query.len(), self.queries * self.channels());
        debug_assert_eq!(inputs.key.len(), self.keys * self.channels());
        debug_assert_eq!(inputs.value.len(), self.keys * self.channels());
    }

    fn scale(&self) -> f32 {
        1.0 / (self.width as f32).sqrt()
    }

    /// softmax(q·kᵀ/√width)·v for every head. `out`: `[queries, heads·width]`; `log_sum`:
    /// `[heads, queries]`.
    pub fn forward(&self, out: &mut [f32], log_sum: &mut [f32], inputs: Inputs, pool: &Pool) {
        self.debug_assert_fits(inputs);
        debug_assert_eq!(out.len(), self.queries * self.channels());
        debug_assert_eq!(log_sum.len(), self.heads * self.queries);
        let keys = self.by_columns(inputs.key, self.scale(), pool);
        let values = self.by_rows(inputs.value, self.keys, pool);
        let mut by_head = pool.take_zeroed(self.heads * self.queries * self.padded());
        by_head
            .chunks_mut(self.queries * self.padded())
            .zip(log_sum.chunks_mut(self.queries))
            .enumerate()
            .flat_map(|(head, (sum, log_sum))| {
                let sums = sum.chunks_mut(QUERIES * self.padded());
                let keys = &keys[head * (keys.len() / self.heads)..];
                let values = &values[head * (values.len() / self.heads)..];
                let blocks = sums.zip(log_sum.chunks_mut(QUERIES)).enumerate();
                blocks.map(move |(block, (sum, log_sum))| Rows {
                    shape: self,
                    query: inputs.query,
                    keys,
                    values,
                    first: block * QUERIES,
                    head,
                    sum,
                    log_sum,
                })
            })
            .collect::<Vec<_>>()
            .into_par_iter()
            .with_max_len(1)
            .for_each(|mut rows| rows.attend(pool));
        self.interleave(out, &by_head, self.queries, 1);
    }

    /// Gradients with respect to the query (`out`) and, if wanted, key and value.
    pub fn backward(
        &self,
        out: &mut [f32],
        key_value: Option<KeyValue>,
        inputs: Inputs,
        forward: ForwardPass,
        pool: &Pool,
    ) {
        self.debug_assert_fits(inputs);
        debug_assert_eq!(out.len(), inputs.query.len());
        debug_assert_eq!(forward.result.len(), inputs.query.len());
        debug_assert_eq!(forward.gradient.len(), inputs.query.len());
        debug_assert_eq!(forward.log_sum.len(), self.heads * self.queries);
        let part_len =
            (self.keys.div_ceil(PARTS).next_multiple_of(64)).clamp(128, self.keys.max(128));
        let parts = self.keys.div_ceil(part_len);
        let products = self.row_products(forward);
        // Each part of the keys adds to the gradient of all queries: it does so in an array of its
        // own, and the arrays are added in order.
        let packed = Packed {
            scaled_keys: self.by_columns(inputs.key, self.scale(), pool),
            keys: self.by_rows(inputs.key, self.keys, pool),
            values: self.by_columns(inputs.value, 1.0, pool),
            queries: self.by_rows(inputs.query, self.queries, pool),
            gradients: self.by_rows(forward.gradient, self.queries, pool),
        };
        let padded = self.padded();
        let mut query = pool.take(self.heads * parts * self.queries * padded);
        let size = if key_value.is_some() {
            self.keys * self.heads * padded
        } else {
            0
        };
        let (mut key, mut value) = (pool.take(size), pool.take(size));
        let place = part_len.min(self.keys) * padded;
        let per_head = self.keys * padded;
        let mut keys = key
            .chunks_mut(per_head)
            .flat_map(|head| head.chunks_mut(place));
        let mut values = value
            .chunks_mut(per_head)
            .flat_map(|head| head.chunks_mut(place));
        query
            .chunks_mut(self.queries * padded)
            .enumerate()
            .map(|(index, query)| {
                let (head, first) = (index / parts, index % parts * part_len);
                let task = Keys {
                    shape: self,
                    inputs,
                    forward,
                    packed: &packed,
                    products: &products[head * self.queries..][..self.queries],
                    head,
                    first,
                    len: part_len.min(self.keys - first),
                };
                (task, query, keys.next().zip(values.next()))
            })
            .collect::<Vec<_>>()
            .into_par_iter()
            .with_max_len(1)
            .for_each(|(task, query, key_value)| task.backward(query, key_value, pool));
        drop((keys, values));
        self.interleave(out, &query, self.queries, parts);
        if let Some(wanted) = key_value {
            self.interleave(wanted.key, &key, self.keys, 1);
            self.interleave(wanted.value, &value, self.keys, 1);
        }
    }

    /// `[heads, parts, tokens, width]` → `[tokens, heads·width]`, the parts added in order.
    fn interleave(&self, out: &mut [f32], by_head: &[f32], tokens: usize, parts: usize) {
        out.par_chunks_mut(self.channels())
            .with_min_len(16)
            .enumerate()
            .for_each(|(token, row)| {
                for (head, cell) in row.chunks_exact_mut(self.width).enumerate() {
                    let part = |i| {
                        let at = ((head * parts + i) * tokens + token) * self.padded();
                        &by_head[at..at + self.width]
                    };
                    cell.copy_from_slice(part(0));
                    for i in 1..parts {
                        cell.iter_mut().zip(part(i)).for_each(|(sum, v)| *sum += v);
                    }
                }
            });
    }

    /// Σ over a head's columns of result·gradient, for each query: `[heads, queries]`.
    fn row_products(&self, forward: ForwardPass) -> Vec<f32> {
        let channels = self.channels();
        let mut products = vec![0.0; self.heads * self.queries];
        products
            .par_chunks_mut(self.queries)
            .enumerate()
            .for_each(|(head, products)| {
                vectorised(|| {
                    for (query, product) in products.iter_mut().enumerate() {
                        let at = query * channels + head * self.width;
                        *product = dot(
                            &forward.result[at..at + self.width],
                            &forward.gradient[at..at + self.width],
                        );
                    }
                });
            });
        products
    }
}

/// Scores of keys that lie after their query become −∞. Never a whole row: a query sees itself.
fn hide_future(scores: &mut [f32], columns: usize, m: usize, first_query: usize, first_key: usize) {
    for (row, scores) in scores.chunks_exact_mut(columns).enumerate() {
        let visible = (first_query + row + 1).saturating_sub(first_key).min(m);
        scores[visible..].fill(f32::NEG_INFINITY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        (0..n)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 22) as f32 - 2.0
            })
            .collect()
    }

    /// The definition, in f64, as a function of all three inputs.
    fn by_definition(a: &Attention, q: &[f32], k: &[f32], v: &[f32]) -> Vec<f64> {
        let channels = a.channels();
        let mut out = vec![0.0; a.queries * channels];
        for head in 0..a.heads {
            let column = head * a.width;
            for i in 0..a.queries {
                let seen = if a.causal {
                    (i + 1).min(a.keys)
                } else {
                    a.keys
                };
                let scores: Vec<f64> = (0..seen)
                    .map(|j| {
                        (0..a.width)
                            .map(|c| {
                                let c = column + c;
                                f64::from(q[i * channels + c]) * f64::from(k[j * channels + c])
                            })
                            .sum::<f64>()
                            / (a.width as f64).sqrt()
                    })
                    .collect();
                let top = scores.iter().copied().fold(f64::MIN, f64::max);
                let total: f64 = scores.iter().map(|s| (s - top).exp()).sum();
                for (j, s) in scores.iter().enumerate() {
                    for c in column..column + a.width {
                        let weight = (s - top).exp() / total;
                        out[i * channels + c] += weight * f64::from(v[j * channels + c]);
                    }
                }
            }
        }
        out
    }

    fn check(a: Attention) {
        let channels = a.channels();
        let q = noise(a.queries * channels, 1);
        let (k, v) = (noise(a.keys * channels, 2), noise(a.keys * channels, 3));
        let gradient = noise(q.len(), 4);
        let pool = Pool::new();
        let inputs = Inputs {
            query: &q,
            key: &k,
            value: &v,
        };
        let mut out = vec![f32::NAN; q.len()];
        let mut log_sum = vec![f32::NAN; a.heads * a.queries];
        a.forward(&mut out, &mut log_sum, inputs, &pool);
        for (x, e) in out.iter().zip(by_definition(&a, &q, &k, &v)) {
            assert!((f64::from(*x) - e).abs() < 3e-6, "{x} {e}");
        }
        let forward = ForwardPass {
            result: &out,
            log_sum: &log_sum,
            gradient: &gradient,
        };
        let mut got = [
            vec![f32::NAN; q.len()],
            vec![f32::NAN; k.len()],
            vec![f32::NAN; v.len()],
        ];
        let [dq, dk, dv] = &mut got;
        let wanted = KeyValue { key: dk, value: dv };
        a.backward(dq, Some(wanted), inputs, forward, &pool);
        let mut alone = vec![f32::NAN; q.len()];
        a.backward(&mut alone, None, inputs, forward, &pool);
        assert_eq!(alone, got[0]);
        // Central differences of ⟨out, gradient⟩ in f64, at a few places of each input.
        let value = |x: [&[f32]; 3]| -> f64 {
            let out = by_definition(&a, x[0], x[1], x[2]);
            out.iter()
                .zip(&gradient)
                .map(|(o, g)| o * f64::from(*g))
                .sum()
        };
        let all = [q, k, v];
        for which in 0..3 {
            for at in (0..all[which].len()).step_by(all[which].len() / 5) {
                let moved = |by: f32| {
                    let mut x = all.clone();
                    x[which][at] += by;
                    let step = f64::from(x[which][at]) - f64::from(all[which][at]);
                    (value([&x[0], &x[1], &x[2]]), step)
                };
                let ((up, high), (down, low)) = (moved(1e-3), moved(-1e-3));
                let slope = (up - down) / (high - low);
                let found = f64::from(got[which][at]);
                assert!(
                    (found - slope).abs() < 2e-5 * (1.0 + slope.abs()),
                    "{found} {slope}"
                );
            }
        }
    }

    #[test]
    fn blocks_join_to_the_definition_and_its_gradient() {
        let shape = Attention {
            queries: 150,
            keys: 600,
            heads: 2,
            width: 5,
            causal: false,
        };
        check(shape);
        check(Attention {
            queries: 7,
            keys: 3,
            heads: 3,
            width: 4,
            ..shape
        });
    }

    #[test]
    fn a_causal_query_sees_only_the_past() {
        check(Attention {
            queries: 150,
            keys: 150,
            heads: 2,
            width: 6,
            causal: true,
        });
    }
}
