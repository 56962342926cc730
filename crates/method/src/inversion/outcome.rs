//! The result of an inversion.

use super::Trace;
use palimpsest_diffusion::Latent;

/// The result of an inversion, whole or as far as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct InversionOutcome {
    /// u after the last step made.
    pub recovered: Latent,
    /// The numbers of every step.
    pub trace: Trace,
    /// Steps that moved nothing, because the gradient was zero or something was not finite.
    pub skipped_steps: usize,
    /// Seconds spent in steps, over all resumptions and without pauses.
    pub seconds: f64,
    /// Its end: all steps made, or cancelled.
    pub ending: Ending,
}

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All steps are done.
    Finished,
    /// The user cancelled.
    Cancelled {
        /// Steps finished before that.
        after: usize,
    },
}
