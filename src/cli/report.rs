//! What `examine` and `resume` say at their end: findings on standard output, failures on standard
//! error.

use std::fmt::Write;
use std::path::Path;

use super::output::{complain, plain, print, print_json};
use super::{Status, interruption};
use crate::case::{ArtworkView, CaseView, Role};
use crate::casework::{Assessment, CaseworkError, Entry};
use crate::examination::{Findings, Scores};

/// Reports how the work on the case in `folder` ended.
pub(super) fn report(
    result: Result<Vec<Entry>, CaseworkError>,
    folder: &Path,
    json: bool,
) -> Status {
    let entries = match result {
        Ok(entries) => entries,
        Err(error) if error.is_interruption() => return interruption::interrupted(folder),
        Err(error) => {
            complain(&error.to_string());
            return Status::Failed;
        }
    };
    let (entries, assessment) = questioned(entries, folder);
    let mut failed = false;
    for entry in &entries {
        if let Entry::Failed { error, .. } = entry {
            complain(error);
            failed = true;
        }
    }
    let printed = match entries.as_slice() {
        [Entry::Failed { .. }] => Status::Done,
        [entry] if json => print_json(entry),
        entries if json => print_json(&entries),
        entries => summarise(entries, assessment.as_ref(), folder),
    };
    if failed { Status::Failed } else { printed }
}

/// Of what was examined, the works that are asked about, each once; and what their controls make of them.
/// Controls that failed are told of too.
fn questioned(entries: Vec<Entry>, folder: &Path) -> (Vec<Entry>, Option<Assessment>) {
    // Where nothing could be begun there is no case, and what failed is all there is.
    let Ok(view) = CaseView::read(folder) else {
        return (entries, None);
    };
    let is_asked =
        |artwork: &ArtworkView| artwork.entry.role == Role::Questioned && artwork.entry.repeat == 0;
    let has_controls = !view.artworks.iter().all(is_asked);
    let assessment = has_controls.then(|| Assessment::of(&view).ok()).flatten();
    let of_interest = view
        .artworks
        .iter()
        .zip(entries)
        .filter(|(artwork, entry)| is_asked(artwork) || matches!(entry, Entry::Failed { .. }));
    (of_interest.map(|(_, entry)| entry).collect(), assessment)
}

fn summarise(entries: &[Entry], assessment: Option<&Assessment>, folder: &Path) -> Status {
    let mut texts: Vec<_> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Examined(findings) => Some(summary(findings, folder)),
            Entry::Failed { .. } => None,
        })
        .collect();
    if texts.is_empty() {
        return Status::Done;
    }
    if let Some(assessment) = assessment {
        texts.push(super::assess::text(assessment));
        return print(&texts.join("\n"));
    }
    texts.push(
        "A score by itself proves nothing: compare it with those of artworks known not to have been used."
            .into(),
    );
    print(&texts.join("\n"))
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
        Some(value) => format!("{name} {value:+.3}{unit}"),
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
    line("loss gap", &format!("{:+.6}", findings.loss_gap.value));
    line("skipped steps", &findings.skipped_steps.to_string());
    for file in [&files.original, &files.partial, &files.recovered] {
        line("picture", &folder.join(file).to_string_lossy());
    }
    for (name, reason) in &findings.not_evaluated {
        line("not evaluated", &format!("{name}: {reason}"));
    }
    for warning in &findings.warnings {
        line("note", warning);
    }
    format!("{}\n{text}", plain(&path))
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
