//! Charts as pictures: what the plotting library draws, in smooth pixels.

use std::convert::Infallible;

use image::RgbImage;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontTransform,
};
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};

use super::canvas::{ChartError, UNITS};
use super::palette::Rgb;
use super::pen::SIZE_OF_EM;
use crate::glyph_outlines::Lettering;

/// The longest side of a picture, in pixels.
const MAX_SIDE: u32 = 16_384;

/// A picture in the making.
pub(super) struct Pixels {
    pixmap: Pixmap,
    size: (u32, u32),
    to_pixels: Transform,
    lettering: Lettering,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Pixels {
    /// An empty picture of a chart of some size in pixels, `scale` times as large.
    pub fn new(
        (width, height): (u32, u32),
        scale: f32,
        [red, green, blue]: Rgb,
    ) -> Result<Self, ChartError> {
        let scaled = |side: u32| (side as f32 * scale).round();
        let (across, down) = (scaled(width), scaled(height));
        let size = ChartError::Size {
            width: across,
            height: down,
        };
        // Neither holds for what is no number.
        let possible = |side: f32| side >= 1.0 && side <= MAX_SIDE as f32;
        if !(possible(across) && possible(down)) {
            return Err(size);
        }
        let mut pixmap = Pixmap::new(across as u32, down as u32).ok_or(size)?;
        // What is drawn may end a fraction before the last pixel.
        pixmap.fill(Color::from_rgba8(red, green, blue, 255));
        Ok(Self {
            pixmap,
            size: (width * UNITS, height * UNITS),
            to_pixels: Transform::from_scale(scale / UNITS as f32, scale / UNITS as f32),
            lettering: Lettering::new()?,
        })
    }

    /// The picture drawn so far.
    pub fn picture(&self) -> RgbImage {
        let mut picture = RgbImage::new(self.pixmap.width(), self.pixmap.height());
        for (to, from) in picture.pixels_mut().zip(self.pixmap.pixels()) {
            to.0 = [from.red(), from.green(), from.blue()];
        }
        picture
    }

    fn fill(&mut self, path: Option<Path>, colour: BackendColor, transform: Transform) -> Drawn {
        if let Some(path) = path {
            let paint = paint(colour);
            self.pixmap
                .fill_path(&path, &paint, FillRule::Winding, transform, None);
        }
        Ok(())
    }

    fn stroke(&mut self, path: Option<Path>, style: &impl BackendStyle) -> Drawn {
        if let Some(path) = path {
            let stroke = Stroke {
                width: style.stroke_width() as f32,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            let paint = paint(style.color());
            self.pixmap
                .stroke_path(&path, &paint, &stroke, self.to_pixels, None);
        }
        Ok(())
    }

    fn shape(&mut self, path: Option<Path>, style: &impl BackendStyle, fill: bool) -> Drawn {
        match fill {
            true => self.fill(path, style.color(), self.to_pixels),
            false => self.stroke(path, style),
        }
    }
}

impl DrawingBackend for &mut Pixels {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        let pixel = Rect::from_xywh(x as f32, y as f32, 1.0, 1.0);
        self.fill(pixel.map(PathBuilder::from_rect), colour, self.to_pixels)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.stroke(polyline([from, to], false), style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        self.shape(polyline(corners, true), style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.stroke(polyline(path, false), style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let circle = PathBuilder::from_circle(x as f32, y as f32, radius as f32);
        self.shape(circle, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.shape(polyline(corners, true), style, true)
    }

    /// As the library's SVG has it, so that both look the same.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let em = (style.size() / SIZE_OF_EM) as f32;
        let width = self.lettering.width(text, em);
        let left = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => -width / 2.0,
            HPos::Right => -width,
        };
        let baseline = match style.anchor().v_pos {
            VPos::Top => 0.76 * em,
            VPos::Center => Lettering::CAPITAL / 2.0 * em,
            VPos::Bottom => -0.27 * em,
        };
        let turn = Transform::from_rotate(match style.transform() {
            FontTransform::None => 0.0,
            FontTransform::Rotate90 => 90.0,
            FontTransform::Rotate180 => 180.0,
            FontTransform::Rotate270 => 270.0,
        });
        let outline = self.lettering.outline(text, em, (left, baseline));
        let place = turn.post_translate(x as f32, y as f32);
        self.fill(outline, style.color(), place.post_concat(self.to_pixels))
    }
}

fn paint(BackendColor { alpha, rgb }: BackendColor) -> Paint<'static> {
    let (red, green, blue) = rgb;
    let mut paint = Paint::default();
    let alpha = (alpha.clamp(0.0, 1.0) * 255.0).round() as u8;
    paint.set_color(Color::from_rgba8(red, green, blue, alpha));
    paint
}

fn polyline(points: impl IntoIterator<Item = BackendCoord>, close: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (x, y) in points {
        match path.is_empty() {
            true => path.move_to(x as f32, y as f32),
            false => path.line_to(x as f32, y as f32),
        }
    }
    if close {
        path.close();
    }
    path.finish()
}
