//! Products of a weight with few rows, as in the coarse levels of the noise predictor: 16 to 512
//! positions meet a weight of millions of values. A general matrix product first copies the weight
//! into an order that suits it, which there costs as much as the product itself. Here the weight is
//! read once, where it lies or in blocks ([`packed_weight`](super::packed_weight)), and only the few rows are
//! rearranged.
//!
//! Forward (`x·Wᵀ`): vectors run along the rows of `x`, and single weights are broadcast. Backward
//! (`g·W`): vectors run along the rows of `W`, and single gradients are broadcast.

use super::packed_weight::{BAND, Layout};
use super::pool::Pool;
use super::simd::prefetch;
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

/// From this number of rows on, a general matrix product is as fast.
const MANY: usize = 513;
/// Products smaller than this are not worth rearranging anything for.
const LITTLE_WORK: usize = 1 << 16;
/// Rows of `x` side by side in a panel, at most; a multiple of every vector's length.
pub const PANEL: usize = 64;
/// The longest vector.
const LANES: usize = 16;
/// Values of one cache line.
const LINE: usize = 16;
/// Outputs (forward) of one task, and fewer where the threads would be left without work: multiples of
/// every tile. Each strip reads all of `x` again.
const STRIP: usize = 96;
const NARROW_STRIP: usize = 48;
/// Inputs (forward) of `x` that one task rearranges: whole kernels of a convolution.
const PIECE: usize = 9 * 64;
/// Outputs (backward) taken at a time: with a band of inputs they fit the nearest cache.
const BLOCK: usize = 64;

/// True for a product of `rows` rows that this module is for.
pub fn suits(rows: usize, inputs: usize, outputs: usize) -> bool {
    rows < MANY && inputs.min(outputs) >= 64 && inputs * outputs >= LITTLE_WORK
}

/// Some inputs of some rows of `x` side by side: input `from + k` of row `first + r` at `k·pitch + r`.
pub struct Panel<'a> {
    pub values: &'a mut [f32],
    pub pitch: usize,
    /// The first of its inputs, a multiple of 9.
    pub from: usize,
    /// The first of its rows, and how many there are, at most [`PANEL`].
    pub first: usize,
    pub rows: usize,
}

/// `x·Wᵀ + bias`; `out`: `[rows, outputs]`; `fill` writes a panel's part of `x`.
pub(super) fn forward(
    out: &mut [f32],
    weight: Layout,
    bias: Option<&[f32]>,
    pool: &Pool,
    fill: impl Fn(Panel) + Sync,
) {
    let Layout {
        inputs, outputs, ..
    } = weight;
    let rows = out.len() / outputs;
    let lanes = rows.next_multiple_of(LANES).min(PANEL);
    let panels = rows.div_ceil(lanes);
    let mut x = pool.take(panels * lanes * inputs);
    x.par_chunks_mut(lanes * inputs)
        .enumerate()
        .for_each(|(i, panel)| {
            let first = i * lanes;
            let rows = lanes.min(rows - first);
            let pieces = panel.par_chunks_mut(lanes * PIECE).enumerate();
            pieces.for_each(|(piece, values)| {
                if rows < lanes {
                    values.fill(0.0);
                }
                fill(Panel {
                    values,
                    pitch: lanes,
                    from: piece * PIECE,
                    first,
                    rows,
                });
            });
        });
    // [outputs, panels·lanes]: a vector of results runs along the rows.
    let mut turned = pool.take(outputs * panels * lanes);
    let strip_width = if outputs < 4 * STRIP * rayon::current_num_threads() {
        NARROW_STRIP
    } else {
        STRIP
    };
    turned
        .par_chunks_mut(strip_width * panels * lanes)
        .enumerate()
        .with_max_len(1)
        .for_each(|(strip, out)| {
            Arch::new().dispatch(Strip {
                out,
                weight,
                first: strip * strip_width,
                x: &x,
                lanes,
            });
        });
    turn(out, &turned, panels * lanes, bias);
}

/// `[outputs, pitch]` → `[rows, outputs]`, plus the bias, by squares that stay in the nearest cache.
fn turn(out: &mut [f32], turned: &[f32], pitch: usize, bias: Option<&[f32]>) {
    const SQUARE: usize = 16;
    let outputs = turned.len() / pitch;
    out.par_chunks_mut(SQUARE * outputs)
        .enumerate()
        .for_each(|(block, out)| {
            let rows = out.len() / outputs;
            for (i, columns) in turned.chunks(SQUARE * pitch).enumerate() {
                let first = i * SQUARE;
                let shift = bias.map(|bias| &bias[first..]);
                for row in 0..rows {
                    let column = columns[block * SQUARE + row..].iter().step_by(pitch);
                    let cells = out[row * outputs + first..].iter_mut();
                    match shift {
                        Some(shift) => cells
                            .zip(column.zip(shift))
                            .for_each(|(cell, (value, shift))| *cell = value + shift),
                        None => cells.zip(column).for_each(|(cell, value)| *cell = *value),
                    }
                }
            }
        });
}

/// Writes rows of a dense `[rows, inputs]` matrix into a panel: the `fill` of a linear layer. By squares
/// that stay in the nearest cache.
pub fn fill_from_rows(panel: Panel, x: &[f32], inputs: usize) {
    const SQUARE: usize = 16;
    let pitch = panel.pitch;
    let rows = &x[panel.first * inputs..][..panel.rows * inputs];
    for (band, rows) in rows.chunks(SQUARE * inputs).enumerate() {
        for (block, slots) in panel.values.chunks_mut(SQUARE * pitch).enumerate() {
            for (row, values) in rows.chunks_exact(inputs).enumerate() {
                let slots = slots[band * SQUARE + row..].iter_mut().step_by(pitch);
                let values = &values[panel.from + block * SQUARE..];
                slots.zip(values).for_each(|(slot, value)| *slot = *value);
            }
        }
    }
}

/// `g·W`: `gradient` is `[rows, outputs]`, `out` `[rows, inputs]`.
pub(super) fn backward(out: &mut [f32], gradient: &[f32], weight: Layout, pool: &Pool) {
    let Layout {
        inputs, outputs, ..
    } = weight;
    let rows = gradient.len() / outputs;
    let bands = inputs.div_ceil(BAND);
    let mut parts = pool.take(bands * rows * BAND);
    parts
        .par_chunks_mut(rows * BAND)
        .enumerate()
        .with_max_len(1)
        .for_each(|(band, out)| {
            let room = if in_place(weight, band * BAND) {
                0
            } else {
                BLOCK * BAND
            };
            let mut copy = pool.take_zeroed(room);
            Arch::new().dispatch(Columns {
                out,
                copy: &mut copy,
                gradient,
                weight,
                first: band * BAND,
            });
        });
    out.par_chunks_mut(inputs)
        .enumerate()
        .for_each(|(row, out)| {
            for (band, out) in out.chunks_mut(BAND).enumerate() {
                let at = (band * rows + row) * BAND;
                out.copy_from_slice(&parts[at..at + out.len()]);
            }
        });
}

/// True if the parts of rows in a band lie side by side, whole bands apart, so that they can be read
/// where they are.
fn in_place(weight: Layout, first: usize) -> bool {
    weight.band(first).1 == BAND
}

/// Forward: some outputs of all rows.
struct Strip<'a> {
    /// `[outputs here, panels·lanes]`.
    out: &'a mut [f32],
    weight: Layout<'a>,
    /// The first of the outputs here.
    first: usize,
    /// `[panels, inputs, lanes]`.
    x: &'a [f32],
    lanes: usize,
}

impl WithSimd for Strip<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        // Wide tiles where there are many registers; never more vectors than a panel has.
        match (S::F32_LANES, self.lanes / S::F32_LANES) {
            (16, 1) => self.run::<S, 1, 8>(simd),
            (16, 2) => self.run::<S, 2, 6>(simd),
            (16, 3) => self.run::<S, 3, 6>(simd),
            (16, _) => self.run::<S, 4, 6>(simd),
            _ => self.run::<S, 2, 6>(simd),
        }
    }
}

impl Strip<'_> {
    #[inline(always)]
    fn run<S: Simd, const V: usize, const R: usize>(self, simd: S) {
        let Self {
            out,
            weight,
            first,
            x,
            lanes,
        } = self;
        let panels = x.len() / (weight.inputs * lanes);
        let pitch = panels * lanes;
        let end = first + out.len() / pitch;
        for from in (0..weight.inputs).step_by(BAND) {
            let depth = BAND.min(weight.inputs - from);
            let (band, weight_pitch) = weight.band(from);
            let next = if from + depth < weight.inputs {
                let (band, pitch) = weight.band(from + depth);
                (&band[first * pitch..], pitch)
            } else {
                (&band[band.len()..], 0)
            };
            for (i, out) in out.chunks_mut(R * pitch).enumerate() {
                let below = first + (i + 1) * R;
                let ahead = if below < end {
                    (&band[below * weight_pitch..], weight_pitch)
                } else {
                    next
                };
                let tile = ForwardTile {
                    weight: &band[(first + i * R) * weight_pitch..],
                    weight_pitch,
                    begins: from == 0,
                    depth,
                    pitch,
                    lanes,
                    ahead: Some(ahead),
                };
                for panel in 0..panels {
                    let x = &x[(panel * weight.inputs + from) * lanes..][..depth * lanes];
                    let tile = ForwardTile {
                        ahead: tile.ahead.filter(|_| panel == 0),
                        ..tile
                    };
                    for lane in (0..lanes).step_by(V * S::F32_LANES) {
                        let at = panel * lanes + lane;
                        if out.len() == R * pitch {
                            tile.run::<S, V, R>(simd, &mut out[at..], &x[lane..]);
                        } else {
                            for (row, out) in out.chunks_mut(pitch).enumerate() {
                                let row = ForwardTile {
                                    weight: &tile.weight[row * weight_pitch..],
                                    ..tile
                                };
                                row.run::<S, V, 1>(simd, &mut out[at..], &x[lane..]);
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A tile of R outputs by V vectors of rows, over one band of the inputs.
#[derive(Clone, Copy)]
struct ForwardTile<'a> {
    weight: &'a [f32],
    weight_pitch: usize,
    /// True for the first band: nothing is summed yet.
    begins: bool,
    depth: usize,
    pitch: usize,
    lanes: usize,
    /// The weights of the next tile and their pitch: asked for while this one is computed.
    ahead: Option<(&'a [f32], usize)>,
}

impl ForwardTile<'_> {
    /// `out` starts at the tile's first lane, its rows `pitch` apart; so does `x`, its inputs `lanes`
    /// apart.
    #[inline(always)]
    fn run<S: Simd, const V: usize, const R: usize>(&self, simd: S, out: &mut [f32], x: &[f32]) {
        let mut sum = [[simd.splat_f32s(0.0); V]; R];
        if !self.begins {
            for (r, sum) in sum.iter_mut().enumerate() {
                *sum = load::<S, V>(&out[r * self.pitch..]);
            }
        }
        // Eight inputs at a time, so that the addresses of the R weights are worked out once for all.
        let weights: [_; R] = std::array::from_fn(|r| {
            self.weight[r * self.weight_pitch..][..self.depth].as_chunks::<8>()
        });
        let whole = self.depth / 8;
        for i in 0..whole {
            let eight: [&[f32; 8]; R] = std::array::from_fn(|r| &weights[r].0[i]);
            if let Some((next, pitch)) = self.ahead
                && i % 2 == 0
            {
                for r in 0..R {
                    prefetch(next, r * pitch + 8 * i);
                }
            }
            for k in 0..8 {
                let x = load::<S, V>(&x[(8 * i + k) * self.lanes..]);
                add_products(simd, &mut sum, std::array::from_fn(|r| eight[r][k]), x);
            }
        }
        for k in 0..self.depth % 8 {
            let x = load::<S, V>(&x[(8 * whole + k) * self.lanes..]);
            add_products(simd, &mut sum, std::array::from_fn(|r| weights[r].1[k]), x);
        }
        for (r, sum) in sum.iter().enumerate() {
            store::<S, V>(&mut out[r * self.pitch..], sum);
        }
    }
}

/// Backward: one band of the inputs of all rows.
struct Columns<'a> {
    /// `[rows, BAND]`.
    out: &'a mut [f32],
    /// `[BLOCK, BAND]`, zeros where the weight has no column; empty if nothing has to be copied.
    copy: &'a mut [f32],
    gradient: &'a [f32],
    weight: Layout<'a>,
    first: usize,
}

impl WithSimd for Columns<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        if S::F32_LANES == 16 {
            self.run::<S, 4>(simd);
        } else {
            self.run::<S, 2>(simd);
        }
    }
}

impl Columns<'_> {
    #[inline(always)]
    fn run<S: Simd, const V: usize>(self, simd: S) {
        const R: usize = 6;
        let Layout {
            inputs, outputs, ..
        } = self.weight;
        let width = BAND.min(inputs - self.first);
        let (band, pitch) = self.weight.band(self.first);
        let in_place = in_place(self.weight, self.first);
        for from in (0..outputs).step_by(BLOCK) {
            let depth = BLOCK.min(outputs - from);
            let part = &band[from * pitch..];
            if !in_place {
                for (j, row) in self.copy.chunks_exact_mut(BAND).take(depth).enumerate() {
                    row[..width].copy_from_slice(&part[j * pitch..][..width]);
                }
            }
            let columns = V * S::F32_LANES;
            let tiles = self.gradient.len().div_ceil(R * outputs) * (BAND / columns);
            let mut tile = BackwardTile {
                block: if in_place { part } else { self.copy },
                outputs,
                from,
                depth,
                ahead: &part[part.len().min(BLOCK * pitch)..],
                per_eight: if in_place {
                    (8 * BAND / LINE).div_ceil(tiles)
                } else {
                    0
                },
            };
            // Half a block at a time: it stays in the nearest cache with the sums that it is added to.
            for column in (0..BAND).step_by(columns) {
                let rows = self.out.chunks_mut(R * BAND);
                for (out, gradient) in rows.zip(self.gradient.chunks(R * outputs)) {
                    match out.len() / BAND {
                        R => tile.run::<S, V, R>(simd, out, gradient, column),
                        5 => tile.run::<S, V, 5>(simd, out, gradient, column),
                        4 => tile.run::<S, V, 4>(simd, out, gradient, column),
                        3 => tile.run::<S, V, 3>(simd, out, gradient, column),
                        2 => tile.run::<S, V, 2>(simd, out, gradient, column),
                        _ => tile.run::<S, V, 1>(simd, out, gradient, column),
                    }
                    tile.ahead =
                        &tile.ahead[tile.ahead.len().min(depth * tile.per_eight * LINE / 8)..];
                }
            }
        }
    }
}

/// A tile of R rows by V vectors of inputs, over one block of the outputs.
struct BackwardTile<'a> {
    /// `[…, BAND]`.
    block: &'a [f32],
    outputs: usize,
    from: usize,
    depth: usize,
    /// What is left to be asked for of the next block, and how many cache lines of it with every eight
    /// outputs: all tiles together ask for all of it, evenly, while they compute.
    ahead: &'a [f32],
    per_eight: usize,
}

impl BackwardTile<'_> {
    #[inline(always)]
    fn run<S: Simd, const V: usize, const R: usize>(
        &self,
        simd: S,
        out: &mut [f32],
        gradient: &[f32],
        column: usize,
    ) {
        let mut sum = [[simd.splat_f32s(0.0); V]; R];
        if self.from > 0 {
            for (r, sum) in sum.iter_mut().enumerate() {
                *sum = load::<S, V>(&out[r * BAND + column..]);
            }
        }
        let gradients: [&[f32]; R] =
            std::array::from_fn(|r| &gradient[r * self.outputs + self.from..][..self.depth]);
        let eights = self.block.chunks(8 * BAND).take(self.depth.div_ceil(8));
        for (i, eight) in eights.enumerate() {
            for line in 0..self.per_eight {
                prefetch(self.ahead, (i * self.per_eight + line) * LINE);
            }
            let rows = eight.chunks_exact(BAND).zip(8 * i..self.depth);
            for (row, j) in rows {
                let w = load::<S, V>(&row[column..]);
                add_products(simd, &mut sum, std::array::from_fn(|r| gradients[r][j]), w);
            }
        }
        for (r, sum) in sum.iter().enumerate() {
            store::<S, V>(&mut out[r * BAND + column..], sum);
        }
    }
}

/// sum += single ⊗ vectors.
#[inline(always)]
fn add_products<S: Simd, const V: usize, const R: usize>(
    simd: S,
    sum: &mut [[S::f32s; V]; R],
    single: [f32; R],
    vectors: [S::f32s; V],
) {
    for (sum, single) in sum.iter_mut().zip(single) {
        let single = simd.splat_f32s(single);
        for (sum, vector) in sum.iter_mut().zip(vectors) {
            *sum = simd.mul_add_e_f32s(single, vector, *sum);
        }
    }
}

#[inline(always)]
fn load<S: Simd, const V: usize>(from: &[f32]) -> [S::f32s; V] {
    let (vectors, _) = S::as_simd_f32s(&from[..V * S::F32_LANES]);
    std::array::from_fn(|v| vectors[v])
}

#[inline(always)]
fn store<S: Simd, const V: usize>(to: &mut [f32], from: &[S::f32s; V]) {
    let (vectors, _) = S::as_mut_simd_f32s(&mut to[..V * S::F32_LANES]);
    vectors.copy_from_slice(from);
}

#[cfg(test)]
mod tests {
    use super::super::packed_weight::Weight;
    use super::*;

    fn values(n: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..n).map(|_| next()).collect()
    }

    #[test]
    fn both_directions_follow_the_definition() {
        for (rows, inputs, outputs) in [(1, 70, 65), (16, 700, 300), (40, 64, 97), (133, 257, 130)]
        {
            let (x, weight) = (values(rows * inputs, 1), values(inputs * outputs, 2));
            let (bias, gradient) = (values(outputs, 3), values(rows * outputs, 4));
            let (pool, room) = (Pool::new(), std::sync::OnceLock::new());
            let mut results = [None, Some(&room)].map(|packed| {
                let weight = Weight {
                    values: &weight,
                    packed,
                };
                let layout = weight.layout(inputs);
                let mut out = vec![f32::NAN; rows * outputs];
                forward(&mut out, layout, Some(&bias), &pool, |panel| {
                    fill_from_rows(panel, &x, inputs);
                });
                let mut back = vec![f32::NAN; rows * inputs];
                backward(&mut back, &gradient, layout, &pool);
                (out, back)
            });
            assert_eq!(results[0], results[1]);
            let (out, back) = std::mem::take(&mut results[0]);
            for row in 0..rows {
                for o in 0..outputs {
                    let products = (0..inputs).map(|i| {
                        f64::from(x[row * inputs + i]) * f64::from(weight[o * inputs + i])
                    });
                    let exact = products.sum::<f64>() + f64::from(bias[o]);
                    let found = f64::from(out[row * outputs + o]);
                    assert!((found - exact).abs() < 1e-4, "{found} {exact}");
                }
                for i in 0..inputs {
                    let products = (0..outputs).map(|o| {
                        f64::from(gradient[row * outputs + o]) * f64::from(weight[o * inputs + i])
                    });
                    let exact = products.sum::<f64>();
                    let found = f64::from(back[row * inputs + i]);
                    assert!((found - exact).abs() < 1e-4, "{found} {exact}");
                }
            }
        }
    }
}
