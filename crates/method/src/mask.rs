//! The part that is removed of an artwork before the models are asked to bring it back (Wu et al., "CGI-DM",
//! CVPR 2024: block-wise masking, and the masks of its ablation).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The reason why a mask cannot be made.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub enum MaskError {
    /// No mask of that name.
    #[error("`{0}` is not a mask: write block:4 (or another even period), half or blur")]
    Unknown(String),
    /// A period that cannot be halved.
    #[error("a block mask of period {0} cannot be halved: choose an even period of at least 2")]
    Period(usize),
    /// A period that leaves a rest.
    #[error(
        "a block mask of period {period} does not divide the latent grid of {height}×{width} cells: choose another period or another resolution"
    )]
    DoesNotDivide {
        period: usize,
        height: usize,
        width: usize,
    },
    /// A grid without cells, or with more than can be counted.
    #[error("a latent grid of {height}×{width} cells cannot be masked: choose another resolution")]
    Grid { height: usize, width: usize },
}

/// The part that is removed of the artwork's latent. Written `block:4`, `half` and `blur`.
///
/// ```
/// use palimpsest_method::mask::Mask;
///
/// let mask: Mask = "block:2".parse()?;
/// assert_eq!(mask.grid(2, 4)?, [1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0]);
/// assert!("block:3".parse::<Mask>().is_err());
/// # Ok::<(), palimpsest_method::mask::MaskError>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub enum Mask {
    /// A checkerboard of this period in cells: in every period×period block the top-left and the
    /// bottom-right quarter are kept.
    Block(usize),
    /// The right half is removed.
    RightHalf,
    /// Everything is removed; the descent starts from a blurred picture.
    Blur,
}

impl Default for Mask {
    /// The paper's: blocks of period 4.
    fn default() -> Self {
        Self::Block(4)
    }
}

impl Mask {
    /// The mask on a latent grid, row by row: 1.0 where kept, 0.0 where removed.
    ///
    /// # Errors
    /// [`MaskError::Period`], [`MaskError::DoesNotDivide`] and [`MaskError::Grid`].
    pub fn grid(self, height: usize, width: usize) -> Result<Vec<f32>, MaskError> {
        self.check(height, width)?;
        let cells = (0..height).flat_map(|y| (0..width).map(move |x| (y, x)));
        Ok(cells
            .map(|(y, x)| f32::from(self.keeps(y, x, width)))
            .collect())
    }

    /// Checks that the mask fits a grid.
    fn check(self, height: usize, width: usize) -> Result<(), MaskError> {
        if height.checked_mul(width).is_none_or(|cells| cells == 0) {
            return Err(MaskError::Grid { height, width });
        }
        let Self::Block(period) = self else {
            return Ok(());
        };
        check_period(period)?;
        if !height.is_multiple_of(period) || !width.is_multiple_of(period) {
            return Err(MaskError::DoesNotDivide {
                period,
                height,
                width,
            });
        }
        Ok(())
    }

    /// Tells whether cell (`y`, `x`) of a grid of `width` columns is kept.
    fn keeps(self, y: usize, x: usize, width: usize) -> bool {
        match self {
            Self::Block(period) => (y % period < period / 2) == (x % period < period / 2),
            Self::RightHalf => x < width / 2,
            Self::Blur => false,
        }
    }
}

fn check_period(period: usize) -> Result<(), MaskError> {
    if period < 2 || !period.is_multiple_of(2) {
        return Err(MaskError::Period(period));
    }
    Ok(())
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(period) => write!(f, "block:{period}"),
            Self::RightHalf => f.write_str("half"),
            Self::Blur => f.write_str("blur"),
        }
    }
}

impl FromStr for Mask {
    type Err = MaskError;

    fn from_str(text: &str) -> Result<Self, MaskError> {
        let unknown = || MaskError::Unknown(text.to_owned());
        match text {
            "half" => Ok(Self::RightHalf),
            "blur" => Ok(Self::Blur),
            _ => {
                let period = text.strip_prefix("block:").ok_or_else(unknown)?;
                let period = period.parse().map_err(|_| unknown())?;
                check_period(period)?;
                Ok(Self::Block(period))
            }
        }
    }
}

impl TryFrom<String> for Mask {
    type Error = MaskError;

    fn try_from(text: String) -> Result<Self, MaskError> {
        text.parse()
    }
}

impl From<Mask> for String {
    fn from(mask: Mask) -> Self {
        mask.to_string()
    }
}
