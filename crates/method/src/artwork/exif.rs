//! What EXIF and XMP say of how a picture is turned, in whatever way a program has written it.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use image::metadata::Orientation;

use super::orientation::{from_number, xmp_orientation};
use super::stored::Stored;
use super::tiff::{Directories, Directory};

const ORIENTATION: u16 = 0x0112;

/// What the parts of a file say of how its picture is turned. EXIF comes before XMP, and of each the first that says
/// anything.
#[derive(Default)]
pub(super) struct Turned {
    in_exif: Option<Orientation>,
    in_xmp: Option<Orientation>,
    is_damaged: bool,
}

impl Turned {
    /// Takes in an EXIF block.
    pub(super) fn exif(&mut self, block: &[u8]) {
        match directory(block) {
            Some(_) => self.in_exif = self.in_exif.or_else(|| orientation(block)),
            // Some programs leave an empty block behind.
            None => self.is_damaged |= !block.is_empty(),
        }
    }

    /// Takes in that a part which could say it cannot be read.
    pub(super) fn damaged(&mut self) {
        self.is_damaged = true;
    }

    /// Takes in an XMP packet.
    pub(super) fn xmp(&mut self, packet: &[u8]) {
        self.in_xmp = self.in_xmp.or_else(|| xmp_orientation(packet));
    }

    /// Turns the picture as was said; where nothing was and a part is damaged, that is noted.
    pub(super) fn apply(self, stored: &mut Stored) {
        match self.in_exif.or(self.in_xmp) {
            Some(orientation) => stored.orientation = orientation,
            None if self.is_damaged => stored.notes.push(
                "The file's EXIF data are damaged: should they have said how the picture is turned, that is lost, and \
                 it was taken as it is stored."
                    .to_owned(),
            ),
            None => {}
        }
    }
}

/// The first directory of an EXIF block; `None` if it cannot be read.
fn directory(block: &[u8]) -> Option<Directory<'_>> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let directories = Directories::new(block)?;
    directories
        .at(directories.first())
        .map(|(directory, _)| directory)
}

/// The orientation of an EXIF block, which is a TIFF file without a picture, or follows the characters
/// "Exif" and two zeros; `None` if it states none.
fn orientation(block: &[u8]) -> Option<Orientation> {
    from_number(directory(block)?.unsigned(ORIENTATION)?)
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
    fn a_block_that_cannot_be_read_is_told_unless_something_else_says_it() {
        let stored = || {
            let pixels = image::RgbImage::new(1, 1);
            Stored::new(image::DynamicImage::ImageRgb8(pixels))
        };
        let told = |blocks: &[&[u8]], packet: &[u8]| {
            let (mut turned, mut stored) = (Turned::default(), stored());
            blocks.iter().for_each(|block| turned.exif(block));
            turned.xmp(packet);
            turned.apply(&mut stored);
            (stored.orientation, stored.notes.len())
        };
        let whole = block(false, 3, [6, 0, 0, 0]);
        let cut = &whole[..14];
        let as_stored = Orientation::NoTransforms;
        assert_eq!(told(&[cut], b""), (as_stored, 1));
        assert_eq!(told(&[b"Exif\0\0II"], b""), (as_stored, 1));
        assert_eq!(told(&[b""], b""), (as_stored, 0));
        assert_eq!(told(&[&block(false, 3, [0; 4])], b""), (as_stored, 0));
        assert_eq!(told(&[cut, &whole], b""), (Orientation::Rotate90, 0));
        let packet = b"tiff:Orientation=\"3\"";
        assert_eq!(told(&[cut], packet), (Orientation::Rotate180, 0));
        assert_eq!(told(&[&whole], packet), (Orientation::Rotate90, 0));
    }
}
