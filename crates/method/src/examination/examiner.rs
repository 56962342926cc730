//! Carries out a plan, one artwork after another: the noise predictors stay in memory from one descent
//! to the next, everything else comes and goes.

mod descending;
mod fitting;
mod opening;
mod readings;

pub use readings::PredictionLosses;

use std::path::Path;

use super::conclusion::{Conclusion, Descended, Examined};
use super::device_check::DeviceCheck;
use super::models::Models;
use super::plan::Plan;
use super::preparation::{Preparation, Prepared};
use super::{ExaminationError, Stage, Steering};
use crate::artwork::{Artwork, Crop, Reading};
use crate::inversion::{DrawSource, Draws};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::{Denoiser, PromptEmbedding};

/// A pair of models and a plan, ready for artworks.
pub struct Examiner {
    plan: Plan,
    warnings: Vec<String>,
    models: Models,
    prompts: Pair<PromptEmbedding>,
    draws: Draws,
    denoisers: Option<Pair<Box<dyn Denoiser>>>,
    /// What card and processor made of the first draw, once that was asked.
    device_check: Option<DeviceCheck>,
    steering: Steering,
}

/// One of each model.
struct Pair<T> {
    pretrained: T,
    finetuned: T,
}

impl Examiner {
    /// Takes the draws of another seed; where draws are replayed there is no seed, and nothing changes.
    ///
    /// # Errors
    /// [`ExaminationError`] if there are no such draws.
    pub fn reseed(&mut self, seed: u64) -> Result<(), ExaminationError> {
        if let DrawSource::Seeded(seeded) = &mut self.plan.settings.draws {
            seeded.seed = seed;
            self.draws = self.plan.draws(self.draws.shape())?;
        }
        Ok(())
    }

    /// Reads the files of the works that follow in this way.
    pub fn read_as(&mut self, reading: Reading) {
        self.plan.reading = reading;
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Notes on the models and the settings, one sentence each.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Reads the artwork at `path` and makes all that the descent starts from. `sha256` is the hash
    /// that the file had when it was first looked at, `crop` says where what is examined of the picture, as it is seen, lies.
    ///
    /// # Errors
    /// [`ExaminationError`] if the picture or the autoencoder cannot be used, or if the picture has
    /// changed.
    pub fn prepare(
        &self,
        path: &Path,
        sha256: Option<Digest>,
        crop: Crop,
    ) -> Result<Prepared, ExaminationError> {
        let artwork = Artwork::open_as(path, self.plan.reading)?;
        if sha256.is_some_and(|sha256| sha256 != artwork.sha256()) {
            let path = path.to_owned();
            return Err(ExaminationError::Changed { path });
        }
        let preparation = Preparation {
            plan: &self.plan,
            engine: &self.models.engine,
            model: &self.models.pretrained,
            recorded_start: self.draws.start_latent(),
            crop: artwork.crop_in_reading(crop),
            encoders: &self.plan.encoders(),
            steering: &self.steering,
        };
        preparation.run(&artwork)
    }

    /// Brings the noise predictors into memory, where they are not there yet.
    ///
    /// # Errors
    /// [`ExaminationError`] if their weights cannot be used.
    pub fn load_noise_predictors(&mut self) -> Result<(), ExaminationError> {
        self.noise_predictors().map(|_| ())
    }

    fn noise_predictors(&mut self) -> Result<&mut Pair<Box<dyn Denoiser>>, ExaminationError> {
        let pair = match self.denoisers.take() {
            Some(pair) => pair,
            None => {
                self.steering.enter(Stage::LoadingNoisePredictors)?;
                Pair {
                    pretrained: self.models.pretrained.denoiser(&self.prompts.pretrained)?,
                    finetuned: self.models.finetuned.denoiser(&self.prompts.finetuned)?,
                }
            }
        };
        Ok(self.denoisers.insert(pair))
    }

    /// Takes the noise predictors out of memory: after the last descent, before the decoding.
    pub fn release_noise_predictors(&mut self) {
        self.denoisers = None;
        self.models.engine.trim();
    }

    /// The recovered picture and all scores.
    ///
    /// # Errors
    /// [`ExaminationError`] if the autoencoder cannot be used, or [`ExaminationError::Interrupted`].
    pub fn conclude(
        &self,
        prepared: Prepared,
        descended: Descended,
    ) -> Result<Examined, ExaminationError> {
        let conclusion = Conclusion {
            plan: &self.plan,
            engine: &self.models.engine,
            model: &self.models.pretrained,
            encoders: &self.plan.encoders(),
            steering: &self.steering,
            warnings: &self.warnings,
        };
        conclusion.run(prepared, descended)
    }
}
