//! The date of an exhibit: read from the case, written out in words.

use krilla::metadata::DateTime;

use super::ExhibitError;
use crate::language::{Texts, args};

/// A day, and the time of day in UTC if it is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Date {
    year: u16,
    /// From 1 to 12.
    month: u8,
    day: u8,
    time: Option<(u8, u8, u8)>,
}

impl Date {
    /// Reads `2026-03-31` or `2026-03-31T09:30:00Z`.
    ///
    /// # Errors
    /// [`ExhibitError::Date`] if it is neither.
    pub fn read(text: &str) -> Result<Self, ExhibitError> {
        parse(text).ok_or_else(|| ExhibitError::Date(text.chars().take(40).collect()))
    }

    /// As people write it.
    pub fn words(&self, texts: &Texts) -> String {
        let day = texts.day((self.year, self.month, self.day));
        match self.time {
            Some((hour, minute, _)) => {
                let args = args!["day" => day, "time" => format!("{hour:02}:{minute:02}")];
                texts.with("day-and-time", &args)
            }
            None => day,
        }
    }

    /// As the file has it; midnight where the time is not known.
    pub fn stamp(&self) -> DateTime {
        let (hour, minute, second) = self.time.unwrap_or_default();
        DateTime::new(self.year)
            .month(self.month)
            .day(self.day)
            .hour(hour)
            .minute(minute)
            .second(second)
            .utc_offset_hour(0)
            .utc_offset_minute(0)
    }
}

fn parse(text: &str) -> Option<Date> {
    let (day, time) = match text.split_once('T') {
        Some((day, time)) => (day, Some(time.strip_suffix('Z')?)),
        None => (text, None),
    };
    let [year, month, day] = numbers(day, '-')?;
    let time = match time {
        Some(time) => {
            // Fractions of a second are of no use here.
            let whole = time.split_once('.').map_or(time, |(whole, _)| whole);
            let [hour, minute, second] = numbers(whole, ':')?;
            let fits = hour < 24 && minute < 60 && second < 61;
            fits.then_some(Some((hour as u8, minute as u8, second.min(59) as u8)))?
        }
        None => None,
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let date = Date {
        year,
        month: month as u8,
        day: day as u8,
        time,
    };
    let is_day = (1..=12).contains(&month) && (1..=last).contains(&day);
    ((1000..=9999).contains(&year) && is_day).then_some(date)
}

/// Three numbers with a sign between them.
fn numbers(text: &str, sign: char) -> Option<[u16; 3]> {
    let mut parts = text.split(sign).map(|part| {
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse().ok().filter(|_| digits)
    });
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

#[cfg(test)]
mod tests {
    use super::Date;
    use crate::language::Language;

    #[test]
    fn dates_are_read_and_written_in_words() {
        let texts = Language::English.texts();
        let words = |text| Date::read(text).map(|date| date.words(texts)).ok();
        assert_eq!(words("2026-03-31").as_deref(), Some("31 March 2026"));
        let time = words("2026-03-31T09:05:00Z");
        assert_eq!(time.as_deref(), Some("31 March 2026, 09:05 UTC"));
        assert!(words("2024-02-29").is_some());
        for wrong in [
            "",
            "2026",
            "2026-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
        ] {
            assert_eq!(words(wrong), None, "{wrong}");
        }
        for wrong in [
            "26-1-1",
            "2026-01-01T25:00:00Z",
            "2026-01-01T10:00:00",
            "+2026-01-01",
            "2026-01-01-01",
        ] {
            assert_eq!(words(wrong), None, "{wrong}");
        }
    }
}
