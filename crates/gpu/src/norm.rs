//! Group norm, with or without SiLU after it, and layer norm, each with its input adjoint.

use crate::batch::Launch;
use crate::device::Gpu;
use crate::{GpuError, Kernel, Matrix};

/// Operations on a value in one pass of a norm: enough for cutting bands.
const WORK: f64 = 16.0;

/// A group norm's parameters; `scale` and `shift` are `[1, channels]`.
pub struct GroupNorm<'a> {
    pub scale: &'a Matrix,
    pub shift: &'a Matrix,
    pub groups: usize,
    pub epsilon: f32,
    /// Follow with x·sigmoid(x).
    pub silu: bool,
}

impl GroupNorm<'_> {
    fn parameters(&self, x: &Matrix) -> [u32; 5] {
        [
            x.rows as u32,
            x.columns as u32,
            (x.columns / self.groups) as u32,
            u32::from(self.silu),
            self.epsilon.to_bits(),
        ]
    }

    fn fits(&self, x: &Matrix) -> Result<(), GpuError> {
        let channels = self.scale.len();
        if x.columns == channels
            && self.shift.len() == channels
            && channels.is_multiple_of(self.groups)
        {
            return Ok(());
        }
        Err(GpuError::Shape {
            what: "the input of a norm",
            expected: [x.rows, channels],
            found: [x.rows, x.columns],
        })
    }
}

impl Gpu {
    /// The normalised values, and the moments that the backward rule needs.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn group_norm(&self, x: &Matrix, layer: &GroupNorm) -> Result<(Matrix, Matrix), GpuError> {
        layer.fits(x)?;
        let moments = self.matrix(layer.groups, 2)?;
        let result = self.matrix(x.rows, x.columns)?;
        self.over_groups(layer, x, Kernel::GroupMoments, &[x, &moments])?;
        let arrays = [x, &moments, layer.scale, layer.shift, &result];
        self.over_values(layer, x, Kernel::GroupNorm, &arrays)?;
        Ok((result, moments))
    }

    /// The gradient at the input.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn group_norm_backward(
        &self,
        x: &Matrix,
        moments: &Matrix,
        gradient: &Matrix,
        layer: &GroupNorm,
    ) -> Result<Matrix, GpuError> {
        layer.fits(x)?;
        layer.fits(gradient)?;
        let slopes = self.matrix(layer.groups, 2)?;
        let result = self.matrix(x.rows, x.columns)?;
        let [scale, shift] = [layer.scale, layer.shift];
        let arrays = [x, moments, scale, shift, gradient, &slopes];
        self.over_groups(layer, x, Kernel::GroupSlopes, &arrays)?;
        let arrays = [x, moments, scale, shift, gradient, &slopes, &result];
        self.over_values(layer, x, Kernel::GroupAdjoint, &arrays)?;
        Ok(result)
    }

    fn over_groups(
        &self,
        layer: &GroupNorm,
        x: &Matrix,
        kernel: Kernel,
        arrays: &[&Matrix],
    ) -> Result<(), GpuError> {
        self.launch(&Launch {
            kernel,
            constants: &[],
            arrays,
            parameters: &layer.parameters(x),
            groups: layer.groups,
            work: 3.0 * WORK * x.len() as f64,
        })
    }

    fn over_values(
        &self,
        layer: &GroupNorm,
        x: &Matrix,
        kernel: Kernel,
        arrays: &[&Matrix],
    ) -> Result<(), GpuError> {
        self.launch(&Launch {
            kernel,
            constants: &[],
            arrays,
            parameters: &layer.parameters(x),
            groups: x.len().div_ceil(256),
            work: WORK * x.len() as f64,
        })
    }

    /// Layer norm of every row; `scale` and `shift` are `[1, channels]`.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn layer_norm(
        &self,
        x: &Matrix,
        [scale, shift]: [&Matrix; 2],
        epsilon: f32,
    ) -> Result<Matrix, GpuError> {
        self.over_rows(x, [scale, shift], 0, epsilon)
    }

    /// The gradient at the input of [`Self::layer_norm`].
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they do not fit each other; whatever ails the card.
    pub fn layer_norm_backward(
        &self,
        x: &Matrix,
        gradient: &Matrix,
        scale: &Matrix,
        epsilon: f32,
    ) -> Result<Matrix, GpuError> {
        self.over_rows(x, [scale, gradient], 1, epsilon)
    }

    fn over_rows(
        &self,
        x: &Matrix,
        [scale, other]: [&Matrix; 2],
        adjoint: u32,
        epsilon: f32,
    ) -> Result<Matrix, GpuError> {
        let expected = if adjoint == 1 { x.len() } else { x.columns };
        if scale.len() != x.columns || other.len() != expected {
            return Err(GpuError::Shape {
                what: "the input of a norm",
                expected: [x.rows, scale.len()],
                found: [x.rows, x.columns],
            });
        }
        let result = self.matrix(x.rows, x.columns)?;
        self.launch(&Launch {
            kernel: Kernel::LayerNorm,
            constants: &[("ADJOINT", adjoint)],
            arrays: &[x, scale, other, &result],
            parameters: &[
                x.rows as u32,
                x.columns as u32,
                x.columns as u32,
                0,
                epsilon.to_bits(),
            ],
            groups: x.rows,
            work: 4.0 * WORK * x.len() as f64,
        })?;
        Ok(result)
    }
}
