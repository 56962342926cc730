//! What an inversion tells while it runs, through a bounded channel that can never hold it up.

use std::collections::VecDeque;
use std::sync::mpsc::{SyncSender, TrySendError};

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

/// What one step did.
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
    /// Whether no step was made, because the gradient was zero or something was not finite.
    pub skipped: bool,
    /// Estimate of the seconds left, pauses not counted.
    pub seconds_left: Option<f64>,
}

/// Sends events without ever waiting for the listener: what does not fit into the channel is kept
/// and sent later, in order. A window that is minimised and draws nothing must not stop the run.
#[derive(Debug)]
pub(super) struct Reporter {
    channel: SyncSender<Event>,
    unsent: VecDeque<Event>,
}

impl Reporter {
    pub fn new(channel: SyncSender<Event>) -> Self {
        Self {
            channel,
            unsent: VecDeque::new(),
        }
    }

    /// Sends `event` now or later. Of latents that wait only the newest is kept: they are large,
    /// and an old one is of no use.
    pub fn send(&mut self, event: Event) {
        if matches!(event, Event::Latent { .. }) {
            self.unsent
                .retain(|waiting| !matches!(waiting, Event::Latent { .. }));
        }
        self.unsent.push_back(event);
        self.flush();
    }

    /// Sends what waits, as far as the channel has room. Nobody listening any more is no error.
    pub fn flush(&mut self) {
        while let Some(event) = self.unsent.pop_front() {
            match self.channel.try_send(event) {
                Ok(()) => {}
                Err(TrySendError::Full(event)) => {
                    self.unsent.push_front(event);
                    return;
                }
                Err(TrySendError::Disconnected(_)) => self.unsent.clear(),
            }
        }
    }
}
