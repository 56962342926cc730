//! Doing a case over: every work is examined again from the recorded settings, and the results are compared
//! with those in the record.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::assignment::{models_of, picture_of};
use super::error::CaseworkError;
use crate::case::{ArtworkView, CaseView};
use palimpsest_method::examination::{Examiner, Findings, Progress, Steering};
use palimpsest_method::inversion::Trace;

/// Largest difference of a score on a machine with other arithmetic.
pub const TOLERANCE: f64 = 2e-3;

/// Scores by their names.
type Scores = BTreeMap<&'static str, f64>;

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
    replay_with(folder, &[], steering)
}

/// The same of a case that may have come without its private record: works and models whose places are not known are
/// looked for in `files` and below.
///
/// # Errors
/// Those of [`replay`], and [`CaseworkError::NoPlace`] if a model was not found.
pub fn replay_with(
    folder: &Path,
    files: &[PathBuf],
    steering: &Steering,
) -> Result<Vec<Replayed>, CaseworkError> {
    let view = CaseView::read_with(folder, files)?;
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
            if let Some(name) = findings.plan.unplaced().into_iter().next() {
                let case = folder.to_owned();
                return Err(CaseworkError::NoPlace { name, case });
            }
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
    if !entry.path.is_placed() {
        return Err(CaseworkError::NoPlace {
            name: entry.path.name(),
            case: case.to_owned(),
        });
    }
    let path = picture_of(entry, case);
    let prepared = examiner.prepare(&path, Some(findings.artwork.sha256), entry.crop)?;
    let descended = examiner.descend(&prepared, None)?;
    Ok(examiner.conclude(prepared, descended)?.findings)
}

/// Compares traces and scores; `same` is whether the arithmetic is the record's.
fn compare(recorded: &Findings, again: &Findings, same: bool) -> Agreement {
    let scores = (&recorded.scores(), &again.scores());
    agreement(scores, (&recorded.trace, &again.trace), same)
}

/// The agreement of what was recorded, first, with what was made again. A score that the record lacks is none of it.
fn agreement(
    (before, after): (&Scores, &Scores),
    (trace, again): (&Trace, &Trace),
    same: bool,
) -> Agreement {
    let differences = before.iter().map(|(name, value)| {
        // One that could not be had again is as far off as can be.
        let other = after.get(name).copied().unwrap_or(f64::INFINITY);
        (*name, (value - other).abs())
    });
    let most = differences.max_by(|a, b| a.1.total_cmp(&b.1));
    let differs = |(name, by): (&str, f64)| Agreement::Differs {
        score: name.to_owned(),
        by,
    };
    match most {
        // On the same arithmetic nothing may differ at all.
        Some(most) if same && most.1 != 0.0 => differs(most),
        _ if same && trace != again => differs(("the trace", distance(trace, again))),
        _ if same => Agreement::Exact,
        Some((_, by)) if by <= TOLERANCE => Agreement::Within(by),
        Some(most) => differs(most),
        None => Agreement::Impossible(
            "the record has no score, and without one only a machine that computes as that of the record can tell"
                .to_owned(),
        ),
    }
}

/// The largest difference of two traces; infinite where they are not of as many steps.
fn distance(a: &Trace, b: &Trace) -> f64 {
    let numbers = |trace: &Trace| -> Vec<f64> {
        let timesteps = trace.timestep.iter().map(|&timestep| timestep as f64);
        let (losses, norms) = (&trace.loss_pretrained, &trace.gradient_norm);
        let others = losses.iter().chain(&trace.loss_finetuned).chain(norms);
        timesteps.chain(others.copied()).collect()
    };
    let (a, b) = (numbers(a), numbers(b));
    if a.len() != b.len() {
        return f64::INFINITY;
    }
    let differences = a.iter().zip(&b).map(|(a, b)| (a - b).abs());
    differences.max_by(f64::total_cmp).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(losses: &[f64]) -> Trace {
        Trace {
            timestep: vec![500; losses.len()],
            loss_pretrained: losses.to_vec(),
            loss_finetuned: losses.to_vec(),
            gradient_norm: losses.to_vec(),
        }
    }

    fn differs(agreement: &Agreement) -> Option<(&str, f64)> {
        match agreement {
            Agreement::Differs { score, by } => Some((score, *by)),
            _ => None,
        }
    }

    #[test]
    fn without_a_score_another_machine_bears_nothing_out() {
        let none = Scores::new();
        let (a, b) = (trace(&[0.1]), trace(&[0.9]));
        let found = agreement((&none, &none), (&a, &b), false);
        assert!(matches!(found, Agreement::Impossible(_)), "{found:?}");
        let found = agreement((&none, &none), (&a, &a), true);
        assert_eq!(found, Agreement::Exact);
    }

    #[test]
    fn where_the_trace_alone_differs_no_score_is_blamed() {
        let scores = Scores::from([("loss_gap", 0.25)]);
        let (a, b) = (trace(&[0.5, 0.25]), trace(&[0.5, 0.75]));
        let found = agreement((&scores, &scores), (&a, &b), true);
        assert_eq!(differs(&found), Some(("the trace", 0.5)));
        let shorter = trace(&[0.5]);
        let found = agreement((&scores, &scores), (&a, &shorter), true);
        assert_eq!(differs(&found), Some(("the trace", f64::INFINITY)));
    }

    #[test]
    fn a_score_is_within_the_tolerance_or_named_and_a_new_one_is_no_matter() {
        let (before, none) = (Scores::from([("loss_gap", 0.25)]), Scores::new());
        let near = Scores::from([("loss_gap", 0.25 + TOLERANCE / 2.0), ("new", 9.0)]);
        let (a, b) = (trace(&[0.1]), trace(&[0.2]));
        let found = agreement((&before, &near), (&a, &b), false);
        assert!(
            matches!(found, Agreement::Within(by) if by > 0.0),
            "{found:?}"
        );
        let found = agreement((&before, &near), (&a, &a), true);
        assert_eq!(differs(&found).map(|(name, _)| name), Some("loss_gap"));
        let found = agreement((&before, &none), (&a, &a), false);
        assert_eq!(differs(&found), Some(("loss_gap", f64::INFINITY)));
    }
}
