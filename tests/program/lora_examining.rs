//! Examinations with a LoRA: the same as with the model that it makes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::files::lora::{LowRank, write_lora};
use palimpsest_diffusion::files::{Parameter, Part, Precision, Weights};
use palimpsest_method::models;
use serde_json::Value;

use crate::commands::{
    Examine, complaint, copy_folder, json, largest_difference, palimpsest, reference, stderr,
    tensor,
};
use palimpsest_testing::lora::{Pair, values};
use palimpsest_testing::normal::Normal;

const RANK: usize = 3;
const ALPHA: f32 = 1.5;
const STRENGTH: f64 = 0.8;

/// A LoRA of some layers of the reference model, and the folder of the model that it makes.
fn write_pair(folder: &Path, pretrained: &Path) -> (PathBuf, PathBuf) {
    let merged = folder.join("merged");
    copy_folder(pretrained, &merged);
    let numbers = &mut Normal(21);
    let mut layers = BTreeMap::new();
    for part in [Part::Unet, Part::TextEncoder] {
        let file = pretrained.join(part.folder()).join(part.weights());
        let weights = Weights::open(&[file]).unwrap();
        let mut tensors = BTreeMap::new();
        for name in weights.names() {
            let shape = weights.shape(name).unwrap().to_vec();
            if name.contains("position_ids") {
                continue;
            }
            let mut all = values(&weights, name);
            let is_changed = [
                "to_k.weight",
                "conv1.weight",
                "proj_in.weight",
                "q_proj.weight",
            ];
            if is_changed.iter().any(|end| name.ends_with(end)) {
                let (up, down) = dimensions(&shape);
                let mut pair = Pair::new(&up, &down, numbers);
                pair.up.1.iter_mut().for_each(|v| *v *= 0.05);
                all = pair.added_to(&all, STRENGTH * f64::from(ALPHA) / RANK as f64);
                let layer = name.strip_suffix(".weight").unwrap().to_owned();
                layers.insert((part, layer), low_rank(pair));
            }
            tensors.insert(name.to_owned(), Parameter::from_values(shape, all).unwrap());
        }
        part.write(&merged, &tensors, Precision::Single).unwrap();
    }
    let alone = folder.join("lora");
    fs::create_dir(&alone).unwrap();
    let file = alone.join("pytorch_lora_weights.safetensors");
    let record = BTreeMap::new();
    write_lora(&file, &layers, RANK, ALPHA, Precision::Single, &record).unwrap();
    (file, merged)
}

fn dimensions(weight: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let window = &weight[2..];
    let up = [&[weight[0], RANK], &vec![1; window.len()][..]].concat();
    let down = [&[RANK, weight[1]], window].concat();
    (up, down)
}

fn low_rank(pair: Pair) -> LowRank {
    LowRank {
        down: Parameter::from_values(pair.down.0, pair.down.1).unwrap(),
        up: Parameter::from_values(pair.up.0, pair.up.1).unwrap(),
    }
}

fn recovered(examine: &Examine, findings: &Value) -> Vec<f32> {
    let file = findings["files"]["tensors"].as_str().unwrap();
    tensor(&examine.out.join(file), "recovered_latent").1
}

#[test]
fn a_lora_is_examined_like_the_model_that_it_makes() {
    for family in ["sd1", "sd2"] {
        let folder = tempfile::tempdir().unwrap();
        let case = |name: &str| {
            Examine::new(family, folder.path().join(name)).with("--steps 4 --threads 2")
        };
        let mut whole = case("whole");
        let (file, merged) = write_pair(folder.path(), &whole.pretrained);
        whole.finetuned = merged;
        let mut lora = case("lora-case");
        lora.finetuned = format!("{}@{STRENGTH}", file.display()).into();
        let (a, b) = (whole.json(), lora.json());
        let difference = largest_difference(&recovered(&whole, &a), &recovered(&lora, &b));
        assert!(difference < 1e-4, "{difference:e}");
        for key in ["loss_pretrained", "loss_finetuned"] {
            let pairs = a["trace"][key].as_array().unwrap().iter();
            for (a, b) in pairs.zip(b["trace"][key].as_array().unwrap()) {
                let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
                assert!((a / b - 1.0).abs() < 1e-5, "{a} {b}");
            }
        }
        let model = &b["settings"]["finetuned"];
        assert_eq!(model["lora"]["strength"], STRENGTH);
        assert_eq!(model["path"], "pytorch_lora_weights.safetensors");
        assert_eq!(model["lora"]["ranks"], serde_json::json!([RANK, RANK]));
        assert_eq!(
            model["files"][0]["name"],
            "pytorch_lora_weights.safetensors"
        );
        assert_eq!(model["files"].as_array().unwrap().len(), 1);
        assert!(a["settings"]["finetuned"].get("lora").is_none());
        let warnings = b["warnings"].to_string();
        assert!(
            warnings.contains("a LoRA of rank 3 at strength 0.8"),
            "{warnings}"
        );
        assert!(!warnings.contains("lacks"), "{warnings}");

        // Less memory, and the folder that holds only the file: the same bits.
        fs::write(file.with_file_name("README.md"), "mine").unwrap();
        let mut low = case("low").with("--memory low");
        low.finetuned = format!("{}@{STRENGTH}", file.parent().unwrap().display()).into();
        let c = low.json();
        assert_eq!(recovered(&low, &c), recovered(&lora, &b));
        assert_eq!(
            c["settings"]["finetuned"]["files"],
            b["settings"]["finetuned"]["files"]
        );

        // The strength counts.
        let mut full = case("full");
        full.finetuned = file;
        let d = full.json();
        assert_eq!(d["settings"]["finetuned"]["lora"]["strength"], 1.0);
        assert_ne!(recovered(&full, &d), recovered(&lora, &b));
    }
}

#[test]
fn a_case_with_a_lora_is_resumed_with_its_strength() {
    let folder = tempfile::tempdir().unwrap();
    let mut examine = Examine::new("sd1", folder.path().join("case")).with("--steps 2");
    let (file, _) = write_pair(folder.path(), &examine.pretrained);
    fs::write(file.with_file_name("prompt.txt"), "a figure\n").unwrap();
    examine.finetuned = format!("{}@{STRENGTH}", file.display()).into();
    let first = examine.json();
    assert_eq!(first["settings"]["prompt"], "a figure");
    let undo = || fs::remove_file(examine.out.join("001-artwork/findings.json")).unwrap();
    undo();
    let resume = || {
        let case = examine.out.as_os_str();
        let arguments = ["resume".as_ref(), case, "--json".as_ref()];
        crate::commands::palimpsest(arguments).output().unwrap()
    };
    let again = crate::commands::json(&resume());
    assert_eq!(again["trace"], first["trace"]);
    assert_eq!(again["settings"], first["settings"]);
    // Another LoRA under the same name is not the one of the case.
    undo();
    let mut bytes = fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&file, bytes).unwrap();
    let output = resume();
    assert_eq!(output.status.code(), Some(1));
    let complaint = crate::commands::complaint(&output);
    assert!(
        complaint.contains("pytorch_lora_weights.safetensors is not"),
        "{complaint}"
    );
}

#[test]
fn wrong_uses_end_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let plain = Examine::new("sd1", folder.path().join("case"));
    let (file, merged) = write_pair(folder.path(), &plain.pretrained);
    let with = |pretrained: &Path, finetuned: String| {
        let mut examine = plain.clone();
        examine.pretrained = pretrained.into();
        examine.finetuned = finetuned.into();
        examine.complaint()
    };
    let lora = file.display().to_string();
    let complaint = with(&file, merged.display().to_string());
    assert!(complaint.contains("only changes a model"), "{complaint}");
    let complaint = with(&plain.pretrained, format!("{lora}@strong"));
    assert!(
        complaint.contains("\"strong\" is no strength"),
        "{complaint}"
    );
    let complaint = with(&plain.pretrained, format!("{}@0.5", merged.display()));
    assert!(complaint.contains("is no LoRA"), "{complaint}");
    let sd2 = crate::commands::reference("sd2", "pretrained");
    let complaint = with(&sd2, lora.clone());
    assert!(complaint.contains("trained on"), "{complaint}");
    let second = file.with_file_name("second.safetensors");
    fs::rename(&file, file.with_file_name("first.safetensors")).unwrap();
    fs::write(&second, "x").unwrap();
    let complaint = with(
        &plain.pretrained,
        file.parent().unwrap().display().to_string(),
    );
    assert!(complaint.contains("several files"), "{complaint}");
    fs::remove_file(&second).unwrap();
    fs::write(file.with_file_name("first.safetensors"), "<html>").unwrap();
    let complaint = with(
        &plain.pretrained,
        file.parent().unwrap().display().to_string(),
    );
    assert!(complaint.contains("text file"), "{complaint}");
}

#[test]
#[ignore = "writes files for tests/reference/check_lora.py"]
fn write_loras_and_the_models_that_they_make() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lora");
    fs::remove_dir_all(&root).ok();
    for family in ["sd1", "sd2"] {
        let folder = root.join(family);
        fs::create_dir_all(&folder).unwrap();
        write_pair(&folder, &crate::commands::reference(family, "pretrained"));
    }
}

#[test]
fn several_are_examined_together_recorded_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (here, there) = (
        root.join("first.safetensors"),
        root.join("other/first.safetensors"),
    );
    fs::create_dir(root.join("other")).unwrap();
    fs::copy(reference("lora", "sd1_diag_oft.safetensors"), &here).unwrap();
    fs::copy(reference("lora", "sd1_kohya.safetensors"), &there).unwrap();
    let of = |name: &str, finetuned: String| {
        let mut case = Examine::new("sd1", root.join(name)).with("--steps 2 --threads 2");
        case.finetuned = finetuned.into();
        case
    };
    let (a, b) = (here.display(), there.display());
    let both = of("both", format!("{a}@0.8+{b}@0.5"));
    let findings = both.json();
    let model = &findings["settings"]["finetuned"];
    assert_eq!(model["lora"]["strength"], 0.8);
    let further = model["further"].as_array().unwrap();
    assert_eq!(further.len(), 1);
    assert_eq!(further[0]["strength"], 0.5);
    assert_eq!(further[0]["stated"]["pictures_with_repeats"], 200);
    assert_eq!(model["files"].as_array().unwrap().len(), 2);
    let warnings = findings["warnings"].to_string();
    assert!(warnings.contains("changed by 2 adapters"), "{warnings}");
    assert!(warnings.contains("hills-base.safetensors"), "{warnings}");

    // Each of them matters, and so does the order where one turns what the other adds to.
    let latent = |case: &Examine, findings: &Value| recovered(case, findings);
    let together = latent(&both, &findings);
    for (name, other) in [
        ("first", format!("{a}@0.8")),
        ("second", format!("{b}@0.5")),
        ("reversed", format!("{b}@0.5+{a}@0.8")),
        ("stronger", format!("{a}@0.8+{b}@0.6")),
    ] {
        let other = of(name, other);
        let findings = other.json();
        assert!(
            largest_difference(&together, &latent(&other, &findings)) > 0.0,
            "{name}"
        );
    }
    // The record alone leads to the same model, to the bit.
    let replayed = palimpsest(["verify", "--replay"])
        .arg(&both.out)
        .output()
        .unwrap();
    assert!(replayed.status.success(), "{}", stderr(&replayed));
    fs::copy(reference("lora", "sd1_dora_out.safetensors"), &there).unwrap();
    let changed = palimpsest(["verify", "--replay"])
        .arg(&both.out)
        .output()
        .unwrap();
    assert!(!changed.status.success());
}

#[test]
fn lists_that_cannot_be_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let lora = reference("lora", "sd1_kohya.safetensors");
    let lora = lora.display();
    let mut case = Examine::new("sd1", folder.path().join("case"));
    for (list, why) in [
        (format!("{lora}@0.5+{lora}"), "is given twice"),
        (
            format!("{lora}+{}", case.pretrained.display()),
            "is no LoRA, and only LoRAs",
        ),
        (
            format!("{lora}+{}/absent.safetensors", folder.path().display()),
            "absent.safetensors",
        ),
        (format!("{lora}@much+{lora}"), "\"much\" is no strength"),
    ] {
        case.finetuned = list.into();
        let found = complaint(&case.output());
        assert!(found.contains(why), "{found}");
        assert!(!case.out.exists());
    }
}

#[test]
fn an_adapter_that_raises_the_loss_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let demo = models::resolve(Path::new("demo")).unwrap();
    let (lora, _) = write_pair(folder.path(), &demo);
    let works = folder.path().join("works");
    let drawn = palimpsest([
        "lab", "draw", "--family", "geometry", "--works", "0..0", "--out",
    ])
    .arg(&works)
    .output()
    .unwrap();
    assert!(drawn.status.success(), "{}", stderr(&drawn));
    let work = fs::read_dir(&works)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|it| it == "png"))
        .unwrap();
    let fit = |strength: f32, artworks: &[&Path]| {
        let output = palimpsest(["models", "fit", "--json", "--pretrained", "demo"])
            .args(artworks)
            .arg("--finetuned")
            .arg(format!("{}@{strength}", lora.display()))
            .output()
            .unwrap();
        json(&output)
    };
    let ratio = |fit: &Value| {
        let loss = |model: &str| fit["losses"][model].as_f64().unwrap();
        loss("finetuned") / loss("pretrained")
    };
    let unchanged = fit(0.0, &[&work]);
    assert_eq!(ratio(&unchanged), 1.0);
    assert_eq!(unchanged["fits"], "unknown");
    let raised = fit(40.0, &[&work]);
    assert_eq!(raised["fits"], "no", "{raised}");
    // Of an adapter without pictures nothing is measured, and nothing is claimed.
    let unmeasured = fit(40.0, &[]);
    assert!(unmeasured.get("losses").is_none() && unmeasured.get("weights").is_none());
    assert_eq!(unmeasured["fits"], "unknown", "{unmeasured}");
}

#[test]
fn what_peft_writes_beside_an_adapter_counts_and_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let adapter = folder.path().join("adapter");
    fs::create_dir(&adapter).unwrap();
    let original = reference("lora", "sd1_peft_base_model_prefix.safetensors");
    fs::copy(original, adapter.join("adapter_model.safetensors")).unwrap();
    let examined = |name: &str| {
        let mut case = Examine::new("sd1", folder.path().join(name)).with("--steps 1 --threads 2");
        case.finetuned = adapter.clone();
        let findings = case.json();
        (case, findings)
    };
    let (_, alone) = examined("alone");
    let settings = adapter.join("adapter_config.json");
    fs::write(&settings, r#"{"r": 4, "lora_alpha": 8}"#).unwrap();
    let (case, scaled) = examined("scaled");

    let loss = |findings: &Value| findings["trace"]["loss_finetuned"][0].as_f64().unwrap();
    assert!((loss(&alone) / loss(&scaled) - 1.0).abs() > 1e-3);
    let model = &scaled["settings"]["finetuned"];
    let files = model["files"].as_array().unwrap();
    let names: Vec<&str> = files
        .iter()
        .filter_map(|file| file["name"].as_str())
        .collect();
    assert_eq!(names, ["adapter_config.json", "adapter_model.safetensors"]);
    assert!(
        model["notes"]
            .to_string()
            .contains("adapter_config.json beside it")
    );

    let verify = || {
        palimpsest(["verify", "--replay"])
            .arg(&case.out)
            .output()
            .unwrap()
    };
    assert!(verify().status.success());
    fs::write(&settings, r#"{"r": 4, "lora_alpha": 6}"#).unwrap();
    let said = stderr(&verify());
    assert!(said.contains("adapter_config.json"), "{said}");
}
