//! A trial of a validation: cases of one kind, how many of them were called, what was expected, and whether it held.

use serde::{Deserialize, Serialize};

use palimpsest_base::number_format::{count, fixed};
use palimpsest_method::verdict::{Interval, exact_interval};

/// The fewest cases by which an expectation is judged.
pub const MIN_CASES: usize = 20;

/// The fewest controls with which a p-value can be 1 %.
pub const CONTROLS_FOR_1_PERCENT: usize = 99;

/// A kind of case: the works asked about, and their controls.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Situation {
    /// Works that were not used, among controls of their own hand.
    Innocent,
    /// Works that were used.
    Used,
    /// Works that were not used, among works of another hand of the same family.
    OtherHand,
    /// Among works of another family.
    OtherFamily,
    /// Works that were not used, with a used one among their controls.
    ContaminatedControls,
    /// The used work among the controls: what counts is the warning.
    ContaminationNoticed,
    /// Pictures that the fine-tuned model made.
    OwnOutput,
    /// Works made from such pictures.
    FromOwnOutput,
    /// Edits of used works.
    NearDuplicate,
    /// Works that were not used, with another base model than the one that was fine-tuned.
    WrongBase,
    /// Works that neither of two models was fine-tuned on, with the mean of the two.
    MergedInnocent,
    /// Works that one of the two was fine-tuned on.
    MergedUsed,
    /// Works that were not used, examined with another prompt than that of the training.
    OtherPromptInnocent,
    /// Works that were used, with another prompt.
    OtherPromptUsed,
}

impl Situation {
    /// In the order in which they are told.
    pub const ALL: [Self; 14] = [
        Self::Innocent,
        Self::Used,
        Self::OtherHand,
        Self::OtherFamily,
        Self::ContaminatedControls,
        Self::ContaminationNoticed,
        Self::OwnOutput,
        Self::FromOwnOutput,
        Self::NearDuplicate,
        Self::WrongBase,
        Self::MergedInnocent,
        Self::MergedUsed,
        Self::OtherPromptInnocent,
        Self::OtherPromptUsed,
    ];

    /// For readers.
    pub fn words(self) -> &'static str {
        match self {
            Self::Innocent => "works that were not used",
            Self::Used => "works that were used",
            Self::OtherHand => "works not used, controls of another hand",
            Self::OtherFamily => "works not used, controls of another kind of picture",
            Self::ContaminatedControls => "works not used, a used work among the controls",
            Self::ContaminationNoticed => "a used work among the controls: noticed",
            Self::OwnOutput => "the model’s own pictures",
            Self::FromOwnOutput => "works made from the model’s own pictures",
            Self::NearDuplicate => "near-duplicates of used works",
            Self::WrongBase => "works not used, another base model",
            Self::MergedInnocent => "works not used, merged models",
            Self::MergedUsed => "works that were used, merged models",
            Self::OtherPromptInnocent => "works not used, another prompt",
            Self::OtherPromptUsed => "works that were used, another prompt",
        }
    }

    /// The expectation of it, fixed before anything is measured.
    pub fn expectation(self) -> Expectation {
        match self {
            Self::Innocent
            | Self::OtherFamily
            | Self::ContaminatedControls
            | Self::OwnOutput
            | Self::FromOwnOutput
            | Self::WrongBase
            | Self::MergedInnocent
            | Self::OtherPromptInnocent => Expectation::AtMost(0.05),
            Self::OtherHand => Expectation::AtMost(0.10),
            Self::Used => Expectation::AtLeast(0.80),
            Self::ContaminationNoticed
            | Self::NearDuplicate
            | Self::MergedUsed
            | Self::OtherPromptUsed => Expectation::AtLeast(0.50),
        }
    }
}

/// The share of cases that may be called, or must be, at 5 %.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    AtMost(f64),
    AtLeast(f64),
}

impl Expectation {
    /// For readers.
    pub fn words(self) -> String {
        let percent = |share: f64| fixed(100.0 * share, 0);
        match self {
            Self::AtMost(share) => format!("at most {} %", percent(share)),
            Self::AtLeast(share) => format!("at least {} %", percent(share)),
        }
    }

    /// The outcome by `found`: it failed where the whole interval lies beyond it.
    fn judge(self, found: &Share) -> TrialOutcome {
        let fails = match self {
            Self::AtMost(share) => found.interval.low > share,
            Self::AtLeast(share) => found.interval.high < share,
        };
        match (found.cases < MIN_CASES, fails) {
            (true, _) => TrialOutcome::TooFew,
            (false, true) => TrialOutcome::Failed,
            (false, false) => TrialOutcome::Held,
        }
    }
}

/// The outcome of an expectation.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TrialOutcome {
    /// The cases do not contradict it.
    Held,
    /// They do: the exact 95 % interval lies beyond it.
    Failed,
    /// Fewer than [`MIN_CASES`], which say nothing.
    TooFew,
}

impl TrialOutcome {
    /// For readers.
    pub fn words(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Failed => "FAILED",
            Self::TooFew => "too few cases",
        }
    }
}

/// A share of cases with its exact 95 % interval, as if they were independent.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Share {
    /// Those of which it is true.
    pub called: usize,
    pub cases: usize,
    #[serde(flatten)]
    pub interval: Interval,
}

impl Share {
    /// `called` of `cases`; of none everything is possible.
    pub fn of(called: usize, cases: usize) -> Self {
        Self {
            called,
            cases,
            interval: match cases {
                0 => Interval {
                    low: 0.0,
                    high: 1.0,
                },
                cases => exact_interval(called, cases),
            },
        }
    }

    /// For readers: `3 of 100 (0.6 to 8.5 %)`.
    pub fn words(&self) -> String {
        let percent = |share: f64| fixed(100.0 * share, 1);
        format!(
            "{} of {} ({} to {} %)",
            count(self.called as u64),
            count(self.cases as u64),
            percent(self.interval.low),
            percent(self.interval.high)
        )
    }

    /// True if the interval is that of the counts; another computer's logarithms may differ in the last bits.
    fn is_consistent(&self) -> bool {
        let own = Self::of(self.called.min(self.cases), self.cases);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        self.called <= self.cases
            && near(own.interval.low, self.interval.low)
            && near(own.interval.high, self.interval.high)
    }
}

/// The result of a trial.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Trial {
    pub situation: Situation,
    /// Fine-tuned models that the cases are of; those of one model share it and their controls.
    pub models: usize,
    /// Cases in which the controls were refused: they are not called.
    pub refused: usize,
    /// Cases called at 5 %.
    pub at_5_percent: Share,
    /// Cases called at 1 %; none with fewer than [`CONTROLS_FOR_1_PERCENT`] controls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_1_percent: Option<Share>,
    pub expected: Expectation,
    pub outcome: TrialOutcome,
}

impl Trial {
    /// The trial of a situation that was met in these cases, judged by what was expected of it beforehand.
    pub fn of(
        situation: Situation,
        (models, refused): (usize, usize),
        at_5_percent: Share,
        at_1_percent: Option<Share>,
    ) -> Self {
        let expected = situation.expectation();
        Self {
            situation,
            models,
            refused,
            outcome: expected.judge(&at_5_percent),
            at_5_percent,
            at_1_percent,
            expected,
        }
    }

    /// True if intervals and outcome follow from the counts.
    pub(super) fn is_consistent(&self) -> bool {
        let shares = std::iter::once(&self.at_5_percent).chain(&self.at_1_percent);
        let own = self.expected.judge(&self.at_5_percent);
        shares.into_iter().all(Share::is_consistent)
            && self.outcome == own
            && self.refused <= self.at_5_percent.cases
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(situation: Situation, called: usize, cases: usize) -> TrialOutcome {
        Trial::of(situation, (1, 0), Share::of(called, cases), None).outcome
    }

    #[test]
    fn an_expectation_fails_only_where_the_whole_interval_lies_beyond_it() {
        assert_eq!(outcome(Situation::Innocent, 5, 100), TrialOutcome::Held);
        assert_eq!(outcome(Situation::Innocent, 9, 100), TrialOutcome::Held);
        assert_eq!(outcome(Situation::Innocent, 12, 100), TrialOutcome::Failed);
        assert_eq!(outcome(Situation::Used, 80, 100), TrialOutcome::Held);
        assert_eq!(outcome(Situation::Used, 70, 100), TrialOutcome::Failed);
        assert_eq!(outcome(Situation::Used, 0, 19), TrialOutcome::TooFew);
        assert_eq!(outcome(Situation::Used, 0, 0), TrialOutcome::TooFew);
    }

    #[test]
    fn figures_that_do_not_follow_from_their_counts_are_noticed() {
        let trial = Trial::of(Situation::Innocent, (2, 1), Share::of(3, 40), None);
        assert!(trial.is_consistent());
        let better = |change: fn(&mut Trial)| {
            let mut other = trial.clone();
            change(&mut other);
            other.is_consistent()
        };
        assert!(!better(|trial| trial.at_5_percent.called = 2));
        assert!(!better(|trial| trial.at_5_percent.interval.high = 0.05));
        assert!(!better(|trial| trial.outcome = TrialOutcome::Failed));
        assert!(!better(|trial| trial.refused = 41));
    }
}
