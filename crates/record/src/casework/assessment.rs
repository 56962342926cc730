//! The conclusion from the scores of a case: the questioned works among their controls. Read from what is on
//! disk and computed anew whenever it is asked for; nothing is chosen here that was not fixed before the
//! first examination.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::calibration::CalibrationFile;
use super::earlier::{news_of_model, of_work};
use super::error::CaseworkError;
use super::likeness::{Candidate, Kin, Likeness, Twin};
use crate::case::{ArtworkEntry, ArtworkView, CaseError, CaseView, Question, Role, UnreadFile};
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_method::examination::PrimaryScore;
use palimpsest_method::verdict::{
    Evidence, LIMITS, NotEvaluated, Reason, Refusal, Verdict, conclude, sentence,
};

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
    /// Every work, in the order of the case; repetitions are one work.
    pub works: Vec<AssessedWork>,
    /// Names and hashes of the calibrations that were used.
    pub calibrations: Vec<UsedCalibration>,
    /// The verdict on the scores; its works are the questioned ones, in their order.
    pub verdict: Verdict,
    /// One sentence on each questioned work, in their order.
    pub sentences: Vec<String>,
    /// The other examinations of the model, as far as the registry tells of any or cannot be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub examinations: Option<String>,
    /// The limits that no sentence says.
    pub limits: String,
}

/// A work and its score.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct AssessedWork {
    /// The name of its file.
    pub name: String,
    pub role: Role,
    /// Its folders in the case, one a repetition.
    pub folders: Vec<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub declared: String,
    /// The primary score, the mean of its repetitions; `None` if none of them has it.
    pub score: Option<f64>,
    /// The score of each repetition.
    pub repetitions: Vec<f64>,
    /// Standard deviation of the repetitions, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<f64>,
    /// The reason that the work has no score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_score: Option<String>,
    /// The work that it is nearly the same picture as: then it counts nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near_duplicate: Option<Twin>,
    /// The questioned work before it that it is nearly the same picture as: each is judged by itself, and in the test
    /// of all together they count once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version_of: Option<Twin>,
    /// True if it counts where the questioned works are judged together.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_together: bool,
    /// Distance of a questioned work from its negative controls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinship: Option<Kin>,
    /// Number of tests of a questioned work against this model with this key, this one among them.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub tests: u64,
}

fn one() -> u64 {
    1
}

fn is_one(number: &u64) -> bool {
    *number == 1
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
        let mut works = works(view);
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
        count_one_of_each(&mut works, &likeness.motifs());
        let calibrations = CalibrationFile::all_of(view)?;
        let verdict = weigh(view, &works, &calibrations);
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
            works,
            verdict,
            examinations: news_of_model(view.registration.as_ref()),
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

    /// The works of a role, in their order.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &AssessedWork> {
        self.works.iter().filter(move |work| work.role == role)
    }
}

impl AssessedWork {
    /// Its score, if it counts.
    pub fn counted(&self) -> Option<f64> {
        self.score.filter(|_| self.near_duplicate.is_none())
    }

    /// Its score as a questioned work, or the reason why it is not judged.
    fn judged(&self) -> Result<f64, Refusal> {
        let twin = self.near_duplicate.as_ref();
        let reason = if let Some(twin) = twin {
            Reason::NearDuplicate(twin.sentence())
        } else if let Some(unfit) = self.kinship.and_then(Kin::refusal) {
            Reason::UnfitControls(unfit)
        } else {
            match (self.score, &self.no_score) {
                (Some(score), None) => return Ok(score),
                (_, why) => Reason::NoScore(match why {
                    Some(why) => why.clone(),
                    None => NotEvaluated::ScoreNotFinite.to_string(),
                }),
            }
        };
        let score = self.score;
        Err(Refusal { score, reason })
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

/// The works of a case with their scores; repetitions of one are joined.
fn works(view: &CaseView) -> Vec<AssessedWork> {
    let name = view.question.primary_score;
    let mut works: Vec<AssessedWork> = Vec::new();
    let mut places: BTreeMap<(Role, &Path), usize> = BTreeMap::new();
    let tests = |entry: &ArtworkEntry| match (&view.registration, entry.role) {
        (Some(registration), Role::Questioned) => registration.tests_of(entry.sha256),
        _ => 1,
    };
    for artwork in &view.artworks {
        let entry = &artwork.entry;
        let key = (entry.role, entry.path.as_path());
        let place = if entry.repeat == 0 {
            None
        } else {
            places.get(&key).copied()
        };
        let place = place.unwrap_or_else(|| {
            works.push(AssessedWork::unscored(artwork, tests(entry)));
            works.len() - 1
        });
        places.insert(key, place);
        let Some(work) = works.get_mut(place) else {
            continue;
        };
        work.folders.push(entry.folder.clone());
        match score(artwork, name) {
            Ok(score) => work.repetitions.push(score),
            Err(reason) => work.no_score = Some(reason),
        }
    }
    works.iter_mut().for_each(AssessedWork::average);
    works
}

impl AssessedWork {
    fn unscored(artwork: &ArtworkView, tests: u64) -> Self {
        let entry = &artwork.entry;
        // What was examined is a file, and has a name.
        let name = entry.path.as_path().file_name().unwrap_or_default();
        Self {
            name: name.to_string_lossy().into_owned(),
            role: entry.role,
            folders: Vec::new(),
            declared: entry.declared.clone(),
            score: None,
            repetitions: Vec::new(),
            spread: None,
            no_score: None,
            near_duplicate: None,
            version_of: None,
            counts_together: false,
            kinship: None,
            tests,
        }
    }

    fn average(&mut self) {
        let count = self.repetitions.len() as f64;
        if self.repetitions.is_empty() {
            return;
        }
        // A work of which some repetitions failed is no mean of as many draws as the others.
        if self.no_score.is_some() {
            return;
        }
        let mean = self.repetitions.iter().sum::<f64>() / count;
        let squares: f64 = self.repetitions.iter().map(|s| (s - mean).powi(2)).sum();
        self.spread = (count > 1.0).then(|| (squares / (count - 1.0)).sqrt());
        self.score = Some(mean);
    }
}

/// The primary score of one examination, or the reason why there is none.
fn score(artwork: &ArtworkView, primary: PrimaryScore) -> Result<f64, String> {
    let Some(findings) = &artwork.findings else {
        return Err(match &artwork.entry.state {
            crate::case::State::Failed { error } => error.clone(),
            _ => "it has not been examined yet".into(),
        });
    };
    findings.score(primary).ok_or_else(|| {
        let name = primary.name();
        let short = name.rsplit_once('.').map_or(name, |(_, short)| short);
        let reasons = [name, short].map(|name| findings.not_evaluated.get(name));
        let reason = reasons.into_iter().flatten().next();
        reason
            .cloned()
            .unwrap_or_else(|| format!("{name} is undefined for it"))
    })
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
fn weigh(view: &CaseView, works: &[AssessedWork], calibrations: &[CalibrationFile]) -> Verdict {
    let of = |role| works.iter().filter(move |work| work.role == role);
    let scores = |role| of(role).filter_map(AssessedWork::counted).collect();
    let name = view.question.primary_score.name();
    conclude(&Evidence {
        questioned: of(Role::Questioned).map(AssessedWork::judged).collect(),
        together: (of(Role::Questioned).filter(|work| work.counts_together))
            .filter_map(|work| work.score)
            .collect(),
        negatives: scores(Role::Negative),
        positives: scores(Role::Positive),
        calibrations: (calibrations.iter())
            .flat_map(|file| file.calibrations(name))
            .collect(),
        // Replayed draws have no seed; the resampling of the verdict needs some, the same every time.
        seed: view.plan.settings.seed().unwrap_or(0),
    })
}
