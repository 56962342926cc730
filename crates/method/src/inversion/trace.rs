//! The numbers of each step, as the record keeps them and the plots show them.

use serde::{Deserialize, Serialize};

use super::objective::Contrast;

/// One value a step in each list; steps that were skipped are in it too, with what was evaluated.
/// In JSON a value that is not finite is null.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Timestep drawn, 1..=999.
    pub timestep: Vec<usize>,
    /// L(θ), the pretrained model's mean squared error.
    pub loss_pretrained: Vec<f64>,
    /// L(θ'), the fine-tuned model's mean squared error.
    pub loss_finetuned: Vec<f64>,
    /// Euclidean norm of the objective's gradient over the removed cells.
    pub gradient_norm: Vec<f64>,
}

impl Trace {
    /// Number of steps recorded.
    pub fn len(&self) -> usize {
        self.timestep.len()
    }

    /// Tells whether no step is recorded.
    pub fn is_empty(&self) -> bool {
        self.timestep.is_empty()
    }

    pub(super) fn push(&mut self, timestep: usize, contrast: &Contrast) {
        self.timestep.push(timestep);
        self.loss_pretrained.push(contrast.loss_pretrained);
        self.loss_finetuned.push(contrast.loss_finetuned);
        self.gradient_norm.push(contrast.gradient_norm);
    }
}
