//! ASPL's rounds over all pictures together: a copy of the model learns clean pictures, the changed ones climb its loss,
//! and the model learns these. What was kept of an interrupted run goes on to the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use image::RgbImage;
use palimpsest_diffusion::Latent;
use palimpsest_diffusion::files::{
    Parameter, Precision, Weights, safetensors_header, write_tensors,
};
use palimpsest_method::inversion::Control;

use super::ProtectionStep;
use super::climbing::{Climber, Pace};
use super::error::ProtectionError;
use super::perturbed::Perturbed;
use super::record::Ledger;
use super::surrogate::Surrogate;
use super::work::Work;
use crate::training::trainer::Ending;

/// Steps of the pictures in a round.
const CLIMBING_STEPS: usize = 6;
/// The state of an interrupted run. It is removed when the pictures are complete.
const CHECKPOINT: &str = "protect.safetensors";
/// Time between two checkpoints, at least.
const BETWEEN_SAVES: Duration = Duration::from_secs(60);
/// Names of the checkpoint's entries about the run.
const RUN: &str = "palimpsest_protection";
const ROUND: &str = "round";

/// Changes `works`, while a model learns them in turns with `clean`, or where there are none with the works as they were.
pub(super) fn protect(
    climber: &Climber,
    (works, clean): (&[Work], &[Work]),
    ledger: &mut Ledger,
    control: &Control,
    report: &mut dyn FnMut(ProtectionStep),
) -> Result<Ending, ProtectionError> {
    let recipe = climber.recipe;
    let clean = if clean.is_empty() { works } else { clean };
    let encoded = |picture: &RgbImage| Ok::<_, ProtectionError>(climber.model.encode(picture)?);
    let clean = clean.iter().map(|work| encoded(&work.picture));
    let clean: Vec<Latent> = clean.collect::<Result<_, _>>()?;
    let mut run = Run {
        surrogate: Surrogate::new(climber)?,
        pictures: (works.iter())
            .map(|work| Perturbed::new(work.picture.clone(), recipe.budget))
            .collect(),
        file: ledger.folder().join(CHECKPOINT),
        request: ledger.request(),
    };
    let first = run.resume()?;
    let rounds = recipe.steps.div_ceil(CLIMBING_STEPS);
    let left = recipe.steps.saturating_sub(first * CLIMBING_STEPS);
    let mut pace = Pace::new(left * works.len());
    let mut saved = Instant::now();
    for round in first..rounds {
        let before: Vec<Vec<f32>> = run.levels();
        let mut denoiser = run.surrogate.with_clean(&clean, round as u64)?;
        let steps = round * CLIMBING_STEPS..recipe.steps.min((round + 1) * CLIMBING_STEPS);
        for step in steps {
            for (number, (work, picture)) in works.iter().zip(&mut run.pictures).enumerate() {
                if !control.may_proceed() {
                    // The model is that of the round's beginning, and so are these.
                    run.save(round, before)?;
                    return Ok(Ending::Cancelled);
                }
                let value = climber.step(work, picture, step, &mut *denoiser)?;
                report(ProtectionStep {
                    picture: number + 1,
                    pictures: works.len(),
                    step: step + 1,
                    steps: recipe.steps,
                    value,
                    seconds_left: pace.step(),
                });
            }
        }
        let changed = run.pictures.iter().map(|one| encoded(&one.picture()));
        let changed: Vec<Latent> = changed.collect::<Result<_, _>>()?;
        run.surrogate.with_changed(&changed, round as u64)?;
        if saved.elapsed() >= BETWEEN_SAVES {
            run.save(round + 1, run.levels())?;
            saved = Instant::now();
        }
    }
    let mut denoiser = climber.model.denoiser(&climber.prompt)?;
    for (work, picture) in works.iter().zip(&run.pictures) {
        let changed = picture.picture();
        let losses = climber.losses(work, [&work.picture, &changed], &mut *denoiser)?;
        ledger.enter(work, &changed, losses)?;
    }
    run.finish()?;
    Ok(Ending::Finished)
}

/// A run under way.
struct Run<'a> {
    surrogate: Surrogate<'a>,
    pictures: Vec<Perturbed>,
    /// Its checkpoint.
    file: PathBuf,
    /// What it was begun with.
    request: String,
}

impl Run<'_> {
    fn levels(&self) -> Vec<Vec<f32>> {
        let pictures = self.pictures.iter();
        pictures.map(|one| one.levels().to_vec()).collect()
    }

    /// Keeps the state before round `round`.
    fn save(&self, round: usize, levels: Vec<Vec<f32>>) -> Result<(), ProtectionError> {
        let model = self.surrogate.values();
        let pictures = levels.into_iter().enumerate();
        let pictures = pictures.map(|(number, levels)| (picture_name(number), Arc::new(levels)));
        let tensors = model.chain(pictures).map(|(name, values)| {
            let parameter = Parameter::from_values(vec![values.len()], values)?;
            Ok::<_, ProtectionError>((name, parameter))
        });
        let tensors: BTreeMap<String, Parameter> = tensors.collect::<Result<_, _>>()?;
        let record = BTreeMap::from([
            (RUN.to_owned(), self.request.clone()),
            (ROUND.to_owned(), round.to_string()),
        ]);
        write_tensors(&self.file, &tensors, Precision::Single, &record)?;
        Ok(())
    }

    /// Goes back to where an interrupted run was, if there is one: the round that comes next.
    fn resume(&mut self) -> Result<usize, ProtectionError> {
        if !self.file.exists() {
            return Ok(0);
        }
        let foreign = |why: &str| ProtectionError::Checkpoint {
            file: self.file.clone(),
            why: why.into(),
        };
        let record = safetensors_header::record(&self.file)?;
        if record.get(RUN) != Some(&self.request) {
            return Err(foreign("it is of another run"));
        }
        let round = record.get(ROUND).and_then(|round| round.parse().ok());
        let round = round.ok_or_else(|| foreign("it does not say its round"))?;
        let weights = Weights::open(std::slice::from_ref(&self.file))?;
        let read = |name: &str, length: usize| {
            let values = weights.parameter(name, &[length])?;
            Ok::<_, ProtectionError>(values.into_values())
        };
        let model: Vec<(String, usize)> = (self.surrogate.values())
            .map(|(name, values)| (name, values.len()))
            .collect();
        for (slot, (name, length)) in model.iter().enumerate() {
            if !self.surrogate.restore(slot, &read(name, *length)?) {
                return Err(foreign("it is of another model"));
            }
        }
        for (number, picture) in self.pictures.iter_mut().enumerate() {
            let levels = read(&picture_name(number), picture.levels().len())?;
            if !picture.restore(&levels) {
                return Err(ProtectionError::Checkpoint {
                    file: self.file.clone(),
                    why: "it is of other pictures".into(),
                });
            }
        }
        Ok(round)
    }

    /// Removes what was kept: the pictures are there.
    fn finish(&self) -> Result<(), ProtectionError> {
        match fs::remove_file(&self.file) {
            Err(source) if source.kind() != ErrorKind::NotFound => Err(ProtectionError::Write {
                file: self.file.clone(),
                source,
            }),
            _ => Ok(()),
        }
    }
}

fn picture_name(number: usize) -> String {
    format!("picture/{number}")
}
