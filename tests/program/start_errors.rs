//! What the user reads where no window can be opened: one sentence, last, that names what is missing and
//! the command that works without a window. (Missing libraries and drivers: `tests/end_to_end/start.sh`.)
#![cfg(target_os = "linux")]

use crate::commands;

use std::process::Command;

use commands::{palimpsest, stderr};

/// The program where there is no display at all.
fn without_display() -> Command {
    let mut program = palimpsest([""; 0]);
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        program.env_remove(variable);
    }
    program
}

/// Ends with status 1; returns the last line of standard error. The toolkit may have complained before.
fn refusal(mut program: Command) -> String {
    let home = tempfile::tempdir().unwrap();
    program.env("HOME", home.path());
    for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
        program.env_remove(variable);
    }
    let output = program.output().unwrap();
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(output.stdout.is_empty());
    // What the machine lacks is no fault of the program: nothing lies beside the log.
    let reports = home.path().join(".local/state/palimpsest/reports");
    let names = std::fs::read_dir(reports).into_iter().flatten();
    let mut names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.all(|name| name.starts_with("log-")), "{text}");
    let last = text.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("palimpsest: ") && last.ends_with('.'),
        "{text}"
    );
    assert!(last.contains("palimpsest demo"), "{text}");
    last.to_owned()
}

#[test]
fn without_a_display_one_sentence_says_what_works() {
    let output = without_display().output().unwrap();
    assert_eq!(stderr(&output).lines().count(), 1);
    let said = refusal(without_display());
    assert!(
        said.contains("neither DISPLAY nor WAYLAND_DISPLAY is set"),
        "{said}"
    );
    let mut empty = without_display();
    empty.env("DISPLAY", "").env("WAYLAND_DISPLAY", "");
    assert_eq!(refusal(empty), said);
}

/// Whether the sentence is about the display, or about the library without which nobody can ask it.
fn is_dead(variable: &str, said: &str) -> bool {
    said.contains(&format!("that {variable} names does not answer"))
        || said.contains("the system lacks")
}

#[test]
fn a_display_that_does_not_answer_is_said() {
    let mut x11 = without_display();
    x11.env("DISPLAY", ":48123");
    let said = refusal(x11);
    assert!(is_dead("DISPLAY", &said), "{said}");
    let mut wayland = without_display();
    wayland.env("WAYLAND_DISPLAY", "no-such-compositor");
    let said = refusal(wayland);
    assert!(is_dead("WAYLAND_DISPLAY", &said), "{said}");
}
