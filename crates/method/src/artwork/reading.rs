//! The two ways in which a picture file is read: as a viewer shows it, and as programs that train models load it.

use std::fmt;
use std::str::FromStr;

use image::{RgbImage, imageops};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The end of the name of a reading with left and right exchanged.
const MIRRORED: &str = "-mirrored";

/// The name of both forms, as they are seen and as they are stored.
const BOTH: &str = "both";

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
#[error(
    "\"{0}\" is no reading: choose both, or as-seen, as-stored, as-seen-mirrored or as-stored-mirrored, or several of these with commas between them"
)]
pub struct UnknownReading(String);

/// The readings in which works are examined: the first, and further ones where they give other pictures. As text
/// `both`, or names after one another with commas between them.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Readings {
    pub first: Reading,
    pub further: Vec<Reading>,
}

impl Default for Readings {
    /// As people see the picture, and as it is stored.
    fn default() -> Self {
        Self {
            first: Reading::AS_SEEN,
            further: vec![Reading::AS_STORED],
        }
    }
}

impl FromStr for Readings {
    type Err = UnknownReading;

    fn from_str(text: &str) -> Result<Self, UnknownReading> {
        if text == BOTH {
            return Ok(Self::default());
        }
        let mut names = text.split(',').map(|name| name.trim().parse());
        let first = match names.next() {
            Some(first) => first?,
            None => return Err(UnknownReading(text.to_owned())),
        };
        let further = names.collect::<Result<_, _>>()?;
        Ok(Self { first, further })
    }
}

impl fmt::Display for Readings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return f.write_str(BOTH);
        }
        let further = self.further.iter().map(|reading| format!(",{reading}"));
        write!(f, "{}{}", self.first, further.collect::<String>())
    }
}

impl TryFrom<String> for Readings {
    type Error = UnknownReading;

    fn try_from(text: String) -> Result<Self, UnknownReading> {
        text.parse()
    }
}

impl From<Readings> for String {
    fn from(readings: Readings) -> Self {
        readings.to_string()
    }
}

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

    /// True if a file gives the same picture in both readings; `differs` is whether its two forms are two pictures.
    pub fn gives_same(self, other: Self, differs: bool) -> bool {
        self.mirrored == other.mirrored && (self.form == other.form || !differs)
    }

    /// The readings among `further` in which a file gives other pictures than in `first` and in those before them;
    /// `differs` is whether its two forms are two pictures.
    pub fn others(first: Self, further: &[Self], differs: bool) -> Vec<Self> {
        let mut taken = vec![first];
        for &reading in further {
            if !taken.iter().any(|it| it.gives_same(reading, differs)) {
                taken.push(reading);
            }
        }
        taken.split_off(1)
    }

    /// In a sentence about a picture that was read so.
    pub fn words(self) -> &'static str {
        match (self.form, self.mirrored) {
            (Form::AsSeen, false) => "as it is seen",
            (Form::AsSeen, true) => "as it is seen, mirrored",
            (Form::AsStored, false) => "as it is stored",
            (Form::AsStored, true) => "as it is stored, mirrored",
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
    fn readings_give_one_picture_where_nothing_tells_the_forms_apart() {
        let (seen, stored) = (Reading::AS_SEEN, Reading::AS_STORED);
        assert!(seen.gives_same(stored, false));
        assert!(!seen.gives_same(stored, true));
        assert!(!seen.gives_same(seen.mirrored(), false));
        assert!(seen.mirrored().gives_same(stored.mirrored(), false));
        let further = [stored, seen.mirrored(), stored.mirrored()];
        assert_eq!(Reading::others(seen, &further, true), further);
        assert_eq!(Reading::others(seen, &further, false), [seen.mirrored()]);
    }

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
        for text in [
            "both",
            "as-seen",
            "as-stored",
            "as-seen,as-stored,as-seen-mirrored",
        ] {
            assert_eq!(text.parse::<Readings>().unwrap().to_string(), text);
        }
        let same = "as-seen, as-stored".parse::<Readings>().unwrap();
        assert_eq!(same, Readings::default());
        for text in ["", "both,as-seen", "as-seen,", "as-seen;as-stored"] {
            assert!(text.parse::<Readings>().is_err(), "{text}");
        }
    }
}
