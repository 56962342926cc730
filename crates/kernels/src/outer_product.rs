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
pub struct OuterProduct<'a> {
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

impl OuterProduct<'_> {
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
    outer: OuterProduct<'a>,
    out: &'b mut [f32],
    pitch: usize,
}

impl WithSimd for Run<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let vectors = self.outer.columns / S::F32_LANES;
        let wide = S::F32_LANES == 16;
        let mut at = 0;
        while at < vectors {
            let column = at * S::F32_LANES;
            at += match vectors - at {
                1 => self.rows::<S, 1>(simd, column),
                3 | 5 if wide => self.rows::<S, 3>(simd, column),
                n if n >= 4 && wide => self.rows::<S, 4>(simd, column),
                _ => self.rows::<S, 2>(simd, column),
            };
        }
    }
}

impl Run<'_, '_> {
    /// All rows of V vectors of columns, by tiles as tall as the registers hold. Returns V.
    #[inline(always)]
    fn rows<S: Simd, const V: usize>(&mut self, simd: S, column: usize) -> usize {
        let tallest = match (S::F32_LANES, V) {
            (16, 1) => 8,
            _ => 6,
        };
        let mut row = 0;
        while row < self.outer.rows {
            row += match (self.outer.rows - row).min(tallest) {
                8.. => self.tile::<S, 8, V>(simd, row, column),
                6.. => self.tile::<S, 6, V>(simd, row, column),
                4.. => self.tile::<S, 4, V>(simd, row, column),
                2.. => self.tile::<S, 2, V>(simd, row, column),
                _ => self.tile::<S, 1, V>(simd, row, column),
            };
        }
        V
    }

    /// Returns R.
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
        R
    }
}
