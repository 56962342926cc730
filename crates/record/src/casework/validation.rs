//! The validation dossiers of a case: those that were taken in and those that come with the program, which of them fit,
//! and what they say in a sentence. One that an exhibit prints is kept in the case and sealed.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::CaseworkError;
use crate::case::journal::Event;
use crate::case::{Case, CaseError, CaseView};
use crate::validation::{Dossier, Misfit, SignedDossier, Situation, Trial, TrialOutcome};
use palimpsest_base::atomic;
use palimpsest_base::number_format::{count, counted};
use palimpsest_method::verdict::Verdict;

/// The folder of a case that holds its dossiers.
pub const FOLDER: &str = "validations";

/// Digits of a dossier's hash that its file is called by.
const NAME_DIGITS: usize = 16;

/// The dossiers of a case.
#[derive(Clone, Debug, Default)]
pub struct Validations {
    /// Those that fit.
    pub fitting: Vec<SignedDossier>,
    /// Names and reasons of the others.
    pub others: Vec<(String, Misfit)>,
}

impl Validations {
    /// The dossiers in the case and those that come with the program, compared with a case that has this verdict.
    ///
    /// # Errors
    /// [`CaseworkError`] if one in the case cannot be read, does not hold or is not sealed.
    pub fn of(view: &CaseView, verdict: &Verdict) -> Result<Self, CaseworkError> {
        let mut found = Self::default();
        let mut known = BTreeSet::new();
        for signed in kept(view)?.into_iter().chain(SignedDossier::shipped()) {
            if !known.insert(signed.sha256().to_string()) {
                continue;
            }
            match fit(&signed.dossier, view, verdict) {
                Ok(()) => found.fitting.push(signed),
                Err(misfit) => found.others.push((name_of(&signed.dossier), misfit)),
            }
        }
        Ok(found)
    }

    /// A sentence on each dossier that fits, or that none does and why.
    pub fn sentences(&self, view: &CaseView) -> Vec<String> {
        if self.fitting.is_empty() {
            return vec![self.none()];
        }
        let fitting = self.fitting.iter();
        fitting.map(|signed| sentence(signed, view)).collect()
    }

    /// The sentence that none fits, and why.
    pub fn none(&self) -> String {
        let reasons = self.others.iter();
        let reasons = reasons.map(|(name, Misfit(why))| format!("{name}: {why}"));
        let reasons = match self.others.is_empty() {
            true => "there is no dossier".into(),
            false => reasons.collect::<Vec<_>>().join("; "),
        };
        format!(
            "Not validated for this family of models, way of fine-tuning and settings ({reasons})."
        )
    }
}

/// Takes the dossier in `file` into a case; returns its name there.
///
/// # Errors
/// [`CaseworkError`] if it does not hold or does not fit the case as it is weighed now, or cannot be read or written.
pub fn add_validation(folder: &Path, file: &Path) -> Result<String, CaseworkError> {
    let signed = SignedDossier::read(file)?;
    let mut case = Case::open(folder)?;
    if case.journal().is_none() {
        return Err(CaseworkError::NoJournal(folder.to_owned()));
    }
    let assessment = super::assessing::assess_open(&mut case)?;
    if let Err(Misfit(why)) = fit(&signed.dossier, &case.view(), &assessment.verdict) {
        let dossier = file.file_name().unwrap_or_default().to_string_lossy();
        return Err(CaseworkError::OtherValidation {
            dossier: dossier.into_owned(),
            why,
        });
    }
    let name = keep(&mut case, &signed)?;
    super::assessing::assess_open(&mut case)?;
    Ok(name)
}

/// Keeps in a case the fitting dossiers that come with the program, so that what is printed of them stays with it.
pub(super) fn keep_fitting(case: &mut Case, verdict: &Verdict) -> Result<(), CaseworkError> {
    for signed in Validations::of(&case.view(), verdict)?.fitting {
        keep(case, &signed)?;
    }
    Ok(())
}

fn keep(case: &mut Case, signed: &SignedDossier) -> Result<String, CaseworkError> {
    let name = format!("{}.json", signed.sha256().prefix(NAME_DIGITS));
    let file = format!("{FOLDER}/{name}");
    if case.is_sealed(&file) {
        return Ok(name);
    }
    let place = case.path().join(FOLDER);
    let path = place.join(&name);
    std::fs::create_dir_all(&place)
        .and_then(|()| atomic::replace(&path, signed.text.as_bytes()))
        .map_err(|source| CaseError::Unwritable { path, source })?;
    let files = case.hashes([file])?;
    let name_there = name.clone();
    case.emit(&Event::Validated { name, files })?;
    Ok(name_there)
}

fn fit(dossier: &Dossier, view: &CaseView, verdict: &Verdict) -> Result<(), Misfit> {
    dossier.fits(&view.plan, &view.question, verdict.negatives)
}

/// The dossiers in a case, in the order of their names.
fn kept(view: &CaseView) -> Result<Vec<SignedDossier>, CaseworkError> {
    let place = view.folder.join(FOLDER);
    let unreadable = |source| CaseError::Unreadable {
        path: place.clone(),
        source,
    };
    let mut paths: Vec<PathBuf> = match std::fs::read_dir(&place) {
        Ok(entries) => entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, _>>()
            .map_err(unreadable)?,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(unreadable(error).into()),
    };
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "json"));
    paths.sort();
    let signed = paths.iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Whoever can write into the folder must not decide what the case says.
        if !view.is_sealed(&format!("{FOLDER}/{name}"))? {
            let why = "it was put into the case from outside: take it away, and in with palimpsest assess --validation";
            let (path, why) = (path.clone(), why.into());
            return Err(CaseError::Damaged { path, why }.into());
        }
        Ok(SignedDossier::read(path)?)
    });
    signed.collect()
}

/// The subject of a dossier, in words.
pub fn name_of(dossier: &Dossier) -> String {
    let models = counted(dossier.models.len(), "model", "models");
    format!(
        "{models} fine-tuned from “{}”, {}",
        dossier.base.name,
        dossier.recipe.trained.words()
    )
}

/// The sentence on a dossier that fits a case.
fn sentence(signed: &SignedDossier, view: &CaseView) -> String {
    let dossier = &signed.dossier;
    let of = |situation: Situation| {
        let mut trials = dossier.trials.iter();
        let trial = trials.find(|trial| trial.situation == situation);
        trial.map_or("not run".into(), |trial| trial.at_5_percent.words())
    };
    let parts = [
        format!(
            "Validated with these settings on {} (dossier of {} by {}, SHA-256 {}): of {} {} called at 5 %, of {} {}.",
            name_of(dossier),
            dossier.time,
            dossier.who,
            signed.sha256().prefix(NAME_DIGITS),
            Situation::Innocent.words(),
            of(Situation::Innocent),
            Situation::Used.words(),
            of(Situation::Used),
        ),
        outcomes(dossier),
    ];
    let condition = dossier.condition(&view.plan).map(str::to_owned);
    let parts: Vec<String> = parts.into_iter().chain(condition).collect();
    parts.join(" ")
}

/// The number of a dossier's expectations that held, and those that did not.
pub fn outcomes(dossier: &Dossier) -> String {
    let number = |outcome: TrialOutcome| {
        let trials = dossier.trials.iter();
        trials.filter(|trial| trial.outcome == outcome).count()
    };
    let mut told = format!(
        "Of {} expectations {} held",
        count(Situation::ALL.len() as u64),
        count(number(TrialOutcome::Held) as u64)
    );
    let failed: Vec<String> = dossier.failed().map(failure).collect();
    if !failed.is_empty() {
        told.push_str(&format!(
            " and {} FAILED: {}",
            failed.len(),
            failed.join("; ")
        ));
    }
    let unknown = Situation::ALL.len() - dossier.trials.len() + number(TrialOutcome::TooFew);
    if unknown > 0 {
        told.push_str(&format!("; {unknown} not run, or with too few cases"));
    }
    told.push('.');
    told
}

fn failure(trial: &Trial) -> String {
    format!(
        "{}, {} (expected {})",
        trial.situation.words(),
        trial.at_5_percent.words(),
        trial.expected.words()
    )
}
