//! The results of cells put into their tables, with the cells that are missing, failed, or made by another version.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::plan::Plan;
use super::published::Published;
use super::result::{CellResult, State};
use super::tables::{Entry, Table};
use crate::evaluation::figures::{Figures, Over, RowFigures, Sets};
use crate::evaluation::{ScoredWork, SetRole};
use crate::membership;
use palimpsest_method::verdict::Interval;

/// The scores of a table, and how a reader knows them, in this order.
pub const SCORES: [(&str, &str); 11] = [
    ("similarity.clip", "CLIP (C)"),
    ("similarity.dino", "DINO (D)"),
    ("similarity.structural", "structural similarity"),
    ("recovery.direction", "recovery direction"),
    ("loss_gap", "loss gap"),
    named(0),
    named(1),
    named(2),
    named(3),
    named(4),
    named(5),
];

const fn named(index: usize) -> (&'static str, &'static str) {
    let (score, name, _) = membership::SCORES[index];
    (score, name)
}

/// All tables of a plan, as far as their cells are made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gathered {
    pub program: String,
    /// The base model, and the hash over its files.
    pub base: String,
    pub base_sha256: String,
    pub seed: u64,
    pub tables: Vec<GatheredTable>,
    /// Cells with a result, of how many.
    pub done: usize,
    pub cells: usize,
    /// Cells without one.
    pub missing: Vec<String>,
    /// Cells that failed, and why.
    pub failed: BTreeMap<String, String>,
    /// Cells with a result that is not this plan's, and whose.
    pub other: BTreeMap<String, String>,
    /// Works that are near-duplicates and not counted.
    pub left_out: Vec<String>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheredTable {
    pub table: Table,
    pub sections: Vec<GatheredSection>,
}

/// Rows of one kind of works.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheredSection {
    pub heading: String,
    pub columns: Vec<String>,
    pub rows: Vec<GatheredRow>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheredRow {
    pub label: String,
    pub entries: Vec<GatheredEntry>,
}

/// What was measured, beside what the paper has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GatheredEntry {
    /// By score.
    pub measured: BTreeMap<String, Measured>,
    pub published: Option<Published>,
    /// Classes whose cell is made, of how many.
    pub classes: usize,
    pub planned: usize,
    /// Network evaluations of one work.
    pub evaluations: usize,
    /// Seconds of one work, the mean.
    pub seconds: f64,
}

/// The figures of a score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measured {
    pub members: usize,
    pub hold_outs: usize,
    /// Over all works, with one threshold for all classes.
    pub accuracy: f64,
    pub accuracy_low: f64,
    pub accuracy_high: f64,
    pub auc: f64,
    pub auc_low: f64,
    pub auc_high: f64,
    /// With a threshold of its own for every class (App. J), and the mean of the areas.
    pub accuracy_per_class: Option<f64>,
    pub auc_per_class: Option<f64>,
}

impl Gathered {
    /// The tables of `plan`, with what lies in its folder.
    pub fn of(plan: &Plan, folder: &Path) -> Self {
        let mut gathered = Self {
            program: plan.program.clone(),
            base: plan.base.path.display().to_string(),
            base_sha256: plan.base.sha256.to_string(),
            seed: plan.seed,
            tables: Vec::new(),
            done: 0,
            cells: plan.cells.len(),
            missing: Vec::new(),
            failed: BTreeMap::new(),
            other: BTreeMap::new(),
            left_out: Vec::new(),
        };
        let mut results = BTreeMap::new();
        for cell in &plan.cells {
            match State::of(cell, plan, folder) {
                State::Done(result) => {
                    gathered.done += 1;
                    results.insert(cell.name.clone(), *result);
                }
                State::Missing => gathered.missing.push(cell.name.clone()),
                State::Failed(error) => {
                    gathered.failed.insert(cell.name.clone(), error);
                }
                State::Other(what) => {
                    gathered.other.insert(cell.name.clone(), what);
                }
            }
        }
        gathered.left_out = left_out(&results);
        let resembling = plan.classes.iter().flat_map(|class| {
            class.left_out.iter().map(move |left| {
                let (work, of) = (left.work.path.display(), left.of.display());
                let (name, likeness) = (&class.name, left.likeness);
                format!("{name}: {work} is left out, by CLIP {likeness:.3} like the member {of}")
            })
        });
        gathered.left_out.extend(resembling);
        gathered.tables = plan
            .tables
            .iter()
            .map(|table| GatheredTable {
                table: table.table,
                sections: table
                    .sections
                    .iter()
                    .map(|section| GatheredSection {
                        heading: section.heading.clone(),
                        columns: section.columns.clone(),
                        rows: section
                            .rows
                            .iter()
                            .map(|row| GatheredRow {
                                label: row.label.clone(),
                                entries: row.entries.iter().map(|e| entry(e, &results)).collect(),
                            })
                            .collect(),
                    })
                    .collect(),
            })
            .collect();
        gathered
    }

    /// True if every cell has its result.
    pub fn is_complete(&self) -> bool {
        self.done == self.cells
    }
}

fn left_out(results: &BTreeMap<String, CellResult>) -> Vec<String> {
    let works = results.values().flat_map(|result| &result.works);
    let sentences = works.filter_map(|work| {
        let near = work.near_duplicate.as_ref()?;
        Some(format!(
            "{}: {} is left out, {}",
            work.set,
            work.name,
            near.sentence(work.role)
        ))
    });
    let mut sentences: Vec<String> = sentences.collect();
    sentences.sort();
    sentences.dedup();
    sentences
}

fn entry(entry: &Entry, results: &BTreeMap<String, CellResult>) -> GatheredEntry {
    let made: Vec<&CellResult> = entry
        .cells
        .iter()
        .filter_map(|cell| results.get(cell))
        .collect();
    let works: Vec<&ScoredWork> = made.iter().flat_map(|result| &result.works).collect();
    let counted: Vec<&ScoredWork> = works
        .iter()
        .copied()
        .filter(|work| work.near_duplicate.is_none())
        .collect();
    let seconds: f64 = made.iter().map(|result| result.seconds).sum();
    GatheredEntry {
        measured: measured(&counted),
        published: entry.published,
        classes: made.len(),
        planned: entry.cells.len(),
        evaluations: made
            .iter()
            .map(|result| result.evaluations)
            .max()
            .unwrap_or(0),
        seconds: seconds / works.len().max(1) as f64,
    }
}

/// The figures of every score over all works.
fn measured(works: &[&ScoredWork]) -> BTreeMap<String, Measured> {
    let rows = Sets::of(works).rows();
    let mut measured = BTreeMap::new();
    for (score, _) in SCORES {
        let rows = || rows.iter().filter(|row| row.score == score);
        let pooled = rows().find(|row| matches!(row.over, Over::Pooled(_)));
        // A single class has no row for all.
        let single = || rows().find(|row| matches!(row.over, Over::Set(_)));
        let Some(RowFigures::Evaluated(figures)) = pooled.or_else(single).map(|row| &row.outcome)
        else {
            continue;
        };
        let mean = rows().find_map(|row| match &row.outcome {
            RowFigures::Mean(mean) => Some((mean.best_accuracy.in_sample, mean.auc.value)),
            RowFigures::Evaluated(_) | RowFigures::NotEvaluated { .. } => None,
        });
        let of = |role: SetRole| {
            let with = |work: &&&ScoredWork| work.role == role && work.scores.contains_key(score);
            works.iter().filter(with).count()
        };
        let counts = (of(SetRole::Member), of(SetRole::HoldOut));
        measured.insert(score.to_owned(), Measured::of(figures, mean, counts));
    }
    measured
}

impl Measured {
    fn of(
        figures: &Figures,
        mean: Option<(f64, f64)>,
        (members, hold_outs): (usize, usize),
    ) -> Self {
        let accuracy = figures.best_accuracy.in_sample.accuracy;
        let Interval { low, high } = figures.auc.interval;
        Self {
            members,
            hold_outs,
            accuracy: accuracy.value,
            accuracy_low: accuracy.interval.low,
            accuracy_high: accuracy.interval.high,
            auc: figures.auc.value,
            auc_low: low,
            auc_high: high,
            accuracy_per_class: mean.map(|(accuracy, _)| accuracy),
            auc_per_class: mean.map(|(_, auc)| auc),
        }
    }
}

impl Published {
    /// The paper's accuracy and area by a score; it has those of CLIP and DINO.
    pub fn by(&self, score: &str) -> Option<(f64, f64)> {
        match score {
            "similarity.clip" => Some((self.accuracy_clip, self.auc_clip)),
            "similarity.dino" => Some((self.accuracy_dino, self.auc_dino)),
            _ => None,
        }
    }
}
