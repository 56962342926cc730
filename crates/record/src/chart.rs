//! Plots for the window, the exhibit and the laboratory alike. What they look like is decided here
//! but for the colours, which are passed in.
//!
//! A chart says how large it wants to be, in pixels of a 96 dpi screen, and is drawn either as SVG or
//! as a picture. It is laid out in eighths of a pixel, because the plotting library knows only whole
//! units.

mod apart;
mod canvas;
mod controls;
mod palette;
mod pen;
mod pixels;
mod range;
mod roc;
mod scores;
mod trace;

pub use canvas::{Canvas, ChartError};
pub use controls::{ControlChart, ControlKind, ControlRow, Questioned};
pub use palette::{Palette, Rgb};
pub use roc::{Curve, RocChart};
pub use scores::{ScoreChart, ScoreRow, Threshold};
pub use trace::{Line, TraceChart};

use image::RgbImage;
use plotters::drawing::IntoDrawingArea;
use plotters::prelude::{DrawingBackend, SVGBackend};

use canvas::UNITS;
use pen::Pen;

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

    /// The chart as an SVG document. Its text stays text, in the family `Inter`, or another where that is
    /// missing.
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
