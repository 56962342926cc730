//! Verification of blind works: what their names stand for is what was sealed before the first score, and was opened after
//! the last.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{Findings, Notice, Problem};
use crate::case::blinding::{Blinding, FILE, FOLDER, Mapping};
use crate::case::inside;
use crate::case::journal::chain::Chain;
use crate::case::journal::{BegunWork, Event};

/// Checks what the question of the record says of blinding against the journal.
pub(super) fn check(folder: &Path, question: Option<&Value>, chain: &Chain, found: &mut Findings) {
    let blinding = question.and_then(|question| question.get("blinding"));
    // What is no blinding has another hash than what was sealed, and is told of.
    let blinding = blinding.and_then(|it| serde_json::from_value::<Blinding>(it.clone()).ok());
    let mut openings = chain.entries.iter().filter_map(|entry| match &entry.event {
        Event::Unblinded { .. } => Some(entry.number),
        _ => None,
    });
    match (blinding, openings.next()) {
        (None, None) => {}
        (None, Some(entry)) => found.problems.push(Problem::OpenedUnsealed { entry }),
        (Some(blinding), None) => found.notices.push(Notice::StillBlind {
            works: blinding.works,
        }),
        (Some(blinding), Some(entry)) => {
            check_order(chain, entry, found);
            check_mapping(folder, blinding, chain, found);
        }
    }
}

/// The examinations of blind works that the case was begun with.
fn blind_items(chain: &Chain) -> impl Iterator<Item = &BegunWork> {
    let begun = chain.entries.iter().filter_map(|entry| match &entry.event {
        Event::Begun { items, .. } => Some(items),
        _ => None,
    });
    begun.flatten().filter(|item| {
        let around = Path::new(&item.path).parent().and_then(Path::file_name);
        around.is_some_and(|name| name == FOLDER)
    })
}

/// Every examination of a blind work stands in the journal before the opening, and none behind it.
fn check_order(chain: &Chain, opened: u64, found: &mut Findings) {
    let mut before = BTreeSet::new();
    let mut behind = BTreeSet::new();
    for entry in &chain.entries {
        if let Event::Examined { folder, .. } | Event::Failed { folder, .. } = &entry.event {
            match entry.number < opened {
                true => before.insert(folder),
                false => behind.insert(folder),
            };
        }
    }
    let early = |item: &&BegunWork| !before.contains(&item.folder) || behind.contains(&item.folder);
    found.problems.extend(
        blind_items(chain)
            .filter(early)
            .map(|item| Problem::OpenedEarly {
                entry: opened,
                folder: item.folder.clone(),
            }),
    );
}

/// The mapping is the one that was sealed, in the order that follows from its nonce, and of the works of the case.
fn check_mapping(folder: &Path, blinding: Blinding, chain: &Chain, found: &mut Findings) {
    // One that cannot be read is no sealed file, and is told of there.
    let Ok(path) = inside::resolve(folder, FILE) else {
        return;
    };
    let mapping = match Mapping::read(&path) {
        Ok(mapping) => mapping,
        Err(error) => {
            let why = error.to_string();
            return found.problems.push(Problem::MappingUnread { why });
        }
    };
    if mapping.blinding().ok() != Some(blinding) {
        found.problems.push(Problem::MappingChanged);
    }
    if !mapping.is_in_order() {
        found.problems.push(Problem::MappingOrder);
    }
    let questioned = blind_items(chain).filter(|item| item.role == "questioned");
    let items: BTreeMap<String, _> = questioned
        .map(|item| {
            let name = Path::new(&item.path).file_name().unwrap_or_default();
            (name.to_string_lossy().into_owned(), item.sha256)
        })
        .collect();
    let mapped: BTreeMap<String, _> = mapping
        .works
        .iter()
        .map(|work| (work.file.clone(), Some(work.sha256)))
        .collect();
    if items != mapped {
        found.problems.push(Problem::MappingOfOthers);
    }
}
