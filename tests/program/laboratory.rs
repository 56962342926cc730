//! The laboratory end to end, on a few steps: an interrupted pretraining goes on to the same bits, a
//! fine-tuned model opens as any other, a LoRA changes what its file says, an evaluation leaves its table.

use crate::casework_registry::registry;
use crate::commands::palimpsest;

use palimpsest_art::{Family, draw};
use palimpsest_diffusion::files::{Component, Weights};
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::{Device, DiffusionModel, Engine};
use palimpsest_lab::finetuning::{self, Pictures, Progress as Tuning, finetune};
use palimpsest_lab::pretraining::{Progress, Recipe, leave_hashes, pretrain};
use palimpsest_lab::small_model::Structure;
use palimpsest_lab::training::corpus_hashes::CorpusHashes;
use palimpsest_lab::training::trainer::Ending;
use palimpsest_lab::works::Works;
use palimpsest_method::inversion::Control;
use palimpsest_method::models;
use palimpsest_method::similarity::perceptual_hash::PerceptualHash;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
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
        structure: Structure::Sd1,
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
    // What it was trained on, and the same without training.
    let hashes = |root: &Path| CorpusHashes::beside(root).unwrap().unwrap();
    let corpus = hashes(&whole);
    assert_eq!(
        (corpus.len(), &corpus),
        (Family::ALL.len(), &hashes(&parts))
    );
    let work = PerceptualHash::of(&draw(Family::Rings, 0, 0, 128));
    assert_eq!(corpus.nearest(work), Some(0));
    fs::remove_file(whole.join("corpus.hashes")).unwrap();
    leave_hashes(&small(), &whole).unwrap();
    assert_eq!(hashes(&whole), corpus);
    let more = Recipe {
        works: 2,
        ..small()
    };
    let refused = leave_hashes(&more, &whole).unwrap_err().to_string();
    assert!(refused.contains("another corpus"), "{refused}");
    assert_eq!(hashes(&whole), corpus);
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
        augmentation: finetuning::Augmentation::None,
        caption_dropout: 0.0,
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
        a.values()[..] != b.values()[..]
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

/// Where the system says what is free.
#[cfg(target_os = "linux")]
#[test]
fn a_fine_tuning_that_does_not_fit_is_refused_before_it_begins() {
    let folder = tempfile::tempdir().unwrap();
    let mut recipe = recipe(works(folder.path(), 2));
    recipe.resolution = Some(1 << 16);
    let out = folder.path().join("model");
    let control = Control::new();
    let refused = finetune(&recipe, &out, &Arc::new(cpu(1)), &control, &mut |_| {
        panic!("it began");
    });
    let sentence = refused.unwrap_err().to_string();
    assert!(sentence.contains("GiB of memory"), "{sentence}");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
}

#[test]
fn an_interrupted_fine_tuning_goes_on_to_the_same_bits() {
    let folder = tempfile::tempdir().unwrap();
    let mut recipe = recipe(works(folder.path(), 2));
    let run = |recipe: &finetuning::Recipe, out: &Path, stop_after: u64| {
        let control = Control::new();
        let stop = control.clone();
        let mut made = Vec::new();
        let ended = finetune(recipe, out, &Arc::new(cpu(1)), &control, &mut |news| {
            if let Tuning::Step(step) = news {
                made.push(step.step);
                if step.step == stop_after {
                    stop.cancel();
                }
            }
        });
        let told = ended.map_err(|error| error.to_string());
        told.map(|ending| (ending, made))
    };
    for lora in [None, Some(2)] {
        let name = |name: &str| folder.path().join(format!("{name}{}", lora.is_some()));
        let (whole, parts) = (name("whole"), name("parts"));
        (recipe.lora, recipe.steps) = (lora, Some(4));
        let finished = run(&recipe, &whole, 5).unwrap();
        assert_eq!(finished, (Ending::Finished, vec![1, 2, 3, 4]));
        let cancelled = run(&recipe, &parts, 2).unwrap();
        assert_eq!(cancelled, (Ending::Cancelled, vec![1, 2]));
        assert!(!parts.join("finetuning.json").exists());
        fs::write(parts.join("training.safetensors.unfinished"), "cut off").unwrap();
        // Only the same recipe on the same pictures goes on.
        let other = finetuning::Recipe {
            prompt: "another".into(),
            ..recipe.clone()
        };
        let refused = run(&other, &parts, 5).unwrap_err();
        assert!(refused.contains("another run"), "{refused}");
        let finished = run(&recipe, &parts, 5).unwrap();
        assert_eq!(finished, (Ending::Finished, vec![3, 4]));
        let files = |root: &Path| {
            let mut names: Vec<_> = fs::read_dir(root)
                .unwrap()
                .map(|e| e.unwrap().file_name())
                .collect();
            names.sort();
            names
        };
        assert_eq!(files(&whole), files(&parts));
        let result = match lora {
            None => "unet/diffusion_pytorch_model.safetensors",
            Some(_) => finetuning::LORA,
        };
        let [a, b] = [&whole, &parts].map(|root| fs::read(root.join(result)).unwrap());
        assert!(a == b, "{result}");
    }
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
    let run = |more: &[&str]| {
        let output = palimpsest(["lab", "evaluate", "--base", "demo"])
            .args(["--hand", "rings:1500"])
            .args(["--hand", "trees:1500", "--seeds", "1", "--works", "2"])
            .args(["--draws", "2", "--preset", "quick", "--json"])
            .args(more)
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
    let first = run(&[]);
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
    assert_eq!(run(&[]), first);
    // Other settings are not another evaluation: they are added to it.
    let more = run(&["--variant", "--steps 3 --mask half"]);
    let compared: serde_json::Value = serde_json::from_slice(&more).unwrap();
    assert_eq!(compared["rows"], table["rows"]);
    let settings = compared["settings_compared"].as_array().unwrap();
    assert_eq!(settings[0]["settings"], "--preset quick --mask block:4");
    assert_eq!(settings[1]["settings"], "--steps 3 --mask half");
    assert_eq!(settings[1]["evaluations"], 6);
    assert_eq!(settings[1]["auc"]["recovery.direction"]["sets"], 2);
    assert!(settings[1]["exceeds_the_first"]["value"].is_number());
    for file in [
        "settings.csv",
        "rings-1500-s0/case-mask-half_steps-3/case.json",
        "trees-1500-s0/case-mask-half_steps-3/case.json",
        "grid-rings-1500-s0-mask-half_steps-3.png",
    ] {
        assert!(out.join(file).is_file(), "{file}");
    }
    assert!(table["settings_compared"].is_null());
    // Its cases are nobody's question.
    let case = out.join("rings-1500-s0/case-mask-half_steps-3/case.json");
    assert!(!fs::read_to_string(case).unwrap().contains("registration"));
    assert_eq!(registry(), None);
    let other = Command::new(env!("CARGO_BIN_EXE_palimpsest"))
        .args(["lab", "evaluate", "--base", "demo", "--hand", "rings:1500"])
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    assert_eq!(other.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&other.stderr).contains("other settings"));
}

/// What `lab evaluate` says of two members and two hold-outs below `folder`, of which one is a copy of a
/// member and one is in the corpus of the built-in model.
fn evaluated(folder: &Path, more: &[&str]) -> Output {
    let place = |role: &str| {
        let place = folder.join(role);
        if !place.exists() {
            fs::create_dir(&place).unwrap();
            let save = |work: u64, artist: u64, name: &str| {
                let work = draw(Family::Portrait, artist, work, 128);
                work.save(place.join(name)).unwrap();
            };
            save(0, 1500, "copied.png");
            if role == "hold-outs" {
                save(2, 1500, "other.png");
                save(3, 0, "known.png");
                fs::rename(place.join("copied.png"), place.join("copy.png")).unwrap();
            } else {
                save(1, 1500, "member.png");
            }
        }
        place
    };
    Command::new(env!("CARGO_BIN_EXE_palimpsest"))
        .args([
            "lab",
            "evaluate",
            "--base",
            "demo",
            "--finetuned",
            "demo-finetuned",
        ])
        .args(["--preset", "quick", "--steps", "1", "--json"])
        .arg("--members")
        .arg(place("members"))
        .arg("--hold-outs")
        .arg(place("hold-outs"))
        .arg("--out")
        .arg(folder.join("evaluation"))
        .args(more)
        .output()
        .unwrap()
}

#[test]
fn near_duplicates_are_left_out_and_variants_examine_only_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let output = evaluated(folder.path(), &[]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let table: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut left_out: Vec<String> = (table["left_out"].as_array().unwrap().iter())
        .map(|work| format!("{}, {}", work["name"], work["of"]))
        .collect();
    left_out.sort();
    assert_eq!(
        left_out,
        [
            r#""copied", {"work":"copy"}"#,
            r#""copy", {"work":"copied"}"#,
            r#""known", "corpus""#,
        ]
    );
    assert!(said.contains("known is left out, a near-duplicate of a picture that the base model"));
    let direction = &table["rows"].as_array().unwrap()[0];
    assert_eq!(
        (&direction["members"], &direction["hold_outs"]),
        (&1.into(), &1.into())
    );
    assert!(
        table["notes"][0]
            .as_str()
            .unwrap()
            .contains("13680 pictures")
    );

    let evaluation = folder.path().join("evaluation");
    let findings = |case: &str| -> Vec<PathBuf> {
        let entries = fs::read_dir(evaluation.join(case)).unwrap();
        let folders = entries.map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = folders.map(|folder| folder.join("findings.json")).collect();
        files.retain(|file| file.is_file());
        files.sort();
        files
    };
    let times = |files: &[PathBuf]| -> Vec<_> {
        let modified = |file: &PathBuf| fs::metadata(file).unwrap().modified().unwrap();
        files.iter().map(modified).collect()
    };
    let own = findings("case");
    let (before, variants) = (
        times(&own),
        ["--variant", "--steps 2", "--variant", "--noise independent"],
    );
    assert_eq!(own.len(), 5);
    assert!(evaluated(folder.path(), &variants[..2]).status.success());
    // As an interruption leaves it: the last work is not finished.
    let first = findings("case-steps-2");
    fs::remove_file(&first[4]).unwrap();
    let earlier = times(&first[..4]);
    let output = evaluated(folder.path(), &variants);
    let table: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let evaluations = table["settings_compared"].as_array().unwrap().iter();
    let evaluations: Vec<_> = evaluations.map(|row| row["evaluations"].clone()).collect();
    assert_eq!(evaluations, [2, 4, 2]);
    assert!(first[4].is_file() && times(&first[..4]) == earlier && times(&own) == before);
    assert_eq!(findings("case-noise-independent").len(), 5);
}

#[test]
fn a_variant_that_cannot_be_is_refused_in_claps_words() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |variants: &[&str]| {
        let output = evaluated(folder.path(), variants);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for (variant, what) in [
        (
            "--steps none",
            "invalid value 'none' for '--steps <N>': it must be a whole number",
        ),
        ("--stepz 3", "unexpected argument '--stepz' found"),
        ("--base other", "unexpected argument '--base' found"),
        ("--steps", "a value is required for '--steps <N>'"),
        (" ", "it names no setting"),
    ] {
        let said = refused(&["--variant", variant]);
        assert!(
            said.contains(&format!(
                "invalid value '{variant}' for '--variant <OPTIONS>'"
            )),
            "{said}"
        );
        assert!(said.contains(what), "{said}");
    }
    let twice = [
        "--variant",
        "--steps 3 --contrast 1",
        "--variant",
        "--contrast 1.0  --steps 3",
    ];
    assert!(refused(&twice).contains("are the same settings"));
    assert!(!folder.path().join("evaluation").exists());
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
