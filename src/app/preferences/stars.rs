//! Stars on results: the user's own marks, kept by case beside the other settings and in no record.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::app::state::Finished;

/// Folders of starred works, by the folders of their cases.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Stars(BTreeMap<String, BTreeSet<String>>);

impl Stars {
    pub fn holds(&self, finished: &Finished) -> bool {
        let case = finished.case.to_string_lossy();
        let works = self.0.get(case.as_ref());
        works.is_some_and(|works| works.contains(folder_of(finished)))
    }

    /// Stars a result, or takes its star away.
    pub fn set(&mut self, finished: &Finished, starred: bool) {
        let case = finished.case.to_string_lossy().into_owned();
        let works = self.0.entry(case.clone()).or_default();
        match starred {
            true => works.insert(folder_of(finished).to_owned()),
            false => works.remove(folder_of(finished)),
        };
        if works.is_empty() {
            self.0.remove(&case);
        }
    }
}

/// The folder of a work in its case.
fn folder_of(finished: &Finished) -> &str {
    let file = finished.findings.files.recovered.as_str();
    file.split_once('/').map_or(file, |(folder, _)| folder)
}
