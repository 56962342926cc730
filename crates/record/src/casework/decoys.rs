//! Results of blind decoys: each is judged as the questioned works are, and told beside what is known of it.

use serde::{Deserialize, Serialize};

use super::assessed_work::given_name;
use super::calibration::CalibrationFile;
use super::error::CaseworkError;
use super::weighing::{of, weighed};
use crate::case::{ArtworkView, CaseView, Role};
use palimpsest_base::number_format::{count, counted, two_figures};
use palimpsest_method::verdict::{Figure, WorkVerdict};

/// The level at which decoys are counted as called.
const LEVEL: f64 = 0.05;

/// A decoy and what came of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct DecoyResult {
    /// The name that it was given under.
    pub name: String,
    /// Its folder in the case.
    pub folder: String,
    /// True if it is known to have been used.
    pub used: bool,
    /// The reason that it is known, in the user's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub declared: String,
    /// Its score, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Its rank among the negative controls.
    pub p_value: Figure<f64>,
}

impl DecoyResult {
    /// Of an examination that was opened as a decoy's, and what was found of it.
    pub(super) fn of(view: &CaseView, artwork: &ArtworkView, judged: &WorkVerdict) -> Option<Self> {
        let entry = &artwork.entry;
        let mapping = view.unblinded.as_ref()?;
        let decoy = mapping.work_at(entry.path.as_path())?.decoy.clone()?;
        Some(Self {
            name: given_name(view, entry),
            folder: entry.folder.clone(),
            used: decoy.used,
            declared: decoy.declared,
            score: judged.score,
            p_value: match &judged.p_value {
                Figure::Evaluated(p) => Figure::Evaluated(p.value),
                Figure::NotEvaluated { reason } => Figure::NotEvaluated {
                    reason: reason.clone(),
                },
            },
        })
    }

    /// True if it would be called used.
    pub fn is_called(&self) -> bool {
        self.p_value.evaluated().is_some_and(|p| *p <= LEVEL)
    }

    /// The use that is known of it, for readers.
    pub fn declaration(&self) -> String {
        let known = match self.used {
            true => "known to have been used",
            false => "known not to have been used",
        };
        match self.declared.trim() {
            "" => known.to_owned(),
            declared => format!("{known}: {declared}"),
        }
    }

    /// Its p-value, for readers.
    pub fn p_text(&self) -> String {
        match &self.p_value {
            Figure::Evaluated(p) => format!("p = {}", two_figures(*p)),
            Figure::NotEvaluated { .. } => "not judged".into(),
        }
    }
}

/// The decoys of a case, each judged as the questioned works are.
///
/// # Errors
/// [`CaseworkError`] if pictures or encoders of the case cannot be read.
pub(super) fn results(
    view: &CaseView,
    calibrations: &[CalibrationFile],
) -> Result<Vec<DecoyResult>, CaseworkError> {
    let Some(of_decoys) = view.of_decoys() else {
        return Ok(Vec::new());
    };
    let (works, _, verdict) = weighed(&of_decoys, calibrations)?;
    let asked = of(&works, Role::Questioned).zip(&verdict.works);
    let results = asked.filter_map(|(work, judged)| {
        let folder = work.folders.first()?;
        let mut artworks = view.artworks.iter();
        let artwork = artworks.find(|artwork| artwork.entry.folder == *folder)?;
        DecoyResult::of(view, artwork, judged)
    });
    Ok(results.collect())
}

/// A sentence on the decoys of a case with so many questioned works; none where there are none.
pub(super) fn sentence(decoys: &[DecoyResult], questioned: usize) -> Option<String> {
    if decoys.is_empty() {
        return None;
    }
    let of = |used: bool| {
        let known: Vec<&DecoyResult> = decoys.iter().filter(|it| it.used == used).collect();
        let judged = known
            .iter()
            .filter(|it| it.p_value.evaluated().is_some())
            .count();
        let called = known.iter().filter(|it| it.is_called()).count();
        let words = match used {
            true => "known to have been used",
            false => "known not to have been used",
        };
        let unjudged = known.len() - judged;
        (!known.is_empty()).then(|| {
            let left = match unjudged {
                0 => String::new(),
                some => format!(" ({} not judged)", count(some as u64)),
            };
            format!(
                "of {} {words} {} would be called at 5 %{left}",
                count(known.len() as u64),
                count(called as u64)
            )
        })
    };
    let parts: Vec<String> = [false, true].into_iter().filter_map(of).collect();
    Some(format!(
        "{} {} examined blind with the {}, under neutral names in an order drawn by chance; which they were was sealed \
         before the first score and opened after the last: {}.",
        counted(decoys.len(), "decoy", "decoys"),
        if decoys.len() == 1 { "was" } else { "were" },
        match questioned {
            1 => "questioned work".into(),
            several => counted(several, "questioned work", "questioned works"),
        },
        parts.join(", ")
    ))
}
