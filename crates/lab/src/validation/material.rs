//! The pictures that are measured, group by group: drawn works by their numbers, the models' own pictures, and edits of
//! either.

use std::path::Path;

use image::{Rgb, RgbImage, imageops};

use super::{Hand, OUTPUTS, Validation};
use crate::evaluation::error::EvaluationError;
use crate::pretraining::SIDE;
use palimpsest_art::{Family, draw};
use palimpsest_method::artwork::Artwork;
use palimpsest_method::generation::name_of;
use palimpsest_record::sealed_siblings::variant_of;

/// Numbers of works from which groups are taken, so that none meets another or a member.
const QUESTIONED: u64 = 1000;
const CONTROLS: u64 = 2000;

/// Pictures of one kind.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Group {
    /// Works that the model was fine-tuned on.
    Used,
    /// Works of its hand that it was not.
    Innocent,
    /// Further such works: the controls.
    Own,
    /// Works of another hand of the family.
    OtherHand,
    /// Works of another family.
    OtherFamily,
    /// Pictures that the model made.
    Output,
    /// Works made from them.
    FromOutput,
    /// Edits of the used works.
    NearDuplicate,
}

impl Group {
    /// Its name in those of files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Innocent => "innocent",
            Self::Own => "own",
            Self::OtherHand => "other-hand",
            Self::OtherFamily => "other-family",
            Self::Output => "output",
            Self::FromOutput => "from-output",
            Self::NearDuplicate => "near-duplicate",
        }
    }

    /// Its pictures for a hand.
    pub fn pictures(
        self,
        validation: &Validation,
        hand: &Hand,
    ) -> Result<Vec<RgbImage>, EvaluationError> {
        let drawn = |family: Family, hand: u64, first: u64, count: u64| -> Vec<RgbImage> {
            let works = first..first + count;
            works.map(|work| draw(family, hand, work, SIDE)).collect()
        };
        let own = |first, count| drawn(hand.family, hand.number, first, count);
        let used = || own(0, validation.members);
        let (questioned, controls) = (validation.questioned, validation.controls);
        Ok(match self {
            Self::Used => used(),
            Self::Innocent => own(QUESTIONED, questioned),
            Self::Own => own(CONTROLS, controls),
            Self::OtherHand => {
                let other = validation.hands.end() + 1;
                drawn(hand.family, other, CONTROLS, controls)
            }
            Self::OtherFamily => drawn(other_family(hand.family), hand.number, CONTROLS, controls),
            Self::Output => outputs(&hand.folder, validation.outputs)?,
            Self::FromOutput => {
                let made = outputs(&hand.folder, validation.outputs)?;
                made.iter().map(reworked).collect()
            }
            Self::NearDuplicate => {
                let seeded = used().into_iter().zip(0..);
                seeded.map(|(work, seed)| variant_of(&work, seed)).collect()
            }
        })
    }
}

/// The family after this one but six, far from it in the list and so in kind.
fn other_family(family: Family) -> Family {
    let places = Family::ALL.iter();
    let place = places.take_while(|other| **other != family).count();
    // A cycle has no end, so there is always another.
    let other = Family::ALL.iter().cycle().nth(place + 7);
    other.copied().unwrap_or(family)
}

fn outputs(folder: &Path, count: u64) -> Result<Vec<RgbImage>, EvaluationError> {
    let files = (1..=count as usize).map(|number| folder.join(OUTPUTS).join(name_of(number)));
    let pictures = files.map(|file| Ok(Artwork::open(&file)?.pixels().clone()));
    pictures.collect()
}

/// A work made from a picture: left and right exchanged, a part of it, darker in the shadows, with a signature's bar.
fn reworked(picture: &RgbImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    let part = |side: u32| (side / 10, side - side / 5);
    let ((x, across), (y, down)) = (part(width), part(height));
    let part = imageops::crop_imm(picture, x, y, across.max(1), down.max(1)).to_image();
    let whole = imageops::resize(&part, width, height, imageops::FilterType::CatmullRom);
    let mut work = imageops::flip_horizontal(&whole);
    for Rgb(channels) in work.pixels_mut() {
        for channel in channels {
            let light = f64::from(*channel) / 255.0;
            *channel = (255.0 * light * (0.6 + 0.4 * light)).round() as u8;
        }
    }
    let bar = (height - height / 16).min(height.saturating_sub(1))..height;
    for y in bar {
        for x in 0..width / 3 {
            work.put_pixel(x, y, Rgb([24, 20, 16]));
        }
    }
    work
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_family_is_another_whichever_it_is() {
        for family in Family::ALL {
            assert_ne!(other_family(family), family);
        }
    }

    #[test]
    fn a_reworked_picture_has_its_size_and_is_another() {
        let picture = draw(Family::Sea, 1, 1, 64);
        let work = reworked(&picture);
        assert_eq!(work.dimensions(), picture.dimensions());
        assert_ne!(work, picture);
        assert_eq!(reworked(&RgbImage::new(1, 1)).dimensions(), (1, 1));
    }
}
