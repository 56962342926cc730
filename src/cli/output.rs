//! Writing to the terminal without ever failing because of it: a closed pipe is no error, and names
//! from strangers cannot steer a terminal.

use std::fmt::{Debug, Display};
use std::io::{self, ErrorKind, Write};

use palimpsest_base::error_kind::error_kind;
use palimpsest_record::operator;
use serde::Serialize;

use super::Status;

/// Says on standard error, in one line, what went wrong.
pub(super) fn complain(sentence: &str) {
    let end = if sentence.ends_with('.') { "" } else { "." };
    note(&format!("palimpsest: {sentence}{end}"));
}

/// Says what went wrong, for a command that ends with it.
pub(super) fn fail(error: &(impl Debug + Display)) -> Status {
    complain_of(error);
    Status::Failed
}

/// Says what went wrong; the log has only the kind of it.
pub(super) fn complain_of(error: &(impl Debug + Display)) {
    tracing::error!(kind = error_kind(error), "failed");
    complain(&error.to_string());
}

/// Writes a line to standard error.
pub(super) fn note(line: &str) {
    // There is nobody to tell that telling failed.
    let _ = writeln!(io::stderr(), "{}", plain(line));
}

/// Asks for the operator's name where none was ever given; what is done all the same says that there is none.
pub(super) fn ask_for_operator() {
    if operator::name().is_none() {
        note("the examiner is not named: --operator NAME names who examines, once for all cases");
    }
}

/// Prints `value` as JSON on standard output.
pub(super) fn print_json(value: &impl Serialize) -> Status {
    match serde_json::to_string_pretty(value) {
        Ok(text) => print(&text),
        Err(error) => {
            complain(&format!("the result cannot be written as JSON ({error})"));
            Status::Failed
        }
    }
}

/// Prints `text` and the end of a line on standard output.
pub(super) fn print(text: &str) -> Status {
    let mut out = io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => Status::Done,
        // Whoever reads has read enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Status::Done,
        Err(error) => {
            complain(&format!(
                "the result cannot be written to standard output ({error})"
            ));
            Status::Failed
        }
    }
}

/// `text` with its control characters written out.
pub(super) fn plain(text: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    text.chars().map(escape).collect()
}
