//! The settings of an inversion: presets, explicit overrides, and the resolved values that a record
//! keeps. Resolving happens once, before the run, so that what is written down is what was done.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::SettingsError;

/// The largest number of steps accepted: far beyond use (the paper takes 1000), it catches typing
/// errors before they become a run of years.
pub const MAX_STEPS: usize = 1_000_000;

/// The last timestep of the diffusion models examined here; the first is 1 (Algorithm 1).
pub const LAST_TIMESTEP: usize = 999;

/// Step length of the paper at Stable Diffusion's 4×64×64 latent (section 4, implementation details).
const PAPER_STEP_SIZE: f64 = 2.0;

/// Budget of the paper at the same latent: about the distance from the partial to the original.
const PAPER_BUDGET: f64 = 70.0;

/// Half the elements of a 4×64×64 latent: what the paper's mask removes there.
const PAPER_REMOVED: f64 = 8192.0;

/// Every value that an inversion depends on, resolved: nothing is left to a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Number of gradient steps N, 1..=[`MAX_STEPS`].
    pub steps: usize,
    /// Euclidean length α of one step, in latent units; positive.
    pub step_size: f64,
    /// Largest Euclidean length ε of the whole movement δ, in latent units; positive.
    pub budget: f64,
    /// Share of the previous direction that a step keeps, 0 ≤ momentum < 1; 0 is the paper's plain step.
    pub momentum: f64,
    /// The timesteps that are drawn from, both ends included.
    pub timesteps: TimestepRange,
    /// How the removed cells are first filled.
    pub start: Start,
    /// Weight w of the pretrained model's loss in `w·L(θ) − L(θ')`; 0 or more, 1 in the paper (eq. 7).
    pub contrast_weight: f64,
    /// Whether both models see the same noise.
    pub noise: NoisePairing,
    /// Seed of the draws.
    pub seed: u64,
}

impl Settings {
    /// The values of `preset` for latents of `latent_shape` (`[channels, height, width]`), with
    /// `overrides` put in their place where given.
    ///
    /// # Errors
    /// [`SettingsError`] if a resulting value is out of its range.
    pub fn resolve(
        preset: Preset,
        overrides: &Overrides,
        latent_shape: [usize; 3],
    ) -> Result<Self, SettingsError> {
        let base = preset.settings(latent_shape);
        let settings = Self {
            steps: overrides.steps.unwrap_or(base.steps),
            step_size: overrides.step_size.unwrap_or(base.step_size),
            budget: overrides.budget.unwrap_or(base.budget),
            momentum: overrides.momentum.unwrap_or(base.momentum),
            timesteps: overrides.timesteps.unwrap_or(base.timesteps),
            start: overrides.start.unwrap_or(base.start),
            contrast_weight: overrides.contrast_weight.unwrap_or(base.contrast_weight),
            noise: overrides.noise.unwrap_or(base.noise),
            seed: overrides.seed.unwrap_or(base.seed),
        };
        settings.validate()?;
        Ok(settings)
    }

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
}

/// A named set of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// The published method, its lengths scaled to the latent.
    Paper,
    /// Fewer steps from a better start, for machines that pay minutes for a step.
    Quick,
}

impl Preset {
    /// The preset's values for latents of `latent_shape` (`[channels, height, width]`).
    ///
    /// Lengths grow with √n, n being half the latent's elements: they depend on the model alone, so
    /// that questioned works and controls are treated alike whatever their mask.
    pub fn settings(self, latent_shape: [usize; 3]) -> Settings {
        let elements: f64 = latent_shape.iter().map(|&side| side as f64).product();
        let removed = elements / 2.0;
        let scale = (removed / PAPER_REMOVED).sqrt();
        match self {
            Self::Paper => Settings {
                steps: 1000,
                step_size: PAPER_STEP_SIZE * scale,
                budget: PAPER_BUDGET * scale,
                momentum: 0.0,
                timesteps: TimestepRange::ALL,
                start: Start::Reencoded,
                contrast_weight: 1.0,
                noise: NoisePairing::Shared,
                seed: 0,
            },
            Self::Quick => Settings {
                steps: 50,
                step_size: 0.0221 * removed.sqrt(),
                budget: 0.35 * removed.sqrt(),
                momentum: 0.0,
                timesteps: TimestepRange {
                    first: 100,
                    last: 500,
                },
                start: Start::Filled,
                contrast_weight: 0.75,
                noise: NoisePairing::Shared,
                seed: 0,
            },
        }
    }
}

/// The values that a user gave explicitly; the others come from the preset.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default)]
pub struct Overrides {
    /// See [`Settings::steps`].
    pub steps: Option<usize>,
    /// See [`Settings::step_size`].
    pub step_size: Option<f64>,
    /// See [`Settings::budget`].
    pub budget: Option<f64>,
    /// See [`Settings::momentum`].
    pub momentum: Option<f64>,
    /// See [`Settings::timesteps`].
    pub timesteps: Option<TimestepRange>,
    /// See [`Settings::start`].
    pub start: Option<Start>,
    /// See [`Settings::contrast_weight`].
    pub contrast_weight: Option<f64>,
    /// See [`Settings::noise`].
    pub noise: Option<NoisePairing>,
    /// See [`Settings::seed`].
    pub seed: Option<u64>,
}

impl Overrides {
    /// These values, and those of `others` where there is none.
    pub fn or(&self, others: &Self) -> Self {
        Self {
            steps: self.steps.or(others.steps),
            step_size: self.step_size.or(others.step_size),
            budget: self.budget.or(others.budget),
            momentum: self.momentum.or(others.momentum),
            timesteps: self.timesteps.or(others.timesteps),
            start: self.start.or(others.start),
            contrast_weight: self.contrast_weight.or(others.contrast_weight),
            noise: self.noise.or(others.noise),
            seed: self.seed.or(others.seed),
        }
    }

    /// The values that are given, by the names of the command line's options. A number is written as
    /// short as it can be and still be read as the same one.
    pub fn named(&self) -> Vec<(&'static str, String)> {
        fn text<T: ToString>(value: Option<T>) -> Option<String> {
            value.map(|value| value.to_string())
        }
        let number = |value: Option<f64>| value.map(|value| format!("{value:?}"));
        let Self {
            steps,
            step_size,
            budget,
            momentum,
            timesteps,
            start,
            contrast_weight,
            noise,
            seed,
        } = self;
        let named = [
            ("steps", text(*steps)),
            ("step-size", number(*step_size)),
            ("budget", number(*budget)),
            ("momentum", number(*momentum)),
            ("timesteps", text(*timesteps)),
            ("start", text(*start)),
            ("contrast", number(*contrast_weight)),
            ("noise", text(*noise)),
            ("seed", text(*seed)),
        ];
        named
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }
}

/// A range of timesteps within 1..=[`LAST_TIMESTEP`], both ends included; written `LO..HI`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimestepRange {
    first: usize,
    last: usize,
}

impl TimestepRange {
    /// Every timestep of the models, 1 to 999.
    pub const ALL: Self = Self {
        first: 1,
        last: LAST_TIMESTEP,
    };

    /// The timesteps `first..=last`.
    ///
    /// # Errors
    /// [`SettingsError::Timesteps`] if they are not within 1..=[`LAST_TIMESTEP`] and in order.
    pub fn new(first: usize, last: usize) -> Result<Self, SettingsError> {
        if first < 1 || first > last || last > LAST_TIMESTEP {
            return Err(SettingsError::Timesteps { first, last });
        }
        Ok(Self { first, last })
    }

    /// The lowest timestep drawn.
    pub fn first(self) -> usize {
        self.first
    }

    /// The highest timestep drawn.
    pub fn last(self) -> usize {
        self.last
    }
}

impl FromStr for TimestepRange {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, SettingsError> {
        let syntax = || SettingsError::TimestepsSyntax(text.to_owned());
        let (first, last) = text.split_once("..").ok_or_else(syntax)?;
        let number = |part: &str| part.trim().parse::<usize>().map_err(|_| syntax());
        Self::new(number(first)?, number(last)?)
    }
}

impl fmt::Display for TimestepRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

impl TryFrom<String> for TimestepRange {
    type Error = SettingsError;

    fn try_from(text: String) -> Result<Self, SettingsError> {
        text.parse()
    }
}

impl From<TimestepRange> for String {
    fn from(range: TimestepRange) -> Self {
        range.to_string()
    }
}

/// How the removed cells are filled before the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Start {
    /// The masked latent decoded to a picture and encoded again, as published.
    Reencoded,
    /// The removed pixels filled in from the kept ones around them, then encoded.
    Filled,
}

/// Whether the two models see the same noise in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoisePairing {
    /// One noise for both, as the paper writes it (eq. 7).
    Shared,
    /// A noise of its own for each, as the authors' released code draws it.
    Independent,
}

/// Gives an enum of plain words its spelling on the command line, for reading and for printing; the
/// same spelling that its records use.
macro_rules! spelled {
    ($type:ident, $what:literal, $choices:literal, $($variant:ident = $word:literal),+) => {
        impl FromStr for $type {
            type Err = SettingsError;

            fn from_str(text: &str) -> Result<Self, SettingsError> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(SettingsError::Unknown {
                        what: $what,
                        choices: $choices,
                        given: text.to_owned(),
                    }),
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $word,)+
                })
            }
        }
    };
}

spelled!(
    Preset,
    "preset",
    "paper or quick",
    Paper = "paper",
    Quick = "quick"
);
spelled!(
    Start,
    "start",
    "reencoded or filled",
    Reencoded = "reencoded",
    Filled = "filled"
);
spelled!(
    NoisePairing,
    "noise",
    "shared or independent",
    Shared = "shared",
    Independent = "independent"
);
