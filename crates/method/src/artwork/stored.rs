//! A picture as its file stores it: pixels, and what the file says of how they are to be seen.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

/// A decoded picture before anything is done to its pixels.
pub(super) struct Stored {
    pub(super) colours: Colours,
    /// Every pixel is a grey.
    pub(super) grey: bool,
    /// Opacity of each pixel, 255 opaque; the colours are not multiplied with it.
    pub(super) alpha: Option<Vec<u8>>,
    pub(super) orientation: Orientation,
    pub(super) profile: Profile,
    /// What was done or left out, one sentence each.
    pub(super) notes: Vec<String>,
}

/// Colours with 8 bits a channel.
pub(super) enum Colours {
    Rgb(RgbImage),
    /// Cyan, magenta, yellow and black, 255 being all of an ink.
    Cmyk(Cmyk),
}

pub(super) struct Cmyk {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) inks: Vec<u8>,
}

/// What a file says of the meaning of its colours.
#[derive(Debug, PartialEq)]
pub(super) enum Profile {
    /// Nothing: sRGB.
    None,
    /// An ICC profile.
    Icc(Vec<u8>),
    /// A profile is there, and damaged in this way.
    Damaged(String),
    /// Light is this power of the stored level, from PNG's `gAMA`.
    Gamma(f32),
}

impl Stored {
    /// Opaque colours of which the file says nothing.
    pub(super) fn of(colours: Colours) -> Self {
        Self {
            colours,
            grey: false,
            alpha: None,
            orientation: Orientation::NoTransforms,
            profile: Profile::None,
            notes: Vec::new(),
        }
    }

    /// Of what the decoders of the crate `image` give, reduced to 8 bits.
    pub(super) fn new(picture: DynamicImage) -> Self {
        let grey = !picture.color().has_color();
        let (colours, alpha) = split_alpha(picture);
        Self {
            grey,
            alpha,
            ..Self::of(Colours::Rgb(colours))
        }
    }
}

/// The colours, grey widened and reduced to 8 bits, and the opacity if the picture has any.
fn split_alpha(picture: DynamicImage) -> (RgbImage, Option<Vec<u8>>) {
    if !picture.color().has_alpha() {
        return (picture.into_rgb8(), None);
    }
    let rgba = picture.into_rgba8();
    let mut colours = RgbImage::new(rgba.width(), rgba.height());
    let mut alpha = Vec::with_capacity(rgba.len() / 4);
    let targets = colours.as_chunks_mut::<3>().0;
    for (&[r, g, b, a], target) in rgba.as_chunks::<4>().0.iter().zip(targets) {
        *target = [r, g, b];
        alpha.push(a);
    }
    (colours, Some(alpha))
}
