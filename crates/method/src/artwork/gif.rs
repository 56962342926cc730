//! GIF files: the first frame, and how many there are (CompuServe, GIF89a).

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
    match frames(bytes) {
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
