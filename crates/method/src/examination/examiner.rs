//! Carries out a plan, one artwork after another: the noise predictors stay in memory from one descent
//! to the next, everything else comes and goes.

mod fitting;
mod readings;

pub use readings::PredictionLosses;

use std::path::Path;
use std::time::Instant;

use serde::Serialize;

use super::conclusion::{Conclusion, Descended, Examined};
use super::device_check::{Compared, DeviceCheck, OnBoth};
use super::machine::{DeviceName, MemoryName};
use super::models::{Models, Wanted};
use super::plan::Plan;
use super::planning::latent_shape;
use super::preparation::{Preparation, Prepared};
use super::{ExaminationError, MemoryRule, Progress, Request, Stage, Steering};
use crate::artwork::{Artwork, Crop, Reading};
use crate::inversion::{
    CheckpointError, Checkpoints, DrawSource, Draws, Ending, GapSubject, Inversion, InversionError,
    loss_gap, own_key,
};
use palimpsest_base::digest::Digest;
use palimpsest_base::error_kind::error_kind;
use palimpsest_diffusion::network::gpu;
use palimpsest_diffusion::noise_predictor::Sizes;
use palimpsest_diffusion::{Denoiser, Device, DiffusionModel, Engine, Memory, PromptEmbedding};

/// Times that a graphics card may be lost in one descent before the run ends with an error.
const LOSSES: usize = 2;

/// The models of a plan on a device, under its memory rule.
fn models_of(plan: &Plan, device: Device, steering: &Steering) -> Result<Models, ExaminationError> {
    steering.enter(Stage::OpeningModels)?;
    let wanted = Wanted {
        device: Some(device),
        threads: plan.threads,
        memory: MemoryRule::Fixed(plan.memory),
        resolution: Some(plan.resolution),
    };
    let pretrained = plan.pretrained.identity.root();
    let source = plan.finetuned.source();
    Ok(Models::open(&pretrained, &source, &plan.choices(), wanted)?)
}

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

/// The identity of the two denoisers.
#[derive(Serialize)]
struct Networks<'a> {
    pretrained: &'a Digest,
    pretrained_prompt: &'a str,
    finetuned: &'a Digest,
    prompt: &'a str,
    #[serde(with = "DeviceName")]
    device: Device,
    arithmetic: &'a str,
    #[serde(with = "MemoryName")]
    memory: Memory,
    /// Of the picture, where they are not those of generation.
    #[serde(skip_serializing_if = "Option::is_none")]
    sizes: Option<Sizes>,
}

/// One of each model.
struct Pair<T> {
    pretrained: T,
    finetuned: T,
}

impl Examiner {
    /// Opens the models of `request` and settles what it leaves open.
    ///
    /// # Errors
    /// Every [`ExaminationError`] about models, encoders, settings and draws.
    pub fn open(request: &Request, steering: &Steering) -> Result<Self, ExaminationError> {
        steering.enter(Stage::OpeningModels)?;
        let models = Models::open(
            &request.pretrained,
            &request.finetuned,
            &request.choices,
            Wanted::of(request),
        )?;
        models.check_finite()?;
        let (plan, warnings) = Plan::resolve(request, &models, steering)?;
        let mut examiner = Self::with(plan, models, steering)?;
        examiner.warnings = warnings;
        examiner.note_truncated_prompts();
        Ok(examiner)
    }

    /// Opens the models of a `plan` made earlier and makes sure that they are the same; `warnings`
    /// are those of then.
    ///
    /// # Errors
    /// As [`Examiner::open`], and [`ExaminationError::Changed`], [`ExaminationError::OtherArithmetic`]
    /// or [`ExaminationError::OtherVersion`] where the result could be another than then.
    pub fn reopen(
        plan: Plan,
        warnings: Vec<String>,
        steering: &Steering,
    ) -> Result<Self, ExaminationError> {
        let models = models_of(&plan, plan.device, steering)?;
        plan.check(&models, steering)?;
        let mut examiner = Self::with(plan, models, steering)?;
        examiner.warnings = warnings;
        Ok(examiner)
    }

    /// Opens the models of a `plan` made by any version on any machine, to do it over; returns also whether
    /// version and arithmetic are those of then, so that the result must be the same to the last bit.
    ///
    /// # Errors
    /// As [`Examiner::open`], and [`ExaminationError::Changed`] where a model is another than then.
    pub fn open_again(plan: Plan, steering: &Steering) -> Result<(Self, bool), ExaminationError> {
        // Where there is no such card, the processor comes as near as rounding lets it.
        let device = match plan.device {
            Device::Gpu if gpu::open().is_err() => Device::Cpu,
            device => device,
        };
        let models = models_of(&plan, device, steering)?;
        let here = Plan {
            arithmetic: models.engine.name(),
            version: env!("CARGO_PKG_VERSION").into(),
            ..plan.clone()
        };
        here.check(&models, steering)?;
        let same = here == plan;
        Ok((Self::with(plan, models, steering)?, same))
    }

    fn with(plan: Plan, models: Models, steering: &Steering) -> Result<Self, ExaminationError> {
        plan.settings.validate()?;
        let shape = latent_shape(&models, plan.resolution)?;
        for (role, model) in [
            ("pretrained", &plan.pretrained),
            ("fine-tuned", &plan.finetuned),
        ] {
            tracing::info!(
                role,
                sha256 = %model.identity.sha256,
                prediction = ?model.prediction,
                lora = model.lora.is_some(),
                latent = ?shape,
                "model opened"
            );
        }
        tracing::info!(
            device = ?plan.device,
            arithmetic = plan.arithmetic,
            threads = plan.threads,
            memory = ?plan.memory,
            "engine ready"
        );
        let draws = plan.draws(shape)?;
        steering.enter(Stage::ReadingPrompts)?;
        let prompts = Pair {
            pretrained: models.pretrained.embed(&plan.pretrained_prompt)?,
            finetuned: models.finetuned.embed(&plan.prompt)?,
        };
        Ok(Self {
            warnings: Vec::new(),
            denoisers: None,
            device_check: None,
            steering: steering.clone(),
            plan,
            models,
            prompts,
            draws,
        })
    }

    fn note_truncated_prompts(&mut self) {
        for (model, prompt) in [
            ("fine-tuned", &self.prompts.finetuned),
            ("pretrained", &self.prompts.pretrained),
        ] {
            if prompt.truncated {
                self.warnings.push(format!(
                    "The {model} model's prompt is longer than the text encoder reads: its end was cut off."
                ));
            }
        }
    }

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

    /// The inversion and the loss gap, continuing from the checkpoint if there is one. Where a graphics card is lost
    /// on the way, it is opened anew and goes on from there, a few times.
    ///
    /// # Errors
    /// [`ExaminationError::Interrupted`] if it was cancelled, and whatever the models and the
    /// checkpoint bring.
    pub fn descend(
        &mut self,
        prepared: &Prepared,
        checkpoints: Option<&Checkpoints>,
    ) -> Result<Descended, ExaminationError> {
        let mut losses = 0;
        loop {
            match self.descend_once(prepared, checkpoints) {
                Err(error) if self.models.engine.is_lost() && losses < LOSSES => {
                    tracing::warn!(kind = error_kind(&error), "the graphics card was lost");
                    losses += 1;
                    self.open_anew()?;
                }
                outcome => return outcome,
            }
        }
    }

    /// The models on a device opened anew, the same as before.
    fn open_anew(&mut self) -> Result<(), ExaminationError> {
        self.release_noise_predictors();
        let models = models_of(&self.plan, self.plan.device, &self.steering)?;
        self.plan.check(&models, &self.steering)?;
        self.models = models;
        Ok(())
    }

    fn descend_once(
        &mut self,
        prepared: &Prepared,
        checkpoints: Option<&Checkpoints>,
    ) -> Result<Descended, ExaminationError> {
        let inversion = Inversion {
            original: prepared.latent.clone(),
            start: prepared.start.clone(),
            kept: prepared.kept.clone(),
            settings: self.plan.settings.clone(),
            draws: self.draws_for(prepared)?,
            networks: self.networks(prepared.sizes())?,
        };
        self.check_device(prepared, &inversion.draws)?;
        let device_check = self.device_check;
        let steering = self.steering.clone();
        let control = steering.control();
        let key = match self.plan.compared {
            true => own_key(prepared.sha256()),
            false => 0,
        };
        let Pair {
            pretrained,
            finetuned,
        } = self.noise_predictors()?;
        let (pretrained, finetuned) = (pretrained.as_mut(), finetuned.as_mut());
        pretrained.describe_picture(prepared.sizes());
        finetuned.describe_picture(prepared.sizes());
        steering.enter(Stage::Descending)?;
        let observer = &mut |event| steering.emit(Progress::Inversion(event));
        let outcome = inversion.run(pretrained, finetuned, control, observer, checkpoints)?;
        if outcome.ending != Ending::Finished {
            return Err(ExaminationError::Interrupted);
        }
        steering.enter(Stage::MeasuringLossGap)?;
        let began = Instant::now();
        let subject = GapSubject {
            latent: &prepared.latent,
            turned: prepared.turned.as_ref(),
            key,
        };
        let loss_gap = loss_gap(subject, pretrained, finetuned, control)?;
        Ok(Descended {
            outcome,
            loss_gap: loss_gap.ok_or(ExaminationError::Interrupted)?,
            loss_gap_seconds: began.elapsed().as_secs_f64(),
            device_check,
        })
    }

    /// Computes the first draw on the processor too, where a card computes the run; once for all works.
    fn check_device(&mut self, prepared: &Prepared, draws: &Draws) -> Result<(), ExaminationError> {
        let Engine::Gpu(gpu, _) = &self.models.engine else {
            return Ok(());
        };
        if self.device_check.is_some() {
            return Ok(());
        }
        let card = gpu.adapter().to_string();
        let draw = draws.draw(0).map_err(InversionError::from)?;
        self.noise_predictors()?;
        let Some(Pair {
            pretrained,
            finetuned,
        }) = &mut self.denoisers
        else {
            return Ok(());
        };
        let compare = |card: &mut dyn Denoiser, model: &DiffusionModel, prompt, noise| {
            let mut processor = model.denoiser_on_processor(prompt)?;
            card.describe_picture(prepared.sizes());
            processor.describe_picture(prepared.sizes());
            let both: OnBoth = [card, processor.as_mut()];
            Compared::at(both, &prepared.start, draw.timestep, noise)
        };
        let (models, prompts) = (&self.models, &self.prompts);
        let check = DeviceCheck::of(
            &draw,
            compare(
                pretrained.as_mut(),
                &models.pretrained,
                &prompts.pretrained,
                &draw.noise,
            )?,
            compare(
                finetuned.as_mut(),
                &models.finetuned,
                &prompts.finetuned,
                draw.for_finetuned(),
            )?,
        );
        self.device_check = Some(check.accept(&card)?);
        Ok(())
    }

    /// The draws for latents of the prepared picture's shape.
    fn draws_for(&self, prepared: &Prepared) -> Result<Draws, ExaminationError> {
        match prepared.latent.shape() {
            shape if shape == self.draws.shape() => Ok(self.draws.clone()),
            shape => self.plan.draws(shape),
        }
    }

    /// All that decides the answers of the denoisers, as JSON.
    fn networks(&self, sizes: Option<Sizes>) -> Result<String, InversionError> {
        let plan = &self.plan;
        let networks = Networks {
            pretrained: &plan.pretrained.identity.sha256,
            pretrained_prompt: &plan.pretrained_prompt,
            finetuned: &plan.finetuned.identity.sha256,
            prompt: &plan.prompt,
            device: plan.device,
            arithmetic: &plan.arithmetic,
            memory: plan.memory,
            sizes,
        };
        serde_json::to_string(&networks).map_err(|error| CheckpointError::NoIdentity(error).into())
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
