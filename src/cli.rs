//! The command line: what scripts and other laboratories rely on. Results go to standard output,
//! everything else to standard error; the exit status is 0 when all was done, 1 when something failed
//! (one plain sentence says what), 2 for wrong usage and 130 after an interruption.

mod archive;
mod arguments;
mod assess;
mod calibrate;
mod compare;
mod demo;
mod evaluate;
mod examine;
mod exhibit;
mod exhibit_alone;
mod extend;
mod fetch;
mod finetune;
mod generate;
mod gpu_check;
mod interruption;
mod lab;
mod library;
mod model_fit;
mod models;
mod output;
mod paper;
mod pretrain;
mod progress;
mod protect;
mod report;
mod resume;
mod seal;
mod timestamp;
mod training;
mod validate;
mod values;
mod verify;
mod wrong_controls;

use std::ffi::OsString;
use std::fmt::{Debug, Display};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use output::complain;

use crate::logging;
use palimpsest_record::operator;

/// The end of a command.
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

/// The step that follows the reading of the arguments.
#[derive(Debug)]
pub enum Next {
    /// The end: the command was carried out.
    Exit(ExitCode),
    /// A window on what is named.
    Window(WindowTarget),
}

/// Content that a window is to open with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum WindowTarget {
    /// The desk, with these artworks.
    Artworks(Vec<PathBuf>),
    /// The case in a folder.
    Case(PathBuf),
    /// The demonstration.
    Demonstration,
}

/// Does what `arguments` say, the program's name first, as far as it needs no window.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Next {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help is an "error" too. Whoever closed the stream does not want to read it.
            let _ = error.print();
            // 0 for help, 2 for wrong usage.
            let status = u8::try_from(error.exit_code()).unwrap_or(2);
            return Next::Exit(ExitCode::from(status));
        }
    };
    if arguments.command.is_some()
        && let Err(error) = logging::begin("command line")
    {
        complain(&error.to_string());
    }
    if let Some(name) = &arguments.operator
        && let Err(error) = operator::remember(name)
    {
        complain(&format!(
            "the operator's name cannot be kept ({error}): set XDG_DATA_HOME to a folder that can be written"
        ));
        return Next::Exit(Status::Failed.into());
    }
    let status = match arguments.command {
        Some(Command::Examine(arguments)) => examine::run(&arguments),
        Some(Command::Resume(arguments)) => resume::run(&arguments),
        Some(Command::Extend(arguments)) => extend::run(&arguments),
        Some(Command::Assess(arguments)) => assess::run(&arguments),
        Some(Command::Calibrate(arguments)) => calibrate::run(&arguments),
        Some(Command::Verify(arguments)) => verify::run(&arguments),
        Some(Command::Exhibit(arguments)) => exhibit::run(&arguments),
        Some(Command::Archive(arguments)) => archive::run(&arguments),
        Some(Command::Timestamp(arguments)) => timestamp::run(&arguments),
        Some(Command::Seal(arguments)) => seal::run(&arguments),
        Some(Command::Siblings(arguments)) => seal::rank(&arguments),
        Some(Command::Compare(arguments)) => compare::run(&arguments),
        Some(Command::GpuCheck) => gpu_check::run(),
        Some(Command::Models(command)) => models::run(&command),
        Some(Command::Demo(arguments)) => demo::run(&arguments),
        Some(Command::Lab(command)) => lab::run(&command),
        None => match window_target(arguments.artworks, arguments.open) {
            Ok(target) => return Next::Window(target),
            Err(status) => status,
        },
    };
    tracing::info!(?status, "ended");
    Next::Exit(status.into())
}

/// Decides what the window opens with. A name that is no file may be a misspelt command: better said than shown.
fn window_target(artworks: Vec<PathBuf>, open: Option<PathBuf>) -> Result<WindowTarget, Status> {
    if let Some(missing) = artworks.iter().find(|path| !path.exists()) {
        complain(&format!(
            "\u{201c}{}\u{201d} is neither a command nor a file: palimpsest --help lists the commands",
            missing.display()
        ));
        return Err(Status::WrongUsage);
    }
    Ok(match open {
        Some(name) if name == Path::new("demo") => WindowTarget::Demonstration,
        Some(case) => WindowTarget::Case(case),
        None => WindowTarget::Artworks(artworks),
    })
}

/// Says why there is no window, for a program that ends with it.
pub fn no_window(error: &(impl Debug + Display)) -> ExitCode {
    output::fail(error).into()
}
