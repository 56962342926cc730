//! The model library: folders that were added and those of interfaces, listed by what is in them.

use std::fs;
use std::path::Path;
use std::process::Command;

use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::safetensors_writer::write_tensors;
use palimpsest_diffusion::files::{Parameter, Precision};
use serde_json::{Value, json};

use crate::commands::{complaint, copy_folder, json, palimpsest, reference, stderr};

/// The program for a user whose home is `home`.
fn at_home(home: &Path, arguments: &[&str]) -> Command {
    let mut command = palimpsest(arguments.iter().copied());
    for variable in ["XDG_DATA_HOME", "XDG_CACHE_HOME", "HF_HOME", "HF_HUB_CACHE"] {
        command.env_remove(variable);
    }
    command.env("HOME", home);
    command
}

fn listing(home: &Path, options: &[&str]) -> Value {
    let arguments = [&["models", "list", "--json"], options].concat();
    json(&at_home(home, &arguments).output().unwrap())
}

fn names(listing: &Value) -> Vec<&str> {
    let entries = listing["entries"].as_array().unwrap().iter();
    entries
        .map(|entry| entry["name"].as_str().unwrap())
        .collect()
}

#[test]
fn models_are_found_in_folders_that_were_added_and_in_those_of_interfaces() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    let at = |name: &str| home.join(name);
    for folder in [
        "mine/deep/er",
        "ComfyUI/models/loras",
        "ComfyUI/models/checkpoints",
        ".cache/huggingface/hub/models--someone--small/snapshots/abc/unet",
    ] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    copy_folder(&reference("sd1", "pretrained"), &at("mine/deep/a model"));
    fs::copy(
        reference("lora", "sd1_kohya.safetensors"),
        at("ComfyUI/models/loras/style.safetensors"),
    )
    .unwrap();
    fs::copy(
        reference("onefile", "sd1s_fp16.safetensors"),
        at("ComfyUI/models/checkpoints/one.safetensors"),
    )
    .unwrap();
    fs::write(at("mine/broken.safetensors"), [0xff; 64]).unwrap();
    fs::write(at("mine/notes.txt"), "nothing").unwrap();
    assert_eq!(
        names(&listing(&home, &[])),
        ["someone/small", "one.safetensors", "style.safetensors"]
    );
    let add = |folder: &str| {
        at_home(&home, &["models", "add"])
            .arg(at(folder))
            .output()
            .unwrap()
    };
    assert!(add("mine").status.success());
    // Twice is once.
    assert!(add("mine").status.success());
    let all = listing(&home, &[]);
    assert_eq!(
        names(&all),
        [
            "a model",
            "someone/small",
            "one.safetensors",
            "style.safetensors",
            "broken.safetensors"
        ]
    );
    let entries = all["entries"].as_array().unwrap();
    assert_eq!(entries[3]["kind"], "adapter");
    assert_eq!(entries[3]["stated"]["base"], "hills-base.safetensors");
    assert_eq!(entries[3]["stated"]["trigger"], "sks style");
    assert!(
        entries[4]["refused"]
            .as_str()
            .unwrap()
            .contains("broken.safetensors")
    );
    // A folder that only looks like a model says what is missing.
    assert!(entries[1]["refused"].is_string());
    for (options, expected) in [
        (&["--kind", "adapter"][..], &["style.safetensors"][..]),
        (&["--kind", "other"], &["broken.safetensors"]),
        (&["--search", "SKS hills"], &["style.safetensors"]),
        (&["--search", "sks absent"], &[]),
        (
            &["--kind", "model", "--search", "checkpoints"],
            &["one.safetensors"],
        ),
    ] {
        assert_eq!(names(&listing(&home, options)), expected, "{options:?}");
    }
    let text = at_home(&home, &["models", "list"]).output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    for part in [
        "made from “hills-base.safetensors”",
        "(ComfyUI)",
        "(added)",
        "the hub's cache",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let removed = at_home(&home, &["models", "remove"])
        .arg(at("mine"))
        .output()
        .unwrap();
    assert!(removed.status.success(), "{}", stderr(&removed));
    assert_eq!(names(&listing(&home, &[])).len(), 3);
    assert!(at("mine/broken.safetensors").exists());
    let again = at_home(&home, &["models", "remove"])
        .arg(at("mine"))
        .output()
        .unwrap();
    assert!(complaint(&again).contains("was not added"));
    assert!(complaint(&add("mine/notes.txt")).contains("is no folder"));
}

#[test]
fn a_hash_is_taken_once_and_again_when_the_file_changes() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    let folder = home.join("models");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("a.safetensors");
    fs::copy(reference("lora", "sd1_kohya.safetensors"), &file).unwrap();
    let added = at_home(&home, &["models", "add"])
        .arg(&folder)
        .output()
        .unwrap();
    assert!(added.status.success());
    let hash = |options: &[&str]| listing(&home, options)["entries"][0]["sha256"].clone();
    assert_eq!(hash(&[]), Value::Null);
    let first = hash(&["--hash"]);
    assert_eq!(hash(&[]), first);
    let inspected = at_home(&home, &["models", "inspect", "--json"])
        .arg(&file)
        .output()
        .unwrap();
    assert_eq!(json(&inspected)["hashes"]["sha256"], first);
    // Another file of the same name.
    fs::copy(reference("lora", "sd1_loha.safetensors"), &file).unwrap();
    assert_eq!(hash(&[]), Value::Null);
    assert_ne!(hash(&["--hash"]), first);
    // A damaged index is made again, and that is said.
    let index = home.join(".cache/palimpsest/model-index.json");
    fs::write(&index, "{\"form\": ").unwrap();
    let found = listing(&home, &[]);
    assert_eq!(names(&found), ["a.safetensors"]);
    assert!(
        found["notes"][0].as_str().unwrap().contains("was damaged"),
        "{found}"
    );
    assert_eq!(listing(&home, &[])["notes"], json!([]));
}

#[cfg(unix)]
#[test]
fn links_are_followed_said_and_end() {
    use std::os::unix::fs::symlink;
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    let (folder, outside) = (home.join("models"), home.join("disk/more"));
    fs::create_dir_all(folder.join("loop")).unwrap();
    fs::create_dir_all(&outside).unwrap();
    for name in ["x.safetensors", "y.safetensors"] {
        fs::copy(
            reference("lora", "sd1_kohya.safetensors"),
            outside.join(name),
        )
        .unwrap();
    }
    symlink(&outside, folder.join("elsewhere")).unwrap();
    // The same files by another way, a loop, all that is around, and nothing at all.
    symlink(&outside, folder.join("zzz")).unwrap();
    symlink("../loop", folder.join("loop/again")).unwrap();
    symlink(&home, folder.join("loop/home")).unwrap();
    symlink("nowhere.safetensors", folder.join("dangling.safetensors")).unwrap();
    let added = at_home(&home, &["models", "add"])
        .arg(&folder)
        .output()
        .unwrap();
    assert!(added.status.success());
    let found = listing(&home, &[]);
    assert_eq!(names(&found), ["x.safetensors", "y.safetensors"]);
    assert_eq!(
        found["entries"][0]["elsewhere"],
        json!(outside.join("x.safetensors"))
    );
    let notes = found["notes"].to_string();
    assert!(notes.contains("leads to a folder around it"), "{notes}");
    assert!(
        notes.contains("dangling.safetensors cannot be read"),
        "{notes}"
    );
}

#[test]
fn the_base_of_a_model_is_the_nearest_of_the_library() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    let folder = home.join("mine");
    for (family, model, name) in [
        ("sd1", "pretrained", "base"),
        ("sd1", "finetuned", "tuned"),
        ("sd1", "finetuned", "tuned again"),
        ("sd2", "pretrained", "another structure"),
    ] {
        copy_folder(&reference(family, model), &folder.join(name));
    }
    let added = at_home(&home, &["models", "add"]).arg(&folder).output();
    assert!(added.unwrap().status.success());
    let nearest = |model: &str| {
        let mut command = at_home(&home, &["models", "nearest", "--json"]);
        json(&command.arg(folder.join(model)).output().unwrap())
    };
    let found = nearest("tuned");
    let neighbours = found["neighbours"].as_array().unwrap();
    let names: Vec<_> = neighbours.iter().map(|it| &it["name"]).collect();
    assert_eq!(names, ["tuned again", "base"]);
    assert_eq!(neighbours[0]["relative"], 0.0);
    assert_eq!(neighbours[0]["equal"], neighbours[0]["tensors"]);
    let relative = neighbours[1]["relative"].as_f64().unwrap();
    assert!((1e-3..0.5).contains(&relative), "{relative}");
    let others = found["not_compared"].as_array().unwrap();
    assert_eq!(others.len(), 1);
    assert_eq!(others[0]["name"], "another structure");
    // An adapter has no weights of its own.
    let mut adapter = at_home(&home, &["models", "nearest"]);
    adapter.arg(reference("lora", "sd1_kohya.safetensors"));
    let refused = complaint(&adapter.output().unwrap());
    assert!(refused.contains("sd1_kohya.safetensors"), "{refused}");
}

/// An adapter for the reference's second family that states a hash of its base.
fn adapter_of(base: &str, file: &Path) {
    let layer = "lora_unet_down_blocks_0_resnets_0_conv1";
    let tensor = |part: &str, shape: [usize; 4]| {
        let values = vec![0.01; shape.iter().product()];
        let parameter = Parameter::from_values(shape.to_vec(), values).unwrap();
        (format!("{layer}.{part}.weight"), parameter)
    };
    let tensors = [
        tensor("lora_down", [2, 16, 3, 3]),
        tensor("lora_up", [16, 2, 1, 1]),
    ];
    let record = [("ss_new_sd_model_hash".to_owned(), base.to_owned())];
    write_tensors(file, &tensors.into(), Precision::Single, &record.into()).unwrap();
}

#[test]
fn a_folder_is_held_against_the_single_file_that_an_adapter_states_as_its_base() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    let folder = home.join("mine");
    fs::create_dir(&folder).unwrap();
    let one_file = folder.join("hills.safetensors");
    fs::copy(reference("onefile", "sd2_fp16.safetensors"), &one_file).unwrap();
    let adapter = home.join("style.safetensors");
    adapter_of(&Digest::of_file(&one_file).unwrap().0.to_string(), &adapter);
    let fit = |base: &str| {
        let mut command = at_home(&home, &["models", "fit", "--json", "--pretrained"]);
        command.arg(reference("sd2", base));
        command.arg("--finetuned").arg(&adapter);
        json(&command.output().unwrap())
    };
    // Nothing knows the file: it is said that a folder has no such hash.
    let unknown = fit("finetuned");
    assert_eq!(unknown["fits"], "unknown", "{unknown}");
    let why = unknown["reasons"][0].as_str().unwrap();
    assert!(
        why.contains("is a folder, so that they cannot be compared"),
        "{why}"
    );
    let added = at_home(&home, &["models", "add"]).arg(&folder).output();
    assert!(added.unwrap().status.success());
    listing(&home, &["--hash"]);
    // The file is the folder's in half precision; the other folder is another model.
    let same = fit("finetuned");
    assert_eq!(same["fits"], "yes", "{same}");
    let why = same["reasons"][0].as_str().unwrap();
    assert!(
        why.contains("hills.safetensors") && why.contains("another precision"),
        "{why}"
    );
    let other = fit("pretrained");
    assert_eq!(other["fits"], "doubtful", "{other}");
    let why = other["reasons"][0].as_str().unwrap();
    assert!(
        why.contains("choose that file as the pretrained model"),
        "{why}"
    );
    // The file itself has the hash, and once it has changed the library does not have it.
    adapter_of(&"ab".repeat(32), &one_file);
    assert_eq!(fit("finetuned")["fits"], "unknown");
}
