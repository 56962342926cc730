//! News from a running inversion.

use crate::event_sink::Live;
use palimpsest_diffusion::Latent;

/// A piece of news from a running inversion. Steps are counted as finished: 0 before the first.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A step was finished.
    Step(StepReport),
    /// The latent as it stands, which was asked for.
    Latent {
        /// Steps finished.
        step: usize,
        /// `u`, scaled as the noise predictor sees it.
        latent: Latent,
    },
    /// The run waits.
    Paused {
        /// Steps finished.
        step: usize,
    },
    /// The run goes on.
    Resumed {
        /// Steps finished.
        step: usize,
    },
    /// The state is on disk.
    Checkpointed {
        /// Steps finished.
        step: usize,
    },
}

/// The numbers of one step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepReport {
    /// Steps finished, this one included.
    pub step: usize,
    /// Steps of the whole run.
    pub of: usize,
    /// Timestep drawn, 1..=999.
    pub timestep: usize,
    /// L(θ), the pretrained model's mean squared error.
    pub loss_pretrained: f64,
    /// L(θ'), the fine-tuned model's mean squared error.
    pub loss_finetuned: f64,
    /// Euclidean norm of the objective's gradient over the removed cells.
    pub gradient_norm: f64,
    /// ‖δ‖ after the step: how far the latent is from its start.
    pub moved: f64,
    /// Set where no step was made, because the gradient was zero or something was not finite.
    pub skipped: bool,
    /// Estimate of the seconds left, pauses not counted.
    pub seconds_left: Option<f64>,
}

impl Live for Event {
    fn slot(&self) -> Option<u8> {
        match self {
            Self::Step(_) => Some(0),
            Self::Latent { .. } => Some(1),
            Self::Checkpointed { .. } => Some(2),
            Self::Paused { .. } | Self::Resumed { .. } => None,
        }
    }
}
