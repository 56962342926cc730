//! The conclusion in plain words: one full sentence for a work, a short one for where the figures stand
//! beside it, and one for what neither says.

use super::{
    Basis, Figure, LeastFavourable, LikelihoodRatio, PValue, Portfolio, Proposition,
    TestedReadings, Verbal, Verdict, WorkVerdict,
};
use palimpsest_base::number_format::{number, two_figures};

/// The limits of every conclusion: to be printed beside every one.
pub const LIMITS: &str = "This does not say how probable it is that the work was used, nor by whom or with \
     what right, and a low score does not show that it was not used: models can be trained so that \
     little of their pictures can be brought back.";

/// One sentence on one of the works of a verdict, and one more where it was tested in several readings.
pub fn sentence(work: &WorkVerdict, verdict: &Verdict) -> String {
    let tested = work.readings.as_ref().map(tests);
    let parts = std::iter::once(weighed(work, verdict)).chain(tested);
    parts.collect::<Vec<_>>().join(" ")
}

/// The tests of a work in each of its readings.
fn tests(readings: &TestedReadings) -> String {
    let each = readings.tested.iter().map(|tested| {
        let score = tested.score.map_or("none".to_owned(), number);
        let p_value = match &tested.p_value {
            Figure::Evaluated(p) => format!("p = {}", two_figures(*p)),
            Figure::NotEvaluated { reason } => format!("not evaluated: {reason}"),
        };
        format!("{} (score {score}, {p_value})", tested.reading.words())
    });
    format!(
        "Its file gives another picture in another reading, and it was tested in each: {}; that the better counts was fixed \
         before the first examination.",
        each.collect::<Vec<_>>().join("; ")
    )
}

fn weighed(work: &WorkVerdict, verdict: &Verdict) -> String {
    let ranked = match &work.p_value {
        Figure::NotEvaluated { reason } => {
            return format!("No statement on this work can be made: {reason}.");
        }
        Figure::Evaluated(p_value) => rank(p_value, work.readings.as_ref()),
    };
    match Weighed::of(work) {
        Some(Weighed::ByControls(ratio, verbal)) => {
            let by = by_controls((ratio, verbal), work.readings.as_ref(), verdict);
            format!("{ranked}; {by}.")
        }
        Some(Weighed::ByCalibrations(least, verbal)) => {
            format!("{ranked}; {}.", by_calibrations(least, verbal))
        }
        None => format!(
            "{ranked}; how much this supports {} over {} is not evaluated, because {}.",
            Proposition::Used.words(),
            Proposition::NotUsed.words(),
            // With a ratio there are words, unless it is beyond the scale.
            work.no_ratio().unwrap_or("it has no words")
        ),
    }
}

/// The conclusion on a work in one short sentence: what is most to the point of what can be said. Its figures
/// are to be printed beside it and the full sentence further on.
pub fn finding(work: &WorkVerdict) -> Figure<String> {
    let p_value = match &work.p_value {
        Figure::Evaluated(p_value) => p_value,
        Figure::NotEvaluated { reason } => {
            let reason = reason.clone();
            return Figure::NotEvaluated { reason };
        }
    };
    Figure::Evaluated(match Weighed::of(work) {
        Some(Weighed::ByControls(ratio, verbal)) => {
            let weight = short_weight(ratio, verbal, " in the fine-tuning");
            match &work.readings {
                None => format!("Its score is {weight}."),
                Some(readings) => format!(
                    "Its scores in {} readings are, by the mean of their ratios, {weight}.",
                    readings.tested.len()
                ),
            }
        }
        Some(Weighed::ByCalibrations(least, verbal)) => format!(
            "If the fine-tuning followed one of {} recipes tried, its score is, by the least \
             favourable, {}.",
            least.calibrations,
            short_weight(&least.ratio, verbal, "")
        ),
        None => short_rank(p_value, work.readings.as_ref()),
    })
}

/// The works that are judged together, of so many `questioned` ones, in one short sentence.
pub fn finding_of_all(portfolio: &Portfolio, questioned: usize) -> String {
    let judged = portfolio.questioned;
    let works = match judged == questioned {
        true => format!("the {judged} questioned works"),
        false => format!("{judged} of the {questioned} questioned works"),
    };
    let difference = match portfolio.mean_questioned > portfolio.mean_negatives {
        true => "higher",
        false => "not higher",
    };
    format!(
        "The mean score of {works} is {difference} than that of {} controls \
         declared not to have been used; if none was used, chance gives as much with p = {} (permutation test{}).",
        portfolio.negatives,
        two_figures(portfolio.permutation.p),
        match portfolio.readings {
            1 => String::new(),
            several => format!(", the better of {several} readings, corrected for their number"),
        }
    )
}

/// A likelihood ratio, its words and what it rests on.
enum Weighed<'a> {
    ByControls(&'a LikelihoodRatio, &'a Verbal),
    ByCalibrations(&'a LeastFavourable, &'a Verbal),
}

impl<'a> Weighed<'a> {
    fn of(work: &'a WorkVerdict) -> Option<Self> {
        let verbal = work.verbal.evaluated()?;
        Some(match verbal.basis {
            Basis::Controls => Self::ByControls(work.likelihood_ratio.evaluated()?, verbal),
            Basis::Calibrations => Self::ByCalibrations(work.least_favourable.evaluated()?, verbal),
        })
    }
}

/// The place of the work among the negative controls.
fn rank(p_value: &PValue, readings: Option<&TestedReadings>) -> String {
    let reached = match p_value.reached_by {
        0 => "none scores".to_owned(),
        1 => "1 scores".to_owned(),
        several => format!("{several} score"),
    };
    let (read, corrected) = match readings {
        None => (String::new(), String::new()),
        Some(readings) => (
            format!(", read {} like them", readings.counts.words()),
            format!(", corrected for its {} readings", readings.tested.len()),
        ),
    };
    format!(
        "Of {} controls declared not to have been used, {reached} as high as this \
         work{read} (p = {}{corrected}; with so few controls it cannot be less than {})",
        p_value.negatives,
        two_figures(p_value.value),
        two_figures(p_value.smallest)
    )
}

/// The same in few words.
fn short_rank(p_value: &PValue, readings: Option<&TestedReadings>) -> String {
    let reached = match p_value.reached_by {
        0 => "None".to_owned(),
        some => some.to_string(),
    };
    let score = if p_value.reached_by > 1 {
        "score"
    } else {
        "scores"
    };
    let corrected = readings.map_or_else(String::new, |readings| {
        format!(
            ", of {} readings the better, {}, and corrected for their number",
            readings.tested.len(),
            readings.counts.words()
        )
    });
    format!(
        "{reached} of {} controls declared not to have been used {score} as high (p = {}{corrected}).",
        p_value.negatives,
        two_figures(p_value.value)
    )
}

fn by_controls(
    (ratio, verbal): (&LikelihoodRatio, &Verbal),
    readings: Option<&TestedReadings>,
    verdict: &Verdict,
) -> String {
    format!(
        "by these and {} works declared to have been used, {}",
        verdict.positives,
        weight((ratio, verbal), readings)
    )
}

fn by_calibrations(least: &LeastFavourable, verbal: &Verbal) -> String {
    format!(
        "if the fine-tuning was done by one of the {} recipes that were tried (the least favourable \
         is \u{201c}{}\u{201d}), {}",
        least.calibrations,
        least.recipe,
        weight((&least.ratio, verbal), None)
    )
}

/// The ratio, its bound and its words; below 1 the other way round. Of several readings it is the mean.
fn weight(
    (ratio, verbal): (&LikelihoodRatio, &Verbal),
    readings: Option<&TestedReadings>,
) -> String {
    let (times, first, second) = one_way(ratio);
    let least = match first {
        USED => ratio.bound(),
        _ => 1.0 / ratio.bound(),
    };
    let bound = format!("95 % bound: at least {}", two_figures(least));
    let noted = match ratio.cut_by {
        Some(_) => format!("{bound}; {LIMITED}"),
        None => bound,
    };
    let score = match readings {
        None => "its score is".to_owned(),
        Some(readings) => format!(
            "its scores in {} readings are, by the mean of their ratios,",
            readings.tested.len()
        ),
    };
    format!(
        "{score} {} times as probable if the work was {first} in the fine-tuning as if it was \
         {second} ({noted}), which is {}",
        two_figures(times),
        verbal.step.words()
    )
}

/// The ratio and its words alone; `in_what` the work may have been used, where that was not said before.
fn short_weight(ratio: &LikelihoodRatio, verbal: &Verbal, in_what: &str) -> String {
    let (times, first, _) = one_way(ratio);
    let other = if first == USED { " not" } else { "" };
    let (about, limit) = match ratio.cut_by {
        Some(_) => ("", format!(", {LIMITED}")),
        None => ("about ", String::new()),
    };
    let support = match verbal.step.favours {
        Some(proposition) => format!("{} for {}", verbal.step.phrase(), proposition.words()),
        None => verbal.step.words(),
    };
    format!(
        "{about}{} times as probable if the work was {first}{in_what} as if it was{other}{limit}: {support}",
        two_figures(times)
    )
}

const USED: &str = "used";
const NOT_USED: &str = "not used";

/// The remark on a ratio that was cut.
const LIMITED: &str = "limited to what so few controls can carry";

/// The ratio as it is said, at least 1, and which case it makes the more probable one over which.
fn one_way(ratio: &LikelihoodRatio) -> (f64, &'static str, &'static str) {
    if ratio.value >= 1.0 {
        (ratio.value, USED, NOT_USED)
    } else {
        (1.0 / ratio.value, NOT_USED, USED)
    }
}
