//! The values with which training begins: PyTorch's defaults for its layers, with the last layer of every
//! residual branch at zero, so that a deep network begins as a shallow one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::parameters::Tensor;
use palimpsest_base::random::Random;
use palimpsest_diffusion::files::weights::Shapes;

/// The deviation of embeddings, as CLIP's.
const EMBEDDING: f64 = 0.02;

/// Draws every tensor of a part from the sequence number `index` of a training's seed.
pub fn values(shapes: &Shapes, seed: u64, index: u64) -> BTreeMap<String, Tensor> {
    let mut random = Random::for_training(seed, super::purpose::INITIAL, index);
    let draw = |(name, shape): (&String, &Vec<usize>)| {
        let values = tensor(name, shape, shapes, &mut random);
        (name.clone(), (shape.clone(), Arc::new(values)))
    };
    shapes.iter().map(draw).collect()
}

fn tensor(name: &str, shape: &[usize], shapes: &Shapes, random: &mut Random) -> Vec<f32> {
    let n = shape.iter().product();
    // A tensor without a module stands at the root.
    let (module, kind) = name.rsplit_once('.').unwrap_or(("", name));
    let weight = shapes.get(&format!("{module}.weight"));
    let is_norm = weight.is_some_and(|shape| shape.len() == 1);
    if is_norm {
        let value = if kind == "weight" { 1.0 } else { 0.0 };
        return vec![value; n];
    }
    if is_table(module) {
        return (0..n)
            .map(|_| (EMBEDDING * random.normal()) as f32)
            .collect();
    }
    if ends_a_branch(module) {
        return vec![0.0; n];
    }
    let inputs = weight.map_or(1, |shape| shape[1..].iter().product());
    let bound = 1.0 / (inputs as f64).sqrt();
    (0..n).map(|_| random.spread(bound) as f32).collect()
}

/// An embedding of tokens or positions.
fn is_table(module: &str) -> bool {
    module.ends_with("token_embedding") || module.ends_with("position_embedding")
}

/// The last layer of a residual block, of a transformer's projection, and of the noise predictor.
fn ends_a_branch(module: &str) -> bool {
    module.ends_with(".conv2") || module.ends_with(".proj_out") || module == "conv_out"
}
