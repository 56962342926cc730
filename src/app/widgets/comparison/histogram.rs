//! Histogram of the luminances of the shown pictures.

use eframe::egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, Vec2, pos2, vec2};

use super::look::Look;
use super::overlay;
use super::pictures::ComparisonPictures;
use super::state::{ComparisonState, Layout, Which};
use crate::app::gpu::picture::Histogram;
use crate::app::words::say;

/// The plot itself, in points: a column for every few values.
const PLOT: Vec2 = vec2(192.0, 72.0);
/// Number of values in one column.
const VALUES: usize = 4;

/// The pictures that a layout shows.
fn shown(state: &ComparisonState) -> Vec<Which> {
    match state.layout {
        Layout::ThreeUp => Which::ALL.to_vec(),
        Layout::Single(which) => vec![which],
        _ => vec![state.pair.0, state.pair.1],
    }
}

/// Draws the plot with its lower right corner at `at`.
pub(super) fn draw(
    painter: &Painter,
    look: &Look,
    at: Pos2,
    state: &ComparisonState,
    pictures: &ComparisonPictures,
) {
    let font = FontId::proportional(look.small_text);
    let row = overlay::row_height(painter, look);
    let inner = vec2(PLOT.x, PLOT.y + 2.0 * (row + look.tight));
    let margin = Vec2::splat(look.small);
    let place = Align2::RIGHT_BOTTOM.anchor_size(at, inner + 2.0 * margin);
    painter.rect_filled(place, look.radius, look.plate);
    let corner = place.min + margin;
    let mut right = corner.x + inner.x;
    let plot = Rect::from_min_size(corner + vec2(0.0, row + look.tight), PLOT);
    for which in shown(state).into_iter().rev() {
        let Some(source) = pictures.get(which) else {
            continue;
        };
        let colour = look.series[which.index()];
        let stroke = Stroke::new(1.25, colour);
        painter.line(curve(&source.luminance(), plot), stroke);
        let name = painter.layout_no_wrap(which.name().to_owned(), font.clone(), colour);
        right -= name.size().x;
        painter.galley(pos2(right, corner.y), name, colour);
        right -= look.small;
    }
    painter.hline(
        plot.x_range(),
        plot.bottom(),
        Stroke::new(1.0, look.muted_on_plate),
    );
    let below = [
        ("0", Align2::LEFT_TOP),
        (say!("luminance"), Align2::CENTER_TOP),
        ("255", Align2::RIGHT_TOP),
    ];
    for (text, align) in below {
        let x = align.pos_in_rect(&plot).x;
        let at = pos2(x, plot.bottom() + look.tight);
        painter.text(at, align, text, font.clone(), look.muted_on_plate);
    }
}

/// The line over a plot. Roots of counts: a few flat areas would hide all the rest otherwise.
fn curve(counts: &Histogram, plot: Rect) -> Vec<Pos2> {
    let columns: Vec<f32> = counts
        .chunks(VALUES)
        .map(|values| values.iter().map(|&count| count as f32).sum::<f32>().sqrt())
        .collect();
    let most = columns.iter().copied().fold(1.0, f32::max);
    let step = plot.width() / (columns.len() - 1).max(1) as f32;
    (0..)
        .zip(columns)
        .map(|(k, column)| {
            pos2(
                plot.left() + k as f32 * step,
                plot.bottom() - plot.height() * column / most,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_stands_where_the_pixels_are() {
        let plot = Rect::from_min_size(pos2(0.0, 0.0), PLOT);
        let mut counts = [0; 256];
        counts[255] = 100;
        counts[0] = 25;
        let line = curve(&counts, plot);
        assert_eq!(line.first(), Some(&pos2(0.0, plot.bottom() - PLOT.y / 2.0)));
        assert_eq!(line.last(), Some(&pos2(PLOT.x, plot.top())));
        assert!(line[1..63].iter().all(|point| point.y == plot.bottom()));
    }
}
