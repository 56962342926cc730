//! `palimpsest archive`.

use std::ops::ControlFlow;

use super::Status;
use super::arguments::ArchiveArguments;
use super::output::{fail, print};
use crate::case::archive::export;

pub(super) fn run(arguments: &ArchiveArguments) -> Status {
    let packed = export(&arguments.case, &arguments.out, |_| {
        ControlFlow::Continue(())
    });
    match packed {
        Ok(sha256) => print(&format!("{}\nSHA-256 {sha256}", arguments.out.display())),
        Err(error) => fail(&error),
    }
}
