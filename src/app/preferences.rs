//! Preferences that are kept from one session to the next, in one file of settings. A file that cannot
//! be read is set aside, not overwritten; of one that can, what is not understood is left out and the rest kept. The
//! user is told of both. Several windows share the file: each writes what it changed, and no more.

mod exhibit_look;
mod merging;
mod salvage;
mod stars;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::exhibit_look::ExhibitLook;
use self::merging::{Lock, merge};
use self::salvage::salvage;
pub use self::stars::Stars;
use super::set_up::SetUp;
use super::widgets::comparison::ComparisonState;
use crate::app::words::{self, say};
use palimpsest_base::{atomic, user_folders};
use palimpsest_method::model_library::ModelLibrary;
use palimpsest_record::language::Language;

/// Cases and models that are offered again.
const RECENT: usize = 8;
/// The largest file read, in bytes.
const MAX_BYTES: u64 = 1 << 22;
const FILE: &str = "settings.json";
/// The most values that a notice names.
const NAMED: usize = 6;

/// Light, dark, or as the system is.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The window's place and size in points.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct WindowPlace {
    pub position: Option<[f32; 2]>,
    pub size: [f32; 2],
    pub maximised: bool,
}

/// The content of the file.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Preferences {
    pub set_up: SetUp,
    pub theme: Theme,
    /// The language of the window; that of the system if none was chosen.
    pub language: Option<Language>,
    /// 1 for the system's own scale.
    pub scale: f32,
    pub window: Option<WindowPlace>,
    /// The folder for new cases; the system's usual one without it.
    pub cases: Option<PathBuf>,
    pub recent_cases: Vec<PathBuf>,
    pub recent_models: Vec<PathBuf>,
    /// Layout and zoom of the last comparison.
    pub comparison: ComparisonState,
    /// Seconds a step took here, by what was run.
    pub pace: BTreeMap<String, f64>,
    /// Results that the user marked.
    pub stars: Stars,
    /// The look of exhibits.
    pub exhibit: ExhibitLook,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            set_up: SetUp::default(),
            theme: Theme::default(),
            language: None,
            scale: 1.0,
            window: None,
            cases: None,
            recent_cases: Vec::new(),
            recent_models: Vec::new(),
            comparison: ComparisonState::default(),
            pace: BTreeMap::new(),
            stars: Stars::default(),
            exhibit: ExhibitLook::default(),
        }
    }
}

impl Preferences {
    /// The folder for new cases.
    pub fn cases_folder(&self) -> PathBuf {
        self.cases.clone().unwrap_or_else(user_folders::cases)
    }

    pub fn remember_case(&mut self, folder: &Path) {
        let folder = whole(folder);
        // It may have been remembered before it was there, with a link in its path.
        self.recent_cases.retain(|known| whole(known) != folder);
        remember(&mut self.recent_cases, &folder);
    }

    pub fn remember_model(&mut self, model: &Path) {
        remember(&mut self.recent_models, model);
    }

    /// Takes a model that cannot be examined out of those that are offered again; returns whether it was among them.
    pub fn forget_model(&mut self, model: &Path) -> bool {
        let before = self.recent_models.len();
        self.recent_models.retain(|known| known != model);
        self.recent_models.len() < before
    }
}

/// A path that means the same wherever the program is started, with links followed where there is something.
fn whole(path: &Path) -> PathBuf {
    let followed = match cfg!(windows) {
        // Its canonical paths are of a form that nobody knows.
        true => std::path::absolute(path),
        false => fs::canonicalize(path).or_else(|_| std::path::absolute(path)),
    };
    followed.unwrap_or_else(|_| path.to_owned())
}

/// Those that are absolute, each once: settings of before may have others.
fn once_each(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut kept = Vec::new();
    for path in paths.iter().filter(|path| path.is_absolute()) {
        let path = whole(path);
        if !kept.contains(&path) {
            kept.push(path);
        }
    }
    kept
}

/// Puts `path` first.
fn remember(list: &mut Vec<PathBuf>, path: &Path) {
    list.retain(|known| known != path);
    list.insert(0, path.into());
    list.truncate(RECENT);
}

/// The file of settings, and the folder of what cannot be made again.
#[derive(Clone, Debug)]
pub struct PreferencesFile {
    path: PathBuf,
    data: PathBuf,
    /// The folder of what can be made again; in tests none of the user's.
    cache: PathBuf,
    is_of_user: bool,
}

impl PreferencesFile {
    /// The user's own.
    pub fn of_user() -> Self {
        Self {
            path: user_folders::settings().join(FILE),
            data: user_folders::data(),
            cache: user_folders::cache(),
            is_of_user: true,
        }
    }

    /// The one in `folder`.
    pub fn within(folder: &Path) -> Self {
        Self {
            path: folder.join(FILE),
            data: folder.to_owned(),
            cache: folder.to_owned(),
            is_of_user: false,
        }
    }

    /// The folder in which cases are registered.
    pub fn registry(&self) -> PathBuf {
        self.data.clone()
    }

    /// The language that the window speaks where this one was chosen; without a choice that of the user's system.
    pub fn language(&self, chosen: Option<Language>) -> Language {
        let usual = || match self.is_of_user {
            true => words::of_system(),
            false => Language::English,
        };
        chosen.unwrap_or_else(usual)
    }

    /// The model library: the user's own with the folders of interfaces, else the one in the folder alone.
    pub fn library(&self) -> ModelLibrary {
        let library = ModelLibrary::open_in(&self.data, &self.cache);
        match self.is_of_user {
            true => library,
            false => library.without_interfaces(),
        }
    }

    /// The window's place as it was kept. A file that cannot be read is left as it is: [`PreferencesFile::load`] says so
    /// when there is a window to say it in.
    pub fn window_place(&self) -> Option<WindowPlace> {
        let (kept, _, _) = salvage(read(&self.path).ok()?);
        kept.window
    }

    /// Reads what was kept; returns it with a sentence if not all of it could be read.
    pub fn load(&self) -> (Preferences, Option<String>) {
        let path = &self.path;
        words::speak(self.language(None));
        match read(path) {
            Ok(given) => {
                let (kept, value, left_out) = salvage(given);
                // What is said of the file is said in the language that it asks for.
                words::speak(self.language(kept.language));
                let said = (!left_out.is_empty()).then(|| self.leave_out(&value, &left_out));
                (sane(kept), said)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Preferences::default(), None),
            Err(error) => (Preferences::default(), Some(set_aside(path, &error))),
        }
    }

    /// Writes of `now` what differs from `before`, which is what this window read or wrote last: what another window
    /// wrote meanwhile stays. A file that was damaged meanwhile is set aside.
    ///
    /// # Errors
    /// If the file cannot be written, or one that cannot be read cannot be set aside either.
    pub fn save(&self, before: &Preferences, now: &Preferences) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let _lock = Lock::beside(&self.path);
        let ours = serde_json::to_value(now)?;
        let merged = match read(&self.path) {
            Ok(theirs) => merge(theirs, &serde_json::to_value(before)?, &ours),
            Err(error) if error.kind() == io::ErrorKind::NotFound => ours,
            Err(_) => {
                fs::rename(&self.path, aside(&self.path))?;
                ours
            }
        };
        atomic::replace(&self.path, &serde_json::to_vec_pretty(&merged)?)
    }

    /// Keeps a copy of the file, and in its place what was understood of it; returns what to say.
    fn leave_out(&self, understood: &Value, left_out: &[String]) -> String {
        let path = &self.path;
        let copy = aside(path);
        let copied = fs::copy(path, &copy).and_then(|_| {
            let _lock = Lock::beside(path);
            atomic::replace(path, &serde_json::to_vec_pretty(understood)?)
        });
        let names: Vec<&str> = left_out.iter().take(NAMED).map(String::as_str).collect();
        let names = names.join(", ");
        let names = match left_out.len() > NAMED {
            true => say!("names-and-others", "names" => names),
            false => names,
        };
        let kept = match copied {
            Ok(()) => say!("file-kept-as", "file" => copy.display()),
            Err(error) => say!("file-not-kept", "error" => error),
        };
        let file = path.display();
        say!("settings-left-out", "file" => file, "names" => names, "kept" => kept)
    }
}

fn read(path: &Path) -> io::Result<Value> {
    if fs::metadata(path)?.len() > MAX_BYTES {
        return Err(io::Error::other(say!("it-is-larger-than-settings")));
    }
    let kept: Value = serde_json::from_slice(&fs::read(path)?)?;
    match kept.is_object() {
        true => Ok(kept),
        false => Err(io::Error::other(say!("it-holds-no-settings"))),
    }
}

fn sane(mut kept: Preferences) -> Preferences {
    kept.recent_cases = once_each(kept.recent_cases);
    kept.set_up = kept.set_up.with_adapters_apart();
    let is_sane = kept.scale.is_finite() && (0.5..=3.0).contains(&kept.scale);
    if !is_sane {
        kept.scale = 1.0;
    }
    kept
}

/// The name of a file that was not understood.
fn aside(path: &Path) -> PathBuf {
    path.with_extension("damaged.json")
}

/// Renames a file that cannot be read, so that the next one does not overwrite it.
fn set_aside(path: &Path, error: &io::Error) -> String {
    let aside = aside(path);
    let file = path.display();
    match fs::rename(path, &aside) {
        Ok(()) => {
            let aside = aside.display();
            say!("settings-set-aside", "file" => file, "error" => error, "aside" => aside)
        }
        Err(_) => say!("settings-to-be-replaced", "file" => file, "error" => error),
    }
}
