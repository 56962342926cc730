//! Half of a check by hand: a random model and what our networks compute with it, written to
//! `target/tmp/small_model` for `tests/reference/check_small_model.py`, which has diffusers compute the
//! same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use palimpsest_diffusion::autoencoder::{Decoder, Encoder};
use palimpsest_diffusion::files::config::{AutoencoderGeometry, UnetGeometry};
use palimpsest_diffusion::files::safetensors_writer::write_tensors;
use palimpsest_diffusion::files::{Parameter, Part, Precision, Weights};
use palimpsest_diffusion::network::backend::Grid;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::tape::Recording;
use palimpsest_diffusion::noise_predictor::NoisePredictor;
use palimpsest_diffusion::{Device, DiffusionModel, Engine};

use crate::small_model::random_model;
use palimpsest_testing::normal::Normal;

const PROMPTS: [&str; 8] = [
    "",
    "sks style",
    "A painting of the night sky in the style of sks artist",
    "stained-glass, colour field & still life!!",
    "Vincent's café, 1888 <3",
    "富士山と桜の絵 🎨",
    "it's   a <|endoftext|> in the middle",
    "hills and hills and hills and hills and hills and hills and hills and hills and hills and hills \
     and hills and hills and hills and hills and hills and hills and hills and hills and hills and \
     hills and hills and hills and hills and hills and hills and hills and hills and hills and hills \
     and hills and hills and hills and hills and hills and hills and hills and hills and hills and",
];
const TIMESTEP: usize = 437;

#[test]
#[ignore = "writes files for tests/reference/check_small_model.py"]
fn write_a_model_and_its_results() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("small_model");
    fs::remove_dir_all(&folder).ok();
    random_model(&folder, Precision::Single);
    let mut results = BTreeMap::new();
    let mut put = |name: &str, shape: &[usize], values: Vec<f32>| {
        let parameter = Parameter::from_values(shape.to_vec(), values).unwrap();
        results.insert(name.to_owned(), parameter);
    };
    let engine = Engine::new(Device::Cpu, 2, Memory::Full).unwrap();
    let model = DiffusionModel::open(&folder, None, &engine).unwrap();
    let prompts = PROMPTS.map(|prompt| model.embed(prompt).unwrap());
    let ids = prompts.iter().flat_map(|p| &p.ids[0]).map(|&id| id as f32);
    put("ids", &[prompts.len(), 77], ids.collect());
    let embeds = prompts.iter().flat_map(|p| p.values.clone());
    put("text_embeds", &[prompts.len(), 77, 32], embeds.collect());

    let cpu = Cpu::new(2, Memory::Full).unwrap();
    let numbers = &mut Normal(11);
    let (weights, config) = part(&folder, Part::Vae);
    let geometry = AutoencoderGeometry::read(&config).unwrap();
    let pixels: Vec<f32> = numbers.take(64 * 96 * 3).iter().map(|v| 0.3 * v).collect();
    let encoder = Encoder::load(&geometry, &weights, &cpu).unwrap();
    let (moments, grid) = encoder.moments(&cpu, &pixels, grid(64, 96)).unwrap();
    put("pixels", &[64, 96, 3], pixels);
    put("moments", &[grid.height, grid.width, 8], moments);
    let latent = numbers.take(16 * 24 * 4);
    let decoder = Decoder::load(&geometry, &weights, &cpu).unwrap();
    let (decoded, _) = decoder.pixels(&cpu, &latent, grid).unwrap();
    put("decoded", &[64, 96, 3], decoded);

    let (weights, config) = part(&folder, Part::Unet);
    let geometry = UnetGeometry::read(&config).unwrap();
    let network = NoisePredictor::load(geometry, &weights, &cpu).unwrap();
    let prompt = network.prompt(&cpu, &prompts[2].values).unwrap();
    let predicted = network
        .predict(&cpu, Recording::Nothing, &latent, grid, TIMESTEP, &prompt)
        .unwrap();
    put("predicted", &[16, 24, 4], predicted.values().unwrap());
    put("latent", &[16, 24, 4], latent);

    let prompts = serde_json::to_string(&PROMPTS).unwrap();
    let record = [("prompts", prompts), ("timestep", TIMESTEP.to_string())];
    let record = record.map(|(key, value)| (key.to_owned(), value)).into();
    let file = folder.join("ours.safetensors");
    write_tensors(&file, &results, Precision::Single, &record).unwrap();
}

fn grid(height: usize, width: usize) -> Grid {
    Grid { height, width }
}

fn part(folder: &Path, part: Part) -> (Weights, std::path::PathBuf) {
    let folder = folder.join(part.folder());
    let weights = Weights::open(&[folder.join(part.weights())]).unwrap();
    (weights, folder.join("config.json"))
}
