//! The settings for a terminal: at most 98 columns wide, two lines of figures a setting.

use super::{COMPARED, Comparison, Row, SCORES};

/// Width of a score's column, in characters.
const SCORE: usize = 12;
/// Widths of what comes before the scores.
const FIRST: [usize; 2] = [11, 8];

impl Comparison {
    /// The settings as lines of aligned text under a heading.
    pub fn text(&self) -> String {
        let shown: Vec<&str> = (SCORES.into_iter())
            .filter(|score| self.rows.iter().any(|row| row.auc.contains_key(*score)))
            .collect();
        let names = shown.iter().map(|score| short(score).to_owned());
        let sets = (self.rows.iter())
            .flat_map(|row| row.auc.values())
            .map(|auc| auc.sets);
        let over = match sets.max() {
            Some(1) => "one set".to_owned(),
            Some(several) => format!("mean of {several} sets"),
            None => "mean of 0 sets".to_owned(),
        };
        let mut lines = vec![
            format!("Settings compared: AUC, {over}, with its 95 % interval"),
            line(
                ["evaluations", "seconds"],
                std::iter::repeat_n(String::new(), shown.len()),
            ),
            line(["a work", "a work"], names),
        ];
        lines.push("-".repeat(lines[2].chars().count().max(60)));
        for row in &self.rows {
            lines.extend(row.lines(&shown));
        }
        lines.push(String::new());
        lines.push(
            "Every row: the same models and works. The best of many rows looks better on these works than\n\
             it will on others."
                .to_owned(),
        );
        lines.join("\n") + "\n"
    }
}

impl Row {
    fn lines(&self, shown: &[&str]) -> Vec<String> {
        let cells = |cell: fn(&palimpsest_method::verdict::MeanAuc) -> String| {
            let cells = shown
                .iter()
                .map(move |score| self.auc.get(*score).map(cell));
            cells.map(|cell| cell.unwrap_or_else(|| "-".to_owned()))
        };
        let (evaluations, seconds) = (self.evaluations.to_string(), format!("{:.1}", self.seconds));
        let mut lines = vec![
            self.settings.chars().filter(|c| !c.is_control()).collect(),
            line(
                [&evaluations, &seconds],
                cells(|auc| format!("{:.3}", auc.value)),
            ),
            line(
                ["", ""],
                cells(|auc| format!("{:.2} to {:.2}", auc.interval.low, auc.interval.high)),
            ),
        ];
        if let Some(more) = &self.exceeds_the_first {
            lines.push(format!(
                "    {}: {:+.3} against the first row ({:+.2} to {:+.2})",
                short(COMPARED),
                more.value,
                more.interval.low,
                more.interval.high
            ));
        }
        lines
    }
}

/// A score's name without the group that it belongs to.
fn short(score: &str) -> &str {
    score.rsplit_once('.').map_or(score, |(_, name)| name)
}

fn line([evaluations, seconds]: [&str; 2], scores: impl Iterator<Item = String>) -> String {
    let mut line = format!(
        "{evaluations:>w$} {seconds:>v$}",
        w = FIRST[0],
        v = FIRST[1]
    );
    for score in scores {
        line.push_str(&format!(" {score:>SCORE$}"));
    }
    line.trim_end().to_owned()
}
