//! Rearrangements of positions and channels: the patches of a convolution, their adjoint,
//! concatenation of channels, nearest-neighbour upsampling.

use super::skinny_gemm::{PANEL, Panel};
use rayon::prelude::*;

/// Height and width of a picture-like array whose positions are the rows of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    pub height: usize,
    pub width: usize,
}

impl Grid {
    /// h·w.
    pub fn positions(self) -> usize {
        self.height * self.width
    }

    /// The grid after nearest-neighbour upsampling by two.
    pub fn doubled(self) -> Self {
        Self {
            height: 2 * self.height,
            width: 2 * self.width,
        }
    }
}

/// Stride and padding of a 3×3 window on its grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// Stride 1, one cell of zeros on every side: the grid keeps its size.
    Same,
    /// Stride 2, one cell of zeros on every side (the noise predictor's downsampling).
    Halving,
    /// Stride 2, one row of zeros below and one column on the right (the autoencoder's).
    HalvingOneSided,
}

impl Window {
    /// The grid of the results for one of inputs.
    pub fn output_grid(self, grid: Grid) -> Grid {
        let side = |n: usize| match self {
            Self::Same => n,
            Self::Halving => n.div_ceil(2),
            Self::HalvingOneSided => n / 2,
        };
        Grid {
            height: side(grid.height),
            width: side(grid.width),
        }
    }

    fn stride(self) -> usize {
        match self {
            Self::Same => 1,
            Self::Halving | Self::HalvingOneSided => 2,
        }
    }

    fn padding(self) -> usize {
        match self {
            Self::Same | Self::Halving => 1,
            Self::HalvingOneSided => 0,
        }
    }

    /// The input coordinate under `tap` of the window at `output`, if it lies on the grid.
    pub fn input(self, output: usize, tap: usize, side: usize) -> Option<usize> {
        (output * self.stride() + tap)
            .checked_sub(self.padding())
            .filter(|&i| i < side)
    }

    /// The window whose `tap` falls on `input`, if there is one among `outputs`.
    fn output(self, input: usize, tap: usize, outputs: usize) -> Option<usize> {
        let shifted = (input + self.padding()).checked_sub(tap)?;
        let output = shifted / self.stride();
        (shifted % self.stride() == 0 && output < outputs).then_some(output)
    }
}

/// Positions that one task gathers.
const POSITIONS: usize = 16;

/// The order of the values of a patch or of a 3×3 weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The tap runs fastest: as model files store a weight.
    Stored,
    /// The channel runs fastest: what lies side by side in a picture stays so.
    ByTap,
}

/// Writes the 3×3 patches of results `first .. first + n` as rows of `patches`, `[n, 9·channels]`,
/// [`Order::ByTap`].
pub fn patches(
    patches: &mut [f32],
    x: &[f32],
    channels: usize,
    grid: Grid,
    window: Window,
    first: usize,
) {
    let width = window.output_grid(grid).width;
    let row_len = 9 * channels;
    debug_assert_eq!(x.len(), grid.positions() * channels);
    patches
        .par_chunks_mut(POSITIONS * row_len)
        .enumerate()
        .for_each(|(task, rows)| {
            for (i, row) in rows.chunks_exact_mut(row_len).enumerate() {
                let position = first + task * POSITIONS + i;
                let (y, x_out) = (position / width, position % width);
                for (tap, slots) in row.chunks_exact_mut(channels).enumerate() {
                    let source = window.input(y, tap / 3, grid.height).zip(window.input(
                        x_out,
                        tap % 3,
                        grid.width,
                    ));
                    match source {
                        Some((sy, sx)) => {
                            let start = (sy * grid.width + sx) * channels;
                            slots.copy_from_slice(&x[start..start + channels]);
                        }
                        None => slots.fill(0.0),
                    }
                }
            }
        });
}

/// A weight `[outputs, channels, 9]` as [`Order::ByTap`], `[outputs, 9, channels]`.
pub fn by_tap(out: &mut [f32], weight: &[f32], channels: usize) {
    let row_len = 9 * channels;
    out.par_chunks_mut(row_len)
        .zip(weight.par_chunks(row_len))
        .with_min_len(POSITIONS)
        .for_each(|(out, row)| {
            for (tap, out) in out.chunks_exact_mut(channels).enumerate() {
                let values = row[tap..].iter().step_by(9);
                out.iter_mut().zip(values).for_each(|(out, v)| *out = *v);
            }
        });
}

/// Undoes [`by_tap`].
pub fn as_stored(out: &mut [f32], by_tap: &[f32], channels: usize) {
    let row_len = 9 * channels;
    out.par_chunks_mut(row_len)
        .zip(by_tap.par_chunks(row_len))
        .with_min_len(POSITIONS)
        .for_each(|(out, row)| {
            for (tap, values) in row.chunks_exact(channels).enumerate() {
                let slots = out[tap..].iter_mut().step_by(9);
                slots.zip(values).for_each(|(out, v)| *out = *v);
            }
        });
}

/// The patches of a panel's results, [`Order::Stored`].
pub(super) fn panel_of_patches(
    panel: Panel,
    x: &[f32],
    channels: usize,
    grid: Grid,
    window: Window,
) {
    let Panel {
        values,
        pitch,
        from,
        first,
        rows,
    } = panel;
    let width = window.output_grid(grid).width;
    for tap in 0..9 {
        let mut cells: [Option<&[f32]>; PANEL] = [None; PANEL];
        for (i, cell) in cells.iter_mut().take(rows).enumerate() {
            let (y, x_out) = ((first + i) / width, (first + i) % width);
            *cell = window
                .input(y, tap / 3, grid.height)
                .zip(window.input(x_out, tap % 3, grid.width))
                .map(|(sy, sx)| &x[(sy * grid.width + sx) * channels..][..channels]);
        }
        for (channel, kernel) in (from / 9..).zip(values.chunks_exact_mut(9 * pitch)) {
            let row = &mut kernel[tap * pitch..][..rows];
            for (slot, cell) in row.iter_mut().zip(&cells) {
                *slot = cell.map_or(0.0, |cell| cell[channel]);
            }
        }
    }
}

/// The adjoint of [`patches`] over the whole grid: every input cell gathers its share of all
/// patches, `[outputs, 9·channels]` in some order → `[positions, channels]`.
pub fn patches_backward(
    out: &mut [f32],
    (patches, order): (&[f32], Order),
    channels: usize,
    grid: Grid,
    window: Window,
) {
    let outputs = window.output_grid(grid);
    debug_assert_eq!(out.len(), grid.positions() * channels);
    debug_assert_eq!(patches.len(), outputs.positions() * 9 * channels);
    out.par_chunks_mut(channels)
        .with_min_len(POSITIONS)
        .enumerate()
        .for_each(|(position, cell)| {
            let (y, x) = (position / grid.width, position % grid.width);
            cell.fill(0.0);
            for tap in 0..9 {
                let source = window.output(y, tap / 3, outputs.height).zip(window.output(
                    x,
                    tap % 3,
                    outputs.width,
                ));
                if let Some((oy, ox)) = source {
                    let start = (oy * outputs.width + ox) * 9 * channels;
                    let row = &patches[start..][..9 * channels];
                    match order {
                        Order::Stored => add(cell, row[tap..].iter().step_by(9)),
                        Order::ByTap => add(cell, row[tap * channels..].iter()),
                    }
                }
            }
        });
}

#[inline(always)]
fn add<'a>(sums: &mut [f32], values: impl Iterator<Item = &'a f32>) {
    sums.iter_mut().zip(values).for_each(|(sum, v)| *sum += v);
}

/// `[rows, a]` and `[rows, b]` side by side: `[rows, a + b]`.
pub fn concatenate(out: &mut [f32], a: &[f32], b: &[f32], rows: usize) {
    let (wide_a, wide_b) = (a.len() / rows, b.len() / rows);
    debug_assert!(a.len() == rows * wide_a && b.len() == rows * wide_b);
    debug_assert_eq!(out.len(), a.len() + b.len());
    out.par_chunks_mut(wide_a + wide_b)
        .zip(a.par_chunks(wide_a).zip(b.par_chunks(wide_b)))
        .with_min_len(POSITIONS)
        .for_each(|(out, (a, b))| {
            let (left, right) = out.split_at_mut(wide_a);
            left.copy_from_slice(a);
            right.copy_from_slice(b);
        });
}

/// Columns `from .. from + width` of a matrix whose rows are `stride` wide.
pub fn columns(out: &mut [f32], x: &[f32], stride: usize, from: usize, width: usize) {
    debug_assert!(from + width <= stride && out.len() * stride == x.len() * width);
    out.par_chunks_mut(width)
        .zip(x.par_chunks(stride))
        .with_min_len(POSITIONS)
        .for_each(|(out, row)| out.copy_from_slice(&row[from..from + width]));
}

/// Nearest-neighbour upsampling by two of `[h·w, channels]`.
pub fn upsample(out: &mut [f32], x: &[f32], channels: usize, grid: Grid) {
    debug_assert_eq!(out.len(), 4 * x.len());
    upsample_rows(out, 0, x, channels, grid);
}

/// As [`upsample`], from row `first` of the large grid on, as far as there is room.
pub fn upsample_rows(out: &mut [f32], first: usize, x: &[f32], channels: usize, grid: Grid) {
    let wide = grid.doubled().width;
    debug_assert_eq!(x.len(), grid.positions() * channels);
    out.par_chunks_mut(wide * channels)
        .enumerate()
        .for_each(|(row_of_out, row)| {
            let y = first + row_of_out;
            let source = &x[y / 2 * grid.width * channels..][..grid.width * channels];
            for (pair, cell) in row
                .chunks_exact_mut(2 * channels)
                .zip(source.chunks_exact(channels))
            {
                pair[..channels].copy_from_slice(cell);
                pair[channels..].copy_from_slice(cell);
            }
        });
}

/// The adjoint of [`upsample`]: sums of 2×2 cells. `grid` is the small one.
pub fn upsample_backward(out: &mut [f32], gradient: &[f32], channels: usize, grid: Grid) {
    let wide = 2 * grid.width * channels;
    debug_assert_eq!(out.len(), grid.positions() * channels);
    debug_assert_eq!(gradient.len(), 4 * out.len());
    out.par_chunks_mut(grid.width * channels)
        .enumerate()
        .for_each(|(y, row)| {
            let upper = &gradient[2 * y * wide..][..wide];
            let lower = &gradient[(2 * y + 1) * wide..][..wide];
            for (x, cell) in row.chunks_exact_mut(channels).enumerate() {
                let at = 2 * x * channels;
                for (c, sum) in cell.iter_mut().enumerate() {
                    let (left, right) = (at + c, at + channels + c);
                    *sum = (upper[left] + upper[right]) + (lower[left] + lower[right]);
                }
            }
        });
}
