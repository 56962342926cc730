//! What is done to a picture whenever it is drawn for training: the defences that are known against membership tests.

use image::RgbImage;
use image::imageops::flip_horizontal;
use serde::{Deserialize, Serialize};

use super::rand_augment;
use palimpsest_base::random::Random;

/// A change of every drawn picture.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Augmentation {
    #[default]
    None,
    /// Turned over, left to right, every other time.
    HorizontalFlip,
    /// A grey square of an eighth of the side, 64 pixels of 512, anywhere, cut off at the edges (DeVries and Taylor
    /// 2017).
    Cutout,
    /// Two operations of fourteen at magnitude 9 of 30 (Cubuk et al. 2020), as torchvision defines them.
    RandAugment,
}

/// What 0 of a network's input is.
const GREY: [u8; 3] = [128; 3];
/// Cutouts across a picture.
const CUTOUTS: u32 = 8;

impl Augmentation {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::None,
        Self::HorizontalFlip,
        Self::Cutout,
        Self::RandAugment,
    ];

    /// Its name on a command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::HorizontalFlip => "horizontal-flip",
            Self::Cutout => "cutout",
            Self::RandAugment => "rand-augment",
        }
    }

    /// True for the one that changes nothing.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }

    /// The picture of a draw.
    pub fn of(self, picture: &RgbImage, random: &mut Random) -> RgbImage {
        match self {
            Self::None => picture.clone(),
            Self::HorizontalFlip => match random.chance(0.5) {
                true => flip_horizontal(picture),
                false => picture.clone(),
            },
            Self::Cutout => cutout(picture, random),
            Self::RandAugment => rand_augment::augmented(picture, random),
        }
    }
}

fn cutout(picture: &RgbImage, random: &mut Random) -> RgbImage {
    let (width, height) = picture.dimensions();
    let side = (width.min(height) / CUTOUTS).max(1);
    let mut place = |length: u32| {
        let centre = random.integer(0, length.saturating_sub(1) as usize) as u32;
        let from = centre.saturating_sub(side / 2);
        from..(centre + side.div_ceil(2)).min(length)
    };
    let (across, down) = (place(width), place(height));
    let mut cut = picture.clone();
    for y in down {
        for x in across.clone() {
            cut.put_pixel(x, y, image::Rgb(GREY));
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cutout_is_a_square_of_an_eighth_or_what_is_left_of_it_at_the_edge() {
        let white = RgbImage::from_pixel(64, 64, image::Rgb([255; 3]));
        let mut whole = 0;
        for draw in 0..200 {
            let mut random = Random::for_training(1, 0, draw);
            let cut = Augmentation::Cutout.of(&white, &mut random);
            let grey = cut.pixels().filter(|pixel| pixel.0 == GREY).count();
            assert!((16..=64).contains(&grey), "{grey}");
            whole += usize::from(grey == 64);
        }
        assert!(whole > 120, "{whole}");
    }

    #[test]
    fn every_other_picture_is_turned_over() {
        let picture = RgbImage::from_fn(4, 2, |x, y| image::Rgb([x as u8, y as u8, 0]));
        let turned = (0..400).filter(|&draw| {
            let mut random = Random::for_training(1, 0, draw);
            let drawn = Augmentation::HorizontalFlip.of(&picture, &mut random);
            assert!(drawn == picture || drawn == flip_horizontal(&picture));
            drawn != picture
        });
        let turned = turned.count();
        assert!((150..250).contains(&turned), "{turned}");
    }
}
