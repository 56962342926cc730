//! 3×3 convolution and its adjoint, both through candle's `conv2d`: of its convolutions the one that
//! is a matrix product on every device. (`conv_transpose2d` is a plain loop on some.)

use super::super::backend::{Grid, Window};
use candle_core::{Result, Tensor};

const HEIGHT: usize = 2;
const WIDTH: usize = 3;

/// `x`: `[positions, inputs]` on `grid` → `[output positions, outputs]`, without bias.
pub(super) fn apply(x: &Tensor, weight: &Tensor, grid: Grid, window: Window) -> Result<Tensor> {
    let x = picture(x, grid)?;
    let y = match window {
        Window::Same => x.conv2d(weight, 1, 1, 1, 1)?,
        Window::Halving => x.conv2d(weight, 1, 2, 1, 1)?,
        Window::HalvingOneSided => {
            let x = x
                .pad_with_zeros(HEIGHT, 0, 1)?
                .pad_with_zeros(WIDTH, 0, 1)?;
            x.conv2d(weight, 0, 2, 1, 1)?
        }
    };
    rows(&y)
}

/// The adjoint of [`apply`]: every gradient stands where its window began, zeros between and around
/// them, and the turned kernel moves over that with stride 1. `grid` is the input's.
pub(super) fn adjoint(g: &Tensor, weight: &Tensor, grid: Grid, window: Window) -> Result<Tensor> {
    let g = picture(g, window.output_grid(grid))?;
    // A window that began before its grid leaves that much less to put before the gradients.
    let (g, before) = match window {
        Window::Same => (g, 1),
        Window::Halving => (spread(&g)?, 1),
        Window::HalvingOneSided => (spread(&g)?, 2),
    };
    let framed = |g: Tensor, axis: usize, side: usize| {
        let after = (side + 2).saturating_sub(before + g.dim(axis)?);
        g.pad_with_zeros(axis, before, after)
    };
    let g = framed(framed(g, HEIGHT, grid.height)?, WIDTH, grid.width)?;
    let turned = weight
        .flip(&[HEIGHT, WIDTH])?
        .transpose(0, 1)?
        .contiguous()?;
    rows(&g.conv2d(&turned, 0, 1, 1, 1)?)
}

/// The gradient at the weight, `[outputs, 9·inputs]`: for each tap of the window, the product of the
/// gradients with the inputs under that tap. `grid` is that of `x`, `[positions, inputs]`.
pub(super) fn weight_gradient(
    x: &Tensor,
    g: &Tensor,
    grid: Grid,
    window: Window,
) -> Result<Tensor> {
    let (positions, inputs) = x.dims2()?;
    let outputs = g.dim(1)?;
    // One row of zeros for taps beyond the grid.
    let x = x.pad_with_zeros(0, 0, 1)?;
    let out = window.output_grid(grid);
    let taps = (0..9).map(|tap| {
        let under = |index: usize| {
            let y = window.input(index / out.width, tap / 3, grid.height);
            let x = window.input(index % out.width, tap % 3, grid.width);
            y.zip(x).map_or(positions, |(y, x)| y * grid.width + x) as u32
        };
        let rows: Vec<u32> = (0..out.positions()).map(under).collect();
        g.t()?
            .matmul(&x.index_select(&Tensor::new(rows, x.device())?, 0)?)
    });
    let by_tap = Tensor::stack(&taps.collect::<Result<Vec<_>>>()?, 2)?;
    by_tap.reshape((outputs, 9 * inputs))
}

/// Puts a zero after every cell, downwards and to the right.
fn spread(x: &Tensor) -> Result<Tensor> {
    let (_, channels, height, width) = x.dims4()?;
    let cells = x.reshape((channels, height, 1, width, 1))?;
    let spread = cells.pad_with_zeros(2, 0, 1)?.pad_with_zeros(4, 0, 1)?;
    spread.reshape((1, channels, 2 * height, 2 * width))
}

/// `[h·w, channels]` → `[1, channels, h, w]`.
fn picture(x: &Tensor, grid: Grid) -> Result<Tensor> {
    x.t()?.reshape((1, x.dim(1)?, grid.height, grid.width))
}

/// `[1, channels, h, w]` → `[h·w, channels]`.
fn rows(x: &Tensor) -> Result<Tensor> {
    let (_, channels, height, width) = x.dims4()?;
    x.reshape((channels, height * width))?.t()?.contiguous()
}
