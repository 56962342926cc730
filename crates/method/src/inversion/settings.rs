//! The settings of an inversion: every value that its result depends on, resolved once, before the run,
//! so that what is written down is what was done.

mod draw_source;
mod error;
mod overrides;
mod preset;
mod purity;
mod record;
mod timesteps;
mod words;

pub use draw_source::{DrawSource, DrawsRecord, Seeded};
pub use error::{LAST_TIMESTEP, MAX_STEPS, SettingsError};
pub use overrides::Overrides;
pub use record::CommonSettings;
pub use timesteps::TimestepRange;
pub use words::{Filling, NoisePairing, Preset, Start};

/// Every value that an inversion depends on, resolved: nothing is left to a default. In JSON one flat
/// object, [`CommonSettings`] followed by `seed` and `draws`, one of which is null.
///
/// ```
/// use palimpsest_method::inversion::{Overrides, Preset, Settings};
///
/// let given = Overrides { steps: Some(100), ..Overrides::default() };
/// let settings = Settings::resolve(Preset::Paper, &given, [4, 64, 64])?;
/// assert_eq!((settings.steps, settings.step_size, settings.budget), (100, 2.0, 70.0));
/// # Ok::<(), palimpsest_method::inversion::SettingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Number of gradient steps N, 1..=[`MAX_STEPS`].
    pub steps: usize,
    /// Euclidean length α of one step, in latent units; positive.
    pub step_size: f64,
    /// Largest Euclidean length ε of the whole movement δ, in latent units; positive.
    pub budget: f64,
    /// Share of the previous direction that a step keeps, 0 ≤ momentum < 1; 0 is the paper's plain step.
    pub momentum: f64,
    /// Content of the removed cells before the first step.
    pub start: Filling,
    /// Weight w of the pretrained model's loss in `w·L(θ) − L(θ')`; 0 or more, 1 in the paper (eq. 7).
    pub contrast_weight: f64,
    /// True if what lies along the pretrained model's gradient is taken out of the contrast at every step, whatever
    /// the weight is: then only the difference of the models across it moves anything.
    pub projected: bool,
    /// Origin of the timesteps and noises.
    pub draws: DrawSource,
}

impl Settings {
    /// Checks every value against its range; for settings that were read from a record.
    ///
    /// # Errors
    /// [`SettingsError`] for the first value out of range.
    pub fn validate(&self) -> Result<(), SettingsError> {
        if !(1..=MAX_STEPS).contains(&self.steps) {
            return Err(SettingsError::Steps(self.steps));
        }
        if !(self.step_size.is_finite() && self.step_size > 0.0) {
            return Err(SettingsError::StepSize(self.step_size));
        }
        if !(self.budget.is_finite() && self.budget > 0.0) {
            return Err(SettingsError::Budget(self.budget));
        }
        if !(0.0..1.0).contains(&self.momentum) {
            return Err(SettingsError::Momentum(self.momentum));
        }
        if !(self.contrast_weight.is_finite() && self.contrast_weight >= 0.0) {
            return Err(SettingsError::ContrastWeight(self.contrast_weight));
        }
        Ok(())
    }

    /// The timesteps drawn from; none where draws are replayed.
    pub fn timesteps(&self) -> Option<TimestepRange> {
        Some(self.draws.seeded()?.timesteps)
    }

    /// Shared or independent noise of the two models.
    pub fn noise(&self) -> NoisePairing {
        match &self.draws {
            DrawSource::Seeded(seeded) => seeded.noise,
            DrawSource::Replayed { noise, .. } => *noise,
        }
    }

    /// The seed of the draws; none where they are replayed.
    pub fn seed(&self) -> Option<u64> {
        Some(self.draws.seeded()?.seed)
    }
}
