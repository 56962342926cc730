//! A case on disk: a folder that can be handed over. `case.json` says what was asked and how far each
//! artwork is; every artwork has a folder with its pictures, latents and findings. Each file is put in
//! place at one blow, so that whatever happens no half-written one has its final name; an artwork is
//! finished when its findings are there, which are written last and never again.

mod artwork_folder;
mod error;
mod lock;
mod place;
pub mod question;
mod record;
mod role;
mod view;

pub use artwork_folder::ArtworkFolder;
pub use error::CaseError;
pub use place::Place;
pub use question::Question;
pub use record::{ArtworkEntry, CaseRecord, State};
pub use role::Role;
pub use view::{ArtworkView, CaseView};

use std::path::Path;

use crate::examination::{Findings, Plan};

/// The file that makes a folder a case.
const RECORD: &str = "case.json";

/// Whether the folder holds a case.
pub fn is_case(folder: &Path) -> bool {
    folder.join(RECORD).is_file()
}

/// A case that this process alone works on.
pub struct Case {
    place: Place,
    record: CaseRecord,
    /// Whether it is on disk.
    is_kept: bool,
}

impl Case {
    /// A new case, of which nothing is on disk before [`Case::start`].
    pub fn new(place: Place, record: CaseRecord) -> Self {
        Self {
            place,
            record,
            is_kept: false,
        }
    }

    /// The case in `folder`, which may have been left at any moment.
    ///
    /// # Errors
    /// [`CaseError`] if it is no case, is damaged, of another version or in use.
    pub fn open(folder: &Path) -> Result<Self, CaseError> {
        let place = Place::of_case(folder)?;
        let record = CaseRecord::read(&folder.join(RECORD))?;
        let mut case = Self {
            place,
            record,
            is_kept: true,
        };
        case.take_stock()?;
        Ok(case)
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
        self.is_kept = true;
        Ok(())
    }

    /// Notes how far the artwork `index` is, on disk too if the case is there.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn note(&mut self, index: usize, state: State) -> Result<(), CaseError> {
        if let Some(entry) = self.record.artworks.get_mut(index) {
            entry.state = state;
        }
        if self.is_kept { self.keep() } else { Ok(()) }
    }

    /// Notes on disk that work on the artwork `index`, whose file has this hash, begins.
    ///
    /// # Errors
    /// [`CaseError::Unwritable`].
    pub fn start(&mut self, index: usize, sha256: &str) -> Result<(), CaseError> {
        if let Some(entry) = self.record.artworks.get_mut(index) {
            // It may not have been readable when the case was begun.
            entry.sha256.get_or_insert_with(|| sha256.to_owned());
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
