//! The question of a case, fixed before anything is examined: whoever could choose the score afterwards could
//! choose the answer.

use serde::{Deserialize, Serialize};

use super::blinding::Blinding;
use super::control_draw::ControlDraw;
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::PrimaryScore;

/// The most repetitions of every examination.
pub const MAX_REPEATS: u32 = 100;

/// A question, and the score that answers it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default = "Question::unsaid")]
pub struct Question {
    /// The score that decides.
    pub primary_score: PrimaryScore,
    /// The proposition put forward, and the one against it.
    pub propositions: [String; 2],
    /// Number of examinations of each work, every time with other draws, 1..=[`MAX_REPEATS`]; its score is the
    /// mean.
    pub repeats: u32,
    /// Readings of the files that are tested beside the plan's, where a questioned work is another picture in them: the
    /// reading in which a work ranks highest counts, and its p-value is corrected for their number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_readings: Vec<Reading>,
    /// The draw that the negative controls come from; none where the user chose them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controls_drawn: Option<ControlDraw>,
    /// The declaration on the negative controls; none where nothing is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declaration: Option<Declaration>,
    /// The number of works under neutral names and the commitment to what they stand for; none where nothing is blind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blinding: Option<Blinding>,
}

/// A declaration on the negative controls by whoever supplies them, in their words; an empty part is not declared.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default)]
pub struct Declaration {
    /// The place or person that they come from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The dates at which they were made, and the evidence of these.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub dates: String,
    /// The rule by which they were selected.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rule: String,
}

impl Declaration {
    /// The declaration of these parts; none of none.
    pub fn of(source: &str, dates: &str, rule: &str) -> Option<Self> {
        let [source, dates, rule] = [source, dates, rule].map(|part| part.trim().to_owned());
        let all = [&source, &dates, &rule];
        all.iter().any(|part| !part.is_empty()).then_some(Self {
            source,
            dates,
            rule,
        })
    }

    /// Its parts by their names, empty where they are not declared.
    pub fn parts(&self) -> [(&'static str, &str); 3] {
        [
            ("source", &self.source),
            ("dates", &self.dates),
            ("rule of selection", &self.rule),
        ]
    }
}

impl Question {
    /// The question of a record that says nothing of it: records had none at first, and the score that decided was
    /// another one then.
    pub(super) fn unsaid() -> Self {
        Self {
            primary_score: PrimaryScore::RecoveryDirection,
            ..Self::default()
        }
    }
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
            further_readings: Vec::new(),
            controls_drawn: None,
            declaration: None,
            blinding: None,
        }
    }
}
