//! What stands for a negative prompt that nobody gave: zeros or the empty prompt, as diffusers' own pipeline of Stable
//! Diffusion XL has it, and as the guided prediction is computed here once more by itself.

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::network::backend::Grid;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::tape::Recording;
use palimpsest_diffusion::noise_predictor::{Condition, NoisePredictor, Sizes};
use palimpsest_diffusion::{Choices, Device, DiffusionModel, Engine, Latent};
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::Steering;
use palimpsest_method::generation::{Recipe, generate};
use palimpsest_method::inversion::Control;
use palimpsest_testing::reference::{Family, relative_error};
use safetensors::SafeTensors;

const GRID: Grid = Grid {
    height: 16,
    width: 16,
};

fn engine() -> Engine {
    Engine::new(Device::Cpu, 2, Memory::Full).unwrap()
}

/// What diffusers' pipeline made, see `tests/reference/make_guidance.py`.
struct Expected(Vec<u8>);

impl Expected {
    fn read() -> Self {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        Self(fs::read(root.join("tests/reference/guidance.safetensors")).unwrap())
    }

    fn said(&self, key: &str) -> String {
        let (_, metadata) = SafeTensors::read_metadata(&self.0).unwrap();
        metadata.metadata().as_ref().unwrap()[key].clone()
    }

    fn latent(&self, name: &str) -> Latent {
        let tensors = SafeTensors::deserialize(&self.0).unwrap();
        let words = tensors.tensor(name).unwrap().data().to_vec();
        let words = words.chunks_exact(4);
        let values = words.map(|word| f32::from_le_bytes(word.try_into().unwrap()));
        Latent::new([4, 16, 16], values.collect()).unwrap()
    }
}

/// A copy of the family's fine-tuned model whose index says `said` in place of what it says.
fn saying(family: &Family, said: &str, to: &Path) -> PathBuf {
    fn copied(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let from = entry.unwrap().path();
            let to = to.join(from.file_name().unwrap());
            match from.is_dir() {
                true => copied(&from, &to),
                false => drop(fs::copy(&from, &to).unwrap()),
            }
        }
    }
    copied(&family.path("finetuned"), to);
    let index = to.join("model_index.json");
    let text = fs::read_to_string(&index).unwrap();
    let line = "  \"force_zeros_for_empty_prompt\": true,\n";
    assert!(text.contains(line));
    fs::write(index, text.replace(line, said)).unwrap();
    to.into()
}

const NO: &str = "  \"force_zeros_for_empty_prompt\": false,\n";

fn opened(path: &Path) -> DiffusionModel {
    DiffusionModel::open(path, None, &engine()).unwrap()
}

#[test]
fn guided_pictures_are_those_of_diffusers_pipeline_with_and_without_a_negative_prompt() {
    let expected = Expected::read();
    let scratch = tempfile::tempdir().unwrap();
    let negative = expected.said("negative");
    for (family, name) in Family::xl().iter().zip(["epsilon", "velocity"]) {
        let no = saying(family, NO, &scratch.path().join(name));
        let zeroing = family.path("finetuned");
        for (model, negative, key) in [
            (&zeroing, None, "absent"),
            (&no, None, "absent_encoded"),
            (&zeroing, Some(""), "empty"),
            (&zeroing, Some(negative.as_str()), "negative"),
        ] {
            let model = opened(model);
            let prompt = model.embed(&expected.said("prompt")).unwrap();
            let away = model.away_from(negative, &prompt).unwrap();
            let guidance = expected.said("guidance").parse().unwrap();
            let mut generator = model.generator(&prompt, (&away, guidance)).unwrap();
            let steps = expected.said("steps").parse().unwrap();
            let made = generator.generate(&expected.latent("noise"), steps, &mut |_| true);
            let made = made.unwrap().unwrap();
            let wanted = expected.latent(&format!("{name}.{key}"));
            let error = relative_error(made.values(), wanted.values());
            assert!(error < 1e-4, "{name}, {key}: {error:e}");
        }
    }
}

/// The picture's latent by DDIM in double precision, from ᾱ as PyTorch has it and the network's own predictions under
/// `away`: tokens and vector of the prompt that is pushed away from.
fn guided(
    family: &Family,
    model: &DiffusionModel,
    noise: &[f32],
    away: (&[f32], &[f32]),
) -> Latent {
    let alphas = family.values("alphas_cumprod");
    let cpu = Cpu::new(2, Memory::Full).unwrap();
    let weights = model.weights(Part::Unet).unwrap();
    let network = NoisePredictor::load(model.unet_geometry().clone(), &weights, &cpu).unwrap();
    let prompt = model.embed("sks style").unwrap();
    let condition = Condition {
        tokens: away.0,
        pooled: Some(away.1),
    };
    let square = Sizes::untouched(128, 128);
    let wanted = network.prompt(&cpu, &prompt).unwrap().sized(square);
    let unwanted = network.prompt(&cpu, condition).unwrap().sized(square);
    let mut x: Vec<f64> = noise.iter().map(|&v| f64::from(v)).collect();
    let times = [667_usize, 334, 1];
    for (place, &time) in times.iter().enumerate() {
        let single: Vec<f32> = x.iter().map(|&v| v as f32).collect();
        let of = |prompt| {
            let run = network.predict(&cpu, Recording::Nothing, &single, GRID, time, prompt);
            run.unwrap().values().unwrap()
        };
        let (with, without) = (of(&wanted), of(&unwanted));
        let alpha = f64::from(alphas[time]);
        let next = f64::from(alphas[times.get(place + 1).copied().unwrap_or(0)]);
        for (x, (w, u)) in x.iter_mut().zip(with.iter().zip(&without)) {
            let noise = f64::from(*u) + 3.0 * (f64::from(*w) - f64::from(*u));
            let clean = (*x - (1.0 - alpha).sqrt() * noise) / alpha.sqrt();
            *x = next.sqrt() * clean + (1.0 - next).sqrt() * noise;
        }
    }
    let by_channel = (0..4).flat_map(|c| x.iter().skip(c).step_by(4).map(|&v| v as f32));
    Latent::new(family.shape(), by_channel.collect()).unwrap()
}

fn made(recipe: &Recipe, folder: &Path) -> Vec<u8> {
    let (sender, _news) = event_channel();
    let steering = Steering::new(Control::new(), sender);
    let files = generate(recipe, folder, &steering, &mut |_| {}).unwrap();
    image::open(&files[0]).unwrap().to_rgb8().into_raw()
}

/// Pixels that differ by more than a level, which is rounding.
fn differing(a: &[u8], b: &[u8]) -> usize {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).filter(|(a, b)| a.abs_diff(**b) > 1).count()
}

#[test]
fn generated_pictures_follow_what_the_index_says() {
    let [family, _] = Family::xl();
    let scratch = tempfile::tempdir().unwrap();
    let recipe = |model: &Path, negative: Option<&str>| Recipe {
        count: 1,
        steps: 3,
        guidance: 3.0,
        prompt: Some("sks style".into()),
        negative: negative.map(str::to_owned),
        threads: 2,
        ..Recipe::new(model)
    };
    let yes = family.path("finetuned");
    let no = saying(&family, NO, &scratch.path().join("no"));
    // What is not said is diffusers' default.
    let silent = saying(&family, "", &scratch.path().join("silent"));
    let model = opened(&yes);
    assert!(model.zeroes_absent_prompt() && opened(&silent).zeroes_absent_prompt());
    assert!(!opened(&no).zeroes_absent_prompt());
    let mut noise = vec![0.0; 1024];
    let philox = palimpsest_base::philox::Philox::new(0);
    philox.fill_normal(palimpsest_base::philox::Stream::Picture, 0, &mut noise);
    let noise = Latent::new(family.shape(), noise).unwrap().by_position();
    let empty = model.embed("").unwrap();
    let pooled = empty.pooled.clone().unwrap();
    let (zeros, no_vector) = (vec![0.0; empty.values.len()], vec![0.0; pooled.len()]);
    let by_zeros = guided(&family, &model, &noise, (&zeros, &no_vector));
    let by_empty = guided(&family, &model, &noise, (&empty.values, &pooled));
    let [by_zeros, by_empty] =
        [by_zeros, by_empty].map(|latent| model.decode(&latent).unwrap().into_raw());
    assert!(differing(&by_zeros, &by_empty) > 10_000);
    for (model, negative, expected, name) in [
        (&yes, None, &by_zeros, "yes"),
        (&silent, None, &by_zeros, "silent"),
        (&no, None, &by_empty, "no"),
        (&yes, Some(""), &by_empty, "given"),
    ] {
        let folder = scratch.path().join(format!("made-{name}"));
        let picture = made(&recipe(model, negative), &folder);
        assert_eq!(differing(&picture, expected), 0, "{name}");
        let record = fs::read_to_string(folder.join("generated.json")).unwrap();
        let record: serde_json::Value = serde_json::from_str(&record).unwrap();
        let zeroed = name == "yes" || name == "silent";
        assert_eq!(record.get("negative_zeroed").is_some(), zeroed, "{name}");
        assert_eq!(record["negative"], "");
    }
    // A folder of the one is not gone on with as the other.
    let (sender, _news) = event_channel();
    let steering = Steering::new(Control::new(), sender);
    let other = recipe(&yes, Some(""));
    let refused = generate(
        &other,
        &scratch.path().join("made-yes"),
        &steering,
        &mut |_| {},
    );
    assert!(refused.unwrap_err().to_string().contains("other settings"));
}

#[test]
fn other_families_and_adapters_and_single_files_have_what_is_theirs() {
    let [family, _] = Family::xl();
    let scratch = tempfile::tempdir().unwrap();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/reference");
    for other in ["sd1", "sd2", "alt"] {
        let other = Family::named(other);
        let index = saying_always(
            &other,
            &scratch.path().join(other.path("").file_name().unwrap()),
        );
        let model = opened(&index);
        assert!(!model.zeroes_absent_prompt());
        let prompt = model.embed("sks style").unwrap();
        let away = model.away_from(None, &prompt).unwrap();
        assert_eq!(away, model.embed("").unwrap());
    }
    // A LoRA is its base's.
    let no = opened(&saying(&family, NO, &scratch.path().join("no")));
    let lora = root.join("lora/sdxl_kohya_ldm.safetensors");
    for (base, zeroes) in [(&no, false), (&opened(&family.path("finetuned")), true)] {
        let adapted = DiffusionModel::open(&lora, Some(base), &engine()).unwrap();
        assert_eq!(adapted.zeroes_absent_prompt(), zeroes);
    }
    // A folder without an index is its base's too, and by itself the family's.
    let bare = saying(&family, NO, &scratch.path().join("bare"));
    fs::remove_file(bare.join("model_index.json")).unwrap();
    assert!(opened(&bare).zeroes_absent_prompt());
    let model = DiffusionModel::open(&bare, Some(&no), &engine()).unwrap();
    assert!(!model.zeroes_absent_prompt());
    // One file says nothing; configurations beside it may.
    let file = root.join("onefile/sdxl_fp16.safetensors");
    for (configurations, zeroes) in [
        (family.path("pretrained"), true),
        (scratch.path().join("no"), false),
    ] {
        let choices = Choices {
            configurations: Some(configurations),
            ..Choices::default()
        };
        let model = DiffusionModel::open_as(&file, None, &engine(), &choices).unwrap();
        assert_eq!(model.zeroes_absent_prompt(), zeroes);
    }
}

/// A copy of a family's model of one text encoder, with the key in its index all the same.
fn saying_always(family: &Family, to: &Path) -> PathBuf {
    fs::create_dir_all(to).unwrap();
    for part in ["unet", "vae", "text_encoder", "tokenizer", "scheduler"] {
        let (from, to) = (family.path("pretrained").join(part), to.join(part));
        fs::create_dir(&to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let from = entry.unwrap().path();
            fs::copy(&from, to.join(from.file_name().unwrap())).unwrap();
        }
    }
    let index =
        r#"{"_class_name": "StableDiffusionPipeline", "force_zeros_for_empty_prompt": true}"#;
    fs::write(to.join("model_index.json"), index).unwrap();
    to.into()
}
