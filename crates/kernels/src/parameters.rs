//! Gradients with respect to the parameters of a layer, given its input and the gradient of its result:
//! what training needs besides the gradients that flow on.

use super::convolution::band_of_patches;
use super::im2col::{Grid, Window, as_stored, patches};
use super::matmul::{Product, Strided};
use super::norm::{GroupNorm, LayerNorm, Moments, channel_sums, row_sums};
use super::pool::Pool;

/// Of a linear layer's weight, `[outputs, inputs]`: `gradientᵀ·x` (`[rows, outputs]`, `[rows, inputs]`).
pub fn linear(out: &mut [f32], gradient: &[f32], x: &[f32], inputs: usize) {
    let outputs = out.len() / inputs;
    debug_assert_eq!(out.len(), outputs * inputs);
    debug_assert_eq!(x.len() * outputs, gradient.len() * inputs);
    Product::new(outputs, inputs, x.len() / inputs).run_parallel(
        out,
        None,
        Strided::transposed(gradient, outputs),
        Strided::rows(x, inputs),
    );
}

/// Of a 3×3 convolution's weight, `[outputs, inputs, 3, 3]`; `grid` is that of `x`, `[positions, inputs]`.
pub fn convolution(
    out: &mut [f32],
    gradient: &[f32],
    x: &[f32],
    (grid, window): (Grid, Window),
    pool: &Pool,
) {
    let inputs = x.len() / grid.positions();
    let row_len = 9 * inputs;
    let outputs = out.len() / row_len;
    let rows = gradient.len() / outputs;
    debug_assert_eq!(out.len(), outputs * row_len);
    debug_assert_eq!(rows, window.output_grid(grid).positions());
    let band = band_of_patches(row_len, rows);
    let mut buffer = pool.take(band.min(rows) * row_len);
    let mut by_tap = pool.take(out.len());
    for (index, gradient) in gradient.chunks(band * outputs).enumerate() {
        let n = gradient.len() / outputs;
        let gathered = &mut buffer[..n * row_len];
        patches(gathered, x, inputs, grid, window, index * band);
        let product = Product {
            accumulate: index > 0,
            ..Product::new(outputs, row_len, n)
        };
        product.run_parallel(
            &mut by_tap,
            None,
            Strided::transposed(gradient, outputs),
            Strided::rows(gathered, row_len),
        );
    }
    as_stored(out, &by_tap, inputs);
}

/// Of a bias, `[columns]`: the sums of the gradient's columns.
pub fn bias(out: &mut [f32], gradient: &[f32]) {
    debug_assert!(gradient.len().is_multiple_of(out.len()));
    round(out, &channel_sums(gradient, out.len(), |value, _| value));
}

/// Of a group norm's scale and shift, `[channels]` each.
pub fn group_norm(
    (scale, shift): (&mut [f32], &mut [f32]),
    norm: &GroupNorm,
    x: &[f32],
    moments: &Moments,
    gradient: &[f32],
) {
    let [sum, product] = norm.parameter_sums(x, moments, gradient);
    round(shift, &sum);
    round(scale, &product);
}

/// Of a layer norm's scale and shift, `[channels]` each.
pub fn layer_norm(
    (scale, shift): (&mut [f32], &mut [f32]),
    norm: &LayerNorm,
    x: &[f32],
    gradient: &[f32],
) {
    let channels = scale.len();
    debug_assert_eq!(shift.len(), channels);
    debug_assert!(x.len() == gradient.len() && x.len().is_multiple_of(channels));
    let product = row_sums(x, gradient, channels, |sums, x, gradient| {
        let (mean, inverse) = norm.row_moments(x);
        for c in 0..channels {
            sums[c] += gradient[c] * (x[c] - mean) * inverse;
        }
    });
    round(scale, &product);
    bias(shift, gradient);
}

/// Of a table, `[height, width]`, out of which the rows `rows` were taken: the gradient's rows, each
/// added where it came from.
pub fn table(out: &mut [f32], gradient: &[f32], rows: &[usize]) {
    let width = gradient.len() / rows.len().max(1);
    debug_assert_eq!(gradient.len(), rows.len() * width);
    out.fill(0.0);
    for (gradient, &row) in gradient.chunks_exact(width.max(1)).zip(rows) {
        let row = &mut out[row * width..][..width];
        row.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += g);
    }
}

fn round(out: &mut [f32], sums: &[f64]) {
    out.iter_mut()
        .zip(sums)
        .for_each(|(out, sum)| *out = *sum as f32);
}
