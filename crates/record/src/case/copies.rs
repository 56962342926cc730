//! Copies of what others check a case by, for an exhibit that leaves it: the journal and its timestamps.

use std::collections::BTreeMap;

use super::journal::{self, Event};
use super::reading::read_at_most;
use super::timestamp::MAX_BYTES as MAX_TOKEN;
use super::{CaseError, CaseView, inside};

impl CaseView {
    /// The lines of the journal whose entries this view has, as they are on disk; empty in a case without a journal.
    ///
    /// # Errors
    /// [`CaseError`] if they cannot be read.
    pub fn journal_lines(&self) -> Result<Vec<u8>, CaseError> {
        if self.entries()?.is_empty() {
            return Ok(Vec::new());
        }
        let path = self.folder.join(journal::NAME);
        let mut lines = read_at_most(&path, journal::MAX_BYTES)?;
        // What was appended meanwhile is not what this view is of.
        lines.truncate(usize::try_from(self.journal_length).unwrap_or(usize::MAX));
        Ok(lines)
    }

    /// The tokens of the timestamps that the journal tells of, by their names in the case. One that cannot be read is
    /// left out: the verification tells of it.
    ///
    /// # Errors
    /// [`CaseError`] if the journal cannot be read.
    pub fn timestamps(&self) -> Result<BTreeMap<String, Vec<u8>>, CaseError> {
        let files = self
            .entries()?
            .iter()
            .filter_map(|entry| match &entry.event {
                Event::Timestamped { file, .. } => Some(file),
                _ => None,
            });
        let read = files.filter_map(|file| {
            let path = inside::resolve(&self.folder, file).ok()?;
            let bytes = read_at_most(&path, MAX_TOKEN).ok()?;
            Some((file.clone(), bytes))
        });
        Ok(read.collect())
    }
}
