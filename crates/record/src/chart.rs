//! Plots for the window, the exhibit and the laboratory alike. What they look like is decided here
//! but for the colours, which are passed in.
//!
//! A chart says how large it wants to be, in pixels of a 96 dpi screen, and is drawn either as SVG or
//! as a picture. It is laid out in eighths of a pixel, because the plotting library knows only whole
//! units.

mod controls;
mod palette;
mod pen;
mod pixels;
mod range;
mod roc;
mod scores;
mod trace;

pub use controls::{ControlChart, ControlKind, ControlRow, Questioned};
pub use palette::{Palette, Rgb};
pub use roc::{Curve, RocChart};
pub use scores::{ScoreChart, ScoreRow, Threshold};
pub use trace::{Line, TraceChart};

use image::RgbImage;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::prelude::{DrawingBackend, SVGBackend};
use thiserror::Error;

use crate::glyph_outlines::LetteringError;
use pen::Pen;

/// Units of layout in a pixel.
const UNITS: u32 = 8;
/// The longest side of a picture, in pixels.
const MAX_SIDE: u32 = 16_384;
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

/// A chart that can be drawn.
pub trait Chart {
    /// Width and height in pixels.
    ///
    /// # Errors
    /// [`ChartError`] if there is nothing to plot or too much.
    fn size(&self) -> Result<(u32, u32), ChartError>;

    /// Draws the chart on an area of 8 units a pixel of its size.
    ///
    /// # Errors
    /// [`ChartError`].
    fn draw<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError>;

    /// The chart as an SVG document. Its text stays text, in the family `DejaVu Sans`, or another where
    /// that is missing.
    ///
    /// # Errors
    /// [`ChartError`].
    fn svg(&self, palette: &Palette) -> Result<String, ChartError> {
        let (width, height) = self.size()?;
        let (across, down) = (width * UNITS, height * UNITS);
        let mut svg = String::new();
        let area = SVGBackend::with_string(&mut svg, (across, down)).into_drawing_area();
        self.draw(&area, &Pen::new(palette)?)?;
        area.present()?;
        drop(area);
        let in_units = format!("width=\"{across}\" height=\"{down}\"");
        let in_pixels = format!("width=\"{width}\" height=\"{height}\"");
        Ok(svg.replacen(&in_units, &in_pixels, 1))
    }

    /// The chart as a picture, `scale` times its size.
    ///
    /// # Errors
    /// [`ChartError`].
    fn picture(&self, palette: &Palette, scale: f32) -> Result<RgbImage, ChartError> {
        let mut pixels = pixels::Pixels::new(self.size()?, scale, palette.ground)?;
        let area = (&mut pixels).into_drawing_area();
        self.draw(&area, &Pen::new(palette)?)?;
        area.present()?;
        drop(area);
        Ok(pixels.picture())
    }
}

/// Surface that a chart is drawn on, in eighths of a pixel.
pub type Canvas<B> = DrawingArea<B, Shift>;

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self::Drawing(error.to_string())
    }
}

/// A length in pixels as units of layout.
fn units(pixels: f32) -> i32 {
    (pixels * UNITS as f32).round() as i32
}

/// The count of rows, if it can be plotted.
fn row_count(title: &str, rows: usize) -> Result<u32, ChartError> {
    match rows {
        0 => Err(ChartError::Empty(title.to_owned())),
        1..=MAX_ROWS => Ok(rows as u32),
        _ => Err(ChartError::TooMany(rows)),
    }
}
