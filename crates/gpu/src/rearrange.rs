//! Rearrangements of rows and columns, and the few sums that belong to them.

use crate::batch::Launch;
use crate::device::Gpu;
use crate::{GpuError, Kernel, Matrix};

/// `MOVE` of the kernel of rearrangements.
const COLUMNS: u32 = 0;
const CONCATENATE: u32 = 1;
const UPSAMPLE: u32 = 2;
const UPSAMPLE_ADJOINT: u32 = 3;
/// `MOVE` of the kernel of tables.
const GATHER: u32 = 0;
const SCATTER: u32 = 1;
const SUMS: u32 = 2;

impl Gpu {
    /// a and b side by side.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they differ in rows; whatever ails the card.
    pub fn concatenate(&self, a: &Matrix, b: &Matrix) -> Result<Matrix, GpuError> {
        self.same("the right side", a.rows, b.rows)?;
        let result = self.matrix(a.rows, a.columns + b.columns)?;
        self.rearrange([a, b, &result], CONCATENATE, [0, 1])?;
        Ok(result)
    }

    /// Columns `from .. from + width`.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if there are fewer; whatever ails the card.
    pub fn columns(&self, x: &Matrix, from: usize, width: usize) -> Result<Matrix, GpuError> {
        self.same("the columns taken", x.columns, x.columns.max(from + width))?;
        let result = self.matrix(x.rows, width)?;
        self.rearrange([x, x, &result], COLUMNS, [from, 1])?;
        Ok(result)
    }

    /// Nearest-neighbour upsampling by two of a grid of `[height, width]`.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if the rows are not the grid's; whatever ails the card.
    pub fn upsample(&self, x: &Matrix, grid: [usize; 2]) -> Result<Matrix, GpuError> {
        self.same("a grid", grid[0] * grid[1], x.rows)?;
        let result = self.matrix(4 * x.rows, x.columns)?;
        self.rearrange([x, x, &result], UPSAMPLE, [0, 2 * grid[1]])?;
        Ok(result)
    }

    /// The adjoint of [`Self::upsample`]; `grid` is the small one.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if the rows are not the grid's; whatever ails the card.
    pub fn upsample_backward(&self, g: &Matrix, grid: [usize; 2]) -> Result<Matrix, GpuError> {
        self.same("a grid", 4 * grid[0] * grid[1], g.rows)?;
        let result = self.matrix(g.rows / 4, g.columns)?;
        self.rearrange([g, g, &result], UPSAMPLE_ADJOINT, [0, grid[1]])?;
        Ok(result)
    }

    /// The rows `rows` of `x`, in that order.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if there is no such row; whatever ails the card.
    pub fn gather(&self, x: &Matrix, rows: &[usize]) -> Result<Matrix, GpuError> {
        let result = self.matrix(rows.len(), x.columns)?;
        self.table([x, &self.places(rows, x.rows)?, &result], GATHER)?;
        Ok(result)
    }

    /// Zeros of `height` rows, to which each row of `x` is added at its place in `rows`.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if there is no such row; whatever ails the card.
    pub fn scatter(&self, x: &Matrix, rows: &[usize], height: usize) -> Result<Matrix, GpuError> {
        self.same("a list of rows", x.rows, rows.len())?;
        let result = self.matrix(height, x.columns)?;
        self.table([x, &self.places(rows, height)?, &result], SCATTER)?;
        Ok(result)
    }

    /// The sum of each column, `[1, columns]`.
    ///
    /// # Errors
    /// Whatever ails the card.
    pub fn column_sums(&self, x: &Matrix) -> Result<Matrix, GpuError> {
        let result = self.matrix(1, x.columns)?;
        self.table([x, &self.upload_places(&[0])?, &result], SUMS)?;
        Ok(result)
    }

    fn places(&self, rows: &[usize], height: usize) -> Result<Matrix, GpuError> {
        let last = rows.iter().max().map_or(0, |&row| row + 1);
        self.same("a list of rows", height, height.max(last))?;
        let rows: Vec<u32> = rows.iter().map(|&row| row as u32).collect();
        self.upload_places(&rows)
    }

    fn same(&self, what: &'static str, expected: usize, found: usize) -> Result<(), GpuError> {
        if expected == found {
            return Ok(());
        }
        Err(GpuError::Shape {
            what,
            expected: [expected, 1],
            found: [found, 1],
        })
    }

    fn rearrange(
        &self,
        arrays: [&Matrix; 3],
        kind: u32,
        [start, grid_width]: [usize; 2],
    ) -> Result<(), GpuError> {
        let [x, other, result] = arrays;
        let parameters = [
            result.len(),
            result.columns,
            x.columns,
            other.columns,
            start,
            grid_width,
        ];
        self.launch(&Launch {
            kernel: Kernel::Rearrange,
            constants: &[("MOVE", kind)],
            arrays: &arrays,
            parameters: &parameters.map(|value| value as u32),
            groups: result.len().div_ceil(256),
            work: 8.0 * result.len() as f64,
        })
    }

    fn table(&self, arrays: [&Matrix; 3], kind: u32) -> Result<(), GpuError> {
        let [x, _, result] = arrays;
        let summands = if kind == GATHER { 1 } else { x.rows };
        self.launch(&Launch {
            kernel: Kernel::Table,
            constants: &[("MOVE", kind)],
            arrays: &arrays,
            parameters: &[result.len() as u32, result.columns as u32, x.rows as u32],
            groups: result.len().div_ceil(256),
            work: 4.0 * (summands * result.len()) as f64,
        })
    }
}
