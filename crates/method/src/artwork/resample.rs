//! Resizing exactly as Pillow up to 12 does it (`libImaging/Resample.c`), by the sizing rule of
//! torchvision's `Resize` and `CenterCrop`: the method's published numbers rest on those pixels, so
//! ours are the same to the last bit. First horizontally, then vertically, with fixed-point weights
//! and a rounding to 8 bits each. (Pillow 13 takes the vertical first in pictures several times
//! taller than wide.)

use image::{RgbImage, imageops};
use rayon::prelude::*;
use thiserror::Error;

use super::Crop;

/// The most pixels of a resized picture, and of the one between the two passes.
pub const MAX_PIXELS: u64 = 120_000_000;

/// Fractional bits of a weight: an 8-bit value times a weight leaves two bits for overshoot.
const PRECISION_BITS: u32 = 32 - 8 - 2;

/// The reason why a picture cannot be resized or cut.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum ResampleError {
    /// No pixels in, or none wanted.
    #[error(
        "a picture of {width}×{height} pixels cannot be resized to {short} pixels on its short side: choose a size of at least one pixel"
    )]
    Empty { width: u32, height: u32, short: u32 },
    /// More than the largest number of pixels would come out.
    #[error(
        "a picture of {width}×{height} pixels resized to {short} pixels on its short side would have more than {MAX_PIXELS} pixels: choose a smaller size"
    )]
    TooLarge { width: u32, height: u32, short: u32 },
    /// The wanted square is larger than the picture.
    #[error("a square of {size} pixels cannot be cut from a picture of {width}×{height} pixels")]
    Crop { width: u32, height: u32, size: u32 },
}

/// An interpolation filter of Pillow's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Filter {
    /// Triangle, support 1 pixel.
    Bilinear,
    /// Keys' cubic with a = −0.5, support 2 pixels.
    Bicubic,
}

impl Filter {
    fn support(self) -> f64 {
        match self {
            Self::Bilinear => 1.0,
            Self::Bicubic => 2.0,
        }
    }

    fn weight(self, x: f64) -> f64 {
        const A: f64 = -0.5;
        let x = x.abs();
        match self {
            Self::Bilinear if x < 1.0 => 1.0 - x,
            Self::Bicubic if x < 1.0 => ((A + 2.0) * x - (A + 3.0)) * x * x + 1.0,
            Self::Bicubic if x < 2.0 => (((x - 5.0) * x + 8.0) * x - 4.0) * A,
            _ => 0.0,
        }
    }
}

/// The square that is encoded: short side to `resolution` by [`Filter::Bilinear`], then the centre.
///
/// # Errors
/// [`ResampleError::Empty`] and [`ResampleError::TooLarge`].
pub fn prepare(picture: &RgbImage, resolution: u32) -> Result<RgbImage, ResampleError> {
    prepare_at(picture, [resolution; 2], Crop::CENTRE)
}

/// The rectangle of this width and height that is encoded: the picture resized until it covers it, then the part at a
/// place.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_at(
    picture: &RgbImage,
    extent: [u32; 2],
    crop: Crop,
) -> Result<RgbImage, ResampleError> {
    let resized = resize_to_cover(picture, extent, Filter::Bilinear)?;
    part(&resized, extent, crop)
}

/// The rows and columns that [`prepare_at`] cuts off above and to the left of the resized picture.
pub fn cut_off(size: [u32; 2], extent: [u32; 2], crop: Crop) -> [u32; 2] {
    let [across, down] = extent;
    // Of a picture that cannot be resized nothing is cut off: resizing it has said why.
    let [width, height] = covering(size, extent).unwrap_or(extent);
    [height.saturating_sub(down), width.saturating_sub(across)].map(|rest| crop.before(rest))
}

/// Width and height to which a picture is resized to cover `extent`; none where that is no size. A square is covered as
/// [`resize_short_side`] does it.
pub fn covering([width, height]: [u32; 2], extent: [u32; 2]) -> Option<[u32; 2]> {
    let [across, down] = extent;
    if across == down {
        let long = long_side(width, height, across)?;
        return Some(match width <= height {
            true => [across, long],
            false => [long, across],
        });
    }
    // The other side, rounded to nearest.
    let other = |side: u32, of: u32, to: u32| {
        let twice = 2 * u64::from(side) * u64::from(to) + u64::from(of);
        u32::try_from(twice.checked_div(2 * u64::from(of))?).ok()
    };
    let is_wider = u64::from(width) * u64::from(down) >= u64::from(height) * u64::from(across);
    Some(match is_wider {
        true => [other(width, height, down)?.max(across), down],
        false => [across, other(height, width, across)?.max(down)],
    })
}

/// `⌊short · long side / short side⌋`, if that can be a side at all.
fn long_side(width: u32, height: u32, short: u32) -> Option<u32> {
    let long = u64::from(short) * u64::from(width.max(height));
    let long = long.checked_div(u64::from(width.min(height)))?;
    u32::try_from(long).ok()
}

/// Resizes so that the short side has `short` pixels and the long one `⌊short · long / short side⌋`.
/// Where nothing changes the pixels are returned as they are.
///
/// # Errors
/// [`ResampleError::Empty`] and [`ResampleError::TooLarge`].
pub fn resize_short_side(
    picture: &RgbImage,
    short: u32,
    filter: Filter,
) -> Result<RgbImage, ResampleError> {
    resize_to_cover(picture, [short; 2], filter)
}

/// Resizes until the picture covers `extent`, as little as that takes; where nothing changes the pixels are returned as
/// they are.
///
/// # Errors
/// As [`resize_short_side`].
pub fn resize_to_cover(
    picture: &RgbImage,
    extent: [u32; 2],
    filter: Filter,
) -> Result<RgbImage, ResampleError> {
    let short = extent[0].min(extent[1]);
    let (width, height) = picture.dimensions();
    if width == 0 || height == 0 || short == 0 {
        return Err(ResampleError::Empty {
            width,
            height,
            short,
        });
    }
    let too_large = ResampleError::TooLarge {
        width,
        height,
        short,
    };
    let [new_width, new_height] = covering([width, height], extent).ok_or(too_large)?;
    // The picture between the two passes has the new width and the old height.
    if u64::from(new_width) * u64::from(new_height.max(height)) > MAX_PIXELS {
        return Err(too_large);
    }
    let widened = resize_width(picture, new_width, filter);
    Ok(resize_height(widened, new_height, filter))
}

/// The central square of `size` pixels; an odd rest is halved and rounded to even, as Python's
/// `round` does.
///
/// # Errors
/// [`ResampleError::Crop`] if the picture is smaller than that.
pub fn center_crop(picture: &RgbImage, size: u32) -> Result<RgbImage, ResampleError> {
    part(picture, [size; 2], Crop::CENTRE)
}

/// The part of this width and height at a place of the side that is too long.
fn part(picture: &RgbImage, extent: [u32; 2], crop: Crop) -> Result<RgbImage, ResampleError> {
    let (width, height) = picture.dimensions();
    let [across, down] = extent;
    if width < across || height < down {
        return Err(ResampleError::Crop {
            width,
            height,
            size: across.max(down),
        });
    }
    let (left, top) = (crop.before(width - across), crop.before(height - down));
    Ok(imageops::crop_imm(picture, left, top, across, down).to_image())
}

/// The input positions that one output position is made of.
struct Taps {
    first: usize,
    weights: Vec<i32>,
}

/// The taps of every output position (`precompute_coeffs` and `normalize_coeffs_8bpc`).
fn taps(input: u32, output: u32, filter: Filter) -> Vec<Taps> {
    let scale = f64::from(input) / f64::from(output);
    let stretch = scale.max(1.0);
    let support = filter.support() * stretch;
    (0..output)
        .map(|position| {
            let center = (f64::from(position) + 0.5) * scale;
            let first = ((center - support + 0.5) as i64).max(0);
            let end = ((center + support + 0.5) as i64).min(i64::from(input));
            let weights: Vec<f64> = (0..end - first)
                .map(|tap| {
                    let distance = (tap + first) as f64 - center + 0.5;
                    filter.weight(distance * (1.0 / stretch))
                })
                .collect();
            let sum = weights.iter().sum::<f64>();
            let sum = if sum == 0.0 { 1.0 } else { sum };
            Taps {
                first: first as usize,
                weights: weights.iter().map(|w| fixed_point(w / sum)).collect(),
            }
        })
        .collect()
}

/// Rounds half away from zero, as Pillow does.
fn fixed_point(weight: f64) -> i32 {
    (weight * f64::from(1 << PRECISION_BITS) + 0.5_f64.copysign(weight)) as i32
}

/// Half a level, so that the shift in [`level`] rounds.
const ROUNDING: i32 = 1 << (PRECISION_BITS - 1);

/// The 8-bit value of a fixed-point sum.
fn level(sum: i32) -> u8 {
    (sum >> PRECISION_BITS).clamp(0, 255) as u8
}

fn resize_width(picture: &RgbImage, new_width: u32, filter: Filter) -> RgbImage {
    let (width, height) = picture.dimensions();
    if width == new_width {
        return picture.clone();
    }
    let taps = taps(width, new_width, filter);
    let mut out = RgbImage::new(new_width, height);
    out.par_chunks_exact_mut(3 * new_width as usize)
        .zip(picture.par_chunks_exact(3 * width as usize))
        .for_each(|(out_row, row)| {
            let row = row.as_chunks::<3>().0;
            for (pixel, taps) in out_row.as_chunks_mut::<3>().0.iter_mut().zip(&taps) {
                let mut sums = [ROUNDING; 3];
                for (source, weight) in row.iter().skip(taps.first).zip(&taps.weights) {
                    for (sum, &value) in sums.iter_mut().zip(source) {
                        *sum += i32::from(value) * weight;
                    }
                }
                *pixel = sums.map(level);
            }
        });
    out
}

fn resize_height(picture: RgbImage, new_height: u32, filter: Filter) -> RgbImage {
    let (width, height) = picture.dimensions();
    if height == new_height {
        return picture;
    }
    let row_bytes = 3 * width as usize;
    let taps = taps(height, new_height, filter);
    let mut out = RgbImage::new(width, new_height);
    out.par_chunks_exact_mut(row_bytes)
        .zip(&taps)
        .for_each(|(out_row, taps)| {
            let mut sums = vec![ROUNDING; row_bytes];
            let rows = picture.chunks_exact(row_bytes).skip(taps.first);
            for (row, weight) in rows.zip(&taps.weights) {
                for (sum, &value) in sums.iter_mut().zip(row) {
                    *sum += i32::from(value) * weight;
                }
            }
            for (value, &sum) in out_row.iter_mut().zip(&sums) {
                *value = level(sum);
            }
        });
    out
}
