//! The settings as comma-separated values (RFC 4180), one line a setting. A figure that is not there is an
//! empty field.

use super::{Comparison, SCORES, SettingsRow};
use crate::evaluation::csv::quoted;
use palimpsest_method::verdict::Interval;

impl Comparison {
    /// The settings as comma-separated values with a header.
    pub fn csv(&self) -> String {
        let mut header: Vec<String> = ["settings", "evaluations", "seconds"]
            .map(String::from)
            .into();
        for score in SCORES.into_iter().map(|score| format!("{score}.auc")) {
            header.extend(with_ends(&score));
        }
        header.extend(with_ends("exceeds_the_first"));
        let rows = self.rows.iter().map(SettingsRow::fields);
        let lines = std::iter::once(header).chain(rows);
        lines.map(|fields| fields.join(",") + "\r\n").collect()
    }
}

impl SettingsRow {
    fn fields(&self) -> Vec<String> {
        let mut fields = vec![
            quoted(&self.settings),
            self.evaluations.to_string(),
            self.seconds.to_string(),
        ];
        for score in SCORES {
            let auc = self.auc.get(score).map(|auc| (auc.value, auc.interval));
            fields.extend(figures(auc));
        }
        let more = self
            .exceeds_the_first
            .map(|more| (more.value, more.interval));
        fields.extend(figures(more));
        fields
    }
}

fn with_ends(name: &str) -> [String; 3] {
    [
        name.to_owned(),
        format!("{name}_low"),
        format!("{name}_high"),
    ]
}

fn figures(figure: Option<(f64, Interval)>) -> [String; 3] {
    figure.map_or([const { String::new() }; 3], |(value, interval)| {
        [value, interval.low, interval.high].map(|number| number.to_string())
    })
}
