//! The loop of every training run: batches, steps of a falling rate, the moving average, checkpoints. It
//! can be paused and stopped between any two steps, and goes on to the same bits.

use std::time::{Duration, Instant};

use super::average::Average;
use super::batch::Batch;
use super::error::TrainingError;
use super::optimiser::Optimiser;
use super::parameters::Parameters;
use palimpsest_diffusion::network::backend::Outcome;
use palimpsest_method::inversion::Control;

/// Gradients longer than this are shortened to it.
const LONGEST_GRADIENT: f64 = 1.0;
/// The share of the steps in which the rate rises from zero.
const WARM_UP: f64 = 0.02;
/// Time between two checkpoints, at least.
const BETWEEN_SAVES: Duration = Duration::from_secs(60);
/// The wait between two checkpoints, in times that one takes: those of large models take a while.
const RESTS: u32 = 20;

/// The length of a run, and its rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    pub steps: u64,
    /// The rate at its highest.
    pub rate: f32,
    /// The share of the highest rate that is left at the end; 1 keeps it.
    pub last: f32,
}

impl Plan {
    /// The rate of a step: a short rise, then half a cosine's fall.
    pub fn rate(&self, step: u64) -> f32 {
        let rise = (WARM_UP * self.steps as f64).max(1.0);
        let up = ((step + 1) as f64 / rise).min(1.0);
        let way = step as f64 / self.steps.max(1) as f64;
        let last = f64::from(self.last);
        let down = last + (1.0 - last) * 0.5 * (1.0 + (std::f64::consts::PI * way).cos());
        self.rate * (up * down) as f32
    }
}

/// All that changes from step to step.
pub struct Trainer {
    pub parameters: Parameters,
    pub optimiser: Optimiser,
    /// The mean of the parameters, where one is wanted.
    pub average: Option<Average>,
}

impl Trainer {
    /// The parameters that are handed over: the mean where there is one, else the last step's.
    pub fn result(&self) -> &Parameters {
        self.average
            .as_ref()
            .map_or(&self.parameters, Average::parameters)
    }
}

/// News of a step.
#[derive(Clone, Copy, Debug)]
pub struct TrainingStep {
    /// Steps finished.
    pub step: u64,
    pub of: u64,
    pub loss: f64,
    pub gradient_norm: f64,
    pub seconds_left: f64,
}

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Finished,
    Cancelled,
}

impl Trainer {
    /// Makes the steps that are left. `batch` computes the gradients of a step; `report` hears of every
    /// step; `save` is called about once a minute (less often where it takes long) and when the run ends, in whatever way.
    ///
    /// # Errors
    /// [`TrainingError`]; the last save stays.
    pub fn run(
        &mut self,
        plan: &Plan,
        control: &Control,
        batch: impl Fn(&Parameters, u64) -> Outcome<Batch>,
        mut report: impl FnMut(TrainingStep),
        mut save: impl FnMut(&Self) -> Result<(), TrainingError>,
    ) -> Result<Ending, TrainingError> {
        let (begun, first) = (Instant::now(), self.optimiser.step);
        let (mut saved, mut pause) = (begun, BETWEEN_SAVES);
        while self.optimiser.step < plan.steps {
            if !control.may_proceed() {
                save(self)?;
                return Ok(Ending::Cancelled);
            }
            let step = self.optimiser.step;
            let mut found = batch(&self.parameters, step)?;
            let gradient_norm = found.clip(LONGEST_GRADIENT);
            if !(found.loss.is_finite() && gradient_norm.is_finite()) {
                return Err(TrainingError::Diverged { step });
            }
            let rate = plan.rate(step);
            self.optimiser
                .update(&self.parameters, &found.gradients, rate);
            if let Some(average) = &mut self.average {
                average.update(&self.parameters, step);
            }
            let each = begun.elapsed().as_secs_f64() / (step + 1 - first) as f64;
            report(TrainingStep {
                step: step + 1,
                of: plan.steps,
                loss: found.loss,
                gradient_norm,
                seconds_left: each * (plan.steps - step - 1) as f64,
            });
            if saved.elapsed() >= pause {
                let began = Instant::now();
                save(self)?;
                saved = Instant::now();
                pause = BETWEEN_SAVES.max(RESTS * (saved - began));
            }
        }
        save(self)?;
        Ok(Ending::Finished)
    }
}
