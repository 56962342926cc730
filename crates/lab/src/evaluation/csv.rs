//! The table as comma-separated values (RFC 4180), one line a row. A figure that is not there is an
//! empty field.

use super::figures::{Figures, MeanFigures, Over, RowFigures, ScoreRow};
use super::table::Table;
use palimpsest_method::verdict::{BestAccuracy, Interval, Proportion, TprAtFpr};

const HEADER: [&str; 29] = [
    "score",
    "over",
    "set",
    "sets",
    "members",
    "hold_outs",
    "members_without_score",
    "hold_outs_without_score",
    "auc",
    "auc_low",
    "auc_high",
    "best_accuracy_in_sample",
    "best_accuracy_in_sample_low",
    "best_accuracy_in_sample_high",
    "best_threshold_in_sample",
    "tpr_at_5_percent_fpr_in_sample",
    "tpr_at_5_percent_fpr_in_sample_low",
    "tpr_at_5_percent_fpr_in_sample_high",
    "true_fpr_at_5_percent_low",
    "true_fpr_at_5_percent_high",
    "tpr_at_1_percent_fpr_in_sample",
    "tpr_at_1_percent_fpr_in_sample_low",
    "tpr_at_1_percent_fpr_in_sample_high",
    "true_fpr_at_1_percent_low",
    "true_fpr_at_1_percent_high",
    "held_out_accuracy",
    "held_out_accuracy_low",
    "held_out_accuracy_high",
    "not_evaluated",
];
/// Fields of figures, and where they begin.
const FIGURES: std::ops::Range<usize> = 8..28;

impl Table {
    /// The table as comma-separated values with a header.
    pub fn csv(&self) -> String {
        let mut csv = HEADER.join(",") + "\r\n";
        for row in &self.rows {
            csv.push_str(&row.fields().map(|field| quoted(&field)).join(","));
            csv.push_str("\r\n");
        }
        csv
    }
}

impl ScoreRow {
    fn fields(&self) -> [String; HEADER.len()] {
        let mut fields = [const { String::new() }; HEADER.len()];
        let (over, set, sets) = match &self.over {
            Over::Set(set) => ("set", set.as_str(), 1),
            Over::MeanOfSets(sets) => ("mean_of_sets", "", *sets),
            Over::Pooled(sets) => ("pooled", "", *sets),
            Over::PooledStandardised(sets) => ("pooled_standardised", "", *sets),
        };
        let head = [
            self.score.clone(),
            over.to_owned(),
            set.to_owned(),
            sets.to_string(),
            self.members.to_string(),
            self.hold_outs.to_string(),
            self.members_without_score.to_string(),
            self.hold_outs_without_score.to_string(),
        ];
        let figures = match &self.outcome {
            RowFigures::Evaluated(figures) => figures.fields(),
            RowFigures::Mean(figures) => figures.fields(),
            RowFigures::NotEvaluated { reason } => {
                fields[FIGURES.end].clone_from(reason);
                Vec::new()
            }
        };
        let figures = figures
            .into_iter()
            .map(|figure| figure.map_or_else(String::new, |figure| figure.to_string()));
        for (field, value) in fields.iter_mut().zip(head.into_iter().chain(figures)) {
            *field = value;
        }
        fields
    }
}

type Fields = Vec<Option<f64>>;

impl Figures {
    fn fields(&self) -> Fields {
        let BestAccuracy {
            accuracy,
            threshold,
            ..
        } = self.best_accuracy.in_sample;
        let mut fields = with_interval(self.auc.value, self.auc.interval);
        fields.extend(share(&accuracy));
        fields.push(threshold);
        for TprAtFpr { tpr, true_fpr, .. } in [
            self.tpr_at_5_percent_fpr.in_sample,
            self.tpr_at_1_percent_fpr.in_sample,
        ] {
            fields.extend(share(&tpr));
            fields.extend([Some(true_fpr.low), Some(true_fpr.high)]);
        }
        fields.extend(self.held_out_accuracy.as_ref().map_or(vec![None; 3], share));
        fields
    }
}

impl MeanFigures {
    fn fields(&self) -> Fields {
        let mut fields = with_interval(self.auc.value, self.auc.interval);
        fields.extend([Some(self.best_accuracy.in_sample), None, None, None]);
        fields.extend([
            Some(self.tpr_at_5_percent_fpr.in_sample),
            None,
            None,
            None,
            None,
        ]);
        fields.extend([
            Some(self.tpr_at_1_percent_fpr.in_sample),
            None,
            None,
            None,
            None,
        ]);
        fields.extend([None; 3]);
        fields
    }
}

fn share(share: &Proportion) -> Fields {
    with_interval(share.value, share.interval)
}

fn with_interval(value: f64, interval: Interval) -> Fields {
    vec![Some(value), Some(interval.low), Some(interval.high)]
}

/// A field, in quotes where it holds what separates fields.
pub(crate) fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        return format!("\"{}\"", field.replace('"', "\"\""));
    }
    field.to_owned()
}
