//! The point at which a condition begins to hold: bisection to the last bit.

/// The place between `low` and `high` from which on `beyond` holds, given that it holds nowhere
/// before it and everywhere after it. The ends themselves are not looked at.
pub(super) fn boundary(mut low: f64, mut high: f64, beyond: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if beyond(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::boundary;

    #[test]
    fn a_root_is_found_to_the_last_bit() {
        let root = boundary(0.0, 2.0, |x| x * x >= 2.0);
        assert!((root - 2.0_f64.sqrt()).abs() <= f64::EPSILON);
    }

    #[test]
    fn a_condition_that_never_or_always_holds_ends_at_an_end() {
        assert_eq!(boundary(0.0, 1.0, |_| false), 1.0);
        assert!(boundary(0.0, 1.0, |_| true) < 1e-300);
    }
}
