//! Errors of an archive, worded for the person who wants one.

use std::path::PathBuf;

use thiserror::Error;

/// The reason that there is no archive, or that it is not what was written.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// The case does not hold.
    #[error("the case in {} is not as it was written ({why}), so it is not archived: verify it; if it is to be handed over all the same, hand over the folder itself", folder.display())]
    DoesNotHold {
        /// The folder.
        folder: PathBuf,
        /// The first thing found.
        why: String,
    },
    /// It would contain itself.
    #[error("{} lies in the folder of the case: choose a place outside it", path.display())]
    InsideTheCase {
        /// The place chosen.
        path: PathBuf,
    },
    /// A link, or a name that other systems do not take.
    #[error(
        "{path} in the case is a link, a device or has a name that not every system takes: move it out of the folder"
    )]
    Strange {
        /// It.
        path: String,
    },
    /// A file of the case changed or cannot be read.
    #[error(
        "{path} in the case cannot be archived ({why}): check that nothing else works on the case"
    )]
    File {
        /// The file.
        path: String,
        /// The reason.
        why: String,
    },
    /// The archive cannot be written.
    #[error("{} cannot be written ({why}): free some space or check the permissions; what was there before is whole", path.display())]
    Unwritable {
        /// The archive.
        path: PathBuf,
        /// The reason.
        why: String,
    },
    /// The user stopped it.
    #[error("the archive was not written, since it was stopped")]
    Stopped,
    /// It is no archive of a case, or was changed.
    #[error("the archive {} is not as it was written ({why}): get it anew from where it came", path.display())]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// The evidence.
        why: String,
    },
}
