//! The property that makes a contrast of the two models' losses: equal models cancel to the bit, and move nothing.

use super::{NoisePairing, Settings};
use crate::inversion::objective::Weighing;

impl Settings {
    /// The weighing of the two losses.
    pub fn weighing(&self) -> Weighing {
        match self.projected {
            true => Weighing::Projected,
            false => Weighing::Fixed(self.contrast_weight),
        }
    }

    /// Tells whether equal models that are asked alike move nothing: both losses weigh alike, or are projected, and see
    /// the same noise, so that what is put back comes from the models' difference alone.
    pub fn is_pure_contrast(&self) -> bool {
        (self.projected || self.contrast_weight == 1.0) && self.noise() == NoisePairing::Shared
    }

    /// A sentence on what else than the models' difference the recovered picture holds; none where it holds nothing
    /// else.
    pub fn impurity(&self) -> Option<String> {
        let weight = self.contrast_weight;
        let weighed = match self.contrast_weight {
            _ if self.projected => None,
            0.0 => Some(format!(
                "At contrast weight {weight} the recovered picture is what the fine-tuned model makes by itself, and \
                 the pretrained model does not enter it"
            )),
            w if w < 1.0 => Some(format!(
                "At contrast weight {weight} the recovered picture holds part of what the pretrained model makes by \
                 itself"
            )),
            w if w > 1.0 => Some(format!(
                "At contrast weight {weight} the recovered picture is driven away from what the pretrained model \
                 makes by itself"
            )),
            _ => None,
        };
        let independent = self.noise() == NoisePairing::Independent;
        let noise = "With independent noise the recovered picture holds part of what the two noises differ by";
        match (weighed, independent) {
            (None, false) => None,
            (Some(weighed), false) => Some(format!("{weighed}: equal models would move it too.")),
            (None, true) => Some(format!("{noise}: equal models would move it too.")),
            (Some(weighed), true) => Some(format!(
                "{weighed}. {noise}: equal models would move it too."
            )),
        }
    }
}
