//! Report of `examine` and `resume` at their end: findings on standard output, failures on standard
//! error.

use std::fmt::Write;
use std::path::Path;

use super::output::{complain, fail, plain, print, print_json};
use super::{Status, assess, interruption};
use palimpsest_base::number_format::signed;
use palimpsest_method::examination::{Findings, Scores, SelfTest};
use palimpsest_record::case::{ArtworkView, CaseError, CaseView, Role};
use palimpsest_record::casework::earlier::news_of_model;
use palimpsest_record::casework::{Assessment, CaseworkError, WorkResult};

/// Reports how the work on the case in `folder` ended.
pub(super) fn report(
    result: Result<Vec<WorkResult>, CaseworkError>,
    folder: &Path,
    json: bool,
) -> Status {
    let entries = match result {
        Ok(entries) => entries,
        Err(error) if error.is_interruption() => return interruption::interrupted(folder),
        Err(error) => return fail(&error),
    };
    let (entries, self_test) = match questioned(entries, folder, json) {
        Ok(told) => told,
        Err(error) => return fail(&error),
    };
    let mut failed = false;
    for entry in &entries {
        if let WorkResult::Failed { error, .. } = entry {
            complain(error);
            failed = true;
        }
    }
    let printed = match entries.as_slice() {
        [WorkResult::Failed { .. }] => Status::Done,
        [entry] if json => print_json(entry),
        entries if json => print_json(&entries),
        entries => summarise(entries, self_test.as_ref(), folder),
    };
    if failed { Status::Failed } else { printed }
}

/// Of what was examined, the works that are asked about, each once, in words once a reading. Of the others only those that failed are
/// told of, and what came of the self-test: what they are for stands in the case.
fn questioned(
    entries: Vec<WorkResult>,
    folder: &Path,
    json: bool,
) -> Result<(Vec<WorkResult>, Option<SelfTest>), CaseError> {
    let view = match CaseView::read(folder) {
        Ok(view) => view,
        // Where nothing could be begun there is no case, and what failed is all there is.
        Err(CaseError::NoCase { .. }) => return Ok((entries, None)),
        Err(error) => return Err(error),
    };
    let is_asked = |artwork: &ArtworkView| {
        let entry = &artwork.entry;
        let is_told = entry.is_first() || (entry.repeat == 0 && !json);
        entry.role == Role::Questioned && is_told
    };
    let pairs = view.artworks.iter().zip(entries);
    let told = pairs
        .filter(|(artwork, entry)| is_asked(artwork) || matches!(entry, WorkResult::Failed { .. }));
    Ok((told.map(|(_, entry)| entry).collect(), view.self_test()))
}

fn summarise(entries: &[WorkResult], self_test: Option<&SelfTest>, folder: &Path) -> Status {
    let mut texts: Vec<_> = entries
        .iter()
        .filter_map(|entry| match entry {
            WorkResult::Examined(findings) => Some(summary(findings, folder)),
            WorkResult::Failed { .. } => None,
        })
        .collect();
    if texts.is_empty() {
        return Status::Done;
    }
    texts.extend(self_test.map(SelfTest::sentence));
    texts.push(match Assessment::read(folder) {
        Err(error) => return fail(&error),
        Ok(Some(assessment)) => assess::text(&assessment),
        Ok(None) => alone(folder),
    });
    print(&texts.join("\n"))
}

/// What is said of scores without controls.
fn alone(folder: &Path) -> String {
    // What cannot be read was complained of where it was needed.
    let view = CaseView::read(folder).ok();
    let registration = view.and_then(|view| news_of_model(view.registration.as_ref()));
    let told = "A score by itself proves nothing: compare it with those of artworks known not to have been used.";
    let told = registration.into_iter().chain([told.to_owned()]);
    told.collect::<Vec<_>>().join("\n")
}

/// The findings in a few lines.
fn summary(findings: &Findings, folder: &Path) -> String {
    let mut text = String::new();
    let files = &findings.files;
    let recovery = [
        ("gain", findings.recovery.gain_db, " dB"),
        ("direction", findings.recovery.direction, ""),
    ];
    let recovery = recovery.map(|(name, value, unit)| match value {
        Some(value) => format!("{name} {}{unit}", signed(value, 3)),
        None => format!("{name} undefined"),
    });
    let path = findings.artwork.path.as_path().to_string_lossy();
    let mut line = |label: &str, value: &str| {
        // A string takes everything.
        let _ = writeln!(text, "  {label:<22}{}", plain(value));
    };
    line("recovered picture", &scores(&findings.similarity));
    line("partial picture", &scores(&findings.partial_similarity));
    line("recovery", &recovery.join(", "));
    line("loss gap", &signed(findings.loss_gap.value, 6));
    line("skipped steps", &findings.skipped_steps.to_string());
    for file in [&files.original, &files.partial, &files.recovered] {
        line("picture", &folder.join(file).to_string_lossy());
    }
    for (name, reason) in &findings.not_evaluated {
        line("not evaluated", &format!("{name}: {reason}"));
    }
    for note in findings.notes() {
        line("note", &note);
    }
    let reading = findings.plan.reading;
    let read = match reading.is_usual() {
        true => String::new(),
        false => format!(", {}", reading.words()),
    };
    format!("{}{read}\n{text}", plain(&path))
}

/// The scores that there are, by name.
pub(super) fn scores(scores: &Scores) -> String {
    let named = [
        ("CLIP", scores.clip),
        ("DINO", scores.dino),
        ("structural", scores.structural),
    ];
    let present = named
        .iter()
        .filter_map(|(name, score)| score.map(|score| format!("{name} {score:.4}")));
    let present: Vec<_> = present.collect();
    present.join("  ")
}
