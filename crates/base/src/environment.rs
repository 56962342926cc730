//! Variables of the environment.

use std::env;

/// The text of a variable; none where it is not set, or only blank.
///
/// What is no Unicode stands there with marks in its place: whoever reads the text then refuses it, where a value that
/// passed for none would let the program do something else than was asked of it.
pub fn text(name: &str) -> Option<String> {
    let value = env::var_os(name)?.to_string_lossy().into_owned();
    (!value.trim().is_empty()).then_some(value)
}
