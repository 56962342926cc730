//! The reference data of this folder as tests read it.

use palimpsest_diffusion::Latent;
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// One family of the reference data: `sd1` (ε-prediction), `sd2` (v-prediction), `sdxl` (both), `alt`
/// (AltDiffusion).
pub struct Family {
    root: PathBuf,
    expected: Vec<u8>,
    /// A family of the same models with another schedule.
    other: Option<(Box<Self>, TempDir)>,
}

impl Family {
    /// The families of one text encoder.
    pub fn both() -> [Self; 2] {
        ["sd1", "sd2"].map(Self::named)
    }

    /// Stable Diffusion XL: ε-prediction, and the same weights with v-prediction and a schedule that ends without
    /// signal.
    pub fn xl() -> [Self; 2] {
        let models = Self::named("sdxl");
        let scratch = tempfile::tempdir().unwrap();
        for model in ["pretrained", "finetuned"] {
            copied(&models.path(model), &scratch.path().join(model));
            let schedule = models.path("vpred/scheduler/scheduler_config.json");
            let to = scratch
                .path()
                .join(model)
                .join("scheduler/scheduler_config.json");
            fs::copy(schedule, to).unwrap();
        }
        let velocity = Self {
            root: models.path("vpred"),
            expected: fs::read(models.path("vpred/expected.safetensors")).unwrap(),
            other: Some((Box::new(Self::named("sdxl")), scratch)),
        };
        [models, velocity]
    }

    /// All families.
    pub fn all() -> Vec<Self> {
        let alt = Self::named("alt");
        let families = Self::both().into_iter().chain(Self::xl());
        families.chain([alt]).collect()
    }

    /// The family in the folder `name`.
    pub fn named(name: &str) -> Self {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
            .join("tests/reference")
            .join(name);
        let expected = std::fs::read(root.join("expected.safetensors")).unwrap();
        Self {
            root,
            expected,
            other: None,
        }
    }

    /// A file or folder of the family.
    pub fn path(&self, name: &str) -> PathBuf {
        match &self.other {
            None => self.root.join(name),
            Some((_, scratch)) if scratch.path().join(name).exists() => scratch.path().join(name),
            Some(_) if self.root.join(name).exists() => self.root.join(name),
            Some((other, _)) => other.path(name),
        }
    }

    /// The vector of the first prompt, where the model `name` has one.
    pub fn pooled(&self, name: &str) -> Option<Vec<f32>> {
        let values = self.optional(&format!("pooled_{name}"))?;
        Some(values[..values.len() / self.prompts().len()].to_vec())
    }

    /// The prompts that were embedded.
    pub fn prompts(&self) -> Vec<String> {
        serde_json::from_value(self.json()["prompts"].clone()).unwrap()
    }

    /// A number of the expected results.
    pub fn number(&self, name: &str) -> f64 {
        self.json()[name].as_f64().unwrap()
    }

    fn json(&self) -> serde_json::Value {
        let text = std::fs::read_to_string(self.root.join("expected.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// A float tensor of the expected results.
    pub fn values(&self, name: &str) -> Vec<f32> {
        let values = self.optional(name);
        values.unwrap_or_else(|| panic!("{name} is not among the expected results"))
    }

    fn optional(&self, name: &str) -> Option<Vec<f32>> {
        let tensors = SafeTensors::deserialize(&self.expected).unwrap();
        let Ok(tensor) = tensors.tensor(name) else {
            return self.other.as_ref()?.0.optional(name);
        };
        assert_eq!(tensor.dtype(), Dtype::F32, "{name}");
        let words = tensor.data().chunks_exact(4);
        Some(
            words
                .map(|b| f32::from_le_bytes(b.try_into().unwrap()))
                .collect(),
        )
    }

    /// The drawn timesteps.
    pub fn timesteps(&self) -> Vec<usize> {
        self.whole("timesteps")
    }

    /// A tensor of whole numbers of the expected results.
    pub fn whole(&self, name: &str) -> Vec<usize> {
        let tensors = SafeTensors::deserialize(&self.expected).unwrap();
        let Ok(tensor) = tensors.tensor(name) else {
            let (other, _) = self.other.as_ref().unwrap();
            return other.whole(name);
        };
        let words = tensor.data().chunks_exact(8);
        words
            .map(|b| i64::from_le_bytes(b.try_into().unwrap()) as usize)
            .collect()
    }

    /// The latent's shape.
    pub fn shape(&self) -> [usize; 3] {
        [4, 16, 16]
    }

    /// The first point examined: the original on the kept cells, the start on the others.
    pub fn start(&self) -> Latent {
        let (z, s) = (self.values("latent"), self.values("start_latent"));
        let mask = self.values("mask_block_4");
        let point = z.iter().zip(&s).zip(mask.iter().cycle());
        let point = point.map(|((z, s), m)| z * m + s * (1.0 - m)).collect();
        Latent::new(self.shape(), point).unwrap()
    }

    /// C×h×w → `[h·w, C]`.
    pub fn channels_last(&self, values: &[f32], channels: usize) -> Vec<f32> {
        let positions = values.len() / channels;
        let at = |p| (0..channels).map(move |c| values[c * positions + p]);
        (0..positions).flat_map(at).collect()
    }
}

/// Copies a folder with all that is in it.
fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() {
            copied(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// A tensor of a case: its shape and values.
pub fn tensor(path: &Path, name: &str) -> (Vec<usize>, Vec<f32>) {
    let bytes = fs::read(path).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let view = tensors.tensor(name).unwrap();
    let words = view.data().as_chunks::<4>().0.iter();
    let values = words.map(|&word| f32::from_le_bytes(word)).collect();
    (view.shape().to_vec(), values)
}

/// ‖found − expected‖ / ‖expected‖.
pub fn relative_error(found: &[f32], expected: &[f32]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let square = |v: f64| v * v;
    let pairs = found.iter().zip(expected);
    let difference: f64 = pairs
        .map(|(a, b)| square(f64::from(*a) - f64::from(*b)))
        .sum();
    let size: f64 = expected.iter().map(|v| square(f64::from(*v))).sum();
    (difference / size).sqrt()
}

/// Writes a copy of a safetensors file without what it says of itself.
pub fn without_record(from: &Path, to: &Path) {
    let bytes = fs::read(from).unwrap();
    let length = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let mut header: Value = serde_json::from_slice(&bytes[8..8 + length]).unwrap();
    header.as_object_mut().unwrap().remove("__metadata__");
    let mut header = header.to_string();
    header.extend(std::iter::repeat_n(' ', length - header.len()));
    let copy = [&bytes[..8], header.as_bytes(), &bytes[8 + length..]].concat();
    fs::write(to, copy).unwrap();
}
