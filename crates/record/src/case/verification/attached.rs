//! Verification of what is attached to an exhibit, where the case itself is not at hand: the journal by itself, the
//! record against it, and the timestamps.

use std::collections::BTreeMap;

use super::{Expectations, Findings, Verification, stamps};
use super::{chain_of, items, meet, tell_of_events};
use crate::case::journal::JournalEntry;
use crate::case::timestamp::Stamp;

/// Files of a case that left it with an exhibit.
#[derive(Clone, Copy, Debug)]
pub struct AttachedFiles<'a> {
    /// `case.json`.
    pub record: &'a [u8],
    /// The journal up to the entry that the exhibit prints.
    pub journal: &'a [u8],
    /// Tokens of timestamps by their names in the case, among other files.
    pub others: &'a BTreeMap<String, Vec<u8>>,
}

/// Checks them against each other. Whatever is wrong is in the result; files that only the case has are no fault.
/// Returns the entries of the journal that hold by themselves as well.
pub fn verify_attached(
    files: AttachedFiles<'_>,
    expectations: &Expectations,
) -> (Verification, Vec<JournalEntry>) {
    let mut found = Findings::default();
    let chain = chain_of(files.journal, &mut found);
    found.checked.entries = chain.entries.len() as u64;
    tell_of_events(&chain, &mut found);
    meet(&chain, expectations, &mut found);
    items::check_record(files.record, None, &chain, &mut found);
    let timestamps = stamps::check_with(&chain, &mut found, |file| {
        let bytes = files.others.get(file).ok_or("it is not attached")?;
        Stamp::read(bytes).map_err(|error| error.to_string())
    });
    let verification = found.verification(&chain, expectations, timestamps);
    (verification, chain.entries)
}
