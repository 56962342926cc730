//! Distance between the noise predictors of two models: whether one may have been made from the other.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::DiffusionModel;
use crate::files::{Parameter, Part, Weights};
use crate::network::backend::Outcome;

/// The distance between two noise predictors of one structure.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct WeightDistance {
    /// Tensors that both have.
    pub tensors: usize,
    /// Tensors of which every number is the same.
    pub equal: usize,
    /// `‖W' − W‖ / ‖W‖` over all of them, W being those of the model that is asked.
    pub relative: f64,
}

impl DiffusionModel {
    /// The distance from this model's noise predictor to that of `other`. Takes as long as reading both.
    ///
    /// # Errors
    /// [`ModelError`](crate::ModelError) if the weights cannot be read.
    pub fn distance_to(&self, other: &Self) -> Outcome<WeightDistance> {
        let (own, theirs) = (self.weights(Part::Unet)?, other.weights(Part::Unet)?);
        let names: Vec<&str> = own.names().collect();
        let compared: Vec<Compared> = names
            .par_iter()
            .map(|name| compare(name, &own, &theirs))
            .collect::<Outcome<Vec<Option<Compared>>>>()?
            .into_iter()
            .flatten()
            .collect();
        // One after the other, so that the same numbers are added in the same order everywhere.
        let sum = |of: fn(&Compared) -> f64| compared.iter().map(of).sum::<f64>();
        Ok(WeightDistance {
            tensors: compared.len(),
            equal: compared
                .iter()
                .filter(|it| it.squared_difference == 0.0)
                .count(),
            // Weights that are all zero have no length to measure by.
            relative: (sum(|it| it.squared_difference)
                / sum(|it| it.squared).max(f64::MIN_POSITIVE))
            .sqrt(),
        })
    }
}

/// One tensor of both.
struct Compared {
    squared_difference: f64,
    squared: f64,
}

fn compare(name: &str, own: &Weights, theirs: &Weights) -> Outcome<Option<Compared>> {
    if theirs.shape(name).is_none() {
        return Ok(None);
    }
    let (own, theirs) = (own.stored(name)?, theirs.stored(name)?);
    // Linear layers may be stored as convolutions of one pixel: the numbers are the same.
    if own.len() != theirs.len() {
        return Ok(None);
    }
    let compared = numbers(&own, &theirs);
    own.release();
    theirs.release();
    Ok(Some(compared))
}

fn numbers(own: &Parameter, theirs: &Parameter) -> Compared {
    let mut compared = Compared {
        squared_difference: 0.0,
        squared: 0.0,
    };
    for (&a, &b) in own.values().iter().zip(theirs.values().iter()) {
        let (a, b) = (f64::from(a), f64::from(b));
        compared.squared_difference += (b - a) * (b - a);
        compared.squared += a * a;
    }
    compared
}
