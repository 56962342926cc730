//! Mock fine-tunes in place of positive controls: made, taken into the case, and weighed conditionally.

use crate::commands;
use crate::real_case;

use std::collections::BTreeSet;
use std::fs;

use commands::{complaint, stderr};
use real_case::{RealCase, assert_holds, draw, events, read, run};
use serde_json::{Value, json};

#[test]
fn a_calibration_is_made_and_the_conclusion_is_conditional_on_it() {
    let case = RealCase::finished(1);
    let (own, out) = (case.around("own"), case.around("calibration"));
    draw(&own, 40..=51);
    let options = [
        "--pictures",
        own.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--recipe",
        "full:2",
        "--recipe",
        "lora:2:2",
    ];
    let output = run("calibrate", case.folder(), &options);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stderr(&output);
    assert!(
        said.contains("GiB") || said.contains("MiB"),
        "memory is not told: {said}"
    );
    assert_holds(case.folder());
    assert!(events(case.folder()).contains(&"calibrated".to_owned()));

    // As in the user's case every work has draws of its own.
    let mock = read(&out.join("full-2/own-s0/case/case.json"));
    let works = mock["artworks"].as_array().unwrap();
    let seeds: BTreeSet<Option<u64>> = works.iter().map(|work| work["seed"].as_u64()).collect();
    assert_eq!((works.len(), seeds.len()), (12, 12));

    let output = run("assess", case.folder(), &["--json"]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let recipes = found["calibrations"][0]["recipes"].as_array().unwrap();
    assert_eq!(recipes.len(), 2, "{recipes:?}");
    let work = &found["verdict"]["works"][0];
    let ratios: Vec<f64> = work["conditional"]
        .as_array()
        .unwrap()
        .iter()
        .map(|conditional| conditional["ratio"]["evaluated"]["value"].as_f64().unwrap())
        .collect();
    let least = &work["least_favourable"]["evaluated"]["ratio"]["value"];
    let sentence = found["sentences"][0].as_str().unwrap();
    let agree =
        ratios.iter().all(|ratio| *ratio >= 1.0) || ratios.iter().all(|ratio| *ratio <= 1.0);
    let (expected, words) = match agree {
        true => (
            ratios
                .iter()
                .min_by(|a, b| a.ln().abs().total_cmp(&b.ln().abs())),
            "if the fine-tuning was done by one of the 2 recipes",
        ),
        false => (None, "by some of the recipes that were tried"),
    };
    assert_eq!(least.as_f64(), expected.copied(), "{ratios:?}");
    assert!(sentence.contains(words), "{sentence}");
    assert!(
        work["likelihood_ratio"]["not_evaluated"]["reason"].is_string(),
        "{work}"
    );
    assert_holds(case.folder());

    // The same recipe once more is no second one.
    let file = out.join("calibration.json");
    let mut one = read(&file);
    one["recipes"].as_array_mut().unwrap().truncate(1);
    let other = RealCase::finished(1);
    let single = case.around("single.json");
    fs::write(&single, one.to_string()).unwrap();
    let twice = ["--json", "--calibration", single.to_str().unwrap()];
    run("assess", other.folder(), &twice);
    let output = run("assess", other.folder(), &twice);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["calibrations"].as_array().unwrap().len(), 2);
    let least = &found["verdict"]["works"][0]["least_favourable"]["not_evaluated"];
    assert!(least["reason"].is_string(), "{least}");

    // Made with other settings it says nothing of this case.
    let mut changed = read(&file);
    changed["conditions"]["steps"] = json!(50);
    fs::write(&single, changed.to_string()).unwrap();
    let output = run(
        "assess",
        case.folder(),
        &["--calibration", single.to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(1));
    let sentence = complaint(&output);
    assert!(sentence.contains("steps (50 against 2)"), "{sentence}");
    assert_holds(case.folder());
}
