//! Telling members and hold-outs of a fine-tune apart: from the scores of single works to
//! the figures that are reported.

pub mod comparison;
pub(crate) mod csv;
pub mod error;
pub mod experiment;
pub mod figures;
pub mod near_duplicates;
pub mod report;
pub mod set;
pub mod table;
mod text;
pub(crate) mod tuned_model;
pub mod variant;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use near_duplicates::NearDuplicate;

/// A work's part in the fine-tuning: learnt or held out.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SetRole {
    /// It was learnt.
    Member,
    /// It was held out.
    HoldOut,
}

/// A work that was examined, and what came of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ScoredWork {
    /// The works that were examined with one fine-tuned model: an artist and a seed.
    pub set: String,
    pub name: String,
    pub role: SetRole,
    /// By name; higher speaks for a member. A score that could not be evaluated is not there.
    pub scores: BTreeMap<String, f64>,
    /// The reason for which it is kept out of all statistics; `None` if it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near_duplicate: Option<NearDuplicate>,
}
