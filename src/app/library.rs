//! The model library as the window has it: looked through, and its files hashed, beside the frame. It is read when
//! somebody first chooses from it, and again when its folders change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui;

use super::preferences::PreferencesFile;
use super::set_up::{Encoder, ModelRole};
use super::tasks::Task;
use palimpsest_base::digest::Digest;
use palimpsest_method::model_library::{EntryKind, Folder, LibraryEntry, ModelLibrary, stand_in};

/// The thing that is chosen from the library.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wanted {
    Model(ModelRole),
    /// An adapter that is applied after those that are chosen.
    FurtherAdapter,
    Encoder(Encoder),
}

impl Wanted {
    /// True if a thing of this kind can be it.
    pub fn takes(self, kind: EntryKind) -> bool {
        match self {
            Self::Model(ModelRole::Pretrained) => {
                matches!(kind, EntryKind::Folder | EntryKind::Model)
            }
            Self::Model(ModelRole::Finetuned) => kind.is_suspect(),
            Self::FurtherAdapter => kind == EntryKind::Adapter,
            Self::Encoder(Encoder::Clip) => kind == EntryKind::Clip,
            Self::Encoder(Encoder::Dino) => kind == EntryKind::Dino,
        }
    }

    /// True if this thing can be it: what lacks parts is no base, and takes them from one.
    pub fn can_be(self, entry: &LibraryEntry) -> bool {
        let lent = entry.is_part && self == Self::Model(ModelRole::Finetuned);
        self.takes(entry.kind) && (entry.refused.is_none() || lent)
    }
}

/// An entry with the words by which it is found.
pub struct LibraryRow {
    pub entry: LibraryEntry,
    searched: String,
    /// True if it was chosen before.
    pub is_recent: bool,
}

impl LibraryRow {
    fn new(entry: LibraryEntry, is_recent: bool) -> Self {
        Self {
            searched: entry.searched(),
            entry,
            is_recent,
        }
    }

    /// True if every word of `text` stands in what is known of it.
    pub fn matches(&self, text: &str) -> bool {
        stand_in(text, &self.searched)
    }
}

/// What was found.
#[derive(Default)]
pub struct Found {
    /// Those that were chosen before, then the others by kind and name.
    pub rows: Vec<LibraryRow>,
    pub folders: Vec<Folder>,
    pub notes: Vec<String>,
}

/// Something that is done with the library.
#[derive(Clone, Debug, PartialEq)]
enum Errand {
    List,
    Add(PathBuf),
    Remove(PathBuf),
}

enum Done {
    Found(Found),
    Hashed(Hashed),
}

/// The hash of a file; none if it cannot be had.
struct Hashed {
    path: PathBuf,
    hash: Option<Digest>,
    /// The reason for which it was not kept for the next time.
    unkept: Option<String>,
}

/// The work under way.
enum Work {
    Looking(Task<Done>),
    Hashing(Task<Done>),
}

impl Work {
    /// The result if it is there.
    fn take(self) -> Result<Result<Done, String>, Self> {
        match self {
            Self::Looking(task) => task.take().map_err(Self::Looking),
            Self::Hashing(task) => task.take().map_err(Self::Hashing),
        }
    }
}

/// The library and what is being done with it.
#[derive(Default)]
pub struct LibraryView {
    found: Option<Found>,
    work: Option<Work>,
    errands: Vec<Errand>,
    /// Told to the work under way when it is to end.
    stop: Arc<AtomicBool>,
    /// Files whose hash could not be had.
    unhashed: Vec<PathBuf>,
    failed: Option<String>,
}

impl LibraryView {
    /// Looks through the library, if that was not done yet.
    pub fn begin(&mut self) {
        if self.found.is_none() && self.work.is_none() {
            self.ask(Errand::List);
        }
    }

    /// Looks through it again.
    pub fn look_again(&mut self) {
        self.unhashed.clear();
        self.ask(Errand::List);
    }

    /// Adds a folder to it.
    pub fn add(&mut self, folder: PathBuf) {
        self.ask(Errand::Add(folder));
    }

    /// Forgets a folder; its files stay as they are.
    pub fn remove(&mut self, folder: PathBuf) {
        self.ask(Errand::Remove(folder));
    }

    fn ask(&mut self, errand: Errand) {
        if !self.errands.contains(&errand) {
            self.errands.push(errand);
        }
    }

    /// What was found, once it was looked through.
    pub fn found(&self) -> Option<&Found> {
        self.found.as_ref()
    }

    /// The reason for which what was asked for was not done.
    pub fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// True while folders are looked through.
    pub fn is_looking(&self) -> bool {
        !self.errands.is_empty() || matches!(self.work, Some(Work::Looking(_)))
    }

    /// Number of files whose hash is known, and of all that have one.
    pub fn hashed(&self) -> (usize, usize) {
        let rows = self.found.iter().flat_map(|found| &found.rows);
        let files = rows.filter(|row| row.entry.kind.is_file());
        files.fold((0, 0), |(known, all), row| {
            (known + usize::from(row.entry.sha256.is_some()), all + 1)
        })
    }

    /// Takes what has been done and begins what is next; call it in every frame. `recent` are models that were chosen
    /// before. Files are hashed where `may_hash` says that nothing else needs the disk.
    pub fn follow(
        &mut self,
        ctx: &egui::Context,
        store: &PreferencesFile,
        recent: &[PathBuf],
        may_hash: bool,
    ) {
        match self.work.take().map(Work::take) {
            Some(Err(running)) => self.work = Some(running),
            Some(Ok(done)) => self.take(done),
            None => {}
        }
        if let Some(work) = &self.work {
            // A hash waits for whoever wants to see the list, and for a run.
            let hurry = !self.errands.is_empty() || !may_hash;
            if hurry && matches!(work, Work::Hashing(_)) {
                self.stop.store(true, Ordering::Relaxed);
            }
            return;
        }
        self.work = match self.errands.is_empty() {
            false => Some(Work::Looking(self.looking(ctx, store, recent))),
            true if may_hash => self.hashing(ctx, store).map(Work::Hashing),
            true => None,
        };
    }

    fn take(&mut self, done: Result<Done, String>) {
        self.failed = None;
        match done {
            Ok(Done::Found(found)) => self.found = Some(found),
            Ok(Done::Hashed(Hashed { path, hash, unkept })) => {
                self.failed = unkept;
                // One that was ended for something else is taken up again.
                if hash.is_none() && !self.stop.load(Ordering::Relaxed) {
                    self.unhashed.push(path.clone());
                }
                let rows = self.found.iter_mut().flat_map(|found| &mut found.rows);
                for row in rows.filter(|row| row.entry.path == path) {
                    row.entry.sha256 = hash;
                    row.searched = row.entry.searched();
                }
            }
            Err(error) => {
                // What was found before is still there.
                self.found.get_or_insert_default();
                self.failed = Some(error);
            }
        }
    }

    fn looking(
        &mut self,
        ctx: &egui::Context,
        store: &PreferencesFile,
        recent: &[PathBuf],
    ) -> Task<Done> {
        let errands = std::mem::take(&mut self.errands);
        let (store, recent) = (store.clone(), recent.to_vec());
        self.stop = Arc::default();
        let stop = self.stop.clone();
        Task::start(ctx, "looking through the model library", move || {
            let mut library = store.library();
            for errand in errands {
                let done = match errand {
                    Errand::List => Ok(()),
                    Errand::Add(folder) => library.add(&folder),
                    Errand::Remove(folder) => library.remove(&folder),
                };
                done.map_err(|error| error.to_string())?;
            }
            look(&mut library, &recent, &stop).map(Done::Found)
        })
    }

    fn hashing(&mut self, ctx: &egui::Context, store: &PreferencesFile) -> Option<Task<Done>> {
        let rows = self.found.iter().flat_map(|found| &found.rows);
        let mut unknown = rows.filter(|row| {
            let entry = &row.entry;
            entry.kind.is_file() && entry.sha256.is_none() && !self.unhashed.contains(&entry.path)
        });
        let mut entry = unknown.next()?.entry.clone();
        let store = store.clone();
        self.stop = Arc::default();
        let stop = self.stop.clone();
        Some(Task::start(ctx, "hashing a model file", move || {
            let proceed = || !stop.load(Ordering::Relaxed);
            let kept = store.library().hash(&mut entry, &proceed);
            Ok(Done::Hashed(Hashed {
                path: entry.path,
                hash: entry.sha256,
                unkept: kept.err().map(|error| error.to_string()),
            }))
        }))
    }
}

impl Drop for LibraryView {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn look(
    library: &mut ModelLibrary,
    recent: &[PathBuf],
    stop: &AtomicBool,
) -> Result<Found, String> {
    let proceed = || !stop.load(Ordering::Relaxed);
    let before = recent.iter().filter_map(|path| library.look_at(path));
    let mut rows: Vec<LibraryRow> = before.map(|entry| LibraryRow::new(entry, true)).collect();
    let listing = library.list(&proceed).map_err(|error| error.to_string())?;
    let is_known = |rows: &[LibraryRow], path: &Path| rows.iter().any(|row| row.entry.path == path);
    let chosen_before = rows.len();
    for entry in listing.entries {
        let before = rows.get(..chosen_before).unwrap_or_default();
        if !is_known(before, &entry.path) {
            rows.push(LibraryRow::new(entry, false));
        }
    }
    Ok(Found {
        rows,
        folders: listing.folders,
        notes: listing.notes,
    })
}
