//! The pages of an exhibit as pictures for the window, without a PDF reader: the same layout that is
//! written to the file, drawn in pixels.

use image::RgbImage;
use resvg::render;
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use tiny_skia::{
    Color, FillRule, FilterQuality, Paint, PathBuilder, Pixmap, PixmapPaint, PixmapRef, Rect,
    Stroke, Transform,
};

use super::ExhibitError;
use super::layout::{Area, Face, Line, Mark, PlacedMark, Sheet, Style};
use crate::chart::Rgb;

/// The longest side of a page, in pixels.
const MAX_SIDE: f32 = 8192.0;

/// Draws a page, counted from 0, at `scale` pixels per point (1 is 72 dpi).
///
/// # Errors
/// [`ExhibitError::Preview`] if there is no such page, or none of this size can be drawn.
pub fn draw(sheet: &Sheet, page: usize, scale: f32) -> Result<RgbImage, ExhibitError> {
    let refused = |why: &str| ExhibitError::Preview(why.to_owned());
    let items = sheet
        .pages
        .get(page)
        .ok_or_else(|| refused("there is no such page"))?;
    let (width, height) = (sheet.size.0 * scale, sheet.size.1 * scale);
    // Neither holds for what is no number.
    if !(width >= 1.0 && height >= 1.0 && width.max(height) <= MAX_SIDE) {
        return Err(refused("choose a scale nearer to 1"));
    }
    let pixmap = Pixmap::new(width.round() as u32, height.round() as u32);
    let mut pixmap = pixmap.ok_or_else(|| refused("the page has no size"))?;
    pixmap.fill(Color::WHITE);
    for item in items {
        mark(
            &mut pixmap,
            item,
            sheet,
            Transform::from_scale(scale, scale),
        );
    }
    let mut picture = RgbImage::new(pixmap.width(), pixmap.height());
    for (to, from) in picture.pixels_mut().zip(pixmap.pixels()) {
        to.0 = [from.red(), from.green(), from.blue()];
    }
    Ok(picture)
}

fn mark(pixmap: &mut Pixmap, item: &PlacedMark, sheet: &Sheet, to_pixels: Transform) {
    match &item.mark {
        Mark::Text(lines, style) => {
            for line in lines {
                text(pixmap, line, style, (sheet, to_pixels));
            }
        }
        Mark::Picture(picture, area) => self::picture(pixmap, picture, area, to_pixels),
        Mark::Drawing(tree, area) => {
            let (across, down) = (tree.size().width(), tree.size().height());
            let place = to_pixels
                .pre_translate(area.x, area.y)
                .pre_scale(area.width / across, area.height / down);
            render(tree, place, &mut pixmap.as_mut());
        }
        Mark::Fill(area, colour) => {
            if let Some(path) = rect(area).map(PathBuilder::from_rect) {
                pixmap.fill_path(&path, &paint(*colour), FillRule::Winding, to_pixels, None);
            }
        }
        Mark::Frame(area, weight, colour) => {
            let stroke = Stroke {
                width: *weight,
                ..Stroke::default()
            };
            if let Some(path) = rect(area).map(PathBuilder::from_rect) {
                pixmap.stroke_path(&path, &paint(*colour), &stroke, to_pixels, None);
            }
        }
    }
}

fn text(
    pixmap: &mut Pixmap,
    (line, x, baseline): &(Line, f32, f32),
    style: &Style,
    (sheet, to_pixels): (&Sheet, Transform),
) {
    for run in &line.runs {
        let Some(face) = sheet.fonts.face(run.face) else {
            continue;
        };
        let mut outline = Outline(PathBuilder::new(), Transform::identity());
        let mut at = x + run.x;
        for glyph in &run.glyphs {
            let (right, up) = (glyph.x_offset * style.size, glyph.y_offset * style.size);
            outline.add(
                face,
                glyph.glyph_id.to_u32(),
                (at + right, baseline - up),
                style.size,
            );
            at += glyph.x_advance * style.size;
        }
        if let Some(path) = outline.0.finish() {
            let ink = paint(style.colour);
            pixmap.fill_path(&path, &ink, FillRule::Winding, to_pixels, None);
        }
    }
}

fn picture(pixmap: &mut Pixmap, picture: &RgbImage, area: &Area, to_pixels: Transform) {
    let opaque = picture.pixels().flat_map(|pixel| {
        let [red, green, blue] = pixel.0;
        [red, green, blue, 255]
    });
    let pixels: Vec<u8> = opaque.collect();
    let (width, height) = picture.dimensions();
    let Some(pixels) = PixmapRef::from_bytes(&pixels, width, height) else {
        return;
    };
    let place = to_pixels
        .pre_translate(area.x, area.y)
        .pre_scale(area.width / width as f32, area.height / height as f32);
    let look = PixmapPaint {
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    pixmap.draw_pixmap(0, 0, pixels, &look, place, None);
}

/// Outlines of glyphs, and where the next one goes.
struct Outline(PathBuilder, Transform);

impl Outline {
    fn add(&mut self, face: &Face, glyph: u32, (x, y): (f32, f32), size: f32) {
        let scale = size / face.font.units_per_em();
        self.1 = Transform::from_row(scale, 0.0, 0.0, -scale, x, y);
        // A font numbers its glyphs with 16 bits.
        if let Ok(glyph) = u16::try_from(glyph) {
            face.shaper.outline_glyph(GlyphId(glyph), self);
        }
    }

    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let Transform { sx, sy, tx, ty, .. } = self.1;
        (x * sx + tx, y * sy + ty)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, control_x: f32, control_y: f32, x: f32, y: f32) {
        let (control_x, control_y) = self.place(control_x, control_y);
        let (x, y) = self.place(x, y);
        self.0.quad_to(control_x, control_y, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2)) = (self.place(x1, y1), self.place(x2, y2));
        let (x, y) = self.place(x, y);
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}

fn rect(area: &Area) -> Option<Rect> {
    Rect::from_xywh(area.x, area.y, area.width, area.height)
}

fn paint([red, green, blue]: Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(Color::from_rgba8(red, green, blue, 255));
    paint
}
