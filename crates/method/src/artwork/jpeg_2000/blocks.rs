//! What a JPEG 2000 file says of its size and of the pieces that it is coded in, before anything is decoded: many
//! small pieces take far more memory than the pixels (ISO/IEC 15444-1, annexes A, B and I).

use super::super::boxes::boxes;
use super::super::decode::WORKING_BYTES;
use super::super::fault::Fault;

const SIZ: u8 = 0x51;
const COD: u8 = 0x52;
const COC: u8 = 0x53;
const SOT: u8 = 0x90;
const SOD: u8 = 0x93;

/// The most channels: four inks and an opacity.
const CHANNELS: u16 = 5;
/// The most levels of resolution beside the smallest.
const LEVELS: u8 = 32;
/// The most memory that the decoder keeps for a precinct of a band, a block of coefficients, one layer of it, and a
/// component of a tile, in bytes.
const PRECINCT_BYTES: u64 = 192;
const BLOCK_BYTES: u64 = 256;
const LAYER_BYTES: u64 = 32;
const TILE_COMPONENT_BYTES: u64 = 512;

/// The codestream of a file; nothing if there is none, or more than one.
pub fn codestream(bytes: &[u8]) -> Option<&[u8]> {
    if bytes.starts_with(b"\xFF\x4F") {
        return Some(bytes);
    }
    let mut streams = boxes(bytes).filter(|(kind, _)| *kind == b"jp2c");
    let (_, stream) = streams.next()?;
    streams.next().is_none().then_some(stream)
}

/// The colours that a file's header names by a number; none of a bare codestream, or where a profile tells.
pub fn enumerated_colours(bytes: &[u8]) -> Option<u64> {
    let (_, header) = boxes(bytes).find(|(kind, _)| *kind == b"jp2h")?;
    let (_, colours) = boxes(header).find(|(kind, _)| *kind == b"colr")?;
    // The method, a precedence, and how well it approximates.
    number(colours, 3, 4).filter(|_| colours.first() == Some(&1))
}

/// What the headers of a codestream say.
pub struct Frame {
    pub components: u16,
    /// True if the first three components are coded as the colours of a picture are.
    pub coloured: bool,
    tile: (u32, u32),
    tiles: u64,
    styles: Vec<Style>,
}

/// In what pieces the components of a tile are coded.
struct Style {
    layers: u64,
    /// Logarithms of sides, width first.
    block: (u32, u32),
    /// The same of each level, the smallest first.
    precincts: Vec<(u32, u32)>,
}

impl Frame {
    /// Reads them.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn read(codestream: &[u8]) -> Result<Self, Fault> {
        let mut segments = Segments(codestream.get(2..).unwrap_or_default());
        let (SIZ, size) = segments.next().ok_or(Fault::Truncated)? else {
            return Err(Fault::damaged("its size is missing"));
        };
        let mut frame = Self::of(size).ok_or(Fault::Truncated)??;
        let mut layers = 1;
        loop {
            let part = segments.0;
            match segments.next() {
                Some((COD, data)) => {
                    layers = number(data, 2, 2).ok_or(Fault::Truncated)?;
                    frame.coloured = data.get(4) == Some(&1);
                    frame.add(data.first().copied(), data.get(5..), layers)?;
                }
                // The component has one byte, since there are few.
                Some((COC, data)) => frame.add(data.get(1).copied(), data.get(2..), layers)?,
                Some((SOT, data)) => {
                    let length = number(data, 2, 4).ok_or(Fault::Truncated)? as usize;
                    frame.tile_part(&mut segments, layers)?;
                    // Nothing means all that is left.
                    match part.get(length..) {
                        Some(next) if length > 0 => segments = Segments(next),
                        _ => return Ok(frame),
                    }
                }
                Some(_) => {}
                None => return Ok(frame),
            }
        }
    }

    fn of(size: &[u8]) -> Option<Result<Self, Fault>> {
        let side = |place| number(size, place, 4).map(|side| side as u32);
        let (right, bottom, left, top) = (side(2)?, side(6)?, side(10)?, side(14)?);
        let (wide, high, tile_left, tile_top) = (side(18)?, side(22)?, side(26)?, side(30)?);
        let components = number(size, 34, 2)? as u16;
        let mut samples = size.get(36..)?.chunks_exact(3);
        if wide == 0 || high == 0 || right <= left || bottom <= top {
            return Some(Err(Fault::damaged("its size is nothing")));
        }
        if components == 0 || components > CHANNELS {
            return Some(Err(Fault::variety(format!("{components} channels"))));
        }
        // The highest bit of the first byte says so.
        if samples.any(|sample| sample.first() >= Some(&128)) {
            return Some(Err(Fault::variety("signed numbers")));
        }
        let count = |end: u32, start: u32, step: u32| {
            u64::from(end.saturating_sub(start)).div_ceil(step.into())
        };
        Some(Ok(Self {
            components,
            coloured: false,
            tile: (wide.min(right), high.min(bottom)),
            tiles: count(right, tile_left, wide).saturating_mul(count(bottom, tile_top, high)),
            styles: Vec::new(),
        }))
    }

    /// The header of a part of a tile, whose first segment was read.
    fn tile_part(&mut self, segments: &mut Segments<'_>, layers: u64) -> Result<(), Fault> {
        let mut layers = layers;
        while let Some((marker, data)) = segments.next() {
            match marker {
                COD => {
                    layers = number(data, 2, 2).ok_or(Fault::Truncated)?;
                    self.add(data.first().copied(), data.get(5..), layers)?;
                }
                COC => self.add(data.get(1).copied(), data.get(2..), layers)?,
                SOD => return Ok(()),
                _ => {}
            }
        }
        Err(Fault::Truncated)
    }

    fn add(&mut self, flags: Option<u8>, data: Option<&[u8]>, layers: u64) -> Result<(), Fault> {
        let style = flags
            .zip(data)
            .and_then(|(flags, data)| Style::of(flags, data, layers));
        let style = style.ok_or_else(|| Fault::damaged("its coding style is not whole"))?;
        // The worst is what counts, and equal ones come with every tile.
        if self.styles.len() < 64 {
            self.styles.push(style);
            return Ok(());
        }
        Err(Fault::variety("more than 64 coding styles"))
    }

    /// Judges what the pieces take beside the pixels.
    ///
    /// # Errors
    /// [`Fault::Memory`].
    pub fn check_memory(&self) -> Result<(), Fault> {
        let components = u64::from(self.components);
        let tiles = self
            .tiles
            .saturating_mul(components.saturating_mul(TILE_COMPONENT_BYTES));
        let pieces = self.styles.iter().map(|style| style.bytes(self.tile));
        let pieces = pieces.max().unwrap_or(0).saturating_mul(components);
        match tiles.saturating_add(pieces) > WORKING_BYTES {
            true => Err(Fault::Memory),
            false => Ok(()),
        }
    }
}

impl Style {
    fn of(flags: u8, data: &[u8], layers: u64) -> Option<Self> {
        let (&[levels, wide, high, _, _], sizes) = data.split_first_chunk::<5>()?;
        if levels > LEVELS || wide > 8 || high > 8 {
            return None;
        }
        let count = usize::from(levels).saturating_add(1);
        let precincts = match flags & 1 {
            0 => vec![(15, 15); count],
            _ => {
                let sizes = sizes.get(..count)?.iter();
                sizes
                    .map(|&size| (u32::from(size & 15), u32::from(size >> 4)))
                    .collect()
            }
        };
        Some(Self {
            layers,
            block: (
                u32::from(wide).saturating_add(2),
                u32::from(high).saturating_add(2),
            ),
            precincts,
        })
    }

    /// The most memory that one component of a tile of this size takes.
    fn bytes(&self, tile: (u32, u32)) -> u64 {
        let block_bytes = BLOCK_BYTES.saturating_add(LAYER_BYTES.saturating_mul(self.layers));
        let levels = self.precincts.iter().rev().zip(0..);
        let level = |(&(wide, high), halvings): (&(u32, u32), u32)| {
            // One more on each side, where the pieces do not begin at the tile's edge.
            let along = |side: u32, precinct: u32, block: u32| {
                let halved = |number: u64, times| number.checked_shr(times).unwrap_or(0);
                let side = halved(side.into(), halvings).saturating_add(1);
                let precincts = halved(side, precinct).saturating_add(2);
                let block = block.min(precinct.saturating_sub(1));
                let blocks = halved(side / 2, block).saturating_add(2);
                (precincts, blocks.saturating_add(precincts))
            };
            let (across, blocks_across) = along(tile.0, wide, self.block.0);
            let (down, blocks_down) = along(tile.1, high, self.block.1);
            let precincts = across.saturating_mul(down).saturating_mul(PRECINCT_BYTES);
            let blocks = blocks_across.saturating_mul(blocks_down);
            precincts
                .saturating_add(blocks.saturating_mul(block_bytes))
                .saturating_mul(3)
        };
        levels.map(level).fold(0, u64::saturating_add)
    }
}

/// Marker segments, each with the second byte of its marker and its data.
struct Segments<'a>(&'a [u8]);

impl<'a> Segments<'a> {
    fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&[first, marker], behind) = self.0.split_first_chunk::<2>()?;
        if first != 0xFF {
            return None;
        }
        if marker == SOD || (0x30..=0x3F).contains(&marker) {
            self.0 = behind;
            return Some((marker, &[]));
        }
        let (length, behind) = behind.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length)).checked_sub(2)?;
        let (data, next) = behind.split_at_checked(length)?;
        self.0 = next;
        Some((marker, data))
    }
}

/// A number of so many bytes at a place.
fn number(data: &[u8], place: usize, bytes: usize) -> Option<u64> {
    let bytes = data.get(place..place.checked_add(bytes)?)?;
    Some(
        bytes
            .iter()
            .fold(0, |number, &byte| number << 8 | u64::from(byte)),
    )
}
