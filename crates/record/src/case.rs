//! A case on disk: a folder that can be handed over. `case.json` says what was asked and how far each
//! artwork is; every artwork has a folder with its pictures, latents and findings. Each file is put in
//! place at one blow, so that whatever happens no half-written one has its final name; an artwork is
//! finished when its findings are there, which are written last and never again.

pub mod archive;
mod artwork_folder;
mod canonical;
mod case_dir;
mod error;
mod inside;
pub mod journal;
pub mod key;
mod lock;
pub mod question;
mod record;
mod role;
pub mod timestamp;
mod utc_time;
pub mod verification;
mod view;

pub use artwork_folder::ArtworkFolder;
pub use canonical::plan_sha256;
pub use case_dir::CaseDir;
pub use error::CaseError;
pub use palimpsest_base::digest::Digest;
pub use question::Question;
pub use record::{ArtworkEntry, CaseRecord, State};
pub use role::Role;
pub use utc_time::UtcTime;
pub use view::{ArtworkView, CaseView};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use journal::{Author, Event, Journal, Signer};
use key::SigningKey;
use palimpsest_base::user_folders;
use palimpsest_method::examination::{Findings, Plan};

/// The file that makes a folder a case.
pub const RECORD: &str = "case.json";

/// The user's signing key, in the folder of the user's data.
const KEY: &str = "signing-key.pem";

/// Whether the folder holds a case.
pub fn is_case(folder: &Path) -> bool {
    folder.join(RECORD).is_file()
}

/// A case that this process alone works on.
pub struct Case {
    place: CaseDir,
    record: CaseRecord,
    /// Whether it is on disk.
    is_kept: bool,
    /// What was done, in order; none as long as nothing is on disk, and in cases of before there was one.
    journal: Option<Journal>,
}

impl Case {
    /// A new case, of which nothing is on disk before [`Case::start`].
    pub fn new(place: CaseDir, record: CaseRecord) -> Self {
        Self {
            place,
            record,
            is_kept: false,
            journal: None,
        }
    }

    /// The case in `folder`, which may have been left at any moment.
    ///
    /// # Errors
    /// [`CaseError`] if it is no case, is damaged, of another version or in use.
    pub fn open(folder: &Path) -> Result<Self, CaseError> {
        let place = CaseDir::of_case(folder)?;
        let record = CaseRecord::read(&folder.join(RECORD))?;
        let mut case = Self {
            place,
            record,
            is_kept: true,
            journal: None,
        };
        case.take_stock()?;
        case.open_journal()?;
        Ok(case)
    }

    /// Opens the journal, and adds what a process that ended too early left unsaid.
    fn open_journal(&mut self) -> Result<(), CaseError> {
        if !self.record.has_journal() {
            return Ok(());
        }
        let path = self.path().join(journal::NAME);
        let finished = |entry: &ArtworkEntry| entry.state == State::Finished;
        if path.symlink_metadata().is_err() {
            if self.record.artworks.iter().any(finished) {
                let why = "it is missing, although artworks have been examined".into();
                return Err(CaseError::Damaged { path, why });
            }
            // The process ended between the record and its first entry.
            return self.begin_journal();
        }
        self.journal = Some(Journal::open(self.path(), signer()?)?);
        let sealed = verification::seals(self.path());
        for index in 0..self.record.artworks.len() {
            let entry = self.record.artworks.get(index);
            let Some(entry) = entry.filter(|entry| finished(entry)) else {
                continue;
            };
            let findings = format!("{}/{}", entry.folder, artwork_folder::FINDINGS);
            if !sealed.contains_key(&findings) {
                self.seal(index)?;
            }
        }
        Ok(())
    }

    fn begin_journal(&mut self) -> Result<(), CaseError> {
        let begun = self.record.begun()?;
        self.journal = Some(Journal::begin(self.path(), signer()?, begun)?);
        // What failed before there was anything to write it into.
        for entry in self.record.artworks.clone() {
            if let (folder, State::Failed { error }) = (entry.folder, entry.state) {
                self.emit(&Event::Failed { folder, error })?;
            }
        }
        Ok(())
    }

    /// Notes in the journal what was done.
    ///
    /// # Errors
    /// [`CaseError::Journal`] if it cannot be written.
    pub fn emit(&mut self, event: &Event) -> Result<(), CaseError> {
        if let Some(journal) = &mut self.journal {
            journal.append(event)?;
        }
        Ok(())
    }

    /// The journal, once the case is on disk.
    pub fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// The journal, to add to.
    pub(crate) fn journal_mut(&mut self) -> Option<&mut Journal> {
        self.journal.as_mut()
    }

    /// Notes what the examination of the artwork `index` left on disk, with its hashes.
    fn seal(&mut self, index: usize) -> Result<(), CaseError> {
        let Some(entry) = self.record.artworks.get(index) else {
            return Ok(());
        };
        let plan = self.record.plan_of(entry.role);
        let event = Event::Examined {
            folder: entry.folder.clone(),
            seed: entry.seed.or(plan.seed),
            files: self.hashes(artwork_folder::names(&entry.folder))?,
        };
        self.emit(&event)
    }

    /// Whether the journal vouches for a file, by its path in the case, as it is now.
    pub fn is_sealed(&self, file: &str) -> bool {
        verification::is_sealed(self.path(), file)
    }

    /// Whether the journal has ever vouched for a file, whatever has become of it.
    pub fn has_sealed(&self, file: &str) -> bool {
        verification::seals(self.path()).contains_key(file)
    }

    /// The hashes of files of the case, by their paths in it.
    ///
    /// # Errors
    /// [`CaseError::Unreadable`].
    pub fn hashes(
        &self,
        files: impl IntoIterator<Item = String>,
    ) -> Result<BTreeMap<String, Digest>, CaseError> {
        let hashed = files.into_iter().map(|name| {
            let path = self.path().join(&name);
            match Digest::of_file(&path) {
                Ok((digest, _)) => Ok((name, digest)),
                Err(source) => Err(CaseError::Unreadable { path, source }),
            }
        });
        hashed.collect()
    }

    /// Corrects the record by what the folders of the artworks hold: the process may have ended
    /// between the two.
    fn take_stock(&mut self) -> Result<(), CaseError> {
        let before = self.record.clone();
        for entry in &mut self.record.artworks {
            let folder = ArtworkFolder::new(self.place.folder(), &entry.folder);
            if folder.findings()?.is_some() {
                folder.tidy();
                entry.state = State::Finished;
            } else if entry.state == State::Finished {
                entry.state = State::Pending;
            }
        }
        if self.record == before {
            Ok(())
        } else {
            self.keep()
        }
    }

    /// What the artworks are examined with, and how.
    pub fn plan(&self) -> &Plan {
        &self.record.plan
    }

    /// What is to be noted of the models and the settings, one sentence each.
    pub fn warnings(&self) -> &[String] {
        &self.record.warnings
    }

    /// The whole record.
    pub fn record(&self) -> &CaseRecord {
        &self.record
    }

    /// The folder of the case.
    pub fn path(&self) -> &Path {
        self.place.folder()
    }

    /// The artworks in the order in which they were given.
    pub fn artworks(&self) -> &[ArtworkEntry] {
        &self.record.artworks
    }

    /// Puts the case on disk, or brings `case.json` up to date.
    fn keep(&mut self) -> Result<(), CaseError> {
        self.record.write(&self.place.folder().join(RECORD))?;
        if !self.is_kept {
            self.is_kept = true;
            self.begin_journal()?;
        }
        Ok(())
    }

    /// Notes how far the artwork `index` is, on disk too if the case is there.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn note(&mut self, index: usize, state: State) -> Result<(), CaseError> {
        let Some(entry) = self.record.artworks.get_mut(index) else {
            return Ok(());
        };
        entry.state = state;
        if !self.is_kept {
            return Ok(());
        }
        let folder = entry.folder.clone();
        match entry.state.clone() {
            State::Finished => self.seal(index)?,
            State::Failed { error } => self.emit(&Event::Failed { folder, error })?,
            State::Pending => {}
        }
        self.keep()
    }

    /// Notes on disk that work on the artwork `index`, whose file has this hash, begins.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn start(&mut self, index: usize, sha256: Digest) -> Result<(), CaseError> {
        if let Some(entry) = self.record.artworks.get_mut(index) {
            // It may not have been readable when the case was begun.
            entry.sha256.get_or_insert(sha256);
            entry.state = State::Pending;
        }
        self.keep()
    }

    /// The folder of the artwork `index`; `None` if there is no such artwork.
    pub fn folder(&self, index: usize) -> Option<ArtworkFolder> {
        let entry = self.record.artworks.get(index)?;
        Some(ArtworkFolder::new(self.place.folder(), &entry.folder))
    }

    /// The findings of the artwork `index`; `None` if it is not finished.
    ///
    /// # Errors
    /// [`CaseError`] if they cannot be read.
    pub fn findings(&self, index: usize) -> Result<Option<Findings>, CaseError> {
        self.folder(index)
            .map_or(Ok(None), |folder| folder.findings())
    }
}

/// Who signs the journals of this user's cases.
fn signer() -> Result<Signer, CaseError> {
    let key = SigningKey::open_or_make(&user_folders::data().join(KEY))?;
    Ok(Signer {
        key: Arc::new(key),
        author: Author::here(),
    })
}
