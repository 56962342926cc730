//! Preferences that are kept from one session to the next, in one file of settings. A file that cannot
//! be read is set aside, not overwritten, and the user is told.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::set_up::SetUp;
use super::widgets::comparison::ComparisonState;
use palimpsest_base::{atomic, user_folders};
use palimpsest_method::model_library::ModelLibrary;

/// Cases and models that are offered again.
const RECENT: usize = 8;
/// The largest file read, in bytes.
const MAX_BYTES: u64 = 1 << 22;
const FILE: &str = "settings.json";

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
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            set_up: SetUp::default(),
            theme: Theme::default(),
            scale: 1.0,
            window: None,
            cases: None,
            recent_cases: Vec::new(),
            recent_models: Vec::new(),
            comparison: ComparisonState::default(),
            pace: BTreeMap::new(),
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
        read(&self.path).ok()?.window
    }

    /// Reads what was kept; returns it with a sentence if it could not be read.
    pub fn load(&self) -> (Preferences, Option<String>) {
        let path = &self.path;
        match read(path) {
            Ok(kept) => (kept, None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Preferences::default(), None),
            Err(error) => (Preferences::default(), Some(set_aside(path, &error))),
        }
    }

    /// Writes what is to be kept.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self, kept: &Preferences) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        atomic::replace(&self.path, &serde_json::to_vec_pretty(kept)?)
    }
}

fn read(path: &Path) -> io::Result<Preferences> {
    if fs::metadata(path)?.len() > MAX_BYTES {
        return Err(io::Error::other("it is larger than settings can be"));
    }
    let mut kept: Preferences = serde_json::from_slice(&fs::read(path)?)?;
    kept.recent_cases = once_each(kept.recent_cases);
    let sane = kept.scale.is_finite() && (0.5..=3.0).contains(&kept.scale);
    if !sane {
        kept.scale = 1.0;
    }
    Ok(kept)
}

/// Renames a file that cannot be read, so that the next one does not overwrite it.
fn set_aside(path: &Path, error: &io::Error) -> String {
    let aside = path.with_extension("damaged.json");
    let moved = match fs::rename(path, &aside) {
        Ok(()) => format!("it was set aside as {}", aside.display()),
        Err(_) => "it will be replaced".to_owned(),
    };
    format!(
        "The settings in {} could not be read ({error}); {moved}, and the program starts with its defaults.",
        path.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_what_is_damaged_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let store = PreferencesFile::within(folder.path());
        let mut kept = Preferences::default();
        kept.set_up.prompt = "sks style".into();
        kept.remember_case(Path::new("/a"));
        kept.remember_case(Path::new("/b"));
        kept.remember_case(Path::new("/a"));
        store.save(&kept).unwrap();
        assert_eq!(store.load(), (kept.clone(), None));
        assert_eq!(kept.recent_cases, [Path::new("/a"), Path::new("/b")]);

        fs::write(folder.path().join(FILE), b"{\"scale\": ").unwrap();
        assert_eq!(store.window_place(), None);
        let (loaded, notice) = store.load();
        assert_eq!(loaded, Preferences::default());
        assert!(notice.unwrap().contains("set aside"));
        assert!(folder.path().join("settings.damaged.json").exists());
    }

    #[test]
    fn a_recent_case_is_there_once_by_its_absolute_path() {
        let folder = tempfile::tempdir().unwrap();
        let folder = fs::canonicalize(folder.path()).unwrap();
        let case = folder.join("case");
        fs::create_dir(&case).unwrap();
        let mut kept = Preferences::default();
        kept.remember_case(&folder.join("case/../case"));
        kept.remember_case(&case);
        kept.remember_case(Path::new("src"));
        let here = fs::canonicalize("src").unwrap();
        assert_eq!(kept.recent_cases, [here, case.clone()]);
        // As a version before left them.
        let before = [Path::new("relative"), &case, &folder.join("case/.")];
        let text = serde_json::json!({ "recent_cases": before }).to_string();
        fs::write(folder.join(FILE), text).unwrap();
        let (kept, _) = PreferencesFile::within(&folder).load();
        assert_eq!(kept.recent_cases, [case]);
    }

    #[test]
    fn a_file_of_another_version_keeps_what_is_understood() {
        let folder = tempfile::tempdir().unwrap();
        let text = br#"{"scale": 40, "theme": "dark", "from_the_future": 1}"#;
        fs::write(folder.path().join(FILE), text).unwrap();
        let (kept, notice) = PreferencesFile::within(folder.path()).load();
        assert_eq!((kept.theme, kept.scale, notice), (Theme::Dark, 1.0, None));
    }
}
