//! Numbers and dates as a language writes them.

use fluent_bundle::FluentValue;

use super::Texts;
use palimpsest_base::number_format::{self, count};

/// How a message writes a number that it is given: whole, its thousands set apart.
pub(super) fn counted<M>(value: &FluentValue, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value >= 0.0 => Some(count(number.value as u64)),
        _ => None,
    }
}

impl Texts {
    /// A score, as [`number_format::number`] has it.
    pub fn number(&self, value: f64) -> String {
        self.marked(number_format::number(value))
    }

    /// A number with so many decimals.
    pub fn fixed(&self, value: f64, decimals: usize) -> String {
        self.marked(number_format::fixed(value, decimals))
    }

    /// A number with two figures.
    pub fn two_figures(&self, value: f64) -> String {
        self.marked(number_format::two_figures(value))
    }

    /// A number that was written with a decimal point.
    pub fn marked(&self, number: String) -> String {
        match self.language().decimal_mark() {
            '.' => number,
            mark => number.replace('.', mark.encode_utf8(&mut [0; 4])),
        }
    }

    /// A day in words; the month counts from 1.
    pub fn day(&self, (year, month, day): (u16, u8, u8)) -> String {
        let month = match month {
            1 => "month-1",
            2 => "month-2",
            3 => "month-3",
            4 => "month-4",
            5 => "month-5",
            6 => "month-6",
            7 => "month-7",
            8 => "month-8",
            9 => "month-9",
            10 => "month-10",
            11 => "month-11",
            _ => "month-12",
        };
        let args = args!["day" => day, "month" => self.text(month), "year" => year];
        self.with("day", &args)
    }
}
