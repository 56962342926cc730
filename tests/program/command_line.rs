//! The command line as scripts rely on it: usage, exit statuses, sentences, odd names.

use crate::commands;

use std::fs;
use std::path::Path;
use std::process::Stdio;

use commands::{
    Examine, complaint, contents, copy_folder, draws, json, palimpsest, reference, stderr,
};
use tempfile::tempdir;

fn status_and_stderr(arguments: &[&str]) -> (Option<i32>, String) {
    let output = palimpsest(arguments).output().unwrap();
    assert!(output.stdout.is_empty());
    (output.status.code(), stderr(&output))
}

#[test]
fn a_misspelt_command_opens_no_window() {
    let (status, text) = status_and_stderr(&["examin"]);
    assert_eq!(status, Some(2));
    assert!(text.contains("examin") && text.contains("--help"), "{text}");
}

#[test]
fn help_and_version_are_no_errors() {
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["examine", "--help"],
        &["compare", "-h"],
    ] {
        let output = palimpsest(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn wrong_usage_has_its_own_status_and_does_nothing() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("case");
    for option in [
        "--steps 0",
        "--steps -5",
        "--steps 1.5",
        "--steps 12x",
        "--steps 1000001",
        "--step-size 0",
        "--step-size -1",
        "--step-size nan",
        "--step-size 1,5",
        "--budget inf",
        "--budget -0.1",
        "--momentum 1",
        "--momentum -0.1",
        "--contrast -1",
        "--timesteps 0..5",
        "--timesteps 5",
        "--timesteps 9..3",
        "--timesteps 1..1000",
        "--seed -1",
        "--seed 1.0",
        "--mask block:3",
        "--mask square",
        "--preset slow",
        "--start empty",
        "--noise some",
        "--resolution 0",
        "--threads -1",
        "--device toaster",
        "--memory high",
        "--repeats 0",
        "--unknown",
        "--json=yes",
    ] {
        let output = Examine::new("sd1", &out).with(option).output();
        let text = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{option}: {text}");
        assert!(output.stdout.is_empty(), "{option}");
        assert!(
            text.contains(option.split([' ', '=']).next().unwrap()),
            "{option}: {text}"
        );
        assert!(!out.exists(), "{option}");
    }
    for arguments in [
        &["examine"][..],
        &["examine", "a.png", "--pretrained", "p", "--finetuned", "f"],
        &[
            "examine",
            "--pretrained",
            "p",
            "--finetuned",
            "f",
            "--out",
            "o",
        ],
        &["resume"],
        &["resume", "a", "b"],
        &["compare", "a.png"],
        &["paint"],
    ] {
        let (status, text) = status_and_stderr(arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {text}");
    }
}

#[test]
fn bad_pictures_are_told_in_one_sentence() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let png = fs::read(reference("sd1", "artwork.png")).unwrap();
    let mut gigapixel = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    gigapixel.extend(60_000_u32.to_be_bytes().repeat(2));
    gigapixel.extend([8, 2, 0, 0, 0]);
    gigapixel.extend(0x0FB0_E215_u32.to_be_bytes());
    gigapixel.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    fs::write(at("text.png"), "not a picture").unwrap();
    fs::write(at("empty.png"), "").unwrap();
    fs::write(at("cut.png"), &png[..png.len() / 2]).unwrap();
    fs::write(at("giga.png"), gigapixel).unwrap();
    for (name, reason) in [
        ("text.png", "is not a picture"),
        ("empty.png", "is empty"),
        ("cut.png", "is cut short"),
        ("giga.png", "60000×60000"),
        ("none.png", "does not exist"),
        (".", "is a folder"),
    ] {
        let mut examine = Examine::new("sd1", at("out/case")).with("--steps 1 --json");
        examine.artworks = vec![at(name)];
        let sentence = examine.complaint();
        assert!(sentence.contains(reason), "{sentence}");
        assert!(!at("out").exists());
    }
}

#[test]
fn bad_models_are_told_in_one_sentence() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let model = at("model");
    copy_folder(&reference("sd1", "finetuned"), &model);
    let complain = |finetuned: &Path, reasons: &[&str]| {
        let mut examine = Examine::new("sd1", at("case")).with("--steps 1");
        examine.finetuned = finetuned.to_owned();
        let sentence = examine.complaint();
        for reason in reasons {
            assert!(sentence.contains(reason), "{reason}: {sentence}");
        }
    };
    complain(&at("none"), &["There is no model at"]);
    complain(folder.path(), &["no folder \"unet\""]);
    complain(&reference("sd2", "finetuned"), &["The two models differ"]);

    let weights = model.join("unet/diffusion_pytorch_model.safetensors");
    let bytes = fs::read(&weights).unwrap();
    fs::write(&weights, &bytes[..bytes.len() - 100]).unwrap();
    complain(&model, &["diffusion_pytorch_model.safetensors"]);
    fs::write(&weights, "version https://git-lfs.github.com/spec/v1\n").unwrap();
    complain(&model, &["Git LFS"]);
    // The weights of another network: read only when the noise predictor is.
    let other = reference("sd2", "finetuned/unet/diffusion_pytorch_model.safetensors");
    fs::copy(other, &weights).unwrap();
    complain(&model, &["The tensor \"", "dimensions"]);
    fs::remove_file(&weights).unwrap();
    complain(&model, &["unet holds no weights"]);
    fs::write(&weights, &bytes).unwrap();

    let config = model.join("unet/config.json");
    let text = fs::read_to_string(&config).unwrap();
    let inpainting = text.replace("\"in_channels\": 4", "\"in_channels\": 9");
    assert_ne!(text, inpainting);
    fs::write(&config, inpainting).unwrap();
    complain(&model, &["inpainting"]);
}

#[test]
fn settings_that_do_not_suit_the_model_are_told_in_one_sentence() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let recorded = draws("sd1", folder.path(), false);
    fs::write(at("text"), "no tensors").unwrap();
    let cases = [
        (vec!["--mask", "block:6"], "does not divide"),
        (vec!["--resolution", "100"], "multiple of 64"),
        (vec!["--resolution", "1000000"], "2048"),
        (
            vec!["--mask", "blur", "--start", "filled"],
            "leave out the start",
        ),
        (
            vec!["--draws", recorded.to_str().unwrap(), "--steps", "13"],
            "at most 12 steps",
        ),
        (
            vec!["--draws", recorded.to_str().unwrap(), "--resolution", "64"],
            "has the shape [12, 4, 16, 16] where [12, 4, 8, 8]",
        ),
        (
            vec!["--draws", "/nowhere.safetensors"],
            "cannot read the draws",
        ),
    ];
    for (options, reason) in cases {
        let mut examine = Examine::new("sd1", at("case"));
        examine.options = options.iter().map(Into::into).collect();
        let sentence = examine.complaint();
        assert!(sentence.contains(reason), "{options:?}: {sentence}");
    }
    #[cfg(not(feature = "cuda"))]
    {
        let elsewhere = Examine::new("sd1", at("case")).with("--device cuda");
        let sentence = elsewhere.complaint();
        assert!(sentence.contains("not available here"), "{sentence}");
    }
    let sentence = Examine::new("sd1", at("case"))
        .option("--draws", at("text"))
        .complaint();
    assert!(
        sentence.contains("not a complete safetensors file"),
        "{sentence}"
    );
    let no_encoder = Examine::new("sd1", at("case")).option("--clip", at("nothing"));
    assert!(no_encoder.complaint().contains("nothing"));
}

#[test]
fn a_file_of_draws_says_how_many_steps_there_are() {
    let folder = tempdir().unwrap();
    let recorded = draws("sd1", folder.path(), true);
    let examine = Examine::new("sd1", folder.path().join("case"))
        .option("--draws", recorded)
        .with("--seed 3 --start filled");
    let findings = examine.json();
    let settings = &findings["settings"];
    assert_eq!(settings["steps"], 12);
    assert!(settings["seed"].is_null() && settings["timesteps"].is_null());
    assert_eq!(settings["noise"], "shared");
    assert_eq!(settings["start"], "recorded");
    let warnings = findings["warnings"].to_string();
    assert!(warnings.contains("seed, timesteps and noise"), "{warnings}");
    assert!(warnings.contains("the start that was given"), "{warnings}");
}

#[test]
fn without_json_there_is_a_summary() {
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 1");
    let output = examine.output();
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "structural 0.",
        "loss gap",
        "recovered.png",
        "proves nothing",
        "not evaluated",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let progress = String::from_utf8(output.stderr).unwrap();
    for part in ["Encoding", "step 1/1  t ", "gap ", "Decoding"] {
        assert!(progress.contains(part), "{part}: {progress}");
    }
}

#[test]
fn odd_names_and_prompts_are_taken_as_they_are() {
    let folder = tempdir().unwrap();
    let artwork = folder.path().join("-\u{1b}[31m it's\n\"two\" lines.png");
    fs::copy(reference("sd1", "artwork.png"), &artwork).unwrap();
    let mut examine = Examine::new("sd1", folder.path().join("a case"))
        .with("--steps 1")
        .option("--prompt", "--weights 0.5 \"é\"")
        .option("--pretrained-prompt", "");
    examine.artworks = vec![artwork.clone()];
    let findings = examine.json();
    let name = artwork.file_name().unwrap();
    assert_eq!(findings["artwork"]["path"], name.to_str().unwrap());
    assert_eq!(findings["settings"]["prompt"], "--weights 0.5 \"é\"");
    assert_eq!(findings["settings"]["pretrained_prompt"], "");
    assert_eq!(findings["settings"]["prompt_source"], "given");
    let files = contents(&examine.out);
    assert!(
        files.contains(&"001-31m-it-s-two-lines/recovered.png".into()),
        "{files:?}"
    );
    examine.artworks = vec![artwork.with_extension("gif")];
    examine.out = folder.path().join("another");
    let sentence = examine.complaint();
    assert!(
        !sentence.contains('\u{1b}') && sentence.contains("does not exist"),
        "{sentence}"
    );
}

#[test]
#[cfg(unix)]
fn names_that_are_no_unicode_survive_a_case() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempdir().unwrap();
    let artwork = folder.path().join(OsStr::from_bytes(b"caf\xe9.png"));
    fs::copy(reference("sd1", "artwork.png"), &artwork).unwrap();
    let mut examine = Examine::new("sd1", folder.path().join("case")).with("--steps 1");
    examine.artworks = vec![artwork];
    let findings = examine.json();
    let path = findings["artwork"]["path"].as_str().unwrap();
    assert_eq!(path, "file://caf%E9.png");
    fs::remove_file(examine.out.join("001-caf/findings.json")).unwrap();
    let mut resume = palimpsest(["resume", "--json"]);
    let again = json(&resume.arg(&examine.out).output().unwrap());
    assert_eq!(again["recovery"], findings["recovery"]);
}

#[test]
fn two_pictures_are_compared() {
    let (clip, dino) = (reference("sd1", "clip"), reference("sd1", "dino"));
    let mut command = palimpsest(["compare", "--json"]);
    command.args([
        reference("sd1", "artwork.png"),
        reference("sd1", "recovered.png"),
    ]);
    command.arg("--clip").arg(&clip).arg("--dino").arg(&dino);
    let scores = json(&command.output().unwrap());
    let expected = fs::read_to_string(reference("sd1", "expected.json")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&expected).unwrap();
    for key in ["clip", "dino"] {
        let found = scores["similarity"][key].as_f64().unwrap();
        let published = expected[format!("{key}_similarity")].as_f64().unwrap();
        assert!(
            (found - published).abs() < 0.002,
            "{key}: {found} {published}"
        );
    }
    assert!(scores["similarity"]["structural"].as_f64().unwrap() < 0.5);
    assert_eq!(scores["not_evaluated"], serde_json::json!({}));

    // Of one and the same, of any two sizes, and without encoders.
    let mut command = palimpsest(["compare", "--json"]);
    command.args([
        reference("sd1", "artwork.png"),
        reference("sd1", "artwork.png"),
    ]);
    let scores = json(&command.output().unwrap());
    assert_eq!(scores["similarity"], serde_json::json!({"structural": 1.0}));
    assert_eq!(scores["not_evaluated"]["clip"], "no CLIP model was given");
    let mut command = palimpsest(["compare"]);
    command.args([
        reference("sd1", "artwork.png"),
        reference("sd2", "artwork.png"),
    ]);
    let output = command.output().unwrap();
    assert!(output.stdout.starts_with(b"structural "));
    let output = palimpsest(["compare", "/nowhere.png", "/nothing.png"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("/nowhere.png does not exist"));
}

#[test]
fn whoever_stops_reading_causes_no_panic() {
    let mut command = palimpsest(["compare", "--json"]);
    command.args([
        reference("sd1", "artwork.png"),
        reference("sd1", "artwork.png"),
    ]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stderr.is_empty());
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_cannot_be_printed_is_a_failure() {
    let mut command = palimpsest(["compare"]);
    command.args([
        reference("sd1", "artwork.png"),
        reference("sd1", "artwork.png"),
    ]);
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("standard output"));
}

#[test]
fn the_laboratory_draws_works() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("works");
    let draw = |options: &str| {
        let mut command = palimpsest(["lab", "draw", "--out"]);
        command.arg(&out).args(options.split_whitespace());
        command.output().unwrap()
    };
    for options in ["--family water", "--works 3", "--works 9..3", "--side 0"] {
        let output = draw(options);
        assert_eq!(output.status.code(), Some(2), "{options}");
        assert!(!out.exists(), "{options}");
    }
    let options = "--family rings --family sea --artist 2 --artist 5 --works 1..2 --side 24";
    let output = draw(options);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stdout.starts_with(b"drew 8 works into "));
    assert!(out.join("sea-a5-w00002.png").is_file());
    // A folder with something in it is left as it is.
    let output = draw(options);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("is not an empty folder"));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 8);
}
