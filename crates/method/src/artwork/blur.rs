//! Pillow's `ImageFilter.GaussianBlur`, bit for bit (`libImaging/BoxBlur.c`): three passes of a box
//! whose two outermost pixels count by a fraction, after Gwosdek et al., "Theoretical foundations
//! of Gaussian convolution by extended box filtering" (2011). The method's blurred start is made
//! with it.

use image::RgbImage;
use rayon::prelude::*;

const PASSES: usize = 3;

/// The widest blur. Beyond it Pillow's own fixed-point weights lose their precision.
pub const MAX_BLUR_RADIUS: f32 = 10_000.0;

/// Blurs with a Gaussian of standard deviation `radius` pixels, the edge pixels repeated outwards.
/// A radius that is not above zero changes nothing; one above [`MAX_BLUR_RADIUS`] counts as that.
pub fn gaussian_blur(picture: &RgbImage, radius: f32) -> RgbImage {
    let (width, height) = picture.dimensions();
    if radius.is_nan() || radius <= 0.0 || width == 0 || height == 0 {
        return picture.clone();
    }
    let span = BoxWeights::new(box_radius(radius.min(MAX_BLUR_RADIUS)));
    let mut rows = picture.clone();
    blur_rows(&mut rows, &span);
    let mut columns = transposed(&rows);
    blur_rows(&mut columns, &span);
    transposed(&columns)
}

/// The box whose [`PASSES`]-fold application has the Gaussian's variance
/// (`_gaussian_blur_radius`; the bracketed equations are the paper's). Single and double precision
/// are mixed as the C code mixes them.
fn box_radius(radius: f32) -> f32 {
    let variance = radius * radius / PASSES as f32;
    let length = (12.0 * f64::from(variance) + 1.0).sqrt() as f32; // [7]
    let whole = ((f64::from(length) - 1.0) / 2.0).floor() as f32; // [11]
    let fraction = (2.0 * whole + 1.0) * (whole * (whole + 1.0) - 3.0 * variance); // [14]
    whole + fraction / (6.0 * (variance - (whole + 1.0) * (whole + 1.0)))
}

/// A box in 8.24 fixed point.
struct BoxWeights {
    /// Pixels on either side that count in full.
    radius: usize,
    /// Weight of a pixel that counts in full.
    full: u32,
    /// Weight of the two pixels beyond.
    outer: u32,
}

impl BoxWeights {
    fn new(radius: f32) -> Self {
        const ONE: u32 = 1 << 24;
        let whole = radius as u32;
        let full = (ONE as f32 / (radius * 2.0 + 1.0)) as u32;
        Self {
            radius: whole as usize,
            full,
            outer: ONE.wrapping_sub((whole * 2 + 1).wrapping_mul(full)) / 2,
        }
    }
}

fn blur_rows(picture: &mut RgbImage, span: &BoxWeights) {
    let row_bytes = 3 * picture.width() as usize;
    picture
        .par_chunks_exact_mut(row_bytes)
        .for_each_init(Vec::new, |padded, row| {
            for _ in 0..PASSES {
                blur_row(row.as_chunks_mut::<3>().0, padded, span);
            }
        });
}

/// One box over one row (`ImagingLineBoxBlur32`): a running sum of the pixels that count in full.
fn blur_row(row: &mut [[u8; 3]], padded: &mut Vec<[u8; 3]>, span: &BoxWeights) {
    let (Some(&first), Some(&last)) = (row.first(), row.last()) else {
        return;
    };
    // Out to `radius + 1` on either side, so that output x reads padded[x ..= x + 2·radius + 2].
    let margin = span.radius + 1;
    padded.clear();
    padded.extend(std::iter::repeat_n(first, margin));
    padded.extend_from_slice(row);
    padded.extend(std::iter::repeat_n(last, margin));

    let full_pixels = 2 * span.radius + 1;
    let mut sums = [0u32; 3];
    for pixel in padded.iter().take(full_pixels) {
        add(&mut sums, pixel);
    }
    let leaving = padded.iter();
    let entering = padded.iter().skip(full_pixels);
    let beyond = padded.iter().skip(full_pixels + 1);
    for (((out, left), entering), right) in row.iter_mut().zip(leaving).zip(entering).zip(beyond) {
        add(&mut sums, entering);
        for (channel, value) in out.iter_mut().enumerate() {
            sums[channel] -= u32::from(left[channel]);
            let outer = (u32::from(left[channel]) + u32::from(right[channel])) * span.outer;
            let sum = sums[channel].wrapping_mul(span.full).wrapping_add(outer);
            *value = (sum.wrapping_add(1 << 23) >> 24) as u8;
        }
    }
}

fn add(sums: &mut [u32; 3], pixel: &[u8; 3]) {
    for (sum, &value) in sums.iter_mut().zip(pixel) {
        *sum += u32::from(value);
    }
}

fn transposed(picture: &RgbImage) -> RgbImage {
    let mut out = RgbImage::new(picture.height(), picture.width());
    for (x, y, pixel) in picture.enumerate_pixels() {
        out.put_pixel(y, x, *pixel);
    }
    out
}
