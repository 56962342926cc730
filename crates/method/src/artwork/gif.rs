//! GIF files: the first frame, and how many there are (CompuServe, GIF89a).

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::io::Cursor;

use image::codecs::gif::GifDecoder;

use super::decode::decoded;
use super::fault::Fault;
use super::stored::Stored;

/// Decodes the first frame of a file.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let mut stored = decoded(GifDecoder::new(Cursor::new(bytes))?)?;
    let frames = frames(bytes);
    let first = frames.as_ref().and_then(|frames| frames.first());
    if first.is_some_and(|frame| frame.reaches_beyond(bytes)) {
        stored.notes.push(
            "The picture reaches beyond the file's own height or width: what lies beyond was left out, and other programs may show it."
                .to_owned(),
        );
    }
    match frames.map(|frames| frames.len()) {
        Some(0 | 1) => {}
        Some(frames) => stored.notes.push(format!(
            "The file is animated, with {frames} frames: the first one was taken."
        )),
        None => stored.notes.push(
            "The file breaks off behind its first frame, which was taken: whether there were others cannot be told."
                .to_owned(),
        ),
    }
    Ok(stored)
}

/// A frame's ends on the right and below.
struct Frame {
    right: u32,
    bottom: u32,
}

impl Frame {
    /// The frame whose place and size these bytes are.
    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            right: number(bytes, 0)?.saturating_add(number(bytes, 4)?),
            bottom: number(bytes, 2)?.saturating_add(number(bytes, 6)?),
        })
    }

    fn reaches_beyond(&self, file: &[u8]) -> bool {
        let size = number(file, 6).zip(number(file, 8));
        size.is_some_and(|(width, height)| self.right > width || self.bottom > height)
    }
}

/// A number of two bytes.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    two.try_into()
        .ok()
        .map(|two| u32::from(u16::from_le_bytes(two)))
}

/// The frames; `None` if the blocks break off.
fn frames(bytes: &[u8]) -> Option<Vec<Frame>> {
    let flags = *bytes.get(10)?;
    let mut rest = bytes.get(table_bytes(flags).saturating_add(13)..)?;
    let mut frames = Vec::new();
    loop {
        let (&block, behind) = rest.split_first()?;
        rest = match block {
            // An extension with its label.
            0x21 => behind.get(1..)?,
            0x2C => {
                frames.push(Frame::read(behind)?);
                // Place and size, flags, colours, and the first length of codes.
                behind.get(table_bytes(*behind.get(8)?).saturating_add(10)..)?
            }
            0x3B => return Some(frames),
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
        // By at most seven places.
        6_usize.wrapping_shl(u32::from(flags & 7))
    }
}
