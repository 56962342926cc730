//! The time left, estimated from the last steps.

use std::collections::VecDeque;
use std::time::Duration;

/// Steps averaged over: enough to smooth, few enough to follow a machine that gets busy.
const RECENT: usize = 20;

/// The durations of the last steps; time spent paused is never put in.
#[derive(Debug, Default)]
pub(super) struct Pace {
    recent: VecDeque<Duration>,
}

impl Pace {
    /// Takes in the duration of one step.
    pub fn record(&mut self, step: Duration) {
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(step);
    }

    /// Seconds that `steps` more will take; `None` before the first one is timed.
    pub fn seconds_for(&self, steps: usize) -> Option<f64> {
        let total: f64 = self.recent.iter().map(Duration::as_secs_f64).sum();
        let timed = self.recent.len();
        (timed > 0).then(|| total / timed as f64 * steps as f64)
    }
}
