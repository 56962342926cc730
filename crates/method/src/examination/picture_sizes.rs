//! What a network that is conditioned by the sizes of a picture, such as Stable Diffusion XL, is told of them: those of
//! generation, or those of the artwork, as training does it.

use std::fmt;
use std::str::FromStr;

use palimpsest_diffusion::noise_predictor::Sizes;
use serde::{Deserialize, Serialize};

use super::Frame;
use crate::artwork::{Crop, cut_off};

/// The sizes of a picture that a network is told.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureSizes {
    /// A picture of the prepared one's height and width that nothing was done to.
    #[default]
    Generation,
    /// The artwork's own size, and the corner at which its square was cut.
    Artwork,
}

/// A text that names no sizes.
#[derive(Debug, thiserror::Error)]
#[error("\"{0}\" names no sizes: write generation or artwork")]
pub struct UnknownSizes(String);

impl PictureSizes {
    /// The sizes of an artwork of this width and height, where they are not those of generation.
    /// Of it `extent`, a width and a height, is examined.
    pub(super) fn of(self, size: [u32; 2], extent: [u32; 2], crop: Crop) -> Option<Sizes> {
        let [width, height] = size;
        let [across, down] = extent;
        match self {
            Self::Generation => None,
            Self::Artwork => Some(Sizes {
                original: [height, width],
                crop: cut_off(size, extent, crop),
                target: [down, across],
            }),
        }
    }

    /// In words, at a resolution, of what is examined.
    pub fn words(self, resolution: usize, frame: Frame) -> String {
        match self {
            Self::Generation if frame == Frame::Bucket => {
                "those of generation: height and width of the prepared picture, crop 0, 0, target the same".into()
            }
            Self::Generation => format!(
                "those of generation: height and width {resolution}, crop 0, 0, target {resolution} by {resolution}"
            ),
            Self::Artwork => "each artwork's own size and crop".into(),
        }
    }
}

impl fmt::Display for PictureSizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Generation => "generation",
            Self::Artwork => "artwork",
        })
    }
}

impl FromStr for PictureSizes {
    type Err = UnknownSizes;

    fn from_str(text: &str) -> Result<Self, UnknownSizes> {
        match text {
            "generation" => Ok(Self::Generation),
            "artwork" => Ok(Self::Artwork),
            _ => Err(UnknownSizes(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the reference picture, 191 pixels wide and 150 high, at 128 pixels.
    #[test]
    fn an_artwork_has_the_size_and_the_corner_of_its_training() {
        let sizes = |crop| {
            PictureSizes::Artwork
                .of([191, 150], [128; 2], crop)
                .unwrap()
        };
        let middle = sizes(Crop::CENTRE);
        assert_eq!(middle.numbers(), [150.0, 191.0, 0.0, 17.0, 128.0, 128.0]);
        assert_eq!(sizes(Crop::at(1.0)).crop, [0, 34]);
        let tall = PictureSizes::Artwork.of([150, 191], [128; 2], Crop::CENTRE);
        assert_eq!(tall.unwrap().crop, [17, 0]);
        assert_eq!(
            PictureSizes::Generation.of([191, 150], [128; 2], Crop::CENTRE),
            None
        );
        // Of the whole picture hardly anything is cut off: 160 by 96 of 160 by 107.
        let whole = PictureSizes::Artwork.of([300, 200], [160, 96], Crop::CENTRE);
        let numbers = [200.0, 300.0, 6.0, 0.0, 96.0, 160.0];
        assert_eq!(whole.unwrap().numbers(), numbers);
    }
}
