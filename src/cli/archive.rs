//! `palimpsest archive`.

use std::ops::ControlFlow;

use super::Status;
use super::arguments::ArchiveArguments;
use super::output::{fail, note, print};
use palimpsest_record::casework::inputs::archive;

pub(super) fn run(arguments: &ArchiveArguments) -> Status {
    let packed = archive(&arguments.case, &arguments.out, |_| {
        ControlFlow::Continue(())
    });
    match packed {
        Ok((sha256, inputs)) => {
            for missing in &inputs.missing {
                note(&format!(
                    "to be known: {} is no longer there and could not be hashed again",
                    missing.path.display()
                ));
            }
            print(&format!("{}\nSHA-256 {sha256}", arguments.out.display()))
        }
        Err(error) => fail(&error),
    }
}
