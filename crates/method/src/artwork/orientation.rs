//! Orientations as numbers and as XMP states them.

use image::metadata::Orientation;

/// The orientation of EXIF 2.32, 1 to 8.
pub(super) fn from_number(number: u64) -> Option<Orientation> {
    u8::try_from(number).ok().and_then(Orientation::from_exif)
}

/// The orientation that an XMP packet states as `tiff:Orientation`, an attribute or an element.
pub(super) fn xmp_orientation(packet: &[u8]) -> Option<Orientation> {
    const NAME: &[u8] = b"tiff:Orientation";
    let place = packet.windows(NAME.len()).position(|part| part == NAME)?;
    let rest = packet.get(place + NAME.len()..)?;
    let rest = rest
        .strip_prefix(b"=\"")
        .or_else(|| rest.strip_prefix(b"='"))
        .or_else(|| rest.strip_prefix(b">"))?;
    let digit = rest.first().filter(|byte| byte.is_ascii_digit())?;
    from_number(u64::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

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
