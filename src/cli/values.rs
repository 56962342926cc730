//! Options as numbers and words: each parser takes what its setting allows and nothing else, so that a
//! slip of the finger is wrong usage and not a strange result.

use std::str::FromStr;

use crate::inversion::settings::MAX_STEPS;

/// The number of steps.
pub(super) fn steps(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(steps) if (1..=MAX_STEPS).contains(&steps) => Ok(steps),
        _ => Err(format!("it must be a whole number from 1 to {MAX_STEPS}")),
    }
}

/// A side in pixels.
pub(super) fn pixels(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(pixels) if pixels > 0 => Ok(pixels),
        _ => Err("it must be a whole number above 0".into()),
    }
}

/// A length.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    number(text, |value| value > 0.0, "a number above 0")
}

/// A weight.
pub(super) fn not_negative(text: &str) -> Result<f64, String> {
    number(text, |value| value >= 0.0, "a number of 0 or more")
}

/// A share that is not the whole.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let allowed = |value| (0.0..1.0).contains(&value);
    number(text, allowed, "a number from 0 to less than 1")
}

fn number(text: &str, allowed: impl Fn(f64) -> bool, what: &str) -> Result<f64, String> {
    match f64::from_str(text) {
        Ok(value) if value.is_finite() && allowed(value) => Ok(value),
        _ => Err(format!("it must be {what}")),
    }
}
