//! Looking at a case without working on it: nothing is locked, corrected or written, so a case can be
//! shown while another process goes on with it, or from a disk that cannot be written to.

use std::path::{Path, PathBuf};

use super::{ArtworkEntry, ArtworkFolder, CaseError, CaseRecord, Question, RECORD, State, is_case};
use palimpsest_method::examination::{Findings, Plan};

/// A case as it stands on disk.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Its folder.
    pub folder: PathBuf,
    /// What the artworks are examined with, and how.
    pub plan: Plan,
    /// What is to be noted of the models and the settings, one sentence each.
    pub warnings: Vec<String>,
    /// What is asked.
    pub question: Question,
    /// How questioned works are examined against a model that saw none of them.
    pub null_run: Option<Box<Plan>>,
    /// The artworks in the order in which they were given.
    pub artworks: Vec<ArtworkView>,
}

/// One artwork of a case.
#[derive(Clone, Debug)]
pub struct ArtworkView {
    /// What the record says of it.
    pub entry: ArtworkEntry,
    /// What was found, if it is finished.
    pub findings: Option<Findings>,
}

impl CaseView {
    /// Reads the case in `folder`.
    ///
    /// # Errors
    /// [`CaseError`] if it is no case, damaged or of another version.
    pub fn read(folder: &Path) -> Result<Self, CaseError> {
        if !is_case(folder) {
            let path = folder.to_owned();
            return Err(CaseError::NoCase { path });
        }
        let record = CaseRecord::read(&folder.join(RECORD))?;
        let artworks = record.artworks.into_iter().map(|mut entry| {
            let findings = ArtworkFolder::new(folder, &entry.folder).findings()?;
            // The process may have ended between the findings and the record.
            if findings.is_some() {
                entry.state = State::Finished;
            }
            Ok(ArtworkView { entry, findings })
        });
        Ok(Self {
            folder: folder.to_owned(),
            plan: record.plan,
            warnings: record.warnings,
            question: record.question,
            null_run: record.null_run,
            artworks: artworks.collect::<Result<_, CaseError>>()?,
        })
    }

    /// Whether something is left to be done.
    pub fn is_unfinished(&self) -> bool {
        let mut states = self.artworks.iter().map(|artwork| &artwork.entry.state);
        states.any(|state| *state == State::Pending)
    }
}
