//! The exhibit of a case: what it takes from the record, and when none is written.

use crate::commands;
use crate::exhibit_file as file;
use crate::real_case;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use commands::{complaint, copy_folder, json, stderr};
use file::Read;
use palimpsest_method::verdict::finding;
use palimpsest_record::case::CaseView;
use palimpsest_record::case::journal::entries;
use palimpsest_record::case::verification::Expectations;
use palimpsest_record::casework::Assessment;
use palimpsest_record::casework::exhibit::make;
use palimpsest_record::casework::exhibit_alone::check_alone;
use palimpsest_record::casework::notes::notes_of;
use palimpsest_record::exhibit::{Content, Options, write};
use real_case::{RealCase, assert_holds, events, run};

/// Text without what depends on where lines end.
fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

fn refused(case: &Path, options: &[&str], words: &str) {
    let before = fs::read(case.join("journal.jsonl")).unwrap();
    let output = run("exhibit", case, options);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains(words), "{}", complaint(&output));
    assert_eq!(fs::read(case.join("journal.jsonl")).unwrap(), before);
}

#[test]
fn the_same_head_gives_the_same_bytes() {
    let case = RealCase::finished(2);
    let assessed = Assessment::read(case.folder()).unwrap().unwrap();
    let view = || CaseView::read(case.folder()).unwrap();
    let made = || make(&view(), &assessed, &Options::default()).unwrap();
    let (first, second) = (made(), made());
    assert_eq!(first.head, second.head);
    assert_eq!(first.exhibit.pdf, second.exhibit.pdf);
    // What is printed comes from the case alone.
    fs::remove_file(&case.examine.artworks[0]).unwrap();
    assert_eq!(first.exhibit.pdf, made().exhibit.pdf);
}

#[test]
fn an_exhibit_in_the_courts_language_is_another_file_of_the_same_case() {
    let case = RealCase::finished(1);
    let exhibit = |options: &[&str]| {
        let output = run("exhibit", case.folder(), options);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    };
    let read = |name: &str| {
        let pdf = fs::read(case.folder().join("exhibits").join(name)).unwrap();
        Read::new(&pdf)
    };
    exhibit(&["--number", "K 7", "--language", "de"]);
    exhibit(&["--language", "fr", "--leave-out", "custody"]);
    exhibit(&[]);
    let (german, french, english) = (
        read("exhibit-K-7-de.pdf"),
        read("exhibit-K-7-fr.pdf"),
        read("exhibit-K-7.pdf"),
    );
    assert_eq!(german.language(), "de-DE");
    assert!(
        german
            .page_text(1)
            .starts_with("Bericht über eine Untersuchung")
    );
    let first = joined(&french.page_text(1));
    assert!(first.contains(&joined(
        "Manquent dans cet exemplaire : Conservation et journal."
    )));
    // The record tells of both, in English.
    let told = joined(&english.text());
    assert!(told.contains(&joined("Exhibit written: exhibits/exhibit-K-7-de.pdf")));
    let assessment = Assessment::read(case.folder()).unwrap().unwrap();
    assert!(told.contains(&joined(&assessment.sentences[0])));
    assert!(!joined(&german.text()).contains(&joined(&assessment.sentences[0])));
    assert_holds(case.folder());
    let output = run("exhibit", case.folder(), &["--language", "tlh"]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("en, de, fr"), "{said}");
}

#[test]
fn an_exhibit_alone_is_checked_by_what_is_attached_to_it() {
    let case = RealCase::finished(1);
    let assessed = Assessment::read(case.folder()).unwrap().unwrap();
    let view = CaseView::read(case.folder()).unwrap();
    let made = make(&view, &assessed, &Options::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("P-7.pdf");
    let check = |pdf: &[u8]| {
        fs::write(&file, pdf).unwrap();
        check_alone(&file, &Expectations::default())
    };
    let head = made.head.to_string();
    let checked = check(&made.exhibit.pdf).unwrap();
    assert_eq!(checked.problems(), Vec::<String>::new());
    let holds = checked.holds.join("\n");
    let key = view.entries().unwrap()[0].key.fingerprint().to_string();
    assert!(holds.contains(&head) && holds.contains(&key), "{holds}");
    let open = checked.cannot_tell.join("\n");
    assert!(open.contains("Whether its pages"), "{open}");
    assert!(open.contains(&checked.sha256.to_string()));
    assert!(!open.contains("stand behind"), "{open}");

    // As `verify` prints it; an expected head is looked for, and nothing can be examined again.
    let said = run("verify", &file, &["--expect-head", &head]);
    assert_eq!(said.status.code(), Some(0), "{}", stderr(&said));
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains(&head) && said.contains("cannot be told without the case: Whether"));
    let other = run("verify", &file, &["--expect-head", &"ab".repeat(32)]);
    assert_eq!(other.status.code(), Some(1));
    assert_eq!(run("verify", &file, &["--replay"]).status.code(), Some(1));
    let report = json(&run("verify", &file, &["--json"]));
    assert_eq!(report["holds"], true);
    assert_eq!(report["head"], head.as_str());

    // A signature behind it is said.
    let signed = [&made.exhibit.pdf[..], b"\n1 0 obj\n<<>>\nendobj\n"].concat();
    let open = check(&signed).unwrap().cannot_tell.join("\n");
    assert!(open.contains("stand behind the exhibit"), "{open}");

    // Whoever changes what is attached is found.
    let faults = |change: &dyn Fn(&mut Content)| {
        let mut content = made.content.clone();
        change(&mut content);
        let pdf = write(&content, &Options::default()).unwrap().pdf;
        let checked = check(&pdf).unwrap();
        assert!(checked.holds.is_empty());
        checked.problems().join("\n")
    };
    let role = faults(&|content| {
        let mut record: serde_json::Value = serde_json::from_slice(&content.record).unwrap();
        record["artworks"][1]["role"] = "context".into();
        content.record = record.to_string().into();
    });
    assert!(role.contains("role"), "{role}");
    let steps = faults(&|content| {
        let mut record: serde_json::Value = serde_json::from_slice(&content.record).unwrap();
        record["plan"]["settings"]["steps"] = 7.into();
        content.record = record.to_string().into();
    });
    assert!(steps.contains("plan"), "{steps}");
    let lines = |content: &Content| -> Vec<String> {
        let journal = String::from_utf8(content.attachments[0].bytes.clone()).unwrap();
        journal.lines().map(|line| format!("{line}\n")).collect()
    };
    let removed = faults(&|content| {
        let mut lines = lines(content);
        lines.remove(2);
        content.attachments[0].bytes = lines.concat().into();
    });
    assert!(removed.contains("removed"), "{removed}");
    let changed = faults(&|content| {
        let mut lines = lines(content);
        lines[0] = lines[0].replacen("\"questioned\"", "\"negative\"", 1);
        content.attachments[0].bytes = lines.concat().into();
    });
    assert!(changed.contains("has been changed"), "{changed}");

    // Of earlier versions, and of other programs.
    let mut content = made.content.clone();
    content.attachments.clear();
    let pdf = write(&content, &Options::default()).unwrap().pdf;
    let error = check(&pdf).unwrap_err().to_string();
    assert!(error.contains("has no journal attached"), "{error}");
    let error = check(b"%PDF-1.4\nof somebody else\n%%EOF")
        .unwrap_err()
        .to_string();
    assert!(error.contains("another program"), "{error}");
}

#[test]
fn the_file_says_what_the_record_says() {
    let case = RealCase::finished(1);
    let output = run(
        "exhibit",
        case.folder(),
        &[
            "--number",
            "P 7/a",
            "--parties",
            "Okonkwo v. Studio",
            "--certificate",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let pdf = fs::read(case.folder().join("exhibits/exhibit-P-7-a.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let read = Read::new(&pdf);
    let text = joined(&read.text());
    let found = Assessment::read(case.folder()).unwrap().unwrap();
    assert!(text.contains(&joined(&found.sentences[0])), "{text}");
    let (first, _) = text.split_once("Page1of").unwrap();
    let short = finding(&found.verdict.works[0]);
    let short = short.evaluated().unwrap();
    assert!(first.contains(&joined(short)), "{first}");
    assert!(!first.contains(&joined(&found.sentences[0])));
    // Every setting that the result depends on.
    let (_, settings) = text
        .split_once(&joined("What differs from the preset is marked."))
        .unwrap();
    for setting in [
        "Primary score, fixed beforehand",
        "Repetitions 1",
        "Preset paper",
        "Mask block:4",
        "Resolution",
        "Steps 2",
        "Start of the removed part the partial picture, encoded again",
        "Step length",
        "Budget",
        "Momentum 0.000",
        "Timesteps 1 to 999",
        "Weight of the pretrained model 1.000",
        "Noise shared",
        "Random draws from the seed",
        "Seed of the questioned works 0",
        "Prompt of the pretrained model the same",
        "Arithmetic",
    ] {
        assert!(settings.contains(&joined(setting)), "{setting}: {settings}");
    }
    // The authors' figures are of other settings.
    assert!(!text.contains("0.81to0.87"));
    assert!(text.contains("arXiv2409.19798") && text.contains("arXiv2606.23872"));
    assert!(text.contains(&joined("Okonkwo v. Studio")));
    assert!(text.contains(&joined("unpublished; in the artist's studio")));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let head = printed
        .lines()
        .find_map(|line| line.strip_prefix("journal head "))
        .unwrap();
    assert!(text.contains(head), "{head} is not in the text");
    let checked = json(&run(
        "verify",
        case.folder(),
        &["--expect-head", head, "--json"],
    ));
    let key = checked["key"].as_str().unwrap();
    assert!(text.contains(&joined(key)), "{key} is not in the text");
    let (_, _, attached) = read.attachment();
    assert_eq!(attached, fs::read(case.folder().join("case.json")).unwrap());
    assert_holds(case.folder());
    let told = events(case.folder());
    assert_eq!(told[told.len() - 3..], ["noted", "verified", "exhibited"]);

    // What was noted need not be said again, and nothing is replaced.
    let again = run(
        "exhibit",
        case.folder(),
        &["--panel-only", "--paper", "letter"],
    );
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    let second = fs::read(case.folder().join("exhibits/exhibit-P-7-a-2.pdf")).unwrap();
    assert!(joined(&Read::new(&second).text()).contains(&joined("Okonkwo v. Studio")));
    assert_holds(case.folder());
}

#[test]
fn remarks_on_items_are_noted_once_and_printed_with_their_items() {
    let case = RealCase::finished(1);
    let items = items(case.folder());
    let on = |item: usize, text: &str| format!("{}={text}", items[item]);
    let written = |remarks: &[String]| {
        let mut options = vec!["--leave-out", "custody"];
        options.extend(remarks.iter().flat_map(|remark| ["--note", remark]));
        let output = run("exhibit", case.folder(), &options);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        let (path, _) = text.split_once(" (").unwrap();
        Read::new(&fs::read(path).unwrap()).text()
    };
    let noted = || {
        let events = events(case.folder());
        events.iter().filter(|event| *event == "noted").count()
    };
    let remarks = [on(0, "Signed on the back"), on(1, "Water on the edge")];
    let text = written(&remarks);
    assert!(
        text.contains("Examiner’s note Signed on the back"),
        "{text}"
    );
    assert!(
        text.contains("Examiner’s note: Water on the edge"),
        "{text}"
    );
    assert!(text.contains("Left out of this copy: Custody and journal."));
    written(&remarks);
    assert_eq!(noted(), 1, "the same remark again is no news");

    // An empty one takes it back; the journal keeps what it was.
    let text = written(&[on(0, " ")]);
    assert!(!text.contains("Signed on the back") && text.contains("Water on the edge"));
    assert_eq!(noted(), 2);
    let entries = entries(case.folder()).unwrap();
    let kept = BTreeMap::from([(items[1].clone(), "Water on the edge".to_owned())]);
    assert_eq!(notes_of(&entries), kept);
    assert!(format!("{entries:?}").contains("Signed on the back"));
    refused(
        case.folder(),
        &["--note", "099-other=Nothing"],
        "no item 099-other",
    );
    assert_holds(case.folder());
}

/// The folders of a case's items, in their order.
fn items(case: &Path) -> Vec<String> {
    let record = real_case::read(&case.join("case.json"));
    let items = record["artworks"].as_array().unwrap();
    let folder = |item: &serde_json::Value| item["folder"].as_str().unwrap().to_owned();
    items.iter().map(folder).collect()
}

#[test]
fn no_exhibit_of_a_case_that_does_not_hold_or_whose_pictures_changed() {
    let case = RealCase::finished(1);
    let copy = case.copy();
    copy.damage("assessment.json");
    refused(&copy.folder, &[], "assessment.json has been changed");
    // A control counts as much as the work itself.
    let control = &real_case::pictures(&case.around("controls"))[0];
    for picture in [&case.examine.artworks[0], control] {
        let before = fs::read(picture).unwrap();
        fs::write(picture, b"another").unwrap();
        refused(case.folder(), &[], "has changed since the case was begun");
        fs::write(picture, before).unwrap();
    }
    assert!(!case.folder().join("exhibits").exists());
    let output = run("exhibit", case.folder(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

#[test]
fn no_exhibit_of_exchanged_models_and_missing_ones_are_told() {
    let mut case = RealCase::prepared(1);
    let models = case.around("finetuned");
    copy_folder(&case.examine.finetuned, &models);
    case.examine.finetuned = models.clone();
    case.examine();
    let weights = models.join("unet/diffusion_pytorch_model.safetensors");
    let before = fs::read(&weights).unwrap();
    // As long as before, so that only its content tells.
    let mut other = before.clone();
    *other.last_mut().unwrap() ^= 1;
    fs::write(&weights, other).unwrap();
    let zip = case.around("case.zip");
    refused(
        case.folder(),
        &[],
        "diffusion_pytorch_model.safetensors has changed",
    );
    let archive = ["-o", zip.to_str().unwrap()];
    let output = run("archive", case.folder(), &archive);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("diffusion_pytorch_model.safetensors has changed"));
    assert!(!zip.exists());

    // What has gone cannot be compared.
    fs::remove_file(&weights).unwrap();
    let output = run("archive", case.folder(), &archive);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("could not be hashed again"),
        "{}",
        stderr(&output)
    );
    let output = run("exhibit", case.folder(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = Read::new(&fs::read(case.folder().join("exhibits/exhibit.pdf")).unwrap()).text();
    assert!(text.contains("1 file was not where it belongs"), "{text}");
    assert!(text.contains("1 file no longer there"), "{text}");
    assert_holds(case.folder());

    fs::write(&weights, before).unwrap();
    let output = run("exhibit", case.folder(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = Read::new(&fs::read(case.folder().join("exhibits/exhibit-2.pdf")).unwrap()).text();
    assert!(
        text.contains("works and models are as they were ("),
        "{text}"
    );
    assert!(!text.contains("not where it belongs"));
}

#[test]
fn an_exhibit_takes_the_place_of_nothing_in_the_case() {
    let case = RealCase::finished(1);
    for name in ["case.json", "journal.jsonl", "assessment.json"] {
        let path = case.folder().join(name);
        refused(
            case.folder(),
            &["-o", path.to_str().unwrap()],
            "is there already",
        );
    }
    let detour = case.folder().join("../filed.pdf");
    let output = run("exhibit", case.folder(), &["-o", detour.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(case.around("filed.pdf").exists());
    let found = json(&run("verify", case.folder(), &["--json"]));
    assert_eq!(found["holds"], true);
    assert_eq!(found["notices"][0]["notice"], "exhibit_elsewhere");
}

#[test]
fn a_case_with_its_exhibit_is_archived_and_a_broken_one_is_not() {
    let case = RealCase::finished(1);
    assert_eq!(run("exhibit", case.folder(), &[]).status.code(), Some(0));
    let zip = case.around("case.zip");
    let output = run("archive", case.folder(), &["-o", zip.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(fs::read(&zip).unwrap().starts_with(b"PK"));
    assert_holds(&zip);
    let query = case.around("query.tsq");
    let output = run(
        "timestamp",
        case.folder(),
        &["--query", query.to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(query.exists());
    let output = run(
        "timestamp",
        case.folder(),
        &["--token", zip.to_str().unwrap()],
    );
    assert_eq!(output.status.code(), Some(1));
    complaint(&output);
    let copy = case.copy();
    copy.damage("exhibits/exhibit.pdf");
    let output = run("archive", &copy.folder, &["-o", zip.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("exhibit.pdf has been changed"));
}

#[test]
fn the_exhibit_says_what_decides_and_what_the_settings_let_in() {
    let usual = RealCase::finished(1);
    let [words, caption] = [
        "This score decides: Loss gap. The recovered picture illustrates it.",
        "What the models’ difference put back",
    ];
    let text = exhibit_text(&usual);
    assert!(
        text.contains(&joined(words)) && text.contains(&joined(caption)),
        "{text}"
    );
    assert!(!text.contains(&joined("makes by itself:")));

    let loose = RealCase::prepared(1)
        .with("--contrast 0.75 --self-test --primary-score recovery.direction");
    loose.examine();
    let text = exhibit_text(&loose);
    assert!(!text.contains(&joined(caption)));
    for words in [
        "What was put back, not by the models’ difference alone",
        "At contrast weight 0.75 the recovered picture holds part of what the pretrained model makes by itself",
        "Self-test failed: with one model in both places 2 of 2 steps moved something.",
        "Not ruled out by the settings.",
        "This score of the recovered picture decides: Recovery direction.",
    ] {
        assert!(text.contains(&joined(words)), "{words}: {text}");
    }
}

/// All that the exhibit of a case says.
fn exhibit_text(case: &RealCase) -> String {
    let output = run("exhibit", case.folder(), &["--number", "P-1"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let pdf = fs::read(case.folder().join("exhibits/exhibit-P-1.pdf")).unwrap();
    joined(&Read::new(&pdf).text())
}
