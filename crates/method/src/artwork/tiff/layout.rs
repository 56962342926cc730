//! What a directory of a TIFF file says of its picture: size, samples, and where its pieces lie.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use super::super::fault::Fault;
use super::super::size;
use super::directory::Directory;

pub(super) const WIDTH: u16 = 256;
pub(super) const HEIGHT: u16 = 257;
const BITS: u16 = 258;
const COMPRESSION: u16 = 259;
pub(super) const PHOTOMETRIC: u16 = 262;
const FILL_ORDER: u16 = 266;
const STRIP_OFFSETS: u16 = 273;
const SAMPLES: u16 = 277;
const ROWS_PER_STRIP: u16 = 278;
const STRIP_BYTES: u16 = 279;
const PLANAR: u16 = 284;
const FAX_OPTIONS: u16 = 292;
const PREDICTOR: u16 = 317;
const TILE_WIDTH: u16 = 322;
const TILE_HEIGHT: u16 = 323;
const TILE_OFFSETS: u16 = 324;
const TILE_BYTES: u16 = 325;
const EXTRA_SAMPLES: u16 = 338;
const SAMPLE_FORMAT: u16 = 339;
const JPEG_TABLES: u16 = 347;
const OLD_JPEG: u16 = 513;
const OLD_JPEG_BYTES: u16 = 514;

/// The most samples of a pixel.
const MOST_SAMPLES: u64 = 64;

/// The most pixels of a tile of a small picture.
const MOST_TILE_PIXELS: u64 = 1 << 24;

/// The layout of a picture.
pub(super) struct Layout<'a> {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Bits of a sample, all of them alike.
    pub(super) bits: u32,
    pub(super) samples: usize,
    pub(super) numbers: Numbers,
    pub(super) compression: Compression,
    pub(super) photometric: u64,
    /// Every sample has planes of its own.
    pub(super) planar: bool,
    pub(super) predictor: Predictor,
    /// The lowest bit of a byte comes first.
    pub(super) reversed_bits: bool,
    /// Bits of tag 292, which are those of fax group 3.
    pub(super) fax_options: u64,
    /// What samples after the colours mean: 0 unknown, 1 opacity that colours are multiplied with, 2 opacity.
    pub(super) extra: Option<Vec<u64>>,
    /// Quantisation and Huffman tables of all pieces.
    pub(super) jpeg_tables: Option<&'a [u8]>,
    pub(super) pieces: Pieces,
}

/// The kind of a sample.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Numbers {
    Unsigned,
    Float,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Compression {
    None,
    /// Modified Huffman: group 3 without ends of lines.
    FaxRows,
    FaxGroup3,
    FaxGroup4,
    Lzw,
    Jpeg,
    Deflate,
    PackBits,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Predictor {
    None,
    Horizontal,
    Float,
}

/// Strips or tiles: all have the same size but those at the edge, which strips cut and tiles fill up.
pub(super) struct Pieces {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) across: u32,
    pub(super) down: u32,
    pub(super) tiled: bool,
    pub(super) offsets: Vec<u64>,
    /// Empty in old files of a single strip, which then goes to the end.
    pub(super) lengths: Vec<u64>,
}

impl<'a> Layout<'a> {
    /// # Errors
    /// [`Fault`] if the directory contradicts itself, or describes what is not read.
    pub(super) fn new(directory: &Directory<'a>) -> Result<Self, Fault> {
        let size = |tag, name| {
            let value = directory.unsigned(tag);
            let value = value.and_then(|value| u32::try_from(value).ok());
            value.ok_or_else(|| Fault::damaged(format!("it states no {name}")))
        };
        let (width, height) = (size(WIDTH, "width")?, size(HEIGHT, "height")?);
        let samples = directory.unsigned(SAMPLES).unwrap_or(1);
        if samples == 0 || samples > MOST_SAMPLES {
            return Err(Fault::variety(format!("{samples} samples a pixel")));
        }
        let all_bits = directory.unsigned_list(BITS).unwrap_or_else(|| vec![1]);
        let bits = all_bits.first().copied().unwrap_or(1);
        if all_bits.iter().any(|&other| other != bits) {
            return Err(Fault::variety("samples of different numbers of bits"));
        }
        if !matches!(bits, 1..=32 | 64) {
            return Err(Fault::variety(format!("{bits} bits a sample")));
        }
        size::check(width, height, bits.saturating_mul(samples))?;
        let photometric = directory
            .unsigned(PHOTOMETRIC)
            .ok_or_else(|| Fault::damaged("it does not state what its samples mean"))?;
        let compression = compression(directory.unsigned(COMPRESSION).unwrap_or(1))?;
        Ok(Self {
            width,
            height,
            bits: bits as u32,
            samples: samples as usize,
            numbers: numbers(directory, bits)?,
            compression,
            photometric,
            planar: directory.unsigned(PLANAR) == Some(2) && samples > 1,
            predictor: predictor(directory, compression)?,
            reversed_bits: directory.unsigned(FILL_ORDER) == Some(2),
            fax_options: directory.unsigned(FAX_OPTIONS).unwrap_or(0),
            extra: directory.unsigned_list(EXTRA_SAMPLES),
            jpeg_tables: directory.bytes(JPEG_TABLES),
            pieces: Pieces::new(directory, width, height)?,
        })
    }

    /// Samples that lie together in one piece.
    pub(super) fn samples_together(&self) -> usize {
        if self.planar { 1 } else { self.samples }
    }

    /// Bytes of a row of `width` pixels of a piece.
    pub(super) fn row_bytes(&self, width: u32) -> usize {
        let bits = (width as usize)
            .saturating_mul(self.samples_together())
            .saturating_mul(self.bits as usize);
        bits.div_ceil(8)
    }
}

impl Pieces {
    fn new(directory: &Directory, width: u32, height: u32) -> Result<Self, Fault> {
        let number = |tag| {
            let value = directory.unsigned(tag)?;
            // "All rows" is written as the largest number.
            Some(u32::try_from(value).unwrap_or(u32::MAX))
        };
        let list = |tag| directory.unsigned_list(tag).unwrap_or_default();
        let tiled = directory.has(TILE_WIDTH) || directory.has(TILE_OFFSETS);
        let old_jpeg = number(COMPRESSION) == Some(6);
        let (piece_width, piece_height, mut offsets, mut lengths) = if tiled {
            // libtiff writes the places of tiles into the tags of strips too.
            let lengths = if directory.has(TILE_BYTES) {
                TILE_BYTES
            } else {
                STRIP_BYTES
            };
            let offsets = if directory.has(TILE_OFFSETS) {
                TILE_OFFSETS
            } else {
                STRIP_OFFSETS
            };
            (
                number(TILE_WIDTH),
                number(TILE_HEIGHT),
                list(offsets),
                list(lengths),
            )
        } else {
            let rows = number(ROWS_PER_STRIP).unwrap_or(height).min(height);
            (
                Some(width),
                Some(rows),
                list(STRIP_OFFSETS),
                list(STRIP_BYTES),
            )
        };
        let (Some(mut piece_width), Some(mut piece_height)) = (piece_width, piece_height) else {
            return Err(Fault::damaged("it does not state the size of its tiles"));
        };
        if old_jpeg {
            // The whole picture is one JPEG file inside.
            let place = directory.unsigned(OLD_JPEG).filter(|&place| place > 0);
            let whole = place.zip(directory.unsigned(OLD_JPEG_BYTES));
            let Some((place, length)) = whole else {
                return Err(Fault::variety("JPEG as in TIFF before 1995"));
            };
            (piece_width, piece_height) = (width, height);
            (offsets, lengths) = (vec![place], vec![length]);
        }
        // A tile may be larger than the picture, but not by so much that the memory goes to nothing.
        let area = |width: u32, height: u32| u64::from(width).saturating_mul(height.into());
        if area(piece_width, piece_height) == 0
            || area(piece_width, piece_height)
                > area(width, height)
                    .saturating_mul(4)
                    .saturating_add(MOST_TILE_PIXELS)
        {
            return Err(Fault::damaged("the size of its tiles makes no sense"));
        }
        Ok(Self {
            width: piece_width,
            height: piece_height,
            across: width.div_ceil(piece_width),
            down: height.div_ceil(piece_height),
            tiled: tiled && !old_jpeg,
            offsets,
            lengths,
        })
    }

    /// Rows of the pieces of the `down`-th row of pieces, in a picture of `height`.
    pub(super) fn rows(&self, down: u32, height: u32) -> u32 {
        if self.tiled {
            return self.height;
        }
        self.height
            .min(height.saturating_sub(down.saturating_mul(self.height)))
    }
}

fn numbers(directory: &Directory, bits: u64) -> Result<Numbers, Fault> {
    let formats = directory.unsigned_list(SAMPLE_FORMAT).unwrap_or_default();
    let format = formats.first().copied().unwrap_or(1);
    if formats.iter().any(|&other| other != format) {
        return Err(Fault::variety("samples of different kinds"));
    }
    match (format, bits) {
        // "Undefined" is taken as libtiff does.
        (1 | 4, 1..=32) => Ok(Numbers::Unsigned),
        (3, 16 | 32 | 64) => Ok(Numbers::Float),
        (2, _) => Err(Fault::variety(
            "samples with a sign, which are measurements",
        )),
        _ => Err(Fault::variety(format!(
            "samples of kind {format} and {bits} bits"
        ))),
    }
}

fn compression(number: u64) -> Result<Compression, Fault> {
    Ok(match number {
        1 => Compression::None,
        2 => Compression::FaxRows,
        3 => Compression::FaxGroup3,
        4 => Compression::FaxGroup4,
        5 => Compression::Lzw,
        6 | 7 => Compression::Jpeg,
        8 | 32946 => Compression::Deflate,
        32773 => Compression::PackBits,
        other => {
            let name = match other {
                32766 => "NeXT",
                32809 => "ThunderScan",
                32908 | 32909 => "Pixar",
                34676 | 34677 => "SGI LogLuv",
                34712 | 33003 | 33004 | 33005 => "JPEG 2000",
                34887 => "LERC",
                34892 => "lossy DNG",
                34925 => "LZMA",
                50000 => "Zstandard",
                50001 => "WebP",
                50002 | 52546 => "JPEG XL",
                _ => return Err(Fault::variety(format!("compression {other}"))),
            };
            return Err(Fault::variety(format!("{name} compression")));
        }
    })
}

fn predictor(directory: &Directory, compression: Compression) -> Result<Predictor, Fault> {
    // Other compressions have none, whatever the tag says.
    if !matches!(compression, Compression::Lzw | Compression::Deflate) {
        return Ok(Predictor::None);
    }
    match directory.unsigned(PREDICTOR).unwrap_or(1) {
        1 => Ok(Predictor::None),
        2 => Ok(Predictor::Horizontal),
        3 => Ok(Predictor::Float),
        other => Err(Fault::variety(format!("predictor {other}"))),
    }
}
