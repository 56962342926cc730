//! Text as outlines, from the fonts that the program carries, so that charts and picture grids look the same on every
//! machine: the interface's font, and another for the characters that it lacks.

use ab_glyph::{Font, FontRef, GlyphId, Outline, OutlineCurve, Point};
use thiserror::Error;
use tiny_skia::{Path, PathBuilder};

use crate::font_files::{FALLBACK, REGULAR};

/// Mark that stands where a text was cut.
const ELLIPSIS: char = '…';
/// Longer texts are cut before they are measured: no line has room for them.
const MAX_CHARACTERS: usize = 1000;

/// The font cannot be read.
#[derive(Clone, Copy, Debug, Error)]
#[error("the program's own font cannot be read: its installation is damaged")]
pub struct LetteringError;

/// The fonts, ready to measure and outline text. All lengths are in the unit of the `em` that is
/// asked for, which is the nominal size of the letters.
#[derive(Clone, Debug)]
pub struct Lettering {
    /// In the order in which a character is looked for, with their units in an em.
    fonts: [(FontRef<'static>, f32); 2],
}

/// A letter in its place.
struct PlacedGlyph {
    /// Its font, by its place.
    font: usize,
    glyph: GlyphId,
    /// Where it starts, and how wide it is, in em.
    x: f32,
    advance: f32,
}

impl Lettering {
    /// Height of a capital letter, in em.
    pub const CAPITAL: f32 = 0.727;

    /// Reads the font.
    ///
    /// # Errors
    /// [`LetteringError`] if the program's file was tampered with.
    pub fn new() -> Result<Self, LetteringError> {
        let read = |bytes| {
            let font = FontRef::try_from_slice(bytes).map_err(|_| LetteringError)?;
            let units_per_em = font.units_per_em().ok_or(LetteringError)?;
            Ok((font, units_per_em))
        };
        Ok(Self {
            fonts: [read(REGULAR)?, read(FALLBACK)?],
        })
    }

    /// Width of a line of text.
    pub fn width(&self, text: &str, em: f32) -> f32 {
        let last = self.glyphs(text).last();
        last.map_or(0.0, |last| (last.x + last.advance) * em)
    }

    /// The text, shortened with an ellipsis where it is wider than `width`; control characters, which
    /// have no shape, are left out.
    pub fn fitted(&self, text: &str, em: f32, width: f32) -> String {
        let shown = text.chars().filter(|c| !c.is_control());
        let mut fitted: String = shown.clone().take(MAX_CHARACTERS).collect();
        if self.width(&fitted, em) <= width && shown.count() <= MAX_CHARACTERS {
            return fitted;
        }
        fitted.push(ELLIPSIS);
        while self.width(&fitted, em) > width && fitted.chars().count() > 1 {
            fitted.pop();
            fitted.pop();
            let trimmed = fitted.trim_end().len();
            fitted.truncate(trimmed);
            fitted.push(ELLIPSIS);
        }
        fitted
    }

    /// The outline of a line of text that starts at `(x, baseline)`, y downwards; none if nothing of it
    /// has a shape.
    pub fn outline(&self, text: &str, em: f32, (x, baseline): (f32, f32)) -> Option<Path> {
        let mut path = PathBuilder::new();
        for placed in self.glyphs(text) {
            let (font, units_per_em) = &self.fonts[placed.font];
            let scale = em / units_per_em;
            if let Some(outline) = font.outline(placed.glyph) {
                let left = x + placed.x * em;
                let place = |p: Point| (left + p.x * scale, baseline - p.y * scale);
                trace(&mut path, &outline, place);
            }
        }
        path.finish()
    }

    /// Letters and where they start. One that no font has is the first font's mark for that.
    fn glyphs(&self, text: &str) -> impl Iterator<Item = PlacedGlyph> {
        let mut x = 0.0;
        let mut before: Option<(usize, GlyphId)> = None;
        text.chars().map(move |character| {
            let has = |(font, _): &(FontRef<'_>, f32)| font.glyph_id(character) != GlyphId(0);
            let place = self.fonts.iter().position(has).unwrap_or(0);
            let (font, units_per_em) = &self.fonts[place];
            let glyph = font.glyph_id(character);
            if let Some((other, last)) = before.replace((place, glyph))
                && other == place
            {
                x += font.kern_unscaled(last, glyph) / units_per_em;
            }
            let advance = font.h_advance_unscaled(glyph) / units_per_em;
            let placed = PlacedGlyph {
                font: place,
                glyph,
                x,
                advance,
            };
            x += advance;
            placed
        })
    }
}

/// Adds the contours of one glyph.
fn trace(path: &mut PathBuilder, outline: &Outline, place: impl Fn(Point) -> (f32, f32)) {
    let mut pen = None;
    for curve in &outline.curves {
        let (start, end) = match curve {
            OutlineCurve::Line(a, b)
            | OutlineCurve::Quad(a, _, b)
            | OutlineCurve::Cubic(a, _, _, b) => (place(*a), place(*b)),
        };
        if pen != Some(start) {
            path.move_to(start.0, start.1);
        }
        match curve {
            OutlineCurve::Line(..) => path.line_to(end.0, end.1),
            OutlineCurve::Quad(_, control, _) => {
                let control = place(*control);
                path.quad_to(control.0, control.1, end.0, end.1);
            }
            OutlineCurve::Cubic(_, first, second, _) => {
                let (first, second) = (place(*first), place(*second));
                path.cubic_to(first.0, first.1, second.0, second.1, end.0, end.1);
            }
        }
        pen = Some(end);
    }
}

#[cfg(test)]
mod tests {
    use super::Lettering;

    #[test]
    fn outlines_lie_where_the_text_was_put() {
        let lettering = Lettering::new().unwrap();
        let bounds = lettering
            .outline("HIM", 100.0, (20.0, 300.0))
            .unwrap()
            .bounds();
        assert!((bounds.bottom() - 300.0).abs() < 0.5);
        assert!((bounds.height() - 100.0 * Lettering::CAPITAL).abs() < 0.5);
        assert!(bounds.left() > 20.0);
        let width = lettering.width("HIM", 100.0);
        assert!(bounds.right() < 20.0 + width && bounds.width() > 0.8 * width);
    }

    #[test]
    fn much_of_latin_and_greek_has_shapes() {
        let lettering = Lettering::new().unwrap();
        let missing = lettering.width("\u{10ffff}", 1000.0);
        for text in ["ß", "Ž", "ő", "ệ", "ε", "×", "≥", "…", "–"] {
            let outline = lettering.outline(text, 1000.0, (0.0, 0.0));
            assert!(
                outline.is_some() && lettering.width(text, 1000.0) != missing,
                "{text}"
            );
        }
    }

    #[test]
    fn long_texts_are_shortened_to_their_room() {
        let lettering = Lettering::new().unwrap();
        assert_eq!(lettering.fitted("short", 12.0, 100.0), "short");
        let cut = lettering.fitted(&"word ".repeat(100_000), 12.0, 100.0);
        assert!(cut.ends_with("word…") || cut.ends_with('…'));
        let width = lettering.width(&cut, 12.0);
        assert!((70.0..=100.0).contains(&width), "{cut}: {width}");
        assert_eq!(lettering.fitted("a\u{7}b\n", 12.0, 100.0), "ab");
        assert_eq!(lettering.fitted("word", 12.0, 0.0), "…");
    }

    #[test]
    fn what_has_no_shape_has_no_outline() {
        let lettering = Lettering::new().unwrap();
        assert!(lettering.outline("", 12.0, (0.0, 0.0)).is_none());
        assert!(lettering.outline("   ", 12.0, (0.0, 0.0)).is_none());
        assert_eq!(lettering.width("", 12.0), 0.0);
    }
}
