//! Weighing of a case: its works are compared with each other in every reading, and their scores become a verdict.

use std::collections::BTreeSet;

use super::assessed_work::{AssessedWork, has_reading, works};
use super::assessment::FurtherWorks;
use super::calibration::CalibrationFile;
use super::error::CaseworkError;
use super::exchangeability::{compare_styles, mark_standing_out};
use super::likeness::{Candidate, Likeness};
use crate::case::{CaseView, Role};
use palimpsest_method::artwork::Reading;
use palimpsest_method::verdict::{Evidence, FurtherReading, Verdict, conclude};

/// The works of a case, its further readings, and the verdict on them.
pub(super) type Weighed = (Vec<AssessedWork>, Vec<FurtherWorks>, Verdict);

/// Compares the works of a case in each reading, and weighs their scores.
///
/// # Errors
/// [`CaseworkError`] if pictures or encoders of the case cannot be read.
pub(super) fn weighed(
    view: &CaseView,
    calibrations: &[CalibrationFile],
) -> Result<Weighed, CaseworkError> {
    let works = compared(view, view.plan.reading)?;
    let further = view.question.further_readings.iter().map(|&reading| {
        let works = compared(view, reading)?;
        Ok(FurtherWorks { reading, works })
    });
    let further: Vec<FurtherWorks> = further.collect::<Result<_, CaseworkError>>()?;
    let verdict = weigh(view, &works, &further, calibrations);
    Ok((works, further, verdict))
}

/// The works of a case in a reading, compared with each other.
fn compared(view: &CaseView, reading: Reading) -> Result<Vec<AssessedWork>, CaseworkError> {
    let mut works = works(view, reading);
    let candidates = works.iter().map(|work| Candidate {
        name: &work.name,
        role: work.role,
        folder: work.folders.first().map(String::as_str),
    });
    let candidates: Vec<_> = candidates.collect();
    let likeness = Likeness::of(view, &candidates)?;
    for (index, work) in works.iter_mut().enumerate() {
        work.near_duplicate = likeness.twin(index);
        work.kinship = likeness.kinship(index);
        work.version_of = likeness.version(index);
    }
    compare_styles(&mut works);
    mark_standing_out(&mut works);
    count_one_of_each(&mut works, &likeness.motifs());
    Ok(works)
}

/// Marks the questioned works that are judged together: of each motif the first that is judged at all. The order is
/// the one in which they were named before anything was examined.
fn count_one_of_each(works: &mut [AssessedWork], motifs: &[usize]) {
    let mut taken = BTreeSet::new();
    for (work, motif) in works.iter_mut().zip(motifs) {
        let judged = work.role == Role::Questioned && work.judged().is_ok();
        work.counts_together = judged && taken.insert(motif);
    }
}

/// The verdict on the questioned works. Where the controls do not serve one of them it gets no figure.
pub(super) fn weigh(
    view: &CaseView,
    works: &[AssessedWork],
    further: &[FurtherWorks],
    calibrations: &[CalibrationFile],
) -> Verdict {
    let name = view.question.primary_score.name();
    conclude(&Evidence {
        questioned: of(works, Role::Questioned)
            .map(AssessedWork::judged)
            .collect(),
        together: together(works),
        negatives: scores(works, Role::Negative),
        positives: scores(works, Role::Positive),
        reading: view.plan.reading,
        further: further.iter().map(|further| further.scores(view)).collect(),
        calibrations: (calibrations.iter())
            .flat_map(|file| file.calibrations(name))
            .collect(),
        // Replayed draws have no seed; the resampling of the verdict needs some, the same every time.
        seed: view.plan.settings.seed().unwrap_or(0),
    })
}

impl FurtherWorks {
    /// The scores that are tested.
    fn scores(&self, view: &CaseView) -> FurtherReading {
        let asked = of(&self.works, Role::Questioned).zip(has_reading(view, self.reading));
        FurtherReading {
            reading: self.reading,
            questioned: asked
                .map(|(work, own)| own.then(|| work.judged()))
                .collect(),
            together: together(&self.works),
            negatives: scores(&self.works, Role::Negative),
            positives: view
                .reads_positives
                .then(|| scores(&self.works, Role::Positive)),
        }
    }
}

/// The works of a role, in their order.
pub(super) fn of(works: &[AssessedWork], role: Role) -> impl Iterator<Item = &AssessedWork> {
    works.iter().filter(move |work| work.role == role)
}

fn scores(works: &[AssessedWork], role: Role) -> Vec<f64> {
    of(works, role).filter_map(AssessedWork::counted).collect()
}

/// The scores of the questioned works that are judged together.
fn together(works: &[AssessedWork]) -> Vec<f64> {
    let counting = of(works, Role::Questioned).filter(|work| work.counts_together);
    counting.filter_map(|work| work.score).collect()
}
