//! A text as lines: broken where Unicode allows it (UAX 14), or between any two letters where nothing
//! else helps, and every line in the order in which it is read from left to right (UAX 9).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use krilla::text::KrillaGlyph;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{Fonts, Voice};
use super::legible::legible;
use super::shape::{Run, shape};
use crate::chart::Rgb;

/// Shares of the width at which the lines of a title are tried.
const EVEN: [f32; 8] = [0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52];

/// Style of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub voice: Voice,
    /// Nominal size of the letters and distance of the lines, in points.
    pub size: f32,
    pub leading: f32,
    pub colour: Rgb,
    /// Figures that are all as wide, for columns.
    pub tabular: bool,
    /// Its spaces only part groups of digits: whoever copies it gets it without.
    pub grouped: bool,
    pub align: Align,
}

/// Against which side the lines of a text stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Align {
    Left,
    Right,
}

/// A line, with the room that it takes.
#[derive(Clone, Debug)]
pub struct Line {
    pub runs: Vec<Run>,
    /// Without the space at its end.
    pub width: f32,
    /// As it is read, with the space at its end.
    pub text: String,
}

/// A text in lines.
#[derive(Clone, Debug)]
pub struct Paragraph {
    pub lines: Vec<Line>,
    pub style: Style,
}

impl Paragraph {
    /// Height in points.
    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.style.leading
    }

    /// The widest line, in points.
    pub fn width(&self) -> f32 {
        self.lines.iter().map(|line| line.width).fold(0.0, f32::max)
    }
}

/// Sets a text in lines of at most `width` points.
pub fn wrap(text: &str, style: Style, width: f32, fonts: &mut Fonts) -> Paragraph {
    let text = legible(text, style.voice, fonts);
    let text = text.trim();
    let setting = Setting::new(text, style, fonts);
    let lines = setting.breaks(width).into_iter();
    Paragraph {
        lines: lines.map(|range| setting.line(range)).collect(),
        style,
    }
}

/// As [`wrap`], but of at most `most` lines: the last one then ends in an ellipsis.
pub fn wrap_short(text: &str, style: Style, room: (f32, usize), fonts: &mut Fonts) -> Paragraph {
    let (width, most) = room;
    let whole = wrap(text, style, width, fonts);
    if whole.lines.len() <= most {
        return whole;
    }
    let kept: String = whole
        .lines
        .iter()
        .take(most)
        .map(|line| line.text.as_str())
        .collect();
    let mut kept: Vec<&str> = kept.graphemes(true).collect();
    loop {
        kept.pop();
        let shortened = format!("{}…", kept.concat().trim_end());
        let shortened = wrap(&shortened, style, width, fonts);
        if shortened.lines.len() <= most || kept.is_empty() {
            return shortened;
        }
    }
}

/// As [`wrap_short`], its lines about as long as one another: for titles.
pub fn wrap_even(text: &str, style: Style, room: (f32, usize), fonts: &mut Fonts) -> Paragraph {
    let (width, most) = room;
    let mut even = wrap_short(text, style, room, fonts);
    for share in EVEN {
        let narrower = wrap(text, style, width * share, fonts);
        if narrower.lines.len() > even.lines.len().min(most) {
            break;
        }
        even = narrower;
    }
    even
}

/// A text with all that its lines are made from.
struct Setting<'t, 'f, 'a> {
    text: &'t str,
    style: Style,
    fonts: &'f Fonts<'a>,
    bidi: BidiInfo<'t>,
    /// Pieces in one font, in reading order.
    pieces: Vec<(Range<usize>, usize)>,
}

impl<'t, 'f, 'a> Setting<'t, 'f, 'a> {
    fn new(text: &'t str, style: Style, fonts: &'f Fonts<'a>) -> Self {
        Self {
            text,
            style,
            fonts,
            bidi: BidiInfo::new(text, Some(base_level(text))),
            pieces: pieces(text, style.voice, fonts),
        }
    }

    /// The text of a range between characters; nothing where the end lies before the start, as for a piece that
    /// lies outside a line.
    fn part(&self, range: Range<usize>) -> &'t str {
        let part = self.text.get(range.clone());
        debug_assert!(
            part.is_some() || range.is_empty(),
            "{range:?} splits a character"
        );
        // A text that is cut wrongly must not end an exhibit; tests find it by the assertion.
        part.unwrap_or_default()
    }

    /// Pieces of a range in one font and one direction each, in reading order; `levels` has the
    /// direction of every byte.
    fn runs(&self, range: Range<usize>, levels: &[Level]) -> Vec<(Range<usize>, usize, Level)> {
        let mut runs: Vec<(Range<usize>, usize, Level)> = Vec::new();
        for (piece, face) in &self.pieces {
            let (start, end) = (piece.start.max(range.start), piece.end.min(range.end));
            let part = self.part(start..end);
            for (at, letter) in part.char_indices() {
                let at = start + at;
                let next = at + letter.len_utf8();
                let level = levels.get(at).copied().unwrap_or(Level::ltr());
                match runs.last_mut() {
                    Some((run, last, same)) if last == face && *same == level && run.end == at => {
                        run.end = next;
                    }
                    _ => runs.push((at..next, *face, level)),
                }
            }
        }
        runs
    }

    fn shape(&self, range: &Range<usize>, place: usize, level: Level) -> Vec<KrillaGlyph> {
        let part = self.text.get(range.clone());
        let Some((face, part)) = self.fonts.face(place).zip(part) else {
            return Vec::new();
        };
        shape(face, part, level.is_rtl(), self.style.tabular)
    }

    /// Starts of clusters and their widths in points, in reading order.
    fn advances(&self) -> BTreeMap<usize, f32> {
        let mut advances = BTreeMap::new();
        for (range, place, level) in self.runs(0..self.text.len(), &self.bidi.levels) {
            for glyph in self.shape(&range, place, level) {
                let start = range.start + glyph.text_range.start;
                *advances.entry(start).or_insert(0.0) += glyph.x_advance * self.style.size;
            }
        }
        advances
    }

    /// The ranges of the lines.
    fn breaks(&self, width: f32) -> Vec<Range<usize>> {
        // What is to be typed is broken at spaces: a break elsewhere would look like one.
        let typed = self.style.voice == Voice::Mono;
        let fits = |at: &usize| !typed || self.text.get(..*at).is_some_and(|t| t.ends_with(' '));
        let allowed = linebreaks(self.text).map(|(at, _)| at).filter(fits);
        let allowed: BTreeSet<usize> = allowed.collect();
        let letters = self.text.grapheme_indices(true);
        let letters: BTreeSet<usize> = letters.map(|(at, _)| at).collect();
        let mut lines = Vec::new();
        // The line's start; its width; the last place where it may end, and its width up to there.
        let (mut start, mut length, mut end) = (0, 0.0, None);
        for (at, advance) in self.advances() {
            if at > start && allowed.contains(&at) {
                end = Some((at, length));
            }
            let rest = self.part(at..self.text.len());
            let overfull = length + advance > width && !rest.starts_with(' ');
            if overfull && at > start {
                // In the middle of a word only where there is no other place.
                let middle = letters.contains(&at).then_some((at, length));
                if let Some((place, before)) = end.take().or(middle) {
                    lines.push(start..place);
                    start = place;
                    length -= before;
                }
            }
            length += advance;
        }
        lines.push(start..self.text.len());
        lines
    }

    /// A line of the text, its pieces from left to right.
    fn line(&self, range: Range<usize>) -> Line {
        let paragraph = self.bidi.paragraphs.first();
        let levels = paragraph.map(|all| self.bidi.reordered_levels(all, range.clone()));
        let runs = self.runs(range.clone(), &levels.unwrap_or_default());
        let levels: Vec<Level> = runs.iter().map(|&(.., level)| level).collect();
        let mut line = Line {
            runs: Vec::with_capacity(runs.len()),
            width: 0.0,
            text: self.part(range).to_owned(),
        };
        let (mut x, mut trailing) = (0.0, 0.0);
        for place in BidiInfo::reorder_visual(&levels) {
            let Some((range, face, level)) = runs.get(place) else {
                continue;
            };
            let text = self.part(range.clone());
            let glyphs = self.shape(range, *face, *level);
            let spaces = text.len() - text.trim_end_matches(' ').len();
            let last = glyphs
                .iter()
                .rev()
                .take(if level.is_rtl() { 0 } else { spaces });
            trailing = last.map(|glyph| glyph.x_advance * self.style.size).sum();
            let width: f32 = glyphs.iter().map(|glyph| glyph.x_advance).sum();
            line.runs.push(Run {
                face: *face,
                x,
                text: text.to_owned(),
                glyphs,
            });
            x += width * self.style.size;
        }
        line.width = x - trailing;
        line
    }
}

/// Pieces of a text in one font each.
fn pieces(text: &str, voice: Voice, fonts: &Fonts) -> Vec<(Range<usize>, usize)> {
    let mut pieces: Vec<(Range<usize>, usize)> = Vec::new();
    let mut add = |start: usize, cluster: &str| -> bool {
        let before = pieces.last().map(|&(_, face)| face);
        let Some(face) = fonts.choose(cluster, voice, before) else {
            return false;
        };
        let end = start + cluster.len();
        match pieces.last_mut() {
            Some((range, last)) if *last == face && range.end == start => range.end = end,
            _ => pieces.push((start..end, face)),
        }
        true
    };
    for (start, cluster) in text.grapheme_indices(true) {
        if !add(start, cluster) {
            // A mark from another font than its letter.
            for (at, letter) in cluster.char_indices() {
                add(start + at, letter.encode_utf8(&mut [0; 4]));
            }
        }
    }
    pieces
}

/// The direction of a text as a whole. An exhibit is written in English, so that only a text wholly in a
/// script that runs from the right is set from there.
fn base_level(text: &str) -> Level {
    let classes = || text.chars().map(bidi_class);
    let leftwards = classes().any(|class| matches!(class, BidiClass::R | BidiClass::AL));
    match leftwards && !classes().any(|class| class == BidiClass::L) {
        true => Level::rtl(),
        false => Level::ltr(),
    }
}

#[cfg(test)]
mod tests;
