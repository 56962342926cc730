//! The registration of a case: what the registry told when the case was entered in it, kept in `case.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::line::Facts;
use crate::case::Digest;

/// The place of a case in the registry, or the reason that it has none.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// It has a line.
    Entered(Entered),
    /// It has none, for this reason; what was examined before is not known.
    Missing(String),
}

/// The line of a case, and the examinations before it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Entered {
    /// The line's hash.
    pub line: Digest,
    /// Number of this examination among those of the same fine-tuned model, the first being 1.
    pub of_model: u64,
    /// Everything in which any of those before differs from this one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub differs: BTreeSet<Part>,
    /// Number of examinations before against the same model of each questioned work that had any, questioned or not,
    /// by the hash of its file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub earlier: BTreeMap<Digest, u64>,
}

/// A part of an examination in which two can differ.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Works,
    Controls,
    Squares,
    Pretrained,
    Prompt,
    Seed,
    Settings,
    Question,
}

impl Part {
    /// Its name for readers.
    pub fn words(self) -> &'static str {
        match self {
            Self::Works => "the questioned works",
            Self::Controls => "the works beside them",
            Self::Squares => "the squares that are examined",
            Self::Pretrained => "the pretrained model",
            Self::Prompt => "the prompt",
            Self::Seed => "the seed",
            Self::Settings => "the settings",
            Self::Question => "the question or the score that decides",
        }
    }
}

impl Entered {
    /// The registration of `now` behind the lines of `before`.
    pub(super) fn after(before: &[Facts], now: &Facts, line: Digest) -> Self {
        let same = before.iter().filter(|it| it.finetuned == now.finetuned);
        let same: Vec<&Facts> = same.collect();
        let examined = |work: &Digest| {
            let with = |it: &&&Facts| it.questioned.contains(work) || it.others.contains(work);
            same.iter().filter(with).count() as u64
        };
        let counts = now.questioned.iter().map(|work| (*work, examined(work)));
        Self {
            line,
            of_model: (same.len() as u64).saturating_add(1),
            differs: same.iter().flat_map(|it| differences(it, now)).collect(),
            earlier: counts.filter(|(_, count)| *count > 0).collect(),
        }
    }
}

fn differences<'a>(before: &'a Facts, now: &'a Facts) -> impl Iterator<Item = Part> + use<> {
    let differs = [
        (Part::Works, before.questioned != now.questioned),
        (Part::Controls, before.others != now.others),
        (Part::Squares, before.squares != now.squares),
        (Part::Pretrained, before.pretrained != now.pretrained),
        (Part::Prompt, before.prompt != now.prompt),
        (Part::Seed, before.seed != now.seed),
        (Part::Settings, before.settings != now.settings),
        (Part::Question, before.question != now.question),
    ];
    let differs = differs.into_iter().filter(|(_, differs)| *differs);
    differs.map(|(part, _)| part)
}

impl Registration {
    /// Number of tests of the work with this hash against this model, this one among them; 1 where none before is
    /// known.
    pub fn tests_of(&self, work: Option<Digest>) -> u64 {
        match (self, work) {
            (Self::Entered(entered), Some(work)) => {
                let earlier = entered.earlier.get(&work).copied();
                earlier.unwrap_or(0).saturating_add(1)
            }
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_a_case_states_does_not_run_over() {
        let work = Digest::of(b"a work");
        let entered = |earlier| {
            Registration::Entered(Entered {
                line: Digest::ZERO,
                of_model: 1,
                differs: BTreeSet::new(),
                earlier: BTreeMap::from([(work, earlier)]),
            })
        };
        assert_eq!(entered(2).tests_of(Some(work)), 3);
        assert_eq!(entered(u64::MAX).tests_of(Some(work)), u64::MAX);
    }
}
