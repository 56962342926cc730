//! Looking at a case without working on it: nothing is locked, corrected or written, so a case can be
//! shown while another process goes on with it, or from a disk that cannot be written to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::blinding::{self, Mapping};
use super::journal::{self, JournalError, seals};
use super::registry::Registration;
use super::{
    ArtworkEntry, CaseError, CaseRecord, Question, Role, WorkState, artwork_folder, is_case,
};
use palimpsest_method::examination::{BaseFit, Findings, Plan, SelfTest};

/// The entries of a journal, or the reason that they cannot be read.
type EntriesRead = Result<Arc<[journal::JournalEntry]>, Arc<JournalError>>;

/// A case as it stands on disk.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Its folder.
    pub folder: PathBuf,
    /// The models and settings that the artworks are examined with.
    pub plan: Plan,
    /// Remarks on the models and the settings, one sentence each.
    pub warnings: Vec<String>,
    /// The answer to the question whether the fine-tuned model was made from the pretrained one.
    pub base_fit: Option<BaseFit>,
    /// The question.
    pub question: Question,
    /// The plan of questioned works against a model that saw none of them.
    pub null_run: Option<Box<Plan>>,
    /// Its place in the registry of examinations, where it was entered.
    pub registration: Option<Registration>,
    /// True if positive controls are examined in every reading in which questioned works are tested.
    pub reads_positives: bool,
    /// The artworks in the order in which they were given.
    pub artworks: Vec<ArtworkView>,
    /// The works that the neutral names of blind works stand for, once that was opened.
    pub unblinded: Option<Arc<Mapping>>,
    /// `case.json` as it is on disk.
    pub record: Arc<[u8]>,
    /// The entries of the journal that hold by themselves, none in a case of before there was one; else the reason
    /// that it cannot be read, which keeps nobody from looking at the rest.
    pub journal: EntriesRead,
    /// Length in bytes of the lines that the entries stand in.
    pub(super) journal_length: u64,
}

/// One artwork of a case.
#[derive(Clone, Debug)]
pub struct ArtworkView {
    /// Its entry in the record.
    pub entry: ArtworkEntry,
    /// The findings, if it is finished.
    pub findings: Option<Arc<Findings>>,
}

impl CaseView {
    /// Reads the case in `folder`.
    ///
    /// # Errors
    /// [`CaseError`] if it is no case, damaged or of another version.
    pub fn read(folder: &Path) -> Result<Self, CaseError> {
        let journal = |record: &CaseRecord| match record.has_journal() {
            true => match journal::read(folder) {
                Ok((entries, length)) => (Ok(entries.into()), length),
                Err(error) => (Err(Arc::new(error)), 0),
            },
            false => (Ok(Arc::default()), 0),
        };
        Self::with(folder, &BTreeMap::new(), journal)
    }

    /// The same, with works and models whose places nobody knows looked for in `files` and below. Nothing is written.
    ///
    /// # Errors
    /// Those of [`CaseView::read`], and if one of `files` cannot be read.
    pub fn read_with(folder: &Path, files: &[PathBuf]) -> Result<Self, CaseError> {
        let mut view = Self::read(folder)?;
        if files.is_empty() {
            return Ok(view);
        }
        let (mut record, mut places, _) = CaseRecord::read_in(folder)?;
        places.look_for(&record, files)?;
        places.put(folder, &mut record);
        for (artwork, entry) in view.artworks.iter_mut().zip(record.artworks) {
            artwork.entry.path = entry.path;
            if let Some(findings) = &mut artwork.findings {
                places.put_findings(&artwork.entry, Arc::make_mut(findings));
            }
        }
        view.plan = record.plan;
        view.null_run = record.null_run;
        Ok(view)
    }

    /// Reads the case again, but for the findings and entries that this view has: none of them is ever written
    /// again in the same case. So looking on while a case grows costs as much as it grows.
    ///
    /// # Errors
    /// Those of [`CaseView::read`].
    pub fn read_again(&self) -> Result<Self, CaseError> {
        let path = self.folder.join(journal::NAME);
        // Of a journal that could not be read nothing is known, and all of it is read again.
        let known = self.journal.as_deref().unwrap_or_default();
        let added = match known.last() {
            Some(last) => journal::added(&self.folder, last, self.journal_length)
                .map_err(|source| CaseError::Unreadable { path, source })?,
            None => None,
        };
        let Some((added, length)) = added else {
            return Self::read(&self.folder);
        };
        let entries: Arc<[_]> = match added.is_empty() {
            // Its last entry is known, so that it was read.
            true => self.journal.clone().unwrap_or_default(),
            false => known.iter().cloned().chain(added).collect(),
        };
        let finished = self.artworks.iter().filter_map(|artwork| {
            let findings = artwork.findings.as_ref()?;
            Some((artwork.entry.folder.as_str(), findings))
        });
        Self::with(&self.folder, &finished.collect(), |_| (Ok(entries), length))
    }

    fn with(
        folder: &Path,
        known: &BTreeMap<&str, &Arc<Findings>>,
        journal: impl FnOnce(&CaseRecord) -> (EntriesRead, u64),
    ) -> Result<Self, CaseError> {
        if !is_case(folder) {
            let path = folder.to_owned();
            return Err(CaseError::NoCase { path });
        }
        let (record, places, bytes) = CaseRecord::read_in(folder)?;
        let findings = artwork_folder::all_findings(folder, &record.artworks, (&places, known))?;
        let (journal, journal_length) = journal(&record);
        let reads_positives = record.reads_positives();
        let artworks = record.artworks.into_iter().zip(findings);
        let artworks = artworks.map(|(mut entry, findings)| {
            // The process may have ended between the findings and the record.
            if findings.is_some() {
                entry.state = WorkState::Finished;
            }
            ArtworkView { entry, findings }
        });
        let known = journal.as_deref().unwrap_or_default();
        let unblinded = blinding::opened(folder, record.question.blinding, known).map(Arc::new);
        let view = Self {
            folder: folder.to_owned(),
            reads_positives,
            plan: record.plan,
            warnings: record.warnings,
            base_fit: record.base_fit,
            question: record.question,
            null_run: record.null_run,
            registration: record.registration,
            artworks: artworks.collect(),
            unblinded,
            record: bytes.into(),
            journal,
            journal_length,
        };
        Ok(view.with_decoys_told_apart())
    }

    /// The same with the role of decoys, once it is known which works they are.
    pub(super) fn with_decoys_told_apart(mut self) -> Self {
        if let Some(mapping) = &self.unblinded {
            for artwork in &mut self.artworks {
                let work = mapping.work_at(artwork.entry.path.as_path());
                let is_decoy = work.is_some_and(|work| work.decoy.is_some());
                if is_decoy && artwork.entry.role == Role::Questioned {
                    artwork.entry.role = Role::Decoy;
                }
            }
        }
        self
    }

    /// The case as if it asked about its decoys, so that these are judged as the questioned works are; none where there
    /// are none, or where they are not told apart yet.
    pub fn of_decoys(&self) -> Option<Self> {
        self.unblinded.as_ref()?;
        let mut view = self.clone();
        for artwork in &mut view.artworks {
            artwork.entry.role = match artwork.entry.role {
                Role::Questioned => Role::Context,
                Role::Decoy => Role::Questioned,
                other => other,
            };
        }
        let mut roles = view.artworks.iter().map(|artwork| artwork.entry.role);
        roles.any(|role| role == Role::Questioned).then_some(view)
    }

    /// The entries of the journal.
    ///
    /// # Errors
    /// [`CaseError::Journal`] if it cannot be read.
    pub fn entries(&self) -> Result<&[journal::JournalEntry], CaseError> {
        match &self.journal {
            Ok(entries) => Ok(entries),
            Err(error) => Err(CaseError::Journal(error.clone())),
        }
    }

    /// True if the journal vouches for a file, by its path in the case, as it is now.
    ///
    /// # Errors
    /// [`CaseError::Journal`] if it cannot be read.
    pub fn is_sealed(&self, file: &str) -> Result<bool, CaseError> {
        Ok(seals::is_sealed(self.entries()?, &self.folder, file))
    }

    /// The outcome of the self-test, once there is one.
    pub fn self_test(&self) -> Option<SelfTest> {
        let mut own = self.artworks.iter();
        let own = own.find(|artwork| artwork.entry.role == Role::SelfTest)?;
        own.findings.as_ref()?.self_test()
    }

    /// True if something is left to be done.
    pub fn is_unfinished(&self) -> bool {
        let mut states = self.artworks.iter().map(|artwork| &artwork.entry.state);
        states.any(|state| *state == WorkState::Pending)
    }
}
