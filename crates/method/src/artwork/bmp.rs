//! BMP files. Run lengths may leave points unset, which viewers fill each in their own way: that is said.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;

use super::decode::decoded;
use super::fault::Fault;
use super::stored::Stored;

/// Bytes of the file's own header, behind which that of the bitmap lies.
const FILE_HEADER: usize = 14;
/// Places of what the picture's header states.
const WIDTH: usize = FILE_HEADER + 4;
const HEIGHT: usize = FILE_HEADER + 8;
const BITS: usize = FILE_HEADER + 14;
const COMPRESSION: usize = FILE_HEADER + 16;
const COLOURS: usize = FILE_HEADER + 32;

/// Decodes a file.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let mended = beginning_behind_the_palette(bytes);
    let bytes = mended.as_deref().unwrap_or(bytes);
    let mut stored = decoded(BmpDecoder::new(Cursor::new(bytes))?)?;
    if mended.is_some() {
        stored.notes.push(
            "The file says that its picture begins inside its palette: it was taken from behind it.".to_owned(),
        );
    }
    if runs(bytes).is_some_and(|runs| runs.leave_points_unset()) {
        stored.notes.push(
            "The file leaves some of its points unset: they were taken as black, and other programs may show them otherwise."
                .to_owned(),
        );
    }
    Ok(stored)
}

/// A number of four bytes.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    four.try_into().ok().map(u32::from_le_bytes)
}

/// The file with the true beginning of its points, where it states one that lies in its palette, as some programs do:
/// a decoder would take the palette for the first rows.
fn beginning_behind_the_palette(bytes: &[u8]) -> Option<Vec<u8>> {
    let header = number(bytes, FILE_HEADER)?;
    let bits = u16::from_le_bytes(*bytes.get(BITS..)?.first_chunk()?);
    // A header of the oldest kind is left to the decoder, as is a picture without a palette.
    if header < 40 || bits > 8 {
        return None;
    }
    let colours = match number(bytes, COLOURS)? {
        0 => 1_u32.checked_shl(bits.into())?,
        colours => colours,
    };
    let behind = (FILE_HEADER as u32)
        .checked_add(header)?
        .checked_add(colours.checked_mul(4)?)?;
    if number(bytes, 10)? >= behind {
        return None;
    }
    let mut mended = bytes.to_vec();
    mended
        .get_mut(10..14)?
        .copy_from_slice(&behind.to_le_bytes());
    Some(mended)
}

/// Run lengths, and the picture that they are of.
struct Runs<'a> {
    codes: &'a [u8],
    width: u64,
    height: u64,
    /// True where a byte has two points.
    halves: bool,
}

/// The run lengths of a file that has such.
fn runs(bytes: &[u8]) -> Option<Runs<'_>> {
    let number = |at| number(bytes, at);
    let halves = match number(COMPRESSION)? {
        1 => false,
        2 => true,
        _ => return None,
    };
    // A header of the oldest kind has no compression.
    if number(FILE_HEADER)? < 40 {
        return None;
    }
    Some(Runs {
        codes: bytes.get(usize::try_from(number(10)?).ok()?..)?,
        width: number(WIDTH)?.into(),
        height: number(HEIGHT)?.into(),
        halves,
    })
}

impl Runs<'_> {
    /// True if the codes give colours to fewer points than there are. Of codes that break off the decoder has its own
    /// opinion.
    fn leave_points_unset(&self) -> bool {
        let mut codes = self.codes;
        let mut set = 0_u64;
        while let [count, value, rest @ ..] = codes {
            codes = rest;
            match (*count, *value) {
                // The end of a row, or a jump: what lies between is never set.
                (0, 0) => {}
                (0, 1) => break,
                (0, 2) => codes = codes.get(2..).unwrap_or(&[]),
                (0, points) => {
                    let bytes = match self.halves {
                        true => usize::from(points).div_ceil(2),
                        false => points.into(),
                    };
                    codes = codes.get(bytes.next_multiple_of(2)..).unwrap_or(&[]);
                    set = set.saturating_add(points.into());
                }
                (points, _) => set = set.saturating_add(points.into()),
            }
        }
        set < self.width.saturating_mul(self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::super::stored::Colours;
    use super::*;

    /// A picture of 8×8 points in run lengths of a byte a point, with two colours.
    fn file(codes: &[u8]) -> Vec<u8> {
        let mut bytes = b"BM".to_vec();
        let at = 14 + 40 + 8_u32;
        for number in [at + codes.len() as u32, 0, at, 40, 8, 8] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([1, 0, 8, 0]);
        for number in [1, codes.len() as u32, 0, 0, 2, 0] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend([0, 0, 0, 0, 255, 255, 255, 0]);
        bytes.extend(codes);
        bytes
    }

    fn notes(codes: &[u8]) -> Vec<String> {
        match decode(&file(codes)) {
            Ok(stored) => stored.notes,
            Err(_) => panic!("not decoded"),
        }
    }

    #[test]
    fn a_picture_that_is_said_to_begin_inside_its_palette_begins_behind_it() {
        let row = [&[8, 1][..], &[0, 0]].concat();
        let whole = file(&[row.repeat(8), vec![0, 1]].concat());
        let mut wrong = whole.clone();
        wrong[10] = 54;
        let pixels = |bytes: &[u8]| match decode(bytes) {
            Ok(Stored {
                colours: Colours::Rgb(picture),
                notes,
                ..
            }) => (picture, notes),
            _ => panic!("not decoded"),
        };
        let (right, none) = pixels(&whole);
        let (mended, notes) = pixels(&wrong);
        assert!(none.is_empty());
        assert_eq!(right, mended);
        assert!(notes[0].contains("inside its palette"), "{notes:?}");
    }

    #[test]
    fn points_that_are_never_set_are_said() {
        let rows = |row: &[u8]| [row, &[0, 0]].concat().repeat(8);
        let ended = |mut codes: Vec<u8>| {
            codes.extend([0, 1]);
            codes
        };
        assert_eq!(notes(&ended(rows(&[8, 1]))), [""; 0]);
        // Four runs, and four points as they are.
        assert_eq!(notes(&ended(rows(&[4, 1, 0, 4, 0, 1, 0, 1]))), [""; 0]);
        assert!(notes(&ended(rows(&[7, 1])))[0].contains("unset"));
        // A jump of two points.
        let jump = ended(rows(&[3, 1, 0, 2, 2, 0, 3, 1]));
        assert!(notes(&jump)[0].contains("unset"));
    }
}
