//! What of an artwork is examined: its square, or the whole of it at the size nearest to its own among those that models
//! are trained on with pictures that are not square (buckets, as trainers call them).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Cells of a latent between the sides of two buckets: 64 pixels where a cell has eight.
const STEP: u32 = 8;
/// The longest side of a bucket in sides of the square of its area; the shortest is the inverse.
const LONGEST: u32 = 2;

/// The part of an artwork that is examined.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Frame {
    /// A square of it, as the method has it.
    #[default]
    Square,
    /// All of it, but for a margin, at the size nearest to its own that has about the square's area.
    Bucket,
}

/// A text that names no frame.
#[derive(Debug, thiserror::Error)]
#[error("\"{0}\" names no frame: write square or bucket")]
pub struct UnknownFrame(String);

impl Frame {
    /// True for the one that records leave out.
    pub fn is_square(&self) -> bool {
        *self == Self::Square
    }

    /// The pixels between the sides of two buckets, where a cell of the latent has `cell` pixels a side.
    pub fn step(cell: usize) -> usize {
        STEP as usize * cell
    }

    /// Width and height of the prepared picture of an artwork of that width and height, where the square has
    /// `resolution` pixels a side and a cell of the latent `cell`.
    pub fn extent(self, size: [u32; 2], resolution: usize, cell: usize) -> [u32; 2] {
        let side = u32::try_from(resolution).unwrap_or(u32::MAX);
        let step = u32::try_from(Self::step(cell)).unwrap_or(u32::MAX);
        match self {
            Self::Square => [side; 2],
            Self::Bucket => nearest_bucket(size, side, step),
        }
    }
}

/// The bucket whose ratio of sides is nearest to the picture's, by the logarithm, so that a picture on its side has the
/// same bucket on its side; of two as near the larger. Sides are multiples of `step`, from half to twice that of the
/// square, and the area is no larger than the square's.
fn nearest_bucket([width, height]: [u32; 2], side: u32, step: u32) -> [u32; 2] {
    let ratio = |[width, height]: [u32; 2]| (f64::from(width) / f64::from(height)).ln();
    let wanted = ratio([width.max(1), height.max(1)]);
    let area = u64::from(side) * u64::from(side);
    let sides = (side / LONGEST).div_ceil(step.max(1))..=side.saturating_mul(LONGEST) / step.max(1);
    let upright = sides.map(|steps| steps * step).filter_map(|short| {
        let long = (area / u64::from(short.max(1))) as u32 / step.max(1) * step;
        (short <= side && long >= short && long <= side.saturating_mul(LONGEST))
            .then_some([short, long])
    });
    let buckets = upright.flat_map(|[short, long]| [[short, long], [long, short]]);
    let distance = |bucket: &[u32; 2]| (ratio(*bucket) - wanted).abs();
    let area = |bucket: &[u32; 2]| u64::from(bucket[0]) * u64::from(bucket[1]);
    let nearest = buckets.min_by(|a, b| {
        let larger = area(b).cmp(&area(a));
        distance(a).total_cmp(&distance(b)).then(larger)
    });
    nearest.unwrap_or([side; 2])
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Square => "square",
            Self::Bucket => "bucket",
        })
    }
}

impl FromStr for Frame {
    type Err = UnknownFrame;

    fn from_str(text: &str) -> Result<Self, UnknownFrame> {
        match text {
            "square" => Ok(Self::Square),
            "bucket" => Ok(Self::Bucket),
            _ => Err(UnknownFrame(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(size: [u32; 2], resolution: usize, cell: usize) -> [u32; 2] {
        Frame::Bucket.extent(size, resolution, cell)
    }

    /// Sizes that Stable Diffusion XL was published with (Podell et al. 2023, appendix I), and those of trainers at 512.
    #[test]
    fn buckets_are_those_that_models_are_trained_on() {
        for (size, expected) in [
            ([1000, 1000], [1024, 1024]),
            ([3000, 2000], [1216, 832]),
            ([2000, 3000], [832, 1216]),
            ([1600, 900], [1344, 768]),
            ([4000, 1000], [2048, 512]),
            ([1000, 9000], [512, 2048]),
        ] {
            assert_eq!(bucket(size, 1024, 8), expected, "{size:?}");
        }
        assert_eq!(bucket([300, 200], 512, 8), [640, 384]);
        assert_eq!(bucket([400, 300], 512, 8), [576, 448]);
        // Small models, in proportion: steps of eight cells.
        assert_eq!(bucket([300, 200], 128, 4), [160, 96]);
        assert_eq!(bucket([200, 300], 128, 4), [96, 160]);
        assert_eq!(bucket([191, 150], 128, 8), [128, 128]);
        assert_eq!(bucket([300, 100], 128, 8), [256, 64]);
    }

    #[test]
    fn a_bucket_is_never_larger_than_the_square_and_turns_with_the_picture() {
        for (resolution, cell) in [(512, 8), (1024, 8), (768, 8), (128, 4), (64, 4), (128, 8)] {
            for width in (60..2000).step_by(97) {
                let size = [width, 500];
                let [across, down] = bucket(size, resolution, cell);
                assert!(across as usize * down as usize <= resolution * resolution);
                assert!(across > 0 && down > 0);
                for side in [across, down] {
                    assert!((side as usize).is_multiple_of(Frame::step(cell)));
                }
                assert_eq!(bucket([500, width], resolution, cell), [down, across]);
            }
        }
    }

    #[test]
    fn the_square_is_the_square() {
        assert_eq!(Frame::Square.extent([300, 200], 512, 8), [512, 512]);
        assert_eq!("bucket".parse::<Frame>().unwrap(), Frame::Bucket);
        assert!("round".parse::<Frame>().is_err());
    }
}
