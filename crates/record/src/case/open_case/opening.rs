//! Opening a case, new or as it was left at any moment: record, journal and folders are brought to agree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Case;
use crate::case::journal::{self, Author, Journal, Signer, seals};
use crate::case::key::SigningKey;
use crate::case::places::Places;
use crate::case::{
    ArtworkEntry, ArtworkFolder, CaseDir, CaseError, CaseRecord, WorkState, artwork_folder,
    blinding,
};
use palimpsest_base::user_folders;

/// The user's signing key, in the folder of the user's data.
const KEY: &str = "signing-key.pem";

impl Case {
    /// A new case, of which nothing is on disk before [`Case::start`].
    pub fn new(place: CaseDir, record: CaseRecord) -> Self {
        Self {
            place,
            findings: vec![None; record.artworks.len()],
            record: record.nameable(),
            places: Places::default(),
            record_bytes: Arc::default(),
            journal: None,
            signer: None,
            registry: None,
            unblinded: None,
        }
    }

    /// The same, to be entered in the registry of its key in `folder`, if any, before anything of it is on disk.
    pub fn registered_in(self, folder: Option<PathBuf>) -> Self {
        Self {
            registry: folder,
            ..self
        }
    }

    /// The same, signed by somebody else than this user.
    pub fn signed_by(self, signer: Signer) -> Self {
        Self {
            signer: Some(signer),
            ..self
        }
    }

    /// The case in `folder`, which may have been left at any moment.
    ///
    /// # Errors
    /// [`CaseError`] if it is no case, is damaged, of another version or in use.
    pub fn open(folder: &Path) -> Result<Self, CaseError> {
        Self::opened(folder, None)
    }

    /// As [`Case::open`], to be signed by somebody else than this user.
    ///
    /// # Errors
    /// Those of [`Case::open`].
    pub fn open_signed_by(folder: &Path, signer: Signer) -> Result<Self, CaseError> {
        Self::opened(folder, Some(signer))
    }

    /// Looks for works and models of the case in `folder` whose places nobody knows, in `files` and below, and notes those
    /// found beside the record.
    ///
    /// # Errors
    /// Those of [`Case::open`], and if one of `files` cannot be read.
    pub fn look_for_files(folder: &Path, files: &[PathBuf]) -> Result<(), CaseError> {
        let case = Self::open(folder)?;
        let mut places = case.places.clone();
        places.look_for(&case.record, files)?;
        match places == case.places {
            true => Ok(()),
            false => places.write(folder),
        }
    }

    fn opened(folder: &Path, signer: Option<Signer>) -> Result<Self, CaseError> {
        let place = CaseDir::of_case(folder)?;
        let (record, places, bytes) = CaseRecord::read_in(folder)?;
        let known = (&places, &BTreeMap::new());
        let mut case = Self {
            place,
            findings: artwork_folder::all_findings(folder, &record.artworks, known)?,
            record,
            places,
            record_bytes: bytes.into(),
            journal: None,
            signer,
            registry: None,
            unblinded: None,
        };
        case.take_stock()?;
        case.open_journal()?;
        let blinding = case.record.question.blinding;
        case.unblinded = blinding::opened(folder, blinding, case.entries()).map(Arc::new);
        Ok(case)
    }

    /// Opens the journal, and adds what a process that ended too early left unsaid.
    fn open_journal(&mut self) -> Result<(), CaseError> {
        if !self.record.has_journal() {
            return Ok(());
        }
        let path = self.path().join(journal::NAME);
        let finished = |entry: &ArtworkEntry| entry.state == WorkState::Finished;
        if path.symlink_metadata().is_err() {
            if self.record.artworks.iter().any(finished) {
                let why = "it is missing, although artworks have been examined".into();
                return Err(CaseError::Damaged { path, why });
            }
            // The process ended between the record and its first entry.
            return self.begin_journal();
        }
        let journal = Journal::open(self.path(), self.signer()?)?;
        let named: usize = journal
            .entries()
            .iter()
            .map(|entry| entry.event.works())
            .sum();
        let sealed = seals::sealed(journal.entries());
        let numbered = self.record.artworks.iter().enumerate();
        let unsealed = numbered.filter(|(_, entry)| {
            let findings = format!("{}/{}", entry.folder, artwork_folder::FINDINGS);
            finished(entry) && !sealed.contains_key(findings.as_str())
        });
        let unsealed: Vec<usize> = unsealed.map(|(index, _)| index).collect();
        drop(sealed);
        self.journal = Some(journal);
        self.name_added(named)?;
        unsealed.into_iter().try_for_each(|index| self.seal(index))
    }

    pub(super) fn signer(&self) -> Result<Signer, CaseError> {
        self.signer.clone().map_or_else(users_signer, Ok)
    }

    /// Corrects the record by what the folders of the artworks hold: the process may have ended
    /// between the two.
    fn take_stock(&mut self) -> Result<(), CaseError> {
        let before = self.record.clone();
        for (entry, findings) in self.record.artworks.iter_mut().zip(&self.findings) {
            if findings.is_some() {
                ArtworkFolder::new(self.place.folder(), &entry.folder).tidy();
                entry.state = WorkState::Finished;
            } else if entry.state == WorkState::Finished {
                entry.state = WorkState::Pending;
            }
        }
        if self.record == before {
            Ok(())
        } else {
            self.keep()
        }
    }
}

/// This user, as signer of journals and seals.
///
/// # Errors
/// [`CaseError::Key`].
pub fn users_signer() -> Result<Signer, CaseError> {
    let key = SigningKey::open_or_make(&user_folders::data().join(KEY))?;
    Ok(Signer {
        key: Arc::new(key),
        author: Author::here(),
    })
}
