//! The registry of examinations, as cases and exhibits tell of it: earlier ones of the same model are counted, several
//! tests of a work are corrected for, and what is wrong with the registry stops nothing.

use crate::commands::{data_home, palimpsest, stderr};
use crate::exhibit_file::Read;
use crate::real_case::{RealCase, assert_holds, read, run};

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::{Value, json};

/// The registry of this test; none if there is none.
pub fn registry() -> Option<PathBuf> {
    let folder = fs::read_dir(data_home().join("palimpsest")).unwrap();
    let mut files = folder.map(|entry| entry.unwrap().path());
    files.find(|file| file.extension().is_some_and(|kind| kind == "jsonl"))
}

fn lines() -> usize {
    let text = fs::read_to_string(registry().unwrap()).unwrap();
    text.lines().count()
}

/// The same works and models in another folder, with these options besides.
fn again(case: &RealCase, name: &str, options: &str) -> PathBuf {
    let mut examine = case.examine.clone();
    examine.out = case.around(name);
    if !options.is_empty() {
        examine = examine.with(options);
    }
    let output = examine.output();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    examine.out
}

fn entered(case: &Path) -> Value {
    read(&case.join("case.json"))["registration"]["entered"].clone()
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The text of an exhibit of the case, without spaces.
fn exhibit(case: &Path) -> String {
    let output = run("exhibit", case, &["--number", "P-1"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let pdf = fs::read(case.join("exhibits/exhibit-P-1.pdf")).unwrap();
    joined(&Read::new(&pdf).text())
}

#[test]
fn several_examinations_are_counted_and_corrected_for() {
    let case = RealCase::finished(1);
    let first = entered(case.folder());
    assert_eq!(first["of_model"], 1);
    assert_eq!(
        (&first["differs"], &first["earlier"]),
        (&Value::Null, &Value::Null)
    );
    let assessed = read(&case.folder().join("assessment.json"));
    assert_eq!(assessed["examinations"], Value::Null);
    assert_eq!(assessed["works"][0]["tests"], Value::Null);
    let told = exhibit(case.folder());
    let count = |n: &str| {
        joined(&format!(
            "This is the {n} examination of this model with this key."
        ))
    };
    assert!(told.contains(&count("first")), "{told}");
    assert!(!told.contains("Bonferroni)"));

    let second = again(&case, "second", "--seed 7");
    assert_eq!(entered(&second)["differs"], json!(["seed"]));
    let third = again(&case, "third", "--prompt another");
    let found = entered(&third);
    assert_eq!(found["of_model"], 3);
    assert_eq!(found["differs"], json!(["prompt", "seed"]));

    let assessed = read(&third.join("assessment.json"));
    assert_eq!(assessed["works"][0]["tests"], 3);
    let p = &assessed["verdict"]["works"][0]["p_value"]["evaluated"]["value"];
    let corrected = (3.0 * p.as_f64().unwrap()).min(1.0);
    let sentence = assessed["sentences"][0].as_str().unwrap();
    let expected = format!(
        "This is the third test of this work against this model with this key; corrected for 3 tests (Bonferroni) p = \
         {}, and",
        palimpsest_base::number_format::two_figures(corrected)
    );
    assert!(sentence.contains(&expected), "{sentence}");
    let told = exhibit(&third);
    assert!(told.contains(&count("third")), "{told}");
    assert!(told.contains(&joined(
        "Among the 2 before there are differences from it in the prompt and the seed."
    )));
    let (page, _) = told.split_once("Page1of").unwrap();
    assert!(
        page.contains(&joined("This is the third test of this work")),
        "{page}"
    );
    assert!(page.contains(&count("third")), "{page}");
    assert_holds(&third);

    // Neither going on nor weighing again is another examination.
    for command in ["assess", "resume", "verify"] {
        assert_eq!(run(command, &third, &[]).status.code(), Some(0));
    }
    assert_eq!(lines(), 3);
    assert_eq!(entered(&third), found);

    // The count is sealed.
    let mut record = read(&third.join("case.json"));
    record["registration"]["entered"]["of_model"] = json!(1);
    fs::write(third.join("case.json"), record.to_string()).unwrap();
    assert_eq!(run("verify", &third, &[]).status.code(), Some(1));
    record.as_object_mut().unwrap().remove("registration");
    fs::write(third.join("case.json"), record.to_string()).unwrap();
    assert_eq!(run("verify", &third, &[]).status.code(), Some(1));
}

#[test]
fn a_case_that_was_thrown_away_counts() {
    let case = RealCase::finished(1);
    fs::remove_dir_all(case.folder()).unwrap();
    case.examine();
    let entered = entered(case.folder());
    assert_eq!(
        (&entered["of_model"], &entered["differs"]),
        (&json!(2), &Value::Null)
    );
}

#[test]
fn a_damaged_registry_is_told_and_stops_nothing() {
    let case = RealCase::finished(1);
    let registry = registry().unwrap();
    let damaged = fs::read_to_string(&registry)
        .unwrap()
        .replace("seed", "sead");
    fs::write(&registry, &damaged).unwrap();
    let other = again(&case, "other", "");
    assert_eq!(fs::read_to_string(&registry).unwrap(), damaged);
    let record = read(&other.join("case.json"));
    let why = record["registration"]["missing"].as_str().unwrap();
    assert!(why.contains("line 1 of the registry"), "{why}");
    let printed = run("assess", &other, &[]);
    let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
    assert!(printed.contains(why), "{printed}");
    assert!(exhibit(&other).contains(&joined(why)));
    assert_holds(&other);
}

#[test]
fn two_processes_at_once_are_both_counted() {
    let case = RealCase::prepared(1);
    let mut examine = case.examine.clone();
    let begun: Vec<_> = ["one", "two"]
        .into_iter()
        .map(|name| {
            examine.out = case.around(name);
            let mut command = examine.command();
            command.stdout(Stdio::null()).stderr(Stdio::null());
            (command.spawn().unwrap(), examine.out.clone())
        })
        .collect();
    let mut counts: Vec<Value> = Vec::new();
    for (mut child, out) in begun {
        assert!(child.wait().unwrap().success());
        counts.push(entered(&out)["of_model"].clone());
    }
    counts.sort_by_key(Value::as_u64);
    assert_eq!(counts, [json!(1), json!(2)]);
    assert_eq!(lines(), 2);
}

#[test]
fn nothing_is_registered_before_an_examination_begins() {
    let case = RealCase::prepared(1);
    let mut examine = case.examine.clone();
    examine.pretrained = case.around("no-model");
    assert_eq!(examine.output().status.code(), Some(1));
    let help = palimpsest(["--help"]).output().unwrap();
    assert!(help.status.success());
    assert_eq!(registry(), None);
}

#[test]
fn another_reading_of_the_files_is_another_test() {
    let case = RealCase::finished(1);
    let mirrored = again(&case, "mirrored", "--reading as-seen-mirrored");
    assert_eq!(entered(&mirrored)["differs"], json!(["settings"]));
    let assessed = read(&mirrored.join("assessment.json"));
    assert_eq!(assessed["works"][0]["tests"], 2);
    let told = exhibit(&mirrored);
    assert!(
        told.contains(&joined("Reading of the files as-seen-mirrored")),
        "{told}"
    );
}
