//! Opening the models of a request, or of a plan that was made before.

use super::{Examiner, Pair};
use crate::examination::models::{Models, Wanted};
use crate::examination::plan::Plan;
use crate::examination::planning::latent_shape;
use crate::examination::{ExaminationError, MemoryRule, Request, Stage, Steering};
use palimpsest_diffusion::Device;
use palimpsest_diffusion::network::gpu;

/// The models of a plan on a device, under its memory rule.
pub(super) fn models_of(
    plan: &Plan,
    device: Device,
    steering: &Steering,
) -> Result<Models, ExaminationError> {
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

    pub(super) fn with(
        plan: Plan,
        models: Models,
        steering: &Steering,
    ) -> Result<Self, ExaminationError> {
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
}
