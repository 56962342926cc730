//! The table for a terminal: at most 98 columns wide.

use super::figures::{Figures, MeanFigures, Over, RowFigures, ScoreRow};
use super::near_duplicates::LeftOut;
use super::table::Table;
use palimpsest_method::verdict::{Interval, Proportion};

/// Widths of the columns after the first, in characters.
const FIRST: usize = 26;
const COLUMNS: [usize; 5] = [9, 5, 12, 16, 16];

impl Table {
    /// The table as lines of aligned text, with what a reader must know below.
    pub fn text(&self) -> String {
        let mut lines = Vec::new();
        for rows in self.rows.chunk_by(|a, b| a.score == b.score) {
            lines.extend(section(rows));
            lines.push(String::new());
        }
        if let Some(comparison) = &self.settings_compared {
            lines.push(comparison.text());
        }
        lines.extend(self.notes());
        lines.join("\n") + "\n"
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let left_out = self.left_out.iter().map(LeftOut::sentence);
        let about_works = left_out
            .map(|sentence| format!("Not counted: {}.", plain(&sentence)))
            .chain(self.notes.iter().map(|note| note.to_owned()));
        if self.rows.is_empty() {
            notes.push("No work has a score: nothing can be evaluated.".to_owned());
            notes.extend(about_works);
            return notes;
        }
        notes.push(
            "In-sample: the threshold was chosen on the very works that are counted; other works would be\n\
             sorted less well. Intervals: 95 %; those of accuracy and TPR are in the JSON and CSV."
                .to_owned(),
        );
        let unresolved = self
            .rows
            .iter()
            .filter_map(ScoreRow::figures)
            .map(|figures| figures.tpr_at_5_percent_fpr.in_sample);
        let coarsest = unresolved
            .filter(|rate| !rate.resolved())
            .max_by(|a, b| a.smallest_fpr.total_cmp(&b.smallest_fpr));
        if let Some(rate) = coarsest {
            notes.push(format!(
                "{} hold-outs cannot show a false-positive rate between 0 and {:.1} %: \"at 5 %\" then means that\n\
                 none of them lies above the threshold; of all such works, up to {:.0} % may.",
                rate.false_positives.trials,
                100.0 * rate.smallest_fpr,
                100.0 * rate.true_fpr.high,
            ));
        }
        if self
            .rows
            .iter()
            .any(|row| !matches!(row.over, Over::Set(_)))
        {
            notes.push(
                "Figures over several sets take every row as another work. Where sets share works, as seeds of\n\
                 one artist do, their intervals are too narrow; they say nothing about other artists."
                    .to_owned(),
            );
        }
        notes.extend(about_works);
        notes.extend(
            self.warnings
                .iter()
                .map(|warning| format!("Warning: {}", plain(warning))),
        );
        notes
    }
}

impl ScoreRow {
    fn figures(&self) -> Option<&Figures> {
        match &self.outcome {
            RowFigures::Evaluated(figures) => Some(figures),
            RowFigures::Mean(_) | RowFigures::NotEvaluated { .. } => None,
        }
    }

    fn label(&self) -> String {
        match &self.over {
            Over::Set(set) => plain(set),
            Over::MeanOfSets(sets) => format!("mean of {sets} sets"),
            Over::Pooled(sets) => format!("pooled, {sets} sets"),
            Over::PooledStandardised(sets) => format!("standardised, {sets} sets"),
        }
    }

    fn line(&self) -> String {
        let works = format!("{}+{}", self.members, self.hold_outs);
        let cells = match &self.outcome {
            RowFigures::Evaluated(figures) => figures.cells(works),
            RowFigures::Mean(figures) => figures.cells(works),
            RowFigures::NotEvaluated { reason } => {
                let [first, works] = [fit(&self.label(), FIRST), fit(&works, COLUMNS[0])];
                return format!("{first}  {works}  not evaluated: {reason}");
            }
        };
        columns(&self.label(), &cells.each_ref().map(String::as_str))
    }

    fn without_score(&self) -> Option<String> {
        let (members, hold_outs) = (self.members_without_score, self.hold_outs_without_score);
        let set = matches!(self.over, Over::Set(_)) && members + hold_outs > 0;
        set.then(|| {
            format!(
                "  {}: not evaluated for {members} members and {hold_outs} hold-outs, which are left out",
                self.label()
            )
        })
    }
}

impl Figures {
    fn cells(&self, works: String) -> [String; 5] {
        [
            works,
            format!("{:.3}", self.auc.value),
            range(self.auc.interval),
            share(&self.best_accuracy.in_sample.accuracy),
            share(&self.tpr_at_5_percent_fpr.in_sample.tpr),
        ]
    }
}

impl MeanFigures {
    fn cells(&self, works: String) -> [String; 5] {
        [
            works,
            format!("{:.3}", self.auc.value),
            range(self.auc.interval),
            format!("{:.3}", self.best_accuracy.in_sample),
            format!("{:.3}", self.tpr_at_5_percent_fpr.in_sample),
        ]
    }
}

/// The lines of one score.
fn section(rows: &[ScoreRow]) -> Vec<String> {
    // The heading of no rows at all is empty.
    let score = rows
        .first()
        .map(|row| plain(&row.score))
        .unwrap_or_default();
    let mut lines = vec![
        columns(
            &score,
            &["members+", "", "95 %", "best accuracy", "TPR at 5 % FPR"],
        ),
        columns(
            "",
            &["hold-outs", "AUC", "interval", "in-sample", "in-sample"],
        ),
    ];
    lines.push("-".repeat(FIRST + COLUMNS.iter().map(|width| width + 2).sum::<usize>()));
    lines.extend(rows.iter().map(ScoreRow::line));
    lines.extend(rows.iter().filter_map(ScoreRow::without_score));
    for row in rows {
        if let Some(accuracy) = row.figures().and_then(|figures| figures.held_out_accuracy) {
            let scores = match row.over {
                Over::PooledStandardised(_) => "standardised scores",
                _ => "scores as they are",
            };
            lines.push(format!(
                "  accuracy with the other sets' best threshold, {scores}: {}, {}",
                share(&accuracy),
                range(accuracy.interval)
            ));
        }
    }
    lines
}

fn columns(first: &str, cells: &[&str; 5]) -> String {
    let mut line = fit(first, FIRST);
    for (cell, width) in cells.iter().zip(COLUMNS) {
        line.push_str("  ");
        line.push_str(&fit(cell, width));
    }
    line.trim_end().to_owned()
}

/// A text filled up with spaces, or shortened, to a number of characters.
fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return format!("{text:width$}");
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

/// A name without what would steer the terminal.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|character| !character.is_control())
        .collect()
}

fn range(interval: Interval) -> String {
    format!("{:.2} to {:.2}", interval.low, interval.high)
}

fn share(share: &Proportion) -> String {
    format!("{:.3} ({}/{})", share.value, share.successes, share.trials)
}
