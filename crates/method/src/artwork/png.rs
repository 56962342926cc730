//! PNG files: what their chunks say beside the pixels, wherever programs have put it (W3C PNG, third edition).

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::io::{Cursor, Read};

use flate2::read::ZlibDecoder;
use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder};

use super::decode::{WORKING_BYTES, allocation};
use super::exif::Turned;
use super::fault::Fault;
use super::size;
use super::stored::{Profile, Stored};

/// The most bytes that one chunk may unpack to: the largest profiles have some ten million.
const MOST_UNPACKED: u64 = 32 << 20;
/// A gamma this near to that of sRGB says nothing else, as libpng has it.
const SAME_GAMMA: f32 = 0.05;

/// Decodes a file.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), allocation(WORKING_BYTES))?;
    let (width, height) = decoder.dimensions();
    let bits = decoder.original_color_type().bits_per_pixel();
    let decoded = u64::from(decoder.color_type().bytes_per_pixel());
    let bits = u64::from(bits).max(decoded.saturating_mul(8));
    size::check(width, height, bits)?;
    let total = decoder.total_bytes().saturating_add(WORKING_BYTES);
    decoder.set_limits(allocation(total))?;
    let mut stored = Stored::new(DynamicImage::from_decoder(decoder)?);
    let mut said = Said::of(bytes);
    std::mem::take(&mut said.turned).apply(&mut stored);
    stored.profile = said.profile();
    if said.coded_colours {
        stored.notes.push(
            "The file names its colours by a code (cICP), which is not followed: they were taken as sRGB."
                .to_owned(),
        );
    }
    if said.frames > 1 {
        stored.notes.push(format!(
            "The file is animated, with {} frames: its still picture was taken.",
            said.frames
        ));
    }
    Ok(stored)
}

/// What chunks say of the picture.
#[derive(Default)]
struct Said {
    turned: Turned,
    icc: Option<Profile>,
    is_srgb: bool,
    gamma: Option<u32>,
    coded_colours: bool,
    frames: u32,
}

impl Said {
    fn of(bytes: &[u8]) -> Self {
        let mut said = Self::default();
        let mut rest = bytes.get(8..).unwrap_or_default();
        while let Some((kind, data, next)) = chunk(rest) {
            match kind {
                b"iCCP" => said.icc = said.icc.or_else(|| Some(profile(data))),
                b"sRGB" => said.is_srgb = true,
                b"gAMA" => said.gamma = data.first_chunk().map(|&gamma| u32::from_be_bytes(gamma)),
                // Primaries and curve of sRGB, with all levels in use.
                b"cICP" => said.coded_colours = !data.starts_with(&[1, 13, 0, 1]),
                b"acTL" => {
                    said.frames = data
                        .first_chunk()
                        .map_or(0, |&count| u32::from_be_bytes(count))
                }
                b"eXIf" => said.turned.exif(data),
                b"tEXt" | b"zTXt" | b"iTXt" => {
                    let name = data.split(|&byte| byte == 0).next();
                    match (name, text(kind, data)) {
                        (Some(b"Raw profile type exif" | b"Raw profile type APP1"), text) => {
                            match text.and_then(|text| raw_profile(&text)) {
                                Some(block) => said.turned.exif(&block),
                                None => said.turned.damaged(),
                            }
                        }
                        (Some(b"XML:com.adobe.xmp"), Some(text)) => said.turned.xmp(&text),
                        (Some(b"XML:com.adobe.xmp"), None) => said.turned.damaged(),
                        // Other texts say nothing of the picture.
                        _ => {}
                    }
                }
                _ => {}
            }
            rest = next;
        }
        said
    }

    /// The strongest of what was said of colours.
    fn profile(&mut self) -> Profile {
        if let Some(icc) = self.icc.take() {
            return icc;
        }
        match self.gamma {
            Some(gamma) if gamma > 0 && !self.is_srgb => {
                let power = 100_000.0 / gamma as f32;
                let same = (power / 2.2 - 1.0).abs() <= SAME_GAMMA;
                if same {
                    Profile::None
                } else {
                    Profile::Gamma(power)
                }
            }
            _ => Profile::None,
        }
    }
}

/// The kind and data of the first chunk, and what is behind it.
fn chunk(rest: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (kind, rest) = rest.split_first_chunk::<4>()?;
    let (data, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    let (_, rest) = rest.split_first_chunk::<4>()?;
    Some((kind, data, rest))
}

/// The profile of an `iCCP` chunk: a name, a zero, the kind of packing, and the packed profile.
fn profile(data: &[u8]) -> Profile {
    let packed = data
        .iter()
        .position(|&byte| byte == 0)
        .and_then(|end| data.get(end.saturating_add(2)..));
    match packed.map(unpack) {
        Some(Ok(profile)) => Profile::Icc(profile),
        Some(Err(why)) => Profile::Damaged(why),
        None => Profile::Damaged("its chunk is cut short".to_owned()),
    }
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>, String> {
    let mut unpacked = Vec::new();
    let read = ZlibDecoder::new(packed)
        .take(MOST_UNPACKED.saturating_add(1))
        .read_to_end(&mut unpacked);
    match read {
        Err(error) => Err(error.to_string()),
        Ok(_) if unpacked.len() as u64 > MOST_UNPACKED => Err("it is too large".to_owned()),
        Ok(_) => Ok(unpacked),
    }
}

/// The text of a text chunk, behind its keyword; `None` if it is damaged.
fn text(kind: &[u8; 4], data: &[u8]) -> Option<Vec<u8>> {
    let end = data.iter().position(|&byte| byte == 0)?;
    let rest = data.get(end.saturating_add(1)..)?;
    Some(match kind {
        b"tEXt" => rest.to_vec(),
        b"zTXt" => unpack(rest.get(1..)?).ok()?,
        _ => {
            // Flags, then a language and a translated keyword, each up to a zero.
            let (&packed, mut rest) = rest.split_first()?;
            rest = rest.get(1..)?;
            for _ in 0..2 {
                let end = rest.iter().position(|&byte| byte == 0)?;
                rest = rest.get(end.saturating_add(1)..)?;
            }
            if packed == 1 {
                unpack(rest).ok()?
            } else {
                rest.to_vec()
            }
        }
    })
}

/// The bytes of a profile that ImageMagick wrote as text: its kind, its length, and hexadecimal digits.
fn raw_profile(text: &[u8]) -> Option<Vec<u8>> {
    let mut lines = text
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty());
    lines.next()?;
    let length: usize = str::from_utf8(lines.next()?).ok()?.trim().parse().ok()?;
    let digits: Vec<u8> = lines
        .flatten()
        .filter_map(|&byte| char::from(byte).to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    let bytes = digits
        .as_chunks::<2>()
        .0
        .iter()
        .map(|[high, low]| high << 4 | low);
    let bytes: Vec<u8> = bytes.take(length).collect();
    (bytes.len() == length).then_some(bytes)
}
