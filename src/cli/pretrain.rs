//! `palimpsest lab pretrain`.

use super::arguments::PretrainArguments;
use super::output::{complain, fail, note, print};
use super::training::Losses;
use super::{Status, interruption};
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_lab::pretraining::{PretrainingStage, Progress, Recipe, leave_hashes, pretrain};
use palimpsest_lab::training::corpus_hashes;
use palimpsest_lab::training::trainer::Ending;
use palimpsest_method::inversion::Control;

pub(super) fn run(arguments: &PretrainArguments) -> Status {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let recipe = Recipe {
        artists: arguments.artists,
        works: arguments.works,
        folders: arguments.pictures.clone(),
        autoencoder_steps: arguments.autoencoder_steps,
        autoencoder_rate: arguments.autoencoder_rate,
        steps: arguments.steps,
        rate: arguments.rate,
        batch: arguments.batch.max(1),
        structure: arguments.structure,
        half: arguments.half,
        seed: arguments.seed,
    };
    if arguments.only_hashes {
        return match leave_hashes(&recipe, &arguments.out) {
            Ok(()) => print(&format!(
                "the hashes of the corpus are in {}",
                arguments.out.join(corpus_hashes::FILE).display()
            )),
            Err(error) => fail(&error),
        };
    }
    let cpu = match Cpu::new(arguments.threads.into(), Memory::Full) {
        Ok(cpu) => cpu,
        Err(error) => return fail(&error),
    };
    let mut display = Display::default();
    let ended = pretrain(&recipe, &arguments.out, &cpu, &control, &mut |news| {
        display.show(&news);
    });
    match ended {
        Ok(Ending::Finished) => print(&format!("the model is in {}", arguments.out.display())),
        Ok(Ending::Cancelled) => {
            complain("interrupted, and everything is kept: the same command goes on");
            Status::Interrupted
        }
        Err(error) => fail(&error),
    }
}

/// News as lines on standard error.
#[derive(Default)]
struct Display {
    losses: Losses,
}

impl Display {
    fn show(&mut self, news: &Progress) {
        match news {
            Progress::Stage(stage) => note(describe(*stage)),
            Progress::Step(step) => self.losses.show(step),
            Progress::Fidelity(decibels) => {
                note(&format!("unseen works come back with {decibels:.2} dB"));
            }
            Progress::Validation(loss) => note(&format!("loss on unseen works {loss:.5}")),
            Progress::Samples(file) => note(&format!("samples in {}", file.display())),
        }
    }
}

fn describe(stage: PretrainingStage) -> &'static str {
    match stage {
        PretrainingStage::Gathering => "Drawing the corpus",
        PretrainingStage::Autoencoder => "Training the autoencoder",
        PretrainingStage::Encoding => "Encoding the corpus",
        PretrainingStage::NoisePredictor => "Training noise predictor and text encoders",
    }
}
