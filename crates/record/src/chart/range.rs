//! Range of an axis of scores, and the decimals of its numbers.

use std::ops::Range;

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::canvas::ChartError;

/// The most decimals of a label.
const MOST_DIGITS: usize = 12;

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

/// The label of a tick: with a minus sign that is one, and a nought that has none.
pub(super) fn tick(value: f64, digits: usize) -> String {
    let text = format!("{:.digits$}", value.abs());
    let is_nought = text.chars().all(|c| matches!(c, '0' | '.'));
    match value < 0.0 && !is_nought {
        true => format!("−{text}"),
        false => text,
    }
}

/// Decimals that an axis needs on which so many labels are asked for: as few as show every tick as it is.
pub(super) fn digits(range: &Range<f64>, labels: usize) -> usize {
    let ticks = RangedCoordf64::from(range.clone()).key_points(labels);
    let span = (range.end - range.start).abs();
    let shows_all = |digits: &usize| {
        let unit = 10_f64.powi(*digits as i32);
        let shows = |tick: &f64| ((tick * unit).round() / unit - tick).abs() < 1e-6 * span;
        ticks.iter().all(shows)
    };
    (0..=MOST_DIGITS).find(shows_all).unwrap_or(MOST_DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_have_the_decimals_that_they_need_and_a_sign_only_where_they_are_below_nought() {
        assert_eq!(digits(&(0.0..0.09), 4), 2);
        assert_eq!(digits(&(0.1..0.43), 4), 1);
        assert_eq!(digits(&(-40.0..250.0), 5), 0);
        let ticks = [-0.05, -1e-12, 0.0, 0.1].map(|value| tick(value, 2));
        assert_eq!(ticks, ["−0.05", "0.00", "0.00", "0.10"]);
    }
}
