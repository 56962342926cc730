//! Whatever ends the work on a case, it opens again, goes on, and its journal holds and tells of it.

use crate::commands;
use crate::real_case;

use std::fs;
use std::path::Path;
use std::process::Command;

use commands::{json, started, stderr};
use real_case::{RealCase, assert_holds, events, lines, read, run};
use serde_json::Value;

fn resumed(case: &Path) {
    let output = run("resume", case, &["--json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[cfg(unix)]
fn interrupt(id: u32) {
    let sent = Command::new("kill")
        .args(["-INT", &id.to_string()])
        .status();
    assert!(sent.unwrap().success());
}

fn scores(case: &RealCase) -> Vec<Value> {
    let found = read(&case.folder().join("assessment.json"));
    let works = found["works"].as_array().unwrap();
    works.iter().map(|work| work["score"].clone()).collect()
}

#[test]
fn a_killed_case_opens_and_its_journal_holds() {
    let whole = RealCase::finished(1);
    let case = RealCase::prepared(1);
    let (mut child, _lines) = started(case.examine.command());
    child.kill().unwrap();
    child.wait().unwrap();
    // What the artwork under way has left so far is sealed by nothing yet.
    let output = run("verify", case.folder(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    resumed(case.folder());
    assert_holds(case.folder());
    assert_eq!(events(case.folder())[..2], ["begun", "resumed"]);
    assert_eq!(scores(&case), scores(&whole));
}

#[test]
#[cfg(unix)]
fn an_interrupted_case_tells_of_it_and_makes_the_models_own_pictures_afterwards() {
    let case = RealCase::prepared(1).with("--own-outputs 2");
    let (mut child, _lines) = started(case.examine.command());
    interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!case.folder().join("own-outputs").exists());
    resumed(case.folder());
    let told = events(case.folder());
    let begun: Vec<&str> = told.iter().map(String::as_str).collect();
    let at = begun
        .iter()
        .position(|event| *event == "cancelled")
        .unwrap();
    assert_eq!(begun[at + 1], "resumed");
    assert!(begun[at..].contains(&"generated"), "{begun:?}");
    assert_holds(case.folder());

    let found = read(&case.folder().join("assessment.json"));
    let works = found["works"].as_array().unwrap();
    let own: Vec<_> = works.iter().filter(|w| w["role"] == "own_output").collect();
    assert_eq!(own.len(), 2);
    assert!(own.iter().all(|work| work["score"].is_f64()), "{own:?}");
    assert_eq!(found["verdict"]["negatives"], 6);

    // What the model made is sealed like everything else, and found where the case is now.
    let copy = case.copy();
    fs::remove_dir_all(case.folder()).unwrap();
    let replayed = json(&run("verify", &copy.folder, &["--replay", "--json"]));
    let exact = replayed["replay"].as_array().unwrap();
    assert!(
        exact.iter().all(|work| work["agreement"] == "exact"),
        "{exact:?}"
    );
    let picture = fs::read_dir(copy.path("own-outputs")).unwrap();
    let mut names = picture.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let picture = names.find(|name| name.ends_with(".png")).unwrap();
    copy.damage(&format!("own-outputs/{picture}"));
    let output = run("verify", &copy.folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(&picture), "{}", stderr(&output));
}

#[test]
fn scores_that_were_not_weighed_any_more_are_weighed_when_it_goes_on() {
    let case = RealCase::finished(1).copy();
    let before = fs::read(case.path("assessment.json")).unwrap();
    fs::remove_file(case.path("assessment.json")).unwrap();
    let mut told = lines(&case.folder);
    assert!(told.pop().unwrap().contains("assessed"));
    case.set_lines(&told);
    assert_holds(&case.folder);
    resumed(&case.folder);
    assert_eq!(fs::read(case.path("assessment.json")).unwrap(), before);
    assert_holds(&case.folder);
}

#[test]
fn half_an_entry_is_put_aside_and_the_work_goes_on() {
    let case = RealCase::finished(1).copy();
    let journal = fs::read(case.path("journal.jsonl")).unwrap();
    let half = journal.len() - 300;
    fs::write(case.path("journal.jsonl"), &journal[..half]).unwrap();
    resumed(&case.folder);
    let output = run("verify", &case.folder, &["--json"]);
    let found = json(&output);
    assert_eq!(found["notices"][0]["notice"], "set_aside");
    assert!(events(&case.folder).contains(&"set_aside".to_owned()));
}
