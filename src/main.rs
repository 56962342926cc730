//! The program: the desktop app when started plain, with a command a tool for scripts.

use std::process::ExitCode;

use palimpsest::app::{Opening, open_window};
use palimpsest::cli::{self, Asked, Subject};

fn main() -> ExitCode {
    let subject = match cli::run(std::env::args_os()) {
        Asked::Ended(status) => return status,
        Asked::Window(subject) => subject,
    };
    let opened = open_window::open(match subject {
        Subject::Artworks(artworks) => Opening::Desk(artworks),
        Subject::Case(folder) => Opening::Case(folder),
        Subject::Demonstration => Opening::Demonstration,
    });
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::no_window(&error),
    }
}
