//! Numbers as readers see them, in the exhibit, the window and the reports alike: a true minus sign, thousands
//! set apart, and counts with the right form of their noun. Files for programs have plain numbers.
//!
//! ```
//! use palimpsest_base::number_format::{counted, number, signed, two_figures};
//!
//! assert_eq!(number(-0.25), "−0.250");
//! assert_eq!(signed(3.125, 1), "+3.1");
//! assert_eq!(two_figures(18.7), "19");
//! assert_eq!(counted(12_000_u64, "picture", "pictures"), "12\u{202f}000 pictures");
//! ```

/// The minus sign; a hyphen is too short beside figures.
const MINUS: char = '\u{2212}';

/// Mark between thousands: a thin space that no line breaks at.
const THIN_SPACE: char = '\u{202f}';

/// The fewest digits that are parted.
const PARTED: usize = 5;

/// A score: three decimals, or five where it is so small that three would hide it.
pub fn number(value: f64) -> String {
    let is_small = value != 0.0 && value.abs() < 0.01;
    fixed(value, if is_small { 5 } else { 3 })
}

/// A number with so many decimals.
pub fn fixed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        // What is rounded to nothing has no sign.
        Some(size) if size.chars().all(|c| matches!(c, '0' | '.')) => size.to_owned(),
        Some(size) => format!("{MINUS}{size}"),
        None => text,
    }
}

/// A difference or gain: with its sign, also above 0.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    match value > 0.0 && text.contains(|c: char| matches!(c, '1'..='9')) {
        true => format!("+{text}"),
        false => text,
    }
}

/// Two figures: more would claim what few controls do not know.
pub fn two_figures(value: f64) -> String {
    let size = value.abs().log10().floor();
    if !size.is_finite() {
        return fixed(value, 1);
    }
    if size >= 1.0 {
        let unit = 10_f64.powf(size - 1.0);
        parted(&fixed((value / unit).round() * unit, 0))
    } else {
        fixed(value, (1.0 - size).min(12.0) as usize)
    }
}

/// A count, its thousands set apart.
pub fn count(count: u64) -> String {
    parted(&count.to_string())
}

/// A count with its noun, such as `24 pictures`.
pub fn counted(number: impl TryInto<u64>, one: &str, more: &str) -> String {
    // Only numbers wider than 64 bits do not fit, and nothing is counted that far.
    let number = number.try_into().unwrap_or(u64::MAX);
    let noun = if number == 1 { one } else { more };
    format!("{} {noun}", count(number))
}

/// A place in an order: in words up to the tenth, then such as `11th` and `22nd`.
pub fn ordinal(place: u64) -> String {
    const WORDS: [&str; 10] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth",
    ];
    let word = place
        .checked_sub(1)
        .and_then(|index| WORDS.get(usize::try_from(index).ok()?));
    if let Some(word) = word {
        return (*word).to_owned();
    }
    let ending = match (place % 100, place % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{}{ending}", count(place))
}

fn parted(digits: &str) -> String {
    if digits.len() < PARTED {
        return digits.to_owned();
    }
    let mut parted = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            parted.push(THIN_SPACE);
        }
        parted.push(digit);
    }
    parted
}

/// A size as people say it.
pub fn bytes(bytes: u64) -> String {
    let (mebi, gibi) = ((1u64 << 20) as f64, (1u64 << 30) as f64);
    match bytes as f64 {
        size if size >= gibi => format!("{:.1} GiB", size / gibi),
        size => format!("{:.0} MiB", (size / mebi).max(1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_in_an_order() {
        let places = [1, 3, 10, 11, 12, 13, 21, 22, 23, 24, 111, 101];
        let words = [
            "first", "third", "tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "24th",
            "111th", "101st",
        ];
        assert_eq!(places.map(ordinal), words);
    }

    /// The number that a reader takes a text for.
    fn read(text: &str) -> f64 {
        let plain = text.replace(MINUS, "-").replace(THIN_SPACE, "");
        plain.parse().unwrap()
    }

    proptest! {
        #[test]
        fn a_number_is_read_back_to_half_of_its_last_decimal(value in -1e6..1e6, decimals in 0_usize..6) {
            let half = 0.5 * 10_f64.powi(-(decimals as i32));
            let off = (read(&fixed(value, decimals)) - value).abs();
            prop_assert!(off <= half + 1e-9, "{off}");
        }

        #[test]
        fn two_figures_are_right_to_five_in_a_hundred(value in 1e-6..1e9) {
            let off = (read(&two_figures(value)) / value - 1.0).abs();
            prop_assert!(off <= 0.05 * (1.0 + 1e-9), "{off}");
        }

        #[test]
        fn a_count_is_read_back_whole(number in 0_u64..1 << 53) {
            prop_assert_eq!(read(&count(number)), number as f64);
        }

        #[test]
        fn a_sign_is_that_of_the_number_or_none(value in -10.0..10.0) {
            let text = signed(value, 2);
            let sign = if value < 0.0 { MINUS } else { '+' };
            prop_assert!(text == "0.00" || text.starts_with(sign), "{text}");
        }
    }

    #[test]
    fn negative_numbers_have_a_minus_sign_and_nothing_has_none() {
        assert_eq!(number(-0.25), "−0.250");
        assert_eq!(number(-0.001_234), "−0.00123");
        assert_eq!(number(0.0), "0.000");
        assert_eq!(fixed(-0.0004, 2), "0.00");
        assert_eq!(fixed(-12.0, 0), "−12");
        assert_eq!(signed(-0.5, 1), "−0.5");
        assert_eq!(signed(0.25, 2), "+0.25");
        assert_eq!(signed(0.0004, 2), "0.00");
        assert_eq!(signed(f64::NAN, 2), "NaN");
    }

    #[test]
    fn two_figures_of_any_size_are_kept() {
        for (value, text) in [
            (123_456.0, "120\u{202f}000"),
            (1234.0, "1200"),
            (99.6, "100"),
            (18.7, "19"),
            (7.04, "7.0"),
            (0.1111, "0.11"),
            (0.0202, "0.020"),
            (0.0, "0.0"),
        ] {
            assert_eq!(two_figures(value), text);
        }
    }

    #[test]
    fn thousands_stand_apart_and_nouns_agree() {
        assert_eq!(count(9999), "9999");
        assert_eq!(count(10_000), "10\u{202f}000");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(counted(1_u64, "exhibit", "exhibits"), "1 exhibit");
        assert_eq!(counted(0_usize, "exhibit", "exhibits"), "0 exhibits");
    }
}
