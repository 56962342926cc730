//! A negative control that stands out from the others as a used work would: it counts as it was declared, and what would
//! follow if it did not is told beside the conclusion.

use serde::{Deserialize, Serialize};

use super::assessed_work::AssessedWork;
use super::assessment::FurtherWorks;
use super::calibration::CalibrationFile;
use super::weighing::{of, weigh};
use crate::case::{CaseView, Role};
use palimpsest_base::number_format::two_figures;
use palimpsest_method::verdict::{Figure, StandingOut, Verdict};

/// Questioned works of which the sentence gives the p-values; the assessment has all.
const TOLD: usize = 8;

/// The control, and the p-values without it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SuspectControl {
    /// The name of its file.
    pub name: String,
    #[serde(flatten)]
    pub found: StandingOut,
    /// The p-value of each questioned work if the control were not there, in their order.
    pub p_without: Vec<Figure<f64>>,
}

impl SuspectControl {
    /// The control of a case that stands out in a reading, the case's own first; none where none does.
    pub(super) fn of(
        view: &CaseView,
        works: &[AssessedWork],
        further: &[FurtherWorks],
        calibrations: &[CalibrationFile],
    ) -> Option<Self> {
        let readings = std::iter::once(works).chain(further.iter().map(|it| it.works.as_slice()));
        let stands_out = |works: &[AssessedWork]| {
            let mut places = works.iter().enumerate();
            places.find_map(|(place, work)| Some((place, work.name.clone(), work.stands_out?)))
        };
        let (place, name, found) = readings.into_iter().find_map(stands_out)?;
        let without = |works: &[AssessedWork]| -> Vec<AssessedWork> {
            let others = works.iter().enumerate().filter(|(at, _)| *at != place);
            others.map(|(_, work)| work.clone()).collect()
        };
        let further = further.iter().map(|further| FurtherWorks {
            reading: further.reading,
            works: without(&further.works),
        });
        let further: Vec<FurtherWorks> = further.collect();
        let verdict = weigh(view, &without(works), &further, calibrations);
        Some(Self {
            name,
            found,
            p_without: p_values(&verdict),
        })
    }

    /// The warning, for a case with these works and this verdict.
    pub(super) fn sentence(&self, works: &[AssessedWork], verdict: &Verdict) -> String {
        let what = match self.found.beyond_turned {
            true => "what its loss gap has beyond that of its own picture turned upside down",
            false => "its score",
        };
        let asked: Vec<&AssessedWork> = of(works, Role::Questioned).collect();
        let now = p_values(verdict);
        let changed = asked.iter().zip(now.iter().zip(&self.p_without));
        let changed = changed.filter_map(|(work, (with, without))| {
            let (with, without) = (with.evaluated()?, without.evaluated()?);
            (with != without).then(|| {
                let [with, without] = [*with, *without].map(two_figures);
                match asked.len() {
                    1 => format!("{without} in place of {with}"),
                    _ => format!("{without} in place of {with} for {}", work.name),
                }
            })
        });
        let changed: Vec<String> = changed.collect();
        let told = changed.iter().take(TOLD).cloned().collect::<Vec<_>>();
        let more = match changed.len().saturating_sub(TOLD) {
            0 => String::new(),
            more => format!(", and other values for {more} more"),
        };
        let without = match changed.is_empty() {
            true => "no p-value would be another".to_owned(),
            false => format!("the p-value would be {}{more}", told.join(", ")),
        };
        format!(
            "Warning: {}, declared not to have been used, stands far from the other controls as a used work would: {what} \
             lies {:.1} times their spread above their middle, and up to {:.1} is taken for chance. If it was used \
             after all, the questioned works stand out less than they should. It counts as it was declared; without \
             it {without}, which is no result, since a control that is left out after its score was seen chooses the \
             answer. Check where it comes from.",
            self.name, self.found.distance, self.found.limit
        )
    }
}

fn p_values(verdict: &Verdict) -> Vec<Figure<f64>> {
    let works = verdict.works.iter();
    let values = works.map(|work| match &work.p_value {
        Figure::Evaluated(p) => Figure::Evaluated(p.value),
        Figure::NotEvaluated { reason } => Figure::NotEvaluated {
            reason: reason.clone(),
        },
    });
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use palimpsest_method::verdict::{Evidence, conclude};
    use serde_json::json;

    fn verdict(questioned: &[f64], highest: Option<f64>) -> Verdict {
        let others = (0..9_u8).map(|place| f64::from(place) / 10.0);
        conclude(&Evidence {
            questioned: questioned.iter().map(|&score| Ok(score)).collect(),
            negatives: others.chain(highest).collect(),
            ..Evidence::default()
        })
    }

    /// The warning where these are asked about and a control scores 9.
    fn said(questioned: &[f64]) -> String {
        let work = |(name, score): (char, &f64)| {
            let name = format!("{name}.png");
            let work = json!({
                "name": name, "role": "questioned", "folders": [], "score": score, "repetitions": [],
            });
            serde_json::from_value(work).unwrap()
        };
        let works: Vec<AssessedWork> = ('a'..).zip(questioned).map(work).collect();
        let suspect = SuspectControl {
            name: "odd.png".into(),
            found: StandingOut {
                distance: 9.44,
                limit: 5.65,
                beyond_turned: true,
            },
            p_without: p_values(&verdict(questioned, None)),
        };
        suspect.sentence(&works, &verdict(questioned, Some(9.0)))
    }

    #[test]
    fn the_warning_names_the_control_and_the_p_value_without_it() {
        let one = said(&[1.0]);
        assert!(one.starts_with("Warning: odd.png,"), "{one}");
        assert!(one.contains("turned upside down lies 9.4 times"), "{one}");
        assert!(
            one.contains("up to 5.6 is") || one.contains("up to 5.7 is"),
            "{one}"
        );
        // 1 of 10 in place of 2 of 11.
        assert!(
            one.contains("would be 0.10 in place of 0.18, which"),
            "{one}"
        );
        let two = said(&[1.0, 10.0]);
        assert!(
            two.contains("0.10 in place of 0.18 for a.png, 0.10 in place of 0.091 for b.png"),
            "{two}"
        );
        for language in Language::ALL {
            let texts = language.texts();
            assert!(texts.knows(&one) && texts.knows(&two), "{language:?}");
        }
        let german = Language::German.texts().recorded(&one);
        assert!(
            german.contains("wäre der p-Wert 0,10 statt 0,18"),
            "{german}"
        );
    }
}
