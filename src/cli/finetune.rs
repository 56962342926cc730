//! `palimpsest lab finetune`.

use std::sync::Arc;

use super::arguments::FinetuneArguments;
use super::output::{complain, fail, note, print};
use super::progress::duration;
use super::training::Losses;
use super::{Status, interruption};
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_lab::finetuning::{Estimate, Pictures, Progress, Recipe, finetune};
use palimpsest_lab::training::trainer::Ending;
use palimpsest_method::inversion::Control;
use palimpsest_method::models;

pub(super) fn run(arguments: &FinetuneArguments) -> Status {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let base = match models::resolve(&arguments.base) {
        Ok(base) => base,
        Err(error) => return fail(&error),
    };
    let pictures = Pictures::Folder(arguments.pictures.clone());
    let recipe = Recipe {
        prior: arguments.prior.clone(),
        text_encoder: arguments.text_encoder,
        resolution: arguments.resolution,
        steps: arguments.steps,
        half: arguments.half,
        augmentation: arguments.augmentation,
        caption_dropout: arguments.caption_dropout,
        seed: arguments.seed,
        ..arguments.training.recipe(&base, pictures)
    };
    let cpu = match Cpu::new(arguments.threads.into(), Memory::Full) {
        Ok(cpu) => Arc::new(cpu),
        Err(error) => return fail(&error),
    };
    let mut display = Display::default();
    let ended = finetune(&recipe, &arguments.out, &cpu, &control, &mut |news| {
        display.show(&news);
    });
    match ended {
        Ok(Ending::Finished) => print(&format!(
            "the fine-tuned model is in {}",
            arguments.out.display()
        )),
        Ok(Ending::Cancelled) => {
            complain("interrupted; the same command goes on where it was");
            Status::Interrupted
        }
        Err(error) => fail(&error),
    }
}

/// News of a fine-tuning as lines on standard error.
#[derive(Default)]
pub(super) struct Display {
    losses: Losses,
}

impl Display {
    pub fn show(&mut self, news: &Progress) {
        match news {
            Progress::Estimate(estimate) => note(&describe(estimate)),
            Progress::Step(step) => self.losses.show(step),
        }
    }
}

fn describe(estimate: &Estimate) -> String {
    let done = match estimate.done {
        0 => String::new(),
        done => format!(" ({done} of them made before)"),
    };
    format!(
        "{} pictures, {} steps{done} at rate {:e}, {} numbers trained: about {} and {:.1} GiB of memory",
        estimate.pictures,
        estimate.steps,
        estimate.rate,
        estimate.trained,
        duration(estimate.seconds),
        estimate.bytes as f64 / f64::from(1 << 30)
    )
}
