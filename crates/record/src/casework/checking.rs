//! The check of a case, and of an exhibit that is to be one of its own.

use std::path::{Path, PathBuf};

use super::error::CaseworkError;
use crate::case::journal::{self, Event};
use crate::case::verification::{Expectations, Verification, verify};
use crate::case::{CaseError, Digest, is_case};

/// The case, and the exhibit, that is to be checked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subject {
    pub case: PathBuf,
    /// An exhibit that must be one of the case's.
    pub exhibit: Option<PathBuf>,
}

impl Subject {
    /// A case, or an exhibit with its case: the one named, else the one that it lies in.
    ///
    /// # Errors
    /// [`CaseError::NoCase`] if there is none.
    pub fn of(path: &Path, case: Option<&Path>) -> Result<Self, CaseError> {
        if is_case(path) || path.is_dir() {
            let case = path.to_owned();
            return match is_case(path) {
                true => Ok(Self {
                    case,
                    exhibit: None,
                }),
                false => Err(CaseError::NoCase { path: case }),
            };
        }
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let around = absolute.ancestors().skip(1).find(|folder| is_case(folder));
        let case = case.map(Path::to_owned).or(around.map(Path::to_owned));
        Ok(Self {
            case: case.ok_or_else(|| CaseError::NoCase { path: path.into() })?,
            exhibit: Some(path.to_owned()),
        })
    }
}

/// True if a file is called as an exhibit is.
pub fn is_called_exhibit(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| it.eq_ignore_ascii_case("pdf"))
}

/// The result of a check.
#[derive(Clone, Debug)]
pub struct Checked {
    pub verification: Verification,
    /// A sentence on the exhibit that was asked about, if it is the case's.
    pub exhibit: Option<String>,
    /// The fault of the exhibit, if it has one.
    pub stranger: Option<String>,
}

impl Checked {
    /// True if nothing is wrong.
    pub fn holds(&self) -> bool {
        self.verification.holds() && self.stranger.is_none()
    }

    /// The faults, one sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let problems = self.verification.problems.iter();
        let problems = problems.map(ToString::to_string);
        problems.chain(self.stranger.clone()).collect()
    }
}

/// Checks a case, and an exhibit against it.
///
/// # Errors
/// [`CaseworkError`] if the exhibit cannot be read; what is wrong with the case is in the result.
pub fn check(subject: &Subject, expectations: &Expectations) -> Result<Checked, CaseworkError> {
    let verification = verify(&subject.case, expectations);
    let mut checked = Checked {
        verification,
        exhibit: None,
        stranger: None,
    };
    let Some(path) = &subject.exhibit else {
        return Ok(checked);
    };
    let unreadable = |source| CaseError::Unreadable {
        path: path.clone(),
        source,
    };
    let (found, _) = Digest::of_file(path).map_err(unreadable)?;
    let entries = match journal::entries(&subject.case) {
        Ok(entries) => entries,
        Err(error) => {
            checked.stranger = Some(format!(
                "nobody can say if {} is an exhibit of this case: {error}",
                path.display()
            ));
            return Ok(checked);
        }
    };
    let written = entries.iter().find_map(|entry| match &entry.event {
        Event::Exhibited { sha256, head, .. } if *sha256 == found => Some((entry.number, *head)),
        _ => None,
    });
    match written {
        Some((number, head)) => {
            checked.exhibit = Some(format!(
                "the exhibit was written in entry {number} and prints the journal's head {head}"
            ));
        }
        None => {
            checked.stranger = Some(format!(
                "{} is no exhibit of this case as it was written: its SHA-256 is {found}, and no entry of the journal names it",
                path.display()
            ));
        }
    }
    Ok(checked)
}
