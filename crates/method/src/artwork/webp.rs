//! WebP files: what their chunks say beside the pixels (RFC 9649).

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::io::Cursor;

use image::ImageDecoder;
use image::codecs::webp::WebPDecoder;

use super::decode::decoded;
use super::exif::Turned;
use super::fault::Fault;
use super::size;
use super::stored::{Profile, Stored};

/// Bits of a pixel without opacity while it is decoded: with one first, then without.
const OPAQUE_BITS: u64 = 32 + 24;

/// Decodes a file.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    if !is_complete(bytes) {
        return Err(Fault::Truncated);
    }
    let decoder = WebPDecoder::new(Cursor::new(bytes))?;
    if !decoder.color_type().has_alpha() {
        let (width, height) = decoder.dimensions();
        size::check(width, height, OPAQUE_BITS)?;
    }
    let mut stored = decoded(decoder)?;
    let find =
        |wanted: &[u8; 4]| chunks(bytes).find_map(|(kind, data)| (kind == wanted).then_some(data));
    let mut turned = Turned::default();
    if let Some(block) = find(b"EXIF") {
        turned.exif(block);
    }
    if let Some(packet) = find(b"XMP ") {
        turned.xmp(packet);
    }
    turned.apply(&mut stored);
    if let Some(profile) = find(b"ICCP") {
        stored.profile = Profile::Icc(profile.to_vec());
    }
    let frames = chunks(bytes).filter(|(kind, _)| *kind == b"ANMF").count();
    if frames > 1 {
        stored.notes.push(format!(
            "The file is animated, with {frames} frames: the first one was taken."
        ));
    }
    Ok(stored)
}

/// Tells whether a RIFF file holds the bytes that its header counts, from the ninth on.
fn is_complete(bytes: &[u8]) -> bool {
    let counted = bytes.get(4..8).and_then(|size| size.try_into().ok());
    let counted = counted.map(u32::from_le_bytes).map(u64::from);
    counted.is_some_and(|counted| bytes.len() as u64 >= counted.saturating_add(8))
}

/// The chunks with their kinds, each filled up to an even length.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes.get(12..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (kind, behind) = rest.split_first_chunk::<4>()?;
        let (length, behind) = behind.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let data = behind.get(..length)?;
        rest = behind
            .get(length.saturating_add(length % 2)..)
            .unwrap_or_default();
        Some((kind, data))
    })
}
