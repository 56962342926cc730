//! What a thing that was met is: its head is read, or what is known of it from the last time serves.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use palimpsest_diffusion::files::{KindOfFile, StatedTraining};

use super::entry::{EntryKind, LibraryEntry, Stated};
use super::index::{Card, Index, Stamp};
use super::walk::{Met, Sort};
use crate::examination::inspection::inspect;

/// The entry of a thing; none of a file that is gone by now.
pub fn read(met: Met, index: &mut Index) -> Option<LibraryEntry> {
    let stamp = Stamp::of(&met.path)?;
    let card = match met.sort {
        Sort::File => match index.card(&met.path, &stamp) {
            Some(card) => card,
            None => index.remember(&met.path, stamp, of_file(&met.path)),
        },
        // Parts of a folder change without it: it is looked at anew.
        Sort::Folder => of_folder(&met.path),
        Sort::Clip => encoder(EntryKind::Clip, "a CLIP picture encoder"),
        Sort::Dino => encoder(EntryKind::Dino, "a vision transformer, as DINO is"),
    };
    let bytes = match met.sort {
        Sort::File => stamp.bytes,
        Sort::Folder | Sort::Clip | Sort::Dino => size_of(&met.path),
    };
    Some(LibraryEntry {
        name: name_of(&met.path),
        kind: card.kind,
        what: card.what,
        is_part: met.sort == Sort::Folder && card.refused.is_some() && lacks_parts(&met.path),
        refused: card.refused,
        bytes,
        modified: stamp.seconds(),
        sha256: match met.sort {
            Sort::File => index.known_hash(&met.path),
            Sort::Folder | Sort::Clip | Sort::Dino => None,
        },
        stated: card.stated,
        elsewhere: met.elsewhere,
        path: met.path,
    })
}

fn of_file(file: &Path) -> Card {
    let kind = match KindOfFile::read(file) {
        Ok(kind) => kind,
        Err(error) => {
            return Card {
                kind: EntryKind::Other,
                what: "a file of weights that cannot be read".into(),
                refused: Some(error.to_string()),
                stated: Stated::default(),
            };
        }
    };
    // What it says of itself is no reason to leave it out of the list.
    let stated = StatedTraining::read(file).ok().flatten();
    Card {
        kind: match (kind.is_adapter, &kind.refused) {
            (true, _) => EntryKind::Adapter,
            (false, None) => EntryKind::Model,
            (false, Some(_)) => EntryKind::Other,
        },
        what: kind.what,
        refused: kind.refused,
        stated: stated.map(short).unwrap_or_default(),
    }
}

fn short(stated: StatedTraining) -> Stated {
    Stated {
        trigger: stated.likely_prompt().map(String::from),
        title: stated.title,
        base: stated.base_model.or(stated.base_family),
        pictures: stated.pictures,
    }
}

fn of_folder(folder: &Path) -> Card {
    let (what, refused) = match inspect(folder, None) {
        Ok(facts) => (format!("a {} model", facts.description.family), None),
        Err(error) => ("a model folder".into(), Some(error.to_string())),
    };
    Card {
        kind: EntryKind::Folder,
        what,
        refused,
        stated: Stated::default(),
    }
}

/// True of a folder that has a noise predictor and not all that goes with it.
fn lacks_parts(folder: &Path) -> bool {
    let has = |part: &str| folder.join(part).is_dir();
    let all = ["vae", "text_encoder", "tokenizer", "scheduler"];
    has("unet") && !all.into_iter().all(has)
}

fn encoder(kind: EntryKind, what: &str) -> Card {
    Card {
        kind,
        what: what.into(),
        refused: None,
        stated: Stated::default(),
    }
}

/// The name of a file or folder. A snapshot in the hub's cache is called by its repository.
fn name_of(path: &Path) -> String {
    let part = |part: &Path| {
        let name = part.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let mut above = path.ancestors().skip(1);
    let repository = match (above.next().map(part), above.next().map(part)) {
        (Some(snapshots), Some(repository)) if snapshots == "snapshots" => {
            repository.strip_prefix("models--").map(String::from)
        }
        _ => None,
    };
    repository.map_or_else(|| part(path), |name| name.replacen("--", "/", 1))
}

/// The size of the files in a folder and in its parts.
fn size_of(folder: &Path) -> u64 {
    let files = |folder: &Path| -> Vec<PathBuf> {
        // A remark for people; what cannot be read there, opening the model says.
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    let size = |file: &PathBuf| file.metadata().map_or(0, |found| found.len());
    let (parts, own): (Vec<_>, Vec<_>) = files(folder).into_iter().partition(|path| path.is_dir());
    let within = parts.iter().flat_map(|part| files(part));
    let all = own.into_iter().chain(within.filter(|path| path.is_file()));
    all.map(|file| size(&file)).sum()
}

impl Stamp {
    /// The size and the time of a file or folder; none if it is gone.
    pub fn of(path: &Path) -> Option<Self> {
        let found = path.metadata().ok()?;
        let since = found.modified().ok()?.duration_since(UNIX_EPOCH).ok();
        Some(Self {
            bytes: found.len(),
            modified: since.map(|since| since.as_nanos() as u64),
        })
    }

    fn seconds(&self) -> Option<u64> {
        self.modified.map(|nanoseconds| nanoseconds / 1_000_000_000)
    }
}
