//! RandAugment with torchvision's operations and their magnitudes (`torchvision/transforms/autoaugment.py`), on pictures as
//! Pillow computes them, to the byte: nearest neighbours, black beyond the edge.

use image::{Rgb, RgbImage};

use palimpsest_base::random::Random;

/// Operations of a picture.
const OPERATIONS: usize = 2;
/// The magnitude, of [`LAST`] + 1.
const MAGNITUDE: f64 = 9.0;
const LAST: f64 = 30.0;

/// An operation with its magnitude, signed where torchvision signs it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Operation {
    Identity,
    ShearX(f64),
    ShearY(f64),
    TranslateX(i64),
    TranslateY(i64),
    /// In degrees, counter-clockwise.
    Rotate(f64),
    Brightness(f64),
    Colour(f64),
    Contrast(f64),
    Sharpness(f64),
    Posterise(u32),
    Solarise(f64),
    AutoContrast,
    Equalise,
}

/// The picture after two operations that are drawn.
pub(super) fn augmented(picture: &RgbImage, random: &mut Random) -> RgbImage {
    let mut picture = picture.clone();
    for _ in 0..OPERATIONS {
        picture = Operation::drawn(picture.dimensions(), random).of(&picture);
    }
    picture
}

impl Operation {
    fn drawn((width, height): (u32, u32), random: &mut Random) -> Self {
        let share = MAGNITUDE / LAST;
        let index = random.integer(0, 13);
        let sign = if random.chance(0.5) { -1.0 } else { 1.0 };
        let shift = |length: u32| (sign * share * 150.0 / 331.0 * f64::from(length)) as i64;
        match index {
            0 => Self::Identity,
            1 => Self::ShearX(sign * 0.3 * share),
            2 => Self::ShearY(sign * 0.3 * share),
            3 => Self::TranslateX(shift(width)),
            4 => Self::TranslateY(shift(height)),
            5 => Self::Rotate(sign * 30.0 * share),
            6 => Self::Brightness(1.0 + sign * 0.9 * share),
            7 => Self::Colour(1.0 + sign * 0.9 * share),
            8 => Self::Contrast(1.0 + sign * 0.9 * share),
            9 => Self::Sharpness(1.0 + sign * 0.9 * share),
            10 => Self::Posterise(8 - (MAGNITUDE / (LAST / 4.0)).round_ties_even() as u32),
            11 => Self::Solarise(255.0 * (1.0 - share)),
            12 => Self::AutoContrast,
            _ => Self::Equalise,
        }
    }

    fn of(self, picture: &RgbImage) -> RgbImage {
        let (width, height) = picture.dimensions();
        match self {
            Self::Identity => picture.clone(),
            Self::ShearX(by) => affine(picture, [1.0, by, 0.0, 0.0, 1.0, 0.0]),
            Self::ShearY(by) => affine(picture, [1.0, 0.0, 0.0, by, 1.0, 0.0]),
            Self::TranslateX(by) => affine(picture, [1.0, 0.0, -(by as f64), 0.0, 1.0, 0.0]),
            Self::TranslateY(by) => affine(picture, [1.0, 0.0, 0.0, 0.0, 1.0, -(by as f64)]),
            Self::Rotate(degrees) => {
                let angle = -degrees.to_radians();
                let (sine, cosine) = (rounded(libm::sin(angle)), rounded(libm::cos(angle)));
                let (x, y) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
                let right = x - cosine * x - sine * y;
                let down = y + sine * x - cosine * y;
                affine(picture, [cosine, sine, right, -sine, cosine, down])
            }
            Self::Brightness(factor) => blended(picture, factor, |_, _| [0; 3]),
            Self::Colour(factor) => blended(picture, factor, |x, y| [grey(picture, x, y); 3]),
            Self::Contrast(factor) => {
                let sum: u64 = (0..height)
                    .flat_map(|y| (0..width).map(move |x| (x, y)))
                    .map(|(x, y)| u64::from(grey(picture, x, y)))
                    .sum();
                let count = f64::from(width) * f64::from(height);
                let mean = (sum as f64 / count + 0.5) as u8;
                blended(picture, factor, |_, _| [mean; 3])
            }
            Self::Sharpness(factor) => blended(picture, factor, |x, y| smooth(picture, x, y)),
            Self::Posterise(bits) => {
                let mask = !(0xFF_u8.checked_shr(bits).unwrap_or(0));
                mapped(picture, |_| std::array::from_fn(|value| value as u8 & mask))
            }
            Self::Solarise(threshold) => mapped(picture, |_| {
                std::array::from_fn(|value| match (value as f64) < threshold {
                    true => value as u8,
                    false => 255 - value as u8,
                })
            }),
            Self::AutoContrast => mapped(picture, stretched),
            Self::Equalise => mapped(picture, equalised),
        }
    }
}

/// Pillow rounds the matrix of a rotation to fifteen digits.
fn rounded(value: f64) -> f64 {
    (value * 1e15).round_ties_even() / 1e15
}

/// Every pixel from the place that the matrix (of rows x and y, with the shift last) leads to.
fn affine(picture: &RgbImage, matrix: [f64; 6]) -> RgbImage {
    let [a, b, c, d, e, f] = matrix;
    let (width, height) = picture.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
        let (from_x, from_y) = (a * x + b * y + c, d * x + e * y + f);
        let inside = |place: f64, length: u32| {
            (place >= 0.0 && place < f64::from(length)).then_some(place as u32)
        };
        match (inside(from_x, width), inside(from_y, height)) {
            (Some(x), Some(y)) => *picture.get_pixel(x, y),
            _ => Rgb([0; 3]),
        }
    })
}

/// The picture pushed away from another one by `factor`, 1 for not at all; cut off and rounded down.
fn blended(picture: &RgbImage, factor: f64, other: impl Fn(u32, u32) -> [u8; 3]) -> RgbImage {
    let factor = factor as f32;
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let from = other(x, y);
        let to = picture.get_pixel(x, y).0;
        Rgb(std::array::from_fn(|c| {
            let (a, b) = (f32::from(from[c]), f32::from(to[c]));
            (a + factor * (b - a)).clamp(0.0, 255.0) as u8
        }))
    })
}

/// Pillow's grey of a pixel.
fn grey(picture: &RgbImage, x: u32, y: u32) -> u8 {
    let [r, g, b] = picture.get_pixel(x, y).0.map(u32::from);
    ((19_595 * r + 38_470 * g + 7_471 * b + 0x8000) >> 16) as u8
}

/// Pillow's `SMOOTH`: the pixel five times and its eight neighbours; pixels of the edge stay.
fn smooth(picture: &RgbImage, x: u32, y: u32) -> [u8; 3] {
    let own = picture.get_pixel(x, y).0;
    let (width, height) = picture.dimensions();
    if x == 0 || y == 0 || x + 1 >= width || y + 1 >= height {
        return own;
    }
    std::array::from_fn(|c| {
        let mut sum = 4.0 * f32::from(own[c]);
        for v in y - 1..=y + 1 {
            for u in x - 1..=x + 1 {
                sum += f32::from(picture.get_pixel(u, v).0[c]);
            }
        }
        (sum / 13.0 + 0.5) as u8
    })
}

/// Every value by a table of its channel, which is made of the channel's counts.
fn mapped(picture: &RgbImage, table: impl Fn(&[u64; 256]) -> [u8; 256]) -> RgbImage {
    let mut counts = [[0_u64; 256]; 3];
    for pixel in picture.pixels() {
        for (counts, value) in counts.iter_mut().zip(pixel.0) {
            counts[usize::from(value)] += 1;
        }
    }
    let tables = counts.each_ref().map(&table);
    let mut changed = picture.clone();
    for pixel in changed.pixels_mut() {
        for (value, table) in pixel.0.iter_mut().zip(&tables) {
            *value = table[usize::from(*value)];
        }
    }
    changed
}

fn identity() -> [u8; 256] {
    std::array::from_fn(|value| value as u8)
}

/// The darkest value becomes 0, the lightest 255.
fn stretched(counts: &[u64; 256]) -> [u8; 256] {
    let first = counts.iter().position(|&count| count > 0);
    let last = counts.iter().rposition(|&count| count > 0);
    let (Some(low), Some(high)) = (first, last) else {
        return identity();
    };
    if high <= low {
        return identity();
    }
    let scale = 255.0 / (high - low) as f64;
    let offset = -(low as f64) * scale;
    std::array::from_fn(|value| (value as f64 * scale + offset).clamp(0.0, 255.0) as u8)
}

/// About as many pixels of every value.
fn equalised(counts: &[u64; 256]) -> [u8; 256] {
    let used: Vec<u64> = counts.iter().copied().filter(|&count| count > 0).collect();
    let step = match used.split_last() {
        Some((_, rest)) if !rest.is_empty() => rest.iter().sum::<u64>() / 255,
        _ => 0,
    };
    if step == 0 {
        return identity();
    }
    let mut passed = step / 2;
    std::array::from_fn(|value| {
        let level = (passed / step).min(255) as u8;
        passed += counts[value];
        level
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `tests/reference/make_augmentations.py` prints: name, operation, FNV-1a of the bytes that Pillow makes.
    #[rustfmt::skip]
    const BY_PILLOW: [(&str, Operation, u64); 16] = [
        ("identity", Operation::Identity, 16_381_971_333_531_223_723),
        ("shear-x", Operation::ShearX(0.09), 7_173_986_265_258_167_796),
        ("shear-y", Operation::ShearY(-0.09), 16_087_074_129_769_009_986),
        ("translate-x", Operation::TranslateX(6), 18_229_307_023_005_146_309),
        ("translate-y", Operation::TranslateY(-5), 6_598_291_933_350_259_465),
        ("rotate", Operation::Rotate(9.0), 17_449_777_895_967_091_543),
        ("rotate-back", Operation::Rotate(-9.0), 14_436_823_422_873_436_982),
        ("brightness", Operation::Brightness(1.27), 17_197_398_745_814_406_725),
        ("darkness", Operation::Brightness(0.73), 2_653_133_687_404_897_020),
        ("colour", Operation::Colour(1.27), 5_853_672_073_096_655_853),
        ("contrast", Operation::Contrast(0.73), 3_119_991_726_126_146_446),
        ("sharpness", Operation::Sharpness(1.27), 2_721_415_533_479_794_334),
        ("posterise", Operation::Posterise(7), 6_075_379_785_936_040_783),
        ("solarise", Operation::Solarise(178.5), 7_461_413_629_365_259_192),
        ("auto-contrast", Operation::AutoContrast, 13_462_750_674_692_494_862),
        ("equalise", Operation::Equalise, 13_460_508_962_243_660_128),
    ];

    fn picture() -> RgbImage {
        RgbImage::from_fn(48, 40, |x, y| {
            let channels = [
                (x * x * 3 + y * 17) % 256,
                (x * 5 + y * y * 2 + 40) % 200,
                (x * y + 90) % 150 + 60,
            ];
            Rgb(channels.map(|value| value as u8))
        })
    }

    fn fingerprint(picture: &RgbImage) -> u64 {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        picture.as_raw().iter().fold(0xCBF2_9CE4_8422_2325, step)
    }

    #[test]
    fn every_operation_is_pillows_to_the_byte() {
        let differ = BY_PILLOW
            .iter()
            .filter(|(_, operation, expected)| fingerprint(&operation.of(&picture())) != *expected);
        let differ: Vec<&str> = differ.map(|(name, ..)| *name).collect();
        assert!(differ.is_empty(), "{differ:?}");
    }

    #[test]
    fn all_fourteen_operations_are_drawn_with_both_signs() {
        let mut seen: Vec<Operation> = Vec::new();
        for draw in 0..2000 {
            let mut random = Random::for_training(1, 0, draw);
            let operation = Operation::drawn((48, 40), &mut random);
            if !seen.contains(&operation) {
                seen.push(operation);
            }
        }
        // Nine of them are signed.
        assert_eq!(seen.len(), 14 + 9);
        for expected in [
            Operation::TranslateX(6),
            Operation::TranslateY(-5),
            Operation::Posterise(7),
        ] {
            assert!(seen.contains(&expected), "{expected:?}: {seen:?}");
        }
    }
}
