//! Range of an axis of scores, and the decimals of its numbers.

use std::ops::Range;

use super::canvas::ChartError;

/// Every value, with some room on both sides; `title` and `axis` are the chart's, for the error.
///
/// # Errors
/// [`ChartError::Empty`] without values, [`ChartError::Value`] if one is not finite or too far away.
pub(super) fn of_values(values: &[f64], title: &str, axis: &str) -> Result<Range<f64>, ChartError> {
    if values.is_empty() {
        return Err(ChartError::Empty(title.to_owned()));
    }
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // The axis cannot tell values apart that differ by less.
    let size = low.abs().max(high.abs());
    let span = (high - low).max(1e-6 * size).max(1e-9);
    if !values.iter().all(|value| value.is_finite()) || span > 1e12 {
        return Err(ChartError::Value(axis.to_owned()));
    }
    Ok(low - 0.05 * span..high + 0.05 * span)
}

/// Decimals that tell the labels of the axis apart.
pub(super) fn digits(range: &Range<f64>) -> usize {
    let step = (range.end - range.start) / 10.0;
    (-step.log10()).ceil().clamp(0.0, 12.0) as usize
}
