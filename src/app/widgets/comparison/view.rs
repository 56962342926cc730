//! Place of a picture in a pane: physical pixels, points and shares of the picture, and how the
//! pointer changes it.

use eframe::egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::state::{ComparisonState, View};

/// A picture in a pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// The picture, in physical pixels from the window's corner.
    pub place: Rect,
    /// The pane, in physical pixels.
    pane: Rect,
    pixels_per_point: f32,
    size: [u32; 2],
}

/// The scale at which all of a picture is seen.
pub fn fit_scale(pane: Vec2, size: [u32; 2]) -> f32 {
    let [width, height] = size.map(|side| side.max(1) as f32);
    (pane.x / width).min(pane.y / height).max(1e-3)
}

impl Placement {
    /// A picture of `size` in a pane given in points.
    pub fn new(view: View, pane: Rect, pixels_per_point: f32, size: [u32; 2]) -> Self {
        let pane = pane * pixels_per_point;
        let (scale, centre) = match view {
            View::Fit => (fit_scale(pane.size(), size), [0.5, 0.5]),
            View::Free { scale, centre } => (scale, centre),
        };
        let shown = vec2(size[0].max(1) as f32, size[1].max(1) as f32) * scale;
        let centre = vec2(
            held(centre[0], pane.width(), shown.x),
            held(centre[1], pane.height(), shown.y),
        );
        // Whole pixels: a picture at 1:1 is not resampled.
        let corner = (pane.center() - shown * centre).round();
        Self {
            place: Rect::from_min_size(corner, shown),
            pane,
            pixels_per_point,
            size,
        }
    }

    /// A square of the picture around `share`, enlarged `scale` times, in a pane of its own.
    pub fn magnified(&self, pane: Rect, share: Vec2, scale: f32) -> Self {
        let pane = pane * self.pixels_per_point;
        let shown = vec2(self.size[0] as f32, self.size[1] as f32) * scale;
        let corner = (pane.center() - shown * share).round();
        Self {
            place: Rect::from_min_size(corner, shown),
            pane,
            ..*self
        }
    }

    /// Physical pixels a picture pixel.
    pub fn scale(&self) -> f32 {
        self.place.width() / self.size[0].max(1) as f32
    }

    /// The place under a point, in shares of the picture.
    pub fn share(&self, at: Pos2) -> Vec2 {
        (at * self.pixels_per_point - self.place.min) / self.place.size()
    }

    /// The pixel under a point; `None` beside the picture.
    pub fn pixel(&self, at: Pos2) -> Option<[u32; 2]> {
        let share = self.share(at);
        let inside = |share: f32, side: u32| {
            let place = (share * side as f32).floor();
            (place >= 0.0 && place < side as f32).then_some(place as u32)
        };
        Some([
            inside(share.x, self.size[0])?,
            inside(share.y, self.size[1])?,
        ])
    }

    /// The middle of a pixel, in shares of the picture.
    pub fn middle(&self, pixel: [u32; 2]) -> Vec2 {
        let [x, y] = pixel.map(|place| place as f32 + 0.5);
        vec2(x / self.size[0] as f32, y / self.size[1] as f32)
    }

    /// The point of a share of the picture.
    pub fn point(&self, share: Vec2) -> Pos2 {
        let at = self.place.min + share * self.place.size();
        pos2(at.x / self.pixels_per_point, at.y / self.pixels_per_point)
    }

    /// The part of the pane that the picture covers, in points.
    pub fn seen(&self) -> Rect {
        self.place.intersect(self.pane) / self.pixels_per_point
    }

    /// The share of the picture's width at a share of what is seen of it.
    pub fn split(&self, wipe: f32) -> f32 {
        let seen = self.place.intersect(self.pane);
        let at = seen.left() + wipe * seen.width();
        (at - self.place.left()) / self.place.width()
    }

    /// The share of what is seen at a point.
    pub fn wipe(&self, at: Pos2) -> f32 {
        let seen = self.seen();
        ((at.x - seen.left()) / seen.width().max(1.0)).clamp(0.0, 1.0)
    }

    /// Zooms so that what is under `at` stays there.
    pub fn zoom(&self, state: &mut ComparisonState, factor: f32, at: Pos2) {
        let share = self.share(at);
        let wanted = self.scale() * factor;
        state.zoom(wanted, state.centre());
        let shown = vec2(self.size[0] as f32, self.size[1] as f32) * state.scale();
        let off = (at * self.pixels_per_point - self.pane.center()) / shown;
        if let View::Free { scale, .. } = state.view {
            state.zoom(scale, self.within(share - off, shown));
        }
    }

    /// Moves the picture by so many points.
    pub fn pan(&self, state: &mut ComparisonState, by: Vec2) {
        if let View::Free { scale, .. } = state.view {
            let shown = self.place.size();
            let middle = (self.pane.center() - self.place.min) / shown;
            let centre = middle - by * self.pixels_per_point / shown;
            state.zoom(scale, self.within(centre, shown));
        }
    }

    fn within(&self, centre: Vec2, shown: Vec2) -> [f32; 2] {
        [
            held(centre.x, self.pane.width(), shown.x),
            held(centre.y, self.pane.height(), shown.y),
        ]
    }
}

/// A centre at which no more of the pane stays empty than must.
fn held(centre: f32, pane: f32, shown: f32) -> f32 {
    if shown <= pane {
        return 0.5;
    }
    let margin = pane / (2.0 * shown);
    centre.clamp(margin, 1.0 - margin)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANE: Rect = Rect::from_min_max(pos2(10.0, 20.0), pos2(410.0, 320.0));

    fn placed(state: &mut ComparisonState) -> Placement {
        state.fit_scale = fit_scale(PANE.size() * 1.5, [512, 512]);
        Placement::new(state.view, PANE, 1.5, [512, 512])
    }

    #[test]
    fn fitting_shows_all_of_it_in_the_middle() {
        let placement = placed(&mut ComparisonState::default());
        assert!((placement.scale() - 450.0 / 512.0).abs() < 1e-6);
        assert!((placement.seen().height() - 300.0).abs() < 1e-3);
        let middle = placement.share(PANE.center());
        assert!((middle - vec2(0.5, 0.5)).length() < 2e-3);
        assert_eq!(placement.pixel(pos2(12.0, 100.0)), None);
        assert_eq!(
            placement.pixel(placement.point(vec2(0.999, 0.001))),
            Some([511, 0])
        );
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let mut state = ComparisonState::default();
        let at = pos2(250.0, 130.0);
        let mut before = placed(&mut state).share(at);
        for factor in [1.5, 3.0, 0.5, 2.0] {
            placed(&mut state).zoom(&mut state, factor, at);
            let after = placed(&mut state).share(at);
            assert!((after - before).length() < 2e-3, "{before} {after}");
            before = after;
        }
    }

    #[test]
    fn a_drag_moves_the_picture_with_the_pointer_and_not_out_of_the_pane() {
        let mut state = ComparisonState::default();
        placed(&mut state).pan(&mut state, vec2(50.0, 0.0));
        assert_eq!(state.view, View::Fit);
        state.zoom(4.0, [0.5, 0.5]);
        let before = placed(&mut state);
        before.pan(&mut state, vec2(30.0, -20.0));
        let moved = placed(&mut state).place.min - before.place.min;
        assert!((moved - vec2(45.0, -30.0)).length() < 1.5, "{moved}");
        placed(&mut state).pan(&mut state, vec2(1e6, 1e6));
        let place = placed(&mut state).place;
        assert_eq!(place.min, (PANE * 1.5).min.round());
    }

    #[test]
    fn one_to_one_lies_on_whole_pixels() {
        let mut state = ComparisonState::default();
        state.zoom(1.0, [0.333, 0.777]);
        let place = Placement::new(state.view, PANE, 1.25, [333, 777]).place;
        assert_eq!(place.min, place.min.round());
        assert_eq!(place.size(), vec2(333.0, 777.0));
    }

    #[test]
    fn the_wipe_is_a_share_of_what_is_seen() {
        let mut state = ComparisonState::default();
        state.zoom(4.0, [0.25, 0.5]);
        let placement = placed(&mut state);
        let split = placement.split(0.5);
        assert!((split - 0.25).abs() < 1e-3, "{split}");
        assert!((placement.wipe(PANE.center()) - 0.5).abs() < 1e-3);
        assert_eq!(placement.wipe(pos2(-99.0, 0.0)), 0.0);
    }
}
