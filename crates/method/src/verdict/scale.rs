//! The words for a likelihood ratio: the verbal scale of the ENFSI guideline for evaluative reporting in
//! forensic science (European Network of Forensic Science Institutes, 2015), which is printed with every
//! conclusion, so that a reader can look up which numbers a word stands for.

use serde::{Deserialize, Serialize};

use super::NotEvaluated;

/// One of the two propositions between which the evidence is weighed.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposition {
    /// The work was used in the fine-tuning.
    Used,
    /// The work was not used in the fine-tuning.
    NotUsed,
}

impl Proposition {
    /// The proposition as it is named in a conclusion.
    pub fn words(self) -> &'static str {
        match self {
            Self::Used => "\u{201c}used in the fine-tuning\u{201d}",
            Self::NotUsed => "\u{201c}not used\u{201d}",
        }
    }
}

/// The strength with which the findings support a proposition.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Support {
    Neither,
    Weak,
    Moderate,
    ModeratelyStrong,
    Strong,
    VeryStrong,
}

/// A row of the printed scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScaleRow {
    /// The smallest ratio of the row.
    pub from: f64,
    /// The ratio at which the next row begins; the last row has no end.
    pub to: Option<f64>,
    pub support: Support,
    /// The support of the findings for the one proposition over the other.
    pub phrase: &'static str,
}

/// The whole scale, for ratios of at least 1. Below 1 the same words hold for the other proposition, by
/// the inverse of the ratio.
pub const SCALE: [ScaleRow; 6] = [
    row(1.0, Some(2.0), Support::Neither, "no support"),
    row(2.0, Some(10.0), Support::Weak, "weak support"),
    row(10.0, Some(100.0), Support::Moderate, "moderate support"),
    row(
        100.0,
        Some(1000.0),
        Support::ModeratelyStrong,
        "moderately strong support",
    ),
    row(1000.0, Some(10_000.0), Support::Strong, "strong support"),
    row(10_000.0, None, Support::VeryStrong, "very strong support"),
];

const fn row(from: f64, to: Option<f64>, support: Support, phrase: &'static str) -> ScaleRow {
    ScaleRow {
        from,
        to,
        support,
        phrase,
    }
}

/// A step of the scale, for one of the propositions.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct ScaleStep {
    pub support: Support,
    /// The proposition supported; neither on the lowest step.
    pub favours: Option<Proposition>,
}

impl ScaleStep {
    /// The step of a likelihood ratio of [`Proposition::Used`] to [`Proposition::NotUsed`].
    ///
    /// # Errors
    /// [`NotEvaluated::NotARatio`] unless it is finite and above 0.
    pub fn of(ratio: f64) -> Result<Self, NotEvaluated> {
        if !(ratio.is_finite() && ratio > 0.0) {
            return Err(NotEvaluated::NotARatio(ratio));
        }
        let (size, proposition) = if ratio >= 1.0 {
            (ratio, Proposition::Used)
        } else {
            (1.0 / ratio, Proposition::NotUsed)
        };
        let support = SCALE
            .iter()
            .rev()
            .find(|row| size >= row.from)
            .map_or(Support::Neither, |row| row.support);
        Ok(Self {
            support,
            favours: (support != Support::Neither).then_some(proposition),
        })
    }

    /// The words of the scale, such as "weak support".
    pub fn phrase(self) -> &'static str {
        let [lowest, ..] = SCALE;
        SCALE
            .iter()
            .find(|row| row.support == self.support)
            .map_or(lowest.phrase, |row| row.phrase)
    }

    /// The words of the step, such as "weak support for “used in the fine-tuning” over “not used”".
    pub fn words(self) -> String {
        let phrase = self.phrase();
        match self.favours {
            None => format!("{phrase} for either proposition over the other"),
            Some(proposition) => {
                let other = match proposition {
                    Proposition::Used => Proposition::NotUsed,
                    Proposition::NotUsed => Proposition::Used,
                };
                format!(
                    "{phrase} for {} over {}",
                    proposition.words(),
                    other.words()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_holds_from_its_beginning_to_the_next() {
        for (row, next) in SCALE.iter().zip(&SCALE[1..]) {
            assert_eq!(row.to, Some(next.from));
            assert!(row.support < next.support);
        }
        for row in SCALE {
            let step = ScaleStep::of(row.from).unwrap();
            assert_eq!((step.support, step.phrase()), (row.support, row.phrase));
            if let Some(end) = row.to {
                assert_eq!(
                    ScaleStep::of(end * (1.0 - 1e-12)).unwrap().support,
                    row.support
                );
            }
        }
        assert_eq!(
            ScaleStep::of(f64::MAX).unwrap().support,
            Support::VeryStrong
        );
    }

    #[test]
    fn below_one_the_other_proposition_is_supported() {
        let step = ScaleStep::of(0.05).unwrap();
        assert_eq!(
            (step.support, step.favours),
            (Support::Moderate, Some(Proposition::NotUsed))
        );
        for neither in [0.51, 1.0, 1.99] {
            assert_eq!(ScaleStep::of(neither).unwrap().favours, None);
        }
        assert_eq!(
            ScaleStep::of(0.5).unwrap().favours,
            Some(Proposition::NotUsed)
        );
    }

    #[test]
    fn what_is_no_ratio_has_no_words() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(ScaleStep::of(bad).is_err());
        }
        // The inverse of the smallest number is infinite, and still has a step.
        assert_eq!(ScaleStep::of(5e-324).unwrap().support, Support::VeryStrong);
    }
}
