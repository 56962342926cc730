//! Names for files that take the place of nothing.

use std::path::Path;

/// The first of the names of 1, 2, and so on that nothing in `folder` has.
pub(super) fn free_name(folder: &Path, name: impl Fn(u64) -> String) -> String {
    let mut number = 1;
    while folder.join(name(number)).symlink_metadata().is_ok() {
        number += 1;
    }
    name(number)
}
