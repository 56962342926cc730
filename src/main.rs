//! The program: with a command, a tool for scripts.

use std::process::ExitCode;

fn main() -> ExitCode {
    palimpsest::cli::run(std::env::args_os())
}
