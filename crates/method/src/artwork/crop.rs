//! The square of an artwork that is examined: the centre, as the method has it, unless somebody moved it.

use serde::{Deserialize, Serialize};

/// The place of the square along the longer side: 0 in the middle, −1 at the left or upper edge, 1 at the
/// right or lower one.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(from = "f64", into = "f64")]
pub struct Crop(f64);

impl Crop {
    /// The square in the middle.
    pub const CENTRE: Self = Self(0.0);

    /// The square at a place, which is brought into −1..=1; what is no number is the middle.
    pub fn at(place: f64) -> Self {
        match place.is_finite() {
            true => Self(place.clamp(-1.0, 1.0)),
            false => Self::CENTRE,
        }
    }

    /// The place, −1..=1.
    pub fn place(self) -> f64 {
        self.0
    }

    /// Tells whether it is the middle.
    pub fn is_centre(&self) -> bool {
        self.0 == 0.0
    }

    /// The number of `rest` pixels that lie before the square. Of the middle, an odd rest is halved and rounded to
    /// even, as Python's `round` does.
    pub(super) fn before(self, rest: u32) -> u32 {
        if self.is_centre() {
            let half = rest / 2;
            return half + (rest % 2) * (half % 2);
        }
        let before = (f64::from(rest) / 2.0 * (1.0 + self.0)).round();
        (before as u32).min(rest)
    }
}

impl From<f64> for Crop {
    fn from(place: f64) -> Self {
        Self::at(place)
    }
}

impl From<Crop> for f64 {
    fn from(crop: Crop) -> Self {
        crop.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_square_reaches_from_edge_to_edge() {
        let before = |place| Crop::at(place).before(100);
        assert_eq!(
            [-1.0, -0.5, 0.0, 0.5, 1.0].map(before),
            [0, 25, 50, 75, 100]
        );
        assert_eq!(Crop::at(7.0).before(3), 3);
        assert_eq!(Crop::at(f64::NAN), Crop::CENTRE);
        // Python rounds halves to even.
        assert_eq!(
            [1, 3, 5, 7].map(|rest| Crop::CENTRE.before(rest)),
            [0, 2, 2, 4]
        );
    }
}
