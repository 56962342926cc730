//! State of a comparison: what a user chose, and every change of it as an action, so that
//! buttons, menus and keys do the same.

#[cfg(test)]
mod tests;

use crate::app::words::say;
use serde::{Deserialize, Serialize};

/// The most physical pixels a picture pixel is shown with.
const MAX_SCALE: f32 = 64.0;
/// Zoom of one step.
const ZOOM_STEP: f32 = 1.25;
/// Share by which one press of an arrow moves a wipe or a blend.
pub(super) const NUDGE: f32 = 0.02;
/// The gains of a difference.
pub const GAINS: [f32; 5] = [1.0, 2.0, 4.0, 8.0, 16.0];

/// One of the three pictures of an examination.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    Original,
    Partial,
    Recovered,
}

impl Which {
    /// In the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Original, Self::Partial, Self::Recovered];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Original => say!("original"),
            Self::Partial => say!("partial"),
            Self::Recovered => say!("recovered"),
        }
    }

    pub(super) fn index(self) -> usize {
        self as usize
    }
}

/// Layout of the pictures.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// All three, side by side or one above the other.
    #[default]
    ThreeUp,
    /// One left of a line, the other right of it.
    Wipe,
    /// One shining through the other.
    Onion,
    /// One after the other, in the same place.
    Blink,
    /// Their difference, as a heat map.
    Difference,
    /// One alone.
    Single(Which),
}

impl Layout {
    /// Those that the keys 1 to 5 stand for.
    pub const NUMBERED: [Self; 5] = [
        Self::ThreeUp,
        Self::Wipe,
        Self::Onion,
        Self::Blink,
        Self::Difference,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::ThreeUp => say!("three-up"),
            Self::Wipe => say!("wipe"),
            Self::Onion => say!("onion"),
            Self::Blink => say!("blink"),
            Self::Difference => say!("difference"),
            Self::Single(which) => which.name(),
        }
    }

    /// True if it shows a pair of pictures.
    pub fn has_pair(self) -> bool {
        !matches!(self, Self::ThreeUp | Self::Single(_))
    }
}

/// The part of the pictures that is shown, the same in every pane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum View {
    /// All of it, as large as it goes.
    #[default]
    Fit,
    /// This many physical pixels a picture pixel, around a centre given as shares of width and height.
    Free { scale: f32, centre: [f32; 2] },
}

/// Action of a user on a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ComparisonAction {
    Layout(Layout),
    /// Compares this picture with the second.
    First(Which),
    /// Compares the first picture with this one.
    Second(Which),
    /// Exchanges the two that are compared.
    Swap,
    /// Moves the line, 0..1 of what is seen.
    Wipe(f32),
    /// Sets the share of the second picture, 0..1.
    Onion(f32),
    /// Moves the line of a wipe or the share of an onion.
    Nudge(f32),
    /// Sets the gain of the difference, 1..16.
    Gain(f32),
    ZoomIn,
    ZoomOut,
    Fit,
    /// One physical pixel a picture pixel.
    OneToOne,
    /// Moves what is seen, in shares of the picture.
    Pan([f32; 2]),
    ToggleOutlines,
    ToggleMagnifier,
    ToggleHistogram,
}

/// State of a comparison.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct ComparisonState {
    pub layout: Layout,
    pub pair: (Which, Which),
    /// Place of the wipe's line, 0..1 of what is seen.
    pub wipe: f32,
    /// The share of the second picture, 0..1.
    pub onion: f32,
    /// Gain of a difference, 1..16.
    pub gain: f32,
    #[serde(skip)]
    pub view: View,
    pub outlines: bool,
    pub magnifier: bool,
    pub histogram: bool,
    /// The scale at which all of the picture was seen when it was last shown.
    #[serde(skip)]
    pub(super) fit_scale: f32,
}

impl Default for ComparisonState {
    fn default() -> Self {
        Self {
            layout: Layout::default(),
            pair: (Which::Original, Which::Recovered),
            wipe: 0.5,
            onion: 0.5,
            gain: 4.0,
            view: View::Fit,
            outlines: false,
            magnifier: false,
            histogram: false,
            fit_scale: 1.0,
        }
    }
}

impl ComparisonState {
    /// Does what the user asked for.
    pub fn act(&mut self, action: ComparisonAction) {
        use ComparisonAction as Do;
        match action {
            Do::Layout(layout) => self.layout = layout,
            Do::First(which) => self.pair = paired(which, self.pair.1, self.pair.0),
            Do::Second(which) => {
                let (second, first) = paired(which, self.pair.0, self.pair.1);
                self.pair = (first, second);
            }
            Do::Swap => self.pair = (self.pair.1, self.pair.0),
            Do::Wipe(place) => self.wipe = share(place, self.wipe),
            Do::Onion(mix) => self.onion = share(mix, self.onion),
            Do::Nudge(by) if self.layout == Layout::Wipe => {
                self.wipe = share(self.wipe + by, self.wipe);
            }
            Do::Nudge(by) if self.layout == Layout::Onion => {
                self.onion = share(self.onion + by, self.onion);
            }
            Do::Nudge(_) => {}
            Do::Gain(gain) if gain.is_finite() => self.gain = gain.clamp(GAINS[0], GAINS[4]),
            Do::Gain(_) => {}
            Do::ZoomIn => self.zoom(self.scale() * ZOOM_STEP, self.centre()),
            Do::ZoomOut => self.zoom(self.scale() / ZOOM_STEP, self.centre()),
            Do::Fit => self.view = View::Fit,
            Do::OneToOne => self.zoom(1.0, self.centre()),
            Do::Pan([right, down]) => self.pan(right, down),
            Do::ToggleOutlines => self.outlines = !self.outlines,
            Do::ToggleMagnifier => self.magnifier = !self.magnifier,
            Do::ToggleHistogram => self.histogram = !self.histogram,
        }
    }

    /// Physical pixels a picture pixel.
    pub fn scale(&self) -> f32 {
        match self.view {
            View::Fit => self.fit_scale,
            View::Free { scale, .. } => scale,
        }
    }

    /// The place in the middle of every pane, in shares of the picture.
    pub(super) fn centre(&self) -> [f32; 2] {
        match self.view {
            View::Fit => [0.5, 0.5],
            View::Free { centre, .. } => centre,
        }
    }

    /// Shows the pictures at a scale around a centre. As far out as it goes is [`View::Fit`].
    pub(super) fn zoom(&mut self, scale: f32, centre: [f32; 2]) {
        let least = self.fit_scale.min(1.0);
        let scale = scale.clamp(least, MAX_SCALE.max(least));
        self.view = if scale <= least && least < 1.0 {
            View::Fit
        } else {
            View::Free {
                scale,
                centre: centre.map(|place| place.clamp(0.0, 1.0)),
            }
        };
    }

    fn pan(&mut self, right: f32, down: f32) {
        if let View::Free { centre, .. } = &mut self.view {
            for (place, by) in centre.iter_mut().zip([right, down]) {
                *place = share(*place + by, *place);
            }
        }
    }

    /// The state with every number in its range: it may have been read from a file.
    pub(super) fn sane(&mut self) {
        let start = Self::default();
        let number = |value: f32, otherwise: f32| {
            if value.is_finite() { value } else { otherwise }
        };
        self.wipe = number(self.wipe, start.wipe).clamp(0.0, 1.0);
        self.onion = number(self.onion, start.onion).clamp(0.0, 1.0);
        self.gain = number(self.gain, start.gain).clamp(GAINS[0], GAINS[4]);
        if self.pair.0 == self.pair.1 {
            self.pair = start.pair;
        }
    }
}

/// A share in 0..1, or the one before where it is no number.
fn share(value: f32, before: f32) -> f32 {
    if value.is_finite() {
        value.clamp(0.0, 1.0)
    } else {
        before
    }
}

/// The chosen one beside the other; the two exchanged where they would be the same.
fn paired(chosen: Which, other: Which, before: Which) -> (Which, Which) {
    if chosen == other {
        (chosen, before)
    } else {
        (chosen, other)
    }
}
