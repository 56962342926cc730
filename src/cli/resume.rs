//! `palimpsest resume`: goes on with a case that was left before its end.

use super::arguments::ResumeArguments;
use super::output::fail;
use super::report::report;
use super::{Status, interruption, progress};
use palimpsest_method::inversion::Control;
use palimpsest_record::case::Case;
use palimpsest_record::casework;

pub(super) fn run(arguments: &ResumeArguments) -> Status {
    if !arguments.files.is_empty()
        && let Err(error) = Case::look_for_files(&arguments.case, &arguments.files)
    {
        return fail(&error);
    }
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let result = progress::showing(&control, |steering| {
        casework::resume(&arguments.case, steering)
    });
    report(result, &arguments.case, arguments.json)
}
