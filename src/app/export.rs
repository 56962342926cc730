//! Exports from the window: the table of results as CSV, a recovered picture as PNG.

use std::path::Path;

use super::queue::name_of;
use super::state::Finished;
use crate::app::words::say;
use palimpsest_base::atomic;

/// The columns of the table.
const COLUMNS: [&str; 15] = [
    "artwork",
    "role",
    "sha256",
    "mask",
    "case",
    "recovery_direction",
    "recovery_gain_db",
    "loss_gap",
    "clip",
    "clip_partial",
    "dino",
    "dino_partial",
    "structural",
    "structural_partial",
    "skipped_steps",
];

/// Writes the table of some of `all` results; returns what to say of it. Files and cases are named without their folders,
/// which would tell of the user's disk; their hashes say which is meant.
pub fn table(path: &Path, finished: &[&Finished], all: usize) -> Result<String, String> {
    let mut text = COLUMNS.join(",");
    text.push_str("\r\n");
    for result in finished {
        text.push_str(&row(result));
        text.push_str("\r\n");
    }
    write(path, text.as_bytes())?;
    let rows = match finished.len() {
        rows if rows < all => say!("rows-that-are-listed", "rows" => rows, "all" => all),
        rows => say!("count-of-rows", "rows" => rows),
    };
    Ok(say!("the-table-was-written", "file" => path.display(), "rows" => rows))
}

fn row(result: &Finished) -> String {
    let findings = &result.findings;
    let (after, before) = (&findings.similarity, &findings.partial_similarity);
    let number = |value: Option<f64>| {
        let finite = value.filter(|value| value.is_finite());
        finite.map_or_else(String::new, |value| value.to_string())
    };
    let fields = [
        quoted(&name_of(&result.path)),
        result.role.name(),
        findings.artwork.sha256.to_string(),
        result.mask.to_string(),
        quoted(&name_of(&result.case)),
        number(findings.recovery.direction),
        number(findings.recovery.gain_db),
        number(Some(findings.loss_gap.value)),
        number(after.clip),
        number(before.clip),
        number(after.dino),
        number(before.dino),
        number(after.structural),
        number(before.structural),
        findings.skipped_steps.to_string(),
    ];
    fields.join(",")
}

/// A text as CSV has it; what a spreadsheet would take for a formula is kept a text.
fn quoted(text: &str) -> String {
    let guarded = match text.starts_with(['=', '+', '-', '@']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    format!("\"{}\"", guarded.replace('"', "\"\""))
}

/// Copies the recovered picture; returns what to say of it.
pub fn picture(path: &Path, finished: &Finished) -> Result<String, String> {
    let source = finished.case.join(&finished.findings.files.recovered);
    let bytes = std::fs::read(&source)
        .map_err(|error| say!("cannot-be-read", "file" => source.display(), "error" => error))?;
    write(path, &bytes)?;
    Ok(say!("the-picture-was-written", "file" => path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    atomic::replace(path, bytes)
        .map_err(|error| say!("cannot-be-written", "file" => path.display(), "error" => error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_strangers_stay_one_field_and_become_no_formula() {
        assert_eq!(quoted("a, \"b\".png"), "\"a, \"\"b\"\".png\"");
        assert_eq!(quoted("=HYPERLINK(x)"), "\"'=HYPERLINK(x)\"");
    }
}
