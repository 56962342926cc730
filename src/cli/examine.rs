//! `palimpsest examine`: begins a case and works on it to its end.

use super::arguments::ExamineArguments;
use super::report::report;
use super::{Status, interruption, progress};
use crate::casework;
use crate::inversion::Control;

pub(super) fn run(arguments: &ExamineArguments) -> Status {
    limit_threads(arguments.threads);
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let request = arguments.request();
    let result = progress::showing(&control, |steering| {
        casework::begin(&request, &arguments.artworks, &arguments.out, steering)
    });
    report(result, &arguments.out, arguments.json)
}

/// Pictures are resized and compared on the global pool, beside the networks' own.
fn limit_threads(threads: u16) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
    // That it exists already changes nothing but the speed.
    let _ = pool.build_global();
}
