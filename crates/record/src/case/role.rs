//! Roles of the artworks of a case: those that are asked about, and those that they are compared with.

use serde::{Deserialize, Serialize};

/// The reason that an artwork is in the case.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Was it used?
    #[default]
    Questioned,
    /// A work of the same hand and kind that is known not to have been used. Only these enter a p-value or
    /// a likelihood ratio as the other side.
    Negative,
    /// A work that is known to have been used.
    Positive,
    /// A work of somebody else, shown beside the others and counted nowhere.
    Context,
    /// A work of known use that was examined blind, as a questioned one; in records it is one, and it is told apart by
    /// what was opened.
    Decoy,
    /// A picture that the fine-tuned model makes by itself; counted nowhere.
    OwnOutput,
    /// A questioned work against another fine-tuned model that never saw it: what the method finds where
    /// there is nothing to be found.
    NullRun,
    /// A questioned work with the pretrained model in both places: nothing must move.
    SelfTest,
}

impl Role {
    /// In the order in which readers want to see them.
    pub const ALL: [Self; 8] = [
        Self::Questioned,
        Self::Negative,
        Self::Positive,
        Self::Context,
        Self::Decoy,
        Self::OwnOutput,
        Self::NullRun,
        Self::SelfTest,
    ];

    /// For readers, of one work.
    pub fn title(self) -> &'static str {
        match self {
            Self::Questioned => "questioned work",
            Self::Negative => "negative control",
            Self::Positive => "positive control",
            Self::Context => "work of others",
            Self::Decoy => "blind decoy",
            Self::OwnOutput => "the model's own output",
            Self::NullRun => "null run",
            Self::SelfTest => "self-test",
        }
    }

    /// As records spell it.
    pub fn name(self) -> String {
        let name = match self {
            Self::Questioned => "questioned",
            Self::Negative => "negative",
            Self::Positive => "positive",
            Self::Context => "context",
            Self::Decoy => "decoy",
            Self::OwnOutput => "own_output",
            Self::NullRun => "null_run",
            Self::SelfTest => "self_test",
        };
        name.to_owned()
    }

    /// True for what the case asks about, for records that leave out what is usual.
    pub fn is_questioned(&self) -> bool {
        *self == Self::Questioned
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn a_role_is_called_as_records_spell_it() {
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.name());
        }
    }
}
