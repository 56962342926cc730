//! Several settings on the same works with the same models: what each costs and how well it tells members
//! and hold-outs apart, one row a setting, the evaluation's own first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::figures::{Sets, mean_area};
use super::set::{Evaluated, Examined};
use super::variant::Variant;
use super::{ScoredWork, SetRole};
use palimpsest_method::verdict::{AucDifference, MeanAuc, Sample, auc_difference, mean_difference};

mod csv;
mod text;

/// The score by which settings are compared with the first row's.
const COMPARED: &str = "recovery.direction";
/// The scores of a row, in this order.
const SCORES: [&str; 6] = [
    COMPARED,
    "picture.gain_db",
    "similarity.structural",
    "loss_gap",
    "similarity.clip",
    "similarity.dino",
];

/// All settings. As text with [`Comparison::text`], as comma-separated values with [`Comparison::csv`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Comparison {
    pub rows: Vec<SettingsRow>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingsRow {
    /// As they were written; of the first row the evaluation's own.
    pub settings: String,
    /// Network evaluations of one work.
    pub evaluations: usize,
    /// Seconds of one work, the mean.
    pub seconds: f64,
    /// By score, the mean over the sets; a score that no set has is not there.
    pub auc: BTreeMap<String, MeanAuc>,
    /// By how much the area of `COMPARED` exceeds the first row's, over the works that have both scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exceeds_the_first: Option<AucDifference>,
}

impl Comparison {
    /// The evaluation's own settings, called `own`, and its variants. `None` without variants.
    pub fn of(sets: &[Evaluated], own: &str, variants: &[Variant]) -> Option<Self> {
        if variants.is_empty() {
            return None;
        }
        let first: Vec<&Examined> = sets.iter().map(|set| &set.own).collect();
        let others = variants.iter().enumerate().map(|(i, variant)| {
            let sets: Vec<&Examined> = sets.iter().filter_map(|set| set.variants.get(i)).collect();
            SettingsRow {
                exceeds_the_first: difference(&sets, &first),
                ..SettingsRow::of(&variant.label, &sets)
            }
        });
        Some(Self {
            rows: std::iter::once(SettingsRow::of(own, &first))
                .chain(others)
                .collect(),
        })
    }
}

impl SettingsRow {
    fn of(settings: &str, sets: &[&Examined]) -> Self {
        let works: Vec<ScoredWork> = sets.iter().flat_map(|set| set.works.clone()).collect();
        let counted: Vec<&ScoredWork> = works
            .iter()
            .filter(|work| work.near_duplicate.is_none())
            .collect();
        let rows = Sets::of(&counted).rows();
        let auc = SCORES
            .iter()
            .filter_map(|score| Some(((*score).to_owned(), mean_area(&rows, score)?)));
        Self {
            settings: settings.to_owned(),
            // Where nothing was examined nothing was evaluated.
            evaluations: sets.iter().map(|set| set.evaluations).max().unwrap_or(0),
            seconds: sets.iter().map(|set| set.seconds).sum::<f64>() / works.len().max(1) as f64,
            auc: auc.collect(),
            exceeds_the_first: None,
        }
    }
}

/// The mean over the sets of what `sets` have more than `first`.
fn difference(sets: &[&Examined], first: &[&Examined]) -> Option<AucDifference> {
    let pairs = sets.iter().zip(first);
    let differences: Vec<_> = pairs.filter_map(|(new, old)| of_set(new, old)).collect();
    // A row without a difference says that there are too few works to compare.
    mean_difference(&differences).ok()
}

fn of_set(new: &Examined, old: &Examined) -> Option<AucDifference> {
    let score = |work: &ScoredWork| work.scores.get(COMPARED).copied();
    let counted = |work: &&ScoredWork| work.near_duplicate.is_none();
    let pairs = new.works.iter().filter(counted).filter_map(|work| {
        let same = |other: &&ScoredWork| other.name == work.name && other.role == work.role;
        let before = old.works.iter().find(same).and_then(score);
        Some((work.role, score(work)?, before?))
    });
    let pairs: Vec<(SetRole, f64, f64)> = pairs.collect();
    let of = |role: SetRole, value: fn(&(SetRole, f64, f64)) -> f64| {
        pairs
            .iter()
            .filter(|pair| pair.0 == role)
            .map(value)
            .collect()
    };
    let new = Sample::new(
        of(SetRole::Member, |pair| pair.1),
        of(SetRole::HoldOut, |pair| pair.1),
    );
    let old = Sample::new(
        of(SetRole::Member, |pair| pair.2),
        of(SetRole::HoldOut, |pair| pair.2),
    );
    auc_difference(&new.ok()?, &old.ok()?).ok()
}
