//! Attention that never holds the full matrix: queries and keys meet in blocks that stay in the
//! second-level cache, with a running maximum and sum (the online softmax). The backward pass
//! rebuilds each block from the row's log-sum-exp, so only that, the result and the inputs are kept
//! (Dao et al. 2022).
//!
//! Arrays are `[tokens, heads·width]`; a head is a band of columns.

use super::matmul::{Product, Strided};
use super::pool::Pool;
use super::simd::{dot, exp, max, sum_of, vectorised};
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

/// What the backward pass needs besides the inputs.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
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

    fn scale(&self) -> f32 {
        1.0 / (self.width as f32).sqrt()
    }

    /// softmax(q·kᵀ/√width)·v for every head. `out`: `[queries, heads·width]`; `log_sum`:
    /// `[heads, queries]`.
    pub fn forward(&self, out: &mut [f32], log_sum: &mut [f32], inputs: Inputs, pool: &Pool) {
        let mut by_head = pool.take_zeroed(self.queries * self.channels());
        by_head
            .chunks_mut(self.queries * self.width)
            .zip(log_sum.chunks_mut(self.queries))
            .enumerate()
            .flat_map(|(head, (sum, log_sum))| {
                let sums = sum.chunks_mut(QUERIES * self.width);
                let blocks = sums.zip(log_sum.chunks_mut(QUERIES)).enumerate();
                blocks.map(move |(block, (sum, log_sum))| Rows {
                    shape: self,
                    inputs,
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
        outcome: Outcome,
        pool: &Pool,
    ) {
        let part_len =
            (self.keys.div_ceil(PARTS).next_multiple_of(64)).clamp(128, self.keys.max(128));
        let parts = self.keys.div_ceil(part_len);
        let products = self.row_products(outcome);
        // Each part of the keys adds to the gradient of all queries: it does so in an array of its
        // own, and the arrays are added in order.
        let mut query = pool.take(parts * self.queries * self.channels());
        let size = if key_value.is_some() {
            self.keys * self.channels()
        } else {
            0
        };
        let (mut key, mut value) = (pool.take(size), pool.take(size));
        let place = part_len.min(self.keys) * self.width;
        let per_head = self.keys * self.width;
        let mut keys = key
            .chunks_mut(per_head)
            .flat_map(|head| head.chunks_mut(place));
        let mut values = value
            .chunks_mut(per_head)
            .flat_map(|head| head.chunks_mut(place));
        query
            .chunks_mut(self.queries * self.width)
            .enumerate()
            .map(|(index, query)| {
                let (head, first) = (index / parts, index % parts * part_len);
                let task = Keys {
                    shape: self,
                    inputs,
                    outcome,
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
                        let at = ((head * parts + i) * tokens + token) * self.width;
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
    fn row_products(&self, outcome: Outcome) -> Vec<f32> {
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
                            &outcome.result[at..at + self.width],
                            &outcome.gradient[at..at + self.width],
                        );
                    }
                });
            });
        products
    }
}

/// One head's forward pass over one block of queries.
struct Rows<'a> {
    shape: &'a Attention,
    inputs: Inputs<'a>,
    first: usize,
    head: usize,
    /// Σ exp(score − maximum)·value so far, `[n, width]`; in the end the result.
    sum: &'a mut [f32],
    /// `[n]`.
    log_sum: &'a mut [f32],
}

impl Rows<'_> {
    fn attend(&mut self, pool: &Pool) {
        let n = self.log_sum.len();
        let visible = if self.shape.causal {
            self.shape.keys.min(self.first + n)
        } else {
            self.shape.keys
        };
        let mut scores = pool.take(n * KEYS.min(visible));
        let mut running = vec![(f32::NEG_INFINITY, 0.0); n];
        for key in (0..visible).step_by(KEYS) {
            let m = KEYS.min(visible - key);
            self.attend_to(&mut scores[..n * m], &mut running, key);
        }
        let width = self.shape.width;
        for (row, (maximum, total)) in running.into_iter().enumerate() {
            self.log_sum[row] = maximum + total.ln();
            let scale = 1.0 / total;
            let sum = &mut self.sum[row * width..][..width];
            sum.iter_mut().for_each(|v| *v *= scale);
        }
    }

    /// One block of keys; `running` holds each row's maximum and its sum of exponentials so far.
    fn attend_to(&mut self, scores: &mut [f32], running: &mut [(f32, f32)], key: usize) {
        let (width, channels) = (self.shape.width, self.shape.channels());
        let (n, m) = (running.len(), scores.len() / running.len());
        let column = self.head * width;
        let query = Strided::rows(
            &self.inputs.query[self.first * channels + column..],
            channels,
        );
        let keys = Strided::transposed(&self.inputs.key[key * channels + column..], channels);
        let values = Strided::rows(&self.inputs.value[key * channels + column..], channels);
        Product::new(n, m, width)
            .scaled(self.shape.scale())
            .run(scores, m, query, keys);
        if self.shape.causal {
            hide_future(scores, m, self.first, key);
        }
        let sums = &mut *self.sum;
        vectorised(|| {
            for (row, (scores, (maximum, total))) in
                scores.chunks_exact_mut(m).zip(running).enumerate()
            {
                let top = max(scores).max(*maximum);
                let shrink = exp(*maximum - top);
                scores.iter_mut().for_each(|s| *s = exp(*s - top));
                *total = *total * shrink + sum_of(scores, |v| v);
                *maximum = top;
                let sum = &mut sums[row * width..][..width];
                sum.iter_mut().for_each(|v| *v *= shrink);
            }
        });
        Product::new(n, width, m).accumulating().run(
            self.sum,
            width,
            Strided::rows(scores, m),
            values,
        );
    }
}

/// Scores of keys that lie after their query become −∞. Never a whole row: a query sees itself.
fn hide_future(scores: &mut [f32], m: usize, first_query: usize, first_key: usize) {
    for (row, scores) in scores.chunks_exact_mut(m).enumerate() {
        let visible = (first_query + row + 1).saturating_sub(first_key).min(m);
        scores[visible..].fill(f32::NEG_INFINITY);
    }
}

/// One head's backward pass over one part of its keys.
struct Keys<'a> {
    shape: &'a Attention,
    inputs: Inputs<'a>,
    outcome: Outcome<'a>,
    /// Σ result·gradient of each query.
    products: &'a [f32],
    head: usize,
    first: usize,
    len: usize,
}

impl Keys<'_> {
    /// `query`: this part's `[queries, width]`, overwritten; key and value: `[len, width]` each.
    fn backward(
        &self,
        query: &mut [f32],
        key_value: Option<(&mut [f32], &mut [f32])>,
        pool: &Pool,
    ) {
        let Attention { queries, width, .. } = *self.shape;
        let block = KEYS / 2;
        let mut weights = pool.take(QUERIES * block);
        let mut slopes = pool.take(QUERIES * block);
        let mut key_value = key_value;
        for first in (0..queries).step_by(QUERIES) {
            let n = QUERIES.min(queries - first);
            for key in (0..self.len).step_by(block) {
                let m = block.min(self.len - key);
                let (p, ds) = (&mut weights[..n * m], &mut slopes[..n * m]);
                self.weights_and_slopes(p, ds, first, self.first + key, m);
                let mut product = Product::new(n, width, m);
                product.accumulate = key > 0;
                let keys = self.rows(self.inputs.key, self.first + key);
                product.run(
                    &mut query[first * width..],
                    width,
                    Strided::rows(ds, m),
                    keys,
                );
                if let Some((keys, values)) = &mut key_value {
                    let mut product = Product::new(m, width, n);
                    product.accumulate = first > 0;
                    let (keys, values) = (&mut keys[key * width..], &mut values[key * width..]);
                    let queries = self.rows(self.inputs.query, first);
                    product.run(keys, width, Strided::transposed(ds, m), queries);
                    let gradient = self.rows(self.outcome.gradient, first);
                    product.run(values, width, Strided::transposed(p, m), gradient);
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
        let (width, scale) = (self.shape.width, self.shape.scale());
        let n = p.len() / m;
        let query = self.rows(self.inputs.query, first);
        let product = Product::new(n, m, width);
        let keys = self.columns(self.inputs.key, key);
        product.scaled(scale).run(p, m, query, keys);
        if self.shape.causal {
            hide_future(p, m, first, key);
        }
        let values = self.columns(self.inputs.value, key);
        product.run(ds, m, self.rows(self.outcome.gradient, first), values);
        let log_sum = &self.outcome.log_sum[self.head * self.shape.queries + first..][..n];
        vectorised(|| {
            for (row, (p, ds)) in p
                .chunks_exact_mut(m)
                .zip(ds.chunks_exact_mut(m))
                .enumerate()
            {
                let (log_sum, mean) = (log_sum[row], self.products[first + row]);
                for (p, ds) in p.iter_mut().zip(ds) {
                    *p = exp(*p - log_sum);
                    *ds = *p * (*ds - mean) * scale;
                }
            }
        });
    }

    fn rows<'b>(&self, x: &'b [f32], first: usize) -> Strided<'b> {
        let channels = self.shape.channels();
        Strided::rows(
            &x[first * channels + self.head * self.shape.width..],
            channels,
        )
    }

    fn columns<'b>(&self, x: &'b [f32], first: usize) -> Strided<'b> {
        let channels = self.shape.channels();
        Strided::transposed(
            &x[first * channels + self.head * self.shape.width..],
            channels,
        )
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
        let outcome = Outcome {
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
        a.backward(dq, Some(wanted), inputs, outcome, &pool);
        let mut alone = vec![f32::NAN; q.len()];
        a.backward(&mut alone, None, inputs, outcome, &pool);
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
