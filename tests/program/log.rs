//! The log of a run: what it holds, and what never stands in it.

use std::fs;
use std::path::Path;

use crate::commands::{Examine, palimpsest, stderr};

/// The text of the only log in the state folder `state`.
fn log(state: &Path) -> String {
    let reports = fs::read_dir(state.join("palimpsest/reports")).unwrap();
    let files: Vec<_> = reports.map(|entry| entry.unwrap().path()).collect();
    let [file] = files.as_slice() else {
        panic!("{files:?}");
    };
    fs::read_to_string(file).unwrap()
}

#[test]
fn the_log_of_an_examination_says_what_was_done_and_names_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("Secret harbour.png");
    fs::copy(&Examine::new("sd1", "").artworks[0], &work).unwrap();
    let damaged = folder.path().join("Secret wreck.png");
    fs::write(&damaged, "no picture").unwrap();
    let mut examine = Examine::new("sd1", folder.path().join("case")).with("--steps 1");
    examine.artworks = vec![work, damaged];
    let mut command = examine.command();
    command.env("XDG_STATE_HOME", folder.path().join("state"));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));

    let text = log(&folder.path().join("state"));
    for part in [
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        "model opened",
        "sha256=",
        "device=Cpu",
        "examination begun",
        "steps=1\n",
        "examination finished",
        "seconds=",
        "status=Failed",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let home = std::env::var("HOME").unwrap_or_default();
    let temporary = folder.path().to_string_lossy();
    for private in [
        "Secret",
        ".png",
        "finetuned",
        "reference",
        &*temporary,
        &*home,
    ] {
        let told = private.len() > 1 && text.contains(private);
        assert!(!told, "{private} is in {text}");
    }
}

#[test]
fn a_log_that_cannot_be_kept_is_told_once_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    fs::write(&file, "").unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 1");
    let output = examine.command().env("XDG_STATE_HOME", &file).output();
    let output = output.unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(
        said.matches("no log is kept of this run").count(),
        1,
        "{said}"
    );

    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        // What is no text is no level either, and does not pass for a variable that is not set.
        let level = std::ffi::OsStr::from_bytes(b"debug\xff");
        let list = palimpsest(["models", "fetch"])
            .env("PALIMPSEST_LOG", level)
            .env("XDG_STATE_HOME", folder.path().join("states"))
            .output();
        let said = stderr(&list.unwrap());
        assert!(said.contains("has to be off, error"), "{said}");
    }

    let examine = Examine::new("sd1", folder.path().join("another case")).with("--steps 1");
    let mut command = examine.command();
    command.env("XDG_STATE_HOME", folder.path().join("state"));
    command.env("PALIMPSEST_LOG", "off");
    let output = command.output().unwrap();
    assert!(!stderr(&output).contains("no log"), "{}", stderr(&output));
    assert!(!folder.path().join("state").exists());
}
