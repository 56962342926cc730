//! The canvas that charts are drawn on, its units, and what can go wrong.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use thiserror::Error;

use crate::glyph_outlines::LetteringError;

/// Units of layout in a pixel.
pub(super) const UNITS: u32 = 8;
/// The most lines or rows of one chart.
const MAX_ROWS: usize = 200;

/// Reason why a chart cannot be drawn.
#[derive(Debug, Error)]
pub enum ChartError {
    /// Nothing to plot.
    #[error("the chart \"{0}\" has nothing to plot")]
    Empty(String),
    /// More rows than anybody can tell apart.
    #[error("{0} rows are too many for one chart: plot at most {MAX_ROWS}")]
    TooMany(usize),
    /// A value that is no number, infinite, or too far from the others.
    #[error("a value of \"{0}\" is not finite or out of all proportion: it cannot be plotted")]
    Value(String),
    /// A picture that is too large, or of no size.
    #[error("a chart of {width}×{height} pixels cannot be drawn: choose a scale nearer to 1")]
    Size { width: f32, height: f32 },
    /// The font.
    #[error(transparent)]
    Lettering(#[from] LetteringError),
    /// The plotting library failed.
    #[error("the chart cannot be drawn ({0})")]
    Drawing(String),
}

/// Surface that a chart is drawn on, in eighths of a pixel.
pub type Canvas<B> = DrawingArea<B, Shift>;

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self::Drawing(error.to_string())
    }
}

/// A length in pixels as units of layout.
pub(super) fn units(pixels: f32) -> i32 {
    (pixels * UNITS as f32).round() as i32
}

/// The count of rows, if it can be plotted.
pub(super) fn row_count(title: &str, rows: usize) -> Result<u32, ChartError> {
    match rows {
        0 => Err(ChartError::Empty(title.to_owned())),
        1..=MAX_ROWS => Ok(rows as u32),
        _ => Err(ChartError::TooMany(rows)),
    }
}
