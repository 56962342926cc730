//! A log of what the program did, in one file a run beside the crash reports, for those who mend it: versions,
//! devices, hashes, counts, durations and kinds of errors. At the usual level it holds no path and no name of
//! a file. Nothing of it goes to the terminal.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::process;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use palimpsest_base::{environment, system, user_folders};
use thiserror::Error;
use tracing::info;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Layer, fmt, registry};

/// Environment variable that sets the level: off, error, warn, info, debug or trace.
const VARIABLE: &str = "PALIMPSEST_LOG";
/// Bytes of a file: what is said after that is left out.
const MOST_BYTES: u64 = 1 << 20;
/// Files of runs before this one that are left.
const KEPT: usize = 9;

/// Reason for which no log is kept.
#[derive(Debug, Error)]
pub enum LogError {
    /// The file cannot be made.
    #[error("no log is kept of this run ({0}): free some space or check the permissions")]
    File(#[from] io::Error),
    /// Not the name of a level.
    #[error(
        "no log is kept of this run: PALIMPSEST_LOG is \u{201c}{0}\u{201d}, and has to be off, error, warn, info, debug or trace"
    )]
    Level(String),
}

/// Keeps a log from now on, as the environment asks for; `face` is the part of the program that was started.
///
/// # Errors
/// [`LogError`]; the program goes on without a log.
pub fn begin(face: &str) -> Result<(), LogError> {
    let level = level(environment::text(VARIABLE).as_deref())?;
    if level == LevelFilter::OFF {
        return Ok(());
    }
    let file = open(&user_folders::reports())?;
    let lines = fmt::layer()
        .with_ansi(false)
        .with_writer(Mutex::new(Bounded::new(file)))
        .log_internal_errors(false)
        // The libraries' own events may name files.
        .with_filter(Targets::new().with_target("palimpsest", level));
    // There is one already where tests run both faces in one process, and it serves as well.
    let _ = tracing::subscriber::set_global_default(registry().with(lines));
    info!(
        version = env!("CARGO_PKG_VERSION"),
        system = system::description(),
        face,
        "started"
    );
    Ok(())
}

/// The level that the variable names, and the usual one without it.
fn level(name: Option<&str>) -> Result<LevelFilter, LogError> {
    match name {
        None | Some("") => Ok(LevelFilter::INFO),
        Some(name) => name.parse().map_err(|_| LogError::Level(name.to_owned())),
    }
}

/// Makes the file of this run in `folder`, and removes those of runs long ago.
fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let mut logs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let text = name.to_string_lossy();
        if text.starts_with("log-") && text.ends_with(".txt") {
            logs.push(name);
        }
    }
    // The names begin with the time.
    logs.sort();
    for old in logs.iter().rev().skip(KEPT) {
        match fs::remove_file(folder.join(old)) {
            // Another run has done it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            removed => removed?,
        }
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock before 1970 is wrong, and the name says so.
    let milliseconds = now.map_or(0, |now| now.as_millis());
    let name = format!("log-{milliseconds:014}-{}.txt", process::id());
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(folder.join(name))
}

/// A writer that takes only so much.
struct Bounded<W> {
    inner: W,
    left: u64,
    is_full: bool,
}

impl<W> Bounded<W> {
    fn new(inner: W) -> Self {
        Self {
            inner,
            left: MOST_BYTES,
            is_full: false,
        }
    }
}

impl<W: Write> Write for Bounded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_full {
            return Ok(bytes.len());
        }
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => {
                self.inner.write_all(bytes)?;
                self.left = left;
            }
            None => {
                self.inner.write_all(b"the log of this run is full\n")?;
                self.is_full = true;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_info_unless_another_one_is_named() {
        assert_eq!(level(None).unwrap(), LevelFilter::INFO);
        assert_eq!(level(Some("debug")).unwrap(), LevelFilter::DEBUG);
        assert_eq!(level(Some("off")).unwrap(), LevelFilter::OFF);
        let said = level(Some("loud")).unwrap_err().to_string();
        assert!(said.contains("loud") && said.contains("debug"), "{said}");
    }

    #[test]
    fn logs_of_runs_long_ago_make_room_and_reports_stay() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..20 {
            let name = format!("log-{number:014}-1.txt");
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::write(folder.path().join("fault-1-1-0.txt"), "").unwrap();
        open(folder.path()).unwrap();
        let names = fs::read_dir(folder.path()).unwrap();
        let mut names: Vec<_> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names.len(), 1 + KEPT + 1);
        assert_eq!(names[0], "fault-1-1-0.txt");
        assert_eq!(names[1], "log-00000000000011-1.txt");
    }

    #[test]
    fn a_log_that_is_full_says_so_once() {
        let mut log = Bounded::new(Vec::new());
        let line = [b'x'; 1000];
        for _ in 0..2000 {
            log.write_all(&line).unwrap();
        }
        assert!(log.inner.len() as u64 <= MOST_BYTES + 100);
        let text = String::from_utf8(log.inner).unwrap();
        assert_eq!(text.matches("is full").count(), 1);
    }
}
