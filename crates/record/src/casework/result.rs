//! The results of the work on a case, one for each artwork.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::case::{ArtworkEntry, Case, WorkState};
use palimpsest_method::examination::{Findings, RecordedPath};

/// The result of the work on one artwork.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum WorkResult {
    /// It was examined.
    #[serde(serialize_with = "serialize_shared")]
    Examined(Arc<Findings>),
    /// It could not be.
    Failed {
        /// The picture.
        artwork: FailedArtwork,
        /// The reason, in one sentence.
        error: String,
    },
}

/// Writes findings as if they were not shared.
fn serialize_shared<S: Serializer>(
    findings: &Arc<Findings>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    findings.as_ref().serialize(serializer)
}

/// The picture that could not be examined.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FailedArtwork {
    /// The file.
    pub path: RecordedPath,
}

/// The result for each artwork that has one.
pub(super) fn report(case: &Case) -> Vec<WorkResult> {
    let numbered = case.artworks().iter().enumerate();
    let results = numbered.filter_map(|(index, entry)| match case.findings(index) {
        Some(findings) => Some(WorkResult::Examined(findings.clone())),
        None => failure(entry.clone()),
    });
    results.collect()
}

/// The failure that an entry tells of.
pub(super) fn failure(entry: ArtworkEntry) -> Option<WorkResult> {
    match entry.state {
        WorkState::Failed { error } => Some(WorkResult::Failed {
            artwork: FailedArtwork { path: entry.path },
            error,
        }),
        WorkState::Pending | WorkState::Finished => None,
    }
}
