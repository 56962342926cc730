//! Small products as sums of outer products, for attention: vectors run along the rows of the right
//! matrix, single values of the left one are broadcast, and neither is copied into another order.

use pulp::{Arch, Simd, WithSimd};

/// Columns of the right matrix come in multiples of this: a vector of the widest instruction set.
pub const LANES: usize = 16;

/// The left matrix.
#[derive(Clone, Copy)]
pub enum Left<'a> {
    /// Element (row, k) at `row·pitch + k`.
    Rows(&'a [f32], usize),
    /// Element (row, k) at `k·pitch + row`.
    Columns(&'a [f32], usize),
}

/// `[rows, depth] · [depth, columns]`.
pub struct Outer<'a> {
    pub left: Left<'a>,
    /// Rows `right_pitch` apart.
    pub right: &'a [f32],
    pub right_pitch: usize,
    pub rows: usize,
    pub depth: usize,
    /// A multiple of [`LANES`].
    pub columns: usize,
    /// Add to what the destination holds.
    pub accumulate: bool,
}

impl Outer<'_> {
    /// Rows of `out` are `pitch` apart.
    pub fn run(self, out: &mut [f32], pitch: usize) {
        Arch::new().dispatch(Run {
            outer: self,
            out,
            pitch,
        });
    }
}

struct Run<'a, 'b> {
    outer: Outer<'a>,
    out: &'b mut [f32],
    pitch: usize,
}

impl WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        for row in (0..self.outer.rows).step_by(6) {
            match self.outer.rows - row {
                1 => self.row::<S, 1>(simd, row),
                2 => self.row::<S, 2>(simd, row),
                3 => self.row::<S, 3>(simd, row),
                4 => self.row::<S, 4>(simd, row),
                5 => self.row::<S, 5>(simd, row),
                _ => self.row::<S, 6>(simd, row),
            }
        }
    }
}

impl Run<'_, '_> {
    #[inline(always)]
    fn row<S: Simd, const R: usize>(&mut self, simd: S, row: usize) {
        let vectors = self.outer.columns / S::F32_LANES;
        let mut at = 0;
        while at < vectors {
            let column = at * S::F32_LANES;
            at += match vectors - at {
                1 => self.tile::<S, R, 1>(simd, row, column),
                3 if S::F32_LANES == 16 => self.tile::<S, R, 3>(simd, row, column),
                n if n >= 4 && S::F32_LANES == 16 => self.tile::<S, R, 4>(simd, row, column),
                _ => self.tile::<S, R, 2>(simd, row, column),
            };
        }
    }

    /// Returns V.
    #[inline(always)]
    fn tile<S: Simd, const R: usize, const V: usize>(
        &mut self,
        simd: S,
        row: usize,
        column: usize,
    ) -> usize {
        match self.outer.left {
            Left::Rows(values, pitch) => {
                let rows: [&[f32]; R] =
                    std::array::from_fn(|r| &values[(row + r) * pitch..][..self.outer.depth]);
                self.sum::<S, R, V>(simd, row, column, |k| std::array::from_fn(|r| rows[r][k]))
            }
            Left::Columns(values, pitch) => self.sum::<S, R, V>(simd, row, column, |k| {
                let cell = &values[k * pitch + row..][..R];
                std::array::from_fn(|r| cell[r])
            }),
        }
    }

    #[inline(always)]
    fn sum<S: Simd, const R: usize, const V: usize>(
        &mut self,
        simd: S,
        row: usize,
        column: usize,
        single: impl Fn(usize) -> [f32; R],
    ) -> usize {
        let width = V * S::F32_LANES;
        let mut sum = [[simd.splat_f32s(0.0); V]; R];
        if self.outer.accumulate {
            for (r, sum) in sum.iter_mut().enumerate() {
                let held = &self.out[(row + r) * self.pitch + column..][..width];
                sum.copy_from_slice(S::as_simd_f32s(held).0);
            }
        }
        for k in 0..self.outer.depth {
            let right = &self.outer.right[k * self.outer.right_pitch + column..][..width];
            let (vectors, _) = S::as_simd_f32s(right);
            for (sum, single) in sum.iter_mut().zip(single(k)) {
                let single = simd.splat_f32s(single);
                for (sum, vector) in sum.iter_mut().zip(vectors) {
                    *sum = simd.mul_add_e_f32s(single, *vector, *sum);
                }
            }
        }
        for (r, sum) in sum.iter().enumerate() {
            let held = &mut self.out[(row + r) * self.pitch + column..][..width];
            S::as_mut_simd_f32s(held).0.copy_from_slice(sum);
        }
        V
    }
}
