//! A run of text in one font and one direction as glyphs.

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Direction, Feature, GlyphBuffer, UnicodeBuffer};

use super::fonts::Face;

/// Glyphs from left to right.
#[derive(Clone, Debug)]
pub struct Run {
    /// Place of the font.
    pub face: usize,
    /// Its start, from the left end of its line, in points.
    pub x: f32,
    /// Its text, in reading order.
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
}

/// Glyphs of a text, from left to right, their lengths in em; `tabular` figures are all as wide.
pub fn shape(face: &Face, text: &str, right_to_left: bool, tabular: bool) -> Vec<KrillaGlyph> {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(match right_to_left {
        true => Direction::RightToLeft,
        false => Direction::LeftToRight,
    });
    let figures = Feature::new(Tag::from_bytes(b"tnum"), 1, ..);
    let features = if tabular { &[figures][..] } else { &[] };
    glyphs(
        &rustybuzz::shape(&face.shaper, features, buffer),
        face,
        text,
    )
}

fn glyphs(shaped: &GlyphBuffer, face: &Face, text: &str) -> Vec<KrillaGlyph> {
    let infos = shaped.glyph_infos();
    // Where each cluster ends: at the next one, in reading order.
    let mut starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let em = face.font.units_per_em();
    let length = |units: i32| units as f32 / em;
    infos
        .iter()
        .zip(shaped.glyph_positions())
        .map(|(info, position)| {
            let start = info.cluster as usize;
            let next = starts.partition_point(|&other| other <= start);
            let end = starts.get(next).copied().unwrap_or(text.len());
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                length(position.x_advance),
                length(position.x_offset),
                length(position.y_offset),
                length(position.y_advance),
                start..end,
                None,
            )
        })
        .collect()
}
