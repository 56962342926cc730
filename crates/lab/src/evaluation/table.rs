//! The table of an evaluation: its figures, and all that a reader of them should know.

use std::collections::BTreeMap;

use serde::Serialize;

use super::comparison::Comparison;
use super::figures::{ScoreRow, Sets};
use super::near_duplicates::LeftOut;
use super::{ScoredWork, SetRole};

/// All figures. Written as an aligned text with [`Table::text`], as comma-separated values with
/// [`Table::csv`], and as JSON by serde.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// By score, then by set in the order of the works; the rows over several sets follow their sets.
    pub rows: Vec<ScoreRow>,
    /// Faults of the works themselves.
    pub warnings: Vec<String>,
    /// Works that are kept out of all figures.
    pub left_out: Vec<LeftOut>,
    /// Further facts for a reader.
    pub notes: Vec<String>,
    /// Other settings on the same works, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings_compared: Option<Comparison>,
}

impl Table {
    /// The figures of some works, without those that are near-duplicates.
    pub fn of(all: &[ScoredWork]) -> Self {
        let (works, left_out): (Vec<&ScoredWork>, Vec<&ScoredWork>) =
            all.iter().partition(|work| work.near_duplicate.is_none());
        let sets = Sets::of(&works);
        Self {
            rows: sets.rows(),
            warnings: sets
                .by_name()
                .flat_map(|(set, works)| warnings(set, works))
                .collect(),
            left_out: left_out.into_iter().filter_map(LeftOut::of).collect(),
            notes: Vec::new(),
            settings_compared: None,
        }
    }
}

/// Works that are listed twice, or in both roles.
fn warnings(set: &str, works: &[&ScoredWork]) -> Vec<String> {
    let mut roles: BTreeMap<&str, Vec<SetRole>> = BTreeMap::new();
    for work in works {
        roles.entry(&work.name).or_default().push(work.role);
    }
    let warning = |(name, roles): (&&str, &Vec<SetRole>)| {
        let both = roles.contains(&SetRole::Member) && roles.contains(&SetRole::HoldOut);
        match (both, roles.len()) {
            (true, _) => Some(format!("{set}: {name} is both a member and a hold-out")),
            (false, 1) => None,
            (false, times) => Some(format!("{set}: {name} is counted {times} times")),
        }
    };
    roles.iter().filter_map(warning).collect()
}
