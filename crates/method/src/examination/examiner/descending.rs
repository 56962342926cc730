//! The descent of one artwork: the inversion and the loss gap, on a card that may be lost on the way and whose first draw
//! the processor computes as well.

use std::time::Instant;

use serde::Serialize;

use super::opening::models_of;
use super::{Examiner, Pair};
use crate::examination::conclusion::Descended;
use crate::examination::device_check::{Compared, DeviceCheck, OnBoth};
use crate::examination::machine::{DeviceName, MemoryName};
use crate::examination::preparation::Prepared;
use crate::examination::{ExaminationError, Progress, Stage};
use crate::inversion::{
    CheckpointError, Checkpoints, Draws, Ending, GapSubject, Inversion, InversionError, loss_gap,
    own_key,
};
use palimpsest_base::digest::Digest;
use palimpsest_base::error_kind::error_kind;
use palimpsest_diffusion::noise_predictor::Sizes;
use palimpsest_diffusion::{Denoiser, Device, DiffusionModel, Engine, Memory};

/// Times that a graphics card may be lost in one descent before the run ends with an error.
const LOSSES: usize = 2;

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

impl Examiner {
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
}
