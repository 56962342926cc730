//! A walk through a folder of models: what of it is a model, an encoder or a file of weights. Links are followed, also
//! out of the folder, which is said; loops of them end, and so does a folder that is too full.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use palimpsest_base::bounded_read::read_at_most;
use palimpsest_diffusion::files::lora::has_format;

use super::entry::EntryKind;

/// Folders within one another that are looked through.
const DEPTH: usize = 10;

/// The largest configuration that is read to tell an encoder, in bytes.
const CONFIG: u64 = 1 << 20;

/// Folders that were looked through, and files that were met, by where they really lie.
#[derive(Default)]
pub struct Seen(BTreeSet<PathBuf>);

/// A thing that was met.
#[derive(Debug, PartialEq)]
pub struct Met {
    pub path: PathBuf,
    pub sort: Sort,
    /// The place where it really lies, where that is not inside the folder of the walk.
    pub elsewhere: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A whole model as a folder.
    Folder,
    Clip,
    Dino,
    /// A file of weights.
    File,
}

/// Looks through `folder`, at `most` entries of it; what was left out is added to `notes`.
pub fn walk(folder: &Path, most: usize, seen: &mut Seen, notes: &mut Vec<String>) -> Vec<Met> {
    let Ok(root) = folder.canonicalize() else {
        notes.push(format!("{} is not there any more.", folder.display()));
        return Vec::new();
    };
    let mut walk = Walk {
        root,
        left: most,
        seen,
        notes,
        met: Vec::new(),
    };
    walk.enter(folder, 0);
    if walk.left == 0 {
        walk.notes.push(format!(
            "{} holds more than {most} files and folders: the rest of it was left out, so add the folders that matter.",
            folder.display()
        ));
    }
    walk.met
}

/// The kind of the folder at `path`, if it is a model or an encoder as a whole.
pub fn kind_at(path: &Path) -> Option<EntryKind> {
    match sort_of(path)? {
        Sort::Folder => Some(EntryKind::Folder),
        Sort::Clip => Some(EntryKind::Clip),
        Sort::Dino => Some(EntryKind::Dino),
        Sort::File => None,
    }
}

/// One thing by itself.
pub fn met_alone(path: &Path) -> Option<Met> {
    let sort = match path.is_dir() {
        true => sort_of(path)?,
        false if path.is_file() && has_format(path) => Sort::File,
        false => return None,
    };
    Some(Met {
        path: path.to_owned(),
        sort,
        elsewhere: None,
    })
}

struct Walk<'a> {
    root: PathBuf,
    left: usize,
    seen: &'a mut Seen,
    notes: &'a mut Vec<String>,
    met: Vec<Met>,
}

impl Walk<'_> {
    fn enter(&mut self, folder: &Path, depth: usize) {
        let real = match folder.canonicalize() {
            Ok(real) => real,
            Err(error) => return self.leave_out(folder, &error),
        };
        // A link upwards leads to what is being looked through, or to all that surrounds it.
        if depth > 0 && self.root.starts_with(&real) && real != self.root {
            self.notes.push(format!(
                "{} leads to a folder around it and was not followed.",
                folder.display()
            ));
            return;
        }
        if !self.seen.0.insert(real.clone()) {
            return;
        }
        if let Some(sort) = sort_of(folder) {
            self.meet(folder, sort, &real);
            return;
        }
        if depth == DEPTH {
            self.notes.push(format!(
                "{} lies too deep: what is in it was left out.",
                folder.display()
            ));
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.leave_out(folder, &error),
        };
        let mut paths: Vec<PathBuf> = Vec::new();
        for entry in entries {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            match entry {
                Ok(entry) => paths.push(entry.path()),
                // What comes behind it, the system does not tell.
                Err(error) => {
                    self.leave_out(folder, &error);
                    break;
                }
            }
        }
        // The system's order is none.
        paths.sort();
        for path in paths {
            self.look(&path, depth);
        }
    }

    fn look(&mut self, path: &Path, depth: usize) {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        if name.first() == Some(&b'.') {
            return;
        }
        if path.is_dir() {
            // The hub's cache has each file under its hash, and links by name to these.
            if !matches!(name, b"blobs" | b"refs") {
                self.enter(path, depth + 1);
            }
        } else if has_format(path) {
            match path.canonicalize() {
                Ok(real) if real.is_file() && self.seen.0.insert(real.clone()) => {
                    self.meet(path, Sort::File, &real);
                }
                // A device, or a file that was met under another name.
                Ok(_) => {}
                // A link to what is not there, as when a cache was cleared.
                Err(error) => self.leave_out(path, &error),
            }
        }
    }

    /// Says that something cannot be read.
    fn leave_out(&mut self, path: &Path, error: &io::Error) {
        let note = format!("{} cannot be read ({error}).", path.display());
        self.notes.push(note);
    }

    fn meet(&mut self, path: &Path, sort: Sort, real: &Path) {
        self.met.push(Met {
            path: path.to_owned(),
            sort,
            elsewhere: (!real.starts_with(&self.root)).then(|| real.to_owned()),
        });
    }
}

/// The sort of model that a folder is as a whole.
fn sort_of(folder: &Path) -> Option<Sort> {
    if folder.join("model_index.json").is_file() || folder.join("unet").is_dir() {
        return Some(Sort::Folder);
    }
    let config = read_at_most(&folder.join("config.json"), CONFIG).ok()?;
    let config: serde_json::Value = serde_json::from_slice(&config).ok()?;
    match config.get("model_type")?.as_str()? {
        "clip" | "clip_vision_model" => Some(Sort::Clip),
        "vit" => Some(Sort::Dino),
        _ => None,
    }
}
