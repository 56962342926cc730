//! Training steps as lines on standard error. Losses are means since the last line: a single one says
//! little.

use std::time::{Duration, Instant};

use super::output::note;
use super::progress::duration;
use palimpsest_lab::training::trainer::TrainingStep;

/// Shortest time between two lines.
const PAUSE: Duration = Duration::from_secs(5);

/// News since the last line.
#[derive(Default)]
pub(super) struct Losses {
    shown: Option<Instant>,
    sum: f64,
    count: usize,
}

impl Losses {
    pub fn show(&mut self, step: &TrainingStep) {
        self.sum += step.loss;
        self.count += 1;
        let due = self.shown.is_none_or(|shown| shown.elapsed() >= PAUSE);
        if !due && step.step != step.of {
            return;
        }
        note(&format!(
            "step {}/{}  loss {:.5}  |g| {:.3}  {} left",
            step.step,
            step.of,
            self.sum / self.count as f64,
            step.gradient_norm,
            duration(step.seconds_left)
        ));
        *self = Self {
            shown: Some(Instant::now()),
            ..Self::default()
        };
    }
}
