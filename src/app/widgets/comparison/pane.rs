//! Panes of a layout, with what each of them shows and what is written on it.

use eframe::egui::{Rect, Vec2, pos2, vec2};

use super::pictures::ComparisonPictures;
use super::state::{ComparisonState, Layout, Which};
use super::view::{Placement, fit_scale};
use crate::app::gpu::{Mode, Source};
use crate::app::words::say;

/// Content of a pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Content {
    /// One picture.
    Alone(Which),
    /// Two, in the way of the layout.
    Pair(Which, Which),
}

/// Frequency of a blink, there and back, per second.
const BLINK_HERTZ: f64 = 1.4;

/// The one of two that a blink shows at a time in seconds, and for how much longer.
pub(super) fn blink(time: f64) -> (bool, f64) {
    let halves = time * 2.0 * BLINK_HERTZ;
    let second = halves.floor().rem_euclid(2.0) >= 1.0;
    let left = (1.0 - (halves - halves.floor())) / (2.0 * BLINK_HERTZ);
    (second, left)
}

/// The panes of a layout within `area`, `gap` apart.
pub(super) fn panes(
    state: &ComparisonState,
    pictures: &ComparisonPictures,
    area: Rect,
    gap: f32,
    time: f64,
) -> Vec<(Rect, Content)> {
    let (first, second) = state.pair;
    let content = match state.layout {
        Layout::ThreeUp => {
            let rects = thirds(area, gap, pictures.size());
            let contents = Which::ALL.map(Content::Alone);
            return rects.into_iter().zip(contents).collect();
        }
        Layout::Single(which) => Content::Alone(which),
        Layout::Blink if blink(time).0 => Content::Alone(second),
        Layout::Blink => Content::Alone(first),
        _ => Content::Pair(first, second),
    };
    vec![(area, content)]
}

/// The least side in points at which pictures stand in a row, though above each other they would be larger.
const ROW_LEAST: f32 = 120.0;

/// Three places in their order: in a row, and one above the other only where a row would be small and that is
/// larger.
fn thirds(area: Rect, gap: f32, size: [u32; 2]) -> [Rect; 3] {
    let pane = |across: Vec2| {
        ((area.size() - gap * 2.0 * across) / (2.0 * across + Vec2::splat(1.0)))
            .max(Vec2::splat(1.0))
    };
    let shown = |pane| fit_scale(pane, size) * size.map(|side| side as f32)[0].min(size[1] as f32);
    let (along, down) = (vec2(1.0, 0.0), vec2(0.0, 1.0));
    let [row, column] = [along, down].map(|across| shown(pane(across)));
    let across = match row >= ROW_LEAST || row >= column {
        true => along,
        false => down,
    };
    let pane = pane(across);
    [0.0, 1.0, 2.0].map(|place| {
        let step = place * (pane + Vec2::splat(gap)) * across;
        Rect::from_min_size(area.min + step, pane)
    })
}

/// Pictures that the device is to draw; `None` where one is missing.
pub(super) fn sources(content: Content, pictures: &ComparisonPictures) -> Option<[&Source; 2]> {
    match content {
        Content::Alone(which) => pictures.get(which).map(|source| [source, source]),
        Content::Pair(first, second) => Some([pictures.get(first)?, pictures.get(second)?]),
    }
}

/// Mode in which it is to draw them.
pub(super) fn mode(content: Content, state: &ComparisonState, placement: &Placement) -> Mode {
    match (content, state.layout) {
        (Content::Pair(..), Layout::Wipe) => Mode::Wipe(placement.split(state.wipe)),
        (Content::Pair(..), Layout::Onion) => Mode::Onion(state.onion),
        (Content::Pair(..), Layout::Difference) => Mode::Difference(state.gain),
        _ => Mode::Picture,
    }
}

/// Caption of a pane: at the left, and at the right.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Caption {
    pub left: String,
    pub right: Option<String>,
}

impl Caption {
    /// The same for those who do not see it, with the badge.
    pub(super) fn spoken(self, badge: Option<&str>) -> String {
        let mut text = match self.right {
            Some(right) => say!("one-beside-the-other", "left" => self.left, "right" => right),
            None => self.left,
        };
        if let Some(badge) = badge {
            text += ", ";
            text += badge;
        }
        text
    }
}

/// Names of the two that are compared.
pub(super) fn caption(
    content: Content,
    state: &ComparisonState,
    pictures: &ComparisonPictures,
) -> Caption {
    let name = |which| pictures.caption(which).to_owned();
    let (first, second) = (name(state.pair.0), name(state.pair.1));
    let left = match (content, state.layout) {
        (Content::Pair(..), Layout::Wipe) => {
            return Caption {
                left: first,
                right: Some(second),
            };
        }
        (Content::Pair(..), Layout::Onion) => {
            let share = (state.onion * 100.0).round();
            say!(
                "one-over-the-other",
                "first" => first,
                "share" => (100.0 - share).to_string(),
                "second" => second,
                "other" => share.to_string(),
            )
        }
        (Content::Pair(..), Layout::Difference) => {
            say!("difference-and", "first" => first, "second" => second)
        }
        (Content::Alone(which), Layout::Blink) => {
            let other = if which == state.pair.0 { second } else { first };
            say!("blinking-with", "name" => name(which), "other" => other)
        }
        (Content::Alone(which) | Content::Pair(which, _), _) => name(which),
    };
    Caption { left, right: None }
}

/// Sentence on what is missing in a pane.
pub(super) fn missing(content: Content, pictures: &ComparisonPictures) -> Option<String> {
    let wanted = match content {
        Content::Alone(which) => vec![which],
        Content::Pair(first, second) => vec![first, second],
    };
    let absent: Vec<&str> = wanted
        .into_iter()
        .filter(|&which| pictures.get(which).is_none())
        .map(|which| pictures.caption(which))
        .collect();
    (!absent.is_empty()).then(|| say!("not-there-yet", "names" => absent.join(", ")))
}

/// Badge of the recovered picture, where a pane shows it.
pub(super) fn badge(content: Content, pictures: &ComparisonPictures) -> Option<&str> {
    let shown = match content {
        Content::Alone(which) => which == Which::Recovered,
        Content::Pair(first, second) => [first, second].contains(&Which::Recovered),
    };
    pictures.badge.as_deref().filter(|_| shown)
}

/// A square near the pointer for the magnifier, within `bounds`.
pub(super) fn beside_pointer(bounds: Rect, at: eframe::egui::Pos2, side: f32, gap: f32) -> Rect {
    let side = side.min(bounds.width()).min(bounds.height());
    let place = |at: f32, low: f32, high: f32| {
        let after = at + gap;
        let place = if after + side <= high {
            after
        } else {
            at - gap - side
        };
        place.clamp(low, (high - side).max(low))
    };
    let corner = pos2(
        place(at.x, bounds.left(), bounds.right()),
        place(at.y, bounds.top(), bounds.bottom()),
    );
    Rect::from_min_size(corner, Vec2::splat(side))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blink_shows_each_for_half_of_its_time() {
        let times: Vec<f64> = (0..1400).map(|k| f64::from(k) / 1000.0).collect();
        let second = times.iter().filter(|&&time| blink(time).0).count();
        assert!((second as i32 - 700).abs() < 20, "{second}");
        for time in times {
            let (shown, left) = blink(time);
            assert!(left > 0.0 && left <= 0.36);
            assert_ne!(blink(time + left + 1e-6).0, shown);
        }
    }

    #[test]
    fn three_stand_in_a_row_in_their_order_wherever_it_fits() {
        // Two rows of two would show them larger here, with a hole.
        for room in [vec2(688.0, 620.0), vec2(900.0, 300.0), vec2(372.0, 700.0)] {
            let panes = thirds(Rect::from_min_size(pos2(0.0, 0.0), room), 4.0, [128, 128]);
            assert!(panes.iter().all(|pane| pane.top() == 0.0), "{room}");
            assert!(panes.is_sorted_by(|a, b| a.right() < b.left()), "{room}");
            assert!((panes[2].right() - room.x).abs() < 1e-3);
        }
        let narrow = Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 900.0));
        let panes = thirds(narrow, 4.0, [128, 128]);
        assert!(panes.is_sorted_by(|a, b| a.bottom() < b.top()));
        // Neither is large: the larger is taken.
        let small = Rect::from_min_size(pos2(0.0, 0.0), vec2(308.0, 210.0));
        let panes = thirds(small, 4.0, [128, 128]);
        assert!(panes.is_sorted_by(|a, b| a.right() < b.left()));
    }

    #[test]
    fn three_fill_their_room() {
        let wide = Rect::from_min_size(pos2(5.0, 5.0), vec2(900.0, 300.0));
        let [first, second, third] = thirds(wide, 6.0, [512, 512]);
        assert_eq!(first.top(), third.top());
        assert!((second.left() - first.right() - 6.0).abs() < 1e-3);
        assert!((third.right() - wide.right()).abs() < 1e-3);
        let tall = Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 900.0));
        let [first, second, _] = thirds(tall, 6.0, [512, 512]);
        assert_eq!(first.left(), second.left());
    }

    #[test]
    fn what_is_compared_is_written_in_every_layout() {
        let pictures = ComparisonPictures {
            captions: [String::new(), String::new(), "Recovered, step 50".into()],
            ..Default::default()
        };
        let mut state = ComparisonState::default();
        let pair = Content::Pair(Which::Original, Which::Recovered);
        for layout in [
            Layout::Wipe,
            Layout::Onion,
            Layout::Blink,
            Layout::Difference,
        ] {
            state.layout = layout;
            let content = if layout == Layout::Blink {
                Content::Alone(Which::Recovered)
            } else {
                pair
            };
            let caption = caption(content, &state, &pictures);
            let all = caption.left + &caption.right.unwrap_or_default();
            assert!(all.contains("Original"), "{all}");
            assert!(all.contains("Recovered, step 50"), "{all}");
        }
        assert_eq!(
            missing(pair, &pictures).as_deref(),
            Some("Not there yet: Original, Recovered, step 50")
        );
    }

    #[test]
    fn the_magnifier_stays_inside() {
        let bounds = Rect::from_min_size(pos2(0.0, 0.0), vec2(400.0, 300.0));
        for at in [pos2(0.0, 0.0), pos2(399.0, 299.0), pos2(200.0, 290.0)] {
            let place = beside_pointer(bounds, at, 160.0, 20.0);
            assert!(
                bounds.contains_rect(place) && !place.contains(at),
                "{place}"
            );
        }
    }
}
