//! The moving average of the parameters: what a training run hands over, smoother than its last step.

use super::parameters::Parameters;

/// Exponentially weighted means of all parameters. Early ones count less: at step t the old mean keeps at
/// most the share (1 + t)/(10 + t).
#[derive(Clone, Debug)]
pub struct Average {
    pub(super) parameters: Parameters,
    decay: f32,
}

impl Average {
    /// Starts with `parameters`.
    pub fn new(parameters: &Parameters, decay: f32) -> Self {
        Self {
            parameters: parameters.clone(),
            decay,
        }
    }

    /// Takes in the parameters after step `step`.
    pub fn update(&mut self, parameters: &Parameters, step: u64) {
        let keep = self.decay.min((1.0 + step as f32) / (10.0 + step as f32));
        for slot in 0..self.parameters.len() {
            let news = parameters.values(slot);
            self.parameters.change(slot, |means| {
                means
                    .iter_mut()
                    .zip(&*news)
                    .for_each(|(mean, new)| *mean = keep * *mean + (1.0 - keep) * new);
            });
        }
    }

    /// The means.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }
}
