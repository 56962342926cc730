//! The second half of a pretraining: noise predictor and text encoders together, on latents.

use super::latents::{Encoded, encode, tokenizers, tokens};
use super::networks::{Fixed, Networks};
use super::samples;
use super::{PretrainingStage, Progress, Run};
use crate::small_model::Structure;
use crate::training::average::Average;
use crate::training::batch::{Batch, groups};
use crate::training::corpus::Corpus;
use crate::training::error::TrainingError;
use crate::training::optimiser::{self, Optimiser};
use crate::training::parameters::Parameters;
use crate::training::trainer::{Ending, Plan, Trainer};
use crate::training::{checkpoint, initial, purpose};
use palimpsest_base::random::Random;
use palimpsest_diffusion::files::config::{SchedulerConfig, TextGeometry, UnetGeometry};
use palimpsest_diffusion::files::{Part, Precision};
use palimpsest_diffusion::network::backend::Outcome;
use palimpsest_diffusion::{ModelError, Schedule};
use std::time::{Duration, Instant};

const CHECKPOINT: &str = "training-unet.safetensors";
const DECAY: f32 = 0.999;
/// Time between two looks at the loss on unseen works and at samples.
const BETWEEN_LOOKS: Duration = Duration::from_secs(300);

/// Trains and writes noise predictor and text encoders.
pub(super) fn train(
    run: &mut Run,
    corpus: &Corpus,
    unseen: &Corpus,
) -> Result<Ending, TrainingError> {
    run.emit(Progress::Stage(PretrainingStage::Encoding));
    let folder = run.model.folder().to_owned();
    let structure = run.recipe.structure;
    let latents = encode(&folder, structure, corpus, run.cpu)?;
    let unseen = encode(&folder, structure, unseen, run.cpu)?;
    run.emit(Progress::Stage(PretrainingStage::NoisePredictor));
    let recipe = run.recipe;
    let scheduler = SchedulerConfig::read(&run.file("scheduler/scheduler_config.json"))?;
    let tokenizers = tokenizers(recipe.structure, &folder)?;
    let fixed = Fixed {
        unet: UnetGeometry::read(&run.file("unet/config.json"))?,
        text: text_parts(recipe.structure)
            .map(|part| {
                let config = run.file(part.folder()).join("config.json");
                Ok::<_, ModelError>((part, TextGeometry::read(&config)?))
            })
            .collect::<Result<_, _>>()?,
        schedule: Schedule::new(&scheduler)?,
        nothing: tokens(&tokenizers, "")?,
        cpu: run.cpu,
    };
    let mut trainer = beginning(run)?;
    run.resumed(CHECKPOINT, &mut trainer)?;
    // Only now: a recipe that the checkpoints refuse did not make this model.
    super::record(recipe, &folder)?;
    let dealt = (
        groups(trainer.parameters.numbers()),
        trainer.parameters.len(),
    );
    let networks = fixed.networks(&trainer.parameters)?;
    let averaged = fixed.networks(trainer.result())?;
    let batch = |_: &Parameters, step: u64| {
        Batch::compute(fixed.cpu, recipe.batch, dealt, |i, sums| {
            let index = step * recipe.batch as u64 + i as u64;
            let mut random = Random::for_training(recipe.seed, purpose::LATENT, index);
            let encoded = &latents[random.integer(0, latents.len() - 1)];
            fixed.sample(&networks, sums, encoded, &mut random)
        })
    };
    let plan = Plan {
        steps: recipe.steps,
        rate: recipe.rate,
        last: 0.02,
    };
    let (file, identity) = (run.file(CHECKPOINT), run.identity(CHECKPOINT)?);
    let told = std::cell::RefCell::new(&mut *run.report);
    let mut looked = Instant::now();
    let ending = trainer.run(
        &plan,
        run.control,
        batch,
        |step| (told.borrow_mut())(Progress::Step(step)),
        |trainer| {
            checkpoint::save(&file, &identity, trainer)?;
            if looked.elapsed() >= BETWEEN_LOOKS {
                looked = Instant::now();
                let loss = validation(&fixed, &averaged, &unseen)?;
                let samples = samples::write(&fixed, &averaged, &tokenizers, &folder)?;
                (told.borrow_mut())(Progress::Validation(loss));
                (told.borrow_mut())(Progress::Samples(samples));
            }
            Ok(())
        },
    )?;
    if ending == Ending::Finished {
        let mean = trainer.result();
        for part in trained(recipe.structure) {
            run.model
                .write_component(part, &mean.tensors(part)?, Precision::Single)?;
        }
        let loss = validation(&fixed, &averaged, &unseen)?;
        let samples = samples::write(&fixed, &averaged, &tokenizers, &folder)?;
        run.emit(Progress::Validation(loss));
        run.emit(Progress::Samples(samples));
    }
    Ok(ending)
}

/// The text encoders.
fn text_parts(structure: Structure) -> impl Iterator<Item = Part> {
    let parts = structure.parts().into_iter();
    parts.filter(|part| Part::TEXT.contains(part))
}

/// What is trained here: all but the autoencoder.
fn trained(structure: Structure) -> impl Iterator<Item = Part> {
    std::iter::once(Part::Unet).chain(text_parts(structure))
}

fn beginning(run: &Run) -> Result<Trainer, TrainingError> {
    let mut parameters = Parameters::default();
    // The autoencoder's values are drawn with 0.
    for (part, index) in trained(run.recipe.structure).zip(1..) {
        let shapes = run.model.shapes(part)?;
        parameters = parameters.with(part, initial::values(&shapes, run.recipe.seed, index));
    }
    let optimiser = Optimiser::new(&parameters, optimiser::PRETRAINING, |name| {
        name.ends_with("conv_in.weight")
            || name.ends_with("conv_out.weight")
            || name.contains("embeddings")
    });
    Ok(Trainer {
        average: Some(Average::new(&parameters, DECAY)),
        parameters,
        optimiser,
    })
}

/// The mean loss on unseen works, at draws that are always the same.
fn validation(fixed: &Fixed, networks: &Networks, unseen: &[Encoded]) -> Outcome<f64> {
    let dealt = (networks.groups, 0);
    let batch = Batch::compute(fixed.cpu, unseen.len(), dealt, |i, none| {
        let mut random = Random::for_training(0, purpose::VALIDATION, i as u64);
        fixed.sample(networks, none, &unseen[i], &mut random)
    })?;
    Ok(batch.loss)
}
