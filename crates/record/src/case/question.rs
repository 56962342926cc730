//! What a case asks, fixed before anything is examined: whoever could choose the score afterwards could
//! choose the answer.

use serde::{Deserialize, Serialize};

use palimpsest_method::examination::PrimaryScore;

/// The most repetitions of every examination.
pub const MAX_REPEATS: u32 = 100;

/// What is asked, and by which score it is answered.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Question {
    /// The score that decides.
    pub primary_score: PrimaryScore,
    /// What is put forward, and what is said against it.
    pub propositions: [String; 2],
    /// How often each work is examined, every time with other draws, 1..=[`MAX_REPEATS`]; its score is the
    /// mean.
    pub repeats: u32,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            primary_score: PrimaryScore::default(),
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
