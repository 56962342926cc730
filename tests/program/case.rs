//! A case on disk: what is kept through kills, interruptions and full disks, and what is refused.

use crate::commands;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use commands::{
    Examine, complaint, contents, copy_folder, json, palimpsest, reference, started, stderr,
};
use serde_json::Value;
use tempfile::tempdir;

/// Enough steps to be interrupted.
const LONG: &str = "--steps 24";

/// What must not depend on how often a run was interrupted.
fn result(case: &Path) -> (Vec<Vec<u8>>, Value) {
    let folder = case.join("001-artwork");
    let files = [
        "original.png",
        "partial.png",
        "recovered.png",
        "tensors.safetensors",
    ];
    let findings = fs::read(folder.join("findings.json")).unwrap();
    let mut findings: Value = serde_json::from_slice(&findings).unwrap();
    findings["seconds"] = Value::Null;
    let bytes = files.map(|name| fs::read(folder.join(name)).unwrap());
    (bytes.into(), findings)
}

fn resume(case: &Path) -> std::process::Command {
    let mut command = palimpsest(["resume"]);
    command.arg(case);
    command
}

#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    let id = child.id().to_string();
    let sent = std::process::Command::new("kill")
        .args(["-INT", &id])
        .status();
    assert!(sent.unwrap().success());
}

#[test]
fn killed_at_any_moment_a_case_ends_with_the_same_bits() {
    let folder = tempdir().unwrap();
    let whole = Examine::new("sd1", folder.path().join("whole")).with(LONG);
    whole.json();

    let broken = Examine::new("sd1", folder.path().join("broken")).with(LONG);
    let (mut child, _lines) = started(broken.command());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!broken.out.join("001-artwork/findings.json").exists());
    // From a checkpoint on as well; what takes its place elsewhere goes without one.
    let (mut child, _lines) = started(resume(&broken.out));
    #[cfg(unix)]
    interrupt(&child);
    #[cfg(not(unix))]
    child.kill().unwrap();
    child.wait().unwrap();
    // Ever later, so that every stage is hit: opening, encoding, descending, writing.
    let mut kills = 0;
    for delay in (1..).map(|n| Duration::from_millis(25 * n * n)) {
        let mut command = resume(&broken.out);
        let mut child = command
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(delay);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert!(kills >= 2, "{kills}");
    assert_eq!(result(&broken.out), result(&whole.out));
    assert_eq!(contents(&broken.out), contents(&whole.out));
}

#[test]
#[cfg(unix)]
fn an_interruption_keeps_everything_and_says_how_to_go_on() {
    use std::io::Read;

    let folder = tempdir().unwrap();
    let whole = Examine::new("sd2", folder.path().join("whole"))
        .with(LONG)
        .with("--momentum 0.5");
    whole.json();
    let mut broken = whole.clone();
    broken.out = folder.path().join("broken case");
    let (mut child, mut lines) = started(broken.command());
    interrupt(&child);
    let mut rest = String::new();
    lines.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{rest}");
    assert!(rest.trim_end().ends_with("broken case'."), "{rest}");
    assert!(rest.contains("palimpsest resume '"), "{rest}");
    assert!(
        broken
            .out
            .join("001-artwork/checkpoint.safetensors")
            .exists()
    );

    // It goes on where it was: the first step of the new session is not the first.
    let output = resume(&broken.out).arg("--json").output().unwrap();
    let findings = json(&output);
    let steps = stderr(&output);
    let first = steps
        .lines()
        .find(|line| line.starts_with("step "))
        .unwrap();
    assert!(!first.starts_with("step 1/"), "{first}");
    assert_eq!(result(&broken.out), result(&whole.out));
    assert_eq!(findings["files"]["recovered"], "001-artwork/recovered.png");
    assert!(
        !broken
            .out
            .join("001-artwork/checkpoint.safetensors")
            .exists()
    );
}

#[test]
fn a_finished_case_is_only_read() {
    let folder = tempdir().unwrap();
    let mut examine = Examine::new("sd1", folder.path().join("case")).with("--steps 1");
    let pretrained = folder.path().join("pretrained");
    copy_folder(&examine.pretrained, &pretrained);
    examine.pretrained.clone_from(&pretrained);
    let findings = examine.json();
    // Not even the models are needed for it.
    fs::remove_dir_all(pretrained).unwrap();
    assert_eq!(
        json(&resume(&examine.out).arg("--json").output().unwrap()),
        findings
    );
}

#[test]
fn a_case_left_between_two_files_is_completed() {
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 2");
    examine.json();
    let finished = result(&examine.out);
    let record = fs::read_to_string(examine.out.join("case.json")).unwrap();
    let pending = record.replace("\"finished\"", "\"pending\"");
    assert_ne!(record, pending);
    let inside = examine.out.join("001-artwork");

    // After the findings and before the record: nothing is computed again.
    fs::write(examine.out.join("case.json"), &pending).unwrap();
    let output = resume(&examine.out).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!stderr(&output).contains("step "), "{}", stderr(&output));
    assert_eq!(
        fs::read_to_string(examine.out.join("case.json")).unwrap(),
        record
    );

    // Before the findings; and with what a killed process may leave.
    fs::write(examine.out.join("case.json"), &pending).unwrap();
    fs::remove_file(inside.join("findings.json")).unwrap();
    for name in ["tensors.safetensors", "checkpoint.safetensors"] {
        fs::write(inside.join(format!("{name}.unfinished")), "half").unwrap();
    }
    fs::write(examine.out.join("case.lock"), "").unwrap();
    json(&resume(&examine.out).arg("--json").output().unwrap());
    assert_eq!(result(&examine.out), finished);
    assert_eq!(
        fs::read_to_string(examine.out.join("case.json")).unwrap(),
        record
    );
    let left = contents(&examine.out);
    assert!(
        !left
            .iter()
            .any(|name| name.contains("unfinished") || name.contains("lock")),
        "{left:?}"
    );
}

#[test]
fn a_case_goes_on_only_with_the_files_of_its_beginning() {
    let folder = tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let mut examine = Examine::new("sd1", at("case")).with("--steps 2");
    for name in ["pretrained", "finetuned"] {
        copy_folder(&reference("sd1", name), &at(name));
    }
    fs::copy(&examine.artworks[0], at("artwork.png")).unwrap();
    examine.artworks = vec![at("artwork.png")];
    examine.pretrained = at("pretrained");
    examine.finetuned = at("finetuned");
    examine.json();
    fs::remove_file(examine.out.join("001-artwork/findings.json")).unwrap();

    let other = fs::read(reference("sd2", "artwork.png")).unwrap();
    let weights = fs::read(at("pretrained/unet/diffusion_pytorch_model.safetensors")).unwrap();
    let changes = [
        ("artwork.png", other),
        (
            "finetuned/unet/diffusion_pytorch_model.safetensors",
            weights,
        ),
        (
            "pretrained/tokenizer/merges.txt",
            b"#version: 0.2\nt h\n".to_vec(),
        ),
    ];
    for (name, changed) in changes {
        let before = fs::read(at(name)).unwrap();
        fs::write(at(name), changed).unwrap();
        let output = resume(&examine.out).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let sentence = complaint(&output);
        assert!(
            sentence.contains(name) && sentence.contains("begun with"),
            "{sentence}"
        );
        fs::write(at(name), before).unwrap();
    }
    // With everything as it was it goes on, although one attempt was noted as failed.
    json(&resume(&examine.out).arg("--json").output().unwrap());
}

#[test]
fn one_broken_artwork_does_not_keep_the_others_from_being_examined() {
    let folder = tempdir().unwrap();
    let text = folder.path().join("not a picture.png");
    fs::write(&text, "no picture").unwrap();
    let mut examine = Examine::new("sd1", folder.path().join("case")).with("--steps 1 --json");
    let gone = folder.path().join("gone.png");
    examine.artworks = vec![
        reference("sd1", "artwork.png"),
        text.clone(),
        reference("sd2", "artwork.png"),
        gone.clone(),
    ];
    let output = examine.output();
    assert_eq!(output.status.code(), Some(1));
    let entries: Value = serde_json::from_slice(&output.stdout).unwrap();
    let kinds: Vec<_> = (0..4).map(|i| entries[i]["error"].is_string()).collect();
    assert_eq!(kinds, [false, true, false, true]);
    let name = text.file_name().unwrap().to_str().unwrap();
    assert_eq!(entries[1]["artwork"]["path"], name);
    assert!(
        entries[3]["error"]
            .as_str()
            .unwrap()
            .contains("does not exist")
    );
    assert_eq!(
        entries[2]["files"]["recovered"],
        "003-artwork/recovered.png"
    );
    let complaints = stderr(&output);
    let complaints = complaints
        .lines()
        .filter(|line| line.starts_with("palimpsest: "));
    assert_eq!(complaints.count(), 2);

    // Tried again, the one that is there now is examined, and the others stay as they are.
    let before = fs::metadata(examine.out.join("001-artwork/findings.json")).unwrap();
    fs::copy(reference("sd1", "artwork.png"), &gone).unwrap();
    let output = resume(&examine.out).arg("--json").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let again: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(again[0], entries[0]);
    assert_eq!(again[1], entries[1]);
    assert_eq!(again[3]["similarity"], again[0]["similarity"]);
    let after = fs::metadata(examine.out.join("001-artwork/findings.json")).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
}

#[test]
fn a_folder_that_holds_anything_is_refused() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    // An empty one serves, and one in which a process was killed before it began.
    fs::write(out.join("case.lock"), "").unwrap();
    fs::write(out.join("case.json.unfinished"), "{").unwrap();
    let examine = Examine::new("sd1", &out).with("--steps 1");
    examine.json();
    let refused = |out: &Path, reason: &str| {
        let output = Examine::new("sd1", out).with("--steps 1").output();
        assert_eq!(output.status.code(), Some(1));
        let sentence = complaint(&output);
        assert!(sentence.contains(reason), "{sentence}");
    };
    let before = fs::read(out.join("001-artwork/findings.json")).unwrap();
    refused(&out, "holds a case already: resume that case");
    assert_eq!(
        fs::read(out.join("001-artwork/findings.json")).unwrap(),
        before
    );
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("letter.txt"), "dear").unwrap();
    refused(&other, "is not empty and holds no case");
    assert_eq!(contents(&other), ["letter.txt"]);
    refused(&other.join("letter.txt"), "is not a folder");
    refused(&other.join("letter.txt/case"), "is not a folder");
    assert_eq!(contents(&other), ["letter.txt"]);
}

#[test]
fn two_processes_do_not_work_on_one_case() {
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with(LONG);
    let (mut child, _lines) = started(examine.command());
    let output = resume(&examine.out).output().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("is being worked on"));
}

#[test]
fn what_is_no_case_is_not_resumed() {
    let folder = tempdir().unwrap();
    let record = folder.path().join("case.json");
    let complain = || {
        let output = resume(folder.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        complaint(&output)
    };
    assert!(complain().contains("holds no case"));
    for (content, reason) in [
        ("{", "is damaged"),
        ("[]", "is damaged"),
        (
            r#"{"schema": "recipe", "version": 1}"#,
            "no record of a case",
        ),
        (
            r#"{"schema": "palimpsest case", "version": 4}"#,
            "of version 4",
        ),
        (
            r#"{"schema": "palimpsest case", "version": 1}"#,
            "is damaged",
        ),
    ] {
        fs::write(&record, content).unwrap();
        let sentence = complain();
        assert!(sentence.contains(reason), "{sentence}");
    }
}

#[test]
fn a_record_that_points_out_of_its_folder_is_refused() {
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 1");
    examine.json();
    let record = fs::read_to_string(examine.out.join("case.json")).unwrap();
    for name in ["../elsewhere", "/etc", ""] {
        let changed = record.replace("\"001-artwork\"", &format!("\"{name}\""));
        assert_ne!(record, changed);
        fs::write(examine.out.join("case.json"), changed).unwrap();
        let sentence = complaint(&resume(&examine.out).output().unwrap());
        assert!(sentence.contains("is no folder of it"), "{sentence}");
    }
}

/// The largest file that a process may write stands for a disk that is full.
#[test]
#[cfg(unix)]
fn a_full_disk_leaves_nothing_half_written() {
    let folder = tempdir().unwrap();
    let examine = Examine::new("sd1", folder.path().join("case")).with("--steps 2");
    let command = examine.command();
    let output = std::process::Command::new("sh")
        .arg("-c")
        .arg(r#"trap "" XFSZ; ulimit -f 40; exec "$0" "$@""#)
        .arg(command.get_program())
        .args(command.get_args())
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let sentence = complaint(&output);
    assert!(sentence.contains(".png cannot be written"), "{sentence}");
    let left = ["case.json", "journal.jsonl", "private.json"];
    assert_eq!(contents(&examine.out), left);

    json(&resume(&examine.out).arg("--json").output().unwrap());
    let whole = Examine::new("sd1", folder.path().join("whole")).with("--steps 2");
    whole.json();
    assert_eq!(result(&examine.out), result(&whole.out));
}
