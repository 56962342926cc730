//! A work of a case with its scores, as it enters the conclusion: repetitions joined, and what keeps it from being
//! judged.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::likeness::{Kin, Twin};
use crate::case::{ArtworkEntry, ArtworkView, CaseView, Role};
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::PrimaryScore;
use palimpsest_method::verdict::{Gaps, NotEvaluated, Reason, Refusal, StandingOut, StyleLead};

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
    /// Lead of a questioned work over its negative controls in what the model learnt of its hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<StyleLead>,
    /// The place of the negative control that scores highest beyond the others, if it stands out from them as a used
    /// work would.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_out: Option<StandingOut>,
    /// The loss gaps that the lead is computed from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Gaps>,
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

impl AssessedWork {
    /// Its score, if it counts.
    pub fn counted(&self) -> Option<f64> {
        self.score.filter(|_| self.near_duplicate.is_none())
    }

    /// Its score as a questioned work, or the reason why it is not judged.
    pub(super) fn judged(&self) -> Result<f64, Refusal> {
        let twin = self.near_duplicate.as_ref();
        let reason = if let Some(twin) = twin {
            Reason::NearDuplicate(twin.sentence())
        } else if let Some(unfit) = self.unfit_controls() {
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

    /// The reason that the negative controls do not serve this questioned work, without a full stop; none if they do.
    pub fn unfit_controls(&self) -> Option<String> {
        let of_kind = self.kinship.and_then(Kin::refusal);
        of_kind.or_else(|| self.style.filter(|style| !style.serves()).map(unlike))
    }
}

/// The works of a case with their scores in a reading; repetitions of one are joined. A work of which it gives the same
/// picture as another reading has the scores of that one.
pub(super) fn works(view: &CaseView, reading: Reading) -> Vec<AssessedWork> {
    let name = view.question.primary_score;
    let mut works: Vec<AssessedWork> = Vec::new();
    let mut places: BTreeMap<(Role, &Path), usize> = BTreeMap::new();
    let tests = |entry: &ArtworkEntry| match (&view.registration, entry.role) {
        (Some(registration), Role::Questioned) => registration.tests_of(entry.sha256),
        _ => 1,
    };
    for artwork in in_reading(view, reading) {
        let entry = &artwork.entry;
        let key = (entry.role, entry.path.as_path());
        let place = if entry.repeat == 0 {
            None
        } else {
            places.get(&key).copied()
        };
        let place = place.unwrap_or_else(|| {
            works.push(AssessedWork::unscored(view, artwork, tests(entry)));
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

/// The examinations of a case, of each work those in a reading, or in the one that gives the same picture.
fn in_reading(view: &CaseView, reading: Reading) -> impl Iterator<Item = &ArtworkView> {
    let read = |artwork: &ArtworkView| artwork.entry.reading.unwrap_or(view.plan.reading);
    let further = view.artworks.iter().filter(|it| it.entry.reading.is_some());
    let further: Vec<&ArtworkView> = further.collect();
    let first = view.artworks.iter().filter(|it| it.entry.reading.is_none());
    first.map(move |first| {
        let is_own = |other: &&&ArtworkView| {
            let (entry, first) = (&other.entry, &first.entry);
            entry.role == first.role && entry.repeat == first.repeat && entry.path == first.path
        };
        let own = further.iter().filter(is_own).copied();
        let all: Vec<&ArtworkView> = std::iter::once(first).chain(own).collect();
        let same = all.iter().find(|it| read(it) == reading);
        // No examination of its own: its two forms are one picture.
        let alike = || all.iter().find(|it| read(it).gives_same(reading, false));
        same.or_else(alike).copied().unwrap_or(first)
    })
}

/// True for each questioned work, in their order, that is examined in exactly this further reading.
pub(super) fn has_reading(view: &CaseView, reading: Reading) -> Vec<bool> {
    let asked = in_reading(view, reading)
        .filter(|artwork| artwork.entry.role == Role::Questioned && artwork.entry.repeat == 0);
    let own = asked.map(|artwork| artwork.entry.reading == Some(reading));
    own.collect()
}

impl AssessedWork {
    fn unscored(view: &CaseView, artwork: &ArtworkView, tests: u64) -> Self {
        let entry = &artwork.entry;
        Self {
            name: given_name(view, entry),
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
            style: None,
            stands_out: None,
            gaps: gaps(artwork),
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

/// The name of a work's file, of one that was examined blind the name that it was given under, once that was opened.
pub(super) fn given_name(view: &CaseView, entry: &ArtworkEntry) -> String {
    let path = entry.path.as_path();
    let mapping = view.unblinded.as_ref();
    let is_blind = matches!(
        entry.role,
        Role::Questioned | Role::Decoy | Role::Context | Role::NullRun | Role::SelfTest
    );
    match mapping.and_then(|mapping| mapping.work_at(path)) {
        Some(work) if is_blind && Some(work.sha256) == entry.sha256 => work.name.clone(),
        // What was examined is a file, and has a name.
        _ => path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
    }
}

/// The loss gaps of an examination, where both were measured and are numbers.
pub(super) fn gaps(artwork: &ArtworkView) -> Option<Gaps> {
    let found = &artwork.findings.as_ref()?.loss_gap;
    let (upright, turned) = (found.value, found.turned?);
    (upright.is_finite() && turned.is_finite()).then_some(Gaps { upright, turned })
}

/// The reason that controls do not serve whose hand the model knows less, without a full stop.
fn unlike(found: StyleLead) -> String {
    format!(
        "the controls are not like the work: even turned upside down, as nobody trained on it, it lies {:.1} standard \
         deviations above them, and what it scores beyond that is nothing unusual among them ({:.1}), so that the model \
         may know its hand and not it; choose works like it in hand and kind",
        found.turned, found.beyond
    )
}

/// The primary score of one examination, or the reason why there is none.
fn score(artwork: &ArtworkView, primary: PrimaryScore) -> Result<f64, String> {
    let Some(findings) = &artwork.findings else {
        return Err(match &artwork.entry.state {
            crate::case::WorkState::Failed { error } => error.clone(),
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
