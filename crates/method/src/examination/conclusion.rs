//! From a descended latent to findings: the recovered picture and all scores.

use std::time::Instant;

use image::RgbImage;

use super::preparation::Prepared;
use super::scores::{self, Encoders};
use super::{
    DeviceCheck, ExaminationError, Files, Findings, NotEvaluated, Plan, Recovery, Scores, Stage,
    Steering,
};
use crate::inversion::{InversionOutcome, LossGap};
use crate::similarity::recovery::{recovery_direction, recovery_gain_db};
use palimpsest_diffusion::{DiffusionModel, Engine, Latent};

/// The end of the descent of one artwork.
pub struct Descended {
    pub(super) outcome: InversionOutcome,
    pub(super) loss_gap: LossGap,
    pub(super) loss_gap_seconds: f64,
    pub(super) device_check: Option<DeviceCheck>,
}

/// A finished examination of one artwork.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The findings; the names of the files are for whoever writes them.
    pub findings: Findings,
    /// The recovered picture.
    pub recovered: RgbImage,
    /// The latents that it comes from.
    pub tensors: Tensors,
}

/// The latents of an examination, scaled as the noise predictors see them, and the mask.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensors {
    /// z, the artwork's own.
    pub latent: Latent,
    /// The mask on the latent grid, row by row, 1 where kept.
    pub mask: Vec<f32>,
    /// s, what the removed cells started from.
    pub start_latent: Latent,
    /// u after the last step.
    pub recovered_latent: Latent,
}

/// The needs of concluding beside the latents.
pub(super) struct Conclusion<'a> {
    pub plan: &'a Plan,
    pub engine: &'a Engine,
    pub model: &'a DiffusionModel,
    pub encoders: &'a Encoders,
    pub steering: &'a Steering,
    /// Notes on the models and the settings.
    pub warnings: &'a [String],
}

impl Conclusion<'_> {
    pub fn run(
        &self,
        prepared: Prepared,
        descended: Descended,
    ) -> Result<Examined, ExaminationError> {
        let began = Instant::now();
        let outcome = descended.outcome;
        self.steering.enter(Stage::Decoding)?;
        let recovered = self.model.decode(&outcome.recovered)?;
        self.steering.enter(Stage::Scoring)?;
        let mut missing = NotEvaluated::new();
        let [similarity, partial_similarity] = self.likeness(&prepared, &recovered, &mut missing);
        let recovery = self.recovery(&prepared, &outcome.recovered, &mut missing);
        let mut warnings = self.warnings.to_vec();
        warnings.extend(prepared.warnings);
        if outcome.skipped_steps > 0 {
            warnings.push(format!(
                "{} of {} steps moved nothing, because the gradient was zero or not finite.",
                outcome.skipped_steps, self.plan.settings.steps
            ));
        }
        let seconds = prepared.seconds + outcome.seconds + descended.loss_gap_seconds;
        let mut findings = Findings {
            artwork: prepared.artwork,
            plan: self.plan.clone(),
            trace: outcome.trace,
            similarity,
            partial_similarity,
            recovery,
            loss_gap: descended.loss_gap,
            skipped_steps: outcome.skipped_steps,
            seconds: seconds + began.elapsed().as_secs_f64(),
            device_check: descended.device_check,
            not_evaluated: missing,
            warnings,
            files: Files::default(),
        };
        let self_test = findings.self_test();
        findings
            .warnings
            .extend(self_test.map(|test| test.sentence()));
        Ok(Examined {
            findings,
            recovered,
            tensors: Tensors {
                latent: prepared.latent,
                mask: prepared.kept.grid(),
                start_latent: prepared.start,
                recovered_latent: outcome.recovered,
            },
        })
    }

    /// The recovered and the partial picture against the original.
    fn likeness(
        &self,
        prepared: &Prepared,
        recovered: &RgbImage,
        missing: &mut NotEvaluated,
    ) -> [Scores; 2] {
        let [recovered_embedded] = self.encoders.embed([recovered], self.engine);
        let known = &prepared.embeddings;
        let mut scores = |picture, embedded, prefix| Scores {
            structural: scores::structure(&prepared.original, picture, prefix, missing),
            ..scores::by_embedding(&known.original, embedded, prefix, missing)
        };
        [
            scores(recovered, &recovered_embedded, ""),
            scores(&prepared.partial, &known.partial, "partial."),
        ]
    }

    fn recovery(
        &self,
        prepared: &Prepared,
        recovered: &Latent,
        missing: &mut NotEvaluated,
    ) -> Recovery {
        let (original, start) = (&prepared.latent, &prepared.start);
        let recovery = Recovery {
            gain_db: recovery_gain_db(original, start, recovered, &prepared.kept),
            direction: recovery_direction(original, start, recovered, &prepared.kept),
        };
        if recovery.gain_db.is_none() {
            let reason = "the start or the recovered latent is the artwork's own, or not finite";
            missing.insert("recovery.gain_db".into(), reason.into());
        }
        if recovery.direction.is_none() {
            let reason = "nothing moved, or the start is the artwork's own latent";
            missing.insert("recovery.direction".into(), reason.into());
        }
        recovery
    }
}
