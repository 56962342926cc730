//! Gathered tables as text, comma-separated values and LaTeX, in the paper's shape: a block a score, the rows and columns
//! of the paper, accuracy and area under the curve in each place, the paper's own numbers beside them.

use std::fmt::Write;

use super::gathering::{Gathered, GatheredEntry, GatheredSection, SCORES};
use crate::evaluation::csv::quoted;

/// The fields of the comma-separated values.
const HEADER: &str = "table,section,row,column,score,classes,planned_classes,members,hold_outs,evaluations,\
    seconds_a_work,accuracy_in_sample,accuracy_low,accuracy_high,auc,auc_low,auc_high,accuracy_per_class_in_sample,\
    auc_per_class,published_accuracy,published_auc";

impl Gathered {
    /// The tables as aligned text.
    pub fn text(&self) -> String {
        let mut text = format!(
            "Base model {} (SHA-256 {}), seed {}; {}. {} of {} cells are made.\n",
            self.base, self.base_sha256, self.seed, self.program, self.done, self.cells
        );
        text += "Each place: accuracy / AUC [95 % interval of the AUC] (the paper's accuracy / AUC). Accuracies are \
                 in-sample, as\nthe paper's: one threshold over all classes, chosen on these scores.\n";
        for table in &self.tables {
            let _ = write!(text, "\n{}\n", table.table.title());
            for section in &table.sections {
                text += &section.text();
            }
        }
        for (heading, lines) in self.lacking() {
            let _ = write!(text, "\n{heading}\n");
            lines.iter().for_each(|line| {
                let _ = writeln!(text, "  {line}");
            });
        }
        text
    }

    /// What is not there, by the reason.
    fn lacking(&self) -> Vec<(&'static str, Vec<String>)> {
        let pairs = |map: &std::collections::BTreeMap<String, String>| {
            map.iter()
                .map(|(cell, why)| format!("{cell}: {why}"))
                .collect()
        };
        let all = [
            ("Cells that are missing:", self.missing.clone()),
            ("Cells that failed:", pairs(&self.failed)),
            (
                "Cells whose result is not of this plan:",
                pairs(&self.other),
            ),
            ("Works that are not counted:", self.left_out.clone()),
        ];
        all.into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .collect()
    }

    /// A line a place and score (RFC 4180), with a header.
    pub fn csv(&self) -> String {
        let mut csv = format!("{HEADER}\r\n");
        self.each(|table, section, row, column, entry| {
            for (score, _) in SCORES {
                let measured = entry.measured.get(score);
                let published = entry.published.and_then(|published| published.by(score));
                if measured.is_none() && published.is_none() {
                    continue;
                }
                let mut fields = vec![
                    table.to_owned(),
                    quoted(section),
                    quoted(row),
                    quoted(column),
                    score.to_owned(),
                    entry.classes.to_string(),
                    entry.planned.to_string(),
                ];
                fields.extend(match measured {
                    None => vec![String::new(); 12],
                    Some(m) => {
                        let per_class = [m.accuracy_per_class, m.auc_per_class];
                        let numbers = [
                            entry.seconds,
                            m.accuracy,
                            m.accuracy_low,
                            m.accuracy_high,
                            m.auc,
                            m.auc_low,
                            m.auc_high,
                        ];
                        let counts = [m.members, m.hold_outs, entry.evaluations];
                        (counts.iter().map(ToString::to_string))
                            .chain(numbers.iter().map(ToString::to_string))
                            .chain(per_class.map(|v| v.map_or_else(String::new, |v| v.to_string())))
                            .collect()
                    }
                });
                fields.extend(match published {
                    None => [String::new(), String::new()],
                    Some((accuracy, auc)) => [accuracy.to_string(), auc.to_string()],
                });
                csv += &fields.join(",");
                csv += "\r\n";
            }
        });
        csv
    }

    /// The tables for LaTeX with `booktabs`.
    pub fn latex(&self) -> String {
        let mut latex =
            String::from("% Accuracy / AUC [95 % interval] (the paper's accuracy / AUC)\n");
        for table in &self.tables {
            for section in &table.sections {
                for (score, label) in section.scores() {
                    let columns = "l".repeat(section.columns.len());
                    let _ = write!(
                        latex,
                        "\\begin{{table}}\n\\caption{{{} {} {}}}\n\\begin{{tabular}}{{l{columns}}}\n\\toprule\n",
                        escaped(table.table.title()),
                        escaped(&section.heading),
                        escaped(label)
                    );
                    let heads = section
                        .columns
                        .iter()
                        .map(|column| format!(" & {}", escaped(column)));
                    let _ = writeln!(latex, "{} \\\\\n\\midrule", heads.collect::<String>());
                    for row in &section.rows {
                        latex += &escaped(&row.label);
                        for entry in &row.entries {
                            let _ = write!(latex, " & {}", escaped(&place(entry, score)));
                        }
                        latex += " \\\\\n";
                    }
                    latex += "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
                }
            }
        }
        for (heading, lines) in self.lacking() {
            let _ = writeln!(latex, "% {heading}");
            lines.iter().for_each(|line| {
                let _ = writeln!(latex, "%   {line}");
            });
        }
        latex
    }

    fn each(&self, mut report: impl FnMut(&str, &str, &str, &str, &GatheredEntry)) {
        for table in &self.tables {
            for section in &table.sections {
                for row in &section.rows {
                    for (column, entry) in section.columns.iter().zip(&row.entries) {
                        let number = table.table.number();
                        report(number, &section.heading, &row.label, column, entry);
                    }
                }
            }
        }
    }
}

impl GatheredSection {
    /// The scores that any place has a number for.
    fn scores(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        SCORES.into_iter().filter(|(score, _)| {
            let entries = || self.rows.iter().flat_map(|row| &row.entries);
            entries().any(|entry| {
                let published = entry.published.and_then(|published| published.by(score));
                entry.measured.contains_key(*score) || published.is_some()
            })
        })
    }

    fn text(&self) -> String {
        let mut text = String::new();
        if !self.heading.is_empty() {
            let _ = write!(text, "\n{}\n", self.heading);
        }
        for (score, label) in self.scores() {
            let mut lines = vec![
                std::iter::once(format!("By {label}"))
                    .chain(self.columns.iter().cloned())
                    .collect::<Vec<_>>(),
            ];
            lines.extend(self.rows.iter().map(|row| {
                let places = row.entries.iter().map(|entry| place(entry, score));
                std::iter::once(row.label.clone()).chain(places).collect()
            }));
            text.push('\n');
            text += &aligned(&lines);
        }
        let lines = self.rows.iter().flat_map(|row| {
            let named = self.columns.iter().zip(&row.entries);
            let made = named.filter(|(_, entry)| entry.classes > 0);
            made.map(|(column, entry)| {
                format!(
                    "  {}, {column}: {} of {} classes, {} network evaluations and {:.1} s a work\n",
                    row.label, entry.classes, entry.planned, entry.evaluations, entry.seconds
                )
            })
        });
        text.push('\n');
        text + &lines.collect::<String>()
    }
}

/// Accuracy and area of a place, and the paper's.
fn place(entry: &GatheredEntry, score: &str) -> String {
    let measured = entry.measured.get(score).map(|m| {
        let (low, high) = (m.auc_low, m.auc_high);
        format!(
            "{:.2} / {:.2} [{low:.2}\u{2013}{high:.2}]",
            m.accuracy, m.auc
        )
    });
    let published = entry.published.and_then(|published| published.by(score));
    let published = published.map(|(accuracy, auc)| format!("({accuracy:.2} / {auc:.2})"));
    let both: Vec<String> = measured.into_iter().chain(published).collect();
    match both.is_empty() {
        true => "\u{2013}".into(),
        false => both.join(" "),
    }
}

/// Lines with their fields below one another.
fn aligned(lines: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let fields = lines.iter().filter_map(|line| line.get(column));
        fields.map(|field| field.chars().count()).max().unwrap_or(0)
    };
    let written = lines.iter().map(|line| {
        let fields = line.iter().enumerate().map(|(column, field)| {
            let gap = width(column).saturating_sub(field.chars().count());
            format!("{field}{}", " ".repeat(gap))
        });
        fields.collect::<Vec<_>>().join("   ").trim_end().to_owned() + "\n"
    });
    written.collect()
}

/// Text for LaTeX.
fn escaped(text: &str) -> String {
    let escape = |c: char| match c {
        '\\' => "\\textbackslash{}".to_owned(),
        '&' | '%' | '$' | '#' | '_' | '{' | '}' => format!("\\{c}"),
        '~' => "\\textasciitilde{}".to_owned(),
        '^' => "\\textasciicircum{}".to_owned(),
        '\u{2013}' => "--".to_owned(),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}
