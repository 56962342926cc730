//! Stars on results: the user's own marks, kept beside the other settings and in no record. They follow the examination
//! wherever the folder of its case is moved to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::app::state::Finished;

/// Starred examinations by the hashes of their works; of before, folders of works by the folders of their cases.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Stars(BTreeMap<String, BTreeSet<String>>);

impl Stars {
    pub fn holds(&self, finished: &Finished) -> bool {
        let has = |(key, value): (String, String)| {
            let kept = self.0.get(&key);
            kept.is_some_and(|kept| kept.contains(&value))
        };
        has(examination(finished)) || has(place(finished))
    }

    /// Stars a result, or takes its star away.
    pub fn set(&mut self, finished: &Finished, starred: bool) {
        // What was kept by its place is kept by itself from now on.
        self.remove(place(finished));
        let (work, examination) = examination(finished);
        match starred {
            true => {
                self.0.entry(work).or_default().insert(examination);
            }
            false => self.remove((work, examination)),
        }
    }

    fn remove(&mut self, (key, value): (String, String)) {
        if let Some(kept) = self.0.get_mut(&key) {
            kept.remove(&value);
            if kept.is_empty() {
                self.0.remove(&key);
            }
        }
    }
}

/// An examination by what it was of and how long it took, which no two have in common.
fn examination(finished: &Finished) -> (String, String) {
    let findings = &finished.findings;
    let milliseconds = (1000.0 * findings.seconds).round();
    let mask = finished.mask;
    (
        findings.artwork.sha256.to_string(),
        format!("{mask}, {milliseconds} ms"),
    )
}

/// The folders of the case and of the work in it.
fn place(finished: &Finished) -> (String, String) {
    let case = finished.case.to_string_lossy().into_owned();
    let file = finished.findings.files.recovered.as_str();
    let folder = file.split_once('/').map_or(file, |(folder, _)| folder);
    (case, folder.to_owned())
}
