//! The noise schedule that a model was trained with, from the `scheduler_config.json` of any of
//! diffusers' schedulers: how they sample differs, what they say of training is the same.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::settings::Settings;
use crate::ModelError;

/// The target of the noise predictor.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub enum Prediction {
    /// The noise ε.
    #[serde(rename = "epsilon")]
    Epsilon,
    /// The velocity `√ᾱ·ε − √(1−ᾱ)·x` (Salimans and Ho, 2022).
    #[serde(rename = "v_prediction")]
    Velocity,
}

impl std::fmt::Display for Prediction {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            Self::Epsilon => "epsilon",
            Self::Velocity => "v_prediction",
        })
    }
}

/// The rise of the variances of the noise that is added at each timestep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BetaSchedule {
    /// Evenly.
    Linear,
    /// Their square roots evenly: that of latent diffusion.
    ScaledLinear,
    /// So that the kept signal falls as a squared cosine (Nichol and Dhariwal, 2021).
    SquaredCosine,
}

/// The settings of a noise schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct SchedulerConfig {
    /// Variance at the first timestep, above 0.
    pub beta_start: f64,
    /// Variance at the last timestep, below 1.
    pub beta_end: f64,
    /// The rise between them.
    pub beta_schedule: BetaSchedule,
    /// Number of timesteps, from 2 to 10 000.
    pub num_train_timesteps: usize,
    /// The target of the noise predictor.
    pub prediction_type: Prediction,
    /// The variances themselves, one a timestep, where they follow no rule.
    pub trained_betas: Option<Vec<f32>>,
    /// True if the schedule is stretched so that no signal remains at the last timestep.
    pub rescale_betas_zero_snr: bool,
    /// The ᾱ that a stretched schedule has at its last timestep all the same, where the scheduler keeps one.
    pub terminal_alpha: Option<f32>,
}

/// The ᾱ that some schedulers of diffusers keep at the end of a stretched schedule, since they divide by it: 2⁻²⁴.
pub const TERMINAL_ALPHA: f32 = 1.0 / 16_777_216.0;

/// These schedulers.
const KEEPING: [&str; 4] = [
    "EulerDiscreteScheduler",
    "EulerAncestralDiscreteScheduler",
    "DPMSolverMultistepScheduler",
    "UniPCMultistepScheduler",
];

impl SchedulerConfig {
    /// Reads the configuration at `file`. Old files leave out the prediction, which is then ε.
    ///
    /// # Errors
    /// [`ModelError::UnsupportedArchitecture`], [`ModelError::Setting`], or why the file cannot be
    /// read.
    pub fn read(file: &Path) -> Result<Self, ModelError> {
        let settings = Settings::read(file)?;
        if settings.text("_class_name", "")?.starts_with("FlowMatch") {
            return Err(settings.unsupported("_class_name"));
        }
        let steps = settings.count("num_train_timesteps", 1000, 2..=10_000)?;
        let config = Self {
            beta_start: settings.number("beta_start", 1e-4, 1e-9..=0.999)?,
            beta_end: settings.number("beta_end", 0.02, 1e-9..=0.999)?,
            beta_schedule: match settings.text("beta_schedule", "linear")? {
                "linear" => BetaSchedule::Linear,
                "scaled_linear" => BetaSchedule::ScaledLinear,
                "squaredcos_cap_v2" => BetaSchedule::SquaredCosine,
                _ => return Err(settings.unsupported("beta_schedule")),
            },
            num_train_timesteps: steps,
            prediction_type: match settings.text("prediction_type", "epsilon")? {
                "epsilon" => Prediction::Epsilon,
                "v_prediction" => Prediction::Velocity,
                _ => return Err(settings.unsupported("prediction_type")),
            },
            trained_betas: trained_betas(&settings, steps)?,
            rescale_betas_zero_snr: settings.flag("rescale_betas_zero_snr", false)?,
            terminal_alpha: KEEPING
                .contains(&settings.text("_class_name", "")?)
                .then_some(TERMINAL_ALPHA),
        };
        if config.beta_start > config.beta_end {
            return Err(settings.wrong("beta_end", "at least \"beta_start\""));
        }
        Ok(config)
    }
}

fn trained_betas(settings: &Settings, steps: usize) -> Result<Option<Vec<f32>>, ModelError> {
    const KEY: &str = "trained_betas";
    let Some(value) = settings.get(KEY) else {
        return Ok(None);
    };
    let beta = |value: &Value| {
        value
            .as_f64()
            .filter(|beta| (1e-9..=0.999).contains(beta))
            .map(|beta| beta as f32)
    };
    value
        .as_array()
        .and_then(|list| list.iter().map(beta).collect::<Option<Vec<_>>>())
        .filter(|betas| betas.len() == steps)
        .map(Some)
        .ok_or_else(|| settings.wrong(KEY, "one number between 0 and 1 for each timestep"))
}
