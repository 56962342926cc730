//! The order of an examination: claim the folder, look at the artworks, examine one after another, keep what was
//! found. An artwork that fails does not keep the others from being examined.

use std::path::Path;

use super::assessing::{assess_open, has_controls};
use super::assessment;
use super::assignment::Assignment;
use super::blinding::{Blinded, open_mapping};
use super::error::CaseworkError;
use super::planned_works::give_seeds;
use super::result::{WorkResult, failure, report};
use super::work::Work;
use crate::case::journal::Event;
use crate::case::{ArtworkEntry, Case, CaseDir, CaseRecord, Question, Role, WorkState};
use palimpsest_method::examination::{Examiner, Steering};

/// Examines everything that `assignment` names and keeps it in the folder `out`, which must be new or
/// empty. What became of each artwork is returned in their order. If none of the questioned ones can be
/// examined nothing is left behind.
///
/// # Errors
/// [`CaseworkError`] if the models, the settings or the folder cannot be used, or if the work was
/// cancelled.
pub fn begin(
    assignment: &Assignment,
    out: &Path,
    steering: &Steering,
) -> Result<Vec<WorkResult>, CaseworkError> {
    assignment.check()?;
    let place = CaseDir::claim(out)?;
    let Some(blinded) = Blinded::of(assignment, out)? else {
        return begin_in(place, assignment, steering);
    };
    let begun = begin_in(place, &blinded.assignment, steering);
    blinded.undo_unless_begun(out);
    begun
}

fn begin_in(
    place: CaseDir,
    assignment: &Assignment,
    steering: &Steering,
) -> Result<Vec<WorkResult>, CaseworkError> {
    let out = &place.folder().to_owned();
    // Pictures are looked at before models: a mistyped name is found at once.
    let (mut entries, further_readings) = assignment.entries(out);
    let questioned =
        |entry: &&ArtworkEntry| entry.role == Role::Questioned && entry.reading.is_none();
    if !entries
        .iter()
        .filter(questioned)
        .any(|entry| entry.state == WorkState::Pending)
    {
        return Ok(entries.into_iter().filter_map(failure).collect());
    }
    let works = entries.iter().filter(questioned);
    let works: Vec<_> = works
        .map(|entry| (entry.path.as_path(), entry.crop))
        .collect();
    let mut examiner = Examiner::open_for(&assignment.request(), works.clone(), steering)?;
    let base_fit = examiner.base_fit(works)?;
    let null_run = assignment.null_plan(steering)?.map(Box::new);
    let self_test = assignment.self_plan(steering)?.map(Box::new);
    give_seeds(&mut entries, examiner.plan());
    let (plan, mut warnings) = (examiner.plan().clone(), examiner.warnings().to_vec());
    warnings.extend(assignment.notes.iter().cloned());
    let mut record = CaseRecord::new(plan, warnings, entries);
    record.question = Question {
        further_readings,
        ..assignment.question.clone()
    };
    record.null_run = null_run;
    record.self_test = self_test;
    record.base_fit = Some(base_fit);
    let todo = indices(&record.artworks, |state| *state == WorkState::Pending);
    let case = Case::new(place, record).registered_in(assignment.registry.clone());
    Work::new(case, examiner, steering).finish(&todo)
}

/// Continues the case in `folder`, whatever it was left at: finished artworks stay as they are, an
/// unfinished one goes on to the same bits as if it had not been interrupted, failed ones are tried
/// again. What became of each artwork is returned in their order.
///
/// # Errors
/// As [`begin`], if artworks or models are not those of the beginning, and [`CaseworkError::NoPlace`] if nobody knows
/// where they lie.
pub fn resume(folder: &Path, steering: &Steering) -> Result<Vec<WorkResult>, CaseworkError> {
    let mut case = Case::open(folder)?;
    let mut todo = indices(case.artworks(), |state| *state != WorkState::Finished);
    if case.is_unblinded() {
        // What failed while nobody knew what it was is not tried again by somebody who does.
        let artworks = case.artworks();
        todo.retain(|&index| {
            artworks
                .get(index)
                .is_some_and(|it| !it.role.is_questioned())
        });
    }
    if todo.is_empty() {
        open_mapping(&mut case)?;
        // The process may have ended before the scores were weighed.
        if has_controls(&case) && !case.is_sealed(assessment::FILE) {
            assess_open(&mut case)?;
        }
        return Ok(report(&case));
    }
    if let Some(name) = unplaced(&case, &todo) {
        let case = folder.to_owned();
        return Err(CaseworkError::NoPlace { name, case });
    }
    case.emit(&Event::Resumed {})?;
    let examiner = Examiner::reopen(case.plan().clone(), case.warnings().to_vec(), steering)?;
    Work::new(case, examiner, steering).finish(&todo)
}

/// A model or work that is needed for the artworks `todo` and whose place on this machine nobody knows.
fn unplaced(case: &Case, todo: &[usize]) -> Option<String> {
    let entries = todo.iter().filter_map(|&index| case.artworks().get(index));
    let mut named = entries.flat_map(|entry| {
        let work = (!entry.path.is_placed()).then(|| entry.path.name());
        case.record()
            .plan_of(entry.role)
            .unplaced()
            .into_iter()
            .chain(work)
    });
    named.next()
}

fn indices(entries: &[ArtworkEntry], wanted: impl Fn(&WorkState) -> bool) -> Vec<usize> {
    let numbered = entries.iter().enumerate();
    numbered
        .filter(|(_, entry)| wanted(&entry.state))
        .map(|(index, _)| index)
        .collect()
}
