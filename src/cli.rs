//! The command line: what scripts and other laboratories rely on. Results go to standard output,
//! everything else to standard error; the exit status is 0 when all was done, 1 when something failed
//! (one plain sentence says what), 2 for wrong usage and 130 after an interruption.

mod arguments;
mod compare;
mod demo;
mod evaluate;
mod examine;
mod finetune;
mod interruption;
mod lab;
mod output;
mod pretrain;
mod progress;
mod report;
mod resume;
mod training;
mod values;
mod variant;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use output::complain;

/// How a command ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Status {
    Done,
    Failed,
    WrongUsage,
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Failed => Self::from(1),
            Status::WrongUsage => Self::from(2),
            Status::Interrupted => Self::from(interruption::STATUS),
        }
    }
}

/// Does what `arguments` say, the program's name first; returns the process's exit status.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help is an "error" too. Whoever closed the stream does not want to read it.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let status = match arguments.command {
        Some(Command::Examine(arguments)) => examine::run(&arguments),
        Some(Command::Resume(arguments)) => resume::run(&arguments),
        Some(Command::Compare(arguments)) => compare::run(&arguments),
        Some(Command::Demo(arguments)) => demo::run(&arguments),
        Some(Command::Lab(command)) => lab::run(&command),
        None => {
            complain(
                "this version has no window yet: give a command (palimpsest --help lists them)",
            );
            Status::WrongUsage
        }
    };
    status.into()
}
