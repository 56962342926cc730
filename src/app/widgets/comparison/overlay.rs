//! Layer over pictures: captions on dark plates, the scale of a difference, the handle of a wipe.
//! Legible on any picture, in both themes.

use eframe::egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use super::look::Look;
use crate::app::gpu::heat;
use crate::app::words::say;

/// Length and height of the scale of a difference, in points.
const SCALE: Vec2 = vec2(192.0, 8.0);
/// Radius of the handle of a wipe, in points.
pub(super) const HANDLE: f32 = 11.0;

/// Height of a line of text over a picture.
pub(super) fn row_height(painter: &Painter, look: &Look) -> f32 {
    painter.fonts_mut(|fonts| fonts.row_height(&FontId::proportional(look.small_text)))
}

/// Height of a plate.
pub(super) fn plate_height(painter: &Painter, look: &Look) -> f32 {
    row_height(painter, look) + 2.0 * look.tight
}

/// Text on a plate with one corner of it at `at`; no wider than `width`.
pub(super) fn plate(
    painter: &Painter,
    look: &Look,
    corner: Align2,
    at: Pos2,
    width: f32,
    text: &str,
    colour: Color32,
) {
    let margin = vec2(look.small, look.tight);
    let mut job = LayoutJob::single_section(
        text.to_owned(),
        TextFormat::simple(FontId::proportional(look.small_text), colour),
    );
    job.wrap = TextWrapping::truncate_at_width((width - 2.0 * margin.x).max(1.0));
    let galley = painter.layout_job(job);
    let place = corner.anchor_size(at, galley.size() + 2.0 * margin);
    painter.rect_filled(place, look.radius, look.plate);
    painter.galley(place.min + margin, galley, colour);
}

/// The scale of a difference with this gain, its lower left corner at `at`.
pub(super) fn legend(painter: &Painter, look: &Look, at: Pos2, gain: f32) {
    let font = FontId::proportional(look.small_text);
    let text = |text: String, colour| painter.layout_no_wrap(text, font.clone(), colour);
    let title = text(
        say!("largest-difference-of-a-channel").to_owned(),
        look.on_plate,
    );
    let row = title.size().y;
    let inner = vec2(
        SCALE.x.max(title.size().x),
        2.0 * row + SCALE.y + 2.0 * look.tight,
    );
    let margin = vec2(look.small, look.small - 2.0);
    let place = Align2::LEFT_BOTTOM.anchor_size(at, inner + 2.0 * margin);
    painter.rect_filled(place, look.radius, look.plate);
    let corner = place.min + margin;
    painter.galley(corner, title, look.on_plate);
    let bar = Rect::from_min_size(corner + vec2(0.0, row + look.tight), vec2(inner.x, SCALE.y));
    painter.add(gradient(bar));
    let below = bar.bottom() + look.tight;
    for (tick, align) in ticks(gain).into_iter().zip([0.0, 0.5, 1.0]) {
        let tick = text(tick, look.muted_on_plate);
        let left = bar.left() + align * (bar.width() - tick.size().x);
        painter.galley(pos2(left, below), tick, look.muted_on_plate);
    }
}

/// Values below the scale: its two ends and its middle, in 8-bit values.
fn ticks(gain: f32) -> [String; 3] {
    let most = (255.0 / gain).round();
    let end = if gain > 1.0 {
        say!("most-or-more", "most" => most.to_string())
    } else {
        format!("{most}")
    };
    ["0".to_owned(), format!("{}", (most / 2.0).round()), end]
}

/// The colours of the scale, from left to right.
fn gradient(bar: Rect) -> Shape {
    let mut mesh = Mesh::default();
    let last = heat::STOPS.len() - 1;
    for (k, [r, g, b]) in (0u32..).zip(heat::STOPS) {
        let x = bar.left() + bar.width() * k as f32 / last as f32;
        let colour = Color32::from_rgb(r, g, b);
        mesh.colored_vertex(pos2(x, bar.top()), colour);
        mesh.colored_vertex(pos2(x, bar.bottom()), colour);
        if (k as usize) < last {
            mesh.add_triangle(2 * k, 2 * k + 1, 2 * k + 2);
            mesh.add_triangle(2 * k + 1, 2 * k + 2, 2 * k + 3);
        }
    }
    mesh.into()
}

/// The handle on the line of a wipe.
pub(super) fn handle(painter: &Painter, look: &Look, at: Pos2, active: bool) {
    let arrow = if active {
        look.accent
    } else {
        look.lines.light
    };
    painter.circle(at, HANDLE, look.plate, Stroke::new(1.5, arrow));
    arrows(painter, at, arrow);
}

/// Two small arrows that point away from each other.
pub(super) fn arrows(painter: &Painter, at: Pos2, arrow: Color32) {
    for side in [-1.0, 1.0] {
        let tip = at + vec2(side * 6.5, 0.0);
        let back = at + vec2(side * 2.5, 0.0);
        let points = vec![tip, back + vec2(0.0, -4.0), back + vec2(0.0, 4.0)];
        painter.add(Shape::convex_polygon(points, arrow, Stroke::NONE));
    }
}

/// A line around something that lies over a picture.
pub(super) fn frame(painter: &Painter, look: &Look, place: Rect) {
    let dark = Stroke::new(1.0, look.lines.dark);
    let light = Stroke::new(1.0, look.lines.light);
    painter.rect_stroke(place, 0, light, StrokeKind::Inside);
    painter.rect_stroke(place, 0, dark, StrokeKind::Outside);
}

/// A sentence in the middle of a pane that shows no picture.
pub(super) fn notice(painter: &Painter, look: &Look, pane: Rect, text: &str) {
    let font = FontId::proportional(look.small_text);
    let width = (pane.width() - 2.0 * look.medium).max(1.0);
    let galley = painter.layout(text.to_owned(), font, look.muted, width);
    let place = Align2::CENTER_CENTER.anchor_size(pane.center(), galley.size());
    painter.galley(place.min, galley, look.muted);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_says_where_it_ends() {
        assert_eq!(ticks(1.0), ["0", "128", "255"]);
        assert_eq!(ticks(4.0), ["0", "32", "64 or more"]);
        assert_eq!(ticks(16.0), ["0", "8", "16 or more"]);
    }
}
