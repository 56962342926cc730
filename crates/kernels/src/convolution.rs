//! 3×3 convolutions: patches times the weight, or Winograd's algorithm where the grid is large enough to
//! repay its transforms. Few patches meet the weight as it lies in the model file; for many it is turned so
//! that a patch is made of whole cells of the picture.

use super::im2col::{Grid, Order, Window, by_tap, panel_of_patches, patches, patches_backward};
use super::matmul::{Product, Strided, linear_backward};
use super::packed_weight::Weight;
use super::pool::{Buffer, Pool};
use super::skinny_gemm;
use super::winograd::{self, Rows};
use std::ops::Range;

/// A 3×3 convolution's parameters: `weight` is `[outputs, inputs, 3, 3]`, `bias` `[outputs]`.
#[derive(Clone, Copy)]
pub struct Convolution<'a> {
    pub weight: Weight<'a>,
    pub inputs: usize,
    pub outputs: usize,
    pub window: Window,
}

/// Patches are made for so many values at a time, to stay within the second-level cache's reach
/// and, at the autoencoder's full resolution, within memory.
const PATCH_VALUES: usize = 4 << 20;

/// Values of a picture's rows that are made at once, where it is never there as a whole.
const BAND_VALUES: usize = 16 << 20;

/// Number of the `rows` patches that are made at once.
pub(super) fn band_of_patches(row_len: usize, rows: usize) -> usize {
    (PATCH_VALUES / row_len).clamp(64, rows.max(64))
}

impl Convolution<'_> {
    /// `x`: `[positions, inputs]` on `grid`; `out`: `[output positions, outputs]`; `bias`: one value
    /// an output channel.
    pub fn forward(&self, out: &mut [f32], x: &[f32], bias: &[f32], grid: Grid, pool: &Pool) {
        let rows = self.window.output_grid(grid).positions();
        debug_assert_eq!(x.len(), grid.positions() * self.inputs);
        debug_assert_eq!(out.len(), rows * self.outputs);
        debug_assert_eq!(bias.len(), self.outputs);
        debug_assert_eq!(self.weight.values.len(), 9 * self.inputs * self.outputs);
        if self.suits_winograd(grid) {
            return winograd::forward(self.kernels(), out, x, bias, grid, pool);
        }
        let row_len = 9 * self.inputs;
        if skinny_gemm::suits(rows, row_len, self.outputs) {
            let layout = self.weight.layout(row_len);
            return skinny_gemm::forward(out, layout, Some(bias), pool, |panel| {
                panel_of_patches(panel, x, self.inputs, grid, self.window);
            });
        }
        let weight = self.by_tap(pool);
        let band = band_of_patches(row_len, rows);
        let mut buffer = pool.take(band.min(rows) * row_len);
        for (index, out) in out.chunks_mut(band * self.outputs).enumerate() {
            let n = out.len() / self.outputs;
            let gathered = &mut buffer[..n * row_len];
            patches(gathered, x, self.inputs, grid, self.window, index * band);
            Product::new(n, self.outputs, row_len).run_parallel(
                out,
                Some(bias),
                Strided::rows(gathered, row_len),
                Strided::transposed(&weight, row_len),
            );
        }
    }

    /// True where [`Self::forward_by_bands`] gives the same bits as [`Self::forward`] and saves much.
    pub fn goes_by_bands(&self, grid: Grid) -> bool {
        self.suits_winograd(grid) && grid.positions() * self.inputs >= 2 * BAND_VALUES
    }

    /// As [`Self::forward`], of a picture that need not be there as a whole: `fill` writes the rows of the grid that it is
    /// asked for. Only where [`Self::goes_by_bands`].
    pub fn forward_by_bands(
        &self,
        out: &mut [f32],
        bias: &[f32],
        grid: Grid,
        pool: &Pool,
        fill: impl Fn(&mut [f32], Range<usize>),
    ) {
        debug_assert!(self.suits_winograd(grid));
        let width = grid.width * self.inputs;
        let height = (BAND_VALUES / width / winograd::TILE).max(1) * winograd::TILE;
        for first in (0..grid.height).step_by(height) {
            let rows = first..(first + height).min(grid.height);
            // One more on either side, which the windows reach.
            let reached = first.saturating_sub(1)..(rows.end + 1).min(grid.height);
            let mut values = pool.take(reached.len() * width);
            fill(&mut values, reached.clone());
            let x = Rows {
                values: &values,
                first: reached.start,
            };
            winograd::forward_rows(self.kernels(), out, rows, x, bias, grid, pool);
        }
    }

    /// Gradient with respect to the input. `gradient`: `[output positions, outputs]`; `grid` is the
    /// input's; `out`: `[positions, inputs]`.
    pub fn backward(&self, out: &mut [f32], gradient: &[f32], grid: Grid, pool: &Pool) {
        let rows = self.window.output_grid(grid).positions();
        debug_assert_eq!(gradient.len(), rows * self.outputs);
        debug_assert_eq!(out.len(), grid.positions() * self.inputs);
        debug_assert_eq!(self.weight.values.len(), 9 * self.inputs * self.outputs);
        if self.suits_winograd(grid) {
            return winograd::backward(self.kernels(), out, gradient, grid, pool);
        }
        let row_len = 9 * self.inputs;
        let mut shares = pool.take(rows * row_len);
        let order = if skinny_gemm::suits(rows, row_len, self.outputs) {
            linear_backward(&mut shares, gradient, self.weight, row_len, pool);
            Order::Stored
        } else {
            linear_backward(&mut shares, gradient, &self.by_tap(pool)[..], row_len, pool);
            Order::ByTap
        };
        patches_backward(out, (&shares, order), self.inputs, grid, self.window);
    }

    /// The weight, `[outputs, 9, inputs]`.
    fn by_tap(&self, pool: &Pool) -> Buffer {
        let mut weight = pool.take(self.weight.values.len());
        by_tap(&mut weight, self.weight.values, self.inputs);
        weight
    }

    fn kernels(&self) -> winograd::Kernels<'_> {
        winograd::Kernels {
            values: self.weight.values,
            inputs: self.inputs,
            outputs: self.outputs,
        }
    }

    fn suits_winograd(&self, grid: Grid) -> bool {
        self.window == Window::Same && winograd::pays_off(self.inputs, self.outputs, grid)
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
                (state >> 8) as f32 / (1 << 23) as f32 - 1.0
            })
            .collect()
    }

    /// The definition, in f64.
    fn by_definition(c: &Convolution, x: &[f32], bias: &[f32], grid: Grid) -> Vec<f64> {
        let outputs = c.window.output_grid(grid);
        let (stride, padding) = match c.window {
            Window::Same => (1, 1),
            Window::Halving => (2, 1),
            Window::HalvingOneSided => (2, 0),
        };
        let mut result = Vec::new();
        for y in 0..outputs.height as isize {
            for x_out in 0..outputs.width as isize {
                for (o, bias) in bias.iter().enumerate() {
                    let mut sum = f64::from(*bias);
                    for tap in 0..9 {
                        let sy = y * stride + tap / 3 - padding;
                        let sx = x_out * stride + tap % 3 - padding;
                        let inside = 0..grid.height as isize;
                        if !inside.contains(&sy) || !(0..grid.width as isize).contains(&sx) {
                            continue;
                        }
                        let at = (sy as usize * grid.width + sx as usize) * c.inputs;
                        for i in 0..c.inputs {
                            let w = c.weight.values[(o * c.inputs + i) * 9 + tap as usize];
                            sum += f64::from(w) * f64::from(x[at + i]);
                        }
                    }
                    result.push(sum);
                }
            }
        }
        result
    }

    fn check(inputs: usize, outputs: usize, grid: Grid, window: Window, tolerance: f64) {
        let weight = noise(outputs * inputs * 9, 1);
        let (bias, x) = (noise(outputs, 2), noise(grid.positions() * inputs, 3));
        let c = Convolution {
            weight: weight[..].into(),
            inputs,
            outputs,
            window,
        };
        let pool = Pool::new();
        let rows = window.output_grid(grid).positions();
        let mut y = vec![f32::NAN; rows * outputs];
        c.forward(&mut y, &x, &bias, grid, &pool);
        let exact = by_definition(&c, &x, &bias, grid);
        let scale = exact.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        let errors = y.iter().zip(&exact).map(|(y, e)| (f64::from(*y) - e).abs());
        let (worst, squares) = errors.fold((0.0_f64, 0.0), |(worst, squares), error| {
            (worst.max(error), squares + error * error)
        });
        let usual = (squares / exact.len() as f64).sqrt();
        assert!(usual < tolerance / 5.0 * scale, "{usual} of {scale}");
        // The worst of a million may stand out, the worst of a few must not.
        assert!(worst < 2.0 * tolerance * scale, "{worst} of {scale}");
        // ⟨C x, g⟩ = ⟨x, Cᵀ g⟩
        let g = noise(y.len(), 4);
        let mut back = vec![f32::NAN; x.len()];
        c.backward(&mut back, &g, grid, &pool);
        let pair = |a: &[f32], b: &[f32]| -> f64 {
            a.iter()
                .zip(b)
                .map(|(a, b)| f64::from(*a) * f64::from(*b))
                .sum()
        };
        let biased: f64 = g
            .iter()
            .enumerate()
            .map(|(i, g)| f64::from(*g) * f64::from(bias[i % outputs]))
            .sum();
        let (left, right) = (pair(&y, &g) - biased, pair(&x, &back));
        let size = pair(&y, &y).sqrt() * pair(&g, &g).sqrt();
        assert!((left - right).abs() < tolerance * size, "{left} {right}");
    }

    #[test]
    fn direct_convolutions_follow_the_definition_and_their_adjoint() {
        for window in [Window::Same, Window::Halving, Window::HalvingOneSided] {
            check(
                5,
                7,
                Grid {
                    height: 6,
                    width: 10,
                },
                window,
                5e-7,
            );
            check(
                3,
                2,
                Grid {
                    height: 7,
                    width: 5,
                },
                window,
                5e-7,
            );
        }
    }

    #[test]
    fn a_picture_that_comes_by_bands_gives_the_same_bits() {
        let grid = Grid {
            height: 531,
            width: 257,
        };
        let (inputs, outputs) = (256, 128);
        let weight = noise(outputs * inputs * 9, 1);
        let (bias, x) = (noise(outputs, 2), noise(grid.positions() * inputs, 3));
        let c = Convolution {
            weight: weight[..].into(),
            inputs,
            outputs,
            window: Window::Same,
        };
        assert!(c.goes_by_bands(grid));
        let pool = Pool::new();
        let [mut whole, mut banded] = [0; 2].map(|_| vec![f32::NAN; grid.positions() * outputs]);
        c.forward(&mut whole, &x, &bias, grid, &pool);
        let bands = std::sync::atomic::AtomicUsize::new(0);
        c.forward_by_bands(&mut banded, &bias, grid, &pool, |out, rows| {
            bands.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let width = grid.width * inputs;
            out.copy_from_slice(&x[rows.start * width..rows.end * width]);
        });
        assert!(bands.into_inner() > 2);
        let bits = |v: &[f32]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert!(bits(&whole) == bits(&banded));
    }

    #[test]
    fn winograd_follows_the_definition_and_its_adjoint() {
        // Narrow and wide strips, several bands, a grid that the 4×4 tiles do not divide.
        for (inputs, outputs, height, width) in
            [(128, 160, 16, 16), (160, 128, 66, 67), (224, 128, 17, 19)]
        {
            let grid = Grid { height, width };
            assert!(winograd::pays_off(inputs, outputs, grid));
            check(inputs, outputs, grid, Window::Same, 7e-6);
        }
    }
}
