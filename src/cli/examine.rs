//! `palimpsest examine`: begins a case and works on it to its end.

use super::arguments::ExamineArguments;
use super::output::{ask_for_operator, complain, fail};
use super::report::report;
use super::{Status, interruption, progress};
use palimpsest_base::user_folders;
use palimpsest_method::examination::Request;
use palimpsest_method::inversion::Control;
use palimpsest_method::models::{self, ModelsError};
use palimpsest_record::casework::{self, Assignment, Questioned};

pub(super) fn run(arguments: &ExamineArguments) -> Status {
    ask_for_operator();
    limit_threads(arguments.pair.threads);
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let request = match resolved(arguments.request()) {
        Ok(request) => request,
        Err(error) => return fail(&error),
    };
    let artworks = arguments.artworks.iter().cloned().map(Questioned::from);
    let assignment = match arguments.controls.assignment(request, artworks.collect()) {
        Ok(assignment) => assignment,
        Err(error) => return fail(&error),
    };
    let assignment = Assignment {
        registry: Some(user_folders::data()),
        further_readings: arguments.reading.further.clone(),
        ..assignment
    };
    let assignment = match &assignment.null_run {
        None => assignment,
        Some(model) => match models::resolve_source(model) {
            Ok(model) => Assignment {
                null_run: Some(model),
                ..assignment
            },
            Err(error) => return fail(&error),
        },
    };
    for note in &assignment.notes {
        complain(note);
    }
    let result = progress::showing(&control, |steering| {
        casework::begin(&assignment, &arguments.out, steering)
    });
    report(result, &arguments.out, arguments.json)
}

/// The request with the folders of built-in models in place of their names.
pub(super) fn resolved(request: Request) -> Result<Request, ModelsError> {
    Ok(Request {
        pretrained: models::resolve(&request.pretrained)?,
        finetuned: models::resolve_source(&request.finetuned)?,
        ..request
    })
}

/// Pictures are resized and compared on the global pool, beside the networks' own.
fn limit_threads(threads: u16) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
    // That it exists already changes nothing but the speed.
    let _ = pool.build_global();
}
