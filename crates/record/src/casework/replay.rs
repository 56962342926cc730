//! Doing a case over: every work is examined again from the recorded settings, and the results are compared
//! with those in the record.

use std::path::Path;

use serde::Serialize;

use super::assignment::{models_of, picture_of};
use super::error::CaseworkError;
use crate::case::{ArtworkView, CaseView};
use palimpsest_method::examination::{Examiner, Findings, Progress, Steering};

/// Largest difference of a score on a machine with other arithmetic.
pub const TOLERANCE: f64 = 2e-3;

/// The result of doing one work over.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Replayed {
    /// Its folder in the case.
    pub folder: String,
    pub agreement: Agreement,
}

/// The agreement of two results.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// To the last bit.
    Exact,
    /// Every score within [`TOLERANCE`]; the largest difference.
    Within(f64),
    /// Not; what differs most, and by how much.
    Differs { score: String, by: f64 },
    /// It could not be done over, and why.
    Impossible(String),
}

impl Replayed {
    /// True if the record is borne out.
    pub fn agrees(&self) -> bool {
        matches!(self.agreement, Agreement::Exact | Agreement::Within(_))
    }

    /// In a line.
    pub fn sentence(&self) -> String {
        let folder = &self.folder;
        match &self.agreement {
            Agreement::Exact => format!("{folder}: done over, the same to the last bit"),
            Agreement::Within(most) => {
                format!("{folder}: done over, scores differ by {most:.1e} at most")
            }
            Agreement::Differs { score, by } => {
                format!("{folder}: done over, and {score} DIFFERS by {by:.3e}")
            }
            Agreement::Impossible(why) => format!("{folder}: could not be done over: {why}"),
        }
    }
}

/// Examines every finished work of the case in `folder` again. Nothing is written.
///
/// # Errors
/// [`CaseworkError`] if the case or its models cannot be read, or if the work was cancelled.
pub fn replay(folder: &Path, steering: &Steering) -> Result<Vec<Replayed>, CaseworkError> {
    let view = CaseView::read(folder)?;
    let mut open: Option<(u8, Examiner, bool)> = None;
    let mut replayed = Vec::new();
    for (index, artwork) in view.artworks.iter().enumerate() {
        let Some(findings) = &artwork.findings else {
            continue;
        };
        steering.emit(Progress::Artwork {
            number: index + 1,
            of: view.artworks.len(),
            path: artwork.entry.path.as_path().to_owned(),
        });
        let pair = models_of(artwork.entry.role);
        if open.as_ref().is_none_or(|(opened, ..)| *opened != pair) {
            // One pair's weights at a time.
            drop(open.take());
            let (examiner, same) = Examiner::open_again(findings.plan.clone(), steering)?;
            open = Some((pair, examiner, same));
        }
        let Some((_, examiner, same)) = &mut open else {
            continue;
        };
        let agreement = match done_over(examiner, folder, artwork, findings) {
            Ok(again) => compare(findings, &again, *same),
            Err(error) if error.is_interruption() => return Err(error),
            Err(error) => Agreement::Impossible(error.to_string()),
        };
        replayed.push(Replayed {
            folder: artwork.entry.folder.clone(),
            agreement,
        });
    }
    Ok(replayed)
}

fn done_over(
    examiner: &mut Examiner,
    case: &Path,
    artwork: &ArtworkView,
    findings: &Findings,
) -> Result<Findings, CaseworkError> {
    if let Some(seed) = findings.plan.settings.seed() {
        examiner.reseed(seed)?;
    }
    examiner.read_as(findings.plan.reading);
    let entry = &artwork.entry;
    let path = picture_of(entry, case);
    let prepared = examiner.prepare(&path, Some(findings.artwork.sha256), entry.crop)?;
    let descended = examiner.descend(&prepared, None)?;
    Ok(examiner.conclude(prepared, descended)?.findings)
}

/// Compares traces and scores; `same` is whether the arithmetic is the record's.
fn compare(recorded: &Findings, again: &Findings, same: bool) -> Agreement {
    let (before, after) = (recorded.scores(), again.scores());
    if same && recorded.trace == again.trace && before == after {
        return Agreement::Exact;
    }
    let differences = before.iter().map(|(name, value)| {
        let other = after.get(name).copied().unwrap_or(f64::INFINITY);
        (*name, (value - other).abs())
    });
    let (score, by) = differences
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .unwrap_or(("the trace", 0.0));
    // On the same arithmetic nothing may differ at all; without a single score only the trace can.
    if by <= TOLERANCE && !same {
        Agreement::Within(by)
    } else {
        let score = score.to_owned();
        Agreement::Differs { score, by }
    }
}
