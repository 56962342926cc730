//! Matrix products: linear layers, 3×3 convolutions, and the input adjoints of both, by one kernel.

use crate::batch::Launch;
use crate::device::Gpu;
use crate::{GpuError, Kernel, Matrix};

/// A weight's matrix and how the kernel finds a value in it.
pub struct Weight<'a> {
    matrix: &'a Matrix,
    /// As the kernel's constant `RIGHT`.
    order: u32,
    columns: usize,
    inner: usize,
}

impl<'a> Weight<'a> {
    /// `[outputs, inputs]`, for x·Wᵀ.
    pub fn plain(matrix: &'a Matrix) -> Self {
        Self {
            matrix,
            order: 0,
            columns: matrix.rows,
            inner: matrix.columns,
        }
    }

    /// `[outputs, inputs]`, for g·W.
    pub fn adjoint(matrix: &'a Matrix) -> Self {
        Self {
            matrix,
            order: 1,
            columns: matrix.columns,
            inner: matrix.rows,
        }
    }

    /// `[outputs, 9·inputs]` with the channel fastest, for the adjoint of a convolution.
    pub fn convolution_adjoint(matrix: &'a Matrix) -> Self {
        Self {
            matrix,
            order: 2,
            columns: matrix.columns / 9,
            inner: 9 * matrix.rows,
        }
    }
}

/// Rows of the left side that are windows on a grid.
#[derive(Clone, Copy, Debug)]
pub struct Gathered {
    /// Height and width of the grid of the left side's rows.
    pub source: [usize; 2],
    /// Height and width of the grid of the result's rows.
    pub result: [usize; 2],
    pub stride: usize,
    pub padding: usize,
    /// The windows of the adjoint: those that meet a position.
    pub adjoint: bool,
}

/// Results of a thread, downwards and across.
type Tile = [usize; 2];

/// The tile of a product: large where there is enough to do for every part of the card. By shape and vendor
/// alone; no vendor has an entry of its own yet, since no card has been measured.
fn tile(rows: usize, columns: usize, _vendor: u32) -> Tile {
    const ENOUGH: usize = 64;
    let groups = |side: usize| rows.div_ceil(16 * side) * columns.div_ceil(16 * side);
    let side = [4, 2].into_iter().find(|&side| groups(side) >= ENOUGH);
    match side {
        Some(side) => [side, side],
        None if rows <= 16 => [1, 2],
        None => [2, 2],
    }
}

impl Gpu {
    /// x·Wᵀ + bias, or with the weight's other orders its adjoints.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn product(
        &self,
        x: &Matrix,
        weight: &Weight,
        bias: Option<&Matrix>,
    ) -> Result<Matrix, GpuError> {
        if x.columns != weight.inner {
            return Err(GpuError::Shape {
                what: "the left side of a product",
                expected: [x.rows, weight.inner],
                found: [x.rows, x.columns],
            });
        }
        self.multiply(x, weight, [bias, None], None)
    }

    /// A product whose left rows are windows on a grid; `shift` is added as the bias is.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn gathered_product(
        &self,
        x: &Matrix,
        weight: &Weight,
        gathered: Gathered,
        added: [Option<&Matrix>; 2],
    ) -> Result<Matrix, GpuError> {
        let [height, width] = gathered.source;
        if x.rows != height * width || 9 * x.columns != weight.inner {
            return Err(GpuError::Shape {
                what: "the input of a convolution",
                expected: [height * width, weight.inner / 9],
                found: [x.rows, x.columns],
            });
        }
        self.multiply(x, weight, added, Some(gathered))
    }

    fn multiply(
        &self,
        x: &Matrix,
        weight: &Weight,
        added: [Option<&Matrix>; 2],
        gathered: Option<Gathered>,
    ) -> Result<Matrix, GpuError> {
        let rows = gathered.map_or(x.rows, |g| g.result[0] * g.result[1]);
        let (columns, inner) = (weight.columns, weight.inner);
        for added in added.into_iter().flatten() {
            if added.len() != columns {
                return Err(GpuError::Shape {
                    what: "a bias",
                    expected: [1, columns],
                    found: [added.rows, added.columns],
                });
            }
        }
        let result = self.matrix(rows, columns)?;
        let [tall, wide] = tile(rows, columns, self.adapter().vendor);
        let tiles = [rows.div_ceil(16 * tall), columns.div_ceil(16 * wide)];
        let g = gathered.unwrap_or(Gathered {
            source: [1, 1],
            result: [1, 1],
            stride: 1,
            padding: 0,
            adjoint: false,
        });
        let gather = gathered.map_or(0, |g| if g.adjoint { 2 } else { 1 });
        let parameters = [
            rows,
            columns,
            inner,
            tiles[1],
            g.result[1],
            g.source[0],
            g.source[1],
            x.columns,
            g.stride,
            g.padding,
        ];
        // What is not added is bound all the same, and not read.
        let [bias, shift] = added.map(|added| added.unwrap_or(weight.matrix));
        self.launch(&Launch {
            kernel: Kernel::Product,
            constants: &[
                ("TALL", tall as u32),
                ("WIDE", wide as u32),
                ("GATHER", gather),
                ("RIGHT", weight.order),
                ("STORED", weight.matrix.stored as u32),
                ("BIASED", u32::from(added[0].is_some())),
                ("SHIFTED", u32::from(added[1].is_some())),
            ],
            arrays: &[x, weight.matrix, bias, shift, &result],
            parameters: &parameters.map(|value| value as u32),
            groups: tiles[0] * tiles[1],
            work: 2.0 * rows as f64 * columns as f64 * inner as f64,
        })?;
        Ok(result)
    }
}
