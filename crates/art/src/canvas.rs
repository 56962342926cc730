//! The surface that works are drawn on: the only place that knows the rasteriser.
//!
//! Everything is given in the unit square, so that one composition is drawn at any size. What the
//! rasteriser refuses (an outline of no area, a size of nought) draws nothing.

use image::RgbImage;
use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Mask, Paint, Path,
    PathBuilder, Pixmap, RadialGradient, Shader, SpreadMode, Stroke, Transform,
};

use super::colour::Colour;
use super::plane::{Point, at, ellipse};

/// The filling of an outline.
#[derive(Clone, Debug)]
pub enum Ink {
    /// One colour and its opacity (0 to 1).
    Flat(Colour, f64),
    /// From one place to another, the stops evenly apart.
    Linear([Point; 2], Vec<(Colour, f64)>),
    /// From a centre outwards to a radius, the stops evenly apart.
    Radial(Point, f64, Vec<(Colour, f64)>),
}

impl From<Colour> for Ink {
    fn from(colour: Colour) -> Self {
        Self::Flat(colour, 1.0)
    }
}

impl Colour {
    /// The colour as an ink that lets the ground show through (opacity 0 to 1).
    pub fn veil(self, opacity: f64) -> Ink {
        Ink::Flat(self, opacity)
    }
}

/// A square picture in the making; always opaque.
pub struct Canvas {
    pixmap: Pixmap,
    mask: Option<Mask>,
    side: f64,
}

impl Canvas {
    /// A canvas of `side` pixels in one colour; none if the side is 0 or beyond all memory.
    pub fn new(side: u32, ground: Colour) -> Option<Self> {
        let mut pixmap = Pixmap::new(side, side)?;
        pixmap.fill(shade(ground, 1.0));
        Some(Self {
            pixmap,
            mask: None,
            side: f64::from(side),
        })
    }

    /// The finished picture.
    pub fn picture(&self) -> RgbImage {
        let (width, height) = (self.pixmap.width(), self.pixmap.height());
        let mut picture = RgbImage::new(width, height);
        for (to, from) in picture.pixels_mut().zip(self.pixmap.pixels()) {
            to.0 = [from.red(), from.green(), from.blue()];
        }
        picture
    }

    /// Fills a polygon.
    pub fn polygon(&mut self, corners: &[Point], ink: impl Into<Ink>) {
        if let Some(path) = self.straight(corners, true) {
            self.fill(&path, &ink.into());
        }
    }

    /// Fills the smooth shape that the polygon's corners pull at.
    pub fn smooth(&mut self, corners: &[Point], ink: impl Into<Ink>) {
        if let Some(path) = self.rounded(corners) {
            self.fill(&path, &ink.into());
        }
    }

    /// Fills a disc.
    pub fn disc(&mut self, centre: Point, radius: f64, ink: impl Into<Ink>) {
        self.smooth(&ellipse(centre, radius, radius, 0.0), ink);
    }

    /// Fills the whole canvas.
    pub fn flood(&mut self, ink: impl Into<Ink>) {
        let corners = [at(-0.1, -0.1), at(1.1, -0.1), at(1.1, 1.1), at(-0.1, 1.1)];
        self.polygon(&corners, ink);
    }

    /// Draws a line through points with straight stretches.
    pub fn line(&mut self, points: &[Point], width: f64, ink: impl Into<Ink>) {
        if let Some(path) = self.straight(points, false) {
            self.stroke(&path, width, &ink.into());
        }
    }

    /// Draws a smooth line through points.
    pub fn curve(&mut self, points: &[Point], width: f64, ink: impl Into<Ink>) {
        if let Some(path) = self.flowing(points) {
            self.stroke(&path, width, &ink.into());
        }
    }

    /// Draws many lines at once, each from an end to an end and pulled at by a point between.
    pub fn bows(&mut self, bows: &[[Point; 3]], width: f64, ink: impl Into<Ink>) {
        let mut path = PathBuilder::new();
        for bow in bows {
            let [from, pull, to] = bow.map(|place| self.pixel(place));
            path.move_to(from.x, from.y);
            path.quad_to(pull.x, pull.y, to.x, to.y);
        }
        if let Some(path) = path.finish() {
            self.stroke(&path, width, &ink.into());
        }
    }

    /// Draws the closed outline of a polygon.
    pub fn outline(&mut self, corners: &[Point], width: f64, ink: impl Into<Ink>) {
        if let Some(path) = self.straight(corners, true) {
            self.stroke(&path, width, &ink.into());
        }
    }

    /// Draws the closed outline of a smooth shape.
    pub fn contour(&mut self, corners: &[Point], width: f64, ink: impl Into<Ink>) {
        if let Some(path) = self.rounded(corners) {
            self.stroke(&path, width, &ink.into());
        }
    }

    /// From here on draws only inside a polygon, until [`Canvas::unclip`].
    pub fn clip(&mut self, corners: &[Point]) {
        let path = self.straight(corners, true);
        self.restrict(path);
    }

    /// From here on draws only inside a smooth shape, until [`Canvas::unclip`].
    pub fn clip_smooth(&mut self, corners: &[Point]) {
        let path = self.rounded(corners);
        self.restrict(path);
    }

    /// Draws everywhere again.
    pub fn unclip(&mut self) {
        self.mask = None;
    }

    /// The colour at a place.
    pub fn colour_at(&self, place: Point) -> Colour {
        let pixel = |x: f64| (x * self.side).clamp(0.0, self.side - 1.0) as u32;
        let found = self.pixmap.pixel(pixel(place.x), pixel(place.y));
        let [r, g, b] = found.map_or([0; 3], |c| [c.red(), c.green(), c.blue()]);
        Colour::from_rgb([r, g, b].map(|value| f64::from(value) / 255.0))
    }

    /// Changes every pixel: the function is given its place and its sRGB components in 0 to 1.
    pub fn rework(&mut self, mut change: impl FnMut(Point, [f64; 3]) -> [f64; 3]) {
        let (side, count) = (self.side, self.pixmap.width().max(1) as usize);
        for (index, pixel) in self.pixmap.data_mut().chunks_exact_mut(4).enumerate() {
            let x = ((index % count) as f64 + 0.5) / side;
            let y = ((index / count) as f64 + 0.5) / side;
            if let [r, g, b, _] = pixel {
                let old = [*r, *g, *b].map(|value| f64::from(value) / 255.0);
                let new = change(at(x, y), old);
                [*r, *g, *b] = new.map(|value| (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
            }
        }
    }

    fn restrict(&mut self, path: Option<Path>) {
        let mask = Mask::new(self.pixmap.width(), self.pixmap.height());
        self.mask = mask.zip(path).map(|(mut mask, path)| {
            mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
            mask
        });
    }

    fn fill(&mut self, path: &Path, ink: &Ink) {
        if let Some(paint) = self.paint(ink) {
            let (rule, mask) = (FillRule::Winding, self.mask.as_ref());
            let place = Transform::identity();
            self.pixmap.fill_path(path, &paint, rule, place, mask);
        }
    }

    fn stroke(&mut self, path: &Path, width: f64, ink: &Ink) {
        let stroke = Stroke {
            width: (width * self.side) as f32,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        if let Some(paint) = self.paint(ink) {
            let (place, mask) = (Transform::identity(), self.mask.as_ref());
            self.pixmap.stroke_path(path, &paint, &stroke, place, mask);
        }
    }

    fn paint(&self, ink: &Ink) -> Option<Paint<'static>> {
        let shader = match ink {
            Ink::Flat(colour, opacity) => Shader::SolidColor(shade(*colour, *opacity)),
            Ink::Linear([from, to], colours) => LinearGradient::new(
                self.pixel(*from),
                self.pixel(*to),
                stops(colours),
                SpreadMode::Pad,
                Transform::identity(),
            )?,
            Ink::Radial(centre, radius, colours) => RadialGradient::new(
                self.pixel(*centre),
                0.0,
                self.pixel(*centre),
                (radius * self.side) as f32,
                stops(colours),
                SpreadMode::Pad,
                Transform::identity(),
            )?,
        };
        Some(Paint {
            shader,
            ..Paint::default()
        })
    }

    fn pixel(&self, place: Point) -> tiny_skia::Point {
        tiny_skia::Point::from_xy((place.x * self.side) as f32, (place.y * self.side) as f32)
    }

    fn straight(&self, points: &[Point], closed: bool) -> Option<Path> {
        let (first, rest) = points.split_first()?;
        let first = self.pixel(*first);
        let mut path = PathBuilder::with_capacity(points.len() + 2, points.len() + 1);
        path.move_to(first.x, first.y);
        for place in rest {
            let next = self.pixel(*place);
            path.line_to(next.x, next.y);
        }
        if closed {
            path.close();
        }
        path.finish()
    }

    /// A closed curve that touches the middle of each side of the polygon.
    fn rounded(&self, corners: &[Point]) -> Option<Path> {
        let (first, last) = (corners.first()?, corners.last()?);
        let start = self.pixel(last.mix(*first, 0.5));
        let mut path = PathBuilder::with_capacity(corners.len() + 2, corners.len() * 2 + 1);
        path.move_to(start.x, start.y);
        for (index, corner) in corners.iter().enumerate() {
            // After the last corner comes the first.
            let next = corners.get(index + 1).unwrap_or(first);
            let (pull, end) = (self.pixel(*corner), self.pixel(corner.mix(*next, 0.5)));
            path.quad_to(pull.x, pull.y, end.x, end.y);
        }
        path.close();
        path.finish()
    }

    /// An open curve from the first point to the last, pulled at by those between.
    fn flowing(&self, points: &[Point]) -> Option<Path> {
        let (first, last) = (points.first()?, points.last()?);
        let start = self.pixel(*first);
        let mut path = PathBuilder::new();
        path.move_to(start.x, start.y);
        for pair in points.windows(2).skip(1) {
            if let [pull, next] = pair {
                let (end, pull) = (self.pixel(pull.mix(*next, 0.5)), self.pixel(*pull));
                path.quad_to(pull.x, pull.y, end.x, end.y);
            }
        }
        let end = self.pixel(*last);
        path.line_to(end.x, end.y);
        path.finish()
    }
}

fn shade(colour: Colour, opacity: f64) -> Color {
    let [r, g, b] = colour.rgb().map(|value| (value * 255.0 + 0.5) as u8);
    Color::from_rgba8(r, g, b, (opacity.clamp(0.0, 1.0) * 255.0 + 0.5) as u8)
}

fn stops(colours: &[(Colour, f64)]) -> Vec<GradientStop> {
    let last = colours.len().saturating_sub(1).max(1) as f32;
    colours
        .iter()
        .enumerate()
        .map(|(index, (colour, opacity))| {
            GradientStop::new(index as f32 / last, shade(*colour, *opacity))
        })
        .collect()
}
