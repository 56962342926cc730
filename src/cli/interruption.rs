//! Ctrl-C: the first asks the work to stop where it can be continued, the second ends the process.

use std::path::Path;
use std::process;

use super::output::{complain, note};
use super::{Status, output};
use palimpsest_method::inversion::Control;
use palimpsest_record::case;

/// The exit status of an interrupted process, as shells have it.
pub(super) const STATUS: u8 = 130;

/// Lets Ctrl-C cancel the work that `control` steers.
pub(super) fn cancel_on_ctrl_c(control: &Control) {
    let control = control.clone();
    let set = ctrlc::set_handler(move || {
        if control.is_cancelled() {
            process::exit(STATUS.into());
        }
        control.cancel();
        note("Stopping after this step; Ctrl-C again ends at once.");
    });
    if let Err(error) = set {
        note(&format!(
            "Ctrl-C will end at once, without a last checkpoint ({error})."
        ));
    }
}

/// Says what is left of interrupted work on the case in `folder`.
pub(super) fn interrupted(folder: &Path) -> Status {
    if case::is_case(folder) {
        complain(&format!(
            "interrupted, and everything is kept: continue with palimpsest resume {}",
            quoted(folder)
        ));
    } else {
        complain("interrupted before there was anything to keep");
    }
    Status::Interrupted
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = output::plain(&path.to_string_lossy());
    let is_simple = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if text.chars().all(is_simple) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
