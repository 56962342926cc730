//! The laboratory on a small model of Stable Diffusion XL's structure, on a few steps: made from nothing, fine-tuned with
//! all weights and by LoRA, made to generate, evaluated.

use crate::commands::palimpsest;

use palimpsest_base::random::Random;
use palimpsest_diffusion::files::{Component, Part};
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::noise_predictor::Sizes;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Latent};
use palimpsest_lab::finetuning::{self, Pictures, finetune};
use palimpsest_lab::pretraining::{Progress, Recipe, SIDE, pretrain};
use palimpsest_lab::small_model::Structure;
use palimpsest_lab::training::corpus::{Corpus, Plan, VALIDATION};
use palimpsest_lab::training::purpose;
use palimpsest_lab::training::trainer::Ending;
use palimpsest_lab::works::Works;
use palimpsest_method::inversion::Control;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

fn cpu(threads: usize) -> Cpu {
    Cpu::new(threads, Memory::Full).unwrap()
}

/// A few steps, of a rate at which the network hears of the sizes in so few.
fn recipe() -> Recipe {
    Recipe {
        artists: 1,
        works: 1,
        folders: Vec::new(),
        autoencoder_steps: 4,
        autoencoder_rate: 2e-3,
        steps: 8,
        rate: 2e-2,
        batch: 3,
        seed: 5,
        structure: Structure::Sdxl,
        half: false,
    }
}

fn opened(folder: &Path) -> DiffusionModel {
    let engine = Engine::new(Device::Cpu, 2, Memory::Full).unwrap();
    DiffusionModel::open(folder, None, &engine).unwrap()
}

/// The small model after a few steps, made once for all tests, and its loss on unseen works as the training measured it.
fn pretrained() -> (&'static Path, f64) {
    static MADE: LazyLock<(TempDir, f64)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let mut measured = None;
        let control = Control::new();
        let ended = pretrain(&recipe(), folder.path(), &cpu(2), &control, &mut |news| {
            if let Progress::Validation(loss) = news {
                measured = Some(loss);
            }
        });
        assert_eq!(ended.unwrap(), Ending::Finished);
        (folder, measured.unwrap())
    });
    (MADE.0.path(), MADE.1)
}

/// The losses on unseen works by the opened model, told each of `sizes` of the pictures: draws as in training.
fn losses_of<const N: usize>(
    model: &DiffusionModel,
    works: &Corpus,
    sizes: [Option<Sizes>; N],
) -> [f64; N] {
    let mut sums = [0.0; N];
    for (i, picture) in works.pictures.iter().enumerate() {
        let mut random = Random::for_training(0, purpose::VALIDATION, i as u64);
        let caption = match random.chance(0.1) {
            true => "",
            false => &picture.caption,
        };
        let timestep = random.integer(0, 999);
        let latent = model.encode(&picture.picture).unwrap();
        let [channels, height, width] = latent.shape();
        let positions = height * width;
        // Training draws position by position.
        let drawn: Vec<f32> = (0..channels * positions)
            .map(|_| random.normal() as f32)
            .collect();
        let by_channel = (0..channels)
            .flat_map(|c| (0..positions).map(move |p| (c, p)))
            .map(|(c, p)| drawn[p * channels + c])
            .collect();
        let noise = Latent::new(latent.shape(), by_channel).unwrap();
        let mut denoiser = model.denoiser(&model.embed(caption).unwrap()).unwrap();
        for (sum, sizes) in sums.iter_mut().zip(sizes) {
            denoiser.describe_picture(sizes);
            *sum += denoiser.loss(&latent, timestep, &noise).unwrap();
        }
    }
    sums.map(|sum| sum / works.pictures.len() as f64)
}

#[test]
fn training_sees_the_sizes_that_generation_is_told() {
    let (folder, measured) = pretrained();
    let model = opened(folder);
    assert_eq!(model.description().family, "Stable Diffusion XL");
    let unseen = Corpus::gather(&Plan {
        artists: VALIDATION.start..VALIDATION.start + 4,
        works: 1,
        folders: Vec::new(),
        side: SIDE,
    });
    let sizes = [None, Some(Sizes::untouched(512, 512))];
    let losses = losses_of(&model, &unseen.unwrap(), sizes);
    let [own, other] = losses.map(|loss| (loss / measured - 1.0).abs());
    assert!(own < 1e-6 && other > 1e-5, "{own} {other}");
}

#[test]
fn latents_are_scaled_by_the_familys_factor_and_pictures_come_back() {
    let (folder, _) = pretrained();
    let config = fs::read_to_string(folder.join("vae/config.json")).unwrap();
    let config: serde_json::Value = serde_json::from_str(&config).unwrap();
    let factor = config["scaling_factor"].as_f64().unwrap();
    assert!((factor - 0.13025).abs() < 1e-7, "{factor}");
    let model = opened(folder);
    let pictures: Vec<_> = (0..4)
        .map(|i| palimpsest_art::draw(palimpsest_art::Family::Landscape, 900 + i, 0, SIDE))
        .collect();
    let latents: Vec<_> = pictures
        .iter()
        .map(|one| model.encode(one).unwrap())
        .collect();
    let values: Vec<f32> = latents
        .iter()
        .flat_map(|one| one.values().to_vec())
        .collect();
    let square = values.iter().map(|v| v * v).sum::<f32>() / values.len() as f32;
    assert!((0.3..3.0).contains(&square), "{square}");
    for (picture, latent) in pictures.iter().zip(&latents) {
        let back = model.decode(latent).unwrap();
        let pairs = picture.as_raw().iter().zip(back.as_raw());
        let error: f64 = pairs
            .map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2))
            .sum();
        let rms = (error / picture.as_raw().len() as f64).sqrt();
        assert!(rms < 60.0, "{rms}");
    }
}

/// Works of a hand that is in no corpus.
fn works(folder: &Path) -> PathBuf {
    let place = folder.join("works");
    let works = Works {
        families: vec![palimpsest_art::Family::Portrait],
        artists: vec![1500],
        works: 0..=1,
        side: 128,
    };
    works.write(&place).unwrap();
    place
}

#[test]
fn it_is_fine_tuned_made_to_generate_and_evaluated() {
    let folder = tempfile::tempdir().unwrap();
    let base = pretrained().0.to_owned();
    let pictures = works(folder.path());
    let tuned = |name: &str, lora: Option<usize>, text_encoder: bool| {
        let recipe = finetuning::Recipe {
            base: base.clone(),
            pictures: Pictures::Folder(pictures.clone()),
            prompt: "sks style".into(),
            steps: Some(2),
            draws: 100,
            rate: None,
            lora,
            prior: None,
            text_encoder,
            batch: 2,
            half: false,
            resolution: None,
            seed: 1,
            augmentation: finetuning::Augmentation::None,
            caption_dropout: 0.0,
        };
        let out = folder.path().join(name);
        let ended = finetune(
            &recipe,
            &out,
            &Arc::new(cpu(2)),
            &Control::new(),
            &mut |_| {},
        );
        assert_eq!(ended.unwrap(), Ending::Finished);
        out
    };
    let weights = |root: &Path, part: Part| {
        let files = Component::open(&root.join(part.folder())).unwrap().weights;
        fs::read(&files[0]).unwrap()
    };
    let whole = tuned("whole", None, false);
    let with_text = tuned("with-text", None, true);
    assert_eq!(opened(&whole).description().family, "Stable Diffusion XL");
    assert_ne!(weights(&whole, Part::Unet), weights(&base, Part::Unet));
    for part in Part::TEXT {
        assert_eq!(weights(&whole, part), weights(&base, part));
        assert_ne!(weights(&with_text, part), weights(&base, part), "{part:?}");
    }
    let lora = tuned("lora", Some(2), false).join(finetuning::LORA);
    let engine = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let model = DiffusionModel::open(&lora, Some(&opened(&base)), &engine).unwrap();
    assert!(model.description().lora.unwrap().unet_layers > 40);

    let finished = |command: &mut std::process::Command| {
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        output.stdout
    };
    let generated = folder.path().join("generated");
    finished(
        palimpsest(["lab", "generate", "--steps", "2", "--count", "1", "--base"])
            .arg(&base)
            .arg("--model")
            .arg(&lora)
            .arg("--out")
            .arg(&generated),
    );
    let picture = image::open(generated.join("generated-0001.png")).unwrap();
    assert_eq!((picture.width(), picture.height()), (128, 128));
    let table = finished(
        palimpsest(["lab", "evaluate", "--hand", "rings:1500", "--seeds", "1"])
            .args(["--works", "2", "--draws", "2", "--steps", "2", "--json"])
            .args(["--lora", "2", "--base"])
            .arg(&base)
            .arg("--out")
            .arg(folder.path().join("evaluation")),
    );
    let table: serde_json::Value = serde_json::from_slice(&table).unwrap();
    let rows = table["rows"].as_array().unwrap();
    assert!(rows.iter().any(|row| row["score"] == "recovery.direction"));
}
