//! Evaluation in an exhibit: the sentence, the figures behind it and the printed scale.

use super::figures;
use super::parts::Source;
use super::words::{printed_score, unbroken, which_decides};
use crate::casework::earlier::{corrected, of_work};
use crate::casework::{AssessedWork, CaseworkError};
use crate::exhibit::{Evaluation, Finding, ScaleStep, WorkNumbers};
use palimpsest_base::number_format::{count, counted, number, two_figures};
use palimpsest_base::sentence_case::sentence_of;
use palimpsest_method::verdict::{
    Figure, LeastFavourable, LikelihoodRatio, Portfolio, Proposition, SCALE, Support, WorkVerdict,
    finding, finding_of_all,
};

impl Source<'_> {
    pub(super) fn evaluation(&self) -> Result<Evaluation, CaseworkError> {
        Ok(Evaluation {
            validations: self.validations()?,
            not_validated: self.not_validated()?,
            propositions: self.assessment.question.propositions.clone(),
            finding: self.finding(),
            not_said: self.not_said(),
            numbers: self.numbers(),
            numbers_by: self.numbers_by(),
            sentences: self.sentences(),
            error_rates: self.error_rates(),
            scale: SCALE
                .iter()
                .map(|row| ScaleStep {
                    range: match row.to {
                        Some(to) => format!("{} to {}", whole(row.from), whole(to)),
                        None => format!("above {}", whole(row.from)),
                    },
                    words: row.phrase.into(),
                    of: self.on_row(row.support),
                })
                .collect(),
        })
    }

    fn not_said(&self) -> Vec<String> {
        let said = [
            self.assessment.limits.clone(),
            "It holds for this model file, these settings and these controls, and for no others."
                .into(),
        ];
        let examinations = self.assessment.examinations.clone();
        said.into_iter().chain(examinations).collect()
    }

    /// Works that stand on a row of the scale. Below 1 its words hold for the other proposition.
    fn on_row(&self, support: Support) -> String {
        let works = &self.assessment.verdict.works;
        let stands = |work: &WorkVerdict| {
            let step = work.verbal.evaluated()?.step;
            let turned = step.favours == Some(Proposition::NotUsed);
            (step.support == support).then_some(if turned { ", for “not used”" } else { "" })
        };
        let standing = works.iter().enumerate();
        let standing = standing.filter_map(|(index, work)| {
            let turned = stands(work)?;
            Some(match works.len() {
                1 => format!("this case{turned}"),
                _ => format!("{}{turned}", figures::letter(index)),
            })
        });
        standing.collect::<Vec<_>>().join("; ")
    }

    /// The figures of the questioned works.
    fn numbers(&self) -> Vec<WorkNumbers> {
        let verdict = &self.assessment.verdict;
        let works = self.assessment.questioned().zip(&verdict.works);
        let numbers = works.enumerate().map(|(index, (work, judged))| {
            let ratio = reported(judged);
            WorkNumbers {
                work: figures::letter(index),
                score: score_text(work, judged),
                p_value: p_value_text(judged, verdict.works.len(), work.tests),
                likelihood_ratio: ratio.map_or_else(|| NOT_EVALUATED.into(), ratio_text),
                bound: ratio.map_or_else(String::new, bound_text),
            }
        });
        numbers.collect()
    }

    /// The score and controls that the figures are by.
    fn numbers_by(&self) -> String {
        let verdict = &self.assessment.verdict;
        let mut by = format!(
            "{} Higher speaks for use in training. The p-value is conformal: the share of the work and its controls \
             that score at least as high. Controls: {} declared not to have been used",
            which_decides(self.assessment.question.primary_score),
            counted(verdict.negatives, "work", "works"),
        );
        match verdict.positives {
            0 => by.push('.'),
            some => by.push_str(&format!(
                ", {} declared to have been used.",
                count(some as u64)
            )),
        }
        if verdict.works.len() > 1 {
            let judged = verdict.works.iter();
            let judged = judged.filter(|work| work.p_value.evaluated().is_some());
            // Holm's method multiplies the smallest p-value by their number.
            let smallest = judged.count() as f64 / (verdict.negatives + 1) as f64;
            by.push_str(&format!(
                " Corrected for several works: by Holm’s method, which keeps the chance of any false call among them \
                 (with so many works and controls it cannot be less than {}), and by Benjamini and Hochberg’s (BH), \
                 which keeps the expected share of false calls among those called.",
                two_figures(smallest.min(1.0))
            ));
        }
        if self.assessment.questioned().any(|work| work.tests > 1) {
            by.push_str(
                " Several tests: for all of this work against this model with this key, by Bonferroni’s method.",
            );
        }
        if verdict.works.iter().any(|work| work.readings.is_some()) {
            by.push_str(
                " Works that are another picture in another reading of their file: score and p-value of the reading \
                 that counts, corrected for their number by Bonferroni’s method.",
            );
        }
        let ratios = || verdict.works.iter().filter_map(reported);
        if ratios().next().is_some() {
            by.push_str(" A ratio above 1 speaks for use, below 1 against it.");
        }
        if ratios().any(|ratio| ratio.cut_by.is_some()) {
            by.push_str(" Limited: to what so few controls carry.");
        }
        let mut least = verdict.works.iter().filter_map(conditional);
        if let Some(least) = least.next() {
            by.push_str(&format!(
                " The likelihood ratio holds if the fine-tuning was done by one of {} recipes that were tried.",
                least.calibrations
            ));
        }
        by
    }

    /// One sentence a questioned work, with its letter where there are several.
    fn sentences(&self) -> Vec<String> {
        let sentences = &self.assessment.sentences;
        match sentences.as_slice() {
            [only] => {
                // In full it stands in the place of the finding.
                let warning = self.assessment.warning();
                let parts = std::iter::once(only.clone()).chain(warning);
                vec![unbroken(&parts.collect::<Vec<_>>().join(" "))]
            }
            several => {
                let lettered = several.iter().enumerate();
                let lettered = lettered.map(|(index, text)| {
                    let letter = figures::letter(index);
                    format!("Questioned work {letter}: {}", unbroken(text))
                });
                // Where there is no finding, no finding says it.
                let unsaid = matches!(self.finding(), Finding::NotEvaluated(_));
                let warning = self.assessment.warning().filter(|_| unsaid);
                lettered.chain(warning).collect()
            }
        }
    }

    fn finding(&self) -> Finding {
        let verdict = &self.assessment.verdict;
        let found = match (verdict.works.len(), &verdict.portfolio) {
            (1, _) => self.finding_of(0),
            (_, Figure::Evaluated(portfolio)) => {
                Figure::Evaluated(self.finding_together(portfolio))
            }
            (_, Figure::NotEvaluated { reason }) => match self.assessment.only_one_together() {
                Some(index) => self.finding_of_only(index),
                None => Figure::NotEvaluated {
                    reason: reason.clone(),
                },
            },
        };
        let warned = |sentence| match self.assessment.warning() {
            Some(warning) => format!("{sentence} {warning}"),
            None => sentence,
        };
        match found {
            Figure::Evaluated(sentence) => Finding::Evaluated(unbroken(&warned(sentence))),
            Figure::NotEvaluated { reason } => Finding::NotEvaluated(sentence_of(&reason)),
        }
    }

    /// The finding on a questioned work, with what earlier tests of it make of it.
    fn finding_of(&self, index: usize) -> Figure<String> {
        let works = self
            .assessment
            .questioned()
            .zip(&self.assessment.verdict.works);
        let Some((work, judged)) = works.into_iter().nth(index) else {
            let reason = "nothing was asked about".into();
            return Figure::NotEvaluated { reason };
        };
        match (finding(judged), of_work(work.tests, judged)) {
            (Figure::Evaluated(sentence), Some(tests)) => {
                Figure::Evaluated(format!("{sentence} {tests}"))
            }
            (found, _) => found,
        }
    }

    /// The finding on the only one of several works that is left to be judged.
    fn finding_of_only(&self, index: usize) -> Figure<String> {
        match self.finding_of(index) {
            Figure::Evaluated(sentence) => Figure::Evaluated(format!(
                "Of questioned work {}, which alone is left where they are judged together: {sentence}",
                figures::letter(index)
            )),
            refused => refused,
        }
    }

    fn finding_together(&self, portfolio: &Portfolio) -> String {
        let again = self.assessment.questioned();
        let again = again.filter(|work| work.tests > 1).count();
        let sentence = finding_of_all(portfolio, self.assessment.verdict.works.len());
        match again {
            0 => sentence,
            some => format!(
                "{sentence} It is not corrected for earlier tests of {} of these works against this model.",
                count(some as u64)
            ),
        }
    }
}

/// The score of a work, where it was tested in several readings that of the one that counts.
fn score_text(work: &AssessedWork, judged: &WorkVerdict) -> String {
    let text = match (&judged.readings, judged.score) {
        (Some(_), Some(score)) => Some(number(score)),
        _ => printed_score(work),
    };
    text.unwrap_or_else(|| NOT_EVALUATED.into())
}

const NOT_EVALUATED: &str = "not evaluated";

/// The ratio that is reported: that of the case's own controls, or the least favourable of the calibrations.
fn reported(work: &WorkVerdict) -> Option<&LikelihoodRatio> {
    let own = work.likelihood_ratio.evaluated();
    own.or_else(|| conditional(work).map(|least| &least.ratio))
}

/// The least favourable ratio of calibrations, where that is what is reported.
fn conditional(work: &WorkVerdict) -> Option<&LeastFavourable> {
    match work.likelihood_ratio {
        Figure::Evaluated(_) => None,
        Figure::NotEvaluated { .. } => work.least_favourable.evaluated(),
    }
}

/// The bound of a ratio on the side of 1.
pub fn bound_text(ratio: &LikelihoodRatio) -> String {
    let side = match ratio.value >= 1.0 {
        true => "least",
        false => "most",
    };
    format!("at {side} {}", two_figures(ratio.bound()))
}

/// An end of a row of the scale.
fn whole(ratio: f64) -> String {
    count(ratio as u64)
}

fn p_value_text(work: &WorkVerdict, works: usize, tests: u64) -> String {
    let Some(p_value) = work.p_value.evaluated() else {
        return NOT_EVALUATED.into();
    };
    let value = two_figures(p_value.value);
    let holm = work.holm.evaluated().filter(|_| works > 1);
    let one = holm.copied().unwrap_or(p_value.value);
    let several = (tests > 1).then(|| {
        let corrected = two_figures(corrected(one, tests));
        format!("{} tests {corrected}", count(tests))
    });
    let holm = holm.map(|corrected| format!("Holm {}", two_figures(*corrected)));
    let shared = work.benjamini_hochberg.filter(|_| works > 1);
    let shared = shared.map(|corrected| format!("BH {}", two_figures(corrected)));
    let beside: Vec<String> = holm.into_iter().chain(shared).chain(several).collect();
    match beside.as_slice() {
        [] => value,
        beside => format!("{value} ({})", beside.join("; ")),
    }
}

/// A likelihood ratio, and whether it was cut to what the controls can carry.
pub fn ratio_text(ratio: &LikelihoodRatio) -> String {
    let value = two_figures(ratio.value);
    match ratio.cut_by {
        Some(_) => format!("{value} (limited)"),
        None => value,
    }
}
