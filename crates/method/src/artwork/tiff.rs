//! TIFF 6.0 and BigTIFF as scanners, repro studios and paint programs write them: strips and tiles, samples of
//! any number of bits together or in planes of their own, and the compressions that are in use.
//!
//! Written here because no decoder at hand reads these varieties right, and because a picture that is read in
//! pieces straight into its final 8 bits needs no second copy of a large scan.

mod chroma;
mod compression;
mod directory;
mod fax;
mod layout;
mod meaning;
mod pages;
mod samples;

use image::RgbImage;
use image::metadata::Orientation;

use super::fault::Fault;
use super::stored::{Cmyk, Colours, Profile, Stored};
use super::{jpeg, orientation};
use layout::{Compression, Layout};
use meaning::Meaning;
use samples::{FloatRange, Scale, append_levels, undo_prediction};

pub(super) use compression::pack_bits_row;
pub(super) use directory::{Directories, Directory};

const ORIENTATION: u16 = 274;
const XMP: u16 = 700;
const ICC_PROFILE: u16 = 34675;

/// Largest float that still counts as a white that was missed, and not as another scale.
const MOST_LIGHT: f64 = 2.0;

/// Decodes the picture of a file.
///
/// # Errors
/// [`Fault`].
pub(super) fn decode(bytes: &[u8]) -> Result<Stored, Fault> {
    let directories =
        Directories::new(bytes).ok_or_else(|| Fault::damaged("its header makes no sense"))?;
    let page = pages::page(&directories)?;
    let layout = Layout::new(&page.directory)?;
    let meaning = Meaning::new(&page.directory, &layout)?;
    let mut reading = Reading::new(bytes, &directories, &layout, &meaning)?;
    reading.read()?;
    let mut notes = page.notes;
    notes.extend(reading.notes()?);
    let grey = meaning.is_grey();
    let (colours, alpha) = reading.into_parts()?;
    Ok(Stored {
        colours,
        grey,
        alpha,
        orientation: orientation(&page.directory),
        profile: match page.directory.bytes(ICC_PROFILE) {
            // L*a*b* needs none.
            Some(profile) if !meaning.is_absolute() => Profile::Icc(profile.to_vec()),
            _ => Profile::None,
        },
        notes,
    })
}

fn orientation(directory: &Directory) -> Orientation {
    let stated = directory
        .unsigned(ORIENTATION)
        .and_then(orientation::from_number);
    let in_xmp = || orientation::xmp_orientation(directory.bytes(XMP)?);
    stated.or_else(in_xmp).unwrap_or(Orientation::NoTransforms)
}

/// What the sample after the colours does.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Opacity {
    None,
    Plain,
    /// The colours have been multiplied with it.
    Associated,
}

/// A picture on its way from pieces to pixels.
struct Reading<'a> {
    bytes: &'a [u8],
    directories: &'a Directories<'a>,
    layout: &'a Layout<'a>,
    meaning: &'a Meaning,
    opacity: Opacity,
    /// Three bytes a pixel, or four inks.
    colours: Vec<u8>,
    alpha: Vec<u8>,
    range: FloatRange,
}

/// The samples of a piece: one list of levels with all samples of a pixel together, or one for each sample.
struct Levels {
    planes: Vec<Vec<u8>>,
    /// Pixels of a row.
    width: u32,
    rows: u32,
}

impl<'a> Reading<'a> {
    fn new(
        bytes: &'a [u8],
        directories: &'a Directories<'a>,
        layout: &'a Layout<'a>,
        meaning: &'a Meaning,
    ) -> Result<Self, Fault> {
        let extra = layout.samples - meaning.samples();
        let opacity = match (extra, layout.extra.as_deref().and_then(<[u64]>::first)) {
            (0, _) => Opacity::None,
            (_, Some(1)) => Opacity::Associated,
            (_, Some(2)) => Opacity::Plain,
            // A fourth sample that nothing is said of is opacity by custom.
            (1, None) if matches!(meaning, Meaning::Rgb) => Opacity::Plain,
            _ => Opacity::None,
        };
        let pieces = &layout.pieces;
        let planes = if layout.planar {
            layout.samples as u64
        } else {
            1
        };
        let needed = u64::from(pieces.across) * u64::from(pieces.down) * planes;
        if (pieces.offsets.len() as u64) < needed {
            return Err(Fault::Truncated);
        }
        let pixels = layout.width as usize * layout.height as usize;
        let channels = if matches!(meaning, Meaning::Cmyk) {
            4
        } else {
            3
        };
        Ok(Self {
            bytes,
            directories,
            layout,
            meaning,
            opacity,
            colours: vec![0; channels * pixels],
            alpha: vec![255; if opacity == Opacity::None { 0 } else { pixels }],
            range: FloatRange::default(),
        })
    }

    fn read(&mut self) -> Result<(), Fault> {
        let pieces = &self.layout.pieces;
        let (across, all) = (pieces.across, pieces.across as usize * pieces.down as usize);
        for piece in 0..all {
            let (column, down) = (piece as u32 % across, piece as u32 / across);
            let rows = pieces.rows(down, self.layout.height);
            let together = self.layout.samples_together();
            let planes = self.layout.samples / together;
            let mut levels = Levels {
                planes: Vec::with_capacity(planes),
                width: pieces.width,
                rows,
            };
            for plane in 0..planes {
                let packed = self.packed(piece + plane * all)?;
                levels.planes.push(self.levels(packed, rows)?);
            }
            self.lay(&levels, column * pieces.width, down * pieces.height);
        }
        Ok(())
    }

    /// The bytes of a piece as they lie in the file.
    fn packed(&self, piece: usize) -> Result<&'a [u8], Fault> {
        let pieces = &self.layout.pieces;
        let offset = pieces.offsets.get(piece).copied().ok_or(Fault::Truncated)?;
        let offset = usize::try_from(offset).map_err(|_| Fault::Truncated)?;
        let rest = self.bytes.get(offset..).ok_or(Fault::Truncated)?;
        let length = match pieces.lengths.get(piece).copied() {
            // Forgotten by some programs.
            None | Some(0) => return Ok(rest),
            Some(length) => usize::try_from(length).unwrap_or(usize::MAX),
        };
        // What uncompressed rows lack is noticed when they are cut; the last length may be too large.
        Ok(rest.get(..length).unwrap_or(rest))
    }

    /// The levels of a piece of `rows` rows.
    fn levels(&mut self, packed: &[u8], rows: u32) -> Result<Vec<u8>, Fault> {
        let (layout, width) = (self.layout, self.layout.pieces.width);
        if layout.compression == Compression::Jpeg {
            let samples = layout.samples_together();
            return jpeg::piece(packed, layout.jpeg_tables, width, rows, samples);
        }
        if let Some(blocks) = chroma::blocks(layout, self.meaning)? {
            let length = blocks.bytes(width, rows);
            let unpacked = compression::unpack_bytes(layout, packed, width, rows, length)?;
            return Ok(blocks.spread(&unpacked, width, rows));
        }
        let order = self.directories.order();
        let row_bytes = layout.row_bytes(width);
        let mut unpacked = compression::unpack(layout, packed, width, rows)?;
        if layout.predictor != layout::Predictor::None {
            undo_prediction(layout, order, unpacked.to_mut(), row_bytes);
        }
        let count = width as usize * layout.samples_together();
        let mut levels = Vec::with_capacity(count * rows as usize);
        let scale = self.meaning.scale();
        for row in unpacked.chunks_exact(row_bytes.max(1)) {
            append_levels(
                layout,
                order,
                scale,
                row,
                count,
                &mut self.range,
                &mut levels,
            );
        }
        Ok(levels)
    }

    /// Puts a piece at its place, as far as it lies in the picture. Unpacking has refused a piece that lacks rows, so that
    /// every sample is there.
    fn lay(&mut self, levels: &Levels, left: u32, top: u32) {
        let (layout, samples) = (self.layout, self.layout.samples);
        let inks = matches!(self.meaning, Meaning::Cmyk);
        let channels = if inks { 4 } else { 3 };
        let width = levels.width.min(layout.width.saturating_sub(left)) as usize;
        let rows = levels.rows.min(layout.height.saturating_sub(top)) as usize;
        let at_alpha = self.meaning.samples();
        let alpha_index = matches!(self.meaning.scale(), Scale::Index);
        let mut gathered = vec![0; samples];
        for y in 0..rows {
            let first = (top as usize + y) * layout.width as usize + left as usize;
            for x in 0..width {
                let at = y * levels.width as usize + x;
                let pixel = match levels.planes.as_slice() {
                    [together] => together
                        .get(at * samples..(at + 1) * samples)
                        .unwrap_or(&gathered),
                    planes => {
                        for (sample, plane) in gathered.iter_mut().zip(planes) {
                            *sample = plane.get(at).copied().unwrap_or(0);
                        }
                        &gathered
                    }
                };
                let place = first + x;
                let Some(target) = self
                    .colours
                    .get_mut(channels * place..channels * (place + 1))
                else {
                    continue;
                };
                if inks {
                    target.copy_from_slice(pixel.get(..4).unwrap_or(&[0; 4]));
                } else {
                    target.copy_from_slice(&self.meaning.colour(pixel));
                }
                let Some(alpha) = self.alpha.get_mut(place) else {
                    continue;
                };
                *alpha = pixel.get(at_alpha).copied().unwrap_or(255);
                if alpha_index {
                    // Beside a palette it is a number of as many bits.
                    let most = (1u32 << layout.bits) - 1;
                    *alpha = (u32::from(*alpha) * 255 / most) as u8;
                }
                if self.opacity == Opacity::Associated {
                    divide(target, *alpha);
                }
            }
        }
    }

    /// What was done or left out.
    ///
    /// # Errors
    /// [`Fault::Variety`] if floats are on another scale, [`Fault::Damaged`] if some are no numbers.
    fn notes(&self) -> Result<Vec<String>, Fault> {
        let mut notes = Vec::new();
        if self.range.undefined {
            return Err(Fault::damaged("some of its samples are not numbers"));
        }
        if self.range.most > MOST_LIGHT {
            let most = self.range.most;
            return Err(Fault::variety(format!(
                "floats up to {most}, where white is 1"
            )));
        }
        if self.range.most > 1.0 {
            notes.push("Parts brighter than white were taken as white.".to_owned());
        }
        let used = self.meaning.samples() + usize::from(self.opacity != Opacity::None);
        let left_out = self.layout.samples - used;
        if left_out > 0 {
            notes.push(format!(
                "The file has {left_out} channels beside its colours, which were left out."
            ));
        }
        Ok(notes)
    }

    fn into_parts(self) -> Result<(Colours, Option<Vec<u8>>), Fault> {
        let (width, height) = (self.layout.width, self.layout.height);
        let colours = if matches!(self.meaning, Meaning::Cmyk) {
            Colours::Cmyk(Cmyk {
                width,
                height,
                inks: self.colours,
            })
        } else {
            let picture = RgbImage::from_raw(width, height, self.colours);
            Colours::Rgb(picture.ok_or(Fault::Memory)?)
        };
        Ok((
            colours,
            (self.opacity != Opacity::None).then_some(self.alpha),
        ))
    }
}

/// Undoes the multiplication of colours with an opacity.
fn divide(colours: &mut [u8], alpha: u8) {
    if alpha == 0 {
        return;
    }
    let alpha = u32::from(alpha);
    for colour in colours {
        *colour = ((u32::from(*colour) * 255 + alpha / 2) / alpha).min(255) as u8;
    }
}
