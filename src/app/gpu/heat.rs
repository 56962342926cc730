//! The colours of a difference: a scale from black over purple and orange to near white whose
//! lightness rises evenly, so that it is read rightly in print and by the colour blind. One table for
//! the shader and the legend.
//!
//! The stops are those of "magma" (N. Smith and S. van der Walt, 2015, public domain).

/// sRGB values at equal distances from 0 to 1.
pub const STOPS: [[u8; 3]; 10] = [
    [0, 0, 4],
    [24, 15, 62],
    [69, 16, 119],
    [114, 31, 129],
    [159, 47, 127],
    [205, 64, 113],
    [241, 96, 93],
    [253, 149, 103],
    [254, 201, 141],
    [252, 253, 191],
];

/// The colour at `place`, 0..1; outside of that the nearest end's.
pub fn colour(place: f32) -> [u8; 3] {
    let last = STOPS.len() - 1;
    let at = place.clamp(0.0, 1.0) * last as f32;
    let below = (at as usize).min(last - 1);
    let mix = at - below as f32;
    std::array::from_fn(|c| {
        let (from, to) = (f32::from(STOPS[below][c]), f32::from(STOPS[below + 1][c]));
        (from + (to - from) * mix).round() as u8
    })
}

/// The stops as the shader takes them: 0..1, padded to four.
pub(super) fn uniform() -> [[f32; 4]; STOPS.len()] {
    STOPS.map(|[r, g, b]| [r, g, b, u8::MAX].map(|value| f32::from(value) / 255.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lightness_rises_all_the_way() {
        let luma = |[r, g, b]: [u8; 3]| {
            0.2126 * f32::from(r) + 0.7152 * f32::from(g) + 0.0722 * f32::from(b)
        };
        let scale: Vec<f32> = (0..=32).map(|k| luma(colour(k as f32 / 32.0))).collect();
        assert!(scale.windows(2).all(|pair| pair[1] > pair[0]), "{scale:?}");
    }

    #[test]
    fn the_ends_hold_beyond_the_scale() {
        assert_eq!(colour(-1.0), STOPS[0]);
        assert_eq!(colour(2.0), STOPS[9]);
        assert_eq!(colour(1.0 / 9.0), STOPS[1]);
    }
}
