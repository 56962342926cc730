//! A moment as the record of a case writes it: RFC 3339 in UTC, to the second
//! (`2026-03-14T09:26:53Z`), which sorts and compares as text and leaves no time zone to guess.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use der::DateTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// A second of the years 1970 to 9999.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct UtcTime(DateTime);

/// The text is no such moment.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("a time is written like 2026-03-14T09:26:53Z")]
pub struct NotAUtcTime;

impl UtcTime {
    /// The time by this computer's clock; the end of the year 9999 where it says something impossible, so
    /// that the record shows the fault instead of hiding it.
    pub fn now() -> Self {
        Self(DateTime::from_system_time(SystemTime::now()).unwrap_or(DateTime::INFINITY))
    }

    /// So many seconds after the beginning of 1970; none after the year 9999.
    pub fn at(seconds: u64) -> Option<Self> {
        let time = DateTime::from_unix_duration(Duration::from_secs(seconds));
        time.ok().map(Self)
    }

    /// The day for readers: `2026-03-14`.
    pub fn day(self) -> String {
        self.to_string().chars().take(10).collect()
    }

    /// For readers: `2026-03-14 09:26:53 UTC`.
    pub fn words(self) -> String {
        let text = self.to_string();
        match text.trim_end_matches('Z').split_once('T') {
            Some((day, time)) => format!("{day} {time} UTC"),
            None => text,
        }
    }

    /// The moment `later` seconds after this one, as far as there are such moments.
    pub(super) fn after(self, later: u64) -> Self {
        let later = Duration::from_secs(later);
        let duration = self.0.unix_duration().saturating_add(later);
        DateTime::from_unix_duration(duration).map_or(self, Self)
    }
}

impl From<DateTime> for UtcTime {
    fn from(time: DateTime) -> Self {
        Self(time)
    }
}

impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for UtcTime {
    type Err = NotAUtcTime;

    fn from_str(text: &str) -> Result<Self, NotAUtcTime> {
        text.parse().map(Self).map_err(|_| NotAUtcTime)
    }
}

impl Serialize for UtcTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UtcTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
