//! The question of a case, fixed before anything is examined: whoever could choose the score afterwards could
//! choose the answer.

use serde::{Deserialize, Serialize};

/// The score that decides unless another is named: how straight what moved points at the original. Of the scores
/// of what came back it told members and hold-outs apart best in the published tables of this program
/// (`benches/evaluation`); the loss gap does as well there and recovers nothing that could be looked at.
pub const PRIMARY: &str = "recovery.direction";

/// The scores that may decide; a higher one always speaks for use.
pub const SCORES: [&str; 7] = [
    PRIMARY,
    "recovery.gain_db",
    "loss_gap",
    "similarity.structural",
    "structural.gain",
    "similarity.clip",
    "similarity.dino",
];

/// The most repetitions of every examination.
pub const MAX_REPEATS: u32 = 100;

/// A question, and the score that answers it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Question {
    /// One of [`SCORES`].
    pub primary_score: String,
    /// The proposition put forward, and the one against it.
    pub propositions: [String; 2],
    /// Number of examinations of each work, every time with other draws, 1..=[`MAX_REPEATS`]; its score is the
    /// mean.
    pub repeats: u32,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            primary_score: PRIMARY.into(),
            propositions: [
                "The questioned work was among the pictures that the model was fine-tuned on.".into(),
                "The questioned work was not among the pictures that the model was fine-tuned on; they may \
                 have included other works of the same hand."
                    .into(),
            ],
            repeats: 1,
        }
    }
}
