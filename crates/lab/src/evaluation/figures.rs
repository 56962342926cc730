//! The figures of an evaluation, one row a score: each set by itself, the mean of the sets, and all works
//! pooled.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{ScoredWork, SetRole};
use palimpsest_method::verdict::{
    Auc, BestAccuracy, InSample, MeanAuc, NotEvaluated, Proportion, Sample, TprAtFpr,
    held_out_accuracy, mean_auc, pool,
};

/// The figures of one score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScoreRow {
    pub score: String,
    pub over: Over,
    /// Works with that score.
    pub members: usize,
    pub hold_outs: usize,
    /// Works for which it could not be evaluated; they are left out of all figures.
    pub members_without_score: usize,
    pub hold_outs_without_score: usize,
    pub outcome: RowFigures,
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
pub enum RowFigures {
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
struct SetScores {
    row: ScoreRow,
    sample: Option<Sample>,
}

/// Works by their set, and the sets in the order in which they appear.
pub(crate) struct Sets<'a> {
    names: Vec<&'a str>,
    works: BTreeMap<&'a str, Vec<&'a ScoredWork>>,
}

impl<'a> Sets<'a> {
    pub fn of(works: &[&'a ScoredWork]) -> Self {
        let mut sets = Self {
            names: Vec::new(),
            works: BTreeMap::new(),
        };
        for work in works.iter().copied() {
            let members = sets.works.entry(&work.set).or_insert_with(|| {
                sets.names.push(&work.set);
                Vec::new()
            });
            members.push(work);
        }
        sets
    }

    /// The works of each set, by the sets' names.
    pub fn by_name(&self) -> impl Iterator<Item = (&'a str, &[&'a ScoredWork])> {
        self.works
            .iter()
            .map(|(set, works)| (*set, works.as_slice()))
    }

    /// The rows of every score.
    pub fn rows(&self) -> Vec<ScoreRow> {
        let works = self.works.values().flatten();
        let scores: BTreeSet<&str> = works
            .flat_map(|work| work.scores.keys().map(String::as_str))
            .collect();
        let part = |score: &str, set: &str| {
            // Every name is that of a set with works.
            SetScores::of(score, set, self.works.get(set).map_or(&[], Vec::as_slice))
        };
        let rows = scores.iter().flat_map(|score| {
            let parts = self.names.iter().map(|set| part(score, set));
            rows_of(score, parts.collect())
        });
        rows.collect()
    }
}

/// The area under the curve by one score, the mean over the sets of these rows; `None` if no set has it.
pub(super) fn mean_area(rows: &[ScoreRow], score: &str) -> Option<MeanAuc> {
    let rows = || rows.iter().filter(|row| row.score == score);
    let mean = rows().find_map(|row| match &row.outcome {
        RowFigures::Mean(figures) => Some(figures.auc),
        RowFigures::Evaluated(_) | RowFigures::NotEvaluated { .. } => None,
    });
    // A single set has no row for its mean.
    let single = || {
        rows().find_map(|row| match &row.outcome {
            // The row itself says why it has no figures.
            RowFigures::Evaluated(figures) => mean_auc(&[figures.auc]).ok(),
            RowFigures::Mean(_) | RowFigures::NotEvaluated { .. } => None,
        })
    };
    mean.or_else(single)
}

impl SetScores {
    fn of(score: &str, set: &str, works: &[&ScoredWork]) -> Self {
        let found = |role: SetRole| -> Vec<f64> {
            let works = works.iter().filter(|work| work.role == role);
            works
                .filter_map(|work| work.scores.get(score).copied())
                .collect()
        };
        let all = |role: SetRole| works.iter().filter(|work| work.role == role).count();
        let (members, hold_outs) = (found(SetRole::Member), found(SetRole::HoldOut));
        let mut row = ScoreRow {
            score: score.to_owned(),
            over: Over::Set(set.to_owned()),
            members: members.len(),
            hold_outs: hold_outs.len(),
            members_without_score: all(SetRole::Member) - members.len(),
            hold_outs_without_score: all(SetRole::HoldOut) - hold_outs.len(),
            outcome: RowFigures::NotEvaluated {
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

impl From<Result<Figures, NotEvaluated>> for RowFigures {
    fn from(figures: Result<Figures, NotEvaluated>) -> Self {
        figures.map_or_else(Self::not_evaluated, |figures| {
            Self::Evaluated(Box::new(figures))
        })
    }
}

impl RowFigures {
    fn not_evaluated(reason: NotEvaluated) -> Self {
        Self::NotEvaluated {
            reason: reason.to_string(),
        }
    }
}

/// The rows of one score: its sets, and what they say together where there are several.
fn rows_of(score: &str, parts: Vec<SetScores>) -> Vec<ScoreRow> {
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

fn over_sets(score: &str, parts: &[SetScores]) -> Vec<ScoreRow> {
    let evaluated: Vec<&SetScores> = parts.iter().filter(|part| part.sample.is_some()).collect();
    let figures: Vec<&Figures> = evaluated.iter().filter_map(|part| part.figures()).collect();
    let samples: Vec<Sample> = evaluated
        .iter()
        .filter_map(|part| part.sample.clone())
        .collect();
    // Scores without any spread cannot be standardised; the row counts the sets that could.
    let standardised: Vec<(&SetScores, Sample)> = evaluated
        .iter()
        .filter_map(|part| Some((*part, part.sample.as_ref()?.standardised().ok()?)))
        .collect();
    let (standard_parts, standard): (Vec<&SetScores>, Vec<Sample>) =
        standardised.into_iter().unzip();
    let mean = MeanFigures::of(&figures).map_or_else(RowFigures::not_evaluated, RowFigures::Mean);
    let row = |over: Over, parts: &[&SetScores], outcome: RowFigures| {
        let sum = |count: fn(&ScoreRow) -> usize| parts.iter().map(|part| count(&part.row)).sum();
        ScoreRow {
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

impl SetScores {
    fn figures(&self) -> Option<&Figures> {
        match &self.row.outcome {
            RowFigures::Evaluated(figures) => Some(figures),
            RowFigures::Mean(_) | RowFigures::NotEvaluated { .. } => None,
        }
    }
}
