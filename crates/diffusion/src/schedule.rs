//! The share of a latent that is left at each timestep: computed from the settings of training in single
//! precision, operation by operation as diffusers does in PyTorch (`schedulers/scheduling_ddim.py`),
//! because the networks were trained on exactly these numbers.

use std::f64::consts::FRAC_PI_2;

use super::ModelError;
use super::files::config::{BetaSchedule, Prediction, SchedulerConfig};

/// The largest variance of the squared-cosine schedule.
const BETA_CAP: f64 = 0.999;

/// The noise schedule of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    alphas_cumprod: Vec<f32>,
    prediction: Prediction,
}

impl Schedule {
    /// The schedule of these settings.
    ///
    /// # Errors
    /// [`ModelError::NonFinite`] if they contradict each other: a schedule that has lost all signal
    /// before its end cannot be stretched.
    pub fn new(config: &SchedulerConfig) -> Result<Self, ModelError> {
        let mut betas = betas(config);
        if config.rescale_betas_zero_snr {
            betas = without_terminal_signal(&betas);
        }
        let mut alphas_cumprod = cumulative(betas.iter().map(|beta| 1.0 - beta));
        if let (true, Some(kept), Some(last)) = (
            config.rescale_betas_zero_snr,
            config.terminal_alpha,
            alphas_cumprod.last_mut(),
        ) {
            *last = kept;
        }
        if !alphas_cumprod.iter().all(|a| (0.0..=1.0).contains(a)) {
            return Err(ModelError::NonFinite {
                what: "The noise schedule".into(),
            });
        }
        Ok(Self {
            alphas_cumprod,
            prediction: config.prediction_type,
        })
    }

    /// The target of the noise predictor.
    pub fn prediction(&self) -> Prediction {
        self.prediction
    }

    /// ᾱ of every timestep, falling from nearly 1 to nearly 0.
    pub fn alphas_cumprod(&self) -> &[f32] {
        &self.alphas_cumprod
    }

    /// √ᾱ, the factor of the latent at timestep `t`; not a number if there is no such timestep.
    pub fn signal(&self, t: usize) -> f32 {
        self.alpha(t).sqrt()
    }

    /// √(1 − ᾱ), the factor of the noise at timestep `t`; not a number if there is no such timestep.
    pub fn sigma(&self, t: usize) -> f32 {
        (1.0 - self.alpha(t)).sqrt()
    }

    fn alpha(&self, t: usize) -> f32 {
        self.alphas_cumprod.get(t).copied().unwrap_or(f32::NAN)
    }
}

fn betas(config: &SchedulerConfig) -> Vec<f32> {
    let (start, end) = (config.beta_start, config.beta_end);
    let steps = config.num_train_timesteps;
    if let Some(betas) = &config.trained_betas {
        return betas.clone();
    }
    match config.beta_schedule {
        BetaSchedule::Linear => evenly(start as f32, end as f32, steps),
        BetaSchedule::ScaledLinear => evenly(start.sqrt() as f32, end.sqrt() as f32, steps)
            .into_iter()
            .map(|root| root * root)
            .collect(),
        BetaSchedule::SquaredCosine => {
            let kept = |step: usize| {
                let t = step as f64 / steps as f64;
                let cosine = libm::cos((t + 0.008) / 1.008 * FRAC_PI_2);
                cosine * cosine
            };
            (0..steps)
                .map(|step| (1.0 - kept(step + 1) / kept(step)).min(BETA_CAP) as f32)
                .collect()
        }
    }
}

/// `torch.linspace`: counted from the start in the first half, from the end in the second, with one
/// rounding for product and sum.
fn evenly(start: f32, end: f32, steps: usize) -> Vec<f32> {
    let step = (end - start) / (steps.saturating_sub(1).max(1)) as f32;
    (0..steps)
        .map(|i| {
            if i < steps / 2 {
                step.mul_add(i as f32, start)
            } else {
                step.mul_add(-((steps - i - 1) as f32), end)
            }
        })
        .collect()
}

/// `torch.cumprod`, which multiplies in double precision.
fn cumulative(factors: impl Iterator<Item = f32>) -> Vec<f32> {
    factors
        .scan(1.0f64, |product, factor| {
            *product *= f64::from(factor);
            Some(*product as f32)
        })
        .collect()
}

/// Variances of the same schedule, shifted and stretched so that the last timestep keeps no signal
/// and the first as much as before (Lin et al., arXiv 2305.08891, algorithm 1).
fn without_terminal_signal(betas: &[f32]) -> Vec<f32> {
    let mut roots = cumulative(betas.iter().map(|beta| 1.0 - beta));
    roots.iter_mut().for_each(|alpha| *alpha = alpha.sqrt());
    let (Some(&first), Some(&last)) = (roots.first(), roots.last()) else {
        return Vec::new();
    };
    let stretch = first / (first - last);
    let kept: Vec<f32> = roots
        .iter()
        .map(|root| (root - last) * stretch)
        .map(|root| root * root)
        .collect();
    let alphas = kept
        .iter()
        .skip(1)
        .zip(&kept)
        .map(|(next, kept)| next / kept);
    kept.first()
        .copied()
        .into_iter()
        .chain(alphas)
        .map(|alpha| 1.0 - alpha)
        .collect()
}
