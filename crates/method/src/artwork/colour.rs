//! Every picture in one colour space: embedded ICC profiles are followed to sRGB, transparent places lie over
//! white, inks become light, and the picture is turned upright. Or none of this, where it is read as stored.

use std::fmt::Display;
use std::sync::Arc;

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use moxcms::{
    CmsError, ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions,
};
use rayon::prelude::*;

use super::inks::InkTable;
use super::lab;
use super::reading::{Difference, Form, Reading};
use super::stored::{Cmyk, Colours, Profile, Stored};

/// A picture that has been read in one of the two ways.
pub(super) struct Read {
    pub(super) pixels: RgbImage,
    /// What was done or left out, one sentence each.
    pub(super) notes: Vec<String>,
    /// What the two ways differ in.
    pub(super) differences: Vec<Difference>,
    /// The turn that makes the stored picture the seen one.
    pub(super) orientation: Orientation,
}

/// The treatment of the pixels of one profile.
enum Conversion {
    /// The colour of each of the 256 levels of a grey picture.
    Grey(Vec<[u8; 3]>),
    /// The level that each level of a channel becomes.
    Levels(Vec<u8>),
    /// A profile of three channels.
    Colour(Arc<Transform8BitExecutor>),
}

/// `stored` as opaque sRGB with 8 bits a channel. A profile that cannot be used is a note, and the colours are
/// then taken as sRGB, as software without colour management does.
pub(super) fn read(stored: Stored, reading: Reading) -> Read {
    let seen = reading.form == Form::AsSeen;
    let mut notes = stored.notes;
    let mut differences = Vec::new();
    let mut pixels = match stored.colours {
        Colours::Cmyk(inks) => light(&inks, &stored.profile, seen, &mut notes, &mut differences),
        Colours::Rgb(mut pixels) => {
            let conversion = conversion(&stored.profile, stored.grey).unwrap_or_else(|why| {
                notes.push(unusable(&why));
                None
            });
            if let Some(conversion) = conversion {
                differences.push(Difference::Profile);
                if seen {
                    conversion.apply(&mut pixels, &mut notes);
                    if matches!(stored.profile, Profile::Gamma(_)) {
                        notes.push(
                            "The gamma that the file states was followed to sRGB.".to_owned(),
                        );
                    }
                }
            }
            pixels
        }
    };
    let alpha = stored
        .alpha
        .filter(|alpha| alpha.iter().any(|&alpha| alpha < 255));
    if let Some(alpha) = alpha {
        differences.push(Difference::Opacity);
        if seen {
            lay_over_white(&mut pixels, &alpha);
        }
    }
    if stored.orientation != Orientation::NoTransforms {
        differences.push(Difference::Orientation);
        if seen {
            pixels = turned(pixels, stored.orientation);
        }
    }
    Read {
        pixels: reading.finish(pixels),
        notes,
        differences,
        orientation: stored.orientation,
    }
}

fn turned(pixels: RgbImage, orientation: Orientation) -> RgbImage {
    let mut picture = DynamicImage::from(pixels);
    picture.apply_orientation(orientation);
    picture.into_rgb8()
}

/// The note for a profile that cannot be used.
fn unusable(why: &dyn Display) -> String {
    format!(
        "The embedded colour profile could not be used ({why}): the colours were taken as sRGB."
    )
}

/// The colours of inks: as their profile has them if it can be used and they are to be seen, else by the formula.
fn light(
    inks: &Cmyk,
    profile: &Profile,
    seen: bool,
    notes: &mut Vec<String>,
    differences: &mut Vec<Difference>,
) -> RgbImage {
    let transform = match profile {
        Profile::None | Profile::Gamma(_) => None,
        Profile::Damaged(why) => Some(Err(why.clone())),
        Profile::Icc(profile) => Some(ink_transform(profile)),
    };
    let mut pixels = RgbImage::new(inks.width, inks.height);
    match transform {
        Some(Ok(transform)) => {
            differences.push(Difference::Inks);
            if seen {
                let (from, to) = (4 * inks.width as usize, 3 * inks.width as usize);
                let rows = inks.inks.par_chunks_exact(from.max(1));
                let targets = pixels.par_chunks_exact_mut(to.max(1));
                let converted: Result<(), CmsError> = rows
                    .zip(targets)
                    .try_for_each(|(source, target)| transform.convert(source, target));
                match converted {
                    Ok(()) => return pixels,
                    Err(error) => notes.push(unusable_for_inks(&error)),
                }
            }
        }
        Some(Err(why)) => notes.push(unusable_for_inks(&why)),
        None => {}
    }
    notes.push(
        "The picture is in CMYK and was converted by a simple formula: its colours are approximate."
            .to_owned(),
    );
    let targets = pixels.as_chunks_mut::<3>().0;
    for (&[c, m, y, k], target) in inks.inks.as_chunks::<4>().0.iter().zip(targets) {
        *target = [c, m, y].map(|ink| product(255 - ink, 255 - k));
    }
    pixels
}

fn unusable_for_inks(why: &dyn Display) -> String {
    format!("The embedded profile of the inks could not be used ({why}).")
}

/// What a profile of inks does.
enum InkTransform {
    Table(InkTable),
    Other(Arc<Transform8BitExecutor>),
}

impl InkTransform {
    fn convert(&self, inks: &[u8], colours: &mut [u8]) -> Result<(), CmsError> {
        match self {
            Self::Table(table) => {
                table.convert(inks, colours);
                Ok(())
            }
            Self::Other(transform) => transform.transform(inks, colours),
        }
    }
}

fn ink_transform(profile: &[u8]) -> Result<InkTransform, String> {
    let source = ColorProfile::new_from_slice(profile).map_err(|error| error.to_string())?;
    if source.color_space != DataColorSpace::Cmyk {
        return Err(format!("it is for {:?} pictures", source.color_space));
    }
    match InkTable::new(&source) {
        Some(table) => Ok(InkTransform::Table(table)),
        None => to_srgb(&source, Layout::Rgba).map(InkTransform::Other),
    }
}

fn to_srgb(source: &ColorProfile, layout: Layout) -> Result<Arc<Transform8BitExecutor>, String> {
    let srgb = ColorProfile::new_srgb();
    source
        .create_transform_8bit(layout, &srgb, Layout::Rgb, TransformOptions::default())
        .map_err(|error| error.to_string())
}

/// `a · b / 255`, rounded to nearest.
fn product(a: u8, b: u8) -> u8 {
    let product = u32::from(a) * u32::from(b) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// The conversion that `profile` asks for; `None` if it is sRGB by any name.
fn conversion(profile: &Profile, grey: bool) -> Result<Option<Conversion>, String> {
    let profile = match profile {
        Profile::None => return Ok(None),
        Profile::Gamma(power) => return Ok(Some(Conversion::Levels(levels(*power)))),
        Profile::Damaged(why) => return Err(why.clone()),
        Profile::Icc(profile) => profile,
    };
    let describe = |error: CmsError| error.to_string();
    let source = ColorProfile::new_from_slice(profile).map_err(describe)?;
    match source.color_space {
        DataColorSpace::Rgb => {
            let transform = to_srgb(&source, Layout::Rgb)?;
            Ok((!is_identity(transform.as_ref()).map_err(describe)?)
                .then_some(Conversion::Colour(transform)))
        }
        DataColorSpace::Gray if grey => {
            let levels: Vec<u8> = (0..=255).collect();
            let mut colours = vec![0; 3 * levels.len()];
            to_srgb(&source, Layout::Gray)?
                .transform(&levels, &mut colours)
                .map_err(describe)?;
            Ok(Some(Conversion::Grey(colours.as_chunks().0.to_vec())))
        }
        DataColorSpace::Gray => Err("it is for grey pictures and this one is in colour".to_owned()),
        other => Err(format!("it is for {other:?} pictures")),
    }
}

/// sRGB's level for each level whose light is its `power`.
fn levels(power: f32) -> Vec<u8> {
    let level = |level: u32| {
        let light = libm::pow(f64::from(level) / 255.0, power.into());
        (255.0 * lab::encoded(light)).round() as u8
    };
    (0..=255).map(level).collect()
}

/// Tells whether a transform moves no colour of a grid by more than one level. Many files carry some
/// edition of sRGB itself; their pixels must stay as every other program reads them.
fn is_identity(transform: &Transform8BitExecutor) -> Result<bool, CmsError> {
    const STEP: usize = 15;
    let levels = || (0..=255u8).step_by(STEP);
    let grid: Vec<u8> = levels()
        .flat_map(|r| levels().flat_map(move |g| levels().flat_map(move |b| [r, g, b])))
        .collect();
    let mut moved = vec![0; grid.len()];
    transform.transform(&grid, &mut moved)?;
    Ok(grid.iter().zip(&moved).all(|(a, b)| a.abs_diff(*b) <= 1))
}

impl Conversion {
    /// Converts `pixels` in place, row by row so that no second picture is needed.
    fn apply(&self, pixels: &mut RgbImage, notes: &mut Vec<String>) {
        let row_bytes = 3 * pixels.width() as usize;
        let mut source = vec![0; row_bytes];
        for row in pixels.chunks_exact_mut(row_bytes.max(1)) {
            match self {
                Self::Grey(colours) => {
                    for pixel in row.as_chunks_mut::<3>().0 {
                        if let Some(colour) = colours.get(usize::from(pixel[0])) {
                            *pixel = *colour;
                        }
                    }
                }
                Self::Levels(levels) => {
                    for value in row {
                        *value = levels.get(usize::from(*value)).copied().unwrap_or(*value);
                    }
                }
                Self::Colour(transform) => {
                    source.copy_from_slice(row);
                    if let Err(error) = transform.transform(&source, row) {
                        // Refused for the lengths, before a pixel is touched: so for the first row.
                        notes.push(unusable(&error));
                        return;
                    }
                }
            }
        }
    }
}

/// Mixes each pixel with white by its opacity (255 = opaque), rounded to nearest.
fn lay_over_white(pixels: &mut RgbImage, alpha: &[u8]) {
    for (pixel, &alpha) in pixels.as_chunks_mut::<3>().0.iter_mut().zip(alpha) {
        let alpha = u32::from(alpha);
        for value in pixel {
            let mixed = u32::from(*value) * alpha + 255 * (255 - alpha);
            *value = ((mixed + 127) / 255) as u8;
        }
    }
}
