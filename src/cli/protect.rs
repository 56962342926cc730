//! `palimpsest lab protect`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::arguments::ProtectArguments;
use super::output::{complain, complain_of, note, print};
use super::progress::duration;
use super::{Status, interruption};
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_lab::protection::{ProtectionError, ProtectionStep, RECORD, protect};
use palimpsest_lab::training::corpus::pictures_in;
use palimpsest_lab::training::trainer::Ending;
use palimpsest_method::inversion::Control;
use palimpsest_method::models;

/// Shortest time between two lines.
const PAUSE: Duration = Duration::from_secs(5);

pub(super) fn run(arguments: &ProtectArguments) -> Status {
    if let Some((option, of)) = arguments.misplaced() {
        complain(&format!(
            "{option} is an option of --method {} and not of {}: leave it out",
            of.name(),
            arguments.method.name()
        ));
        return Status::WrongUsage;
    }
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    match changed(arguments, &control) {
        Ok(Ending::Finished) => print(&format!(
            "the changed pictures are in {}, and what was done to them is in {}",
            arguments.out.display(),
            arguments.out.join(RECORD).display()
        )),
        Ok(Ending::Cancelled) => interrupted(),
        Err(error) if error.is_interruption() => interrupted(),
        Err(error) => {
            complain_of(&error);
            Status::Failed
        }
    }
}

fn interrupted() -> Status {
    complain("interrupted; the same command goes on where it was");
    Status::Interrupted
}

fn changed(arguments: &ProtectArguments, control: &Control) -> Result<Ending, ProtectionError> {
    let model = models::resolve(&arguments.model)?;
    let files = pictures_in(&arguments.pictures)?;
    let cpu = Arc::new(Cpu::new(arguments.threads.into(), Memory::Full)?);
    let recipe = arguments.recipe(&model);
    let mut shown = None;
    protect(
        &recipe,
        &files,
        &arguments.out,
        &cpu,
        control,
        &mut |step| {
            show(&step, &mut shown);
        },
    )
}

fn show(step: &ProtectionStep, shown: &mut Option<Instant>) {
    let due = shown.is_none_or(|shown| shown.elapsed() >= PAUSE);
    let last = step.step == step.steps && step.picture == step.pictures;
    if !due && !last {
        return;
    }
    *shown = Some(Instant::now());
    note(&format!(
        "picture {}/{}  step {}/{}  climbed {:.5}  {} left",
        step.picture,
        step.pictures,
        step.step,
        step.steps,
        step.value,
        duration(step.seconds_left)
    ));
}
