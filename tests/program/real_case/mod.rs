//! Small cases as the program makes them, with the tiny reference models and drawn works, for tests that look
//! at them or meddle with them.
#![allow(dead_code, reason = "not every test uses all of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use palimpsest_art::Family;
use palimpsest_lab::works::Works;
use serde_json::Value;
use tempfile::{TempDir, tempdir};

use crate::commands::{Examine, copy_folder, palimpsest, stderr};

/// Pictures and a case, in a folder that goes when they do.
pub struct RealCase {
    temporary: TempDir,
    pub examine: Examine,
}

/// Draws works of one hand into a new folder and returns their files.
pub fn draw(folder: &Path, works: std::ops::RangeInclusive<u64>) -> Vec<PathBuf> {
    let drawn = Works {
        families: vec![Family::Portrait],
        artists: vec![2000],
        works,
        side: 64,
    };
    drawn.write(folder).unwrap();
    pictures(folder)
}

/// The pictures of a folder, sorted.
pub fn pictures(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "png"));
    files.sort();
    files
}

/// What is on disk as JSON.
pub fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

impl RealCase {
    /// `questioned` works and six controls, not yet examined.
    pub fn prepared(questioned: u64) -> Self {
        let temporary = tempdir().unwrap();
        let mut examine = Examine::new("sd1", temporary.path().join("case")).with("--steps 2");
        examine.artworks = draw(&temporary.path().join("questioned"), 0..=questioned - 1);
        let controls = temporary.path().join("controls");
        draw(&controls, 10..=15);
        let examine = examine
            .option("--controls", controls)
            .option("--declare", "unpublished; in the artist's studio");
        Self { temporary, examine }
    }

    /// The same, examined to the end.
    pub fn finished(questioned: u64) -> Self {
        let case = Self::prepared(questioned);
        case.examine();
        case
    }

    /// With these options, separated by spaces.
    pub fn with(mut self, options: &str) -> Self {
        self.examine = self.examine.with(options);
        self
    }

    /// With an option that may hold anything.
    pub fn option(mut self, name: &str, value: impl Into<std::ffi::OsString>) -> Self {
        self.examine = self.examine.option(name, value);
        self
    }

    pub fn examine(&self) -> Output {
        let output = self.examine.output();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        output
    }

    /// Copies the case, so that it can be meddled with; the pictures stay where they are.
    pub fn copy(&self) -> Copy {
        let temporary = tempdir().unwrap();
        let folder = temporary.path().join("case");
        copy_folder(self.folder(), &folder);
        Copy { temporary, folder }
    }

    pub fn folder(&self) -> &Path {
        &self.examine.out
    }

    /// Where the pictures are, and what else a test needs.
    pub fn around(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }
}

/// A copy of a case.
pub struct Copy {
    temporary: TempDir,
    pub folder: PathBuf,
}

impl Copy {
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub fn around(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    /// Changes something of a JSON file.
    pub fn set(&self, file: &str, pointer: &str, value: Value) {
        let mut record = read(&self.path(file));
        *record.pointer_mut(pointer).unwrap() = value;
        fs::write(self.path(file), serde_json::to_vec_pretty(&record).unwrap()).unwrap();
    }

    pub fn lines(&self) -> Vec<String> {
        lines(&self.folder)
    }

    pub fn set_lines(&self, lines: &[String]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(self.path("journal.jsonl"), text).unwrap();
    }

    /// Changes one byte in the middle of a file.
    pub fn damage(&self, file: &str) {
        let mut bytes = fs::read(self.path(file)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(self.path(file), bytes).unwrap();
    }
}

/// The lines of a journal.
pub fn lines(case: &Path) -> Vec<String> {
    let text = fs::read_to_string(case.join("journal.jsonl")).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// The names of the events of a journal.
pub fn events(case: &Path) -> Vec<String> {
    let name = |line: &String| {
        let entry: Value = serde_json::from_str(line).unwrap();
        entry["event"]["event"].as_str().unwrap().to_owned()
    };
    lines(case).iter().map(name).collect()
}

/// Runs a command on a case.
pub fn run(command: &str, case: &Path, options: &[&str]) -> Output {
    palimpsest([command])
        .arg(case)
        .args(options)
        .output()
        .unwrap()
}

/// The case holds, and nothing in it is strange.
pub fn assert_holds(case: &Path) {
    let output = run("verify", case, &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["holds"], true);
    assert_eq!(found["problems"], serde_json::json!([]));
    assert_eq!(found["notices"], serde_json::json!([]));
}
