//! Work on a finished case that takes its time and ends in a notice: an exhibit that is written, a case that
//! is put into one file, a record that is checked.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use eframe::egui;

use super::state::{Grade, Notice};
use super::tasks::Task;
use crate::case::journal;
use crate::case::verification::Expectations;
use crate::casework::checking::{Subject, check};
use crate::casework::exhibit::{Order, event_in_words, write_exhibit};
use crate::casework::inputs::archive;
use crate::numerals::counted;

/// Digits of a hash that are shown.
const SHORT: usize = 12;

/// Something under way.
pub struct Errand {
    /// What, for the status bar.
    pub what: &'static str,
    task: Task<Made>,
}

/// What was made.
struct Made {
    text: String,
    show: PathBuf,
}

impl Errand {
    /// Writes the exhibit of the case in `folder`.
    pub fn exhibit(ctx: &egui::Context, folder: PathBuf, order: Order) -> Self {
        let what = "Writing the exhibit";
        let task = Task::start(ctx, "writing an exhibit", move || {
            let written = write_exhibit(&folder, &order).map_err(|error| error.to_string())?;
            let pages = written.pages;
            let mut text = format!(
                "The exhibit was written to {} ({pages} pages).",
                written.path.display()
            );
            if !written.missing.is_empty() {
                let missing: String = written.missing.iter().collect();
                text.push_str(&format!(
                    " No font here has {missing}: these characters are spelt out by their numbers."
                ));
            }
            let show = written.path;
            Ok(Made { text, show })
        });
        Self { what, task }
    }

    /// Puts the case in `folder` into one file.
    pub fn archive(ctx: &egui::Context, folder: PathBuf, to: PathBuf) -> Self {
        let what = "Exporting the case";
        let task = Task::start(ctx, "exporting a case", move || {
            let go_on = |_| ControlFlow::Continue(());
            let (sha256, _) = archive(&folder, &to, go_on).map_err(|error| error.to_string())?;
            let text = format!(
                "The case was written to {}. SHA-256 {sha256}.",
                to.display()
            );
            let show = to.parent().map_or(to.clone(), Path::to_owned);
            Ok(Made { text, show })
        });
        Self { what, task }
    }

    /// The notice in which it ended, or the errand if it goes on.
    pub fn follow(self) -> Result<Notice, Self> {
        let what = self.what;
        let done = self.task.take().map_err(|task| Self { what, task })?;
        let (grade, text, show) = match done {
            Ok(made) => (Grade::Note, made.text, Some(made.show)),
            Err(error) => (Grade::Error, format!("{what} failed: {error}"), None),
        };
        Ok(Notice {
            grade,
            text,
            resume: None,
            show,
        })
    }
}

/// What a check of a case found, in words.
#[derive(Debug)]
pub struct Report {
    pub holds: bool,
    /// How much was checked.
    pub checked: String,
    pub problems: Vec<String>,
    pub notices: Vec<String>,
    pub cannot_exclude: Vec<String>,
    /// The key that signs it.
    pub key: Option<String>,
    pub entries: Vec<Line>,
}

/// An entry of the journal.
#[derive(Debug)]
pub struct Line {
    pub number: u64,
    pub time: String,
    pub who: String,
    pub event: String,
    pub hash: String,
}

/// Checks the case in `folder`.
pub fn verify(ctx: &egui::Context, folder: PathBuf) -> Task<Report> {
    Task::start(ctx, "checking a case", move || report(folder))
}

fn report(case: PathBuf) -> Result<Report, String> {
    // A journal that does not hold is a problem that the check names.
    let entries = journal::entries(&case).unwrap_or_default();
    let exhibit = None;
    let checked = check(&Subject { case, exhibit }, &Expectations::default())
        .map_err(|error| error.to_string())?;
    let found = &checked.verification;
    let counts = found.checked;
    Ok(Report {
        holds: checked.holds(),
        checked: format!(
            "{}, {}, {} and {} checked.",
            counted(counts.entries, "journal entry", "journal entries"),
            counted(counts.files, "file", "files"),
            counted(counts.items, "work", "works"),
            counted(counts.exhibits, "exhibit", "exhibits")
        ),
        problems: checked.sentences(),
        notices: found.notices.iter().map(ToString::to_string).collect(),
        cannot_exclude: found.cannot_exclude.clone(),
        key: found.key.map(|key| key.to_string()),
        entries: entries.iter().map(Line::of).collect(),
    })
}

impl Line {
    fn of(entry: &journal::Entry) -> Self {
        let hash = entry.hash.to_string();
        Self {
            number: entry.number,
            time: entry.time.to_string(),
            who: entry.who.clone(),
            event: event_in_words(&entry.event),
            hash: hash.get(..SHORT).unwrap_or(&hash).to_owned(),
        }
    }
}
