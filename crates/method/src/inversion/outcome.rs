//! What an inversion hands back.

use super::Trace;
use palimpsest_diffusion::Latent;

/// What an inversion found.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// u after the last step made.
    pub recovered: Latent,
    /// The numbers of every step.
    pub trace: Trace,
    /// Steps that moved nothing, because the gradient was zero or something was not finite.
    pub skipped_steps: usize,
    /// Seconds spent in steps, over all resumptions and without pauses.
    pub seconds: f64,
    /// Whether all steps were made.
    pub ending: Ending,
}

/// How a run ended.
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
