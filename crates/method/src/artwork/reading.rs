//! The two ways in which a picture file is read: as a viewer shows it, and as programs that train models load it.

use image::{RgbImage, imageops};
use serde::{Deserialize, Serialize};

/// How the pixels of a file become those that are examined.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
pub struct Reading {
    pub form: Form,
    /// Left and right exchanged, as training programs do at random.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mirrored: bool,
}

/// What is made of orientation, profile and opacity.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Upright, its profile followed to sRGB, over white: what people see.
    #[default]
    AsSeen,
    /// As the numbers lie in the file: neither turned nor converted, opacity left out, inks by the formula. So do
    /// programs that open a picture with Pillow and ask it for RGB.
    AsStored,
}

impl Reading {
    pub const AS_SEEN: Self = Self::of(Form::AsSeen);
    pub const AS_STORED: Self = Self::of(Form::AsStored);

    const fn of(form: Form) -> Self {
        Self {
            form,
            mirrored: false,
        }
    }

    /// The same with left and right exchanged.
    pub const fn mirrored(self) -> Self {
        Self {
            mirrored: true,
            ..self
        }
    }

    /// Exchanges left and right if the reading asks for it.
    pub(super) fn finish(self, mut pixels: RgbImage) -> RgbImage {
        if self.mirrored {
            imageops::flip_horizontal_in_place(&mut pixels);
        }
        pixels
    }
}

/// Something that the two forms of a picture differ in.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// The file says that the picture is to be turned or mirrored.
    Orientation,
    /// A colour profile, or PNG's gamma, moves colours.
    Profile,
    /// Parts are transparent.
    Opacity,
    /// Inks, which a profile and the formula make different colours of.
    Inks,
}

impl Difference {
    /// In a sentence about the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Orientation => "orientation",
            Self::Profile => "colour profile",
            Self::Opacity => "transparency",
            Self::Inks => "inks",
        }
    }
}
