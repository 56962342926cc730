//! Verification of the sealed files, and of what else lies in the folder.

use std::path::Path;

use super::{Findings, Notice, Problem};
use crate::case::inside::{self, PathFault};
use crate::case::journal::chain::Chain;
use crate::case::journal::seals::{Seal, is_elsewhere, sealed};
use crate::case::journal::{self, Event};
use crate::case::{Digest, PRIVATE, RECORD, lock};
use palimpsest_base::atomic;

/// The state of a descent, which changes while the work goes on.
const CHECKPOINT: &str = "checkpoint.safetensors";

/// True if a file in the folder is the program's own, which is not sealed as a file.
fn is_own(path: &str) -> bool {
    matches!(path, RECORD | PRIVATE | journal::NAME) || is_working_file(path)
}

/// True if a file only serves the work that is going on.
pub(in crate::case) fn is_working_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path == lock::NAME || name == CHECKPOINT || name.ends_with(atomic::SUFFIX)
}

pub(super) fn check(folder: &Path, chain: &Chain, found: &mut Findings) {
    let sealed = sealed(&chain.entries);
    for (path, seal) in &sealed {
        check_file(folder, path, *seal, found);
    }
    for entry in &chain.entries {
        if let Event::Exhibited { file, sha256, .. } = &entry.event
            && is_elsewhere(&entry.event, file)
        {
            let (file, sha256) = (file.clone(), *sha256);
            found
                .notices
                .push(Notice::ExhibitElsewhere { file, sha256 });
        }
    }
    match inside::contents(folder) {
        Ok(contents) => {
            let unknown = |path: &String| !sealed.contains_key(path.as_str()) && !is_own(path);
            let unsealed = contents.files.into_iter().filter(unknown);
            let strange = contents.strange.into_iter();
            found
                .notices
                .extend(unsealed.map(|path| Notice::Unsealed { path }));
            found
                .notices
                .extend(strange.map(|path| Notice::Strange { path }));
        }
        Err(error) => {
            let path = format!("{} (looking through it failed: {error})", folder.display());
            found.notices.push(Notice::Strange { path });
        }
    }
}

fn check_file(folder: &Path, path: &str, (sealed, entry): Seal, found: &mut Findings) {
    let missing = |why: PathFault| Problem::FileMissing {
        path: path.to_owned(),
        entry,
        why,
    };
    let file = match inside::resolve(folder, path) {
        Ok(file) => file,
        Err(why) => return found.problems.push(missing(why)),
    };
    match Digest::of_file(&file) {
        Ok((hash, length)) if hash == sealed => {
            found.checked.files = found.checked.files.saturating_add(1);
            found.checked.bytes = found.checked.bytes.saturating_add(length);
        }
        Ok(_) => found.problems.push(Problem::FileChanged {
            path: path.to_owned(),
            entry,
        }),
        Err(error) => found.problems.push(Problem::FileUnreadable {
            path: path.to_owned(),
            entry,
            why: error.to_string(),
        }),
    }
}
