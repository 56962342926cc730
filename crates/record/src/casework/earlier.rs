//! Sentences on earlier examinations of a model and of a work, as the registry counts them, and the correction of a
//! p-value for them.

use crate::case::registry::{Entered, Registration};
use palimpsest_base::number_format::{count, ordinal, two_figures};
use palimpsest_method::verdict::WorkVerdict;

/// The bound of what the registry can show.
pub const BOUND: &str = "The registry beside the key tells of this key on this machine: another key, another \
    machine or other means leave no trace in it, and neither does a registry that was taken away or cut at its end.";

/// The number of this examination among those of the model, and in what those before differ. Of a case that is in no
/// registry: that nothing was counted.
pub fn of_model(registration: Option<&Registration>) -> String {
    match registration {
        None => "This case is in no registry of examinations: earlier ones of this model are not counted.".into(),
        Some(Registration::Missing(why)) => format!(
            "How many examinations of this model with this key there were before is not known, and nothing is \
             corrected for them: {why}."
        ),
        Some(Registration::Entered(entered)) => format!(
            "This is the {} examination of this model with this key.{}",
            ordinal(entered.of_model),
            difference(entered)
        ),
    }
}

/// The same where it is more than that of a first examination.
pub fn news_of_model(registration: Option<&Registration>) -> Option<String> {
    let is_news = match registration? {
        Registration::Entered(entered) => entered.of_model > 1,
        Registration::Missing(_) => true,
    };
    is_news.then(|| of_model(registration))
}

fn difference(entered: &Entered) -> String {
    let parts: Vec<&str> = entered.differs.iter().map(|part| part.words()).collect();
    let parts = match parts.split_last() {
        None => None,
        Some((only, [])) => Some((*only).to_owned()),
        Some((last, first)) => Some(format!("{} and {last}", first.join(", "))),
    };
    match (entered.of_model, parts) {
        (0 | 1, _) => String::new(),
        (2, None) => " The one before was of the same works with the same settings.".into(),
        (2, Some(parts)) => format!(" The one before differs from it in {parts}."),
        (more, None) => format!(
            " The {} before were of the same works with the same settings.",
            count(more - 1)
        ),
        // Not each need differ in all that is named.
        (more, Some(parts)) => format!(
            " Among the {} before there are differences from it in {parts}.",
            count(more - 1)
        ),
    }
}

/// A sentence on this test as one of so many `tests` of the work, where it is not the first, and the p-value corrected for it.
pub(super) fn of_work(tests: u64, verdict: &WorkVerdict) -> Option<String> {
    if tests < 2 {
        return None;
    }
    let told = format!(
        "This is the {} test of this work against this model with this key",
        ordinal(tests)
    );
    Some(match verdict.p_value.evaluated() {
        Some(p_value) => format!(
            "{told}; corrected for {} tests (Bonferroni) p = {}, and no other figure is corrected for them.",
            count(tests),
            two_figures(corrected(p_value.value, tests))
        ),
        None => format!("{told}."),
    })
}

/// A p-value corrected for so many tests by Bonferroni's inequality: their number times as large, and at most 1.
pub fn corrected(p_value: f64, tests: u64) -> f64 {
    (p_value * tests as f64).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Digest;
    use crate::case::registry::Part;

    fn entered(of_model: u64, differs: &[Part]) -> Registration {
        Registration::Entered(Entered {
            line: Digest::ZERO,
            of_model,
            differs: differs.iter().copied().collect(),
            earlier: Default::default(),
        })
    }

    #[test]
    fn the_count_and_the_differences_are_said() {
        let told = |n, parts: &[Part]| of_model(Some(&entered(n, parts)));
        let this = |n| format!("This is the {n} examination of this model with this key.");
        assert_eq!(told(1, &[]), this("first"));
        assert_eq!(
            told(2, &[]),
            this("second") + " The one before was of the same works with the same settings."
        );
        assert_eq!(
            told(2, &[Part::Prompt]),
            this("second") + " The one before differs from it in the prompt."
        );
        assert_eq!(
            told(3, &[Part::Seed, Part::Works, Part::Prompt]),
            this("third")
                + " Among the 2 before there are differences from it in the questioned works, the prompt and the seed."
        );
        assert_eq!(news_of_model(Some(&entered(1, &[]))), None);
        assert_eq!(news_of_model(None), None);
        let missing = Registration::Missing("it is gone".into());
        assert!(news_of_model(Some(&missing)).is_some_and(|text| text.ends_with("it is gone.")));
    }

    #[test]
    fn looking_again_until_it_fits_is_no_more_frequent_than_promised() {
        // Whoever tests five times with independent draws and keeps the smallest p-value: at 5 %, uncorrected it is
        // below in 23 % of cases, corrected in at most 5 %.
        const CASES: u32 = 20_000;
        const TESTS: u32 = 5;
        let mut state = 7_u64;
        let mut uniform = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let (mut plain, mut held) = (0, 0);
        for _ in 0..CASES {
            let smallest = (0..TESTS).map(|_| uniform()).fold(1.0, f64::min);
            plain += u32::from(smallest <= 0.05);
            held += u32::from(corrected(smallest, TESTS.into()) <= 0.05);
        }
        let share = |count: u32| f64::from(count) / f64::from(CASES);
        assert!((share(plain) - 0.226).abs() < 0.01, "{}", share(plain));
        assert!(share(held) < 0.055, "{}", share(held));
        assert_eq!(corrected(0.4, 3), 1.0);
        assert_eq!(corrected(0.125, 1), 0.125);
    }
}
