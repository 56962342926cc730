//! GIF files: the first frame, and how many there are (CompuServe, GIF89a).

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::{DynamicImage, ImageDecoder};

use super::decode::{WORKING_BYTES, allocation};
use super::fault::Fault;
use super::size;
use super::stored::Stored;

/// Decodes the first frame of a file.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes))?;
    let (width, height) = decoder.dimensions();
    size::check(
        width,
        height,
        8 * u64::from(decoder.color_type().bytes_per_pixel()),
    )?;
    let total = decoder.total_bytes().saturating_add(WORKING_BYTES);
    decoder.set_limits(allocation(total))?;
    let mut stored = Stored::new(DynamicImage::from_decoder(decoder)?);
    let frames = frames(bytes).unwrap_or(1);
    if frames > 1 {
        stored.notes.push(format!(
            "The file is animated, with {frames} frames: the first one was taken."
        ));
    }
    Ok(stored)
}

/// The number of frames; `None` if the blocks break off.
fn frames(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(10)?;
    let mut rest = bytes.get(13 + table_bytes(flags)..)?;
    let mut count = 0;
    loop {
        let (&block, behind) = rest.split_first()?;
        rest = match block {
            // An extension with its label.
            0x21 => behind.get(1..)?,
            0x2C => {
                count += 1;
                // Place and size, flags, colours, and the first length of codes.
                behind.get(9 + table_bytes(*behind.get(8)?) + 1..)?
            }
            0x3B => return Some(count),
            _ => return None,
        };
        while let Some((&length @ 1.., behind)) = rest.split_first() {
            rest = behind.get(length.into()..)?;
        }
        rest = rest.get(1..)?;
    }
}

/// Bytes of a table of colours, if there is one.
fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}
