//! The gradients of all parameters against PyTorch's: noise predictor with text encoder, and autoencoder, on
//! the tiny reference models.

use palimpsest_testing::reference;

use palimpsest_diffusion::Schedule;
use palimpsest_diffusion::autoencoder::{Decoder, Encoder};
use palimpsest_diffusion::files::config::{
    AutoencoderGeometry, SchedulerConfig, TextGeometry, UnetGeometry,
};
use palimpsest_diffusion::files::{Component, Part, Weights};
use palimpsest_diffusion::network::backend::{Backend, Grid};
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::noise_predictor::{NoisePredictor, Sizes};
use palimpsest_diffusion::text_encoder::{HiddenState, TextEncoder};
use palimpsest_diffusion::tokenizer::Tokenizer;
use palimpsest_lab::training::batch::Sample;
use palimpsest_lab::training::denoising::{self, Condition, Noised};
use palimpsest_lab::training::parameters::Parameters;
use palimpsest_lab::training::reconstruction::{self, Picture};
use reference::Family;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Single precision against single precision, sums in other orders.
const TOLERANCE: f64 = 3e-5;

const GRID: Grid = Grid {
    height: 16,
    width: 16,
};

fn expected(family: &Family, which: &str) -> Value {
    let text = std::fs::read_to_string(family.path("parameter_gradients.json")).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    value[which].take()
}

/// All tensors of a part of the pretrained model, to be trained.
fn with_part(parameters: Parameters, family: &Family, part: Part) -> Parameters {
    let folder = family.path("pretrained").join(part.folder());
    let weights = Weights::open(&Component::open(&folder).unwrap().weights).unwrap();
    let named = weights
        .names()
        .filter(|name| !name.contains("position_ids"));
    let tensors = named.map(|name| {
        let shape = weights.shape(name).unwrap().to_vec();
        let values = weights
            .parameter(name, &shape)
            .unwrap()
            .values()
            .into_owned();
        (name.to_owned(), (shape, Arc::new(values)))
    });
    parameters.with(part, tensors.collect::<BTreeMap<_, _>>())
}

fn config(family: &Family, part: &str) -> std::path::PathBuf {
    family.path("pretrained").join(part).join("config.json")
}

/// Every parameter that PyTorch has a gradient for has the same here.
fn compare(cpu: &Cpu, sample: &Sample<Cpu>, parameters: &Parameters, expected: &Value, part: Part) {
    let found: BTreeMap<String, usize> = (0..parameters.len())
        .map(|slot| (parameters.name(slot), slot))
        .collect();
    let expected = expected[part.folder()].as_object().unwrap();
    assert!(expected.len() > 20);
    // Of a parameter whose gradient is next to nothing, only that can be asked.
    let largest = expected
        .values()
        .map(|pair| pair[0].as_f64().unwrap())
        .fold(0.0, f64::max);
    for (name, pair) in expected {
        let slot = found.get(&format!("{}/{name}", part.folder()));
        let slot = slot.or_else(|| found.get(&format!("{}/text_model.{name}", part.folder())));
        let slot = slot.or_else(|| found.get(&format!("{}/{}", part.folder(), old_spelling(name))));
        let gradient = sample.gradients[*slot.unwrap_or_else(|| panic!("{name}"))].as_ref();
        let values = gradient
            .map(|g| cpu.download(g).unwrap())
            .unwrap_or_default();
        let norm = values
            .iter()
            .map(|v| f64::from(*v).powi(2))
            .sum::<f64>()
            .sqrt();
        let wave = values.iter().enumerate();
        let wave: f64 = wave
            .map(|(i, v)| f64::from(*v) * (0.1 * i as f64).cos())
            .sum();
        let [size, product] = [0, 1].map(|i| pair[i].as_f64().unwrap());
        let allowed = TOLERANCE * size + 1e-7 * largest;
        assert!((norm - size).abs() < allowed, "{name}: norm {norm} {size}");
        let length = (values.len() as f64).sqrt().min(40.0);
        assert!(
            (wave - product).abs() < allowed * length,
            "{name}: {wave} {product}"
        );
    }
}

/// As older files call the attention of the autoencoder.
fn old_spelling(name: &str) -> String {
    let pairs = [
        ("to_q", "query"),
        ("to_k", "key"),
        ("to_v", "value"),
        ("to_out.0", "proj_attn"),
    ];
    let replace = |name: String, (new, old): (&str, &str)| name.replace(new, old);
    pairs.into_iter().fold(name.to_owned(), replace)
}

#[test]
fn noise_predictor_and_text_encoder() {
    for family in Family::both() {
        let cpu = Cpu::new(2, Memory::Full).unwrap();
        let parameters = with_part(Parameters::default(), &family, Part::Unet);
        let parameters = with_part(parameters, &family, Part::TextEncoder);
        let unet = UnetGeometry::read(&config(&family, "unet")).unwrap();
        let text = TextGeometry::read(&config(&family, "text_encoder")).unwrap();
        let weights = |part| parameters.weights(part).unwrap();
        let predictor = NoisePredictor::load(unet, &weights(Part::Unet), &cpu).unwrap();
        let encoder = TextEncoder::load(&text, &weights(Part::TextEncoder), &cpu).unwrap();
        let scheduler = family.path("pretrained/scheduler/scheduler_config.json");
        let schedule = Schedule::new(&SchedulerConfig::read(&scheduler).unwrap()).unwrap();
        let tokenizer = Tokenizer::open(&family.path("pretrained/tokenizer")).unwrap();
        let ids = tokenizer.encode(&family.prompts()[0]).unwrap().ids;
        let noised = Noised {
            latent: &family.channels_last(&family.values("latent"), 4),
            noise: &family.channels_last(&family.values("noise")[..1024], 4),
            grid: GRID,
            timestep: family.timesteps()[0],
            sizes: Sizes::untouched(128, 128),
            condition: Condition::Tokens(
                std::slice::from_ref(&ids),
                std::slice::from_ref(&encoder),
                HiddenState::Last,
            ),
        };
        let none = vec![None; parameters.len()];
        let sample =
            cpu.run(|| denoising::sample(&cpu, &predictor, &schedule, none, &noised).unwrap());
        let expected = expected(&family, "denoising");
        assert!((sample.loss / expected["loss"].as_f64().unwrap() - 1.0).abs() < 3e-6);
        compare(&cpu, &sample, &parameters, &expected, Part::Unet);
        compare(&cpu, &sample, &parameters, &expected, Part::TextEncoder);
    }
}

#[test]
fn autoencoder() {
    for family in Family::both() {
        let cpu = Cpu::new(2, Memory::Full).unwrap();
        let parameters = with_part(Parameters::default(), &family, Part::Vae);
        let geometry = AutoencoderGeometry::read(&config(&family, "vae")).unwrap();
        let weights = parameters.weights(Part::Vae).unwrap();
        let encoder = Encoder::load(&geometry, &weights, &cpu).unwrap();
        let decoder = Decoder::load(&geometry, &weights, &cpu).unwrap();
        let picture = Picture {
            pixels: &family.channels_last(&family.values("pixels"), 3),
            grid: Grid {
                height: 128,
                width: 128,
            },
            noise: &family.channels_last(&family.values("noise")[1024..2048], 4),
        };
        let none = vec![None; parameters.len()];
        let networks = (&encoder, &decoder);
        let sample = cpu.run(|| reconstruction::sample(&cpu, networks, none, &picture).unwrap());
        let expected = expected(&family, "reconstruction");
        assert!((sample.loss / expected["loss"].as_f64().unwrap() - 1.0).abs() < 3e-6);
        compare(&cpu, &sample, &parameters, &expected, Part::Vae);
    }
}
