//! The first half of a pretraining: the autoencoder, on crops of the corpus, first small, then larger.

use super::{PretrainingStage, Progress, Run};
use crate::training::average::Average;
use crate::training::batch::{Batch, groups};
use crate::training::components::{PrincipalComponents, SIDE as PATCH};
use crate::training::corpus::Corpus;
use crate::training::error::TrainingError;
use crate::training::optimiser::{self, Optimiser};
use crate::training::parameters::Parameters;
use crate::training::reconstruction::{self, Picture};
use crate::training::trainer::{Ending, Plan, Trainer};
use crate::training::{checkpoint, initial, linear_code, purpose};
use palimpsest_base::random::Random;
use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::autoencoder::{Decoder, Encoder};
use palimpsest_diffusion::files::config::AutoencoderGeometry;
use palimpsest_diffusion::files::{Parameter, Part, Precision, Weights};
use palimpsest_diffusion::network::backend::{Backend, Grid, Outcome};
use palimpsest_diffusion::network::cpu::Cpu;
use rayon::prelude::*;
use std::collections::BTreeMap;

pub(super) const CHECKPOINT: &str = "training-vae.safetensors";
/// Patches that the linear code is found from.
const PATCHES: usize = 30_000;
/// Crops in the first two thirds of the steps: how many, and their side in pixels; then in the rest.
const CROPS: [(usize, usize); 2] = [(16, 32), (4, 64)];
const DECAY: f32 = 0.998;

/// Trains and writes the autoencoder, unless that was done.
pub(super) fn train(
    run: &mut Run,
    corpus: &Corpus,
    unseen: &Corpus,
) -> Result<Ending, TrainingError> {
    run.emit(Progress::Stage(PretrainingStage::Autoencoder));
    let recipe = run.recipe;
    let geometry = AutoencoderGeometry::read(&run.file("vae/config.json"))?;
    let mut trainer = beginning(run, corpus)?;
    run.resumed(CHECKPOINT, &mut trainer)?;
    let (cpu, seed) = (run.cpu, recipe.seed);
    let networks = networks(&geometry, &trainer.parameters.weights(Part::Vae)?, cpu)?;
    let batch = |parameters: &Parameters, step: u64| {
        let late = step * 3 >= recipe.autoencoder_steps * 2;
        let (count, side) = CROPS[usize::from(late)];
        let grid = square(side);
        let dealt = (groups(parameters.numbers()), parameters.len());
        Batch::compute(cpu, count, dealt, |i, sums| {
            let index = step * CROPS[0].0 as u64 + i as u64;
            let mut random = Random::for_training(seed, purpose::CROP, index);
            let pixels = corpus.crop(side, &mut random);
            let latent = (side / geometry.factor()).pow(2) * geometry.latent_channels;
            let noise: Vec<f32> = (0..latent).map(|_| random.normal() as f32).collect();
            let picture = Picture {
                pixels: &pixels,
                grid,
                noise: &noise,
            };
            let (encoder, decoder) = (&networks.0, &networks.1);
            reconstruction::sample(cpu, (encoder, decoder), sums, &picture)
        })
    };
    let plan = Plan {
        steps: recipe.autoencoder_steps,
        rate: recipe.autoencoder_rate,
        last: 0.02,
    };
    let (file, identity) = (run.file(CHECKPOINT), run.identity(CHECKPOINT)?);
    let report = &mut *run.report;
    let ending = trainer.run(
        &plan,
        run.control,
        batch,
        |step| report(Progress::Step(step)),
        |trainer| checkpoint::save(&file, &identity, trainer),
    )?;
    if ending == Ending::Finished {
        write(run, &geometry, &trainer, unseen)?;
    }
    Ok(ending)
}

fn beginning(run: &Run, corpus: &Corpus) -> Result<Trainer, TrainingError> {
    let shapes = run.model.shapes(Part::Vae)?;
    let mut tensors = initial::values(&shapes, run.recipe.seed, 0);
    linear_code::write(&mut tensors, &code(corpus, run.recipe.seed));
    let parameters = Parameters::default().with(Part::Vae, tensors);
    let optimiser = Optimiser::new(&parameters, optimiser::PRETRAINING, |name| {
        name.contains("conv_in") || name.contains("conv_out")
    });
    Ok(Trainer {
        average: Some(Average::new(&parameters, DECAY)),
        parameters,
        optimiser,
    })
}

/// The linear code of the corpus's patches.
fn code(corpus: &Corpus, seed: u64) -> PrincipalComponents {
    let mut random = Random::for_training(seed, purpose::PATCH, 0);
    let patches: Vec<_> = (0..PATCHES)
        .map(|_| corpus.crop(PATCH, &mut random))
        .collect();
    PrincipalComponents::of(patches.iter().map(Vec::as_slice))
}

/// Writes the averaged weights, the latents' scale, and says how well unseen works come back.
fn write(
    run: &mut Run,
    geometry: &AutoencoderGeometry,
    trainer: &Trainer,
    unseen: &Corpus,
) -> Result<(), TrainingError> {
    let mean = trainer.result();
    let (encoder, decoder) = networks(geometry, &mean.weights(Part::Vae)?, run.cpu)?;
    let (cpu, channels) = (run.cpu, geometry.latent_channels);
    let grid = square(super::SIDE as usize);
    let measured = cpu.run(|| {
        let pictures = unseen.pictures.par_iter();
        let each = pictures.map(|picture| {
            let pixels = unit_pixels(picture.picture.as_raw());
            let (moments, latent_grid) = encoder.moments(cpu, &pixels, grid)?;
            let means: Vec<f32> = means(&moments, channels).collect();
            let (decoded, _) = decoder.pixels(cpu, &means, latent_grid)?;
            let squares = |values: &mut dyn Iterator<Item = f32>| {
                values.map(|v| f64::from(v).powi(2)).sum::<f64>()
            };
            let clamped = decoded.iter().map(|v| v.clamp(-1.0, 1.0));
            let error = squares(&mut clamped.zip(&pixels).map(|(a, b)| (a - b) / 2.0));
            let size = squares(&mut means.iter().copied());
            Ok((size / means.len() as f64, error / pixels.len() as f64))
        });
        each.collect::<Outcome<Vec<(f64, f64)>>>()
    })?;
    let count = measured.len().max(1) as f64;
    let square = measured.iter().map(|(size, _)| size).sum::<f64>() / count;
    let decibels = measured.iter().map(|(_, error)| -10.0 * error.log10());
    let fidelity = decibels.sum::<f64>() / count;
    let measured = 1.0 / square.sqrt();
    let mut tensors = mean.tensors(Part::Vae)?;
    let factor = match run.recipe.structure.scaling_factor() {
        None => measured as f32,
        Some(factor) => {
            stretch_latents(&mut tensors, channels, measured / f64::from(factor))?;
            factor
        }
    };
    run.model
        .write_component(Part::Vae, &tensors, Precision::Single)?;
    run.model.set_scaling_factor(factor)?;
    run.emit(Progress::Fidelity(fidelity));
    Ok(())
}

/// Makes all latents `stretch` times as long, and the pictures of these what they were: the means and deviations that
/// the encoder's last layer gives grow, and the decoder's first layer takes it back.
fn stretch_latents(
    tensors: &mut BTreeMap<String, Parameter>,
    channels: usize,
    stretch: f64,
) -> Outcome<()> {
    let factor = stretch as f32;
    let mut change = |name: &str, change: &dyn Fn(usize, f32) -> f32| {
        let Some(parameter) = tensors.get_mut(name) else {
            return Ok(());
        };
        let shape = parameter.shape().to_vec();
        let row = shape.iter().skip(1).product::<usize>().max(1);
        let values = parameter.values();
        let changed = values.iter().enumerate();
        let changed: Vec<f32> = changed.map(|(i, &v)| change(i / row, v)).collect();
        drop(values);
        *parameter = Parameter::from_values(shape, changed)?;
        Ok::<_, ModelError>(())
    };
    change(
        "encoder.conv_out.weight",
        &|row, value| match row < channels {
            true => value * factor,
            false => value,
        },
    )?;
    // A deviation is the exponential of half the log-variance.
    change(
        "encoder.conv_out.bias",
        &|row, value| match row < channels {
            true => value * factor,
            false => value + 2.0 * factor.ln(),
        },
    )?;
    change("decoder.conv_in.weight", &|_, value| value / factor)
}

/// The two halves.
pub(super) fn networks(
    geometry: &AutoencoderGeometry,
    weights: &Weights,
    cpu: &Cpu,
) -> Result<(Encoder<Cpu>, Decoder<Cpu>), ModelError> {
    Ok((
        Encoder::load(geometry, weights, cpu)?,
        Decoder::load(geometry, weights, cpu)?,
    ))
}

/// The means among the moments of a latent.
pub(super) fn means(moments: &[f32], channels: usize) -> impl Iterator<Item = f32> {
    let rows = moments.chunks_exact(2 * channels);
    rows.flat_map(move |row| row[..channels].iter().copied())
}

/// Bytes as values in [−1, 1].
pub(super) fn unit_pixels(bytes: &[u8]) -> Vec<f32> {
    bytes.iter().map(|&v| f32::from(v) / 127.5 - 1.0).collect()
}

pub(super) fn square(side: usize) -> Grid {
    Grid {
        height: side,
        width: side,
    }
}
