//! `examine` from picture to scores, number by number against what PyTorch computed.

use crate::commands;
use crate::exhibit_file::Read;
use palimpsest_testing::reference;

use std::fs;
use std::path::{Path, PathBuf};

use commands::{
    Examine, contents, copy_folder, draws, largest_difference, largest_step, palimpsest, tensor,
};
use reference::Family;
use serde_json::{Value, json};
use tempfile::tempdir;

/// All families, and their folders: of the draws, and of the picture encoders.
fn families() -> Vec<(Family, &'static str, &'static str)> {
    let names = [
        ("sd1", "sd1"),
        ("sd2", "sd2"),
        ("sdxl", "sd1"),
        ("sdxl/vpred", "sd1"),
        ("alt", "sd1"),
    ];
    let families = Family::all().into_iter().zip(names);
    families
        .map(|(family, (draws, encoders))| (family, draws, encoders))
        .collect()
}

/// The run that the reference data of a family hold, whose draws lie in the folder `name`.
fn recorded_of(family: &Family, name: &str, folder: &Path, with_start: bool) -> Examine {
    let mut examine = recorded(name, folder, with_start);
    examine.artworks = vec![family.path("artwork.png")];
    examine.pretrained = family.path("pretrained");
    examine.finetuned = family.path("finetuned");
    examine
}

/// The run that the reference data hold.
fn recorded(family: &str, folder: &Path, with_start: bool) -> Examine {
    Examine::new(family, folder.join("case"))
        .option("--draws", draws(family, folder, with_start))
        .with("--preset paper --steps 12 --step-size 0.5 --budget 1.2 --mask block:4 --resolution 128")
        .option("--prompt", "sks style")
}

/// A file of the findings.
fn file(examine: &Examine, findings: &Value, name: &str) -> PathBuf {
    examine.out.join(findings["files"][name].as_str().unwrap())
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap().iter();
    list.map(|number| number.as_f64().unwrap()).collect()
}

fn assert_relative(found: &[f64], expected: &[f32], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let error = (found / f64::from(*expected) - 1.0).abs();
        assert!(error < tolerance, "{what}: {found} {expected} {error:e}");
    }
}

#[test]
fn the_whole_way_ends_where_pytorch_ended() {
    for (expected, name, encoders) in families() {
        let folder = tempdir().unwrap();
        let examine = recorded_of(&expected, name, folder.path(), true).with_encoders(encoders);
        let findings = examine.json();

        let trace = &findings["trace"];
        let timesteps: Vec<usize> = serde_json::from_value(trace["timestep"].clone()).unwrap();
        assert_eq!(timesteps, expected.timesteps());
        for key in ["loss_pretrained", "loss_finetuned"] {
            assert_relative(&numbers(&trace[key]), &expected.values(key), 1e-5, key);
        }
        let norms = numbers(&trace["gradient_norm"]);
        assert_relative(
            &norms,
            &expected.values("gradient_norm"),
            2e-5,
            "gradient norm",
        );

        let tensors = file(&examine, &findings, "tensors");
        let (shape, recovered) = tensor(&tensors, "recovered_latent");
        assert_eq!(shape, [4, 16, 16]);
        let trajectory = expected.values("trajectory");
        let end = &trajectory[11 * recovered.len()..];
        let difference = largest_difference(&recovered, end);
        assert!(difference < 1e-4, "{name}: {difference:e}");
        let mask = (vec![16, 16], expected.values("mask_block_4"));
        assert_eq!(tensor(&tensors, "mask"), mask);
        assert_eq!(
            tensor(&tensors, "start_latent").1,
            expected.values("start_latent")
        );
        let latent = tensor(&tensors, "latent").1;
        assert!(largest_difference(&latent, &expected.values("latent")) < 1e-5);

        let original = file(&examine, &findings, "original");
        assert_eq!(
            largest_step(&original, &expected.path("artwork_prepared_128.png")),
            0
        );
        for picture in ["partial", "recovered"] {
            let published = expected.path(&format!("{picture}.png"));
            assert!(largest_step(&file(&examine, &findings, picture), &published) <= 1);
        }
        for key in ["clip", "dino"] {
            let found = findings["similarity"][key].as_f64().unwrap();
            let published = expected.number(&format!("{key}_similarity"));
            assert!(
                (found - published).abs() < 0.002,
                "{name} {key}: {found} {published}"
            );
            assert!(findings["partial_similarity"][key].as_f64().unwrap() < 1.0);
        }
        assert_eq!(findings["not_evaluated"], json!({}));
        assert_eq!(findings["settings"]["start"], "recorded");
    }
}

/// The record names family and sizes of models that take them, and of no others; the artwork's own sizes are another
/// examination with another result.
#[test]
fn the_record_names_the_family_and_the_sizes_that_the_models_were_told() {
    let folder = tempdir().unwrap();
    let examine = |family: &str, out: &str, options: &str| {
        Examine::new(family, folder.path().join(out)).with(&format!("--steps 2{options}"))
    };
    let plain = examine("sdxl", "generation", "").json();
    let own = examine("sdxl", "artwork", " --sizes artwork").json();
    for (findings, sizes) in [(&plain, "generation"), (&own, "artwork")] {
        let settings = &findings["settings"];
        assert_eq!(settings["sizes"], sizes);
        for model in ["pretrained", "finetuned"] {
            assert_eq!(settings[model]["family"], "Stable Diffusion XL");
        }
    }
    assert_eq!(plain["artwork"]["sizes"], Value::Null);
    let told = json!({"original": [150, 191], "crop": [0, 17], "target": [128, 128]});
    assert_eq!(own["artwork"]["sizes"], told);
    assert_ne!(plain["trace"], own["trace"]);
    for (name, words) in [
        ("generation", "those of generation: height and width 128"),
        ("artwork", "each artwork's own size and crop"),
    ] {
        let case = folder.path().join(name);
        let mut exhibit = palimpsest(["exhibit"]);
        let output = exhibit.arg(&case).args(["--number", "P-1"]).output();
        assert_eq!(output.unwrap().status.code(), Some(0));
        let pdf = fs::read(case.join("exhibits/exhibit-P-1.pdf")).unwrap();
        let joined = |text: &str| text.split_whitespace().collect::<String>();
        let text = joined(&Read::new(&pdf).text());
        for part in [words, "(Stable Diffusion XL); predicts the noise"] {
            assert!(text.contains(&joined(part)), "{part}: {text}");
        }
    }

    let first = examine("sd1", "first", "").json();
    assert_eq!(first["settings"]["sizes"], Value::Null);
    assert_eq!(first["settings"]["pretrained"]["family"], Value::Null);
    let said = examine("sd1", "refused", " --sizes artwork").complaint();
    assert!(said.contains("take no sizes"), "{said}");
    let mixed = Examine {
        finetuned: Family::named("sdxl").path("finetuned"),
        ..examine("sd1", "mixed", "")
    };
    let said = mixed.complaint();
    assert!(said.contains("The two models differ in"), "{said}");
}

#[test]
fn the_partial_picture_encoded_again_is_the_start() {
    for (expected, name, _) in families() {
        let folder = tempdir().unwrap();
        let examine = recorded_of(&expected, name, folder.path(), false);
        let findings = examine.json();
        let tensors = file(&examine, &findings, "tensors");
        let start = tensor(&tensors, "start_latent").1;
        // A pixel on the edge between two values may fall to the other side.
        let difference = largest_difference(&start, &expected.values("start_latent"));
        assert!(difference < 1e-3, "{name}: {difference:e}");
        let recovered = tensor(&tensors, "recovered_latent").1;
        let trajectory = expected.values("trajectory");
        let end = &trajectory[11 * recovered.len()..];
        assert!(largest_difference(&recovered, end) < 2e-3);
        assert_eq!(findings["settings"]["start"], "reencoded");
    }
}

#[test]
fn a_blurred_picture_is_a_start_of_which_nothing_is_kept() {
    let [expected, _] = Family::both();
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 2 --mask blur");
    let findings = examine.json();
    let blurred = expected.path("artwork_blurred_128.png");
    assert_eq!(
        largest_step(&file(&examine, &findings, "partial"), &blurred),
        0
    );
    let tensors = file(&examine, &findings, "tensors");
    let start = tensor(&tensors, "start_latent").1;
    assert!(largest_difference(&start, &expected.values("start_latent_blur")) < 1e-5);
    assert_eq!(tensor(&tensors, "mask").1, [0.0; 256]);
    assert_eq!(findings["settings"]["start"], "blurred");
}

#[test]
fn the_right_half_can_be_removed() {
    let [expected, _] = Family::both();
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 2 --mask half");
    let tensors = file(&examine, &examine.json(), "tensors");
    assert_eq!(tensor(&tensors, "mask").1, expected.values("mask_half"));
    let latent = tensor(&tensors, "latent").1;
    let recovered = tensor(&tensors, "recovered_latent").1;
    let columns = latent.iter().zip(&recovered).enumerate();
    let (kept, removed): (Vec<_>, Vec<_>) = columns.partition(|(i, _)| i % 16 < 8);
    assert!(kept.iter().all(|(_, (z, u))| z == u));
    assert!(removed.iter().all(|(_, (z, u))| z != u));
}

#[test]
fn a_filled_start_is_nearer_to_the_artwork() {
    let folder = tempdir().unwrap();
    let distance = |start: &str, mask: &str| {
        let out = folder
            .path()
            .join(format!("{start}-{}", mask.replace(':', "")));
        let examine = Examine::new("sd1", out)
            .with("--steps 1")
            .option("--start", start)
            .option("--mask", mask);
        let findings = examine.json();
        assert_eq!(findings["settings"]["start"], start);
        let tensors = file(&examine, &findings, "tensors");
        let [latent, begun, mask] =
            ["latent", "start_latent", "mask"].map(|name| tensor(&tensors, name).1);
        let removed = latent.iter().zip(&begun).zip(mask.iter().cycle());
        removed
            .map(|((z, s), m)| (z - s).powi(2) * (1.0 - m))
            .sum::<f32>()
    };
    for mask in ["block:4", "half"] {
        assert!(
            distance("filled", mask) < distance("reencoded", mask),
            "{mask}"
        );
    }
}

#[test]
fn threads_change_no_bit_and_memory_next_to_nothing() {
    let folder = tempdir().unwrap();
    let run = |name: &str, options: &str| {
        let examine = Examine::new("sd2", folder.path().join(name)).with(options);
        let findings = examine.json();
        let tensors = file(&examine, &findings, "tensors");
        (tensors, findings["settings"].clone())
    };
    let (one, settings) = run("one", "--steps 2 --threads 1");
    assert_eq!(settings["threads"], 1);
    let (many, settings) = run("many", "--steps 2 --threads 3");
    assert_eq!(settings["threads"], 3);
    assert_eq!(fs::read(&one).unwrap(), fs::read(many).unwrap());
    let [full, medium, low] = ["full", "medium", "low"].map(|rule| {
        let (tensors, settings) = run(rule, &format!("--steps 2 --memory {rule}"));
        assert_eq!(settings["memory"], rule);
        tensor(&tensors, "recovered_latent").1
    });
    assert!(largest_difference(&full, &medium) < 1e-4);
    // Blocks that are computed twice are the same twice.
    assert_eq!(medium, low);
}

#[test]
fn the_json_is_what_was_agreed() {
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--preset quick --steps 2");
    let findings = examine.json();
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    #[rustfmt::skip]
    let mut agreed = vec![
        "artwork", "settings", "trace", "similarity", "partial_similarity", "recovery", "loss_gap",
        "skipped_steps", "seconds", "not_evaluated", "warnings", "files",
    ];
    agreed.sort();
    assert_eq!(keys(&findings), agreed);
    assert_eq!(
        keys(&findings["artwork"]),
        ["height", "path", "sha256", "width"]
    );
    assert_eq!(findings["artwork"]["width"], 191);
    assert_eq!(findings["artwork"]["height"], 150);
    assert_eq!(keys(&findings["loss_gap"]), ["timesteps", "value"]);
    assert_eq!(keys(&findings["recovery"]), ["direction", "gain_db"]);
    assert_eq!(keys(&findings["similarity"]), ["structural"]);
    let reasons = &findings["not_evaluated"];
    assert_eq!(reasons["clip"], "no CLIP model was given");
    assert_eq!(reasons["partial.dino"], "no DINO model was given");

    let settings = &findings["settings"];
    #[rustfmt::skip]
    let mut agreed = vec![
        "mask", "resolution", "latent", "preset", "steps", "step_size", "budget", "momentum", "timesteps",
        "start", "contrast_weight", "projected", "noise", "seed", "draws", "prompt", "pretrained_prompt",
        "prompt_source", "pretrained", "finetuned", "clip", "dino", "device", "arithmetic",
        "threads", "memory", "version",
    ];
    agreed.sort();
    assert_eq!(keys(settings), agreed);
    // The quick preset at 4×16×16, of which half is 512 elements.
    assert_eq!(settings["timesteps"], "100..500");
    assert_eq!(settings["contrast_weight"], 1.0);
    assert_eq!(settings["step_size"], 0.0221 * f64::sqrt(512.0));
    assert_eq!(settings["resolution"], 128);
    assert_eq!(settings["seed"], 0);
    assert_eq!(settings["prompt_source"], "default");
    assert_eq!(settings["finetuned"]["prediction"], "epsilon");
    let files = settings["finetuned"]["files"].as_array().unwrap();
    assert!(
        files
            .iter()
            .any(|file| file["name"] == "unet/diffusion_pytorch_model.safetensors")
    );

    let name = "001-artwork";
    #[rustfmt::skip]
    assert_eq!(contents(&examine.out), [
        &format!("{name}/findings.json"), &format!("{name}/original.png"),
        &format!("{name}/partial.png"), &format!("{name}/recovered.png"),
        &format!("{name}/tensors.safetensors"), "case.json", "journal.jsonl", "private.json",
    ]);
    assert_eq!(
        findings["files"]["tensors"],
        format!("{name}/tensors.safetensors")
    );
}

/// A model against itself, two steps, with these options.
fn against_itself(folder: &Path, options: &str) -> (Value, PathBuf) {
    let case = folder.join(options.replace(' ', "_"));
    let mut examine = Examine::new("sd1", &case).with("--steps 2").with(options);
    examine.finetuned.clone_from(&examine.pretrained);
    let findings = examine.json();
    (findings, case.join("001-artwork/tensors.safetensors"))
}

#[test]
fn a_model_against_itself_moves_nothing_under_any_preset_and_says_so() {
    let folder = tempdir().unwrap();
    for preset in ["--preset quick", "--preset paper"] {
        let (findings, tensors) = against_itself(folder.path(), preset);
        assert_eq!(findings["skipped_steps"], 2);
        assert_eq!(findings["recovery"]["direction"], Value::Null);
        assert!(findings["not_evaluated"]["recovery.direction"].is_string());
        assert_eq!(findings["loss_gap"]["value"], 0.0);
        let warnings = findings["warnings"].to_string();
        let passed =
            "Self-test passed: with one model in both places none of 2 steps moved anything.";
        assert!(warnings.contains(passed), "{warnings}");
        assert!(
            warnings.contains("2 of 2 steps moved nothing"),
            "{warnings}"
        );
        assert_eq!(moved_cells(&tensors), 0, "{preset}");
    }
    let (findings, tensors) = against_itself(folder.path(), "--contrast 0.75");
    assert_eq!(findings["skipped_steps"], 0);
    let warnings = findings["warnings"].to_string();
    let failed = "Self-test failed: with one model in both places 2 of 2 steps moved something. At contrast weight 0.75";
    assert!(warnings.contains(failed), "{warnings}");
    assert!(moved_cells(&tensors) > 0);
}

/// The number of removed values of the latent whose bits are not those that they started from.
fn moved_cells(tensors: &Path) -> usize {
    let values = |name: &str| tensor(tensors, name).1;
    let mask = values("mask");
    let cells = values("start_latent")
        .into_iter()
        .zip(values("recovered_latent"));
    let removed = cells
        .enumerate()
        .filter(|(cell, _)| mask[cell % mask.len()] == 0.0);
    removed
        .filter(|(_, (start, now))| start.to_bits() != now.to_bits())
        .count()
}

#[test]
fn what_the_fine_tuned_model_lacks_is_borrowed_and_what_is_odd_is_said() {
    let folder = tempdir().unwrap();
    let mut examine = Examine::new("sd1", folder.path().join("case"))
        .with("--steps 1")
        .option(
            "--pretrained-prompt",
            "a long walk in the blue hills ".repeat(20),
        );
    let own = folder.path().join("checkpoint");
    for part in ["unet", "vae"] {
        copy_folder(&examine.finetuned.join(part), &own.join(part));
    }
    // Another autoencoder by its bytes: the scale of one number.
    let weights = own.join("vae/diffusion_pytorch_model.safetensors");
    let mut bytes = fs::read(&weights).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&weights, bytes).unwrap();
    fs::write(own.join("prompt.txt"), "a figure\n").unwrap();
    examine.finetuned = own;
    let findings = examine.json();
    let settings = &findings["settings"];
    assert_eq!(settings["prompt"], "a figure");
    assert_eq!(settings["prompt_source"], "file");
    let borrowed = json!(["text_encoder", "tokenizer", "scheduler"]);
    assert_eq!(settings["finetuned"]["borrowed"], borrowed);
    let warnings = findings["warnings"].to_string();
    for part in [
        "lacks text_encoder, tokenizer, scheduler",
        "other autoencoder files",
        "pretrained model's prompt is longer",
    ] {
        assert!(warnings.contains(part), "{part}: {warnings}");
    }
    assert!(!warnings.contains("self-test") && !warnings.contains("not known"));
}

#[test]
fn files_are_read_as_they_are_stored_if_that_is_asked_for() {
    let folder = tempdir().unwrap();
    let examined = |name: &str, options: &str| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut examine = Examine::new("sd1", folder.path().join(name)).with(options);
        examine.artworks = vec![root.join("tests/pictures/14_jpeg_orientation_as_long_o6.jpg")];
        let findings = examine.json();
        let picture = image::open(file(&examine, &findings, "original")).unwrap();
        let picture = picture.into_rgb8();
        (examine, findings, picture)
    };
    let (_, seen, upright) = examined("seen", "--steps 1");
    assert!(seen["settings"].get("reading").is_none());
    let (stored, findings, lying) = examined("stored", "--steps 1 --reading as-stored");
    assert_eq!(findings["settings"]["reading"], "as-stored");
    let warnings = findings["warnings"].to_string();
    assert!(warnings.contains("examined as it is stored"), "{warnings}");
    // The file says: turn it by a quarter.
    let turned = image::imageops::rotate90(&lying);
    let mean = |a: &image::RgbImage, b: &image::RgbImage| {
        let differences = a
            .iter()
            .zip(b.iter())
            .map(|(a, b)| u64::from(a.abs_diff(*b)));
        differences.sum::<u64>() as f64 / a.len() as f64
    };
    assert!(mean(&turned, &upright) < 2.0 && mean(&lying, &upright) > 20.0);
    let (_, mirrored, flipped) = examined("mirrored", "--steps 1 --reading as-seen-mirrored");
    assert_eq!(mirrored["settings"]["reading"], "as-seen-mirrored");
    let back = image::imageops::flip_horizontal(&flipped);
    assert!(mean(&back, &upright) < 2.0);

    // What goes on later goes on alike.
    let record = file(&stored, &findings, "original").with_file_name("findings.json");
    fs::remove_file(record).unwrap();
    let arguments = ["resume".as_ref(), stored.out.as_os_str(), "--json".as_ref()];
    let resumed = commands::palimpsest(arguments).output().unwrap();
    let again = commands::json(&resumed);
    assert_eq!(again["settings"], findings["settings"]);
    assert_eq!(again["trace"], findings["trace"]);
}

#[test]
fn numbers_that_are_not_finite_are_null_and_come_back() {
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 2");
    let mut findings: palimpsest_method::examination::Findings =
        serde_json::from_value(examine.json()).unwrap();
    findings.trace.loss_finetuned[1] = f64::NAN;
    findings.trace.gradient_norm[0] = f64::INFINITY;
    findings.loss_gap.value = f64::NAN;
    let value = serde_json::to_value(&findings).unwrap();
    assert_eq!(value["trace"]["loss_finetuned"][1], Value::Null);
    assert_eq!(value["trace"]["gradient_norm"][0], Value::Null);
    assert_eq!(value["loss_gap"]["value"], Value::Null);
    let back: palimpsest_method::examination::Findings = serde_json::from_value(value).unwrap();
    assert!(back.trace.loss_finetuned[1].is_nan() && back.loss_gap.value.is_nan());
    assert_eq!(back.trace.loss_pretrained, findings.trace.loss_pretrained);
    assert_eq!(back.plan, findings.plan);
}
