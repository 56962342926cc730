//! Orientations as numbers and as XMP states them.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use image::metadata::Orientation;

/// The orientation of EXIF 2.32, 1 to 8.
pub(super) fn from_number(number: u64) -> Option<Orientation> {
    u8::try_from(number).ok().and_then(Orientation::from_exif)
}

/// The orientation that an XMP packet states as `tiff:Orientation`, an attribute or an element.
pub(super) fn xmp_orientation(packet: &[u8]) -> Option<Orientation> {
    const NAME: &[u8] = b"tiff:Orientation";
    let place = packet.windows(NAME.len()).position(|part| part == NAME)?;
    let rest = packet.get(place.saturating_add(NAME.len())..)?;
    let rest = rest
        .strip_prefix(b"=\"")
        .or_else(|| rest.strip_prefix(b"='"))
        .or_else(|| rest.strip_prefix(b">"))?;
    let digit = rest.first().filter(|byte| byte.is_ascii_digit())?;
    from_number(u64::from(digit.saturating_sub(b'0')))
}

/// True if the sides of the picture are exchanged by the turn.
pub(super) fn exchanges_sides(orientation: Orientation) -> bool {
    use Orientation::*;
    matches!(
        orientation,
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH
    )
}

/// Tells whether what lies further right in the picture as it is seen (`along_x`), or further down, lies at a smaller
/// place in the stored one.
pub(super) fn reverses(orientation: Orientation, along_x: bool) -> bool {
    use Orientation::*;
    match orientation {
        NoTransforms | Rotate90FlipH => false,
        Rotate180 | Rotate270FlipH => true,
        FlipHorizontal | Rotate90 => along_x,
        FlipVertical | Rotate270 => !along_x,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_the_turned_pixels() {
        use image::{DynamicImage, GrayImage};
        for number in 1..=8 {
            let orientation = from_number(number).unwrap();
            // Brighter to the right and, more so, downwards.
            let stored = GrayImage::from_fn(2, 2, |x, y| image::Luma([(x + 2 * y) as u8]));
            let mut seen = DynamicImage::from(stored);
            seen.apply_orientation(orientation);
            let seen = seen.into_luma8();
            let at = |x, y| seen.get_pixel(x, y).0[0];
            assert_eq!(reverses(orientation, true), at(1, 0) < at(0, 0), "{number}");
            assert_eq!(
                reverses(orientation, false),
                at(0, 1) < at(0, 0),
                "{number}"
            );
        }
    }

    #[test]
    fn xmp_states_it_as_attribute_or_element() {
        for packet in [
            "<rdf:Description tiff:Orientation=\"6\"/>",
            "<tiff:Orientation>6</tiff:Orientation>",
        ] {
            let found = xmp_orientation(packet.as_bytes());
            assert_eq!(found, Some(Orientation::Rotate90), "{packet}");
        }
        assert_eq!(xmp_orientation(b"tiff:Orientation=\"x\""), None);
        assert_eq!(xmp_orientation(b"tiff:Orientation"), None);
    }
}
