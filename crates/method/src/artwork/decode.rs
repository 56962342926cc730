//! From the bytes of a picture file to the pixels that are examined. The size that the header declares is judged
//! before memory is taken for it, and a decoder that stops the program stops only its own file.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::path::Path;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, Limits, RgbImage};
use palimpsest_base::caught_panic::caught;

use super::fault::Fault;
use super::reading::{Difference, Reading};
use super::recognise::{Format, Recognised, recognise};
use super::stored::Stored;
use super::{
    ArtworkError, bmp, colour, gif, jpeg, jpeg_2000, jpeg_xl, layered, png, psd, size, tiff, webp,
};

/// Memory that a decoder may allocate beside the pixels themselves: profiles, tables, strips.
pub(super) const WORKING_BYTES: u64 = 256 << 20;

/// A decoded picture file.
pub(super) struct Decoded {
    pub(super) pixels: RgbImage,
    pub(super) format: &'static str,
    pub(super) warnings: Vec<String>,
    pub(super) differences: Vec<Difference>,
    pub(super) orientation: Orientation,
}

/// Decodes `bytes` and reads them as `reading` says; `path` only names the file in errors.
pub(super) fn decode(path: &Path, bytes: &[u8], reading: Reading) -> Result<Decoded, ArtworkError> {
    if bytes.is_empty() {
        return Err(ArtworkError::Empty { path: path.into() });
    }
    let format = match recognise(bytes) {
        Recognised::Read(format) => format,
        Recognised::Foreign(foreign) => {
            return Err(ArtworkError::Format {
                path: path.into(),
                format: foreign.name.to_owned(),
                advice: foreign.advice,
            });
        }
        Recognised::Unknown => return Err(ArtworkError::NotAPicture { path: path.into() }),
    };
    // Decoders of strangers' files are the likeliest place for a fault of a library's.
    let decoded = quietly(|| {
        let stored = stored(format, bytes)?;
        Ok(colour::read(stored, reading))
    });
    let read = decoded.map_err(|fault: Fault| fault.in_file(path, format.name()))?;
    Ok(Decoded {
        pixels: read.pixels,
        format: format.name(),
        warnings: read.notes,
        differences: read.differences,
        orientation: read.orientation,
    })
}

fn stored(format: Format, bytes: &[u8]) -> Result<Stored, Fault> {
    match format {
        Format::Png => png::decode(bytes),
        Format::Jpeg => jpeg::decode(bytes),
        Format::WebP => webp::decode(bytes),
        Format::Tiff => tiff::decode(bytes),
        Format::Bmp => bmp::decode(bytes),
        Format::Gif => gif::decode(bytes),
        Format::Photoshop => psd::decode(bytes),
        Format::Krita | Format::OpenRaster => layered::decode(bytes),
        Format::JpegXl => jpeg_xl::decode(bytes),
        Format::Jpeg2000 => jpeg_2000::decode(bytes),
    }
}

/// The picture of a decoder of the crate `image`, if it is not too large.
///
/// # Errors
/// [`Fault`].
pub(super) fn decoded(mut decoder: impl ImageDecoder) -> Result<Stored, Fault> {
    let (width, height) = decoder.dimensions();
    size::check(
        width,
        height,
        u64::from(decoder.color_type().bytes_per_pixel()).saturating_mul(8),
    )?;
    let total = decoder.total_bytes().saturating_add(WORKING_BYTES);
    decoder.set_limits(allocation(total))?;
    Ok(Stored::new(DynamicImage::from_decoder(decoder)?))
}

/// A limit on what a decoder allocates.
pub(super) fn allocation(bytes: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

/// What `decode` gives; a panic in it is [`Fault::Damaged`].
fn quietly<T>(decode: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    caught(decode).unwrap_or_else(|why| {
        tracing::warn!(why, "a decoder stopped");
        Err(Fault::damaged("its decoder could not go on"))
    })
}
