//! Controls that are added to a case when its works have been examined: a score without controls says nothing, and
//! whoever sees that afterwards need not begin anew. They are examined as the works were; score, settings and question
//! stand as they were sealed at the beginning, and the journal says when the controls came.

use std::collections::BTreeMap;
use std::path::Path;

use super::assignment::Control;
use super::error::CaseworkError;
use crate::case::journal::Event;
use crate::case::{ArtworkEntry, Case, CaseError, CaseView, Digest, Role, WorkState};
use palimpsest_base::number_format::counted;
use palimpsest_method::artwork::{Artwork, Reading};

/// Adds controls to the case in `folder`, to be examined when it is taken up again; returns the number of examinations
/// that are to be made.
///
/// # Errors
/// [`CaseworkError`] if the case is being worked on, is of before there was a journal or cannot be written, and
/// [`CaseworkError::Control`] if a control cannot be read or is in the case already. Then nothing is added.
pub fn add_controls(folder: &Path, controls: &[Control]) -> Result<usize, CaseworkError> {
    let mut case = Case::open(folder)?;
    if case.journal().is_none() {
        return Err(CaseworkError::NoJournal(folder.to_owned()));
    }
    let entries = Addition::to(&case, controls)?.entries(&case);
    let count = entries.len();
    case.extend(entries)?;
    Ok(count)
}

/// Controls whose files were looked at.
struct Addition<'a> {
    controls: Vec<(&'a Control, Digest, bool)>,
}

impl<'a> Addition<'a> {
    fn to(case: &Case, controls: &'a [Control]) -> Result<Self, CaseworkError> {
        let known = case.artworks().iter();
        let known = known.filter_map(|entry| Some((entry.sha256?, entry.role)));
        let mut known: BTreeMap<Digest, Role> = known.collect();
        let mut looked_at = Vec::new();
        for control in controls {
            let refused = |why: String| CaseworkError::Control {
                path: control.path.clone(),
                why,
            };
            let artwork =
                Artwork::open(&control.path).map_err(|error| refused(error.to_string()))?;
            if let Some(role) = known.insert(artwork.sha256(), control.role) {
                return Err(refused(format!(
                    "it is in the case already, as a {}",
                    role.title()
                )));
            }
            looked_at.push((control, artwork.sha256(), !artwork.differences().is_empty()));
        }
        match looked_at.is_empty() {
            true => Err(CaseworkError::NoControls),
            false => Ok(Self {
                controls: looked_at,
            }),
        }
    }

    /// Their examinations, numbered behind those of the case.
    fn entries(&self, case: &Case) -> Vec<ArtworkEntry> {
        let question = &case.record().question;
        let first = case.plan().reading;
        let mut wanted: Vec<(u32, &Control, Digest, Option<Reading>)> = Vec::new();
        for repeat in 0..question.repeats {
            let each = self.controls.iter();
            wanted.extend(each.map(|&(control, sha256, _)| (repeat, control, sha256, None)));
        }
        for repeat in 0..question.repeats {
            let weighed = self.controls.iter();
            let weighed = weighed.filter(|(control, ..)| control.role != Role::Context);
            for &(control, sha256, differs) in weighed {
                let others = Reading::others(first, &question.further_readings, differs);
                let others = others.into_iter();
                wanted.extend(others.map(|reading| (repeat, control, sha256, Some(reading))));
            }
        }
        let numbers = case.artworks().len() + 1..;
        let seed = case.plan().settings.seed();
        let entries = numbers.zip(wanted);
        let entries = entries.map(
            |(number, (repeat, control, sha256, reading))| ArtworkEntry {
                role: control.role,
                declared: control.declared.clone(),
                seed: seed.map(|seed| seed.wrapping_add(number as u64)),
                repeat,
                reading,
                ..ArtworkEntry::new(
                    number,
                    (&control.path, control.crop),
                    Some(sha256),
                    WorkState::Pending,
                )
            },
        );
        entries.collect()
    }
}

/// A sentence on each time that controls were added.
///
/// # Errors
/// [`CaseError::Journal`] if the journal cannot be read.
pub(super) fn additions(view: &CaseView) -> Result<Vec<String>, CaseError> {
    let unlooked = match view.plan.compared {
        true => "",
        false => {
            " The case was begun without any in view, so that whether they are like the works is told by colours and \
             structure alone."
        }
    };
    let added = view.entries()?.iter().filter_map(|entry| match &entry.event {
        Event::Extended { items } => {
            let works = items.iter().filter(|item| item.is_first()).count();
            Some(format!(
                "{} {} added on {}, when the case had been begun: the score that decides, the settings and the \
                 question were sealed before that and stayed. Whoever adds controls with the result before their eyes can \
                 stop when it pleases them; each time is in the journal.{unlooked}",
                counted(works, "control", "controls"),
                if works == 1 { "was" } else { "were" },
                entry.time
            ))
        }
        _ => None,
    });
    Ok(added.collect())
}
