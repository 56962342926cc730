//! The laboratory end to end, on a few steps: an interrupted pretraining goes on to the same bits, a
//! fine-tuned model opens as any other, a LoRA changes what its file says, an evaluation leaves its table.

use palimpsest::diffusion::files::{Component, Weights};
use palimpsest::diffusion::network::cpu::{Cpu, Memory};
use palimpsest::diffusion::{Device, DiffusionModel, Engine};
use palimpsest::inversion::Control;
use palimpsest::lab::art::Family;
use palimpsest::lab::finetuning::{self, Pictures, Progress as Tuning, finetune};
use palimpsest::lab::pretraining::{Progress, Recipe, pretrain};
use palimpsest::lab::training::trainer::Ending;
use palimpsest::lab::works::Works;
use palimpsest::models;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

fn cpu(threads: usize) -> Cpu {
    Cpu::new(threads, Memory::Full).unwrap()
}

fn small() -> Recipe {
    Recipe {
        artists: 1,
        works: 1,
        folders: Vec::new(),
        autoencoder_steps: 4,
        autoencoder_rate: 2e-3,
        steps: 4,
        rate: 2e-3,
        batch: 3,
        seed: 5,
        half: false,
    }
}

#[test]
fn an_interrupted_pretraining_goes_on_to_the_same_bits() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, parts) = (folder.path().join("whole"), folder.path().join("parts"));
    let ended = pretrain(&small(), &whole, &cpu(2), &Control::new(), &mut |_| {}).unwrap();
    assert_eq!(ended, Ending::Finished);
    // Stopped now and then, and on another number of threads.
    let mut steps = 0;
    for attempt in 0.. {
        let control = Control::new();
        let stop = control.clone();
        let ended = pretrain(&small(), &parts, &cpu(1), &control, &mut |news| {
            if matches!(news, Progress::Step(_)) {
                steps += 1;
                if steps % 3 == 2 {
                    stop.cancel();
                }
            }
        });
        if ended.unwrap() == Ending::Finished {
            assert!(attempt > 1);
            break;
        }
    }
    for part in ["unet", "vae", "text_encoder"] {
        let weights = |root: &Path| Component::open(&root.join(part)).unwrap().weights;
        let [a, b] = [&whole, &parts].map(|root| fs::read(&weights(root)[0]).unwrap());
        assert!(a == b, "{part}");
    }
    let engine = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let model = DiffusionModel::open(&whole, None, &engine).unwrap();
    assert_eq!(model.resolution(), 128);
    let record = || fs::read(whole.join("training.json")).unwrap();
    let before = record();
    let foreign = pretrain(
        &Recipe { seed: 6, ..small() },
        &whole,
        &cpu(1),
        &Control::new(),
        &mut |_| {},
    );
    assert!(foreign.unwrap_err().to_string().contains("another run"));
    assert!(record() == before);
}

/// Works of a hand that is in no corpus.
fn works(folder: &Path, count: u64) -> PathBuf {
    let place = folder.join("works");
    let works = Works {
        families: vec![Family::Portrait],
        artists: vec![1500],
        works: 0..=count - 1,
        side: 128,
    };
    works.write(&place).unwrap();
    place
}

fn recipe(pictures: PathBuf) -> finetuning::Recipe {
    finetuning::Recipe {
        base: models::resolve(Path::new("demo")).unwrap(),
        pictures: Pictures::Folder(pictures),
        prompt: "sks style".into(),
        steps: Some(2),
        draws: 100,
        rate: None,
        lora: None,
        prior: None,
        text_encoder: false,
        batch: 2,
        half: false,
        resolution: None,
        seed: 1,
    }
}

fn tuned(recipe: &finetuning::Recipe, out: &Path, threads: usize) {
    let mut steps = 0;
    let cpu = Arc::new(cpu(threads));
    let ended = finetune(recipe, out, &cpu, &Control::new(), &mut |news| match news {
        Tuning::Estimate(estimate) => assert!(estimate.bytes > 0 && estimate.steps == 2),
        Tuning::Step(_) => steps += 1,
    });
    assert_eq!((ended.unwrap(), steps), (Ending::Finished, 2));
}

/// The names of the noise predictor's tensors in which two models differ.
fn differences(a: &Path, b: &Path) -> Vec<String> {
    let open = |root: &Path| Weights::open(&Component::open(&root.join("unet")).unwrap().weights);
    let (a, b) = (open(a).unwrap(), open(b).unwrap());
    let differs = |name: &&str| {
        let shape = a.shape(name).unwrap();
        let [a, b] = [&a, &b].map(|weights| weights.parameter(name, shape).unwrap());
        a.values() != b.values()
    };
    a.names().filter(differs).map(str::to_owned).collect()
}

#[test]
fn a_fine_tuned_model_is_complete_and_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let recipe = recipe(works(folder.path(), 2));
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    tuned(&recipe, &one, 1);
    tuned(&recipe, &two, 2);
    assert!(differences(&one, &two).is_empty());
    assert!(differences(&recipe.base, &one).len() > 200);
    let engine = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let model = DiffusionModel::open(&one, None, &engine).unwrap();
    assert!(model.description().borrowed.is_empty());
    let prompt = fs::read_to_string(one.join("prompt.txt")).unwrap();
    assert_eq!(prompt.trim(), "sks style");
    let again = finetune(
        &recipe,
        &one,
        &Arc::new(cpu(1)),
        &Control::new(),
        &mut |_| {},
    );
    assert!(
        again
            .unwrap_err()
            .to_string()
            .contains("not an empty folder")
    );
}

#[test]
fn a_lora_and_a_prior_and_the_text_encoder() {
    let folder = tempfile::tempdir().unwrap();
    let pictures = works(folder.path(), 2);
    let out = folder.path().join("lora");
    let mut lora = recipe(pictures.clone());
    lora.lora = Some(3);
    tuned(&lora, &out, 2);
    let engine = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let base = DiffusionModel::open(&lora.base, None, &engine).unwrap();
    let file = out.join(finetuning::LORA);
    let model = DiffusionModel::open(&file, Some(&base), &engine).unwrap();
    let description = model.description().lora.unwrap();
    assert_eq!(description.ranks, [3, 3]);
    assert!(description.unet_layers > 40, "{description:?}");

    let out = folder.path().join("prior");
    let mut prior = recipe(pictures.clone());
    (prior.prior, prior.text_encoder) = (Some(pictures), true);
    tuned(&prior, &out, 2);
    let text = |root: &Path| {
        let weights = Component::open(&root.join("text_encoder")).unwrap().weights;
        fs::read(&weights[0]).unwrap()
    };
    assert_ne!(text(&out), text(&prior.base));
}

#[test]
fn an_evaluation_leaves_its_table_and_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("evaluation");
    let run = || {
        let output = Command::new(env!("CARGO_BIN_EXE_palimpsest"))
            .args(["lab", "evaluate", "--base", "demo", "--hand", "rings:1500"])
            .args(["--hand", "trees:1500", "--seeds", "1", "--works", "2"])
            .args(["--draws", "2", "--preset", "quick", "--json"])
            .arg("--out")
            .arg(&out)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    };
    let first = run();
    let table: serde_json::Value = serde_json::from_slice(&first).unwrap();
    let rows = table["rows"].as_array().unwrap();
    let of = |score: &str| rows.iter().filter(|row| row["score"] == score).count();
    // Two sets, their mean, and both ways to pool them.
    assert!(of("recovery.direction") >= 4 && of("picture.gain_db") >= 4);
    for file in [
        "table.txt",
        "table.csv",
        "works.json",
        "roc.png",
        "grid-rings-1500-s0.png",
    ] {
        assert!(fs::metadata(out.join(file)).unwrap().len() > 100, "{file}");
    }
    assert_eq!(run(), first);
    let other = Command::new(env!("CARGO_BIN_EXE_palimpsest"))
        .args(["lab", "evaluate", "--base", "demo", "--hand", "rings:1500"])
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(other.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&other.stderr).contains("other settings"));
}

#[test]
fn nothing_to_evaluate_and_hands_of_the_corpus_are_refused() {
    let refused = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_palimpsest"))
            .args([
                "lab",
                "evaluate",
                "--base",
                "demo",
                "--out",
                "/nowhere/at/all",
            ])
            .args(arguments)
            .output()
            .unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (status, error) = refused(&[]);
    assert_eq!(status, Some(1));
    assert!(error.contains("nothing to evaluate"), "{error}");
    let (status, error) = refused(&["--hand", "rings:3"]);
    assert_eq!(status, Some(2));
    assert!(error.contains("1000 or more"), "{error}");
}
