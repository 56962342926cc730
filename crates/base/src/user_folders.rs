//! Folders of the user in which the program keeps its files, by the customs of each operating system. All but
//! [`cases`] are out of sight; where the system names no folder, the one for temporary files has to do.

use std::ffi::OsStr;
use std::path::PathBuf;

/// The name of our folder inside those of the system.
const OURS: &str = "palimpsest";

/// Folder for what can be made again.
pub fn cache() -> PathBuf {
    folder("XDG_CACHE_HOME", "LOCALAPPDATA", "Library/Caches", ".cache")
}

/// Folder for settings.
pub fn settings() -> PathBuf {
    let library = "Library/Application Support";
    folder("XDG_CONFIG_HOME", "APPDATA", library, ".config")
}

/// Folder for what belongs to the user and cannot be made again.
pub fn data() -> PathBuf {
    let library = "Library/Application Support";
    folder("XDG_DATA_HOME", "APPDATA", library, ".local/share")
}

/// Folder of cases unless the user chooses another: in plain sight, since they are handed over to others.
pub fn cases() -> PathBuf {
    let home = variable("HOME").or_else(|| variable("USERPROFILE"));
    let documents = home.as_ref().map(|home| home.join("Documents"));
    let visible = documents.filter(|documents| documents.is_dir()).or(home);
    match visible {
        Some(folder) => folder.join("Palimpsest"),
        None => std::env::temp_dir().join(OURS),
    }
}

/// Folder for what the program notes down for those who mend it.
pub fn reports() -> PathBuf {
    let usual = folder(
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "Library/Logs",
        ".local/state",
    );
    usual.join("reports")
}

fn folder(xdg: &str, windows: &str, macos: &str, unix: &str) -> PathBuf {
    let home = || variable("HOME");
    let usual = if cfg!(target_os = "windows") {
        variable(windows)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join(macos))
    } else {
        home().map(|home| home.join(unix))
    };
    let base = variable(xdg).or(usual);
    base.unwrap_or_else(std::env::temp_dir).join(OURS)
}

/// The path in a variable; none unless it is absolute, as the customs demand.
fn variable(name: impl AsRef<OsStr>) -> Option<PathBuf> {
    let value = std::env::var_os(name).map(PathBuf::from);
    value.filter(|path| path.is_absolute())
}
