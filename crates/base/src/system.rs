//! Questions to the operating system: its name, its free memory, the time a thread has used; and the one
//! thing asked of it, to show a folder.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Memory that can be had without swapping, in bytes; none on a system that does not say so in a way known
/// here.
pub fn available_memory() -> Option<u64> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

/// Name of this system, for those who mend the program.
pub fn description() -> String {
    let kind = format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH);
    // Only Linux has this file, and not every Linux: without it the kind has to do.
    let Ok(release) = std::fs::read_to_string("/etc/os-release") else {
        return kind;
    };
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
/// Those of starting the file manager.
pub fn reveal(folder: &Path) -> io::Result<()> {
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
