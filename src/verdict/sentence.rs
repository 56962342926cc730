//! The conclusion in plain words: one sentence for a work, and one for what it does not say.

use super::{
    Basis, LeastFavourable, LikelihoodRatio, Outcome, PValue, Proposition, Verbal, Verdict,
    WorkVerdict,
};

/// What no conclusion says: to be printed beside every one.
pub const LIMITS: &str = "This does not say how probable it is that the work was used, nor by whom or with \
     what right, and a low score does not show that it was not used: models can be trained so that \
     little of their pictures can be brought back.";

/// One sentence on one of the works of a verdict.
pub fn sentence(work: &WorkVerdict, verdict: &Verdict) -> String {
    let ranked = match &work.p_value {
        Outcome::NotEvaluated { reason } => {
            return format!("No statement on this work can be made: {reason}.");
        }
        Outcome::Evaluated(p_value) => rank(p_value),
    };
    let own = work.likelihood_ratio.evaluated();
    let weighed = work
        .verbal
        .evaluated()
        .and_then(|verbal| match verbal.basis {
            Basis::Controls => Some(by_controls(own?, verbal, verdict)),
            Basis::Calibrations => {
                Some(by_calibrations(work.least_favourable.evaluated()?, verbal))
            }
        });
    match weighed {
        Some(weighed) => format!("{ranked}; {weighed}."),
        None => format!(
            "{ranked}; how much this supports {} over {} is not evaluated, because {}.",
            Proposition::Used.words(),
            Proposition::NotUsed.words(),
            work.likelihood_ratio.reason().unwrap_or("it has no words")
        ),
    }
}

/// Where the work stands among the negative controls.
fn rank(p_value: &PValue) -> String {
    let reached = match p_value.reached_by {
        0 => "none scores".to_owned(),
        1 => "1 scores".to_owned(),
        several => format!("{several} score"),
    };
    format!(
        "Of {} works of the same hand that are known not to have been used, {reached} as high as this \
         work (p = {}; with so few controls it cannot be less than {})",
        p_value.negatives,
        figures(p_value.value),
        figures(p_value.smallest)
    )
}

fn by_controls(ratio: &LikelihoodRatio, verbal: &Verbal, verdict: &Verdict) -> String {
    format!(
        "by these and {} works known to have been used, {}",
        verdict.positives,
        weight(ratio, verbal)
    )
}

fn by_calibrations(least: &LeastFavourable, verbal: &Verbal) -> String {
    format!(
        "if the fine-tuning was done by one of the {} recipes that were tried (the least favourable \
         is \u{201c}{}\u{201d}), {}",
        least.calibrations,
        least.recipe,
        weight(&least.ratio, verbal)
    )
}

/// The ratio, its interval and its words; below 1 the other way round.
fn weight(ratio: &LikelihoodRatio, verbal: &Verbal) -> String {
    let (low, high) = (ratio.interval.low, ratio.interval.high);
    let (times, from, to, first, second) = if ratio.value >= 1.0 {
        (ratio.value, low, high, "used", "not used")
    } else {
        (1.0 / ratio.value, 1.0 / high, 1.0 / low, "not used", "used")
    };
    let limit = "limited to what so few controls can carry";
    let interval = format!("95 % interval {} to {}", figures(from), figures(to));
    let noted = match ratio.cut_by {
        // Both ends were cut as well.
        Some(_) if low == high => {
            format!("{limit}, with the whole 95 % interval beyond that limit")
        }
        Some(_) => format!("{interval}, {limit}"),
        None => interval,
    };
    format!(
        "its score is {} times as probable if the work was {first} in the fine-tuning as if it was \
         {second} ({noted}), which is {}",
        figures(times),
        verbal.step.words()
    )
}

/// Two figures: more would claim what few controls do not know.
fn figures(value: f64) -> String {
    let size = value.abs().log10().floor();
    if size >= 1.0 {
        let unit = 10_f64.powf(size - 1.0);
        format!("{:.0}", (value / unit).round() * unit)
    } else {
        format!("{value:.*}", (1.0 - size).min(12.0) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn two_figures_of_any_size_are_kept() {
        for (value, text) in [
            (1234.0, "1200"),
            (99.6, "100"),
            (18.7, "19"),
            (7.04, "7.0"),
            (0.1111, "0.11"),
            (0.0202, "0.020"),
        ] {
            assert_eq!(figures(value), text);
        }
    }
}
