//! Works whose file is another picture as it is stored than as it is seen: both are examined, and tested as one.

use crate::real_case;

use std::process::Output;

use palimpsest_testing::pictures::lay_on_its_side;
use real_case::{RealCase, assert_holds, pictures, read, run};
use serde_json::Value;

/// A case of one work on its side, one upright, and six controls of which one lies on its side.
fn prepared() -> RealCase {
    let case = RealCase::prepared(2);
    lay_on_its_side(&pictures(&case.around("questioned"))[0]);
    lay_on_its_side(&pictures(&case.around("controls"))[0]);
    case
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn record(case: &RealCase) -> Vec<Value> {
    let record = read(&case.folder().join("case.json"));
    record["artworks"].as_array().unwrap().clone()
}

#[test]
fn both_pictures_of_a_file_are_examined_and_tested_as_one() {
    let case = prepared();
    let printed = case.examine();
    let entries = record(&case);
    let further: Vec<&Value> = entries
        .iter()
        .filter(|entry| entry["reading"] == "as-stored")
        .collect();
    assert_eq!(entries.len(), 2 + 6 + 2);
    let roles: Vec<&Value> = further.iter().map(|entry| &entry["role"]).collect();
    // A questioned work is not named as one.
    assert_eq!(roles, [&Value::Null, &Value::from("negative")]);
    for entry in &further {
        let folder = case.folder().join(entry["folder"].as_str().unwrap());
        let findings = read(&folder.join("findings.json"));
        assert_eq!(findings["settings"]["reading"], "as-stored");
    }

    let found = read(&case.folder().join("assessment.json"));
    assert_eq!(
        found["question"]["further_readings"],
        serde_json::json!(["as-stored"])
    );
    let [turned, upright] = [0, 1].map(|work| &found["verdict"]["works"][work]);
    assert!(upright.get("readings").is_none(), "{upright}");
    let tested = turned["readings"]["tested"].as_array().unwrap();
    let each = tested
        .iter()
        .map(|it| it["p_value"]["evaluated"].as_f64().unwrap());
    let better = each.fold(1.0, f64::min);
    let p_value = turned["p_value"]["evaluated"]["value"].as_f64().unwrap();
    assert!(
        (p_value - (2.0 * better).min(1.0)).abs() < 1e-12,
        "{p_value} {better}"
    );
    assert!(
        text(&printed).contains("that the better counts was fixed before the first examination")
    );
    // The upright controls have in both readings the same score.
    let scores = |works: &Value| -> Vec<Value> {
        let works = works.as_array().unwrap().iter();
        works
            .filter(|work| work["role"] == "negative")
            .map(|work| work["score"].clone())
            .collect()
    };
    let (seen, stored) = (
        scores(&found["works"]),
        scores(&found["further_readings"][0]["works"]),
    );
    assert_ne!(seen[0], stored[0]);
    assert_eq!(seen[1..], stored[1..]);

    assert_holds(case.folder());
    let again = run("verify", case.folder(), &["--replay"]);
    assert!(
        text(&again).matches("the same to the last bit").count() == 10,
        "{}",
        text(&again)
    );
}

#[test]
fn whoever_asks_for_one_reading_gets_one() {
    let case = prepared().with("--reading as-stored");
    case.examine();
    let entries = record(&case);
    assert_eq!(entries.len(), 8);
    assert!(entries.iter().all(|entry| entry.get("reading").is_none()));
    assert_eq!(
        read(&case.folder().join("case.json"))["plan"]["reading"],
        "as-stored"
    );
}
