//! Evaluation in an exhibit: the sentence, the figures behind it and the printed scale.

use super::figures;
use super::parts::Source;
use super::words::{printed_score, unbroken, which_decides};
use crate::casework::earlier::{corrected, of_work};
use crate::casework::{AssessedWork, CaseworkError};
use crate::exhibit::{Evaluation, Finding, ScaleStep, WorkNumbers};
use crate::language::{Texts, args};
use palimpsest_base::number_format::count;
use palimpsest_base::sentence_case::sentence_of;
use palimpsest_method::verdict::{
    Figure, LeastFavourable, LikelihoodRatio, Portfolio, Proposition, SCALE, Support, WorkVerdict,
    finding, finding_of_all,
};

impl Source<'_> {
    pub(super) fn evaluation(&self) -> Result<Evaluation, CaseworkError> {
        let texts = self.texts;
        Ok(Evaluation {
            validations: self.validations()?,
            not_validated: self.not_validated()?,
            propositions: (self.assessment.question.propositions.each_ref())
                .map(|proposition| texts.recorded(proposition)),
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
                        Some(to) => {
                            let args = args!["from" => whole(row.from), "to" => whole(to)];
                            texts.with("scale-range", &args)
                        }
                        None => texts.with("scale-above", &args!["from" => whole(row.from)]),
                    },
                    words: texts.recorded(row.phrase),
                    of: self.on_row(row.support),
                })
                .collect(),
        })
    }

    fn not_said(&self) -> Vec<String> {
        let texts = self.texts;
        let said = [
            texts.recorded(&self.assessment.limits),
            texts.text("holds-for").into(),
        ];
        let examinations = self.assessment.examinations.as_ref();
        let examinations = examinations.map(|sentence| texts.recorded(sentence));
        said.into_iter().chain(examinations).collect()
    }

    /// Works that stand on a row of the scale. Below 1 its words hold for the other proposition.
    fn on_row(&self, support: Support) -> String {
        let works = &self.assessment.verdict.works;
        let stands = |work: &WorkVerdict| {
            let step = work.verbal.evaluated()?.step;
            let turned = step.favours == Some(Proposition::NotUsed);
            (step.support == support).then_some(turned)
        };
        let standing = works.iter().enumerate();
        let standing = standing.filter_map(|(index, work)| {
            let turned = stands(work)?;
            let standing = match works.len() {
                1 => self.texts.text("this-case").to_owned(),
                _ => figures::letter(index),
            };
            Some(match turned {
                true => self.texts.with("for-not-used", &args!["works" => standing]),
                false => standing,
            })
        });
        standing.collect::<Vec<_>>().join("; ")
    }

    /// The figures of the questioned works.
    fn numbers(&self) -> Vec<WorkNumbers> {
        let (texts, verdict) = (self.texts, &self.assessment.verdict);
        let works = self.assessment.questioned().zip(&verdict.works);
        let numbers = works.enumerate().map(|(index, (work, judged))| {
            let ratio = reported(judged);
            WorkNumbers {
                work: figures::letter(index),
                score: score_text(texts, work, judged),
                p_value: p_value_text(texts, judged, verdict.works.len(), work.tests),
                likelihood_ratio: ratio.map_or_else(
                    || texts.text("no-figure").into(),
                    |ratio| ratio_text(texts, ratio),
                ),
                bound: ratio.map_or_else(String::new, |ratio| bound_text(texts, ratio)),
            }
        });
        numbers.collect()
    }

    /// The score and controls that the figures are by.
    fn numbers_by(&self) -> String {
        let (texts, verdict) = (self.texts, &self.assessment.verdict);
        let id = match verdict.positives {
            0 => "figures-by",
            _ => "figures-by-both",
        };
        let args = args![
            "decides" => which_decides(texts, self.assessment.question.primary_score),
            "negatives" => verdict.negatives,
            "positives" => verdict.positives,
        ];
        let mut by = vec![texts.with(id, &args)];
        if verdict.works.len() > 1 {
            let judged = verdict.works.iter();
            let judged = judged.filter(|work| work.p_value.evaluated().is_some());
            // Holm's method multiplies the smallest p-value by their number.
            let smallest = judged.count() as f64 / (verdict.negatives + 1) as f64;
            let args = args!["smallest" => texts.two_figures(smallest.min(1.0))];
            by.push(texts.with("corrected-for-works", &args));
        }
        if self.assessment.questioned().any(|work| work.tests > 1) {
            by.push(texts.text("corrected-for-tests").into());
        }
        if verdict.works.iter().any(|work| work.readings.is_some()) {
            by.push(texts.text("corrected-for-readings").into());
        }
        let ratios = || verdict.works.iter().filter_map(reported);
        if ratios().next().is_some() {
            by.push(texts.text("ratio-speaks").into());
        }
        if ratios().any(|ratio| ratio.cut_by.is_some()) {
            by.push(texts.text("ratio-limited").into());
        }
        let mut least = verdict.works.iter().filter_map(conditional);
        if let Some(least) = least.next() {
            let args = args!["recipes" => least.calibrations];
            by.push(texts.with("ratio-by-recipes", &args));
        }
        by.join(" ")
    }

    /// One sentence a questioned work, with its letter where there are several.
    fn sentences(&self) -> Vec<String> {
        let texts = self.texts;
        let sentences = self.assessment.sentences.iter();
        let sentences: Vec<String> = sentences.map(|it| texts.recorded(it)).collect();
        match sentences.as_slice() {
            [only] => {
                // In full it stands in the place of the finding.
                let warning = self.warning();
                let parts = std::iter::once(only.clone()).chain(warning);
                vec![unbroken(&parts.collect::<Vec<_>>().join(" "))]
            }
            several => {
                let lettered = several.iter().enumerate();
                let lettered = lettered.map(|(index, text)| {
                    let letter = figures::letter(index);
                    let args = args!["letter" => letter, "sentence" => unbroken(text)];
                    texts.with("sentence-on", &args)
                });
                // Where there is no finding, no finding says it.
                let unsaid = matches!(self.finding(), Finding::NotEvaluated(_));
                let warning = self.assessment.warning().filter(|_| unsaid);
                let warning = warning.map(|warning| texts.recorded(&warning));
                lettered.chain(warning).collect()
            }
        }
    }

    /// The warning that a control scores as a used work would.
    fn warning(&self) -> Option<String> {
        let warning = self.assessment.warning()?;
        Some(self.texts.recorded(&warning))
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
                    reason: self.texts.recorded(reason),
                },
            },
        };
        let warned = |sentence| match self.warning() {
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
            let reason = self.texts.text("nothing-asked").into();
            return Figure::NotEvaluated { reason };
        };
        let said = |text: String| self.texts.recorded(&text);
        match (finding(judged), of_work(work.tests, judged)) {
            (Figure::Evaluated(sentence), Some(tests)) => {
                Figure::Evaluated(format!("{} {}", said(sentence), said(tests)))
            }
            (Figure::Evaluated(sentence), None) => Figure::Evaluated(said(sentence)),
            (Figure::NotEvaluated { reason }, _) => Figure::NotEvaluated {
                reason: said(reason),
            },
        }
    }

    /// The finding on the only one of several works that is left to be judged.
    fn finding_of_only(&self, index: usize) -> Figure<String> {
        match self.finding_of(index) {
            Figure::Evaluated(sentence) => {
                let args = args!["letter" => figures::letter(index), "sentence" => sentence];
                Figure::Evaluated(self.texts.with("finding-of-only", &args))
            }
            refused => refused,
        }
    }

    fn finding_together(&self, portfolio: &Portfolio) -> String {
        let again = self.assessment.questioned();
        let again = again.filter(|work| work.tests > 1).count();
        let sentence = finding_of_all(portfolio, self.assessment.verdict.works.len());
        let sentence = self.texts.recorded(&sentence);
        match again {
            0 => sentence,
            some => {
                let args = args!["sentence" => sentence, "works" => some];
                self.texts.with("not-corrected", &args)
            }
        }
    }
}

/// The score of a work, where it was tested in several readings that of the one that counts.
fn score_text(texts: &'static Texts, work: &AssessedWork, judged: &WorkVerdict) -> String {
    let text = match (&judged.readings, judged.score) {
        (Some(_), Some(score)) => Some(texts.number(score)),
        _ => printed_score(texts, work),
    };
    text.unwrap_or_else(|| texts.text("no-figure").into())
}

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
pub fn bound_text(texts: &Texts, ratio: &LikelihoodRatio) -> String {
    let side = match ratio.value >= 1.0 {
        true => "at-least",
        false => "at-most",
    };
    texts.with(side, &args!["bound" => texts.two_figures(ratio.bound())])
}

/// An end of a row of the scale.
fn whole(ratio: f64) -> String {
    count(ratio as u64)
}

fn p_value_text(texts: &'static Texts, work: &WorkVerdict, works: usize, tests: u64) -> String {
    let Some(p_value) = work.p_value.evaluated() else {
        return texts.text("no-figure").into();
    };
    let value = texts.two_figures(p_value.value);
    let holm = work.holm.evaluated().filter(|_| works > 1);
    let one = holm.copied().unwrap_or(p_value.value);
    let several = (tests > 1).then(|| {
        let corrected = texts.two_figures(corrected(one, tests));
        let args = args!["tests" => count(tests), "p-value" => corrected];
        texts.with("of-tests", &args)
    });
    let holm = holm.map(|corrected| format!("Holm {}", texts.two_figures(*corrected)));
    let shared = work.benjamini_hochberg.filter(|_| works > 1);
    let shared = shared.map(|corrected| format!("BH {}", texts.two_figures(corrected)));
    let beside: Vec<String> = holm.into_iter().chain(shared).chain(several).collect();
    match beside.as_slice() {
        [] => value,
        beside => format!("{value} ({})", beside.join("; ")),
    }
}

/// A likelihood ratio, and whether it was cut to what the controls can carry.
pub fn ratio_text(texts: &Texts, ratio: &LikelihoodRatio) -> String {
    let value = texts.two_figures(ratio.value);
    match ratio.cut_by {
        Some(_) => texts.with("limited", &args!["ratio" => value]),
        None => value,
    }
}
