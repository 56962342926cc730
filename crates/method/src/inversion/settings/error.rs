//! The limits of settings, and the words for what is beyond them.

use thiserror::Error;

/// The largest number of steps accepted: far beyond use (the paper takes 1000), it catches typing
/// errors before they become a run of years.
pub const MAX_STEPS: usize = 1_000_000;

/// The last timestep of the diffusion models examined here; the first is 1 (Algorithm 1).
pub const LAST_TIMESTEP: usize = 999;

/// A setting that is out of its range or cannot be read.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum SettingsError {
    /// Not within 1..=[`MAX_STEPS`].
    #[error("the number of steps must be between 1 and {MAX_STEPS}, not {0}")]
    Steps(usize),
    /// Not positive and finite.
    #[error("the step size must be a number greater than 0, not {0}")]
    StepSize(f64),
    /// Not positive and finite.
    #[error("the budget must be a number greater than 0, not {0}")]
    Budget(f64),
    /// Not in 0 ≤ momentum < 1.
    #[error("the momentum must be at least 0 and less than 1, not {0}")]
    Momentum(f64),
    /// Negative or not finite.
    #[error("the contrast weight must be a number of 0 or more, not {0}")]
    ContrastWeight(f64),
    /// Out of 1..=[`LAST_TIMESTEP`] or in the wrong order.
    #[error(
        "the timesteps {first}..{last} must run from low to high and lie between 1 and {LAST_TIMESTEP}"
    )]
    Timesteps {
        /// The lower end given.
        first: usize,
        /// The upper end given.
        last: usize,
    },
    /// Not of the form `LO..HI`.
    #[error(
        "the timesteps must be written as LO..HI, for example 200..700, not \u{201c}{0}\u{201d}"
    )]
    TimestepsSyntax(String),
    /// A record with neither a seed nor a file of draws, or with both.
    #[error(
        "the draws must come either from a seed with its timesteps or from a file, not from both or neither"
    )]
    DrawSource,
    /// A word that is none of the choices.
    #[error("the {what} must be {choices}, not \u{201c}{given}\u{201d}")]
    Unknown {
        /// The name of the setting.
        what: &'static str,
        /// The words it may take.
        choices: &'static str,
        /// The word given.
        given: String,
    },
}
