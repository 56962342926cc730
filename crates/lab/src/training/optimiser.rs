//! Steps of the parameters along their gradients: Adam with decoupled weight decay (Loshchilov and Hutter 2019),
//! and Muon (Jordan 2024) for matrices, whose steps are the nearest orthogonal matrices to the momentum.
//! On the small models here Muon learns faster than Adam.

use std::sync::Arc;

use rayon::prelude::*;

use super::parameters::Parameters;
use palimpsest_diffusion::network::backend::Values;
use palimpsest_kernels::matmul::{Product, Strided};

const FIRST_DECAY: f32 = 0.9;
const EPSILON: f32 = 1e-8;
const MUON_MOMENTUM: f32 = 0.95;
/// Muon's steps are scaled to the size of Adam's: 0.2·√(longer side) (Liu et al. 2025).
const MUON_SCALE: f32 = 0.2;
/// Newton–Schulz: the coefficients of the odd polynomial, and how often it is applied.
const NEWTON_SCHULZ: [f32; 3] = [3.4445, -4.7750, 2.0315];
const ITERATIONS: usize = 5;

/// The settings of an optimiser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// Muon for matrices (and convolutions, as matrices of one row an output), Adam for the rest.
    pub muon: bool,
    /// The share of a weight lost at every step, times the rate.
    pub weight_decay: f32,
    /// The decay of Adam's mean squared gradients.
    pub second_decay: f32,
}

/// For networks that begin from random values.
pub const PRETRAINING: Recipe = Recipe {
    muon: true,
    weight_decay: 0.0,
    second_decay: 0.99,
};

/// For networks that have learnt already.
pub const FINETUNING: Recipe = Recipe {
    muon: false,
    weight_decay: 0.01,
    second_decay: 0.999,
};

/// The moments of all parameters.
pub struct Optimiser {
    recipe: Recipe,
    pub(super) moments: Vec<Moments>,
    /// Steps made.
    pub(super) step: u64,
}

/// Running means of a parameter's gradients.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moments {
    /// Shared with a checkpoint while it is written.
    pub first: Arc<Vec<f32>>,
    /// Mean squares; none under Muon.
    pub second: Option<Arc<Vec<f32>>>,
}

impl Optimiser {
    /// At its beginning. `is_adams` names parameters that Muon leaves to Adam besides vectors: the first
    /// and last layers of a network.
    pub fn new(parameters: &Parameters, recipe: Recipe, is_adams: impl Fn(&str) -> bool) -> Self {
        let moments = (0..parameters.len()).map(|slot| {
            let size = parameters.values(slot).len();
            let matrix = parameters.shape(slot).len() > 1;
            let muon = recipe.muon && matrix && !is_adams(&parameters.name(slot));
            Moments {
                first: vec![0.0; size].into(),
                second: (!muon).then(|| vec![0.0; size].into()),
            }
        });
        Self {
            recipe,
            moments: moments.collect(),
            step: 0,
        }
    }

    /// Steps made.
    pub fn step(&self) -> u64 {
        self.step
    }

    /// Moves the parameters against their gradients (by slot). A parameter without a gradient stays.
    pub fn update(&mut self, parameters: &Parameters, gradients: &[Option<Values>], rate: f32) {
        self.step += 1;
        let (recipe, step) = (self.recipe, self.step);
        debug_assert_eq!(gradients.len(), parameters.len());
        self.moments
            .par_iter_mut()
            .zip(gradients)
            .enumerate()
            .for_each(|(slot, (moments, gradient))| {
                let Some(gradient) = gradient else { return };
                let keep = 1.0 - rate * recipe.weight_decay;
                let first = Arc::make_mut(&mut moments.first);
                let second = moments.second.as_mut().map(Arc::make_mut);
                parameters.change(slot, |values| {
                    debug_assert_eq!(gradient.len(), values.len());
                    values.iter_mut().for_each(|value| *value *= keep);
                    if let Some(second) = second {
                        let bias = Bias::new(recipe.second_decay, step);
                        adam(values, (first, second), gradient, rate, bias);
                    } else {
                        let width = parameters.shape(slot).iter().skip(1).product();
                        muon(values, first, gradient, rate, width);
                    }
                });
            });
    }
}

/// Adam's corrections for moments that began at zero.
#[derive(Clone, Copy)]
struct Bias {
    second_decay: f32,
    first: f32,
    second: f32,
}

impl Bias {
    fn new(second_decay: f32, step: u64) -> Self {
        let left = |decay: f32| (1.0 - f64::from(decay).powf(step as f64)) as f32;
        Self {
            second_decay,
            first: left(FIRST_DECAY),
            second: left(second_decay),
        }
    }
}

fn adam(
    values: &mut [f32],
    (first, second): (&mut [f32], &mut [f32]),
    gradient: &[f32],
    rate: f32,
    bias: Bias,
) {
    let moments = first.iter_mut().zip(second);
    for ((value, (m, v)), g) in values.iter_mut().zip(moments).zip(gradient) {
        *m = FIRST_DECAY * *m + (1.0 - FIRST_DECAY) * g;
        *v = bias.second_decay * *v + (1.0 - bias.second_decay) * g * g;
        let deviation = (*v / bias.second).sqrt() + EPSILON;
        *value -= rate * (*m / bias.first) / deviation;
    }
}

/// `width`: the columns of the matrix.
fn muon(values: &mut [f32], momentum: &mut [f32], gradient: &[f32], rate: f32, width: usize) {
    for (m, g) in momentum.iter_mut().zip(gradient) {
        *m = MUON_MOMENTUM * *m + (1.0 - MUON_MOMENTUM) * g;
    }
    let ahead = |(m, g): (&f32, &f32)| MUON_MOMENTUM * m + (1.0 - MUON_MOMENTUM) * g;
    let ahead: Vec<f32> = momentum.iter().zip(gradient).map(ahead).collect();
    let height = values.len() / width;
    let step = orthogonalised(ahead, height, width);
    let scale = rate * MUON_SCALE * (height.max(width) as f32).sqrt();
    values
        .iter_mut()
        .zip(&step)
        .for_each(|(value, step)| *value -= scale * step);
}

/// The nearest (semi-)orthogonal matrix, roughly: all singular values between about 0.7 and 1.2.
fn orthogonalised(matrix: Vec<f32>, height: usize, width: usize) -> Vec<f32> {
    let norm = matrix.iter().map(|v| v * v).sum::<f32>().sqrt() + 1e-12;
    let mut x: Vec<f32> = matrix.iter().map(|v| v / norm).collect();
    // The smaller of the two Gram matrices serves: X·Xᵀ of a wide matrix, XᵀX of a tall one.
    let wide = height <= width;
    let side = height.min(width);
    let mut gram = vec![0.0; side * side];
    let mut square = vec![0.0; side * side];
    let [a, b, c] = NEWTON_SCHULZ;
    for _ in 0..ITERATIONS {
        let rows = Strided::rows(&x, width);
        let columns = Strided::transposed(&x, width);
        let (left, right) = if wide {
            (rows, columns)
        } else {
            (columns, rows)
        };
        Product::new(side, side, height.max(width)).run(&mut gram, side, left, right);
        let of = |values| Strided::rows(values, side);
        Product::new(side, side, side).run(&mut square, side, of(&gram), of(&gram));
        for (square, gram) in square.iter_mut().zip(&gram) {
            *square = b * gram + c * *square;
        }
        let mut next: Vec<f32> = x.iter().map(|v| a * v).collect();
        let (left, right) = if wide {
            (of(&square), rows)
        } else {
            (rows, of(&square))
        };
        let product = Product {
            accumulate: true,
            ..Product::new(height, width, side)
        };
        product.run(&mut next, width, left, right);
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_diffusion::files::Part;
    use std::collections::BTreeMap;

    fn numbers(n: usize, seed: u64) -> Vec<f32> {
        let mut random = palimpsest_base::random::Random::for_training(seed, 0, 0);
        (0..n).map(|_| random.normal() as f32).collect()
    }

    #[test]
    fn an_orthogonalised_matrix_is_nearly_orthogonal_and_keeps_its_directions() {
        for (height, width) in [(6, 40), (40, 6), (16, 16)] {
            let matrix = numbers(height * width, 3);
            let x = orthogonalised(matrix.clone(), height, width);
            let aligned: f32 = matrix.iter().zip(&x).map(|(a, b)| a * b).sum();
            assert!(aligned > 0.0);
            let side = height.min(width);
            // The trace of the Gram matrix is the sum of the squared singular values.
            let trace: f32 = x.iter().map(|v| v * v).sum();
            assert!(
                (0.5..1.5).contains(&(trace / side as f32)),
                "{trace} of {side}"
            );
        }
    }

    /// Both rules find the minimum of a square.
    #[test]
    fn both_rules_descend() {
        let target = numbers(12, 5);
        for muon in [false, true] {
            let tensor = (vec![3, 4], Arc::new(vec![0.0; 12]));
            let parameters =
                Parameters::default().with(Part::Unet, BTreeMap::from([("w".to_owned(), tensor)]));
            let recipe = Recipe {
                muon,
                weight_decay: 0.0,
                second_decay: 0.999,
            };
            let mut optimiser = Optimiser::new(&parameters, recipe, |_| false);
            for step in 0..400 {
                let values = parameters.values(0);
                let gradient = values.iter().zip(&target).map(|(w, t)| w - t);
                let gradient: Option<Values> = Some(Box::new(gradient.collect::<Vec<f32>>()));
                let rate = 0.05 * (1.0 - step as f32 / 400.0);
                optimiser.update(&parameters, &[gradient], rate);
            }
            let values = parameters.values(0);
            let far = values.iter().zip(&target);
            let far = far.map(|(w, t)| (w - t).abs()).fold(0.0, f32::max);
            assert!(far < 0.05, "muon {muon}: {far}");
        }
    }
}
