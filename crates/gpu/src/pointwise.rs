//! Functions of single values: activations, the gated linear unit of the transformer blocks, sums.

use crate::batch::Launch;
use crate::device::Gpu;
use crate::{GpuError, Kernel, Matrix};

/// Operations on a value: enough for cutting bands.
const WORK: f64 = 24.0;

/// An activation function; the numbers are those of the kernel's constant `FUNCTION`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// x·sigmoid(x).
    Silu = 1,
    /// x·Φ(x), by the error function.
    Gelu = 2,
    /// x·sigmoid(1.702·x).
    QuickGelu = 3,
}

/// `FUNCTION` of a sum and of a gated linear unit.
const SUM: u32 = 0;
const GATED: u32 = 4;

impl Gpu {
    /// a + b.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they differ in shape; whatever ails the card.
    pub fn add(&self, a: &Matrix, b: &Matrix) -> Result<Matrix, GpuError> {
        let result = self.matrix(a.rows, a.columns)?;
        self.pointwise([a, b, &result], [SUM, 0], a.len(), b.len())?;
        Ok(result)
    }

    /// The function of every value.
    ///
    /// # Errors
    /// Whatever ails the card.
    pub fn activation(&self, x: &Matrix, function: Function) -> Result<Matrix, GpuError> {
        let result = self.matrix(x.rows, x.columns)?;
        self.pointwise([x, x, &result], [function as u32, 0], x.len(), x.len())?;
        Ok(result)
    }

    /// The gradient at the input of [`Self::activation`].
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they differ in shape; whatever ails the card.
    pub fn activation_backward(
        &self,
        x: &Matrix,
        gradient: &Matrix,
        function: Function,
    ) -> Result<Matrix, GpuError> {
        let result = self.matrix(x.rows, x.columns)?;
        let variant = [function as u32, 1];
        self.pointwise([x, gradient, &result], variant, x.len(), gradient.len())?;
        Ok(result)
    }

    /// The first half of each row times the GELU of the second.
    ///
    /// # Errors
    /// Whatever ails the card.
    pub fn geglu(&self, x: &Matrix) -> Result<Matrix, GpuError> {
        let result = self.matrix(x.rows, x.columns / 2)?;
        self.pointwise([x, x, &result], [GATED, 0], result.len(), result.len())?;
        Ok(result)
    }

    /// The gradient at the input of [`Self::geglu`].
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn geglu_backward(&self, x: &Matrix, gradient: &Matrix) -> Result<Matrix, GpuError> {
        let result = self.matrix(x.rows, x.columns)?;
        self.pointwise(
            [x, gradient, &result],
            [GATED, 1],
            x.len() / 2,
            gradient.len(),
        )?;
        Ok(result)
    }

    fn pointwise(
        &self,
        arrays: [&Matrix; 3],
        [function, adjoint]: [u32; 2],
        count: usize,
        other: usize,
    ) -> Result<(), GpuError> {
        if count != other {
            return Err(GpuError::Shape {
                what: "the second array",
                expected: [count, 1],
                found: [other, 1],
            });
        }
        let width = arrays[0].columns / 2;
        self.launch(&Launch {
            kernel: Kernel::Pointwise,
            constants: &[("FUNCTION", function), ("ADJOINT", adjoint)],
            arrays: &arrays,
            parameters: &[count as u32, width as u32],
            groups: count.div_ceil(256),
            work: WORK * count as f64,
        })
    }
}
