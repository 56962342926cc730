//! Letting a timestamping authority vouch for a case: what is stamped is the hash of the journal's last entry,
//! so that nothing before it can be written anew later.

use std::path::Path;

use super::error::CaseworkError;
use super::exhibit::check_place;
use crate::case::timestamp::{Query, SignatureCheck, Stamp, ask, attach, read_token};
use crate::case::{Case, CaseError, Digest};
use palimpsest_base::atomic;

/// Writes the query for the journal's last entry into `file`.
///
/// # Errors
/// [`CaseworkError`] if the case has no journal, or the file cannot be written or would take the place of
/// something in the case.
pub fn query_of(folder: &Path, file: &Path) -> Result<(), CaseworkError> {
    let case = Case::open(folder)?;
    let query = Query::new(head(&case)?)?.to_der()?;
    check_place(folder, file)?;
    atomic::replace(file, &query).map_err(|source| {
        CaseError::Unwritable {
            path: file.into(),
            source,
        }
        .into()
    })
}

/// Asks the authority at `url` and attaches its token; returns what was attached, in a sentence.
///
/// # Errors
/// [`CaseworkError`] if the authority does not answer with a token for this journal.
pub fn stamp_by(folder: &Path, url: &str) -> Result<String, CaseworkError> {
    let mut case = Case::open(folder)?;
    let (bytes, _) = ask(url, &Query::new(head(&case)?)?)?;
    attached(&mut case, &bytes)
}

/// Attaches the token in `file`; returns what was attached, in a sentence.
///
/// # Errors
/// [`CaseworkError`] if it is no token for this journal.
pub fn attach_file(folder: &Path, file: &Path) -> Result<String, CaseworkError> {
    let mut case = Case::open(folder)?;
    let bytes = read_token(file)?;
    attached(&mut case, &bytes)
}

fn head(case: &Case) -> Result<Digest, CaseworkError> {
    let journal = case.journal();
    let journal = journal.ok_or_else(|| CaseworkError::NoJournal(case.path().to_owned()))?;
    Ok(journal.head())
}

fn attached(case: &mut Case, bytes: &[u8]) -> Result<String, CaseworkError> {
    let folder = case.path().to_owned();
    let journal = case.journal_mut();
    let journal = journal.ok_or_else(|| CaseworkError::NoJournal(folder.clone()))?;
    let (file, stamp) = attach(&folder, journal, bytes)?;
    Ok(describe(&file, &stamp))
}

fn describe(file: &str, stamp: &Stamp) -> String {
    let authority = match &stamp.authority {
        Some(authority) => format!(
            "{} (certificate SHA-256 {}; whether it deserves trust is not checked)",
            authority.subject, authority.sha256
        ),
        None => "an authority whose certificate is not in the token".into(),
    };
    let signature = match &stamp.signature {
        SignatureCheck::Right => String::new(),
        SignatureCheck::Unchecked(why) => format!("; its signature was not checked: {why}"),
    };
    format!(
        "{file}: entry {} existed at {} according to {authority}{signature}",
        stamp.of, stamp.time
    )
}
