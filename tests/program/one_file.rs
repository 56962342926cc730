//! Models in one file, and adapters, as the program's users give them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::files::{Parameter, Part, Precision, Weights};
use palimpsest_testing::lora::values;
use palimpsest_testing::normal::Normal;
use palimpsest_testing::reference::without_record;
use serde_json::{Value, json};

use crate::commands::{Examine, complaint, json, palimpsest, reference, stderr};
use crate::exhibit_file::Read;

fn one_file(name: &str) -> PathBuf {
    reference("onefile", name)
}

#[test]
fn two_files_are_examined_like_folders_and_found_again() {
    let scratch = tempfile::tempdir().unwrap();
    let mut case = Examine::new("sd1", scratch.path().join("case"))
        .with("--steps 2 --threads 2")
        .option("--config", one_file("sd1s_config"));
    case.pretrained = one_file("sd1s_fp16_legacy.ckpt");
    case.finetuned = one_file("sd1s_bf16.safetensors");
    let findings = case.json();
    for (model, name) in [
        ("pretrained", "sd1s_fp16_legacy.ckpt"),
        ("finetuned", "sd1s_bf16.safetensors"),
    ] {
        let model = &findings["settings"][model];
        let files = model["files"].as_array().unwrap();
        let is_there = |wanted: &str| {
            files
                .iter()
                .any(|file| file["name"].as_str().unwrap().ends_with(wanted))
        };
        assert!(
            is_there(name) && is_there("config.json") && is_there("vocab.json"),
            "{files:?}"
        );
        assert!(
            model["choices"]["configurations"]
                .as_str()
                .unwrap()
                .ends_with("sd1s_config")
        );
        assert_eq!(model["borrowed"], json!([]));
    }
    assert!(
        findings["recovery"]["gain_db"]
            .as_f64()
            .unwrap()
            .is_finite()
    );
    // Whoever has the files finds that they are the same, configurations too.
    let verified = palimpsest(["verify"]).arg(&case.out).output().unwrap();
    assert!(verified.status.success(), "{}", stderr(&verified));
    // The same model twice says so.
    case.out = scratch.path().join("same");
    case.finetuned = one_file("sd1s_fp16.safetensors");
    case.pretrained = case.finetuned.clone();
    let findings = case.json();
    let trace = &findings["trace"];
    assert_eq!(trace["loss_pretrained"], trace["loss_finetuned"]);
    assert_eq!(findings["loss_gap"]["value"], 0.0);
}

#[test]
fn the_model_s_own_pictures_are_made_with_what_was_said_of_it() {
    let scratch = tempfile::tempdir().unwrap();
    let mut case = Examine::new("sd1", scratch.path().join("case"))
        .with("--steps 1 --threads 2 --own-outputs 1")
        .option("--config", one_file("sd1s_config"));
    case.pretrained = one_file("sd1s_fp16.safetensors");
    case.finetuned = one_file("sd1s_fp16_no_text_model.safetensors");
    let output = case.output();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(case.out.join("own-outputs/generated-0001.png").is_file());
}

#[test]
fn what_a_file_says_of_its_training_is_told_where_it_matters() {
    let scratch = tempfile::tempdir().unwrap();
    let mut case = Examine::new("sd1", scratch.path().join("case")).with("--steps 1");
    case.finetuned = reference("lora", "sd1_kohya.safetensors");
    let findings = case.json();
    let warnings = findings["warnings"].to_string();
    for part in ["hills-base.safetensors", "“sks style”, which may be it"] {
        assert!(warnings.contains(part), "{part}: {warnings}");
    }
    let stated = &findings["settings"]["finetuned"]["stated"];
    assert_eq!(stated["pictures_with_repeats"], 200);
    let output = palimpsest(["exhibit"])
        .arg(&case.out)
        .args(["--number", "P-1"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let pdf = fs::read(case.out.join("exhibits/exhibit-P-1.pdf")).unwrap();
    let text = Read::new(&pdf).text();
    let joined = |text: &str| text.split_whitespace().collect::<String>();
    for part in [
        "The file states: base model",
        "hills-base.safetensors",
        "sks style (20)",
    ] {
        assert!(joined(&text).contains(&joined(part)), "{part}: {text}");
    }
    // A prompt that was given is not guessed at.
    let mut given = case.option("--prompt", "sks style");
    given.out = scratch.path().join("given");
    assert!(
        !given.json()["warnings"]
            .to_string()
            .contains("which may be it")
    );
}

#[test]
fn what_is_missing_is_asked_for() {
    let scratch = tempfile::tempdir().unwrap();
    let mut case = Examine::new("sd1", scratch.path().join("case"));
    case.pretrained = one_file("sd1s_fp16.safetensors");
    case.finetuned = case.pretrained.clone();
    let said = case.complaint();
    assert!(said.contains("--config"), "{said}");
    assert!(!case.out.join("case.json").exists());
    // What it predicts is asked for with the losses of both readings on the artwork.
    let alone = scratch.path().join("sd2.safetensors");
    without_record(&one_file("sd2s_fp16_modelspec.safetensors"), &alone);
    let mut unsaid = Examine::new("sd2", scratch.path().join("unsaid"))
        .option("--config", one_file("sd2s_config"));
    (unsaid.pretrained, unsaid.finetuned) = (alone.clone(), alone.clone());
    let said = unsaid.complaint();
    let losses: Vec<f64> = ["loss is ", " read as noise and "]
        .map(|before| {
            said.split(before)
                .nth(1)
                .unwrap()
                .split(' ')
                .next()
                .unwrap()
        })
        .map(|loss| loss.parse().unwrap())
        .into();
    assert!(losses.iter().all(|loss| *loss > 0.0), "{said}");
    assert_ne!(losses[0], losses[1], "{said}");
    assert!(said.contains("--prediction epsilon"), "{said}");
    case.finetuned = reference("lora", "sd1_kohya_unknown_key.safetensors");
    case.pretrained = reference("sd1", "pretrained");
    let said = case.complaint();
    assert!(
        said.contains("(4 in all: ") && said.contains("--accept-unused"),
        "{said}"
    );
    let case = case.with("--accept-unused --steps 1");
    let findings = case.json();
    let model = &findings["settings"]["finetuned"];
    assert_eq!(model["lora"]["unused"].as_array().unwrap().len(), 4);
    assert_eq!(model["choices"], json!({ "accept_unused": true }));
    assert!(findings["warnings"].to_string().contains("4 tensors of"));
    let wrong = case.with("--prediction x0").output();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_weight_that_is_no_number_is_refused_before_there_is_a_case() {
    let scratch = tempfile::tempdir().unwrap();
    let mut case = Examine::new("sd1", scratch.path().join("case"));
    let model = scratch.path().join("model");
    crate::commands::copy_folder(&case.finetuned, &model);
    let file = model.join("unet/diffusion_pytorch_model.safetensors");
    let mut bytes = fs::read(&file).unwrap();
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    fs::write(&file, bytes).unwrap();
    case.finetuned = model;
    let said = case.complaint();
    assert!(
        said.contains("The tensor \"") && said.contains("not finite"),
        "{said}"
    );
    assert!(!case.out.join("case.json").exists());
}

#[test]
fn a_file_says_what_it_is() {
    let inspect = |file: PathBuf, options: &[&str]| {
        palimpsest(["models", "inspect"])
            .arg(file)
            .args(options)
            .output()
            .unwrap()
    };
    let lora = reference("lora", "sd1_kohya.safetensors");
    let card: Value = json(&inspect(lora.clone(), &["--json"]));
    assert_eq!(card["kind"], "an adapter (LoRA)");
    assert_eq!(card["stated"]["base_model"], "hills-base.safetensors");
    assert_eq!(card["stated"]["pictures"], 20);
    assert_eq!(card["hashes"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(card["hashes"]["autov3"].as_str().unwrap().len(), 12);
    // The hash that it states of its own tensors is invented.
    assert_eq!(card["has_stated_tensors"], false);
    let text = String::from_utf8(inspect(lora, &[]).stdout).unwrap();
    for part in [
        "can be changed by anyone",
        "tags: sks style (20), hills (14)",
        "folder: 10_sks style (20 pictures, 10 times each)",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let xl = reference("lora", "sdxl_kohya_ldm.safetensors");
    let card: Value = json(&inspect(xl, &["--json"]));
    assert_eq!(card["kind"], "an adapter (LoRA, for Stable Diffusion XL)");
    assert_eq!(card["refused"], Value::Null);
    for (name, kind) in [
        (
            "sd1s_fp16_lightning.ckpt",
            "a Stable Diffusion 1 model in one file",
        ),
        (
            "sd2s_fp16_modelspec.safetensors",
            "a Stable Diffusion 2 model in one file",
        ),
        (
            "sdxl_fp16_vpred.safetensors",
            "a Stable Diffusion XL model in one file",
        ),
        ("refuse_sd1s_inpainting.safetensors", "an inpainting model"),
    ] {
        let text = String::from_utf8(inspect(one_file(name), &[]).stdout).unwrap();
        assert!(text.contains(kind), "{text}");
    }
    let said = complaint(&inspect(one_file("refuse_sd1s_asks_for_print.ckpt"), &[]));
    assert!(said.contains("__builtin__.print"), "{said}");
}

/// What `models fit` finds of a pair.
fn fit(pretrained: &Path, finetuned: &str, artworks: &[PathBuf]) -> Value {
    let output = palimpsest(["models", "fit", "--json"])
        .args(artworks)
        .arg("--pretrained")
        .arg(pretrained)
        .args(["--finetuned", finetuned])
        .output()
        .unwrap();
    json(&output)
}

#[test]
fn a_base_that_is_not_the_right_one_is_noticed_before_the_examination() {
    let scratch = tempfile::tempdir().unwrap();
    let mut case = Examine::new("sd1", scratch.path().join("case")).with("--steps 1");
    let tuned = case.finetuned.to_str().unwrap().to_owned();
    let right = fit(&case.pretrained, &tuned, &[]);
    assert_eq!(right["fits"], "yes", "{right}");
    // A stranger of the same structure.
    let stranger = scratch.path().join("stranger");
    crate::commands::copy_folder(&case.pretrained, &stranger);
    let weights = Weights::open(&[stranger.join("unet/diffusion_pytorch_model.safetensors")]);
    let weights = weights.unwrap();
    let numbers = &mut Normal(7);
    let tensors: BTreeMap<String, Parameter> = weights
        .names()
        .map(|name| {
            let shape = weights.shape(name).unwrap().to_vec();
            let own = values(&weights, name);
            let size = (own.iter().map(|v| v * v).sum::<f32>() / own.len() as f32).sqrt();
            let other = numbers
                .take(own.len())
                .iter()
                .map(|v| v * size)
                .collect::<Vec<_>>();
            (
                name.to_owned(),
                Parameter::from_values(shape, other).unwrap(),
            )
        })
        .collect();
    drop(weights);
    Part::Unet
        .write(&stranger, &tensors, Precision::Single)
        .unwrap();
    let wrong = fit(&stranger, &tuned, &[]);
    assert_eq!(wrong["fits"], "no", "{wrong}");
    let relative = wrong["weights"]["relative"].as_f64().unwrap();
    assert!((1.2..1.7).contains(&relative), "{relative}");
    // The examination says so as well, in the record and in the exhibit.
    let base = std::mem::replace(&mut case.pretrained, stranger);
    let findings = case.json();
    assert!(
        findings["warnings"]
            .to_string()
            .contains("was not made from this pretrained one")
    );
    let output = palimpsest(["exhibit"])
        .arg(&case.out)
        .args(["--number", "P-1"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let pdf = fs::read(case.out.join("exhibits/exhibit-P-1.pdf")).unwrap();
    let text = Read::new(&pdf).text();
    assert!(text.contains("Fits the fine-tuned model"), "{text}");
    case.pretrained = base;
    case.out = scratch.path().join("right");
    assert!(
        !case.json()["warnings"]
            .to_string()
            .contains("was not made from")
    );
}

#[test]
fn a_base_that_cannot_depict_the_work_is_noticed() {
    let scratch = tempfile::tempdir().unwrap();
    let case = Examine::new("sd1", scratch.path().join("case")).with("--steps 1");
    let measured = |base: &Path, tuned: &str| fit(base, tuned, &case.artworks)["depiction"].clone();
    // Made and trained to draw.
    let able = measured(Path::new("demo"), "demo-finetuned");
    assert!(able["round_trip_db"].as_f64().unwrap() > 18.0, "{able}");
    assert!(able["loss_share"].as_f64().unwrap() < 0.5, "{able}");
    // The reference's weights are random numbers.
    let unable = measured(&case.pretrained, case.finetuned.to_str().unwrap());
    assert!(unable["round_trip_db"].as_f64().unwrap() < 12.0, "{unable}");
    assert!(unable["loss_share"].as_f64().unwrap() > 1.0, "{unable}");
    let warnings = case.json()["warnings"].to_string();
    assert!(
        warnings.contains("cannot depict the artworks"),
        "{warnings}"
    );
}
