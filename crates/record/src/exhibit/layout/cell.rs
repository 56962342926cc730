//! Room that a cell of a table takes up once it is set in lines, and the part of it that fits a page.

use image::RgbImage;

use super::paragraph::{Line, Style};

/// Above and below the text of a row, in points.
pub const PAD: f32 = 4.0;

/// Tables lower than this share of a page are not parted.
const TOGETHER: f32 = 0.25;
/// Rows of any other that stand together with its head.
const FIRST_ROWS: usize = 3;

/// A cell in lines.
pub enum Set<'a> {
    Lines(Vec<(Line, Style)>),
    Picture(&'a RgbImage, String, (f32, f32)),
}

impl Set<'_> {
    /// Lines, or the one picture.
    pub fn count(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.len(),
            Self::Picture(..) => 1,
        }
    }

    /// Height of `count` lines from `start` on.
    pub fn height_of(&self, start: usize, count: usize) -> f32 {
        match self {
            Self::Lines(lines) => {
                let lines = lines.iter().skip(start).take(count);
                lines.map(|(_, style)| style.leading).sum()
            }
            Self::Picture(.., (_, height)) => *height * count.min(1) as f32,
        }
    }

    /// Number of the lines from `start` on that have room.
    pub fn fitting(&self, start: usize, room: f32) -> usize {
        let left = self.count().saturating_sub(start);
        let fits = |count: &usize| self.height_of(start, *count) <= room + 0.01;
        (1..=left).take_while(fits).count()
    }
}

/// Height of a row with the room about its text.
pub fn height(cells: &[Set]) -> f32 {
    let heights = cells.iter().map(|cell| cell.height_of(0, cell.count()));
    heights.fold(0.0, f32::max) + 2.0 * PAD
}

/// Height of a table that must stand on one page: a short one whole, of a long one the first rows. A row that is
/// higher than half a page may be parted.
pub fn least(rows: &[(Vec<Set>, bool)], page: f32) -> f32 {
    let of = |count: usize| -> f32 {
        let rows = rows.iter().take(count);
        rows.map(|(cells, _)| height(cells)).sum()
    };
    let short = page * TOGETHER;
    match of(rows.len()) {
        whole if whole <= short => whole,
        _ => of(FIRST_ROWS).min(short).max(of(1)).min(page / 2.0),
    }
}
