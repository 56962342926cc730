//! Remains of a panic while the window is open: a report in a file, a sentence on standard error, and
//! for a panic beside the window a notice in it. The report holds what is needed to find the fault and
//! nothing of the user's files but what the fault's own message says.

use std::backtrace::Backtrace;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{SystemTime, UNIX_EPOCH};

use eframe::egui;

use crate::app::words::say;
use palimpsest_base::system;

/// Reports that a process writes: whatever panics more often says the same again.
const MOST: usize = 8;
/// Characters of a message that are kept.
const MESSAGE: usize = 1000;
/// Message of a thread that waited for one that failed: no fault of its own.
const BY_ANOTHER: &str = "a scoped thread panicked";

/// A panic: its message and its place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    pub message: String,
    /// File, line and column in the source.
    pub place: String,
    pub thread: String,
}

impl Fault {
    fn of(info: &PanicHookInfo) -> Self {
        let current = thread::current();
        Self {
            message: info
                .payload_as_str()
                .unwrap_or("no message")
                .chars()
                .take(MESSAGE)
                .collect(),
            place: info
                .location()
                .map_or_else(|| "an unknown place".to_owned(), ToString::to_string),
            thread: current.name().unwrap_or("without a name").to_owned(),
        }
    }
}

impl fmt::Display for Fault {
    /// In one line, whatever the message holds.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let message: String = (self.message.chars())
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        write!(f, "{message}, at {}", self.place)
    }
}

/// A fault and the report of it, as far as that could be written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReportedFault {
    pub fault: Fault,
    /// The file, or why there is none.
    pub report: Result<PathBuf, String>,
}

impl ReportedFault {
    /// For the window, which is still there.
    pub fn notice(&self) -> String {
        let fault = self.fault.to_string();
        match &self.report {
            Ok(path) => say!("fault-reported", "fault" => fault, "file" => path.display()),
            Err(reason) => say!("fault-not-reported", "fault" => fault, "reason" => reason),
        }
    }
}

impl fmt::Display for ReportedFault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a fault in the program ({}); ", self.fault)?;
        match &self.report {
            Ok(path) => write!(f, "a report is in {}", path.display()),
            Err(reason) => write!(f, "no report could be written ({reason})"),
        }
    }
}

/// Panics of this process.
struct Watch {
    /// The thread that draws, while there is a window.
    window: Option<(ThreadId, egui::Context)>,
    told: Vec<ReportedFault>,
    /// Those that the window has not heard of.
    untold: usize,
}

static WATCH: Mutex<Watch> = Mutex::new(Watch {
    window: None,
    told: Vec::new(),
    untold: 0,
});

fn watch() -> MutexGuard<'static, Watch> {
    WATCH.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on panics leave their report in `folder`. Until [`opened`] is called, a message that
/// `is_lack` knows as something the system lacks is left to be said by whoever catches the panic.
pub fn install(folder: PathBuf, is_lack: fn(&str) -> bool) {
    std::panic::set_hook(Box::new(move |info| {
        let fault = Fault::of(info);
        let lacking = watch().window.is_none() && is_lack(&fault.message);
        if !lacking {
            take(&folder, fault);
        }
    }));
}

/// The window is there, and the thread that says so draws it.
pub fn opened(ctx: &egui::Context) {
    watch().window = Some((thread::current().id(), ctx.clone()));
}

/// The newest fault, if there was one.
pub fn newest() -> Option<ReportedFault> {
    watch().told.last().cloned()
}

/// Faults beside the window that it has not heard of yet.
pub fn news() -> Vec<ReportedFault> {
    let mut watch = watch();
    let heard = watch.told.len() - std::mem::take(&mut watch.untold);
    watch.told[heard..].to_vec()
}

fn take(folder: &Path, fault: Fault) {
    let mut watch = watch();
    let repeated = !watch.told.is_empty() && fault.message == BY_ANOTHER;
    if repeated || watch.told.len() == MOST {
        return;
    }
    let trace = Backtrace::force_capture().to_string();
    let told = ReportedFault {
        report: report(folder, watch.told.len(), &fault, &trace).map_err(|e| e.to_string()),
        fault,
    };
    tracing::error!(
        place = told.fault.place,
        thread = told.fault.thread,
        "fault"
    );
    // There is nobody to tell that telling failed.
    let _ = writeln!(io::stderr(), "palimpsest: {told}.");
    watch.told.push(told);
    watch.untold += 1;
    if let Some((drawing, ctx)) = watch.window.clone()
        && drawing != thread::current().id()
    {
        drop(watch);
        ctx.request_repaint();
    }
}

/// Writes the report of a fault, the `number`th of this process, and returns where it is.
///
/// # Errors
/// If the file cannot be written.
pub fn report(folder: &Path, number: usize, fault: &Fault, trace: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = now.map_or(0, |now| now.as_secs());
    let name = format!("fault-{seconds}-{}-{number}.txt", process::id());
    let path = folder.join(name);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)?;
    let Fault {
        message,
        place,
        thread,
    } = fault;
    write!(
        file,
        "Palimpsest {version}\nSystem: {system}\nTime: {seconds} s after 1 January 1970, 0:00 UTC\n\
         Fault: {message}\nPlace: {place}\nThread: {thread}\n\n{trace}\n",
        version = env!("CARGO_PKG_VERSION"),
        system = system::description(),
    )?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault() -> Fault {
        Fault {
            message: "index out of bounds:\nthe len is 3".into(),
            place: "src/app/queue.rs:7:9".into(),
            thread: "reading a picture".into(),
        }
    }

    #[test]
    fn a_report_says_what_panicked_where_in_which_version_on_which_system() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("not there yet");
        let path = report(&place, 0, &fault(), "0: palimpsest::app").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        for part in [
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            std::env::consts::ARCH,
            "Fault: index out of bounds:\nthe len is 3\n",
            "Place: src/app/queue.rs:7:9\n",
            "Thread: reading a picture\n",
            "0: palimpsest::app",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        let second = report(&place, 1, &fault(), "").unwrap();
        assert_ne!(path, second);
    }

    #[test]
    fn what_is_said_is_one_line_that_names_the_report_or_why_there_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a file");
        fs::write(&file, "").unwrap();
        let mut told = ReportedFault {
            report: report(&file, 0, &fault(), "").map_err(|e| e.to_string()),
            fault: fault(),
        };
        let said = told.to_string();
        assert!(said.contains("no report could be written"), "{said}");
        assert_eq!(said.lines().count(), 1);
        told.report = Ok("/reports/fault-1.txt".into());
        let said = told.to_string();
        assert!(said.contains("src/app/queue.rs:7:9"), "{said}");
        assert!(
            said.ends_with("a report is in /reports/fault-1.txt"),
            "{said}"
        );
    }
}
