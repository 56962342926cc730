//! Writing on a chart: the palette, the font, and text put where it is wanted.

use plotters::prelude::{Color, DrawingBackend, IntoFont, RGBColor, ShapeStyle, TextStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontFamily, FontStyle, register_font};

use super::canvas::{Canvas, ChartError, UNITS, units};
use super::palette::{Palette, Rgb};
use crate::font_files::REGULAR;
use crate::glyph_outlines::{Lettering, LetteringError};

/// The font as SVG names it, and under which the plotting library knows it.
const FAMILY: &str = "Inter, DejaVu Sans, sans-serif";
/// The plotting library's font size of letters of 1 em.
pub(super) const SIZE_OF_EM: f64 = 1.24;

/// The size of a title, in pixels.
pub(super) const TITLE: f32 = 16.0;
/// The size of labels.
pub(super) const LABEL: f32 = 13.0;
/// The size of everything else: nothing is smaller.
pub(super) const SMALL: f32 = 12.0;

/// Palette and font.
#[derive(Debug)]
pub struct Pen {
    pub(super) palette: Palette,
    lettering: Lettering,
}

/// Position of a line of text about its anchor.
#[derive(Clone, Copy)]
pub(super) enum TextAnchor {
    /// It starts there, centred in height.
    After,
    /// It ends there, centred in height.
    Before,
    /// It is centred above it.
    Above,
}

impl Pen {
    pub(super) fn new(palette: &Palette) -> Result<Self, LetteringError> {
        register_font(FAMILY, FontStyle::Normal, REGULAR).map_err(|_| LetteringError)?;
        Ok(Self {
            palette: *palette,
            lettering: Lettering::new()?,
        })
    }

    /// The text as far as it fits into `width` pixels.
    pub(super) fn fitted(&self, text: &str, em: f32, width: f32) -> String {
        self.lettering.fitted(text, em, width)
    }

    /// Width of a line of text, in pixels.
    pub(super) fn width(&self, text: &str, em: f32) -> f32 {
        self.lettering.width(text, em)
    }

    /// Writes a line of text, `em` pixels in size, at a place in pixels.
    pub(super) fn write<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        text: &str,
        (em, colour): (f32, Rgb),
        place: TextAnchor,
        (x, y): (f32, f32),
    ) -> Result<(), ChartError> {
        let (horizontal, vertical) = match place {
            TextAnchor::After => (HPos::Left, VPos::Center),
            TextAnchor::Before => (HPos::Right, VPos::Center),
            TextAnchor::Above => (HPos::Center, VPos::Bottom),
        };
        let style = style(em, colour).pos(Pos::new(horizontal, vertical));
        Ok(canvas.draw_text(text, &style, (units(x), units(y)))?)
    }
}

/// Text of `em` pixels in a colour.
pub(super) fn style(em: f32, colour: Rgb) -> TextStyle<'static> {
    let size = f64::from(em) * SIZE_OF_EM * f64::from(UNITS);
    TextStyle {
        font: (FontFamily::Name(FAMILY), size).into_font(),
        color: rgb(colour).to_backend_color(),
        pos: Pos::default(),
    }
}

/// A line of some width in pixels.
pub(super) fn line(colour: Rgb, width: f32) -> ShapeStyle {
    rgb(colour).stroke_width(units(width).unsigned_abs())
}

/// A colour as the plotting library has it.
pub(super) fn rgb([red, green, blue]: Rgb) -> RGBColor {
    RGBColor(red, green, blue)
}
