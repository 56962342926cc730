//! The orientation that EXIF or XMP state, in whatever way a program has written it.

use image::metadata::Orientation;

use super::tiff::Directories;

const ORIENTATION: u16 = 0x0112;

/// The orientation of an EXIF block, which is a TIFF file without a picture, or follows the characters
/// "Exif" and two zeros; `None` if it states none.
pub(super) fn orientation(block: &[u8]) -> Option<Orientation> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let directories = Directories::new(block)?;
    let (directory, _) = directories.at(directories.first())?;
    from_number(directory.unsigned(ORIENTATION)?)
}

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

    /// A block of one tag of the given kind, in either byte order.
    fn block(big: bool, kind: u16, value: [u8; 4]) -> Vec<u8> {
        let two = |number: u16| {
            if big {
                number.to_be_bytes()
            } else {
                number.to_le_bytes()
            }
        };
        let four = |number: u32| {
            if big {
                number.to_be_bytes()
            } else {
                number.to_le_bytes()
            }
        };
        let mut block = if big { b"MM".to_vec() } else { b"II".to_vec() };
        block.extend(two(42));
        block.extend(four(8));
        block.extend(two(1));
        block.extend(two(ORIENTATION));
        block.extend(two(kind));
        block.extend(four(1));
        block.extend(value);
        block.extend([0; 4]);
        block
    }

    #[test]
    fn an_orientation_is_read_in_every_kind_of_number_and_order_of_bytes() {
        for (big, kind, value) in [
            (false, 3, [6, 0, 0, 0]),
            (true, 3, [0, 6, 0, 0]),
            (false, 4, [6, 0, 0, 0]),
            (true, 4, [0, 0, 0, 6]),
            (false, 1, [6, 0, 0, 0]),
            (true, 9, [0, 0, 0, 6]),
        ] {
            let block = block(big, kind, value);
            assert_eq!(orientation(&block), Some(Orientation::Rotate90), "{kind}");
            let prefixed = [b"Exif\0\0".as_slice(), &block].concat();
            assert_eq!(orientation(&prefixed), Some(Orientation::Rotate90));
        }
        assert_eq!(orientation(&block(false, 3, [9, 0, 0, 0])), None);
        assert_eq!(orientation(b"Exif\0\0"), None);
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
