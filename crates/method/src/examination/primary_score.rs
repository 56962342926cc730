//! The scores that may decide a case, by the names that records, options and findings have for them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A score that may decide; a higher one always speaks for use.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(try_from = "String", into = "String")]
pub enum PrimaryScore {
    /// The difference of the losses on the whole artwork. It decides unless another is named: of all scores and of
    /// their combinations it told members and hold-outs apart best where models were little trained
    /// (`benches/evaluation/scores.txt`). The recovered picture, which it does not depend on, illustrates it.
    #[default]
    LossGap,
    /// The cosine between the movement of the removed cells and the way to the original: the best of the scores of
    /// what came back.
    RecoveryDirection,
    /// The distance gained towards the original, in decibels.
    RecoveryGain,
    /// The structural similarity of the recovered picture.
    Structural,
    /// The same less that of the partial picture.
    StructuralGain,
    /// The cosine of the CLIP embeddings.
    Clip,
    /// The cosine of the DINO class tokens.
    Dino,
}

/// A name that no score has.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("\"{name}\" is no score that can decide: choose one of {}", PrimaryScore::NAMES.join(", "))]
pub struct UnknownScore {
    name: String,
}

impl PrimaryScore {
    /// All of them, the usual one first.
    pub const ALL: [Self; 7] = [
        Self::LossGap,
        Self::RecoveryDirection,
        Self::RecoveryGain,
        Self::Structural,
        Self::StructuralGain,
        Self::Clip,
        Self::Dino,
    ];

    /// Their names, in the same order.
    pub const NAMES: [&str; 7] = [
        Self::ALL[0].name(),
        Self::ALL[1].name(),
        Self::ALL[2].name(),
        Self::ALL[3].name(),
        Self::ALL[4].name(),
        Self::ALL[5].name(),
        Self::ALL[6].name(),
    ];

    /// Tells whether it is taken of what came back, and so depends on how the descent was made.
    pub const fn is_of_recovery(self) -> bool {
        !matches!(self, Self::LossGap)
    }

    /// Its name in records and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RecoveryDirection => "recovery.direction",
            Self::RecoveryGain => "recovery.gain_db",
            Self::LossGap => "loss_gap",
            Self::Structural => "similarity.structural",
            Self::StructuralGain => "structural.gain",
            Self::Clip => "similarity.clip",
            Self::Dino => "similarity.dino",
        }
    }
}

impl fmt::Display for PrimaryScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for PrimaryScore {
    type Err = UnknownScore;

    fn from_str(name: &str) -> Result<Self, UnknownScore> {
        let mut all = Self::ALL.into_iter();
        all.find(|score| score.name() == name)
            .ok_or_else(|| UnknownScore {
                name: name.to_owned(),
            })
    }
}

impl TryFrom<String> for PrimaryScore {
    type Error = UnknownScore;

    fn try_from(name: String) -> Result<Self, UnknownScore> {
        name.parse()
    }
}

impl From<PrimaryScore> for String {
    fn from(score: PrimaryScore) -> Self {
        score.name().to_owned()
    }
}
