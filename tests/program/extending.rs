//! A case that gets its controls when its works have been examined.

use crate::commands;
use crate::real_case;

use std::fs;

use commands::{complaint, stderr};
use real_case::{RealCase, assert_holds, draw, events, pictures, read, run};
use serde_json::Value;

/// A case of one work without controls, examined, and a folder of six works beside it.
fn alone() -> RealCase {
    let mut case = RealCase::prepared(1);
    case.examine.options.truncate(2);
    case.examine();
    case
}

#[test]
fn controls_that_are_added_are_examined_as_the_works_were_and_the_record_says_when() {
    let case = alone();
    let folder = case.folder();
    assert!(!folder.join("assessment.json").exists());
    let sealed = fs::read_to_string(folder.join("journal.jsonl")).unwrap();

    let controls = case.around("controls");
    let controls = controls.to_str().unwrap();
    let options = ["--controls", controls, "--declare", "never published"];
    let output = run("extend", folder, &options);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));

    // What was sealed stays as it was, and the addition comes behind it.
    let journal = fs::read_to_string(folder.join("journal.jsonl")).unwrap();
    assert!(journal.starts_with(&sealed));
    let events = events(folder);
    assert_eq!(events[..3], ["begun", "examined", "extended"]);
    let record = read(&folder.join("case.json"));
    let entries = record["artworks"].as_array().unwrap();
    assert_eq!(entries.len(), 7);
    assert_eq!(entries[6]["declared"], "never published");
    let plans = entries.iter().map(|entry| {
        let folder = folder.join(entry["folder"].as_str().unwrap());
        let mut plan = read(&folder.join("findings.json"))["settings"].clone();
        // Every work has draws of its own.
        plan.as_object_mut().unwrap().remove("seed");
        plan
    });
    let plans: Vec<Value> = plans.collect();
    assert!(plans.iter().all(|plan| *plan == plans[0]));

    let assessment = read(&folder.join("assessment.json"));
    let p_value = &assessment["verdict"]["works"][0]["p_value"]["evaluated"];
    assert_eq!(p_value["negatives"], 6, "{assessment}");
    let added = assessment["additions"][0].as_str().unwrap();
    assert!(
        added.starts_with("6 controls were added on 20")
            && added.ends_with("is told by colours and structure alone."),
        "{added}"
    );
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains(added), "{printed}");
    assert_holds(folder);
}

#[test]
fn what_is_in_the_case_or_cannot_be_read_is_no_control_and_nothing_is_added() {
    let case = alone();
    let before = fs::read(case.folder().join("case.json")).unwrap();
    let own = case.around("own");
    fs::create_dir(&own).unwrap();
    let work = &pictures(&case.around("questioned"))[0];
    fs::copy(work, own.join("again.png")).unwrap();
    let refused = |folder: &std::path::Path| {
        let output = run(
            "extend",
            case.folder(),
            &["--controls", folder.to_str().unwrap()],
        );
        assert_eq!(output.status.code(), Some(1));
        complaint(&output)
    };
    let told = refused(&own);
    assert!(told.contains("again.png"), "{told}");
    assert!(
        told.contains("in the case already, as a questioned work"),
        "{told}"
    );

    let broken = case.around("broken");
    draw(&broken, 20..=21);
    fs::write(&pictures(&broken)[1], b"\x89PNG\r\n\x1a\n").unwrap();
    let told = refused(&broken);
    assert!(told.contains("cannot be added as a control"), "{told}");
    assert_eq!(fs::read(case.folder().join("case.json")).unwrap(), before);
    assert_eq!(events(case.folder()), ["begun", "examined"]);
}

#[test]
fn controls_that_the_journal_does_not_name_are_found() {
    let case = alone();
    let controls = case.around("controls");
    run(
        "extend",
        case.folder(),
        &["--controls", controls.to_str().unwrap()],
    );
    let copy = case.copy();
    let lines = copy.lines();
    // The last entries are left out, from the addition on: the record knows of works that nobody sealed.
    copy.set_lines(&lines[..2]);
    let output = run("verify", &copy.folder, &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        found["problems"].to_string().contains("item_added"),
        "{found}"
    );
}

#[test]
fn an_addition_that_a_crash_kept_out_of_the_journal_is_named_when_the_case_is_taken_up_again() {
    let case = alone();
    let controls = case.around("controls");
    run(
        "extend",
        case.folder(),
        &["--controls", controls.to_str().unwrap()],
    );
    let copy = case.copy();
    // As after the record was written and before the journal was.
    copy.set_lines(&copy.lines()[..2]);
    fs::remove_file(copy.path("assessment.json")).unwrap();
    let record = read(&copy.path("case.json"));
    let added = record["artworks"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .skip(1);
    for (place, entry) in added {
        fs::remove_dir_all(copy.path(entry["folder"].as_str().unwrap())).unwrap();
        copy.set(
            "case.json",
            &format!("/artworks/{place}/state"),
            "pending".into(),
        );
    }
    let output = run("resume", &copy.folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        events(&copy.folder)[..4],
        ["begun", "examined", "extended", "resumed"]
    );
    assert_holds(&copy.folder);
}
