//! The small linear maps of F(4×4, 3×3), interpolation at 0, ±1, ±2 and ∞, and the vectors of
//! channels that they work on.

use pulp::Simd;
use std::ops::{Add, Mul, Sub};

/// Results a tile side, inputs a tile side, and the number of products a tile.
pub const TILE: usize = 4;
pub const PATCH: usize = 6;
pub const POINTS: usize = PATCH * PATCH;

/// One vector of channels.
#[derive(Clone, Copy)]
pub struct Lanes<S: Simd> {
    simd: S,
    values: S::f32s,
}

impl<S: Simd> Lanes<S> {
    #[inline(always)]
    pub fn splat(simd: S, value: f32) -> Self {
        let values = simd.splat_f32s(value);
        Self { simd, values }
    }

    /// The first values of a slice that has at least a vector's.
    #[inline(always)]
    pub fn load(simd: S, from: &[f32]) -> Self {
        let values = S::as_simd_f32s(&from[..S::F32_LANES]).0[0];
        Self { simd, values }
    }

    /// [`Self::load`] with this vector's instruction set.
    #[inline(always)]
    pub fn like(&self, from: &[f32]) -> Self {
        Self::load(self.simd, from)
    }

    #[inline(always)]
    pub fn store(&self, to: &mut [f32]) {
        S::as_mut_simd_f32s(&mut to[..S::F32_LANES]).0[0] = self.values;
    }
}

impl<S: Simd> Add for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        let values = self.simd.add_f32s(self.values, other.values);
        Self { values, ..self }
    }
}

impl<S: Simd> Sub for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        let values = self.simd.sub_f32s(self.values, other.values);
        Self { values, ..self }
    }
}

impl<S: Simd> Mul<f32> for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, factor: f32) -> Self {
        let factor = self.simd.splat_f32s(factor);
        let values = self.simd.mul_f32s(self.values, factor);
        Self { values, ..self }
    }
}

/// The operations that the transforms need of a number; a vector and, in tests, a plain one.
pub trait Number: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<f32, Output = Self> {}
impl<T: Copy + Add<Output = T> + Sub<Output = T> + Mul<f32, Output = T>> Number for T {}

/// A linear map of N numbers to M. (A type, because calls through a function's value would keep the
/// vectors from being inlined.)
pub trait Side<const N: usize, const M: usize> {
    fn apply<T: Number>(line: [T; N]) -> [T; M];
}

/// The first half of a two-dimensional transform: along every row.
#[inline(always)]
pub fn along_rows<F: Side<N, M>, T: Number, const N: usize, const M: usize>(
    cells: &[[T; N]; N],
) -> [[T; M]; N] {
    let mut half = [[cells[0][0]; M]; N];
    for (row, target) in cells.iter().zip(half.iter_mut()) {
        *target = F::apply(*row);
    }
    half
}

/// The second half: down column `j`. (By columns, so that each can be stored before the next is made:
/// all 36 would not fit the registers.)
#[inline(always)]
pub fn down_column<F: Side<N, M>, T: Number, const N: usize, const M: usize>(
    half: &[[T; M]; N],
    j: usize,
) -> [T; M] {
    let mut column = [half[0][j]; N];
    for (cell, row) in column.iter_mut().zip(half) {
        *cell = row[j];
    }
    F::apply(column)
}

pub struct PatchSide;
impl Side<6, 6> for PatchSide {
    #[inline(always)]
    fn apply<T: Number>([a, b, c, d, e, f]: [T; 6]) -> [T; 6] {
        let (even, odd) = (e - c * 4.0, d - b * 4.0);
        let (far_even, far_odd) = (e - c, (d - b) * 2.0);
        [
            a * 4.0 - c * 5.0 + e,
            even + odd,
            even - odd,
            far_even + far_odd,
            far_even - far_odd,
            b * 4.0 - d * 5.0 + f,
        ]
    }
}

/// B: the adjoint of [`PatchSide`].
pub struct PatchSideAdjoint;
impl Side<6, 6> for PatchSideAdjoint {
    #[inline(always)]
    fn apply<T: Number>([a, b, c, d, e, f]: [T; 6]) -> [T; 6] {
        let (near, far) = (b + c, d + e);
        [
            a * 4.0,
            (c - b + f) * 4.0 + (e - d) * 2.0,
            (a * -5.0) - near * 4.0 - far,
            (b - c) + (d - e) * 2.0 - f * 5.0,
            a + near + far,
            f,
        ]
    }
}

/// Aᵀ: six points to four results.
pub struct TileSide;
impl Side<6, 4> for TileSide {
    #[inline(always)]
    fn apply<T: Number>([a, b, c, d, e, f]: [T; 6]) -> [T; 4] {
        let (near, near_odd, far, far_odd) = (b + c, b - c, d + e, d - e);
        [
            a + near + far,
            near_odd + far_odd * 2.0,
            near + far * 4.0,
            near_odd + far_odd * 8.0 + f,
        ]
    }
}

/// A: the adjoint of [`TileSide`].
pub struct TileSideAdjoint;
impl Side<4, 6> for TileSideAdjoint {
    #[inline(always)]
    fn apply<T: Number>([a, b, c, d]: [T; 4]) -> [T; 6] {
        let (even, odd) = (a + c, b + d);
        let (far_even, far_odd) = (a + c * 4.0, b * 2.0 + d * 8.0);
        [
            a,
            even + odd,
            even - odd,
            far_even + far_odd,
            far_even - far_odd,
            d,
        ]
    }
}

/// G: three taps to six points.
pub struct WeightSide;
impl Side<3, 6> for WeightSide {
    #[inline(always)]
    fn apply<T: Number>([a, b, c]: [T; 3]) -> [T; 6] {
        let (near, near_odd) = ((a + c) * (-1.0 / 6.0), b * (1.0 / 6.0));
        let (far, far_odd) = (a * (1.0 / 24.0) + c * (1.0 / 6.0), b * (1.0 / 12.0));
        [
            a * 0.25,
            near - near_odd,
            near + near_odd,
            far + far_odd,
            far - far_odd,
            c,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_dimension_is_the_correlation_with_three_taps() {
        let (x, taps) = ([0.3, -1.2, 0.7, 2.0, -0.4, 1.1], [0.5, -0.25, 1.5]);
        let (points, weights) = (PatchSide::apply(x), WeightSide::apply(taps));
        let products: [f32; 6] = std::array::from_fn(|i| points[i] * weights[i]);
        for (i, y) in TileSide::apply(products).into_iter().enumerate() {
            let exact: f32 = (0..3).map(|k| x[i + k] * taps[k]).sum();
            assert!((y - exact).abs() < 1e-5, "{y} {exact}");
        }
    }

    #[test]
    fn adjoints_are_adjoint() {
        let (x, y) = (
            [0.3, -1.2, 0.7, 2.0, -0.4, 1.1],
            [1.0, 0.2, -0.9, 0.4, 2.2, -1.3],
        );
        let pair = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let (left, right) = (
            pair(&PatchSide::apply(x), &y),
            pair(&x, &PatchSideAdjoint::apply(y)),
        );
        assert!((left - right).abs() < 1e-4, "{left} {right}");
        let z = [0.1, 0.9, -0.7, 0.6];
        let (left, right) = (
            pair(&TileSide::apply(x), &z),
            pair(&x, &TileSideAdjoint::apply(z)),
        );
        assert!((left - right).abs() < 1e-4, "{left} {right}");
    }
}
