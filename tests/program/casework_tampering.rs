//! What is done to a case behind the program's back is found by `verify` and named.

use crate::commands;
use crate::real_case;

use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::{Arc, OnceLock};

use commands::{complaint, data_home, json, palimpsest, stderr};
use palimpsest_record::case::journal::{Author, Event, Journal, Signer};
use palimpsest_record::case::key::SigningKey;
use palimpsest_record::case::{CaseView, UtcTime};
use palimpsest_record::casework::calibration::{CalibrationFile, Conditions, RecipeScores};
use real_case::{Copy, RealCase, assert_holds, read, run};
use serde_json::{Value, json};

const EXHIBIT: &str = "exhibits/exhibit-P-7.pdf";

/// A calibration that fits the case, with invented scores.
fn write_calibration(case: &Path, file: &Path) {
    let plan = CaseView::read(case).unwrap().plan;
    let scores = |from: f64| (0..6).map(|n| from + f64::from(n) / 100.0).collect();
    let recipe = |name: &str| RecipeScores {
        recipe: name.to_owned(),
        scores: [("recovery.direction".to_owned(), [scores(0.3), scores(0.1)])].into(),
    };
    let recipes = ["much", "little"].map(recipe).into();
    let calibration = CalibrationFile::new(Conditions::of(&plan, 1), recipes);
    calibration.write(file).unwrap();
}

/// One case with everything in it, for all tests to copy.
fn case() -> Copy {
    static CASE: OnceLock<RealCase> = OnceLock::new();
    let case = CASE.get_or_init(|| {
        let case = RealCase::finished(1);
        let file = case.around("calibration.json");
        write_calibration(case.folder(), &file);
        let file = file.to_str().unwrap().to_owned();
        let assessed = run("assess", case.folder(), &["--calibration", &file]);
        assert_eq!(assessed.status.code(), Some(0), "{}", stderr(&assessed));
        let exhibit = run("exhibit", case.folder(), &["--number", "P-7"]);
        assert_eq!(exhibit.status.code(), Some(0), "{}", stderr(&exhibit));
        case
    });
    case.copy()
}

/// `verify` fails and says so.
fn found(case: &Copy, options: &[&str], words: &str) {
    let output = run("verify", &case.folder, options);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains(words), "\"{words}\" is not in {text}");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(printed.starts_with("DOES NOT HOLD"), "{printed}");
}

fn first_folder(case: &Copy) -> String {
    let record = read(&case.path("case.json"));
    record["artworks"][0]["folder"].as_str().unwrap().to_owned()
}

/// What `verify` prints behind a label.
fn printed(output: &Output, label: &str) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix(label));
    line.unwrap_or_else(|| panic!("{text}")).trim().to_owned()
}

#[test]
fn an_untouched_case_holds_and_says_what_it_cannot_exclude() {
    let case = case();
    assert_holds(&case.folder);
    let output = run("verify", &case.folder, &[]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.starts_with("holds: "), "{text}");
    assert!(
        text.contains("cannot be excluded: That the owner of the key"),
        "{text}"
    );
    let (head, key) = (
        printed(&output, "journal head"),
        printed(&output, "signed by"),
    );
    let met = run(
        "verify",
        &case.folder,
        &["--expect-head", &head, "--expect-key", &key],
    );
    assert_eq!(met.status.code(), Some(0), "{}", stderr(&met));
    let other = "0".repeat(64);
    found(
        &case,
        &["--expect-head", &other],
        "was expected in the journal",
    );
    found(&case, &["--expect-key", &other], "expected to be signed");
}

#[test]
fn every_changed_file_is_named() {
    let case = case();
    let work = first_folder(&case);
    for file in [
        format!("{work}/recovered.png"),
        format!("{work}/original.png"),
        format!("{work}/tensors.safetensors"),
        format!("{work}/findings.json"),
        "assessment.json".into(),
        "calibrations/calibration-1.json".into(),
        EXHIBIT.into(),
    ] {
        let before = fs::read(case.path(&file)).unwrap();
        case.damage(&file);
        found(&case, &[], &format!("{file} has been changed"));
        fs::write(case.path(&file), before).unwrap();
    }
    assert_holds(&case.folder);
}

#[test]
fn every_changed_value_of_the_record_is_named() {
    let case = case();
    let plan = "the plan in case.json (models and settings)";
    let asked = "what case.json asks";
    let before = fs::read(case.path("case.json")).unwrap();
    for (pointer, value, words) in [
        ("/plan/finetuned/sha256", json!("cc".repeat(32)), plan),
        ("/plan/steps", json!(3), plan),
        ("/plan/seed", json!(7), plan),
        (
            "/question/primary_score",
            json!("recovery.direction"),
            asked,
        ),
        ("/question/propositions/0", json!("It was stolen."), asked),
        ("/warnings", json!([]), asked),
        ("/artworks/1/role", json!("positive"), "its role differs"),
        (
            "/artworks/1/declared",
            json!("sold in 1999"),
            "its declaration differs",
        ),
        ("/artworks/1/seed", json!(99), "its seed differs"),
        (
            "/artworks/1/path",
            json!("/elsewhere.png"),
            "its path differs",
        ),
        (
            "/artworks/1/sha256",
            json!("00".repeat(32)),
            "its hash differs",
        ),
    ] {
        case.set("case.json", pointer, value);
        found(&case, &[], words);
        fs::write(case.path("case.json"), &before).unwrap();
    }
    for (name, value, words) in [
        ("repeat", json!(1), "its repetition differs"),
        ("crop", json!(0.5), "its square differs"),
    ] {
        let mut record = read(&case.path("case.json"));
        record["artworks"][1][name] = value;
        fs::write(case.path("case.json"), record.to_string()).unwrap();
        found(&case, &[], words);
    }
}

#[test]
fn a_work_put_in_or_taken_out_is_named() {
    let case = case();
    let mut record = read(&case.path("case.json"));
    let artworks = record["artworks"].as_array_mut().unwrap();
    let mut more = artworks.remove(3);
    let gone = more["folder"].as_str().unwrap().to_owned();
    more["folder"] = json!("099-more");
    artworks.push(more);
    fs::write(case.path("case.json"), record.to_string()).unwrap();
    found(
        &case,
        &[],
        &format!("{gone}, with which the case was begun"),
    );
    found(&case, &[], "099-more in case.json was not there");
}

#[test]
fn a_changed_removed_or_moved_entry_of_the_journal_is_named() {
    let case = case();
    let whole = case.lines();
    let mut lines = whole.clone();
    lines[2] = lines[2].replace("\"examined\"", "\"examinet\"");
    assert_ne!(lines, whole);
    case.set_lines(&lines);
    found(&case, &[], "the journal's line 3 has been changed");

    let mut lines = whole.clone();
    lines.remove(3);
    case.set_lines(&lines);
    found(&case, &[], "entries 4 to 4 have been removed");

    let mut lines = whole.clone();
    lines.swap(3, 4);
    case.set_lines(&lines);
    found(&case, &[], "entries have been reordered");

    case.set_lines(&whole);
    assert_holds(&case.folder);
}

#[test]
fn a_dropped_signature_is_named_and_meets_no_expected_key() {
    let case = case();
    let key = printed(&run("verify", &case.folder, &[]), "signed by");
    let unsigned = |line: &String| {
        let end = line.rfind(",\"signature\"").unwrap();
        format!("{}}}", &line[..end])
    };
    let lines: Vec<_> = case.lines().iter().map(unsigned).collect();
    case.set_lines(&lines);
    found(&case, &["--expect-key", &key], "line 1 has no signature");
    found(
        &case,
        &["--expect-key", &key],
        "no entry of its journal is signed",
    );
}

#[test]
fn another_key_adds_nothing_unnoticed() {
    let case = case();
    let other = case.around("other-data");
    let output = palimpsest(["exhibit"])
        .arg(&case.folder)
        .env("XDG_DATA_HOME", &other)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("key"), "{}", complaint(&output));
    assert_holds(&case.folder);

    // By force: the same entries, signed by the other key, behind the true ones.
    let elsewhere = case.around("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let begun: Value = serde_json::from_str(&case.lines()[0]).unwrap();
    let begun: Event = serde_json::from_value(begun["event"].clone()).unwrap();
    let mut journal = Journal::begin(&elsewhere, signer(&other), begun).unwrap();
    for _ in 0..case.lines().len() {
        journal.append(&Event::Cancelled {}).unwrap();
    }
    let mut lines = case.lines();
    let forged = fs::read_to_string(elsewhere.join("journal.jsonl")).unwrap();
    let number = lines.len() + 1;
    lines.push(forged.lines().nth(number - 1).unwrap().to_owned());
    case.set_lines(&lines);
    found(
        &case,
        &[],
        &format!("entry {number} of the journal was signed by another key"),
    );
}

/// Who signs with the key of this data folder.
fn signer(data: &Path) -> Signer {
    let key = data.join("palimpsest/signing-key.pem");
    Signer {
        key: Arc::new(SigningKey::open_or_make(&key).unwrap()),
        author: Author::here(),
    }
}

#[test]
fn a_clock_moved_back_is_named() {
    let case = case();
    let mut journal = Journal::open(&case.folder, signer(&data_home())).unwrap();
    let early: UtcTime = "2001-01-01T00:00:00Z".parse().unwrap();
    journal.append_at(&Event::Cancelled {}, early).unwrap();
    found(&case, &[], "clock was moved back");
}

#[test]
fn a_calibration_put_in_from_outside_decides_nothing() {
    let case = case();
    write_calibration(&case.folder, &case.path("calibrations/calibration-2.json"));
    let output = run("verify", &case.folder, &[]);
    let notice = "calibration-2.json is not sealed by the journal";
    assert!(stderr(&output).contains(notice), "{}", stderr(&output));
    for command in ["assess", "exhibit"] {
        let output = run(command, &case.folder, &[]);
        assert_eq!(output.status.code(), Some(1));
        let sentence = complaint(&output);
        assert!(
            sentence.contains("put into the case from outside"),
            "{sentence}"
        );
    }
}

#[test]
fn an_exhibit_is_known_by_its_case_alone() {
    let case = case();
    let output = palimpsest(["verify"])
        .arg(case.path(EXHIBIT))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("the exhibit was written in entry"), "{text}");

    let filed = case.around("filed.pdf");
    fs::copy(case.path(EXHIBIT), &filed).unwrap();
    let check = |file: &Path| {
        let mut command = palimpsest(["verify"]);
        command
            .arg(file)
            .arg("--case")
            .arg(&case.folder)
            .output()
            .unwrap()
    };
    assert_eq!(check(&filed).status.code(), Some(0));
    let alone = palimpsest(["verify"]).arg(&filed).output().unwrap();
    assert_eq!(alone.status.code(), Some(0), "{}", stderr(&alone));
    let said = String::from_utf8_lossy(&alone.stdout).into_owned();
    assert!(said.contains("its case is not at hand"), "{said}");

    let mut bytes = fs::read(&filed).unwrap();
    bytes.push(b'\n');
    fs::write(&filed, bytes).unwrap();
    let edited = check(&filed);
    assert_eq!(edited.status.code(), Some(1));
    assert!(complaint(&edited).contains("is no exhibit of this case"));
}

#[test]
fn a_case_done_over_agrees_to_the_bit_and_says_where_it_cannot_be() {
    let case = RealCase::finished(1);
    let output = run("verify", case.folder(), &["--replay", "--json"]);
    let replayed = json(&output);
    let works = replayed["replay"].as_array().unwrap();
    assert_eq!(works.len(), 7);
    assert!(
        works.iter().all(|work| work["agreement"] == "exact"),
        "{works:?}"
    );

    fs::remove_file(&case.examine.artworks[0]).unwrap();
    let output = run("verify", case.folder(), &["--replay"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("could not be done over"), "{text}");
    assert_eq!(
        text.matches("the same to the last bit").count(),
        6,
        "{text}"
    );
}

/// Whoever has the key may add works for comparison, and name nothing anew.
#[test]
fn a_work_that_was_sealed_cannot_be_named_as_something_else_afterwards() {
    let case = case();
    let mut journal = Journal::open(&case.folder, signer(&data_home())).unwrap();
    let begun = journal
        .entries()
        .iter()
        .find_map(|entry| match &entry.event {
            Event::Begun { items, .. } => Some(items.clone()),
            _ => None,
        });
    let mut control = begun.unwrap().pop().unwrap();
    assert_eq!(control.role, "negative");
    control.declared = Some("used".into());
    let folder = control.folder.clone();
    journal
        .append(&Event::Extended {
            items: vec![control],
        })
        .unwrap();
    drop(journal);
    let record = read(&case.path("case.json"));
    let place = record["artworks"].as_array().unwrap().len() - 1;
    case.set(
        "case.json",
        &format!("/artworks/{place}/declared"),
        "used".into(),
    );
    found(&case, &[], &folder);
}

#[test]
fn a_questioned_work_cannot_be_added_afterwards() {
    let case = case();
    let mut record = read(&case.path("case.json"));
    let works = record["artworks"].as_array_mut().unwrap();
    let mut work = works[0].clone();
    work["folder"] = "999-added".into();
    work["state"] = "pending".into();
    works.push(work);
    fs::write(case.path("case.json"), record.to_string()).unwrap();
    let mut journal = Journal::open(&case.folder, signer(&data_home())).unwrap();
    let begun = journal
        .entries()
        .iter()
        .find_map(|entry| match &entry.event {
            Event::Begun { items, .. } => items.first().cloned(),
            _ => None,
        });
    let mut item = begun.unwrap();
    item.folder = "999-added".into();
    journal
        .append(&Event::Extended { items: vec![item] })
        .unwrap();
    drop(journal);
    found(&case, &[], "999-added");
}
