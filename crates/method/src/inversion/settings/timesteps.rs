//! A range of timesteps, written `LO..HI`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{LAST_TIMESTEP, SettingsError};

/// A range of timesteps within 1..=[`LAST_TIMESTEP`], both ends included; written `LO..HI`.
///
/// ```
/// use palimpsest_method::inversion::TimestepRange;
///
/// let range: TimestepRange = "200..700".parse()?;
/// assert_eq!((range.first(), range.last()), (200, 700));
/// assert!("0..999".parse::<TimestepRange>().is_err());
/// # Ok::<(), palimpsest_method::inversion::SettingsError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimestepRange {
    first: usize,
    last: usize,
}

impl TimestepRange {
    /// Every timestep of the models, 1 to 999.
    pub const ALL: Self = Self {
        first: 1,
        last: LAST_TIMESTEP,
    };

    /// Those of the preset `quick`.
    pub(super) const QUICK: Self = Self {
        first: 100,
        last: 500,
    };

    /// The timesteps `first..=last`.
    ///
    /// # Errors
    /// [`SettingsError::Timesteps`] if they are not within 1..=[`LAST_TIMESTEP`] and in order.
    pub fn new(first: usize, last: usize) -> Result<Self, SettingsError> {
        if first < 1 || first > last || last > LAST_TIMESTEP {
            return Err(SettingsError::Timesteps { first, last });
        }
        Ok(Self { first, last })
    }

    /// The lowest timestep drawn.
    pub fn first(self) -> usize {
        self.first
    }

    /// The highest timestep drawn.
    pub fn last(self) -> usize {
        self.last
    }
}

impl FromStr for TimestepRange {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, SettingsError> {
        let syntax = || SettingsError::TimestepsSyntax(text.to_owned());
        let (first, last) = text.split_once("..").ok_or_else(syntax)?;
        let number = |part: &str| part.trim().parse::<usize>().map_err(|_| syntax());
        Self::new(number(first)?, number(last)?)
    }
}

impl fmt::Display for TimestepRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

impl TryFrom<String> for TimestepRange {
    type Error = SettingsError;

    fn try_from(text: String) -> Result<Self, SettingsError> {
        text.parse()
    }
}

impl From<TimestepRange> for String {
    fn from(range: TimestepRange) -> Self {
        range.to_string()
    }
}
