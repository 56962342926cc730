//! The program: the desktop app when started plain, with a command a tool for scripts.

use std::process::ExitCode;

use palimpsest::app::{Opening, open_window};
use palimpsest::cli::{self, Next, WindowTarget};

fn main() -> ExitCode {
    let target = match cli::run(std::env::args_os()) {
        Next::Exit(status) => return status,
        Next::Window(target) => target,
    };
    let opened = open_window::open(match target {
        WindowTarget::Artworks(artworks) => Opening::Desk(artworks),
        WindowTarget::Case(folder) => Opening::Case(folder),
        WindowTarget::Demonstration => Opening::Demonstration,
    });
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::no_window(&error),
    }
}
