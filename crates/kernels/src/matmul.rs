//! Matrix products. The inner kernel is the `gemm` crate's; here is how operands are described,
//! checked, and how a large product is cut into tiles that depend on its shape alone.

use super::packed_weight::Weight;
use super::pool::Pool;
use super::skinny_gemm;
use rayon::prelude::*;

/// A read-only matrix inside a slice: element (i, j) stands at `i·row_stride + j·column_stride`.
#[derive(Clone, Copy)]
pub struct Strided<'a> {
    values: &'a [f32],
    row_stride: usize,
    column_stride: usize,
}

impl<'a> Strided<'a> {
    /// Rows one after the other, `row_stride` apart.
    pub fn rows(values: &'a [f32], row_stride: usize) -> Self {
        Self {
            values,
            row_stride,
            column_stride: 1,
        }
    }

    /// The transpose of [`Self::rows`]: the slice's rows are this matrix's columns.
    pub fn transposed(values: &'a [f32], row_stride: usize) -> Self {
        Self {
            values,
            row_stride: 1,
            column_stride: row_stride,
        }
    }

    /// The same matrix without its first `rows` rows and `columns` columns.
    fn from(self, row: usize, column: usize) -> Self {
        Self {
            values: &self.values[row * self.row_stride + column * self.column_stride..],
            ..self
        }
    }

    fn covers(&self, rows: usize, columns: usize) -> bool {
        (rows - 1) * self.row_stride + (columns - 1) * self.column_stride < self.values.len()
    }
}

/// The shape of a product: `[m, k] · [k, n] → [m, n]`.
#[derive(Clone, Copy)]
pub struct Product {
    pub m: usize,
    pub n: usize,
    pub k: usize,
    /// Add to what the destination holds instead of overwriting it.
    pub accumulate: bool,
}

impl Product {
    /// `[m, k] · [k, n]`, overwriting.
    ///
    /// ```
    /// use palimpsest_kernels::matmul::{Product, Strided};
    ///
    /// let (a, b) = ([1.0, 2.0, 3.0, 4.0], [5.0, 6.0]);
    /// let mut out = [0.0; 2];
    /// Product::new(2, 1, 2).run(&mut out, 1, Strided::rows(&a, 2), Strided::rows(&b, 1));
    /// assert_eq!(out, [17.0, 39.0]);
    /// ```
    pub fn new(m: usize, n: usize, k: usize) -> Self {
        Self {
            m,
            n,
            k,
            accumulate: false,
        }
    }

    /// `out (+)= a·b` on the calling thread; rows of `out` are `out_stride` apart.
    pub fn run(self, out: &mut [f32], out_stride: usize, a: Strided, b: Strided) {
        let Self { m, n, k, .. } = self;
        if m == 0 || n == 0 || k == 0 {
            return;
        }
        assert!((m - 1) * out_stride + n <= out.len() && out_stride >= n);
        assert!(a.covers(m, k) && b.covers(k, n));
        // SAFETY: the assertions keep every element of the three matrices inside its slice, and
        // `out` is borrowed exclusively.
        unsafe { self.run_unchecked(out.as_mut_ptr(), out_stride, a, b) }
    }

    /// As [`Self::run`], over all threads of the current pool; `out` is dense: `[m, n]`. A `bias`
    /// (`[n]`) takes the place of what the destination holds, in every row.
    pub fn run_parallel(self, out: &mut [f32], bias: Option<&[f32]>, a: Strided, b: Strided) {
        let Self { m, n, k, .. } = self;
        if m == 0 || n == 0 || k == 0 {
            return;
        }
        assert!(m * n <= out.len() && a.covers(m, k) && b.covers(k, n));
        assert!(bias.is_none_or(|bias| bias.len() == n));
        let (tile_rows, tile_columns) = tile(m, n, k);
        let (down, across) = (m.div_ceil(tile_rows), n.div_ceil(tile_columns));
        let destination = Destination(out.as_mut_ptr());
        (0..down * across)
            .into_par_iter()
            .with_max_len(1)
            .for_each(|index| {
                let (row, column) = (index % down * tile_rows, index / down * tile_columns);
                let part = Self {
                    m: tile_rows.min(m - row),
                    n: tile_columns.min(n - column),
                    accumulate: self.accumulate || bias.is_some(),
                    ..self
                };
                // SAFETY: the tiles are disjoint parts of `out`, which this call borrows
                // exclusively, and lie inside it by the assertion above.
                unsafe {
                    let corner = destination.at(row * n + column);
                    if let Some(bias) = bias {
                        let bias = &bias[column..column + part.n];
                        for row in 0..part.m {
                            let row = corner.add(row * n);
                            std::ptr::copy_nonoverlapping(bias.as_ptr(), row, part.n);
                        }
                    }
                    part.run_unchecked(corner, n, a.from(row, 0), b.from(0, column));
                }
            });
    }

    /// # Safety
    /// All elements that the shape and strides name must lie inside their allocations, and no one
    /// else may touch the destination's meanwhile.
    unsafe fn run_unchecked(self, out: *mut f32, out_stride: usize, a: Strided, b: Strided) {
        // SAFETY: handed on to the caller.
        unsafe {
            gemm::gemm(
                self.m,
                self.n,
                self.k,
                out,
                1,
                out_stride as isize,
                self.accumulate,
                a.values.as_ptr(),
                a.column_stride as isize,
                a.row_stride as isize,
                b.values.as_ptr(),
                b.column_stride as isize,
                b.row_stride as isize,
                1.0,
                1.0,
                false,
                false,
                false,
                gemm::Parallelism::None,
            );
        }
    }
}

/// Tiles of about 256×256, with fewer columns until there are enough of them for many cores. Each
/// tile packs its own operands, so small tiles are dear.
fn tile(m: usize, n: usize, k: usize) -> (usize, usize) {
    const ENOUGH: usize = 16;
    const SMALLEST_WORK: usize = 1 << 20;
    let (mut rows, mut columns) = (m.min(256), n.min(256));
    loop {
        let tiles = m.div_ceil(rows) * n.div_ceil(columns);
        if tiles >= ENOUGH || rows * columns * k <= SMALLEST_WORK {
            return (rows, columns);
        }
        if columns > 96 {
            columns = columns.div_ceil(2).next_multiple_of(16);
        } else if rows > 96 {
            rows = rows.div_ceil(2).next_multiple_of(16);
        } else {
            return (rows, columns);
        }
    }
}

/// The destination of a parallel product, shared by the threads that write its disjoint tiles.
struct Destination(*mut f32);
// SAFETY: only disjoint tiles are written through it (`run_parallel`).
unsafe impl Sync for Destination {}

impl Destination {
    /// # Safety
    /// `offset` must lie inside the allocation.
    unsafe fn at(&self, offset: usize) -> *mut f32 {
        // SAFETY: handed on to the caller.
        unsafe { self.0.add(offset) }
    }
}

/// `x·Wᵀ + bias`: `x` is `[rows, inputs]`, `weight` `[outputs, inputs]` as stored in model files,
/// `out` `[rows, outputs]`.
///
/// ```
/// use palimpsest_kernels::{matmul, pool::Pool};
///
/// let weight = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]; // two outputs of three inputs
/// let mut out = [0.0; 2];
/// matmul::linear(&mut out, &[1.0, 0.0, -1.0], &weight[..], Some(&[10.0, 20.0]), 3, &Pool::new());
/// assert_eq!(out, [8.0, 18.0]);
/// ```
pub fn linear<'a>(
    out: &mut [f32],
    x: &[f32],
    weight: impl Into<Weight<'a>>,
    bias: Option<&[f32]>,
    inputs: usize,
    pool: &Pool,
) {
    let weight = weight.into();
    let outputs = weight.values.len() / inputs;
    debug_assert_eq!(weight.values.len(), outputs * inputs);
    debug_assert_eq!(out.len() * inputs, x.len() * outputs);
    debug_assert!(bias.is_none_or(|bias| bias.len() == outputs));
    if skinny_gemm::suits(x.len() / inputs, inputs, outputs) {
        return skinny_gemm::forward(out, weight.layout(inputs), bias, pool, |panel| {
            skinny_gemm::fill_from_rows(panel, x, inputs);
        });
    }
    Product::new(x.len() / inputs, outputs, inputs).run_parallel(
        out,
        bias,
        Strided::rows(x, inputs),
        Strided::transposed(weight.values, inputs),
    );
}

/// Gradient of [`linear`] with respect to `x`: `gradient·W`, `[rows, inputs]`.
pub fn linear_backward<'a>(
    out: &mut [f32],
    gradient: &[f32],
    weight: impl Into<Weight<'a>>,
    inputs: usize,
    pool: &Pool,
) {
    let weight = weight.into();
    let outputs = weight.values.len() / inputs;
    debug_assert_eq!(weight.values.len(), outputs * inputs);
    debug_assert_eq!(out.len() * outputs, gradient.len() * inputs);
    if skinny_gemm::suits(gradient.len() / outputs, inputs, outputs) {
        return skinny_gemm::backward(out, gradient, weight.layout(inputs), pool);
    }
    Product::new(gradient.len() / outputs, inputs, outputs).run_parallel(
        out,
        None,
        Strided::rows(gradient, outputs),
        Strided::rows(weight.values, inputs),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tiling_covers_the_matrix_and_feeds_sixteen_cores() {
        for (m, n, k) in [
            (4096, 320, 320),
            (256, 1280, 1280),
            (64, 1280, 11520),
            (1, 7, 3),
        ] {
            let (rows, columns) = tile(m, n, k);
            let tiles = m.div_ceil(rows) * n.div_ceil(columns);
            assert!(rows > 0 && columns > 0 && rows <= m && columns <= n);
            assert!(
                tiles >= 16 || m * n * k < 1 << 24,
                "{m}×{n}×{k}: {tiles} tiles"
            );
        }
    }
}
