//! JPEG files, and the JPEG streams inside TIFF: judged before they are decoded, CMYK with all four inks.

mod entropy;
mod huffman;
mod segments;

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ImageDecoder};
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::decode::WORKING_BYTES;
use super::fault::Fault;
use super::size;
use super::stored::{Cmyk, Colours, Stored};
use segments::Walk;

/// Decodes a file.
///
/// # Errors
/// [`Fault`], also where its scans are damaged: what a decoder fills in is not the picture.
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let walk = Walk::new(bytes, |frame| {
        size::check(frame.width, frame.height, 8 * frame.components.len() as u64)
    })?;
    let mut stored = if walk.frame.components.len() == 4 {
        four_inks(bytes, &walk)?
    } else {
        let mut decoder = JpegDecoder::new(Cursor::new(bytes))?;
        let bytes = decoder.total_bytes().saturating_add(WORKING_BYTES);
        decoder.set_limits(super::decode::allocation(bytes))?;
        Stored::new(DynamicImage::from_decoder(decoder)?)
    };
    walk.turned().apply(&mut stored);
    stored.profile = walk.profile();
    if walk.walked.stray > 0 {
        stored.notes.push(format!(
            "The file holds {} bytes among its data that belong to nothing: parts of it may be damaged.",
            walk.walked.stray
        ));
    }
    if walk.walked.unfinished {
        stored
            .notes
            .push("The last scans of the file are missing: fine detail may be lacking.".to_owned());
    }
    let others = walk.other_pictures();
    if others > 0 {
        stored.notes.push(format!(
            "The file holds {} pictures: the first one was taken.",
            others + 1
        ));
    }
    Ok(stored)
}

/// A file of four components: inks, by the custom of all that write them the other way round.
fn four_inks(bytes: &[u8], walk: &Walk) -> Result<Stored, Fault> {
    let (width, height) = (walk.frame.width, walk.frame.height);
    let (mut inks, space) = components(bytes)?;
    if inks.len() as u64 != 4 * u64::from(width) * u64::from(height) {
        return Err(Fault::damaged("its four components have other sizes"));
    }
    for pixel in inks.as_chunks_mut::<4>().0 {
        if space == ColorSpace::YCCK {
            let [y, cb, cr, black] = *pixel;
            let [r, g, b] = to_rgb([y, cb, cr]);
            // The colours are the complements of the inks as they are stored, so they are the inks.
            *pixel = [r, g, b, 255 - black];
        } else {
            *pixel = pixel.map(|level| 255 - level);
        }
    }
    Ok(Stored::of(Colours::Cmyk(Cmyk {
        width,
        height,
        inks,
    })))
}

/// ITU-T T.871.
fn to_rgb([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let colours = [
        y + 1.402 * cr,
        y - 0.344_136 * cb - 0.714_136 * cr,
        y + 1.772 * cb,
    ];
    colours.map(|level| level.round().clamp(0.0, 255.0) as u8)
}

/// The levels of a strip or tile of a TIFF picture: `samples` together for each of `width` × `rows` pixels, as
/// they are stored. `tables` is a stream with what all pieces share.
///
/// # Errors
/// [`Fault`].
pub(super) fn piece(
    packed: &[u8],
    tables: Option<&[u8]>,
    width: u32,
    rows: u32,
    samples: usize,
) -> Result<Vec<u8>, Fault> {
    // Start and end of image stand around the tables, the start alone before the piece.
    let tables = tables.and_then(|tables| tables.strip_prefix(&[0xFF, 0xD8]));
    let tables = tables.map_or([].as_slice(), |tables| {
        tables.strip_suffix(&[0xFF, 0xD9]).unwrap_or(tables)
    });
    let packed = packed.strip_prefix(&[0xFF, 0xD8]).unwrap_or(packed);
    let stream = [&[0xFF, 0xD8], tables, packed].concat();
    let walk = Walk::new(&stream, |frame| {
        if frame.width > width.next_multiple_of(64) || frame.height > rows.next_multiple_of(64) {
            return Err(Fault::damaged("a JPEG piece is larger than its place"));
        }
        if frame.components.len() != samples {
            return Err(Fault::damaged(
                "a JPEG piece has another number of components",
            ));
        }
        Ok(())
    })?;
    let (found_width, found_rows) = (walk.frame.width, walk.frame.height);
    let (levels, _) = components(&stream)?;
    if levels.len() != found_width as usize * found_rows as usize * samples {
        return Err(Fault::damaged(
            "a JPEG piece has another size than it states",
        ));
    }
    if found_width == width && found_rows == rows {
        return Ok(levels);
    }
    let mut placed = vec![0; width as usize * rows as usize * samples];
    let (to, from) = (width as usize * samples, found_width as usize * samples);
    for (target, source) in placed.chunks_exact_mut(to).zip(levels.chunks_exact(from)) {
        let count = to.min(from);
        target[..count].copy_from_slice(&source[..count]);
    }
    Ok(placed)
}

/// All components of a stream as they are stored, and what they mean.
fn components(stream: &[u8]) -> Result<(Vec<u8>, ColorSpace), Fault> {
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(usize::MAX)
        .set_max_height(usize::MAX);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(stream), options);
    let fault = |error| match error {
        DecodeErrors::Unsupported(scheme) => Fault::variety(format!("{scheme:?}")),
        other => Fault::damaged(other.to_string()),
    };
    decoder.decode_headers().map_err(fault)?;
    let space = decoder.input_colorspace().ok_or(Fault::Truncated)?;
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    Ok((decoder.decode().map_err(fault)?, space))
}
