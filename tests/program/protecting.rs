//! Precautions on pictures as a command: what it writes and says, and what it refuses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use palimpsest_art::{Family, draw};
use serde_json::Value;
use tempfile::tempdir;

use crate::commands::palimpsest;

fn protect(pictures: &Path, out: &Path, options: &str) -> Command {
    let mut command = palimpsest(["lab", "protect", "--model", "demo"]);
    command.arg(pictures).arg("--out").arg(out);
    command.args(options.split_whitespace());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn pictures_are_changed_and_the_record_beside_them_says_how() {
    let folder = tempdir().unwrap();
    let works = folder.path().join("works");
    fs::create_dir(&works).unwrap();
    for number in 0..2 {
        let work = draw(Family::Trees, 1500, number, 160);
        work.save(works.join(format!("{number}.jpg"))).unwrap();
    }
    let out = folder.path().join("changed");
    let options = "--method mist --budget 4/255 --step-size 2 --steps 2 --seed 5";
    let output = protect(&works, &out, options).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("protect.json"));
    assert!(
        said(&output).contains("picture 2/2  step 2/2  climbed"),
        "{}",
        said(&output)
    );
    let read = || fs::read(out.join("protect.json")).unwrap();
    let record: Value = serde_json::from_slice(&read()).unwrap();
    let settings = &record["settings"];
    assert_eq!(
        (&settings["method"], &settings["budget"]),
        (&"mist".into(), &4.into())
    );
    assert_eq!(
        (&settings["seed"], &settings["semantic_weight"]),
        (&5.into(), &1e4.into())
    );
    assert_eq!(record["model"]["sha256"].as_str().unwrap().len(), 64);
    let pictures = record["pictures"].as_array().unwrap();
    assert_eq!(
        (pictures.len(), &pictures[1]["input"]),
        (2, &"1.jpg".into())
    );
    for picture in pictures {
        let file = out.join(picture["output"].as_str().unwrap());
        // The square that the model sees.
        assert_eq!(image::image_dimensions(&file).unwrap(), (128, 128));
        let change = picture["largest_change"].as_u64().unwrap();
        assert!((1..=4).contains(&change), "{change}");
        assert!(picture["after"]["target_distance"].is_number());
    }
    // The same command changes nothing more, and another is refused.
    let before = read();
    assert!(
        protect(&works, &out, options)
            .output()
            .unwrap()
            .status
            .success()
    );
    assert!(read() == before);
    let other = protect(&works, &out, &options.replace("--seed 5", "--seed 6"));
    let output = { other }.output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("changed with other settings"),
        "{}",
        said(&output)
    );
}

#[test]
fn wrong_options_are_wrong_usage_and_a_picture_that_cannot_be_read_is_named() {
    let folder = tempdir().unwrap();
    let works = folder.path().join("works");
    fs::create_dir(&works).unwrap();
    let out = folder.path().join("changed");
    for (options, expected) in [
        ("--method glaze", "advdm, aspl, mist"),
        ("--method advdm --budget 0/255", "1 to 255"),
        ("--method advdm --budget 0.1", "1 to 255"),
        ("--method advdm --budget 256", "1 to 255"),
        (
            "--method advdm --target x.png",
            "--target is an option of --method mist and not of advdm",
        ),
        (
            "--method mist --rate 1",
            "--rate is an option of --method aspl and not of mist",
        ),
        (
            "--method aspl --semantic-weight 1",
            "is an option of --method mist",
        ),
    ] {
        let output = protect(&works, &out, options).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{options}");
        assert!(
            said(&output).contains(expected),
            "{options}: {}",
            said(&output)
        );
    }
    fs::write(works.join("torn.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let output = protect(&works, &out, "--method advdm").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("torn.png"), "{}", said(&output));
    assert!(!out.exists());
}
