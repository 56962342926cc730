//! The kept and removed cells of the latent grid, over all channels: the form of the
//! mask that the arithmetic of the inversion needs.

use super::InversionError;
use palimpsest_diffusion::Latent;

/// The mask on the latent grid `[height, width]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatentMask {
    shape: [usize; 2],
    kept: Vec<bool>,
}

impl LatentMask {
    /// Takes a grid of `[height, width]` in row-major order, 1 for kept and 0 for removed.
    ///
    /// # Errors
    /// [`InversionError::Mismatch`] if the number of values is not height·width,
    /// [`InversionError::MaskValue`] for a value that is neither 0 nor 1.
    pub fn new(shape: [usize; 2], grid: &[f32]) -> Result<Self, InversionError> {
        let [height, width] = shape;
        if height.checked_mul(width) != Some(grid.len()) {
            return Err(InversionError::Mismatch {
                what: "the mask",
                expected: shape.to_vec(),
                found: vec![grid.len()],
            });
        }
        let kept = grid.iter().map(|&value| match value {
            0.0 => Ok(false),
            1.0 => Ok(true),
            _ => Err(InversionError::MaskValue(value)),
        });
        Ok(Self {
            shape,
            kept: kept.collect::<Result<_, _>>()?,
        })
    }

    /// Nothing kept: the mask of a blurred start, where everything may move.
    pub fn none([height, width]: [usize; 2]) -> Self {
        Self {
            shape: [height, width],
            kept: vec![false; height * width],
        }
    }

    /// `[height, width]`.
    pub fn shape(&self) -> [usize; 2] {
        self.shape
    }

    /// The grid row by row, 1.0 for kept and 0.0 for removed: the form of files and of pictures' filling.
    pub fn grid(&self) -> Vec<f32> {
        self.cells().map(f32::from).collect()
    }

    /// Checks, in builds with debug assertions, that the mask lies on the grid of `latent`.
    pub(crate) fn assert_fits(&self, latent: &Latent) {
        let [_, height, width] = latent.shape();
        debug_assert_eq!(
            self.shape,
            [height, width],
            "the mask is for another latent"
        );
    }

    /// True for each cell of the grid that is kept, row by row.
    pub fn cells(&self) -> impl Iterator<Item = bool> + Clone + '_ {
        self.kept.iter().copied()
    }

    /// True for each element of a latent on this grid that is kept, in C×h×w order, repeated for as many
    /// channels as are asked for.
    pub fn over_channels(&self) -> impl Iterator<Item = bool> + '_ {
        self.cells().cycle()
    }
}
