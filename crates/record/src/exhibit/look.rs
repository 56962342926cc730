//! Look of an exhibit: every size, distance and colour of it. Lengths are in points.

use super::layout::{Align, Style, Voice};
use crate::chart::{Palette, Rgb};

/// From the edge of the paper to the text.
pub const SIDE: f32 = 56.0;
pub const TOP: f32 = 68.0;
pub const BOTTOM: f32 = 66.0;
/// Positions of the running head and foot.
pub const HEAD: f32 = 36.0;
pub const FOOT: f32 = 44.0;

/// Height of capitals, in em.
pub const CAPITAL: f32 = 0.727;

pub const INK: Rgb = [22, 24, 28];
pub const MUTED: Rgb = [88, 93, 102];
pub const HAIR: Rgb = [196, 199, 204];
pub const TINT: Rgb = [243, 244, 246];
/// The one colour, for what the eye shall find first.
pub const ACCENT: Rgb = [0, 76, 128];

/// Weights of lines.
pub const HAIRLINE: f32 = 0.5;
pub const RULE: f32 = 1.2;

/// Between columns, and between blocks.
pub const GAP: f32 = 12.0;
pub const SPACE: f32 = 7.0;
/// Between a picture and its words.
pub const NEAR: f32 = 5.0;

/// The colours of figures.
pub const FIGURES: Palette = Palette {
    ground: [255, 255, 255],
    ink: INK,
    muted: MUTED,
    mesh: [222, 224, 228],
    member: INK,
    hold_out: MUTED,
    series: [
        [0, 0, 0],
        [0, 0, 0],
        ACCENT,
        [0, 0, 0],
        [120, 120, 120],
        [120, 120, 120],
        [120, 120, 120],
        [120, 120, 120],
    ],
};

const fn style(voice: Voice, size: f32, leading: f32, colour: Rgb) -> Style {
    Style {
        voice,
        size,
        leading,
        colour,
        tabular: false,
        grouped: false,
        align: Align::Left,
    }
}

pub const EXHIBIT: Style = style(Voice::Strong, 24.0, 28.0, INK);
pub const TITLE: Style = style(Voice::Regular, 13.0, 17.0, INK);
pub const FINDING: Style = style(Voice::Strong, 12.5, 17.5, INK);
/// A finding where the first page is full.
pub const CLOSE_FINDING: Style = style(Voice::Strong, 11.5, 15.5, INK);
pub const SECTION: Style = style(Voice::Strong, 15.0, 19.0, INK);
pub const HEADING: Style = style(Voice::Strong, 10.5, 14.0, INK);
pub const BODY: Style = style(Voice::Regular, 9.5, 14.0, INK);
pub const STRONG: Style = style(Voice::Strong, 9.5, 14.0, INK);
pub const CELL: Style = Style {
    tabular: true,
    ..style(Voice::Regular, 8.5, 12.0, INK)
};
pub const CELL_STRONG: Style = Style {
    voice: Voice::Strong,
    ..CELL
};
pub const SMALL: Style = style(Voice::Regular, 8.0, 11.0, MUTED);
pub const LABEL: Style = style(Voice::Strong, 7.5, 10.0, MUTED);
pub const KICKER: Style = style(Voice::Strong, 8.0, 11.0, ACCENT);
pub const CODE: Style = style(Voice::Mono, 8.0, 12.0, INK);
pub const HASH: Style = Style {
    grouped: true,
    ..style(Voice::Mono, 7.0, 10.0, INK)
};

pub const MONO: Style = style(Voice::Mono, 7.5, 12.0, INK);

/// The same against the right side.
pub const fn right(style: Style) -> Style {
    Style {
        align: Align::Right,
        ..style
    }
}
