//! Winograd's F(4×4, 3×3): a stride-1 convolution by 36 products instead of 144 multiplications a
//! tile (Lavin & Gray 2016). The transformed weights are made anew for each call: that costs some
//! three hundredths of a step at Stable Diffusion's size and saves four times the weights' memory. The
//! backward pass is the exact adjoint of the forward one and uses the same transformed weights.

use super::convolution::Convolution;
use super::gather::Grid;
use super::matmul::{Product, Strided};
use super::pool::{Buffer, Pool};
use super::simd::vectorised;
use rayon::prelude::*;

/// Results a tile side, inputs a tile side, and the number of products a tile.
const TILE: usize = 4;
const PATCH: usize = 6;
const POINTS: usize = PATCH * PATCH;
/// Channels transformed together.
const LANES: usize = 16;
/// Tiles of one band; bounds the memory that large grids take.
const BAND: usize = 1024;

type Lanes = [f32; LANES];

/// Whether the transforms are repaid: enough tiles to use each transformed weight often, enough
/// channels to use each transformed tile often.
pub fn pays_off(inputs: usize, outputs: usize, grid: Grid) -> bool {
    inputs.min(outputs) >= 64 && grid.positions() >= 256 * TILE * TILE
}

/// How many tiles a grid has, and where they stand.
#[derive(Clone, Copy)]
struct Tiles {
    grid: Grid,
    across: usize,
    count: usize,
}

impl Tiles {
    fn of(grid: Grid) -> Self {
        let across = grid.width.div_ceil(TILE);
        Self {
            grid,
            across,
            count: across * grid.height.div_ceil(TILE),
        }
    }

    /// The position under cell `(i, j)` of a tile, counted from `offset` before its corner, if it
    /// lies on the grid.
    fn cell(&self, tile: usize, i: usize, j: usize, offset: usize) -> Option<usize> {
        let y = (tile / self.across * TILE + i).checked_sub(offset)?;
        let x = (tile % self.across * TILE + j).checked_sub(offset)?;
        (y < self.grid.height && x < self.grid.width).then_some(y * self.grid.width + x)
    }
}

/// As [`Convolution::forward`].
pub fn forward(c: &Convolution, out: &mut [f32], x: &[f32], bias: &[f32], grid: Grid, pool: &Pool) {
    let weights = transformed_weights(c, pool);
    let tiles = Tiles::of(grid);
    let shared = Shared(out.as_mut_ptr(), out.len());
    for first in (0..tiles.count).step_by(BAND) {
        let n = BAND.min(tiles.count - first);
        let mut spectrum = pool.take(POINTS * n * c.inputs);
        let task = Transform {
            tiles,
            first,
            n,
            channels: c.inputs,
        };
        task.read_patches(&mut spectrum, x);
        let mut product = pool.take(POINTS * n * c.outputs);
        multiply(&mut product, &spectrum, &weights, c, n, Direction::Forward);
        let task = Transform {
            channels: c.outputs,
            ..task
        };
        task.write_tiles(&shared, &product, bias);
    }
}

/// As [`Convolution::backward`].
pub fn backward(c: &Convolution, out: &mut [f32], gradient: &[f32], grid: Grid, pool: &Pool) {
    let weights = transformed_weights(c, pool);
    let tiles = Tiles::of(grid);
    // Neighbouring tiles overlap in the input, so all tiles are kept until the overlaps are added.
    let mut spectrum = pool.take(POINTS * tiles.count * c.outputs);
    let task = Transform {
        tiles,
        first: 0,
        n: tiles.count,
        channels: c.outputs,
    };
    task.read_tiles(&mut spectrum, gradient);
    let mut patches = pool.take(POINTS * tiles.count * c.inputs);
    multiply(
        &mut patches,
        &spectrum,
        &weights,
        c,
        tiles.count,
        Direction::Backward,
    );
    drop(spectrum);
    let task = Transform {
        channels: c.inputs,
        ..task
    };
    task.untransform_patches(&mut patches);
    task.add_overlaps(out, &patches);
}

enum Direction {
    Forward,
    Backward,
}

/// The 36 products of a band: `[n, inputs]·[outputs, inputs]ᵀ`, or back.
fn multiply(
    out: &mut [f32],
    spectrum: &[f32],
    weights: &[f32],
    c: &Convolution,
    n: usize,
    direction: Direction,
) {
    let (from, to) = match direction {
        Direction::Forward => (c.inputs, c.outputs),
        Direction::Backward => (c.outputs, c.inputs),
    };
    out.par_chunks_mut(n * to)
        .zip(spectrum.par_chunks(n * from))
        .zip(weights.par_chunks(c.inputs * c.outputs))
        .with_max_len(1)
        .for_each(|((out, spectrum), weight)| {
            let weight = match direction {
                Direction::Forward => Strided::transposed(weight, c.inputs),
                Direction::Backward => Strided::rows(weight, c.inputs),
            };
            Product::new(n, to, from).run(out, to, Strided::rows(spectrum, from), weight);
        });
}

/// G·w·Gᵀ for every pair of channels: `[36, outputs, inputs]`.
fn transformed_weights(c: &Convolution, pool: &Pool) -> Buffer {
    let pairs = c.inputs * c.outputs;
    let mut out = pool.take(POINTS * pairs);
    let shared = Shared(out.as_mut_ptr(), out.len());
    c.weight
        .par_chunks(9 * c.inputs)
        .enumerate()
        .for_each(|(output, kernels)| {
            vectorised(|| {
                for (block, kernels) in kernels.chunks(9 * LANES).enumerate() {
                    let n = kernels.len() / 9;
                    let mut taps = [[0.0; LANES]; 9];
                    for (lane, kernel) in kernels.chunks_exact(9).enumerate() {
                        for (tap, value) in kernel.iter().enumerate() {
                            taps[tap][lane] = *value;
                        }
                    }
                    let points = transform::<3, PATCH>(&taps_square(&taps), weight_side);
                    let at = output * c.inputs + block * LANES;
                    for (point, values) in points.iter().flatten().enumerate() {
                        shared.write(point * pairs + at, &values[..n]);
                    }
                }
            });
        });
    out
}

#[inline(always)]
fn taps_square(taps: &[Lanes; 9]) -> [[Lanes; 3]; 3] {
    [
        [taps[0], taps[1], taps[2]],
        [taps[3], taps[4], taps[5]],
        [taps[6], taps[7], taps[8]],
    ]
}

/// One band of tiles of an array with `channels` channels; `[36, n, channels]` in the transformed
/// domain.
#[derive(Clone, Copy)]
struct Transform {
    tiles: Tiles,
    first: usize,
    n: usize,
    channels: usize,
}

impl Transform {
    /// Bᵀ·d·B of every 6×6 input patch.
    fn read_patches(&self, spectrum: &mut [f32], x: &[f32]) {
        self.read(spectrum, x, 1, |d: &[[Lanes; PATCH]; PATCH]| {
            transform::<PATCH, PATCH>(d, patch_side)
        });
    }

    /// A·g·Aᵀ of every 4×4 tile of results: the adjoint of [`Self::write_tiles`].
    fn read_tiles(&self, spectrum: &mut [f32], gradient: &[f32]) {
        self.read(spectrum, gradient, 0, |d: &[[Lanes; TILE]; TILE]| {
            transform::<TILE, PATCH>(d, tile_side_adjoint)
        });
    }

    fn read<const N: usize>(
        &self,
        spectrum: &mut [f32],
        x: &[f32],
        offset: usize,
        f: impl Fn(&[[Lanes; N]; N]) -> [[Lanes; PATCH]; PATCH] + Sync,
    ) {
        let shared = Shared(spectrum.as_mut_ptr(), spectrum.len());
        (0..self.n).into_par_iter().for_each(|index| {
            vectorised(|| {
                for channel in (0..self.channels).step_by(LANES) {
                    let n = LANES.min(self.channels - channel);
                    let mut cells = [[[0.0; LANES]; N]; N];
                    for (i, row) in cells.iter_mut().enumerate() {
                        for (j, cell) in row.iter_mut().enumerate() {
                            let position = self.tiles.cell(self.first + index, i, j, offset);
                            if let Some(position) = position {
                                load(cell, &x[position * self.channels + channel..], n);
                            }
                        }
                    }
                    for (point, values) in f(&cells).iter().flatten().enumerate() {
                        let at = (point * self.n + index) * self.channels + channel;
                        shared.write(at, &values[..n]);
                    }
                }
            });
        });
    }

    /// Aᵀ·m·A of every tile, plus the bias, written to the band's part of the grid.
    fn write_tiles(&self, out: &Shared, product: &[f32], bias: &[f32]) {
        (0..self.n).into_par_iter().for_each(|index| {
            vectorised(|| {
                for channel in (0..self.channels).step_by(LANES) {
                    let n = LANES.min(self.channels - channel);
                    let points = self.load_points(product, index, channel, n);
                    let results = transform::<PATCH, TILE>(&points, tile_side);
                    let mut shift = [0.0; LANES];
                    load(&mut shift, &bias[channel..], n);
                    for (i, row) in results.iter().enumerate() {
                        for (j, values) in row.iter().enumerate() {
                            if let Some(p) = self.tiles.cell(self.first + index, i, j, 0) {
                                let mut sum = *values;
                                sum.iter_mut().zip(&shift).for_each(|(v, b)| *v += b);
                                out.write(p * self.channels + channel, &sum[..n]);
                            }
                        }
                    }
                }
            });
        });
    }

    /// B·v·Bᵀ of every tile in place: the adjoint of [`Self::read_patches`], overlaps not yet added.
    fn untransform_patches(&self, spectrum: &mut [f32]) {
        let shared = Shared(spectrum.as_mut_ptr(), spectrum.len());
        (0..self.n).into_par_iter().for_each(|index| {
            vectorised(|| {
                for channel in (0..self.channels).step_by(LANES) {
                    let n = LANES.min(self.channels - channel);
                    let mut points = [[[0.0; LANES]; PATCH]; PATCH];
                    for (point, values) in points.iter_mut().flatten().enumerate() {
                        let at = (point * self.n + index) * self.channels + channel;
                        shared.read(at, &mut values[..n]);
                    }
                    let cells = transform::<PATCH, PATCH>(&points, patch_side_adjoint);
                    for (point, values) in cells.iter().flatten().enumerate() {
                        let at = (point * self.n + index) * self.channels + channel;
                        shared.write(at, &values[..n]);
                    }
                }
            });
        });
    }

    /// Sums, for every position of the grid, the cells of the one, two or four patches that hold it.
    fn add_overlaps(&self, out: &mut [f32], patches: &[f32]) {
        let Tiles { grid, across, .. } = self.tiles;
        let holders = |p: usize, count: usize| {
            let (tile, cell) = (p / TILE, p % TILE);
            let before = (cell < PATCH - TILE && tile > 0).then(|| (tile - 1, cell + TILE));
            let own = (tile < count).then_some((tile, cell));
            own.into_iter().chain(before)
        };
        let down = self.tiles.count / across;
        out.par_chunks_mut(self.channels)
            .with_min_len(16)
            .enumerate()
            .for_each(|(position, cell)| {
                cell.fill(0.0);
                let (y, x) = (position / grid.width, position % grid.width);
                for (tile_y, i) in holders(y + 1, down) {
                    for (tile_x, j) in holders(x + 1, across) {
                        let tile = tile_y * across + tile_x;
                        let at = ((i * PATCH + j) * self.n + tile) * self.channels;
                        let share = &patches[at..at + self.channels];
                        cell.iter_mut().zip(share).for_each(|(sum, v)| *sum += v);
                    }
                }
            });
    }

    #[inline(always)]
    fn load_points(
        &self,
        product: &[f32],
        index: usize,
        channel: usize,
        n: usize,
    ) -> [[Lanes; PATCH]; PATCH] {
        let mut points = [[[0.0; LANES]; PATCH]; PATCH];
        for (point, values) in points.iter_mut().flatten().enumerate() {
            let at = (point * self.n + index) * self.channels + channel;
            load(values, &product[at..], n);
        }
        points
    }
}

#[inline(always)]
fn load(lanes: &mut Lanes, from: &[f32], n: usize) {
    match from.first_chunk::<LANES>() {
        Some(whole) if n == LANES => *lanes = *whole,
        _ => lanes[..n].copy_from_slice(&from[..n]),
    }
}

/// Applies a one-dimensional transform along both axes: rows first, then columns.
#[inline(always)]
fn transform<const N: usize, const M: usize>(
    cells: &[[Lanes; N]; N],
    side: impl Fn([f32; N]) -> [f32; M],
) -> [[Lanes; M]; M] {
    let mut half = [[[0.0; LANES]; M]; N];
    for (row, target) in cells.iter().zip(half.iter_mut()) {
        for lane in 0..LANES {
            let line = side(std::array::from_fn(|j| row[j][lane]));
            for (value, target) in line.into_iter().zip(target.iter_mut()) {
                target[lane] = value;
            }
        }
    }
    let mut out = [[[0.0; LANES]; M]; M];
    for j in 0..M {
        for lane in 0..LANES {
            let line = side(std::array::from_fn(|i| half[i][j][lane]));
            for (i, value) in line.into_iter().enumerate() {
                out[i][j][lane] = value;
            }
        }
    }
    out
}

/// Bᵀ: six inputs to six points (interpolation at 0, ±1, ±2, ∞).
#[inline(always)]
fn patch_side([a, b, c, d, e, f]: [f32; 6]) -> [f32; 6] {
    let (even, odd) = (e - 4.0 * c, d - 4.0 * b);
    let (far_even, far_odd) = (e - c, 2.0 * (d - b));
    [
        4.0 * a - 5.0 * c + e,
        even + odd,
        even - odd,
        far_even + far_odd,
        far_even - far_odd,
        4.0 * b - 5.0 * d + f,
    ]
}

/// B: the adjoint of [`patch_side`].
#[inline(always)]
fn patch_side_adjoint([a, b, c, d, e, f]: [f32; 6]) -> [f32; 6] {
    [
        4.0 * a,
        4.0 * (c - b) + 2.0 * (e - d) + 4.0 * f,
        -5.0 * a - 4.0 * (b + c) - (d + e),
        (b - c) + 2.0 * (d - e) - 5.0 * f,
        a + (b + c) + (d + e),
        f,
    ]
}

/// Aᵀ: six points to four results.
#[inline(always)]
fn tile_side([a, b, c, d, e, f]: [f32; 6]) -> [f32; 4] {
    let (near, near_odd, far, far_odd) = (b + c, b - c, d + e, d - e);
    [
        a + near + far,
        near_odd + 2.0 * far_odd,
        near + 4.0 * far,
        near_odd + 8.0 * far_odd + f,
    ]
}

/// A: the adjoint of [`tile_side`].
#[inline(always)]
fn tile_side_adjoint([a, b, c, d]: [f32; 4]) -> [f32; 6] {
    let (even, odd) = (a + c, b + d);
    let (far_even, far_odd) = (a + 4.0 * c, 2.0 * b + 8.0 * d);
    [
        a,
        even + odd,
        even - odd,
        far_even + far_odd,
        far_even - far_odd,
        d,
    ]
}

/// G: three taps to six points.
#[inline(always)]
fn weight_side([a, b, c]: [f32; 3]) -> [f32; 6] {
    let (near, far) = ((a + c) / 6.0, a / 24.0 + c / 6.0);
    [
        a / 4.0,
        -near - b / 6.0,
        b / 6.0 - near,
        far + b / 12.0,
        far - b / 12.0,
        c,
    ]
}

/// An output that many threads write in disjoint pieces (each tile its own).
struct Shared(*mut f32, usize);
// SAFETY: every user writes, and reads back, only the pieces of its own tile or channel.
unsafe impl Sync for Shared {}

impl Shared {
    #[inline(always)]
    fn write(&self, at: usize, values: &[f32]) {
        assert!(at + values.len() <= self.1);
        // SAFETY: in bounds by the assertion; no other thread touches this piece.
        unsafe { std::ptr::copy_nonoverlapping(values.as_ptr(), self.0.add(at), values.len()) }
    }

    #[inline(always)]
    fn read(&self, at: usize, values: &mut [f32]) {
        assert!(at + values.len() <= self.1);
        // SAFETY: in bounds by the assertion; no other thread touches this piece.
        unsafe {
            std::ptr::copy_nonoverlapping(self.0.add(at), values.as_mut_ptr(), values.len());
        }
    }
}
