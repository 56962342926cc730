//! Error rates of the method on the case's own controls, and on those of calibrations: the figures that a court
//! asks for, each with its interval, and those that flatter called so.

use super::evaluation::bound_text;
use super::figures::area;
use super::parts::Source;
use super::words::unbroken;
use crate::language::{Texts, args};
use palimpsest_method::verdict::{
    CalibrationReport, ConditionalRatio, Discrimination, FalsePositiveRate, Figure, InSample,
    Interval, LrReport, MIN_NEGATIVES_FOR_1_PERCENT, Proportion, TprAtFpr,
};

impl Source<'_> {
    /// Names and what is known of each; what could not be evaluated is left out, its reason stands with the
    /// finding.
    pub(super) fn error_rates(&self) -> Vec<(String, String)> {
        let (texts, verdict) = (self.texts, &self.assessment.verdict);
        let mut rates = Vec::new();
        if let Some(rate) = verdict.false_positive_rate.evaluated() {
            rates.push((
                texts.text("false-positives").to_owned(),
                false_positives(texts, rate, verdict.negatives),
            ));
        }
        if let Some(found) = verdict.discrimination.evaluated() {
            rates.extend(discrimination(texts, found));
        }
        if let Some(report) = verdict.likelihood_ratios.evaluated() {
            rates.push((
                texts.text("likelihood-ratios").into(),
                ratios(texts, report),
            ));
        }
        let decoys = self.assessment.decoys_sentence();
        rates.extend(decoys.map(|sentence| {
            let name = texts.text("controls-decoy").to_owned();
            (name, texts.recorded(&sentence))
        }));
        let places = verdict.calibrations.iter().enumerate();
        rates.extend(places.map(|(place, calibration)| {
            let works = verdict.works.iter();
            let by_it = works.filter_map(|work| work.conditional.get(place));
            calibrated(texts, calibration, by_it)
        }));
        let told = rates.into_iter();
        told.map(|(name, text)| (unbroken(&name), unbroken(&text)))
            .collect()
    }
}

fn false_positives(texts: &Texts, rate: &FalsePositiveRate, negatives: usize) -> String {
    match rate {
        FalsePositiveRate::BestAccuracy { found } => {
            let args = args!["share" => share(texts, found)];
            texts.with("called-used", &args)
        }
        FalsePositiveRate::AboveEveryNegative { expected, interval } => {
            let args = args![
                "negatives" => negatives,
                "chance" => percent(texts, *expected),
                "interval" => percents(texts, interval),
            ];
            texts.with("above-every-negative", &args)
        }
    }
}

fn discrimination(texts: &'static Texts, found: &Discrimination) -> Vec<(String, String)> {
    let mut rates = vec![(
        texts.text("area-under-curve").to_owned(),
        texts.with("area-under-curve-is", &area(texts, &found.auc)),
    )];
    if let Some(judged) = found.leave_one_out.evaluated() {
        let args = args!["share" => share(texts, &judged.accuracy)];
        let text = texts.with("told-rightly-is", &args);
        rates.push((texts.text("told-rightly").into(), text));
    }
    let best = &found.best_accuracy.in_sample.accuracy;
    rates.push((
        texts.text("told-rightly-in-sample").into(),
        texts.with(
            "told-rightly-in-sample-is",
            &args!["share" => share(texts, best)],
        ),
    ));
    rates.push(found_at(texts, &found.tpr_at_5_percent_fpr));
    match &found.tpr_at_1_percent_fpr {
        Some(rate) => rates.push(found_at(texts, rate)),
        None => rates.push((
            texts.text("found-at-1").into(),
            texts.with(
                "found-at-1-needs",
                &args!["controls" => MIN_NEGATIVES_FOR_1_PERCENT],
            ),
        )),
    }
    rates
}

fn found_at(texts: &Texts, rate: &InSample<TprAtFpr>) -> (String, String) {
    let found = &rate.in_sample;
    let asked = args!["rate" => percent(texts, found.asked_fpr)];
    let args = args![
        "share" => share(texts, &found.tpr),
        "rates" => between(texts, &found.true_fpr),
    ];
    (
        texts.with("found-at", &asked),
        texts.with("found-at-is", &args),
    )
}

fn ratios(texts: &Texts, report: &LrReport) -> String {
    let mut args = args![
        "in-sample" => texts.fixed(report.cllr.in_sample, 2),
        "by-others" => texts.fixed(report.leave_one_out_cllr, 2),
        "lower" => texts.two_figures(report.bounds.lower),
        "upper" => texts.two_figures(report.bounds.upper),
    ];
    match report.reported_cllr {
        Some(cllr) => {
            args.set("reported", texts.fixed(cllr, 2));
            texts.with("cost-of-reported", &args)
        }
        None => texts.with("cost", &args),
    }
}

/// A calibration, and the ratios of the questioned works by it.
fn calibrated<'a>(
    texts: &'static Texts,
    calibration: &CalibrationReport,
    by_it: impl Iterator<Item = &'a ConditionalRatio>,
) -> (String, String) {
    let recipe = args!["name" => calibration.recipe.as_str()];
    let name = texts.with("calibration", &recipe);
    let by_it: Vec<_> = by_it
        .filter_map(|conditional| conditional.ratio.evaluated())
        .map(|ratio| {
            let args = args![
                "ratio" => texts.two_figures(ratio.value),
                "bound" => bound_text(texts, ratio),
            ];
            texts.with("ratio-and-bound", &args)
        })
        .collect();
    let text = match &calibration.ratios {
        Figure::Evaluated(report) if by_it.is_empty() => ratios(texts, report),
        Figure::Evaluated(report) => {
            let args = args!["ratios" => by_it.join("; "), "cost" => ratios(texts, report)];
            texts.with("calibration-is", &args)
        }
        Figure::NotEvaluated { reason } => {
            let args = args!["reason" => texts.recorded(reason)];
            texts.with("calibration-not-evaluated", &args)
        }
    };
    (name, text)
}

fn share(texts: &Texts, found: &Proportion) -> String {
    let args = args![
        "successes" => found.successes,
        "trials" => found.trials,
        "share" => percent(texts, found.value),
        "interval" => percents(texts, &found.interval),
    ];
    texts.with("share", &args)
}

fn percents(texts: &Texts, interval: &Interval) -> String {
    let args = args!["interval" => between(texts, interval)];
    texts.with("interval", &args)
}

fn between(texts: &Texts, interval: &Interval) -> String {
    let low = texts.fixed(100.0 * interval.low, 0);
    let args = args!["low" => low, "high" => percent(texts, interval.high)];
    texts.with("between", &args)
}

fn percent(texts: &Texts, share: f64) -> String {
    texts.with("percent", &args!["number" => texts.fixed(100.0 * share, 0)])
}
