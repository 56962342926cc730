//! A case that this process works on: it owns the record, the journal and the findings, reads each of them once
//! when it is opened, and hands them out from then on. What a work adds is written and kept; nothing that is in
//! hand is read again.

mod opening;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use self::opening::users_signer;
use super::blinding::{self, Mapping};
use super::journal::{self, Event, Journal, Signer, seals};
use super::places::{Places, tell_apart};
use super::registry::Registry;
use super::view::{ArtworkView, CaseView};
use super::{
    ArtworkEntry, ArtworkFolder, CaseDir, CaseError, CaseRecord, Digest, RECORD, WorkState,
    artwork_folder,
};
use palimpsest_method::examination::{Examined, Findings, Plan};

/// A case that this process alone works on.
pub struct Case {
    place: CaseDir,
    record: CaseRecord,
    /// The places of works and models, as `private.json` has them.
    places: Places,
    /// `case.json` as it is on disk; empty as long as it is not there.
    record_bytes: Arc<[u8]>,
    /// One for each artwork of the record, none as long as it is not finished.
    findings: Vec<Option<Arc<Findings>>>,
    /// The record of what was done; none as long as nothing is on disk, and in cases of before there was one.
    journal: Option<Journal>,
    /// The signer; none for this user.
    signer: Option<Signer>,
    /// The folder of the registry that a new case is entered in, if it is.
    registry: Option<PathBuf>,
    /// The works that the neutral names of blind works stand for, once that was opened.
    unblinded: Option<Arc<Mapping>>,
}

impl Case {
    /// Adds artworks to be examined, to the record and to the journal.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn extend(&mut self, entries: Vec<ArtworkEntry>) -> Result<(), CaseError> {
        let named = self.record.artworks.len();
        self.findings
            .resize(named.saturating_add(entries.len()), None);
        self.record.artworks.extend(entries);
        tell_apart(&mut self.record.artworks, named);
        self.keep()?;
        self.name_added(named)
    }

    /// Names the artworks behind the first `named` ones in the journal; those that are finished it cannot have been
    /// left to.
    fn name_added(&mut self, named: usize) -> Result<(), CaseError> {
        let added = self.record.artworks.iter().skip(named);
        let pending = added
            .clone()
            .all(|entry| entry.state != WorkState::Finished);
        if added.len() == 0 || !pending {
            return Ok(());
        }
        let items = self.record.works_from(named)?;
        self.emit(&Event::Extended { items })
    }

    fn begin_journal(&mut self) -> Result<(), CaseError> {
        let begun = self.record.begun()?;
        self.journal = Some(Journal::begin(self.path(), self.signer()?, begun)?);
        // What failed before there was anything to write it into.
        for entry in self.record.artworks.clone() {
            if let (folder, WorkState::Failed { error }) = (entry.folder, entry.state) {
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
            seed: entry.seed.or(plan.settings.seed()),
            files: self.hashes(artwork_folder::names(&entry.folder))?,
        };
        self.emit(&event)
    }

    /// True if the journal vouches for a file, by its path in the case, as it is now.
    pub fn is_sealed(&self, file: &str) -> bool {
        seals::is_sealed(self.entries(), self.path(), file)
    }

    /// True if the journal has ever vouched for a file, whatever has become of it.
    pub fn has_sealed(&self, file: &str) -> bool {
        seals::latest(self.entries(), file).is_some()
    }

    /// The entries of the journal; none as long as there is none.
    pub fn entries(&self) -> &[journal::JournalEntry] {
        self.journal.as_ref().map_or(&[], Journal::entries)
    }

    /// The case as it stands, for those who only look. Findings are shared; nothing is read.
    pub fn view(&self) -> CaseView {
        let artworks = self.record.artworks.iter().zip(&self.findings);
        let artworks = artworks.map(|(entry, findings)| ArtworkView {
            entry: entry.clone(),
            findings: findings.clone(),
        });
        let view = CaseView {
            folder: self.path().to_owned(),
            plan: self.record.plan.clone(),
            warnings: self.record.warnings.clone(),
            base_fit: self.record.base_fit.clone(),
            question: self.record.question.clone(),
            null_run: self.record.null_run.clone(),
            registration: self.record.registration.clone(),
            reads_positives: self.record.reads_positives(),
            artworks: artworks.collect(),
            unblinded: self.unblinded.clone(),
            record: self.record_bytes.clone(),
            journal: Ok(self.entries().into()),
            journal_length: self.journal.as_ref().map_or(0, Journal::length),
        };
        view.with_decoys_told_apart()
    }

    /// True if what the neutral names of blind works stand for was opened.
    pub fn is_unblinded(&self) -> bool {
        self.unblinded.is_some()
    }

    /// Notes that the mapping of blind works, which lies in the case and has this hash there, was opened.
    ///
    /// # Errors
    /// [`CaseError::Journal`] if it cannot be written.
    pub(crate) fn unblind(&mut self, mapping: &Mapping, own: Digest) -> Result<(), CaseError> {
        self.emit(&Event::Unblinded {
            files: blinding::sealed_files(mapping, own),
        })?;
        self.unblinded = Some(Arc::new(mapping.clone()));
        Ok(())
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

    /// The models and settings that the artworks are examined with.
    pub fn plan(&self) -> &Plan {
        &self.record.plan
    }

    /// Remarks on the models and the settings, one sentence each.
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
        let is_new = !self.is_kept();
        if is_new {
            self.register()?;
        }
        // First: a record whose files nobody finds is not gone on with.
        if self.places.note(&self.record) {
            self.places.write(self.place.folder())?;
        }
        let path = self.place.folder().join(RECORD);
        self.record_bytes = self.record.write(&path)?.into();
        if is_new {
            self.begin_journal()?;
        }
        Ok(())
    }

    /// Enters a new case in the registry. Whatever is wrong with that stands in the record, and the work goes on.
    fn register(&mut self) -> Result<(), CaseError> {
        if let (Some(folder), None) = (&self.registry, &self.record.registration) {
            let registry = Registry::of(&self.signer()?.key.public(), folder);
            let registration = registry.enter(&self.record.facts()?);
            self.record.registration = Some(registration);
        }
        Ok(())
    }

    /// True once it is on disk.
    fn is_kept(&self) -> bool {
        !self.record_bytes.is_empty()
    }

    /// Notes how far the artwork `index` is, on disk too if the case is there.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn note(&mut self, index: usize, state: WorkState) -> Result<(), CaseError> {
        let Some(entry) = self.record.artworks.get_mut(index) else {
            return Ok(());
        };
        entry.state = state.clone();
        let folder = entry.folder.clone();
        if !self.is_kept() {
            return Ok(());
        }
        match state {
            WorkState::Finished => self.seal(index)?,
            WorkState::Failed { error } => self.emit(&Event::Failed { folder, error })?,
            WorkState::Pending => {}
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
            entry.state = WorkState::Pending;
        }
        self.keep()
    }

    /// Writes what the examination of the artwork `index` found, and notes that it is finished; returns the
    /// findings as they are on disk.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`], and [`CaseError::NoArtwork`] if there is no such artwork.
    pub fn finish(&mut self, index: usize, examined: Examined) -> Result<Arc<Findings>, CaseError> {
        let path = self.path().to_owned();
        let Some(folder) = self.folder(index) else {
            return Err(CaseError::NoArtwork { path, index });
        };
        let Some(entry) = self.record.artworks.get(index) else {
            return Err(CaseError::NoArtwork { path, index });
        };
        let mut findings = folder.write_examined(examined, entry)?;
        self.places.put_findings(entry, &mut findings);
        let findings = Arc::new(findings);
        match self.findings.get_mut(index) {
            Some(kept) => *kept = Some(findings.clone()),
            None => return Err(CaseError::NoArtwork { path, index }),
        }
        self.note(index, WorkState::Finished)?;
        Ok(findings)
    }

    /// The folder of the artwork `index`; `None` if there is no such artwork.
    pub fn folder(&self, index: usize) -> Option<ArtworkFolder> {
        let entry = self.record.artworks.get(index)?;
        Some(ArtworkFolder::new(self.place.folder(), &entry.folder))
    }

    /// The findings of the artwork `index`; `None` if it is not finished.
    pub fn findings(&self, index: usize) -> Option<&Arc<Findings>> {
        self.findings.get(index)?.as_ref()
    }
}
