//! `palimpsest lab generate`.

use std::path::Path;

use super::arguments::GenerateArguments;
use super::output::{complain_of, fail, note, print};
use super::{Status, interruption, progress};
use palimpsest_method::generation::{GenerationError, Recipe, SamplingStep, generate};
use palimpsest_method::inversion::Control;
use palimpsest_method::models;

pub(super) fn run(arguments: &GenerateArguments) -> Status {
    let resolved = |model: &Path| models::resolve(model);
    let model = resolved(&arguments.model);
    let base = arguments.base.as_deref().map(resolved).transpose();
    let (model, base) = match (model, base) {
        (Ok(model), Ok(base)) => (model, base),
        (Err(error), _) | (_, Err(error)) => return fail(&error),
    };
    let recipe = Recipe {
        base,
        ..arguments.recipe(&model)
    };
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let made = progress::showing(&control, |steering| {
        generate(&recipe, &arguments.out, steering, &mut show)
    });
    match made {
        Ok(files) => print(&format!(
            "{} pictures are in {}",
            files.len(),
            arguments.out.display()
        )),
        Err(error) => {
            complain_of(&error);
            match error {
                GenerationError::Interrupted => Status::Interrupted,
                _ => Status::Failed,
            }
        }
    }
}

fn show(step: SamplingStep) {
    let SamplingStep {
        picture,
        pictures,
        step,
        steps,
    } = step;
    if step == 1 || step % 10 == 0 {
        note(&format!(
            "picture {picture}/{pictures}  step {step}/{steps}"
        ));
    }
}
