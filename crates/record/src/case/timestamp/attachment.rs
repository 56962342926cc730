//! Putting an authority's answer into a case: as a file, and into the journal.

use std::path::Path;

use super::{Stamp, TimestampError};
use crate::case::journal::{Event, Journal};
use crate::case::{CaseError, Digest};
use palimpsest_base::atomic;

/// Largest number of timestamps of a case.
const MOST: u32 = 10_000;

/// Adds to the case in `folder`, whose journal this is, the answer or bare token in `bytes`, as it came, as
/// `timestamp-1.tsr` (or `-2`, …). It may be of any entry, so that it can be fetched while the work goes
/// on. Returns the name of the file and what it says.
///
/// # Errors
/// [`TimestampError`] if it is none, if it proves nothing, if it is of no entry of this journal, or if the
/// file or the entry cannot be written.
pub fn attach(
    folder: &Path,
    journal: &mut Journal,
    bytes: &[u8],
) -> Result<(String, Stamp), TimestampError> {
    let stamp = Stamp::read(bytes)?;
    if !journal.holds(&stamp.of) {
        let found = stamp.of;
        return Err(TimestampError::OfNoEntry { found });
    }
    let file = free_name(folder)?;
    let path = folder.join(&file);
    atomic::replace(&path, bytes).map_err(|source| CaseError::Unwritable { path, source })?;
    journal.append(&Event::Timestamped {
        file: file.clone(),
        sha256: Digest::of(bytes),
        of: stamp.of,
    })?;
    Ok((file, stamp))
}

fn free_name(folder: &Path) -> Result<String, TimestampError> {
    let mut names = (1..=MOST).map(|number| format!("timestamp-{number}.tsr"));
    names
        .find(|name| folder.join(name).symlink_metadata().is_err())
        .ok_or(TimestampError::TooMany)
}
