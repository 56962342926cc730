//! Products of the tensors of an adapter, in single precision.

use palimpsest_kernels::matmul::{Product, Strided};

use crate::ModelError;
use crate::files::Weights;

/// A tensor of the file: its dimensions and values.
pub struct Array {
    pub shape: Vec<usize>,
    pub values: Vec<f32>,
}

impl Array {
    /// The tensor `name`.
    pub fn read(lora: &Weights, name: &str) -> Result<Self, ModelError> {
        let stored = lora.stored(name)?;
        Ok(Self {
            shape: stored.shape().to_vec(),
            values: stored.values().into_owned(),
        })
    }

    /// The first dimension, and the product of the others.
    pub fn rows(&self) -> (usize, usize) {
        let rows = self.shape.first().copied().unwrap_or_default();
        (
            rows,
            self.values.len().checked_div(rows).unwrap_or_default(),
        )
    }

    /// As a matrix whose rows are its columns.
    fn transposed(&self) -> Self {
        let (rows, columns) = self.rows();
        let column = |j: usize| self.values.iter().skip(j).step_by(columns.max(1)).copied();
        Self {
            shape: vec![columns, rows],
            values: (0..columns).flat_map(column).collect(),
        }
    }
}

/// `a · b`, of which `b` has as many rows as `a` columns, whatever lies inside them.
pub fn product(a: &Array, b: &Array) -> Array {
    let ((rows, inner), (_, columns)) = (a.rows(), b.rows());
    let mut values = vec![0.0; rows.saturating_mul(columns)];
    if !values.is_empty() && inner > 0 {
        Product::new(rows, columns, inner).run_parallel(
            &mut values,
            None,
            Strided::rows(&a.values, inner),
            Strided::rows(&b.values, columns),
        );
    }
    Array {
        shape: vec![rows, columns],
        values,
    }
}

/// `Σ window[m, n, …] · up[i, m] · down[n, j]`, as `[i, j, …]`.
pub fn with_window(window: &Array, up: &Array, down: &Array) -> Array {
    let (above, below) = match window.shape[..] {
        [above, below, ..] => (above, below),
        _ => (0, 0),
    };
    let inside = window
        .values
        .len()
        .checked_div(above.saturating_mul(below))
        .unwrap_or_default();
    let (_, inputs) = down.rows();
    // [m, n, …] → [m, …, n], times down → [m, …, j], under up → [i, …, j], → [i, j, …].
    let exchanged = Array {
        shape: vec![above.saturating_mul(inside), below],
        values: exchanged(&window.values, below, inside),
    };
    let lower = product(&exchanged, down);
    let lower = Array {
        shape: vec![above, inside.saturating_mul(inputs)],
        values: lower.values,
    };
    let whole = product(up, &lower);
    Array {
        values: self::exchanged(&whole.values, inside, inputs),
        ..whole
    }
}

/// As [`with_window`], of `up[m, i]`.
pub fn with_window_of_columns(window: &Array, up: &Array, down: &Array) -> Array {
    with_window(window, &up.transposed(), down)
}

/// `Σ weight[o, i, …] · (a · b)[i, j]`, as `[o, j, …]`.
pub fn mixed(weight: &Array, a: &Array, b: &Array) -> Vec<f32> {
    let inputs = weight.shape.get(1).copied().unwrap_or_default();
    let (_, inner) = weight.rows();
    let window = inner.checked_div(inputs).unwrap_or_default();
    // [o, i, …] → [o, …, i], through both, → [o, j, …].
    let last = Array {
        shape: vec![weight.rows().0.saturating_mul(window), inputs],
        values: exchanged(&weight.values, inputs, window),
    };
    exchanged(&product(&product(&last, a), b).values, window, inputs)
}

/// Blocks of `[rows, columns]`, each transposed.
fn exchanged(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let block = rows.saturating_mul(columns).max(1);
    let mut exchanged = Vec::with_capacity(values.len());
    for block in values.chunks(block) {
        for column in 0..columns {
            exchanged.extend(block.iter().skip(column).step_by(columns.max(1)));
        }
    }
    exchanged
}

/// `first ⊗ second`: of matrices `[p, q]` and `[r, s, …]` the array `[p·r, q·s, …]`.
pub fn kronecker(first: &Array, second: &Array) -> Array {
    let ((_, columns), (_, inner)) = (first.rows(), second.rows());
    let mut values = Vec::with_capacity(first.values.len().saturating_mul(second.values.len()));
    for outer in first.values.chunks(columns.max(1)) {
        for row in second.values.chunks(inner.max(1)) {
            for factor in outer {
                values.extend(row.iter().map(|value| value * factor));
            }
        }
    }
    Array {
        shape: Vec::new(),
        values,
    }
}
