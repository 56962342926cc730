//! JPEG 2000 files, JP2 and bare codestreams (ISO/IEC 15444-1).

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

mod blocks;

use hayro_jpeg2000::{
    ColorSpace, DecodeError, DecodeSettings, DecoderContext, DecodingError, FormatError, Image,
    MarkerError, TileError,
};
use image::RgbImage;

use super::fault::Fault;
use super::size;
use super::stored::{Cmyk, Colours, Profile, Stored};

/// Bits that the decoder takes for a sample: one number as it is decoded, and one as it was coded.
const SAMPLE_BITS: u64 = 64;

/// Decodes a file.
///
/// # Errors
/// [`Fault`], also where the decoder would fill in what is missing.
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let codestream = blocks::codestream(bytes).ok_or(Fault::Truncated)?;
    let frame = blocks::Frame::read(codestream)?;
    let settings = DecodeSettings {
        strict: true,
        ..DecodeSettings::default()
    };
    // The headers alone.
    let picture = Image::new(bytes, &settings).map_err(fault)?;
    let (width, height) = (picture.width(), picture.height());
    size::check(
        width,
        height,
        SAMPLE_BITS.saturating_mul(frame.components.into()),
    )?;
    frame.check_memory()?;
    let mut context = DecoderContext::default();
    let decoded = picture.decode(&mut context).map_err(fault)?;
    let channels = decoded.components().len();
    let levels = decoded.data_u8();
    let mut colours = usize::from(picture.color_space().num_channels());
    let mut opacity = picture.has_alpha();
    if channels != colours.saturating_add(opacity.into()) {
        return Err(Fault::variety(format!("{channels} channels")));
    }
    // The decoder takes four channels for inks where none is named as the opacity.
    let unnamed = (colours, opacity) == (4, false) && are_rgb(bytes, &frame);
    if unnamed {
        (colours, opacity) = (3, true);
    }
    let mut stored = Stored::of(self::colours(&levels, channels, colours, width, height)?);
    stored.grey = colours == 1;
    if unnamed {
        stored.notes.push(
            "The file does not say what its fourth channel is: it was taken for the opacity."
                .to_owned(),
        );
    }
    stored.alpha = opacity.then(|| {
        let pixels = levels.chunks_exact(channels);
        pixels.filter_map(|pixel| pixel.last().copied()).collect()
    });
    if let ColorSpace::Icc { profile, .. } = picture.color_space() {
        stored.profile = Profile::Icc(profile.clone());
    }
    Ok(stored)
}

/// True if the file, or else how it is coded, says that its first three channels are red, green and blue.
fn are_rgb(bytes: &[u8], frame: &blocks::Frame) -> bool {
    const SRGB: u64 = 16;
    match blocks::enumerated_colours(bytes) {
        Some(named) => named == SRGB,
        None => frame.coloured,
    }
}

fn colours(
    levels: &[u8],
    channels: usize,
    colours: usize,
    width: u32,
    height: u32,
) -> Result<Colours, Fault> {
    let pixels = levels.chunks_exact(channels);
    if colours == 4 {
        let inks = pixels.flat_map(|pixel| pixel.iter().take(4).copied());
        return Ok(Colours::Cmyk(Cmyk {
            width,
            height,
            inks: inks.collect(),
        }));
    }
    let pixel = |pixel: &[u8]| match *pixel {
        [r, g, b, ..] => [r, g, b],
        [grey, ..] => [grey; 3],
        [] => [0; 3],
    };
    if !matches!(colours, 1 | 3) {
        return Err(Fault::variety(format!("{colours} colours")));
    }
    let picture = RgbImage::from_raw(width, height, pixels.flat_map(pixel).collect());
    picture.map(Colours::Rgb).ok_or(Fault::Truncated)
}

fn fault(error: DecodeError) -> Fault {
    match error {
        DecodeError::Format(FormatError::Unsupported)
        | DecodeError::Marker(MarkerError::Unsupported) => {
            Fault::variety("a coding that is rarely used")
        }
        DecodeError::Format(FormatError::MissingCodestream)
        | DecodeError::Tile(TileError::Invalid)
        | DecodeError::Decoding(DecodingError::UnexpectedEof) => Fault::Truncated,
        error => Fault::damaged(error.to_string()),
    }
}
