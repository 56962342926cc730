//! Photoshop's documents, PSD and PSB: the picture of all layers together, which the program saves behind them
//! (Adobe, Photoshop File Formats Specification).

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use image::RgbImage;

use super::fault::Fault;
use super::stored::{Cmyk, Colours, Profile, Stored};
use super::{lab, size, tiff};

/// The number of the resource with the colour profile.
const ICC_PROFILE: u16 = 1039;
/// The number of the resource that says whether the flattened picture was saved.
const VERSION_INFO: u16 = 1057;

/// Meaning of the channels.
const GREY: u16 = 1;
const INDEXED: u16 = 2;
const RGB: u16 = 3;
const CMYK: u16 = 4;
const DUOTONE: u16 = 8;
const LAB: u16 = 9;

/// Decodes the flattened picture of a document.
///
/// # Errors
/// [`Fault`]; [`Fault::Variety`] also if the document was saved without it.
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let mut rest = Rest(bytes.get(4..).unwrap_or_default());
    let large = rest.number(2)? == 2;
    rest.take(6)?;
    let channels = rest.number(2)? as usize;
    let height = rest.number(4)? as u32;
    let width = rest.number(4)? as u32;
    let bits = rest.number(2)?;
    let mode = rest.number(2)? as u16;
    size::check(width, height, bits.saturating_mul(channels as u64))?;
    if !matches!(bits, 8 | 16) {
        return Err(Fault::variety(format!("{bits} bits a channel")));
    }
    let length = rest.number(4)? as usize;
    let palette = rest.take(length)?;
    let length = rest.number(4)? as usize;
    let resources = rest.take(length)?;
    let length = rest.number(if large { 8 } else { 4 })?;
    let layers = rest.take(usize::try_from(length).map_err(|_| Fault::Truncated)?)?;
    // Resources that break off tell nothing of it: the picture behind them is read if it is there.
    let info = resource(resources, VERSION_INFO).ok().flatten();
    if info.and_then(|info| info.get(4)) == Some(&0) {
        return Err(Fault::variety(
            "saved without the flattened picture, which “Maximize Compatibility” adds",
        ));
    }
    let used = match mode {
        GREY | INDEXED | DUOTONE => 1,
        RGB | LAB => 3,
        CMYK => 4,
        _ => return Err(Fault::variety(format!("colour mode {mode}"))),
    };
    if channels < used {
        return Err(Fault::damaged(
            "it has fewer channels than its colours need",
        ));
    }
    let transparent = channels > used && is_transparent(layers, large);
    let mut planes = planes(
        &mut rest,
        large,
        channels,
        used.saturating_add(transparent.into()),
        (width, height),
        bits as usize / 8,
    )?;
    let alpha = if transparent { planes.pop() } else { None };
    let mut stored = Stored::of(colours(mode, &planes, palette, width, height)?);
    stored.alpha = alpha;
    stored.grey = matches!(mode, GREY | DUOTONE);
    // L*a*b* needs no profile.
    if mode != LAB {
        stored.profile = match resource(resources, ICC_PROFILE) {
            Ok(Some(profile)) => Profile::Icc(profile.to_vec()),
            Ok(None) => Profile::None,
            Err(_) => Profile::Damaged("the data that may hold it break off".to_owned()),
        };
    }
    stored
        .notes
        .push("The picture was taken as it is flattened in the file.".to_owned());
    Ok(stored)
}

/// Tells whether the channel behind the colours is the opacity of all layers: the number of layers is then
/// negative.
fn is_transparent(layers: &[u8], large: bool) -> bool {
    let count = layers.get(if large { 8 } else { 4 }..);
    count
        .and_then(<[u8]>::first)
        .is_some_and(|&first| first & 0x80 != 0)
}

/// The first `used` channels, reduced to 8 bits.
fn planes(
    rest: &mut Rest,
    large: bool,
    channels: usize,
    used: usize,
    (width, height): (u32, u32),
    bytes: usize,
) -> Result<Vec<Vec<u8>>, Fault> {
    let (rows, row_bytes) = (height as usize, (width as usize).saturating_mul(bytes));
    let to_levels = |row: &[u8], plane: &mut Vec<u8>| match bytes {
        1 => plane.extend_from_slice(row),
        _ => plane.extend(row.as_chunks::<2>().0.iter().map(|&pair| {
            let level = u32::from(u16::from_be_bytes(pair));
            (level.saturating_mul(255).saturating_add(32_767) / 65_535) as u8
        })),
    };
    let packing = rest.number(2)?;
    let mut lengths = Vec::new();
    match packing {
        0 => {}
        1 => {
            for _ in 0..channels.saturating_mul(rows) {
                lengths.push(rest.number(if large { 4 } else { 2 })? as usize);
            }
        }
        _ => return Err(Fault::variety("a flattened picture that is packed as ZIP")),
    }
    let mut planes = Vec::new();
    for channel in 0..used {
        let mut plane = Vec::with_capacity((width as usize).saturating_mul(rows));
        for row in 0..rows {
            match lengths.get(channel.saturating_mul(rows).saturating_add(row)) {
                Some(&length) => {
                    let row = tiff::pack_bits_row(rest.take(length)?, row_bytes)?;
                    to_levels(&row, &mut plane);
                }
                None => to_levels(rest.take(row_bytes)?, &mut plane),
            }
        }
        planes.push(plane);
    }
    Ok(planes)
}

fn colours(
    mode: u16,
    planes: &[Vec<u8>],
    palette: &[u8],
    width: u32,
    height: u32,
) -> Result<Colours, Fault> {
    if mode == CMYK {
        let [c, m, y, k] = planes else {
            return Err(Fault::Truncated);
        };
        let pixels = c.iter().zip(m).zip(y).zip(k);
        // Stored the other way round: 255 is no ink.
        let inks = pixels.flat_map(|(((c, m), y), k)| [c, m, y, k].map(|level| !level));
        return Ok(Colours::Cmyk(Cmyk {
            width,
            height,
            inks: inks.collect(),
        }));
    }
    let pixels: Vec<u8> = match planes {
        [levels] if mode == INDEXED => {
            // All reds, all greens, all blues.
            let [reds, greens, blues, ..] = palette.as_chunks::<256>().0 else {
                return Err(Fault::damaged("its palette is missing or incomplete"));
            };
            // Each has a place for every level.
            let part = |all: &[u8; 256], level: u8| all.get(usize::from(level)).copied();
            let colour =
                |&level: &u8| [reds, greens, blues].map(|all| part(all, level).unwrap_or_default());
            levels.iter().flat_map(colour).collect()
        }
        [levels] => levels.iter().flat_map(|&level| [level; 3]).collect(),
        [l, a, b] if mode == LAB => {
            let signed = |level: u8| (level ^ 0x80) as i8;
            let pixels = l.iter().zip(a).zip(b);
            pixels
                .flat_map(|((&l, &a), &b)| lab::to_srgb(l, signed(a), signed(b)))
                .collect()
        }
        [r, g, b] => r
            .iter()
            .zip(g)
            .zip(b)
            .flat_map(|((&r, &g), &b)| [r, g, b])
            .collect(),
        _ => return Err(Fault::Truncated),
    };
    let picture = RgbImage::from_raw(width, height, pixels);
    picture.map(Colours::Rgb).ok_or(Fault::Truncated)
}

/// The data of a numbered resource, if there is one: signature, number, a name and data, both filled up to an even
/// length.
///
/// # Errors
/// [`Fault::Truncated`] if the resources break off before it is found.
fn resource(resources: &[u8], wanted: u16) -> Result<Option<&[u8]>, Fault> {
    let mut rest = Rest(resources);
    while !rest.0.is_empty() {
        rest.take(4)?;
        let number = rest.number(2)?;
        let name = rest.number(1)? as usize;
        // Of odd length, since its length stands before it.
        rest.take(name | 1)?;
        let length = rest.number(4)? as usize;
        let data = rest.take(length)?;
        if number == u64::from(wanted) {
            return Ok(Some(data));
        }
        // The last one may lack what fills it up.
        rest.take((length % 2).min(rest.0.len()))?;
    }
    Ok(None)
}

/// The bytes that are still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let (taken, left) = self.0.split_at_checked(count).ok_or(Fault::Truncated)?;
        self.0 = left;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<u64, Fault> {
        let bytes = self.take(bytes)?;
        Ok(bytes
            .iter()
            .fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_palette_that_lacks_colours_is_refused_instead_of_taken_for_black() {
        let mut palette = vec![0; 768];
        (palette[1], palette[257], palette[513]) = (10, 20, 30);
        let of = |palette: &[u8]| colours(INDEXED, &[vec![1]], palette, 1, 1);
        let Ok(Colours::Rgb(picture)) = of(&palette) else {
            panic!("no colours");
        };
        assert_eq!(picture.into_raw(), [10, 20, 30]);
        assert!(matches!(of(&palette[..767]), Err(Fault::Damaged(_))));
    }
}
