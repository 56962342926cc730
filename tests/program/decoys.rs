//! Blind decoys: works of known use among the questioned ones, sealed before the first score and opened after the last;
//! whoever changes that afterwards is found out, with the key too.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::commands::{complaint, copy_folder, data_home, started, stderr};
use crate::real_case::{Copy, RealCase, assert_holds, draw, events, pictures, read, run};

use palimpsest_record::case::Digest;
use palimpsest_record::case::journal::{Author, Event, Journal, Signer, entries};
use palimpsest_record::case::key::SigningKey;
use serde_json::{Value, json};

const MAPPING: &str = "blind/mapping.json";

/// Two works and six controls, with two decoys that were not used and one that was.
fn prepared() -> RealCase {
    let case = RealCase::prepared(2);
    let (unused, used) = (case.around("unused"), case.around("used"));
    draw(&unused, 30..=31);
    draw(&used, 40..=40);
    case.option("--decoys", unused)
        .option("--used-decoys", used)
        .option("--declare-decoys", "from the publisher's archive")
}

/// A finished case, made once.
fn finished() -> &'static RealCase {
    static CASE: OnceLock<RealCase> = OnceLock::new();
    CASE.get_or_init(|| {
        let case = prepared();
        case.examine();
        case
    })
}

/// The signer of the tests' cases.
fn signer() -> Signer {
    let key = data_home().join("palimpsest/signing-key.pem");
    Signer {
        key: SigningKey::open_or_make(&key).unwrap().into(),
        author: Author::here(),
    }
}

/// Mappings that are not opened yet.
fn kept() -> Vec<PathBuf> {
    let folder = data_home().join("palimpsest/blind");
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// The problems of a case, as `verify` names them.
fn problems(case: &Path) -> String {
    let output = run("verify", case, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    stderr(&output)
}

#[test]
fn decoys_are_examined_under_neutral_names_and_told_apart_at_the_end() {
    let case = prepared();
    let output = case.examine();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("3 decoys were examined blind with the 2 questioned works"),
        "{text}"
    );
    assert!(text.contains("of 2 known not to have been used"), "{text}");
    assert!(text.contains("of 1 known to have been used"), "{text}");
    // The works are called by their own names again.
    let own = case.examine.artworks[0].file_name().unwrap();
    assert!(text.contains(&*own.to_string_lossy()), "{text}");

    let events = events(case.folder());
    let place = |name: &str| events.iter().position(|event| event == name).unwrap();
    let last = events
        .iter()
        .rposition(|event| event == "examined")
        .unwrap();
    assert!(place("unblinded") > last && place("unblinded") < place("assessed"));
    assert_holds(case.folder());
    assert_eq!(kept(), Vec::<PathBuf>::new());

    // Nothing but what was opened tells which works were which.
    let record = fs::read_to_string(case.folder().join("case.json")).unwrap();
    for name in [
        "decoy",
        "portrait-a2000-w00030",
        "portrait-a2000-w00000",
        "archive",
    ] {
        assert!(!record.contains(name), "case.json tells of {name}");
    }
    let record: Value = serde_json::from_str(&record).unwrap();
    let questioned = record["artworks"].as_array().unwrap().iter();
    let questioned: Vec<_> = questioned
        .filter(|work| work.get("role").is_none())
        .collect();
    assert_eq!(questioned.len(), 5);
    assert_eq!(record["question"]["blinding"]["works"], 5);

    let assessment = read(&case.folder().join("assessment.json"));
    assert_eq!(assessment["sentences"].as_array().unwrap().len(), 2);
    assert_eq!(assessment["verdict"]["works"].as_array().unwrap().len(), 2);
    let decoys = assessment["decoys"].as_array().unwrap();
    assert_eq!(decoys.len(), 3);
    assert_eq!(
        decoys.iter().filter(|decoy| decoy["used"] == true).count(),
        1
    );
    assert!(
        decoys
            .iter()
            .all(|decoy| decoy["declared"] == "from the publisher's archive")
    );
    assert!(decoys.iter().all(|decoy| decoy["score"].is_number()));

    let written = run("exhibit", case.folder(), &[]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let pdf = fs::read(case.folder().join("exhibits/exhibit.pdf")).unwrap();
    let text = crate::exhibit_file::Read::new(&pdf).text();
    let text: String = text.split_whitespace().collect();
    assert!(text.contains("Blinddecoys:3pictures"), "{text}");
    assert!(
        text.contains("knownnottohavebeenused:fromthepublisher"),
        "{text}"
    );
    assert_holds(case.folder());
}

/// Its being a decoy has no part in a work's score: asked about openly it scores the same.
#[test]
fn a_decoy_scores_as_it_would_as_a_questioned_work() {
    let case = finished();
    let assessment = read(&case.folder().join("assessment.json"));
    let decoys = assessment["decoys"].as_array().unwrap();
    let asked = case.around("unused/portrait-a2000-w00030.png");
    let mut open = RealCase::prepared(1);
    open.examine.artworks = vec![asked];
    open.examine();
    let found = read(&open.folder().join("assessment.json"));
    let decoy = decoys
        .iter()
        .find(|it| it["name"] == "portrait-a2000-w00030.png");
    assert_eq!(decoy.unwrap()["score"], found["works"][0]["score"]);
}

#[test]
fn a_mapping_that_was_changed_is_found_even_if_its_owner_seals_it_anew() {
    let case = finished().copy();
    let mut mapping = read(&case.path(MAPPING));
    for work in mapping["works"].as_array_mut().unwrap() {
        work.as_object_mut().unwrap().remove("decoy");
    }
    fs::write(case.path(MAPPING), mapping.to_string()).unwrap();
    let found = problems(&case.folder);
    assert!(found.contains("mapping.json has been changed"), "{found}");
    assert!(
        found.contains("what the blind works stand for was changed"),
        "{found}"
    );

    // With the key.
    let (sha256, _) = Digest::of_file(&case.path(MAPPING)).unwrap();
    let mut journal = Journal::open(&case.folder, signer()).unwrap();
    let files = [(MAPPING.to_owned(), sha256)].into();
    journal.append(&Event::Unblinded { files }).unwrap();
    let found = problems(&case.folder);
    assert!(!found.contains("has been changed"), "{found}");
    assert!(
        found.contains("is not what was sealed before the first score"),
        "{found}"
    );
    // What does not hold is not weighed.
    let refused = run("assess", &case.folder, &[]);
    assert!(complaint(&refused).contains("under neutral names still"));
}

/// The case with its journal written anew with the key, its events as `arranged`.
fn rewritten(arranged: impl FnOnce(&mut Vec<Event>)) -> Copy {
    let case = finished().copy();
    let mut events: Vec<Event> = entries(&case.folder)
        .unwrap()
        .into_iter()
        .map(|entry| entry.event)
        .collect();
    arranged(&mut events);
    fs::remove_file(case.path("journal.jsonl")).unwrap();
    let mut events = events.into_iter();
    let mut journal = Journal::begin(&case.folder, signer(), events.next().unwrap()).unwrap();
    for event in events {
        journal.append(&event).unwrap();
    }
    case
}

fn place_of(events: &[Event], wanted: fn(&Event) -> bool) -> usize {
    events.iter().position(wanted).unwrap()
}

#[test]
fn what_was_opened_before_the_last_score_is_found() {
    // As it was, it holds: only the order is at fault below.
    let untouched = rewritten(|_| ());
    assert_holds(&untouched.folder);
    let early = rewritten(|events| {
        let opened = place_of(events, |event| matches!(event, Event::Unblinded { .. }));
        let opened = events.remove(opened);
        let first = place_of(events, |event| matches!(event, Event::Examined { .. }));
        events.insert(first + 1, opened);
    });
    let found = problems(&early.folder);
    assert!(
        found.contains("opened what the blind works stand for while"),
        "{found}"
    );
    let again = rewritten(|events| {
        let first = place_of(events, |event| matches!(event, Event::Examined { .. }));
        events.push(events[first].clone());
    });
    let found = problems(&again.folder);
    assert!(
        found.contains("or it was examined once more behind it"),
        "{found}"
    );
}

#[test]
fn a_commitment_that_is_taken_out_is_found() {
    let case = finished().copy();
    let mut record = read(&case.path("case.json"));
    record["question"]
        .as_object_mut()
        .unwrap()
        .remove("blinding");
    fs::write(case.path("case.json"), record.to_string()).unwrap();
    let found = problems(&case.folder);
    assert!(
        found.contains("is not what the case was begun with"),
        "{found}"
    );
    assert!(
        found.contains("nothing of it was sealed when the case was begun"),
        "{found}"
    );
    let order = finished().copy();
    let mut mapping = read(&order.path(MAPPING));
    mapping["works"].as_array_mut().unwrap().reverse();
    fs::write(order.path(MAPPING), mapping.to_string()).unwrap();
    let found = problems(&order.folder);
    assert!(found.contains("does not follow from the nonce"), "{found}");
}

#[test]
fn a_case_that_was_broken_off_stays_blind_until_it_is_finished() {
    let mut case = prepared();
    let steps = case.examine.options.iter().position(|it| it == "--steps");
    case.examine.options[steps.unwrap() + 1] = "12".into();
    let (mut child, _lines) = started(case.examine.command());
    child.kill().unwrap();
    child.wait().unwrap();
    let verified = run("verify", case.folder(), &["--json"]);
    let found: Value = serde_json::from_slice(&verified.stdout).unwrap();
    let notices = found["notices"].as_array().unwrap();
    let blind = json!({"notice": "still_blind", "works": 5});
    assert!(notices.contains(&blind), "{notices:?}");
    let refused = run("assess", case.folder(), &[]);
    assert!(complaint(&refused).contains("under neutral names still"));
    let [mapping] = kept().try_into().unwrap();

    // Without it nobody can tell the works apart, and nothing is made up.
    let away = case.around("mapping.json");
    fs::rename(&mapping, &away).unwrap();
    let resumed = run("resume", case.folder(), &[]);
    assert!(
        complaint(&resumed).contains("only it tells which works"),
        "{}",
        stderr(&resumed)
    );
    assert!(!events(case.folder()).contains(&"unblinded".to_owned()));
    fs::rename(&away, &mapping).unwrap();
    let resumed = run("resume", case.folder(), &[]);
    assert_eq!(resumed.status.code(), Some(0), "{}", stderr(&resumed));
    assert_holds(case.folder());
    assert_eq!(kept(), Vec::<PathBuf>::new());
}

#[test]
fn a_work_that_is_asked_about_is_no_decoy_and_nothing_is_left() {
    let case = RealCase::prepared(2);
    let decoys = case.around("decoys");
    copy_folder(&case.around("questioned"), &decoys);
    let case = case.option("--decoys", decoys);
    assert!(case.examine.complaint().contains("is there twice"));
    assert_eq!(kept(), Vec::<PathBuf>::new());
    assert_eq!(pictures(&case.around("decoys")).len(), 2);
}

#[test]
fn what_is_declared_of_controls_is_kept_and_printed_and_what_is_not_is_said() {
    let silent = RealCase::finished(1);
    let text = |case: &RealCase| {
        let output = run("assess", case.folder(), &[]);
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let told = text(&silent);
    assert!(
        told.contains("Nothing was declared of the source, the dates"),
        "{told}"
    );
    assert!(!told.contains("same hand"), "{told}");
    let case = RealCase::prepared(1)
        .option("--controls-source", "the artist's studio")
        .option("--controls-rule", "all finished portraits of 2026");
    case.examine();
    let told = text(&case);
    assert!(
        told.contains(
            "source “the artist's studio”; dates not declared; rule of selection “all finished portraits of 2026”"
        ),
        "{told}"
    );
    let written = run("exhibit", case.folder(), &[]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let pdf = fs::read(case.folder().join("exhibits/exhibit.pdf")).unwrap();
    let read_text = crate::exhibit_file::Read::new(&pdf).text();
    let joined: String = read_text.split_whitespace().collect();
    assert!(
        joined.contains("Ruleoftheirselectionallfinishedportraitsof2026"),
        "{joined}"
    );
    assert_holds(case.folder());
    // It is sealed with the question.
    let copy = case.copy();
    copy.set(
        "case.json",
        "/question/declaration/source",
        json!("a museum"),
    );
    assert!(problems(&copy.folder).contains("is not what the case was begun with"));
}
