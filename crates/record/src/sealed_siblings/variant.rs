//! A variant of a picture: a window a little smaller than the picture at a place of its own, its colours a little
//! shifted, and grain. All variants of a picture have the same size and are drawn in the same way.

use image::{Rgb, RgbImage, imageops};

use palimpsest_base::random::Random;

/// The share of each side that the window leaves out.
const LEFT_OUT: f64 = 0.03;

/// The most that the strength of a channel is changed, as a share, and its level, in steps of 255.
const STRENGTH: f64 = 0.02;
const LEVEL: f64 = 3.0;

/// Standard deviation of the grain, in steps of 255.
const GRAIN: f64 = 2.0;

/// The purpose of the random numbers.
const PURPOSE: u16 = 300;

/// How variants are made, in numbers: per cent of each side that the window leaves out, the most by which the strength of
/// a channel is changed in per cent and its level in steps of 255, and the standard deviation of the grain.
pub const MEASURES: [f64; 4] = [100.0 * LEFT_OUT, 100.0 * STRENGTH, LEVEL, GRAIN];

/// The variant of `picture` that belongs to `seed`.
pub fn of(picture: &RgbImage, seed: u64) -> RgbImage {
    let mut random = Random::for_training(seed, PURPOSE, 0);
    let mut place = |side: u32| {
        let out = (f64::from(side) * LEFT_OUT).round() as u32;
        let start = random.integer(0, out as usize) as u32;
        (start, (side - out).max(1))
    };
    let (x, width) = place(picture.width());
    let (y, height) = place(picture.height());
    let mut variant = imageops::crop_imm(picture, x, y, width, height).to_image();
    let shifts = [(); 3].map(|()| (1.0 + random.spread(STRENGTH), random.spread(LEVEL)));
    for Rgb(channels) in variant.pixels_mut() {
        let grain = random.normal() * GRAIN;
        for (channel, (strength, level)) in channels.iter_mut().zip(shifts) {
            let shifted = f64::from(*channel) * strength + level + grain;
            *channel = shifted.round().clamp(0.0, 255.0) as u8;
        }
    }
    variant
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_differ_a_little_and_the_same_seed_gives_the_same() {
        let picture = RgbImage::from_fn(200, 100, |x, y| Rgb([x as u8, y as u8, 128]));
        let (one, other) = (of(&picture, 1), of(&picture, 2));
        assert_eq!(one, of(&picture, 1));
        assert_ne!(one, other);
        assert_eq!(one.dimensions(), (194, 97));
        assert_eq!(one.dimensions(), other.dimensions());
        let difference = |a: &RgbImage, b: &RgbImage| {
            let pairs = a.as_raw().iter().zip(b.as_raw());
            let sum: u32 = pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
            f64::from(sum) / a.as_raw().len() as f64
        };
        let mean = difference(&one, &other);
        assert!((0.5..10.0).contains(&mean), "{mean}");
        // The smallest pictures have variants too.
        assert_eq!(of(&RgbImage::new(1, 1), 3).dimensions(), (1, 1));
    }
}
