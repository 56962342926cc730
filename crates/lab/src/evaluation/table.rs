//! The figures of an evaluation: for every score, each set by itself, the mean of the sets, and all
//! works pooled.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::comparison::Comparison;
use super::near_duplicates::LeftOut;
use super::{Role, ScoredWork};
use palimpsest_method::verdict::{
    Auc, BestAccuracy, InSample, MeanAuc, NotEvaluated, Proportion, Sample, TprAtFpr,
    held_out_accuracy, mean_auc, pool,
};

/// All figures. Written as an aligned text with [`Table::text`], as comma-separated values with
/// [`Table::csv`], and as JSON by serde.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// By score, then by set in the order of the works; the rows over several sets follow their sets.
    pub rows: Vec<Row>,
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

/// The figures of one score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub score: String,
    pub over: Over,
    /// Works with that score.
    pub members: usize,
    pub hold_outs: usize,
    /// Works for which it could not be evaluated; they are left out of all figures.
    pub members_without_score: usize,
    pub hold_outs_without_score: usize,
    pub outcome: Outcome,
}

/// The works of a row.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// One set.
    Set(String),
    /// The mean of the figures of that many sets.
    MeanOfSets(usize),
    /// All works of that many sets, with their scores as they are.
    Pooled(usize),
    /// The same with scores standardised by their own set's hold-outs.
    PooledStandardised(usize),
}

/// The result of a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Evaluated(Box<Figures>),
    Mean(MeanFigures),
    NotEvaluated { reason: String },
}

/// The figures of a sample.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    pub auc: Auc,
    pub best_accuracy: InSample<BestAccuracy>,
    pub tpr_at_5_percent_fpr: InSample<TprAtFpr>,
    pub tpr_at_1_percent_fpr: InSample<TprAtFpr>,
    /// Of pooled works: each set judged by the threshold that was best for the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_out_accuracy: Option<Proportion>,
}

/// Means of the figures of sets, each set counting the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeanFigures {
    pub auc: MeanAuc,
    pub best_accuracy: InSample<f64>,
    pub tpr_at_5_percent_fpr: InSample<f64>,
    pub tpr_at_1_percent_fpr: InSample<f64>,
}

/// One set's works by one score.
struct Part {
    row: Row,
    sample: Option<Sample>,
}

impl Table {
    /// The figures of some works, without those that are near-duplicates.
    pub fn of(all: &[ScoredWork]) -> Self {
        let (works, left_out): (Vec<&ScoredWork>, Vec<&ScoredWork>) =
            all.iter().partition(|work| work.near_duplicate.is_none());
        let mut sets: Vec<&str> = Vec::new();
        let mut by_set: BTreeMap<&str, Vec<&ScoredWork>> = BTreeMap::new();
        for work in works.iter().copied() {
            let members = by_set.entry(&work.set).or_insert_with(|| {
                sets.push(&work.set);
                Vec::new()
            });
            members.push(work);
        }
        let scores: BTreeSet<&str> = works
            .iter()
            .flat_map(|work| work.scores.keys().map(String::as_str))
            .collect();
        let rows = scores.iter().flat_map(|score| {
            let part =
                |set: &&str| Part::of(score, set, by_set.get(set).map_or(&[], Vec::as_slice));
            rows_of(score, sets.iter().map(part).collect())
        });
        Self {
            rows: rows.collect(),
            warnings: by_set
                .iter()
                .flat_map(|(set, works)| warnings(set, works))
                .collect(),
            left_out: left_out.into_iter().filter_map(LeftOut::of).collect(),
            notes: Vec::new(),
            settings_compared: None,
        }
    }

    /// The area under the curve by one score, the mean over the sets; `None` if no set has it.
    pub fn mean_auc(&self, score: &str) -> Option<MeanAuc> {
        let rows = || self.rows.iter().filter(|row| row.score == score);
        let mean = rows().find_map(|row| match &row.outcome {
            Outcome::Mean(figures) => Some(figures.auc),
            Outcome::Evaluated(_) | Outcome::NotEvaluated { .. } => None,
        });
        // A single set has no row for its mean.
        let single = || {
            rows().find_map(|row| match &row.outcome {
                // The row itself says why it has no figures.
                Outcome::Evaluated(figures) => mean_auc(&[figures.auc]).ok(),
                Outcome::Mean(_) | Outcome::NotEvaluated { .. } => None,
            })
        };
        mean.or_else(single)
    }
}

impl Part {
    fn of(score: &str, set: &str, works: &[&ScoredWork]) -> Self {
        let found = |role: Role| -> Vec<f64> {
            let works = works.iter().filter(|work| work.role == role);
            works
                .filter_map(|work| work.scores.get(score).copied())
                .collect()
        };
        let all = |role: Role| works.iter().filter(|work| work.role == role).count();
        let (members, hold_outs) = (found(Role::Member), found(Role::HoldOut));
        let mut row = Row {
            score: score.to_owned(),
            over: Over::Set(set.to_owned()),
            members: members.len(),
            hold_outs: hold_outs.len(),
            members_without_score: all(Role::Member) - members.len(),
            hold_outs_without_score: all(Role::HoldOut) - hold_outs.len(),
            outcome: Outcome::NotEvaluated {
                reason: String::new(),
            },
        };
        let sample = Sample::new(members, hold_outs);
        row.outcome = sample
            .as_ref()
            .map_err(|reason| *reason)
            .and_then(Figures::of)
            .into();
        Self {
            row,
            // Why there is none stands in the row.
            sample: sample.ok(),
        }
    }
}

impl Figures {
    fn of(sample: &Sample) -> Result<Self, NotEvaluated> {
        let roc = sample.roc();
        Ok(Self {
            auc: sample.auc(),
            best_accuracy: roc.best_accuracy(),
            tpr_at_5_percent_fpr: roc.tpr_at_fpr(0.05)?,
            tpr_at_1_percent_fpr: roc.tpr_at_fpr(0.01)?,
            held_out_accuracy: None,
        })
    }

    fn pooled(sets: &[Sample]) -> Result<Self, NotEvaluated> {
        Ok(Self {
            // Of a single set there is none: no other set gives the threshold.
            held_out_accuracy: held_out_accuracy(sets).ok(),
            ..Self::of(&pool(sets)?)?
        })
    }
}

impl MeanFigures {
    fn of(sets: &[&Figures]) -> Result<Self, NotEvaluated> {
        let mean = |value: fn(&Figures) -> f64| InSample {
            in_sample: sets.iter().map(|figures| value(figures)).sum::<f64>() / sets.len() as f64,
        };
        let areas: Vec<Auc> = sets.iter().map(|figures| figures.auc).collect();
        Ok(Self {
            auc: mean_auc(&areas)?,
            best_accuracy: mean(|f| f.best_accuracy.in_sample.accuracy.value),
            tpr_at_5_percent_fpr: mean(|f| f.tpr_at_5_percent_fpr.in_sample.tpr.value),
            tpr_at_1_percent_fpr: mean(|f| f.tpr_at_1_percent_fpr.in_sample.tpr.value),
        })
    }
}

impl From<Result<Figures, NotEvaluated>> for Outcome {
    fn from(figures: Result<Figures, NotEvaluated>) -> Self {
        figures.map_or_else(Self::not_evaluated, |figures| {
            Self::Evaluated(Box::new(figures))
        })
    }
}

impl Outcome {
    fn not_evaluated(reason: NotEvaluated) -> Self {
        Self::NotEvaluated {
            reason: reason.to_string(),
        }
    }
}

/// The rows of one score: its sets, and what they say together where there are several.
fn rows_of(score: &str, parts: Vec<Part>) -> Vec<Row> {
    let together = if parts.len() > 1 {
        over_sets(score, &parts)
    } else {
        Vec::new()
    };
    parts
        .into_iter()
        .map(|part| part.row)
        .chain(together)
        .collect()
}

fn over_sets(score: &str, parts: &[Part]) -> Vec<Row> {
    let evaluated: Vec<&Part> = parts.iter().filter(|part| part.sample.is_some()).collect();
    let figures: Vec<&Figures> = evaluated.iter().filter_map(|part| part.figures()).collect();
    let samples: Vec<Sample> = evaluated
        .iter()
        .filter_map(|part| part.sample.clone())
        .collect();
    // Scores without any spread cannot be standardised; the row counts the sets that could.
    let standardised: Vec<(&Part, Sample)> = evaluated
        .iter()
        .filter_map(|part| Some((*part, part.sample.as_ref()?.standardised().ok()?)))
        .collect();
    let (standard_parts, standard): (Vec<&Part>, Vec<Sample>) = standardised.into_iter().unzip();
    let mean = MeanFigures::of(&figures).map_or_else(Outcome::not_evaluated, Outcome::Mean);
    let row = |over: Over, parts: &[&Part], outcome: Outcome| {
        let sum = |count: fn(&Row) -> usize| parts.iter().map(|part| count(&part.row)).sum();
        Row {
            score: score.to_owned(),
            over,
            members: sum(|row| row.members),
            hold_outs: sum(|row| row.hold_outs),
            members_without_score: sum(|row| row.members_without_score),
            hold_outs_without_score: sum(|row| row.hold_outs_without_score),
            outcome,
        }
    };
    let raw = Figures::pooled(&samples).into();
    let standard = Figures::pooled(&standard).into();
    vec![
        row(Over::MeanOfSets(figures.len()), &evaluated, mean),
        row(Over::Pooled(samples.len()), &evaluated, raw),
        row(
            Over::PooledStandardised(standard_parts.len()),
            &standard_parts,
            standard,
        ),
    ]
}

impl Part {
    fn figures(&self) -> Option<&Figures> {
        match &self.row.outcome {
            Outcome::Evaluated(figures) => Some(figures),
            Outcome::Mean(_) | Outcome::NotEvaluated { .. } => None,
        }
    }
}

/// Works that are listed twice, or in both roles.
fn warnings(set: &str, works: &[&ScoredWork]) -> Vec<String> {
    let mut roles: BTreeMap<&str, Vec<Role>> = BTreeMap::new();
    for work in works {
        roles.entry(&work.name).or_default().push(work.role);
    }
    let warning = |(name, roles): (&&str, &Vec<Role>)| {
        let both = roles.contains(&Role::Member) && roles.contains(&Role::HoldOut);
        match (both, roles.len()) {
            (true, _) => Some(format!("{set}: {name} is both a member and a hold-out")),
            (false, 1) => None,
            (false, times) => Some(format!("{set}: {name} is counted {times} times")),
        }
    };
    roles.iter().filter_map(warning).collect()
}
