//! The conclusion from the scores of a case: the questioned works among their controls. Read from what is on
//! disk and computed anew whenever it is asked for; nothing is chosen here that was not fixed before the
//! first examination.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::assessed_work::AssessedWork;
use super::calibration::CalibrationFile;
use super::decoys::{self, DecoyResult};
use super::earlier::{news_of_model, of_work};
use super::error::CaseworkError;
use super::extending::additions;
use super::suspect_control::SuspectControl;
use super::validation::Validations;
use super::weighing::{of, weighed};
use crate::case::{CaseError, CaseView, Question, Role, UnreadFile};
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_method::artwork::Reading;
use palimpsest_method::verdict::{LIMITS, Verdict, sentence};

/// The file that a case keeps it in.
pub const FILE: &str = "assessment.json";

/// The largest file read, in bytes.
const MAX_BYTES: u64 = 1 << 24;

/// Raised when the meaning of the file changes.
const VERSION: u32 = 1;

/// The conclusion of a case, with all that it rests on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Assessment {
    schema: String,
    version: u32,
    /// The question as it was before anything was examined.
    pub question: Question,
    /// Every work, in the order of the case; repetitions are one work. The scores are of the plan's reading.
    pub works: Vec<AssessedWork>,
    /// The same in each further reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_readings: Vec<FurtherWorks>,
    /// The results of the blind decoys, in the order of the case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decoys: Vec<DecoyResult>,
    /// Names and hashes of the calibrations that were used.
    pub calibrations: Vec<UsedCalibration>,
    /// The verdict on the scores; its works are the questioned ones, in their order.
    pub verdict: Verdict,
    /// One sentence on each questioned work, in their order.
    pub sentences: Vec<String>,
    /// The other examinations of the model, as far as the registry tells of any or cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examinations: Option<String>,
    /// A sentence on each time that controls were added to the case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub additions: Vec<String>,
    /// A sentence on each validation dossier that fits the case, or that none does and why; none in conclusions of
    /// before there were any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub validation: Vec<String>,
    /// The negative control that stands out from the others as a used work would, and what would follow without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspect_control: Option<SuspectControl>,
    /// The limits that no sentence says.
    pub limits: String,
}

/// The works of a case in a further reading.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FurtherWorks {
    pub reading: Reading,
    /// Every work in the order of the case, with the scores of another reading where that gives the same picture.
    pub works: Vec<AssessedWork>,
}

/// A calibration that entered the conclusion.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct UsedCalibration {
    pub file: String,
    pub recipes: Vec<String>,
}

impl Assessment {
    /// Weighs what is finished of the case.
    ///
    /// # Errors
    /// [`CaseworkError`] if pictures, encoders or calibrations of the case cannot be read.
    pub fn of(view: &CaseView) -> Result<Self, CaseworkError> {
        if view.question.blinding.is_some() && view.unblinded.is_none() {
            return Err(CaseworkError::StillBlind(view.folder.clone()));
        }
        let calibrations = CalibrationFile::all_of(view)?;
        let (works, further, verdict) = weighed(view, &calibrations)?;
        let questioned = works.iter().filter(|work| work.role == Role::Questioned);
        let sentences = questioned.zip(&verdict.works).map(|(work, judged)| {
            let parts = [
                Some(sentence(judged, &verdict)),
                of_work(work.tests, judged),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        Ok(Self {
            schema: "palimpsest assessment".into(),
            version: VERSION,
            question: view.question.clone(),
            sentences: sentences.collect(),
            calibrations: calibrations.iter().map(UsedCalibration::of).collect(),
            suspect_control: SuspectControl::of(view, &works, &further, &calibrations),
            works,
            further_readings: further,
            decoys: decoys::results(view, &calibrations)?,
            validation: Validations::of(view, &verdict)?.sentences(view),
            verdict,
            examinations: news_of_model(view.registration.as_ref()),
            additions: additions(view)?,
            limits: LIMITS.into(),
        })
    }

    /// The last conclusion in the case in `folder`; `None` if nothing was.
    ///
    /// # Errors
    /// [`CaseError`] if the file cannot be read or is no assessment.
    pub fn read(folder: &Path) -> Result<Option<Self>, CaseError> {
        let path = folder.join(FILE);
        let bytes = match read_at_most(&path, MAX_BYTES) {
            Ok(bytes) => bytes,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(UnreadFile::new(&path, error).into()),
        };
        let damaged = |why| CaseError::Damaged {
            path: path.clone(),
            why,
        };
        let assessment: Self =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        match assessment.version {
            VERSION => Ok(Some(assessment)),
            other => Err(damaged(format!(
                "it is of version {other}, and this program reads version {VERSION}"
            ))),
        }
    }

    /// The questioned works, in their order.
    pub fn questioned(&self) -> impl Iterator<Item = &AssessedWork> {
        self.with_role(Role::Questioned)
    }

    /// The reading of the works' own scores, where questioned works were tested in others besides.
    pub fn first_of_readings(&self) -> Option<Reading> {
        let mut tested = self.verdict.works.iter();
        let tested = tested.find_map(|work| work.readings.as_ref())?;
        tested.tested.first().map(|first| first.reading)
    }

    /// The questioned work `index` in a further reading.
    pub fn in_reading(&self, reading: Reading, index: usize) -> Option<&AssessedWork> {
        let mut further = self.further_readings.iter();
        let further = further.find(|further| further.reading == reading)?;
        of(&further.works, Role::Questioned).nth(index)
    }

    /// The works that the test of all questioned ones together does not count by themselves, one sentence each.
    pub fn not_counted_together(&self) -> Vec<String> {
        let several = self.questioned().count() > 1;
        let questioned = self.questioned().filter(|_| several);
        let sentence = |work: &AssessedWork| {
            let name = &work.name;
            match (work.judged(), &work.version_of) {
                (Err(refusal), _) => Some(format!(
                    "{name} is left out where the questioned works are judged together: {}.",
                    refusal.reason
                )),
                (Ok(_), Some(twin)) if !work.counts_together => Some(format!(
                    "{name} is nearly the same picture as {}: where the questioned works are judged together, another \
                     version of the motif counts for it.",
                    twin.of
                )),
                (Ok(_), _) => None,
            }
        };
        questioned.filter_map(sentence).collect()
    }

    /// The only questioned work that counts where they are judged together, and its place among them; none where there
    /// are more or none.
    pub fn only_one_together(&self) -> Option<usize> {
        let counts = self.questioned().enumerate();
        let mut counts = counts.filter(|(_, work)| work.counts_together);
        match (counts.next(), counts.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    }

    /// A sentence on the declaration about the negative controls; none where there are none.
    pub fn controls_declared(&self) -> Option<String> {
        self.with_role(Role::Negative).next()?;
        let Some(declaration) = &self.question.declaration else {
            return Some(
                "Nothing was declared of the source, the dates and the rule of selection of the negative controls."
                    .into(),
            );
        };
        let parts = declaration.parts().map(|(name, text)| match text {
            "" => format!("{name} not declared"),
            text => format!("{name} “{text}”"),
        });
        Some(format!(
            "Declared of the negative controls: {}.",
            parts.join("; ")
        ))
    }

    /// A sentence on the blind decoys; none where there are none.
    pub fn decoys_sentence(&self) -> Option<String> {
        decoys::sentence(&self.decoys, self.questioned().count())
    }

    /// The warning that a control stands out as a used work would, with its name; none where none does.
    pub fn warning(&self) -> Option<String> {
        let suspect = self.suspect_control.as_ref()?;
        Some(suspect.sentence(&self.works, &self.verdict))
    }

    /// The works of a role, in their order.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &AssessedWork> {
        self.works.iter().filter(move |work| work.role == role)
    }
}

impl UsedCalibration {
    fn of(file: &CalibrationFile) -> Self {
        Self {
            file: file.name.clone(),
            recipes: (file.recipes.iter())
                .map(|recipe| recipe.recipe.clone())
                .collect(),
        }
    }
}
