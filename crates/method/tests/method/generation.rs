//! New pictures out of a model: against diffusers' sampler, the same on every machine, and going on after
//! an interruption.

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::sampling::Origin;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Latent, Memory};
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::Steering;
use palimpsest_method::generation::{GenerationError, Recipe, SamplingStep, generate};
use palimpsest_method::inversion::Control;
use safetensors::SafeTensors;

fn reference() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/reference")
}

/// What diffusers made, see `tests/reference/make_generation.py`.
struct Expected(Vec<u8>);

impl Expected {
    fn read() -> Self {
        Self(fs::read(reference().join("generation.safetensors")).unwrap())
    }

    fn said(&self, key: &str) -> String {
        let (_, metadata) = SafeTensors::read_metadata(&self.0).unwrap();
        metadata.metadata().as_ref().unwrap()[key].clone()
    }

    fn latent(&self, name: &str) -> Latent {
        let tensors = SafeTensors::deserialize(&self.0).unwrap();
        let tensor = tensors.tensor(name).unwrap();
        let words = tensor.data().chunks_exact(4);
        let values = words.map(|word| f32::from_le_bytes(word.try_into().unwrap()));
        let shape = tensor.shape().try_into().unwrap();
        Latent::new(shape, values.collect()).unwrap()
    }
}

fn sampled(family: &str, expected: &Expected, guidance: f32, negative: &str) -> Latent {
    let engine = Engine::new(Device::Cpu, 2, Memory::Full).unwrap();
    let path = reference().join(family).join("finetuned");
    let model = DiffusionModel::open(&path, None, &engine).unwrap();
    let prompt = model.embed(&expected.said("prompt")).unwrap();
    let away = model.embed(negative).unwrap();
    let mut generator = model.generator(&prompt, (&away, guidance)).unwrap();
    let noise = expected.latent(&format!("{family}.noise"));
    let steps = expected.said("steps").parse().unwrap();
    let mut asked = Vec::new();
    let latent = generator.generate(&noise, steps, &mut |step| {
        asked.push(step);
        true
    });
    assert_eq!(asked, (1..=steps).collect::<Vec<_>>());
    latent.unwrap().unwrap()
}

#[test]
fn samples_are_those_of_diffusers() {
    let expected = Expected::read();
    for family in ["sd1", "sd2"] {
        for guidance in [1.0, 7.5] {
            let found = sampled(family, &expected, guidance, &expected.said("negative"));
            let wanted = expected.latent(&format!("{family}.guidance_{guidance}"));
            let pairs = || found.values().iter().zip(wanted.values());
            let off: f32 = pairs().map(|(f, w)| (f - w).powi(2)).sum();
            let size: f32 = wanted.values().iter().map(|w| w * w).sum();
            let error = (off / size).sqrt();
            assert!(error < 1e-4, "{family} at guidance {guidance}: {error:e}");
        }
    }
}

#[test]
fn the_negative_prompt_counts_where_there_is_guidance_and_only_there() {
    let expected = Expected::read();
    let with = |guidance, negative| sampled("sd1", &expected, guidance, negative);
    assert_eq!(with(1.0, "blurry"), with(1.0, "sharp"));
    assert_ne!(with(2.0, "blurry"), with(2.0, "sharp"));
}

/// What comes of an origin, and the number of steps that were made of ten.
fn made_from(origin: &Origin, noise: &Latent) -> (Latent, usize) {
    let engine = Engine::new(Device::Cpu, 2, Memory::Full).unwrap();
    let path = reference().join("sd1/finetuned");
    let model = DiffusionModel::open(&path, None, &engine).unwrap();
    let (prompt, away) = (model.embed("sks style").unwrap(), model.embed("").unwrap());
    let mut generator = model.generator(&prompt, (&away, 1.0)).unwrap();
    let mut made = 0;
    let latent = generator.generate_from(origin, noise, 10, &mut |step| {
        made = step;
        true
    });
    (latent.unwrap().unwrap(), made)
}

#[test]
fn a_picture_is_made_again_by_a_share_of_the_steps() {
    let expected = Expected::read();
    let (noise, latent) = (
        expected.latent("sd1.noise"),
        expected.latent("sd1.guidance_1"),
    );
    let again = |strength| {
        let latent = latent.clone();
        made_from(&Origin::Picture { latent, strength }, &noise)
    };
    assert_eq!(again(0.0), (latent.clone(), 0));
    let off = |other: &Latent| -> f32 {
        let pairs = latent.values().iter().zip(other.values());
        pairs.map(|(a, b)| (a - b).powi(2)).sum()
    };
    let ((little, two), (much, seven)) = (again(0.2), again(0.7));
    assert_eq!((two, seven), (2, 7));
    assert!(0.0 < off(&little) && off(&little) < off(&much));
    let small = Latent::zeros([4, 2, 2]);
    let origin = Origin::Picture {
        latent: small,
        strength: 0.5,
    };
    assert_eq!(origin.steps(50), 25);
}

#[test]
fn cells_that_are_known_are_kept_and_the_others_made() {
    let expected = Expected::read();
    let (noise, latent) = (
        expected.latent("sd1.noise"),
        expected.latent("sd1.guidance_1"),
    );
    let [channels, height, width] = latent.shape();
    let cells: Vec<bool> = (0..height * width)
        .map(|cell| cell % width < width / 2)
        .collect();
    let origin = Origin::Kept {
        latent: latent.clone(),
        cells: cells.clone(),
    };
    let (made, steps) = made_from(&origin, &noise);
    assert_eq!(steps, 10);
    let (mut kept, mut others) = (0.0_f32, 0.0_f32);
    for channel in 0..channels {
        for (cell, known) in cells.iter().enumerate() {
            let place = channel * height * width + cell;
            let off = (made.values()[place] - latent.values()[place]).abs();
            let worst = if *known { &mut kept } else { &mut others };
            *worst = worst.max(off);
        }
    }
    // At timestep 0, where sampling ends, a thirtieth of the noise is left.
    assert!(kept < 0.2, "{kept}");
    assert!(others > 0.5, "{others}");
}

fn recipe(threads: usize) -> Recipe {
    Recipe {
        count: 3,
        steps: 4,
        seed: 9,
        threads,
        ..Recipe::new(reference().join("sd1/finetuned"))
    }
}

fn made(
    recipe: &Recipe,
    folder: &Path,
    stop_at: Option<(usize, usize)>,
) -> Result<Vec<PathBuf>, GenerationError> {
    let control = Control::new();
    let (sender, _news) = event_channel();
    let steering = Steering::new(control.clone(), sender);
    generate(recipe, folder, &steering, &mut |step: SamplingStep| {
        if stop_at == Some((step.picture, step.step)) {
            control.cancel();
        }
    })
}

fn bytes(files: &[PathBuf]) -> Vec<Vec<u8>> {
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn an_interrupted_command_goes_on_to_the_same_pictures() {
    let places = tempfile::tempdir().unwrap();
    let at_once = made(&recipe(1), &places.path().join("a"), None).unwrap();
    let folder = places.path().join("b");
    let stopped = made(&recipe(2), &folder, Some((2, 3)));
    assert!(matches!(stopped, Err(GenerationError::Interrupted)));
    assert!(folder.join("generated-0001.png").exists());
    assert!(!folder.join("generated-0002.png").exists());
    let in_the_end = made(&recipe(2), &folder, None).unwrap();
    assert_eq!(bytes(&at_once), bytes(&in_the_end));
    assert_ne!(bytes(&at_once)[0], bytes(&at_once)[1]);
    let record = fs::read_to_string(folder.join("generated.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["seed"], 9);
    assert_eq!(record["prompt"], "sks style");
    assert_eq!(record["prompt_source"], "default");
    assert_eq!(record["model"]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn a_folder_with_something_else_is_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("mine.txt"), "mine").unwrap();
    let refused = made(&recipe(1), place.path(), None).unwrap_err();
    assert!(refused.to_string().contains("something else"), "{refused}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    let other = Recipe {
        resolution: Some(60),
        ..recipe(1)
    };
    let refused = made(&other, &place.path().join("new"), None).unwrap_err();
    assert!(refused.to_string().contains("60"), "{refused}");
}
