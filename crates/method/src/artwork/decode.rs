//! From the bytes of a picture file to upright sRGB pixels. The format is told by the content, for
//! an extension proves nothing, and the size that the header declares is judged before memory is
//! taken for it.

use std::error::Error;
use std::io::{self, Cursor};
use std::path::Path;

use image::metadata::Orientation;
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits,
    RgbImage,
};

use super::{ArtworkError, MAX_ASPECT, MAX_PIXELS, MAX_SIDE, MIN_SIDE, colour};

/// Memory that a decoder may allocate beside the pixels themselves: profiles, tables, strips.
const WORKING_BYTES: u64 = 256 << 20;

/// A decoded picture file.
pub(super) struct Decoded {
    pub(super) pixels: RgbImage,
    pub(super) format: &'static str,
    pub(super) warnings: Vec<String>,
}

/// Decodes `bytes`; `path` only names the file in errors.
pub(super) fn decode(path: &Path, bytes: &[u8]) -> Result<Decoded, ArtworkError> {
    let (kind, format) = recognise(path, bytes)?;
    if !is_complete(kind, bytes) {
        return Err(ArtworkError::Truncated {
            path: path.into(),
            format,
        });
    }
    let failed = |error| failure(path, format, error);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind);
    reader.limits(allocation(WORKING_BYTES));
    let mut decoder = reader.into_decoder().map_err(failed)?;
    let (width, height) = decoder.dimensions();
    check_size(path, width, height)?;
    let picture_bytes = decoder.total_bytes().max(pixel_bytes(&decoder));
    decoder
        .set_limits(allocation(picture_bytes.saturating_add(WORKING_BYTES)))
        .map_err(failed)?;

    let mut warnings = Vec::new();
    if is_cmyk(&decoder) {
        warnings.push(
            "The picture is in CMYK and was converted by a simple formula: its colours are approximate."
                .to_owned(),
        );
    }
    let orientation = decoder.orientation().unwrap_or_else(|error| {
        warnings.push(format!(
            "The orientation stated in the file could not be read ({error}): the picture was taken as it is stored."
        ));
        Orientation::NoTransforms
    });
    let profile = decoder.icc_profile().unwrap_or_else(|error| {
        warnings.push(colour::unusable(&error));
        None
    });
    let mut picture = DynamicImage::from_decoder(decoder).map_err(failed)?;
    picture.apply_orientation(orientation);
    Ok(Decoded {
        pixels: colour::to_srgb(picture, profile.as_deref(), &mut warnings),
        format,
        warnings,
    })
}

/// The format by content, with its name.
fn recognise(path: &Path, bytes: &[u8]) -> Result<(ImageFormat, &'static str), ArtworkError> {
    if bytes.is_empty() {
        return Err(ArtworkError::Empty { path: path.into() });
    }
    let Ok(kind) = image::guess_format(bytes) else {
        return Err(ArtworkError::NotAPicture { path: path.into() });
    };
    let name = match kind {
        ImageFormat::Png => "PNG",
        ImageFormat::Jpeg => "JPEG",
        ImageFormat::WebP => "WebP",
        ImageFormat::Tiff => "TIFF",
        ImageFormat::Bmp => "BMP",
        ImageFormat::Gif => "GIF",
        other => {
            return Err(ArtworkError::Format {
                path: path.into(),
                format: other.to_mime_type().to_owned(),
            });
        }
    };
    Ok((kind, name))
}

fn allocation(bytes: u64) -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

fn check_size(path: &Path, width: u32, height: u32) -> Result<(), ArtworkError> {
    let path = || path.to_owned();
    let (short, long) = (width.min(height), width.max(height));
    if long > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(ArtworkError::TooLarge {
            path: path(),
            width,
            height,
        });
    }
    if short < MIN_SIDE {
        return Err(ArtworkError::TooSmall {
            path: path(),
            width,
            height,
        });
    }
    if u64::from(long) > u64::from(short) * u64::from(MAX_ASPECT) {
        return Err(ArtworkError::TooNarrow {
            path: path(),
            width,
            height,
        });
    }
    Ok(())
}

/// Bytes of the pixels as they are stored, which for CMYK is more than as they are returned.
fn pixel_bytes(decoder: &impl ImageDecoder) -> u64 {
    let (width, height) = decoder.dimensions();
    let bits = u64::from(decoder.original_color_type().bits_per_pixel());
    (u64::from(width) * u64::from(height)).saturating_mul(bits.div_ceil(8))
}

fn is_cmyk(decoder: &impl ImageDecoder) -> bool {
    matches!(
        decoder.original_color_type(),
        ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16
    )
}

/// Tells whether the file reaches as far as it says. For the formats whose decoders do not tell: what is
/// missing in a JPEG comes out grey, without an error, and a short WebP counts as corrupt.
fn is_complete(kind: ImageFormat, bytes: &[u8]) -> bool {
    match kind {
        ImageFormat::Jpeg => jpeg_is_complete(bytes),
        ImageFormat::WebP => webp_is_complete(bytes),
        _ => true,
    }
}

/// Tells whether a RIFF file holds the bytes that its header counts, from the ninth on.
fn webp_is_complete(bytes: &[u8]) -> bool {
    let counted = bytes.get(4..8).and_then(|size| size.try_into().ok());
    let counted = counted.map(u32::from_le_bytes).map(u64::from);
    counted.is_some_and(|counted| bytes.len() as u64 >= 8 + counted)
}

/// Tells whether a JPEG stream has a scan and reaches its end-of-image marker (ITU-T T.81, annex B).
/// Segments are skipped by their length, so a thumbnail's own end does not count.
fn jpeg_is_complete(bytes: &[u8]) -> bool {
    const END_OF_IMAGE: u8 = 0xD9;
    const START_OF_SCAN: u8 = 0xDA;
    let mut scan_seen = false;
    // Bytes that are not there end the loop: the stream is cut short.
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [first, tail @ ..] = rest {
        let Some(&marker) = tail.first() else { break };
        match (*first, marker) {
            (0xFF, END_OF_IMAGE) => return scan_seen,
            // Stuffed bytes, restarts and fill bytes belong to the scan or to nothing.
            (0xFF, 0x00..=0x01 | 0xD0..=0xD8 | 0xFF) => rest = tail,
            (0xFF, _) => {
                scan_seen |= marker == START_OF_SCAN;
                let [_, high, low, ..] = tail else { break };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                // A segment that is cut off ends the file.
                rest = tail.get(1 + length..).unwrap_or_default();
            }
            _ => rest = tail,
        }
    }
    false
}

/// The decoder's error in our words.
fn failure(path: &Path, format: &'static str, error: ImageError) -> ArtworkError {
    let path = path.to_owned();
    match error {
        ImageError::Limits(_) => ArtworkError::Memory { path },
        ImageError::Unsupported(error) => ArtworkError::Variety {
            path,
            format,
            detail: error.to_string(),
        },
        error if ends_early(&error) => ArtworkError::Truncated { path, format },
        error => ArtworkError::Damaged {
            path,
            format,
            detail: error.to_string(),
        },
    }
}

/// Tells whether the cause is that the data came to an end.
fn ends_early(error: &ImageError) -> bool {
    if let ImageError::IoError(error) = error {
        return error.kind() == io::ErrorKind::UnexpectedEof;
    }
    std::iter::successors(error.source(), |&cause| cause.source())
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::UnexpectedEof)
}
