//! Random pairs of low-rank matrices, and what merging them must give.

use palimpsest_diffusion::files::Weights;

use crate::normal::Normal;

/// Tensors by name, with their dimensions and values.
pub type Tensors = Vec<(String, Vec<usize>, Vec<f32>)>;

/// A pair of random matrices for a layer.
pub struct Pair {
    pub up: (Vec<usize>, Vec<f32>),
    pub down: (Vec<usize>, Vec<f32>),
}

impl Pair {
    pub fn new(up: &[usize], down: &[usize], numbers: &mut Normal) -> Self {
        let mut random = |shape: &[usize]| (shape.to_vec(), numbers.take(shape.iter().product()));
        Self {
            up: random(up),
            down: random(down),
        }
    }

    /// Under two names.
    pub fn named(&self, down: impl Into<String>, up: impl Into<String>) -> Tensors {
        vec![
            (down.into(), self.down.0.clone(), self.down.1.clone()),
            (up.into(), self.up.0.clone(), self.up.1.clone()),
        ]
    }

    /// W + scale · up·down, in double precision.
    pub fn added_to(&self, weight: &[f32], scale: f64) -> Vec<f32> {
        let rank = self.up.0[1];
        let inputs = self.down.1.len() / rank;
        let change = |i: usize| -> f64 {
            let (row, column) = (i / inputs, i % inputs);
            let product = |k: usize| {
                f64::from(self.up.1[row * rank + k]) * f64::from(self.down.1[k * inputs + column])
            };
            (0..rank).map(product).sum()
        };
        let sum = |(i, &w): (usize, &f32)| (f64::from(w) + scale * change(i)) as f32;
        weight.iter().enumerate().map(sum).collect()
    }
}

/// The values of a tensor.
pub fn values(weights: &Weights, name: &str) -> Vec<f32> {
    let shape = weights.shape(name).unwrap();
    weights
        .parameter(name, shape)
        .unwrap()
        .values()
        .into_owned()
}
