//! LoRA files: every spelling is read, every tensor placed or named, the change is what the formula
//! says, and an examination with a LoRA is one with the merged model.

pub mod kinds;
mod model_sources;
mod pytorch;
mod refusals;
mod settings_beside;
mod spellings;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::safetensors_writer::write_tensors;
use palimpsest_diffusion::files::{Lora, Parameter, Part, Precision, Weights};
use palimpsest_testing::lora::{Tensors, values};
use palimpsest_testing::normal::Normal;

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

    /// The same with the layer by which a noise predictor of Stable Diffusion XL is known.
    fn xl() -> Self {
        let added = weights(&[("add_embedding.linear_1", &[4, 4])], &mut Normal(6));
        let model = Self::new();
        let named = added
            .names()
            .map(|name| (name.to_owned(), added.stored(name).unwrap()));
        Self {
            unet: model.unet.with(named),
            ..model
        }
    }

    fn open(&self, file: &Path, strength: f32) -> Result<Lora, ModelError> {
        let text = [(Part::TextEncoder, self.text.clone())];
        Lora::open(file, strength.into(), &self.unet, &text)
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
