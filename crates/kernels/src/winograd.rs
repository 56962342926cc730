//! Winograd's F(4×4, 3×3): a stride-1 convolution by 36 products instead of 144 multiplications a
//! tile (Lavin & Gray 2016). The weights are transformed strip by strip, right before they are used
//! and while they are in the nearest caches: nothing is kept, so nothing is read twice from memory.
//! The backward pass is the exact adjoint of the forward one and transforms the weights alike.

mod transforms;

use super::im2col::Grid;
use super::outer_product::{Left, OuterProduct};
use super::pool::Pool;
use super::simd::prefetch;
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;
use std::ops::Range;
pub use transforms::TILE;
use transforms::{
    Lanes, PATCH, POINTS, PatchSide, PatchSideAdjoint, Side, TileSide, TileSideAdjoint, WeightSide,
    along_rows, down_column,
};

/// Channels of one strip of results, and fewer where the threads would be left without work.
const STRIP: usize = 64;
const NARROW_STRIP: usize = 32;
/// Kernels transformed together: a vector of the widest instruction set.
const LANES: usize = 16;
/// Channels of the source taken at a time: what a strip holds of them stays in the second-level cache.
const DEPTH: usize = 64;
/// Tiles of one band; bounds the memory that large grids take.
const BAND: usize = 256;
/// Room between the points of an array, so that one cell's 36 points do not all fall into one set of
/// the nearest cache.
const GAP: usize = 16;
/// Kernels whose taps are laid out before any is transformed.
const BATCH: usize = 16;

/// True if the transforms are repaid: enough tiles to use each transformed weight often, enough
/// channels to use each transformed tile often, in whole strips.
pub fn pays_off(inputs: usize, outputs: usize, grid: Grid) -> bool {
    inputs.min(outputs) >= 4 * NARROW_STRIP
        && inputs.is_multiple_of(NARROW_STRIP)
        && outputs.is_multiple_of(NARROW_STRIP)
        && grid.positions() >= 16 * TILE * TILE
}

/// The weight of a stride-1 convolution.
#[derive(Clone, Copy)]
pub struct Kernels<'a> {
    /// `[outputs, inputs, 3, 3]`.
    pub values: &'a [f32],
    pub inputs: usize,
    pub outputs: usize,
}

/// Rows of a picture on its grid.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// `[positions, channels]`.
    pub values: &'a [f32],
    /// The number of the first.
    pub first: usize,
}

/// The convolution of `x` (`[positions, inputs]` on `grid`) into `out` (`[positions, outputs]`), with `bias`
/// (`[outputs]`) added.
pub fn forward(
    kernels: Kernels,
    out: &mut [f32],
    x: &[f32],
    bias: &[f32],
    grid: Grid,
    pool: &Pool,
) {
    let x = Rows {
        values: x,
        first: 0,
    };
    forward_rows(kernels, out, 0..grid.height, x, bias, grid, pool);
}

/// As [`forward`], of the result's rows `rows` alone, to the same bits: they begin with a multiple of [`TILE`] and end
/// with one or with the grid. `x` has at least these and one more on either side, as far as there are more.
pub fn forward_rows(
    kernels: Kernels,
    out: &mut [f32],
    rows: Range<usize>,
    x: Rows,
    bias: &[f32],
    grid: Grid,
    pool: &Pool,
) {
    debug_assert!(rows.start.is_multiple_of(TILE));
    debug_assert!(rows.end.is_multiple_of(TILE) || rows.end == grid.height);
    debug_assert!(x.first <= rows.start.saturating_sub(1));
    let tiles = Tiles::of(grid);
    let pass = Pass {
        weight: kernels.values,
        inputs: kernels.inputs,
        from: kernels.inputs,
        to: kernels.outputs,
        tiles,
        before: x.first * grid.width,
        direction: Direction::Forward { bias },
    };
    let part = rows.start / TILE * tiles.across..rows.end.div_ceil(TILE) * tiles.across;
    pass.run(out, x.values, part, pool);
}

/// The gradient with respect to the input, `[positions, inputs]`, given that of the result, `[positions,
/// outputs]`.
pub fn backward(kernels: Kernels, out: &mut [f32], gradient: &[f32], grid: Grid, pool: &Pool) {
    // Neighbouring tiles overlap in the input: their shares are added up.
    out.par_chunks_mut(1 << 14).for_each(|part| part.fill(0.0));
    let tiles = Tiles::of(grid);
    let pass = Pass {
        weight: kernels.values,
        inputs: kernels.inputs,
        from: kernels.outputs,
        to: kernels.inputs,
        tiles,
        before: 0,
        direction: Direction::Backward,
    };
    pass.run(out, gradient, 0..tiles.count, pool);
}

/// The number of a grid's tiles, and their places.
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
    #[inline(always)]
    fn cell(&self, tile: usize, i: usize, j: usize, offset: usize) -> Option<usize> {
        let y = (tile / self.across * TILE + i).checked_sub(offset)?;
        let x = (tile % self.across * TILE + j).checked_sub(offset)?;
        (y < self.grid.height && x < self.grid.width).then_some(y * self.grid.width + x)
    }
}

#[derive(Clone, Copy)]
enum Direction<'a> {
    /// 6×6 patches of the input to 4×4 tiles of results.
    Forward { bias: &'a [f32] },
    /// 4×4 tiles of the results' gradient to 6×6 patches of the input's.
    Backward,
}

/// One convolution, forward or back: `from` channels of the source, `to` of the destination.
#[derive(Clone, Copy)]
struct Pass<'a> {
    /// `[outputs, inputs, 3, 3]`.
    weight: &'a [f32],
    inputs: usize,
    from: usize,
    to: usize,
    tiles: Tiles,
    /// Positions of the grid before the source's first.
    before: usize,
    direction: Direction<'a>,
}

impl Pass<'_> {
    fn run(&self, out: &mut [f32], source: &[f32], tiles: Range<usize>, pool: &Pool) {
        let positions = self.tiles.grid.positions();
        debug_assert_eq!(self.weight.len(), 9 * self.from * self.to);
        debug_assert!(self.before * self.from + source.len() <= positions * self.from);
        debug_assert_eq!(out.len(), positions * self.to);
        let out = Shared(out.as_mut_ptr(), out.len());
        for first in tiles.clone().step_by(BAND) {
            let n = BAND.min(tiles.end - first);
            let band = Band {
                pass: self,
                first,
                n,
            };
            let mut spectrum = pool.take(band.chunk(self.from));
            let shared = Shared(spectrum.as_mut_ptr(), spectrum.len());
            (0..n).into_par_iter().with_min_len(2).for_each(|tile| {
                Arch::new().dispatch(Read {
                    band: &band,
                    tile,
                    source,
                    spectrum: &shared,
                });
            });
            let strip = self.strip_width();
            (0..self.to / strip)
                .into_par_iter()
                .with_max_len(1)
                .for_each(|index| band.strip(index * strip, strip, &spectrum, &out, pool));
        }
    }

    /// Wide strips are faster, but there have to be enough of them. (The results do not depend on it.)
    fn strip_width(&self) -> usize {
        let strips = self.to / STRIP;
        let even = strips.is_multiple_of(rayon::current_num_threads());
        if self.to.is_multiple_of(STRIP) && (even || strips >= 8 * rayon::current_num_threads()) {
            STRIP
        } else {
            NARROW_STRIP
        }
    }
}

/// Tiles `first .. first + n` of a pass. Their spectrum lies in chunks of [`DEPTH`] channels, each
/// `[36, n, channels]` with gaps.
struct Band<'a> {
    pass: &'a Pass<'a>,
    first: usize,
    n: usize,
}

impl Band<'_> {
    /// The start of a chunk of channels in the spectrum.
    fn chunk(&self, channel: usize) -> usize {
        POINTS * (self.n * channel + channel.div_ceil(DEPTH) * GAP)
    }

    /// The destination's channels `to .. to + width` of all the band's tiles.
    fn strip(&self, to: usize, width: usize, spectrum: &[f32], out: &Shared, pool: &Pool) {
        let n = self.n;
        let mut weights = pool.take(POINTS * (DEPTH * width + GAP));
        let mut sums = pool.take(POINTS * (n * width + GAP));
        for from in (0..self.pass.from).step_by(DEPTH) {
            let depth = DEPTH.min(self.pass.from - from);
            Arch::new().dispatch(Weights {
                pass: self.pass,
                from,
                depth,
                to,
                width,
                weights: &mut weights,
            });
            let spectrum = spectrum[self.chunk(from)..].chunks(n * depth + GAP);
            let weights = weights.chunks(depth * width + GAP);
            let sums = sums.chunks_mut(n * width + GAP);
            for (point, ((spectrum, weights), sums)) in spectrum.zip(weights).zip(sums).enumerate()
            {
                self.pass.fetch_ahead(from + depth, to, width, point);
                let product = OuterProduct {
                    left: Left::Rows(spectrum, depth),
                    right: weights,
                    right_pitch: width,
                    rows: n,
                    depth,
                    columns: width,
                    accumulate: from > 0,
                };
                product.run(sums, width);
            }
        }
        Arch::new().dispatch(Write {
            band: self,
            to,
            width,
            sums: &sums,
            out,
        });
    }
}

/// A tile of the source to its spectrum: Bᵀ·d·B of a patch, or A·g·Aᵀ of a tile of gradients.
struct Read<'a> {
    band: &'a Band<'a>,
    tile: usize,
    source: &'a [f32],
    spectrum: &'a Shared,
}

impl WithSimd for Read<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for channel in (0..self.band.pass.from).step_by(S::F32_LANES) {
            match self.band.pass.direction {
                Direction::Forward { .. } => {
                    let cells = self.cells::<S, PATCH>(simd, channel);
                    self.store::<PatchSide, S, PATCH>(channel, &cells);
                }
                Direction::Backward => {
                    let cells = self.cells::<S, TILE>(simd, channel);
                    self.store::<TileSideAdjoint, S, TILE>(channel, &cells);
                }
            }
        }
    }
}

impl Read<'_> {
    #[inline(always)]
    fn cells<S: Simd, const N: usize>(&self, simd: S, channel: usize) -> [[Lanes<S>; N]; N] {
        let margin = (N - TILE) / 2;
        let Pass {
            tiles,
            from,
            before,
            ..
        } = *self.band.pass;
        let mut cells = [[Lanes::splat(simd, 0.0); N]; N];
        for (i, row) in cells.iter_mut().enumerate() {
            for (j, cell) in row.iter_mut().enumerate() {
                if let Some(position) = tiles.cell(self.band.first + self.tile, i, j, margin) {
                    let at = (position - before) * from + channel;
                    *cell = Lanes::load(simd, &self.source[at..]);
                }
            }
        }
        cells
    }

    #[inline(always)]
    fn store<F: Side<N, PATCH>, S: Simd, const N: usize>(
        &self,
        channel: usize,
        cells: &[[Lanes<S>; N]; N],
    ) {
        let first = channel / DEPTH * DEPTH;
        let depth = DEPTH.min(self.band.pass.from - first);
        let base = self.band.chunk(first) + self.tile * depth + channel - first;
        let half = along_rows::<F, _, N, PATCH>(cells);
        for j in 0..PATCH {
            for (i, values) in down_column::<F, _, N, PATCH>(&half, j).iter().enumerate() {
                let at = base + (i * PATCH + j) * (self.band.n * depth + GAP);
                // SAFETY: no other task writes this tile's cells.
                values.store(unsafe { self.spectrum.piece(at, S::F32_LANES) });
            }
        }
    }
}

/// G·w·Gᵀ of the kernels between `depth` channels of the source and `width` of the destination:
/// `[36, depth, width]` with gaps.
struct Weights<'a> {
    pass: &'a Pass<'a>,
    from: usize,
    depth: usize,
    to: usize,
    width: usize,
    weights: &'a mut [f32],
}

impl WithSimd for Weights<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self {
            depth,
            width,
            weights,
            ..
        } = self;
        // Taps of a batch of kernels, [kernel, tap, lane]: written one by one long before they are
        // read as vectors.
        let mut taps = [[[0.0_f32; LANES]; 9]; BATCH];
        for lane in (0..width).step_by(LANES) {
            for batch in (0..depth).step_by(BATCH) {
                let count = BATCH.min(depth - batch);
                for (k, taps) in taps.iter_mut().take(count).enumerate() {
                    self.pass
                        .gather(taps, self.from + batch + k, self.to + lane);
                }
                for (k, taps) in taps.iter().take(count).enumerate() {
                    for part in (0..LANES).step_by(S::F32_LANES) {
                        let mut kernel = [[Lanes::splat(simd, 0.0); 3]; 3];
                        for (cell, tap) in kernel.iter_mut().flatten().zip(taps) {
                            *cell = Lanes::load(simd, &tap[part..]);
                        }
                        let at = (batch + k) * width + lane + part;
                        let half = along_rows::<WeightSide, _, 3, PATCH>(&kernel);
                        for j in 0..PATCH {
                            let column = down_column::<WeightSide, _, 3, PATCH>(&half, j);
                            for (i, values) in column.iter().enumerate() {
                                let point = (i * PATCH + j) * (depth * width + GAP);
                                values.store(&mut weights[point + at..]);
                            }
                        }
                    }
                }
            }
        }
    }
}

impl Pass<'_> {
    /// On the way back, asks for a share of the kernels that follow those in use, one share with each
    /// point's product: they lie in short runs far apart, which the processor does not foresee.
    /// (Forward, every run goes on where it ended.)
    fn fetch_ahead(&self, from: usize, to: usize, width: usize, point: usize) {
        if matches!(self.direction, Direction::Forward { .. }) {
            return;
        }
        let depth = DEPTH.min(self.from - from);
        for run in depth * point / POINTS..depth * (point + 1) / POINTS {
            for value in (0..width * 9).step_by(LANES) {
                prefetch(self.weight, ((from + run) * self.inputs + to) * 9 + value);
            }
        }
    }

    /// The taps of the kernels between channel `from` of the source and sixteen of the destination.
    #[inline(always)]
    fn gather(&self, taps: &mut [[f32; LANES]; 9], from: usize, to: usize) {
        let (at, pitch) = match self.direction {
            Direction::Forward { .. } => ((to * self.inputs + from) * 9, self.inputs * 9),
            Direction::Backward => ((from * self.inputs + to) * 9, 9),
        };
        for lane in 0..LANES {
            let kernel = &self.weight[at + lane * pitch..][..9];
            for (tap, value) in taps.iter_mut().zip(kernel) {
                tap[lane] = *value;
            }
        }
    }
}

/// The strip's sums to the destination: Aᵀ·m·A plus the bias, or B·m·Bᵀ added to what is there.
struct Write<'a> {
    band: &'a Band<'a>,
    to: usize,
    width: usize,
    /// `[36, n, width]` with gaps.
    sums: &'a [f32],
    out: &'a Shared,
}

impl WithSimd for Write<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        for tile in 0..self.band.n {
            for lane in (0..self.width).step_by(S::F32_LANES) {
                let mut points = [[Lanes::splat(simd, 0.0); PATCH]; PATCH];
                for (point, values) in points.iter_mut().flatten().enumerate() {
                    let at = point * (self.band.n * self.width + GAP) + tile * self.width + lane;
                    *values = Lanes::load(simd, &self.sums[at..]);
                }
                match self.band.pass.direction {
                    Direction::Forward { bias } => {
                        let shift = Lanes::load(simd, &bias[self.to + lane..]);
                        self.cells::<TileSide, S, TILE, false>(tile, lane, &points, shift);
                    }
                    Direction::Backward => {
                        let none = Lanes::splat(simd, 0.0);
                        self.cells::<PatchSideAdjoint, S, PATCH, true>(tile, lane, &points, none);
                    }
                }
            }
        }
    }
}

impl Write<'_> {
    /// Writes a tile's results plus `shift`, and plus what is there if it is to be kept.
    #[inline(always)]
    fn cells<F: Side<PATCH, N>, S: Simd, const N: usize, const KEEP: bool>(
        &self,
        tile: usize,
        lane: usize,
        points: &[[Lanes<S>; PATCH]; PATCH],
        shift: Lanes<S>,
    ) {
        let Pass { tiles, to, .. } = *self.band.pass;
        let margin = (N - TILE) / 2;
        let half = along_rows::<F, _, PATCH, N>(points);
        for j in 0..N {
            for (i, value) in down_column::<F, _, PATCH, N>(&half, j).iter().enumerate() {
                if let Some(position) = tiles.cell(self.band.first + tile, i, j, margin) {
                    let at = position * to + self.to + lane;
                    // SAFETY: no other task writes this strip's channels.
                    let cell = unsafe { self.out.piece(at, S::F32_LANES) };
                    let held = if KEEP { value.like(cell) } else { shift };
                    (*value + held).store(cell);
                }
            }
        }
    }
}

/// An output that many threads write in disjoint pieces.
struct Shared(*mut f32, usize);
// SAFETY: `piece` leaves it to its callers that no two threads ask for the same cells.
unsafe impl Sync for Shared {}

impl Shared {
    /// # Safety
    /// While the piece is held no one else may hold any of its cells.
    #[inline(always)]
    #[expect(clippy::mut_from_ref, reason = "disjoint pieces, see above")]
    unsafe fn piece(&self, at: usize, len: usize) -> &mut [f32] {
        assert!(at + len <= self.1);
        // SAFETY: in bounds by the assertion; exclusive by the caller's promise.
        unsafe { std::slice::from_raw_parts_mut(self.0.add(at), len) }
    }
}
