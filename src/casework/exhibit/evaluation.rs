//! What an exhibit says of the finding: the sentence, the figures behind it and the printed scale.

use super::figures;
use super::parts::Source;
use super::words::number;
use crate::exhibit::{Evaluation, Finding, Step};
use crate::verdict::{Bound, LikelihoodRatio, Outcome, PValue, SCALE, WorkVerdict};

impl Source<'_> {
    pub(super) fn evaluation(&self) -> Evaluation {
        let verdict = &self.assessment.verdict;
        let steps: Vec<_> = (verdict.works.iter())
            .filter_map(|work| Some(work.verbal.evaluated()?.step))
            .collect();
        let only = match steps.as_slice() {
            [step] => Some(*step),
            _ => None,
        };
        Evaluation {
            propositions: self.assessment.question.propositions.clone(),
            finding: self.finding(),
            not_said: vec![
                self.assessment.limits.clone(),
                "It holds for this model file, these settings and these controls, and for no others."
                    .into(),
            ],
            p_value: self.joined(|work| match &work.p_value {
                Outcome::Evaluated(p_value) => p_value_text(p_value),
                Outcome::NotEvaluated { reason } => format!("not evaluated: {reason}."),
            }),
            likelihood_ratio: self.joined(ratio_text),
            scale: SCALE
                .iter()
                .map(|row| Step {
                    range: match row.to {
                        Some(to) => format!("{} to {to}", row.from),
                        None => format!("above {}", row.from),
                    },
                    words: row.phrase.into(),
                    marked: only.is_some_and(|step| step.support == row.support),
                })
                .collect(),
        }
    }

    /// What is said of each questioned work, one after another.
    fn joined(&self, text: impl Fn(&WorkVerdict) -> String) -> String {
        match self.assessment.verdict.works.as_slice() {
            [work] => text(work),
            works => {
                let texts = works
                    .iter()
                    .enumerate()
                    .map(|(index, work)| format!("{}: {}", figures::letter(index), text(work)));
                texts.collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn finding(&self) -> Finding {
        let verdict = &self.assessment.verdict;
        let sentences = &self.assessment.sentences;
        match (verdict.works.as_slice(), sentences.as_slice()) {
            ([work], [sentence]) => match &work.p_value {
                Outcome::Evaluated(_) => Finding::Evaluated(sentence.clone()),
                Outcome::NotEvaluated { reason } => Finding::NotEvaluated(capital(reason)),
            },
            (works, _) => match verdict.portfolio.evaluated() {
                Some(portfolio) => Finding::Evaluated(format!(
                    "Together the {} questioned works score {} than the {} works of the same hand known not \
                     to have been used (permutation test, p = {}); work by work see the evaluation.",
                    works.len(),
                    if portfolio.mean_questioned >= portfolio.mean_negatives {
                        "higher"
                    } else {
                        "lower"
                    },
                    verdict.negatives,
                    number(portfolio.permutation.p),
                )),
                None => Finding::NotEvaluated(capital(
                    verdict
                        .portfolio
                        .reason()
                        .unwrap_or("there is no conclusion"),
                )),
            },
        }
    }
}

fn p_value_text(p_value: &PValue) -> String {
    format!(
        "p = {}: {} of {} negative controls score as high; with so few it cannot be less than {}.",
        number(p_value.value),
        p_value.reached_by,
        p_value.negatives,
        number(p_value.smallest)
    )
}

fn ratio_text(work: &WorkVerdict) -> String {
    match (&work.likelihood_ratio, work.least_favourable.evaluated()) {
        (Outcome::Evaluated(ratio), _) => own_ratio(ratio),
        (Outcome::NotEvaluated { .. }, Some(least)) => format!(
            "If the fine-tuning was done as in the calibration “{}”: {} The least favourable of {} calibrations.",
            least.recipe,
            own_ratio(&least.ratio),
            least.calibrations
        ),
        (Outcome::NotEvaluated { reason }, None) => format!("not evaluated: {reason}."),
    }
}

fn own_ratio(ratio: &LikelihoodRatio) -> String {
    let bound = match ratio.cut_by {
        Some(Bound::Upper) => " It was cut to the most that so few controls can carry.",
        Some(Bound::Lower) => " It was cut to the least that so few controls can carry.",
        None => "",
    };
    format!(
        "{} (95 % interval {} to {}).{bound}",
        number(ratio.value),
        number(ratio.interval.low),
        number(ratio.interval.high)
    )
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_with_a_capital_and_end() {
        assert_eq!(capital("too few"), "Too few.");
        assert_eq!(capital(""), "");
    }
}
