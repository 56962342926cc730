//! The two ways in which a picture file is read: as a viewer shows it, and as programs that train models load it.

use std::fmt;
use std::str::FromStr;

use image::{RgbImage, imageops};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The end of the name of a reading with left and right exchanged.
const MIRRORED: &str = "-mirrored";

/// How the pixels of a file become those that are examined. As text `as-seen` or `as-stored`, with `-mirrored` behind
/// it where left and right are exchanged.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reading {
    pub form: Form,
    /// Left and right exchanged, as training programs do at random.
    pub mirrored: bool,
}

/// A text that names no reading.
#[derive(Debug, Error)]
#[error("\"{0}\" is no reading: choose as-seen, as-stored, as-seen-mirrored or as-stored-mirrored")]
pub struct UnknownReading(String);

/// What is made of orientation, profile and opacity.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
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

    /// True for what people see, which records do not name.
    pub fn is_usual(&self) -> bool {
        *self == Self::AS_SEEN
    }

    /// Exchanges left and right if the reading asks for it.
    pub(super) fn finish(self, mut pixels: RgbImage) -> RgbImage {
        if self.mirrored {
            imageops::flip_horizontal_in_place(&mut pixels);
        }
        pixels
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.form {
            Form::AsSeen => "as-seen",
            Form::AsStored => "as-stored",
        })?;
        match self.mirrored {
            true => f.write_str(MIRRORED),
            false => Ok(()),
        }
    }
}

impl FromStr for Reading {
    type Err = UnknownReading;

    fn from_str(text: &str) -> Result<Self, UnknownReading> {
        let form = text.strip_suffix(MIRRORED);
        let reading = match form.unwrap_or(text) {
            "as-seen" => Self::AS_SEEN,
            "as-stored" => Self::AS_STORED,
            _ => return Err(UnknownReading(text.to_owned())),
        };
        Ok(match form {
            Some(_) => reading.mirrored(),
            None => reading,
        })
    }
}

impl TryFrom<String> for Reading {
    type Error = UnknownReading;

    fn try_from(text: String) -> Result<Self, UnknownReading> {
        text.parse()
    }
}

impl From<Reading> for String {
    fn from(reading: Reading) -> Self {
        reading.to_string()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_written_as_they_are_read() {
        for (name, reading) in [
            ("as-seen", Reading::AS_SEEN),
            ("as-stored", Reading::AS_STORED),
            ("as-seen-mirrored", Reading::AS_SEEN.mirrored()),
            ("as-stored-mirrored", Reading::AS_STORED.mirrored()),
        ] {
            assert_eq!(name.parse::<Reading>().unwrap(), reading);
            assert_eq!(reading.to_string(), name);
        }
        for name in [
            "",
            "stored",
            "as-seen-",
            "-mirrored",
            "as-seen-mirrored-mirrored",
        ] {
            assert!(name.parse::<Reading>().is_err(), "{name}");
        }
    }
}
