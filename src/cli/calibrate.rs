//! `palimpsest calibrate`.

use std::sync::Arc;

use super::arguments::CalibrateArguments;
use super::evaluate::ended;
use super::finetune::Display;
use super::output::{complain, fail, note, print};
use super::{Status, interruption, progress};
use palimpsest_base::experiment_manifest::begin_or_continue;
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_lab::calibration::{Assignment, METHODS, calibrate};
use palimpsest_lab::evaluation::error::EvaluationError;
use palimpsest_lab::evaluation::experiment::News;
use palimpsest_method::inversion::Control;
use palimpsest_record::case::CaseView;
use palimpsest_record::casework;

/// The file that a calibration is kept in.
const FILE: &str = "calibration.json";

pub(super) fn run(arguments: &CalibrateArguments) -> Status {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let view = match CaseView::read(&arguments.case) {
        Ok(view) => view,
        Err(error) => return fail(&error),
    };
    if view.plan.settings.seed().is_none() || view.question.repeats > 1 {
        complain(
            "a calibration is made with draws from a seed, one examination a work; this case replays its draws or repeats examinations",
        );
        return Status::Failed;
    }
    let assignment = Assignment {
        repeats: view.question.repeats,
        plan: view.plan,
        pictures: arguments.pictures.clone(),
        methods: match arguments.recipe.as_slice() {
            [] => METHODS.to_vec(),
            some => some.to_vec(),
        },
        rate: arguments.rate.map(|rate| rate as f32),
        seed: arguments.seed,
    };
    let made = progress::showing(&control, |steering| {
        // A folder of works that all had the same draws is not gone on with.
        let settings = format!(
            "calibration, every work with its own draws {:#?}\n",
            (&assignment, &arguments.pictures)
        );
        begin_or_continue(&arguments.out, &settings)?;
        let cpu = Arc::new(Cpu::new(arguments.threads.into(), Memory::Full)?);
        let mut display = Display::default();
        calibrate(
            &assignment,
            &arguments.out,
            &cpu,
            steering,
            &mut |method, news| match news {
                News::Finetuning(progress) => display.show(&progress),
                News::Set(_) => note(&format!("mock fine-tune: {method}")),
                News::Variant(_) => {}
            },
        )
    });
    let calibration = match made {
        Ok(calibration) => calibration,
        Err(error) => return ended(&error),
    };
    let file = arguments.out.join(FILE);
    let kept = calibration
        .write(&file)
        .and_then(|()| casework::add_calibration(&arguments.case, &file));
    match kept {
        Ok(name) => print(&format!(
            "the calibration is {} and in the case as {name}; palimpsest assess {} weighs the case with it",
            file.display(),
            arguments.case.display()
        )),
        Err(error) => ended(&EvaluationError::from(error)),
    }
}
