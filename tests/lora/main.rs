//! LoRA files: every spelling is read, every tensor placed or named, the change is what the formula
//! says, and an examination with a LoRA is one with the merged model.

#[path = "../commands/mod.rs"]
mod commands;
mod examining;
mod model_paths;
#[path = "../normal/mod.rs"]
mod normal;
mod pytorch;
#[path = "../reference/mod.rs"]
mod reference;
mod refusals;
mod spellings;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use normal::Normal;
use palimpsest::diffusion::ModelError;
use palimpsest::diffusion::files::safetensors_writer::write_tensors;
use palimpsest::diffusion::files::{Lora, Parameter, Part, Precision, Weights};

/// Tensors by name, with their dimensions and values.
type Tensors = Vec<(String, Vec<usize>, Vec<f32>)>;

fn parameters(tensors: &Tensors) -> BTreeMap<String, Parameter> {
    let named = tensors.iter().map(|(name, shape, values)| {
        let parameter = Parameter::from_values(shape.clone(), values.clone()).unwrap();
        (name.clone(), parameter)
    });
    named.collect()
}

/// A file of these tensors, and of this record.
fn write(folder: &Path, tensors: &Tensors, record: &[(&str, &str)]) -> PathBuf {
    let file = folder.join("lora.safetensors");
    let record = record.iter().map(|&(k, v)| (k.into(), v.into())).collect();
    write_tensors(&file, &parameters(tensors), Precision::Single, &record).unwrap();
    file
}

/// The layers of a small model: name and dimensions of the weight.
const UNET: [(&str, &[usize]); 5] = [
    (
        "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q",
        &[6, 4],
    ),
    (
        "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_out.0",
        &[4, 4],
    ),
    ("down_blocks.0.attentions.0.proj_in", &[4, 4, 1, 1]),
    ("down_blocks.0.resnets.0.conv1", &[5, 4, 3, 3]),
    ("conv_in", &[4, 2, 3, 3]),
];
const TEXT: [(&str, &[usize]); 3] = [
    ("text_model.encoder.layers.0.self_attn.q_proj", &[4, 4]),
    ("text_model.encoder.layers.0.self_attn.out_proj", &[4, 4]),
    ("text_model.encoder.layers.0.mlp.fc1", &[8, 4]),
];

/// A model of random weights: those of the noise predictor and of the text encoder.
struct Model {
    unet: Weights,
    text: Weights,
}

impl Model {
    fn new() -> Self {
        let numbers = &mut Normal(5);
        Self {
            unet: weights(&UNET, numbers),
            text: weights(&TEXT, numbers),
        }
    }

    fn open(&self, file: &Path, strength: f32) -> Result<Lora, ModelError> {
        Lora::open(file, strength, &self.unet, &self.text)
    }

    /// Why a LoRA of these tensors is refused.
    fn complaint(&self, tensors: &Tensors, record: &[(&str, &str)]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let file = write(folder.path(), tensors, record);
        let error = self.open(&file, 1.0).err().expect("it was accepted");
        let message = error.to_string();
        assert!(matches!(error, ModelError::Lora(_)), "{message}");
        assert!(
            message.contains("lora.safetensors") && message.ends_with('.'),
            "{message}"
        );
        message
    }
}

fn weights(layers: &[(&str, &[usize])], numbers: &mut Normal) -> Weights {
    let tensors = layers.iter().flat_map(|(layer, shape)| {
        let size = shape.iter().product();
        let bias = vec![0.0; shape[0]];
        [
            (
                format!("{layer}.weight"),
                shape.to_vec(),
                numbers.take(size),
            ),
            (format!("{layer}.bias"), vec![shape[0]], bias),
        ]
    });
    Weights::held(parameters(&tensors.collect()))
}

fn values(weights: &Weights, name: &str) -> Vec<f32> {
    let shape = weights.shape(name).unwrap();
    weights
        .parameter(name, shape)
        .unwrap()
        .values()
        .into_owned()
}

/// A pair of random matrices for a layer.
struct Pair {
    up: (Vec<usize>, Vec<f32>),
    down: (Vec<usize>, Vec<f32>),
}

impl Pair {
    fn new(up: &[usize], down: &[usize], numbers: &mut Normal) -> Self {
        let mut random = |shape: &[usize]| (shape.to_vec(), numbers.take(shape.iter().product()));
        Self {
            up: random(up),
            down: random(down),
        }
    }

    /// Under two names.
    fn named(&self, down: impl Into<String>, up: impl Into<String>) -> Tensors {
        vec![
            (down.into(), self.down.0.clone(), self.down.1.clone()),
            (up.into(), self.up.0.clone(), self.up.1.clone()),
        ]
    }

    /// W + scale · up·down, in double precision.
    fn added_to(&self, weight: &[f32], scale: f64) -> Vec<f32> {
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

/// The layer `name` with the LoRA is `expected`, and all other weights are unchanged.
fn assert_merged(lora: &Lora, part: Part, weights: &Weights, name: &str, expected: &[f32]) {
    let merged = lora.merged(part, weights).unwrap();
    let found = values(&merged, name);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() < 1e-5,
            "{name}: {found} {expected}"
        );
    }
    for other in weights.names().filter(|&other| other != name) {
        assert_eq!(values(&merged, other), values(weights, other), "{other}");
    }
}
