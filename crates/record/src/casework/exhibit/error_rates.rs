//! Error rates of the method on the case's own controls, and on those of calibrations: the figures that a court
//! asks for, each with its interval, and those that flatter called so.

use super::evaluation::bound_text;
use super::parts::Source;
use super::words::unbroken;
use palimpsest_base::number_format::{fixed, two_figures};
use palimpsest_method::verdict::{
    CalibrationReport, ConditionalRatio, Discrimination, FalsePositiveRate, Figure, InSample,
    Interval, LrReport, MIN_NEGATIVES_FOR_1_PERCENT, Proportion, TprAtFpr,
};

impl Source<'_> {
    /// Names and what is known of each; what could not be evaluated is left out, its reason stands with the
    /// finding.
    pub(super) fn error_rates(&self) -> Vec<(String, String)> {
        let verdict = &self.assessment.verdict;
        let mut rates = Vec::new();
        if let Some(rate) = verdict.false_positive_rate.evaluated() {
            rates.push((
                "False positives".to_owned(),
                false_positives(rate, verdict.negatives),
            ));
        }
        if let Some(found) = verdict.discrimination.evaluated() {
            rates.extend(discrimination(found));
        }
        if let Some(report) = verdict.likelihood_ratios.evaluated() {
            rates.push(("Likelihood ratios".into(), ratios(report)));
        }
        let decoys = self.assessment.decoys_sentence();
        rates.extend(decoys.map(|sentence| ("Blind decoys".to_owned(), sentence)));
        let places = verdict.calibrations.iter().enumerate();
        rates.extend(places.map(|(place, calibration)| {
            let works = verdict.works.iter();
            let by_it = works.filter_map(|work| work.conditional.get(place));
            calibrated(calibration, by_it)
        }));
        let told = rates.into_iter();
        told.map(|(name, text)| (unbroken(&name), unbroken(&text)))
            .collect()
    }
}

fn false_positives(rate: &FalsePositiveRate, negatives: usize) -> String {
    match rate {
        FalsePositiveRate::BestAccuracy { found } => format!(
            "{} of {} controls declared not to have been used would be called used, {} ({}), each judged by a \
             threshold set without it.",
            found.successes,
            found.trials,
            percent(found.value),
            percents(&found.interval)
        ),
        FalsePositiveRate::AboveEveryNegative { expected, interval } => format!(
            "A work that was not used scores above all {negatives} controls declared not to have been used with a \
             chance of {} ({}).",
            percent(*expected),
            percents(interval)
        ),
    }
}

fn discrimination(found: &Discrimination) -> Vec<(String, String)> {
    let interval = found.auc.interval;
    let mut rates = vec![(
        "Area under the ROC curve".to_owned(),
        format!(
            "{} (95 % interval {} to {}); 0.5 is chance, 1 no mistake.",
            fixed(found.auc.value, 3),
            fixed(interval.low, 2),
            fixed(interval.high, 2)
        ),
    )];
    if let Some(judged) = found.leave_one_out.evaluated() {
        let text = format!(
            "{}, each by a threshold set without it.",
            share(&judged.accuracy)
        );
        rates.push(("Controls told rightly".into(), text));
    }
    let best = &found.best_accuracy.in_sample.accuracy;
    rates.push((
        "Controls told rightly, in-sample".into(),
        format!(
            "{}, by the threshold that is best for these very works.",
            share(best)
        ),
    ));
    rates.push(found_at(&found.tpr_at_5_percent_fpr));
    match &found.tpr_at_1_percent_fpr {
        Some(rate) => rates.push(found_at(rate)),
        None => rates.push((
            "Found at 1 % false positives".into(),
            format!(
                "Not evaluated: at least {MIN_NEGATIVES_FOR_1_PERCENT} controls declared not to have been used are \
                 needed."
            ),
        )),
    }
    rates
}

fn found_at(rate: &InSample<TprAtFpr>) -> (String, String) {
    let found = &rate.in_sample;
    let asked = percent(found.asked_fpr);
    (
        format!("Found at {asked} false positives, in-sample"),
        format!(
            "{}; the rate of false positives there lies, with so few controls, at {}.",
            share(&found.tpr),
            between(&found.true_fpr)
        ),
    )
}

fn ratios(report: &LrReport) -> String {
    let reported = match report.reported_cllr {
        Some(cllr) => format!(
            "Cost (Cllr) of the ratios as reported {}, every control judged by the others; before they are limited",
            fixed(cllr, 2)
        ),
        None => "Cost (Cllr)".into(),
    };
    format!(
        "{reported} {} in-sample, {} with every control judged by the others; 0 is perfect, 1 says nothing. So \
         many controls carry ratios from {} to {}.",
        fixed(report.cllr.in_sample, 2),
        fixed(report.leave_one_out_cllr, 2),
        two_figures(report.bounds.lower),
        two_figures(report.bounds.upper)
    )
}

/// A calibration, and the ratios of the questioned works by it.
fn calibrated<'a>(
    calibration: &CalibrationReport,
    by_it: impl Iterator<Item = &'a ConditionalRatio>,
) -> (String, String) {
    let name = format!("Calibration “{}”", calibration.recipe);
    let by_it: Vec<_> = by_it
        .filter_map(|conditional| conditional.ratio.evaluated())
        .map(|ratio| {
            format!(
                "{} (95 % bound: {})",
                two_figures(ratio.value),
                bound_text(ratio)
            )
        })
        .collect();
    let text = match &calibration.ratios {
        Figure::Evaluated(report) if by_it.is_empty() => ratios(report),
        Figure::Evaluated(report) => {
            format!("Likelihood ratio {}. {}", by_it.join("; "), ratios(report))
        }
        Figure::NotEvaluated { reason } => format!("Not evaluated: {reason}."),
    };
    (name, text)
}

fn share(found: &Proportion) -> String {
    format!(
        "{} of {}, {} ({})",
        found.successes,
        found.trials,
        percent(found.value),
        percents(&found.interval)
    )
}

fn percents(interval: &Interval) -> String {
    format!("95 % interval {}", between(interval))
}

fn between(interval: &Interval) -> String {
    format!(
        "{} to {}",
        fixed(100.0 * interval.low, 0),
        percent(interval.high)
    )
}

fn percent(share: f64) -> String {
    format!("{} %", fixed(100.0 * share, 0))
}
