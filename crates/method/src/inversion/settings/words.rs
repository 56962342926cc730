//! The settings that are words, spelled alike on the command line and in records.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::SettingsError;

/// A named set of settings. The default is that of the window, of the command line and of the laboratory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// The published method, its lengths scaled to the latent.
    Paper,
    /// Fewer steps from a better start, for machines that pay minutes for a step; what lies along the pretrained
    /// model's own gradient is taken out of each.
    #[default]
    Quick,
}

/// A choice of what the removed cells are filled with before the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    /// The masked latent decoded to a picture and encoded again, as published.
    Reencoded,
    /// The removed pixels filled in from the kept ones around them, then encoded.
    Filled,
}

/// Content of the removed cells before the first step: what was chosen, or what mask and file of draws
/// put in its place.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Filling {
    /// The partial picture encoded again.
    Reencoded,
    /// The removed pixels filled in from the kept ones, then encoded.
    Filled,
    /// The blurred picture encoded.
    Blurred,
    /// The latent that the file of draws brings.
    Recorded,
}

impl Preset {
    /// All of them, the usual one first.
    pub const ALL: [Self; 2] = [Self::Quick, Self::Paper];
}

impl From<Start> for Filling {
    fn from(start: Start) -> Self {
        match start {
            Start::Reencoded => Self::Reencoded,
            Start::Filled => Self::Filled,
        }
    }
}

/// Shared or independent noise of the two models in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoisePairing {
    /// One noise for both, as the paper writes it (eq. 7).
    Shared,
    /// A noise of its own for each, as the authors' released code draws it.
    Independent,
}

/// Gives an enum of plain words its spelling on the command line, for reading and for printing; the
/// same spelling that its records use.
macro_rules! spelled {
    ($type:ident, $what:literal, $choices:literal, $($variant:ident = $word:literal),+) => {
        impl FromStr for $type {
            type Err = SettingsError;

            fn from_str(text: &str) -> Result<Self, SettingsError> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(SettingsError::Unknown {
                        what: $what,
                        choices: $choices,
                        given: text.to_owned(),
                    }),
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $word,)+
                })
            }
        }
    };
}

spelled!(
    Preset,
    "preset",
    "paper or quick",
    Paper = "paper",
    Quick = "quick"
);
spelled!(
    Start,
    "start",
    "reencoded or filled",
    Reencoded = "reencoded",
    Filled = "filled"
);
spelled!(
    NoisePairing,
    "noise",
    "shared or independent",
    Shared = "shared",
    Independent = "independent"
);
