//! Rotations of a weight's outputs (OFT, BOFT), made from skew-symmetric matrices by Cayley's formula. In double
//! precision: the matrices are small, and an inverse loses digits. Dimensions were checked when the change was found
//! ([`super::change`]): the zeros that stand in for what cannot be missing are never reached.

use super::algebra::Array;

/// Added to a norm before it divides.
const TINY: f64 = 1e-8;

/// Square matrices of `size`, one after the other.
pub struct Rotations {
    size: usize,
    matrices: Vec<Vec<f64>>,
}

impl Rotations {
    /// `s·R + (1 − s)·I`, where `R = (I + Q)(I − Q)⁻¹` and `Q = A − Aᵀ` of each matrix A of `generators`. Is the norm of all
    /// Q together above `bound`, and that above 0, they are scaled down to it. Nothing if a matrix has no inverse.
    pub fn new(generators: &Array, bound: f64, strength: f64) -> Option<Self> {
        let size = generators.shape.last().copied().filter(|&size| size > 0)?;
        let blocks = generators.values.chunks_exact(size.checked_mul(size)?);
        let mut skew: Vec<Vec<f64>> = blocks
            .map(|block| {
                let at = |i: usize, j: usize| {
                    block
                        .get(i.saturating_mul(size).saturating_add(j))
                        .copied()
                        .map_or(0.0, f64::from)
                };
                let entries = (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
                entries.map(|(i, j)| at(i, j) - at(j, i)).collect()
            })
            .collect();
        let norm = skew.iter().flatten().map(|v| v * v).sum::<f64>().sqrt() + TINY;
        if bound > 0.0 && norm > bound {
            skew.iter_mut().flatten().for_each(|v| *v *= bound / norm);
        }
        let matrices = skew.iter().map(|skew| rotation(skew, size, strength));
        Some(Self {
            size,
            matrices: matrices.collect::<Option<_>>()?,
        })
    }

    /// The number of matrices.
    pub fn count(&self) -> usize {
        self.matrices.len()
    }

    /// Rows `[matrices · size, columns]` of which each group of `size` is mixed by its matrix of those from `first` on:
    /// `Rᵀ·W`, or `R·W` if not `transposed`.
    pub fn mix(&self, first: usize, rows: &[f32], columns: usize, transposed: bool) -> Vec<f32> {
        let size = self.size;
        let group = size.saturating_mul(columns).max(1);
        let mut mixed = Vec::with_capacity(rows.len());
        for (matrix, rows) in self.matrices.iter().skip(first).zip(rows.chunks(group)) {
            for m in 0..size {
                let mut row = vec![0.0_f64; columns];
                for (n, other) in rows.chunks(columns.max(1)).enumerate() {
                    let (i, j) = if transposed { (n, m) } else { (m, n) };
                    let factor = matrix
                        .get(i.saturating_mul(size).saturating_add(j))
                        .copied()
                        .unwrap_or_default();
                    row.iter_mut()
                        .zip(other)
                        .for_each(|(sum, v)| *sum += factor * f64::from(*v));
                }
                mixed.extend(row.iter().map(|&v| v as f32));
            }
        }
        mixed
    }

    /// Rows mixed in stages: in stage `i` those that are `2ⁱ·size/2` apart meet.
    pub fn mix_in_stages(&self, stages: usize, rows: &[f32], columns: usize) -> Vec<f32> {
        let each = self.count().checked_div(stages).unwrap_or_default();
        let count = rows.len().checked_div(columns.max(1)).unwrap_or_default();
        let mut rows = rows.to_vec();
        let mut apart = self.size / 2;
        for stage in 0..stages {
            let order = gathered(count, apart);
            let met = permuted(&rows, columns, &order);
            let mixed = self.mix(stage.saturating_mul(each), &met, columns, false);
            let mut back = vec![0_usize; count];
            for (place, &from) in order.iter().enumerate() {
                if let Some(slot) = back.get_mut(from) {
                    *slot = place;
                }
            }
            rows = permuted(&mixed, columns, &back);
            apart = apart.saturating_mul(2);
        }
        rows
    }
}

/// The rows `(c, g, k)` in the order `(c, k, g)`, where g is 0 or 1 and k goes to `apart`.
fn gathered(count: usize, apart: usize) -> Vec<usize> {
    let group = apart.saturating_mul(2).max(1);
    let starts = (0..count).step_by(group);
    let groups = starts.flat_map(|start| {
        (0..apart).flat_map(move |k| [0, apart].map(|g| start.saturating_add(g).saturating_add(k)))
    });
    groups.collect()
}

fn permuted(rows: &[f32], columns: usize, order: &[usize]) -> Vec<f32> {
    let row = |&i: &usize| {
        let begin = i.saturating_mul(columns);
        rows.get(begin..begin.saturating_add(columns))
            .unwrap_or_default()
    };
    order.iter().flat_map(row).copied().collect()
}

/// `s·(I + Q)(I − Q)⁻¹ + (1 − s)·I`.
fn rotation(skew: &[f64], size: usize, strength: f64) -> Option<Vec<f64>> {
    let identity = |i: usize, j: usize| if i == j { 1.0 } else { 0.0 };
    let entries = || (0..size).flat_map(move |i| (0..size).map(move |j| (i, j)));
    let at = |i: usize, j: usize| {
        skew.get(i.saturating_mul(size).saturating_add(j))
            .copied()
            .unwrap_or_default()
    };
    // R = (I + Q)(I − Q)⁻¹, whose transpose solves (I − Q)ᵀ·Rᵀ = (I + Q)ᵀ.
    let mut left: Vec<Vec<f64>> = vec![Vec::new(); size];
    for (i, row) in left.iter_mut().enumerate() {
        row.extend((0..size).map(|j| identity(i, j) - at(j, i)));
        row.extend((0..size).map(|j| identity(i, j) + at(j, i)));
    }
    solve(&mut left, size)?;
    let solved = |i: usize, j: usize| {
        left.get(i)
            .and_then(|row| row.get(size.saturating_add(j)))
            .copied()
    };
    entries()
        .map(|(i, j)| Some(strength * solved(j, i)? + (1.0 - strength) * identity(i, j)))
        .collect()
}

/// Eliminates the left half of `rows`, so that the right half is the solution.
fn solve(rows: &mut [Vec<f64>], size: usize) -> Option<()> {
    for column in 0..size {
        let size_of = |row: &Vec<f64>| row.get(column).map_or(0.0, |v| v.abs());
        let pivot = (column..size).max_by(|&a, &b| {
            let (a, b) = (
                rows.get(a).map_or(0.0, size_of),
                rows.get(b).map_or(0.0, size_of),
            );
            a.total_cmp(&b)
        })?;
        rows.swap(column, pivot);
        let pivot = rows.get(column)?.clone();
        let divisor = pivot
            .get(column)
            .copied()
            .filter(|v| v.is_finite() && *v != 0.0)?;
        let pivot: Vec<f64> = pivot.iter().map(|v| v / divisor).collect();
        for (i, row) in rows.iter_mut().enumerate() {
            if i == column {
                row.clone_from(&pivot);
                continue;
            }
            let factor = row.get(column).copied().unwrap_or_default();
            if factor != 0.0 {
                row.iter_mut()
                    .zip(&pivot)
                    .for_each(|(v, p)| *v -= factor * p);
            }
        }
    }
    Some(())
}
