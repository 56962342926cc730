//! The examiner's remarks on the items of a case: kept in the journal, so that it is signed and dated and
//! that an older remark stays readable beside the newer one.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::CaseworkError;
use crate::case::Case;
use crate::case::journal::{Event, JournalEntry};

/// The beginning of the headings of such notes; the item's folder follows.
const HEADING: &str = "note/";

/// Notes remarks on items, each named by its folder as in `case.json`. Only what is new is noted; an empty text
/// takes a remark back.
///
/// # Errors
/// [`CaseworkError`] if an item is not in the case, or if the case is being worked on, keeps no journal or was
/// begun by another key.
pub fn note(folder: &Path, notes: &BTreeMap<String, String>) -> Result<(), CaseworkError> {
    let mut case = Case::open(folder)?;
    if case.journal().is_none() {
        return Err(CaseworkError::NoJournal(folder.to_owned()));
    }
    if let Some(item) = notes.keys().find(|item| !holds(&case, item)) {
        let first = case.artworks().first();
        return Err(CaseworkError::NoSuchItem {
            folder: folder.to_owned(),
            item: item.clone(),
            example: first.map_or_else(String::new, |entry| entry.folder.clone()),
        });
    }
    let before = notes_of(case.entries());
    let what: BTreeMap<String, String> = notes
        .iter()
        .map(|(item, text)| (item, text.trim()))
        .filter(|(item, text)| before.get(*item).map_or("", String::as_str) != *text)
        .map(|(item, text)| (format!("{HEADING}{item}"), text.to_owned()))
        .collect();
    if !what.is_empty() {
        case.emit(&Event::Noted { what })?;
    }
    Ok(())
}

/// The newest remark on every item that has one, by the item's folder.
pub fn notes_of(entries: &[JournalEntry]) -> BTreeMap<String, String> {
    let mut notes = BTreeMap::new();
    for entry in entries {
        let Event::Noted { what } = &entry.event else {
            continue;
        };
        for (heading, text) in what {
            if let Some(item) = item_of(heading) {
                notes.insert(item.to_owned(), text.clone());
            }
        }
    }
    notes.retain(|_, text| !text.is_empty());
    notes
}

/// The item that a heading of a note is about.
pub(super) fn item_of(heading: &str) -> Option<&str> {
    heading.strip_prefix(HEADING)
}

fn holds(case: &Case, item: &str) -> bool {
    case.artworks().iter().any(|entry| entry.folder == item)
}
