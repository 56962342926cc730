//! `palimpsest extend`: adds controls to a case that was examined without, or with too few.

use super::arguments::{ExtendArguments, pictures_within};
use super::output::{complain, fail};
use super::report::report;
use super::{Status, interruption, progress};
use palimpsest_lab::training::error::TrainingError;
use palimpsest_method::artwork::{Crop, PictureFolder};
use palimpsest_method::inversion::Control as Steered;
use palimpsest_record::case::Role;
use palimpsest_record::casework::{self, Control};

pub(super) fn run(arguments: &ExtendArguments) -> Status {
    let controls = match controls(arguments) {
        Ok(controls) => controls,
        Err(error) => return fail(&error),
    };
    for folder in arguments
        .controls
        .iter()
        .chain(&arguments.known.positive_controls)
    {
        // What cannot be listed was refused before.
        let unread = PictureFolder::list(folder).ok();
        unread
            .and_then(|listed| listed.sentence(folder))
            .iter()
            .for_each(|note| complain(note));
    }
    if let Err(error) = casework::add_controls(&arguments.case, &controls) {
        return fail(&error);
    }
    let control = Steered::new();
    interruption::cancel_on_ctrl_c(&control);
    let result = progress::showing(&control, |steering| {
        casework::resume(&arguments.case, steering)
    });
    report(result, &arguments.case, arguments.json)
}

fn controls(arguments: &ExtendArguments) -> Result<Vec<Control>, TrainingError> {
    let roles = [
        (Role::Negative, &arguments.controls),
        (Role::Positive, &arguments.known.positive_controls),
    ];
    let mut controls = Vec::new();
    for (role, folders) in roles {
        controls.extend(pictures_within(folders)?.into_iter().map(|path| Control {
            path,
            crop: Crop::CENTRE,
            role,
            declared: arguments.known.declare.clone(),
        }));
    }
    Ok(controls)
}
