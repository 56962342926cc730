//! What differs from one operating system to the next: where files of which kind belong, and how a
//! folder is shown to the user.

use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The name of our folder inside those of the system.
const OURS: &str = "palimpsest";

/// Where this system keeps what can be made again.
pub fn cache() -> PathBuf {
    folder("XDG_CACHE_HOME", "LOCALAPPDATA", "Library/Caches", ".cache")
}

/// Where this system keeps settings.
pub fn settings() -> PathBuf {
    let library = "Library/Application Support";
    folder("XDG_CONFIG_HOME", "APPDATA", library, ".config")
}

/// Where this system keeps what belongs to the user and cannot be made again.
pub fn data() -> PathBuf {
    let library = "Library/Application Support";
    folder("XDG_DATA_HOME", "APPDATA", library, ".local/share")
}

/// Where cases are kept unless the user chooses another folder: in plain sight, since they are handed
/// over to others.
pub fn cases() -> PathBuf {
    let home = variable("HOME").or_else(|| variable("USERPROFILE"));
    let documents = home.as_ref().map(|home| home.join("Documents"));
    let visible = documents.filter(|documents| documents.is_dir()).or(home);
    match visible {
        Some(folder) => folder.join("Palimpsest"),
        None => std::env::temp_dir().join(OURS),
    }
}

/// Memory that can be had without swapping, in bytes, where the system says so.
pub fn available_memory() -> Option<u64> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// Where this system keeps what a program notes down for those who mend it.
pub fn reports() -> PathBuf {
    let usual = folder(
        "XDG_STATE_HOME",
        "LOCALAPPDATA",
        "Library/Logs",
        ".local/state",
    );
    usual.join("reports")
}

/// Which system this is, for those who mend the program.
pub fn description() -> String {
    let kind = format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH);
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let line = release.lines().find_map(|l| l.strip_prefix("PRETTY_NAME="));
    match line.map(|name| name.trim_matches('"')) {
        Some(name) => format!("{kind}, {name}"),
        None => kind,
    }
}

/// CPU time that the calling thread has used so far, in nanoseconds, as far as the system says so; what it
/// used since it was last interrupted may be missing.
pub fn thread_nanoseconds() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split_whitespace().next()?.parse().ok()
}

/// Shows a folder in the system's file manager.
///
/// # Errors
/// If no file manager can be started.
pub fn reveal(folder: &std::path::Path) -> io::Result<()> {
    let program = if cfg!(target_os = "windows") {
        "explorer"
    } else if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    let quiet = command.arg(folder).stdin(Stdio::null());
    let mut child = quiet.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    // Reaped when it ends, however long the file manager stays open.
    std::thread::spawn(move || child.wait());
    Ok(())
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

/// A variable that holds an absolute path.
fn variable(name: impl AsRef<OsStr>) -> Option<PathBuf> {
    let value = std::env::var_os(name).map(PathBuf::from);
    value.filter(|path| path.is_absolute())
}
