//! A case with controls: who is compared with whom, and what is said of it.

use crate::commands;
use crate::exhibit_file;
use crate::real_case;

use std::fs;
use std::path::Path;

use commands::{complaint, draws, reference, stderr};
use palimpsest_base::digest::Digest;
use palimpsest_method::examination::PrimaryScore;
use palimpsest_record::case::{CaseView, Question};
use palimpsest_record::casework::Assessment;
use real_case::{RealCase, assert_holds, draw, events, lines, pictures, read, run};
use serde_json::{Value, json};

/// The works of an assessment that have this role.
fn with_role<'a>(assessment: &'a Value, role: &str) -> Vec<&'a Value> {
    let works = assessment["works"].as_array().unwrap();
    works.iter().filter(|work| work["role"] == role).collect()
}

fn findings(case: &RealCase, folder: &Value) -> Value {
    let folder = case.folder().join(folder.as_str().unwrap());
    read(&folder.join("findings.json"))
}

/// The score that decides by default, as the findings in a folder have it.
fn loss_gap(case: &RealCase, folder: &Value) -> f64 {
    findings(case, folder)["loss_gap"]["value"]
        .as_f64()
        .unwrap()
}

fn direction(case: &RealCase, folder: &Value) -> f64 {
    findings(case, folder)["recovery"]["direction"]
        .as_f64()
        .unwrap()
}

fn assessment(case: &RealCase) -> Value {
    read(&case.folder().join("assessment.json"))
}

#[test]
fn the_conclusion_counts_the_negative_controls_and_nothing_else() {
    let case = RealCase::prepared(2);
    draw(&case.around("used"), 2..=3);
    draw(&case.around("others"), 30..=30);
    let used = case.around("used");
    let others = case.around("others");
    let case = case
        .option("--positive-controls", used)
        .option("--context", others);
    let printed = case.examine();
    let found = assessment(&case);
    let roles = ["questioned", "negative", "positive", "context"];
    assert_eq!(
        roles.map(|role| with_role(&found, role).len()),
        [2, 6, 2, 1]
    );
    for work in with_role(&found, "negative") {
        assert_eq!(work["declared"], "unpublished; in the artist's studio");
    }

    let negatives: Vec<f64> = with_role(&found, "negative")
        .iter()
        .map(|work| loss_gap(&case, &work["folders"][0]))
        .collect();
    for (index, work) in with_role(&found, "questioned").into_iter().enumerate() {
        let score = loss_gap(&case, &work["folders"][0]);
        assert_eq!(work["score"], score);
        let reached = negatives.iter().filter(|other| **other >= score).count();
        let p_value = &found["verdict"]["works"][index]["p_value"]["evaluated"];
        let expected = (1 + reached) as f64 / 7.0;
        assert_eq!(p_value["value"], expected, "{p_value}");
        let sentence = found["sentences"][index].as_str().unwrap();
        assert!(
            sentence.starts_with("Of 6 controls declared not to have been used"),
            "{sentence}"
        );
        let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
        assert!(printed.contains(sentence), "{printed}");
    }
    assert_eq!(found["verdict"]["negatives"], 6);
    assert_eq!(found["verdict"]["positives"], 2);

    let record = read(&case.folder().join("case.json"));
    let artworks = record["artworks"].as_array().unwrap();
    let mut seeds: Vec<u64> = artworks.iter().filter_map(|a| a["seed"].as_u64()).collect();
    seeds.sort_unstable();
    seeds.dedup();
    assert_eq!(
        seeds.len(),
        9,
        "every work but the questioned has a seed of its own"
    );
    assert!(!seeds.contains(&record["plan"]["seed"].as_u64().unwrap()));
    assert_holds(case.folder());
    assert_eq!(events(case.folder()).last().unwrap(), "assessed");
}

#[test]
fn what_is_not_read_of_a_folder_of_controls_is_said_and_hidden_files_are_no_controls() {
    let case = RealCase::prepared(1);
    let controls = case.around("controls");
    for (name, bytes) in [
        ("._work.png", b"\0\x05\x16\x07".as_slice()),
        (".DS_Store", b"\0\0\0\x01Bud1"),
        ("phone.jpg", b"\0\0\0\x18ftypheic\0\0\0\0"),
        ("notes.txt", b"sold in May"),
    ] {
        fs::write(controls.join(name), bytes).unwrap();
    }
    let output = case.examine();
    let said = "6 of 8 files are read; not read: notes.txt, phone.jpg (HEIC).";
    assert!(stderr(&output).contains(said), "{}", stderr(&output));
    let record = read(&case.folder().join("case.json"));
    assert!(record["warnings"].to_string().contains(said));
    let artworks = record["artworks"].as_array().unwrap();
    assert_eq!(artworks.len(), 7, "the questioned work and six controls");
}

/// The order is computed here once more, from the format's description alone.
#[test]
fn controls_are_drawn_by_the_hashes_of_all_works() {
    let case = RealCase::prepared(1).option("--draw-controls", "3");
    case.examine();
    let record = read(&case.folder().join("case.json"));
    let draw = &record["question"]["controls_drawn"];
    assert_eq!([&draw["drawn"], &draw["eligible"]], [3, 6], "{draw}");

    let hash = |path: &Path| Digest::of_file(path).unwrap().0.to_string();
    let pictures = pictures(&case.around("controls"));
    let mut eligible: Vec<String> = pictures.iter().map(|file| hash(file)).collect();
    eligible.sort();
    let questioned = hash(&case.examine.artworks[0]);
    let list: String = eligible
        .iter()
        .chain([&questioned])
        .map(|hash| format!("{hash}\n"))
        .collect();
    let list = Digest::of(list.as_bytes()).to_string();
    assert_eq!(draw["list"], list);
    eligible.sort_by_key(|hash| Digest::of(format!("{list}{hash}").as_bytes()));
    let artworks = record["artworks"].as_array().unwrap().iter();
    let negatives = artworks.filter(|artwork| artwork["role"] == "negative");
    let mut drawn: Vec<&str> = negatives
        .map(|work| work["sha256"].as_str().unwrap())
        .collect();
    drawn.sort_unstable();
    let mut expected: Vec<&str> = eligible[..3].iter().map(String::as_str).collect();
    expected.sort_unstable();
    assert_eq!(drawn, expected);
    assert_holds(case.folder());

    let refused = RealCase::prepared(1).option("--draw-controls", "7");
    let complaint = refused.examine.complaint();
    assert!(
        complaint.contains("7 controls cannot be drawn from 6"),
        "{complaint}"
    );
}

#[test]
fn versions_of_a_motif_count_once_and_a_work_that_fails_is_left_out_by_name() {
    let mut case = RealCase::prepared(2);
    let original = image::open(&case.examine.artworks[0]).unwrap().to_rgb8();
    let version = case.around("version.jpg");
    original.save(&version).unwrap();
    let damaged = case.around("damaged.png");
    fs::write(&damaged, "no picture").unwrap();
    case.examine.artworks.extend([version, damaged]);
    let output = case.examine.output();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));

    let found = assessment(&case);
    let questioned = with_role(&found, "questioned");
    assert_eq!(questioned.len(), 4);
    let first = questioned[0]["name"].as_str().unwrap();
    assert_eq!(questioned[2]["version_of"]["of"], first);
    assert!(questioned[1].get("version_of").is_none());
    let verdict = &found["verdict"];
    // Each version has figures of its own; together they are one.
    assert!(verdict["works"][2]["p_value"].get("evaluated").is_some());
    assert!(verdict["works"][3]["p_value"].get("evaluated").is_none());
    assert_eq!(verdict["portfolio"]["evaluated"]["questioned"], 2);
    let scores = [0, 1].map(|place| questioned[place]["score"].as_f64().unwrap());
    let mean = (scores[0] + scores[1]) / 2.0;
    assert_eq!(verdict["portfolio"]["evaluated"]["mean_questioned"], mean);

    let view = CaseView::read(case.folder()).unwrap();
    let said = Assessment::of(&view).unwrap().not_counted_together();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].starts_with("version.jpg is nearly the same picture as "),
        "{said:?}"
    );
    assert!(said[1].starts_with("damaged.png is left out"), "{said:?}");
}

#[test]
fn versions_of_one_motif_alone_are_found_on_as_one_work() {
    let mut case = RealCase::prepared(1);
    let original = image::open(&case.examine.artworks[0]).unwrap().to_rgb8();
    let version = case.around("version.jpg");
    original.save(&version).unwrap();
    case.examine.artworks.push(version);
    case.examine();
    let view = CaseView::read(case.folder()).unwrap();
    let found = Assessment::of(&view).unwrap();
    assert_eq!(found.only_one_together(), Some(0));
    assert!(found.verdict.portfolio.evaluated().is_none());
    let output = run("exhibit", case.folder(), &["--number", "P-1"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let pdf = fs::read(case.folder().join("exhibits/exhibit-P-1.pdf")).unwrap();
    let text: String = exhibit_file::Read::new(&pdf)
        .text()
        .split_whitespace()
        .collect();
    assert!(
        text.contains("OfquestionedworkA,whichaloneisleft"),
        "{text}"
    );
    assert!(
        text.contains("version.jpgisnearlythesamepictureas"),
        "{text}"
    );
}

#[test]
fn a_control_that_is_a_copy_of_the_work_is_kept_out_and_named() {
    let case = RealCase::prepared(1);
    let original = image::open(&case.examine.artworks[0]).unwrap().to_rgb8();
    let copy = case.around("controls").join("copy.jpg");
    original.save(&copy).unwrap();
    case.examine();
    let found = assessment(&case);
    let negatives = with_role(&found, "negative");
    assert_eq!(negatives.len(), 7);
    let copy = negatives.iter().find(|work| work["name"] == "copy.jpg");
    let twin = &copy.unwrap()["near_duplicate"];
    assert_eq!(twin["role"], "questioned");
    let questioned = case.examine.artworks[0].file_name().unwrap();
    assert_eq!(twin["of"], questioned.to_str().unwrap());
    assert_eq!(found["verdict"]["negatives"], 6);
}

#[test]
fn controls_of_another_kind_give_no_probability() {
    let mut case = RealCase::prepared(1);
    let noise = image::RgbImage::from_fn(64, 64, |x, y| {
        let v = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) as u8;
        image::Rgb([v, v.wrapping_mul(7), v.wrapping_mul(13)])
    });
    case.examine.artworks = vec![case.around("noise.png")];
    noise.save(&case.examine.artworks[0]).unwrap();
    case.examine();
    let found = assessment(&case);
    let work = &found["verdict"]["works"][0];
    for figure in ["p_value", "holm", "likelihood_ratio", "verbal"] {
        let reason = work[figure]["not_evaluated"]["reason"].as_str().unwrap();
        assert!(
            reason.contains("the controls are not like the work"),
            "{figure}: {reason}"
        );
    }
    assert!(work["score"].is_f64(), "the score itself is told: {work}");
    let sentence = found["sentences"][0].as_str().unwrap();
    assert!(
        sentence.starts_with("No statement on this work"),
        "{sentence}"
    );
}

#[test]
fn repetitions_are_one_work_with_a_spread() {
    let case = RealCase::prepared(1).with("--repeats 3 --primary-score recovery.direction");
    case.examine();
    let found = assessment(&case);
    assert_eq!(found["works"].as_array().unwrap().len(), 7);
    for work in found["works"].as_array().unwrap() {
        let folders = work["folders"].as_array().unwrap();
        let scores: Vec<f64> = folders.iter().map(|f| direction(&case, f)).collect();
        assert_eq!(scores.len(), 3);
        assert!(
            scores[0] != scores[1] && scores[1] != scores[2],
            "{scores:?}"
        );
        let mean = scores.iter().sum::<f64>() / 3.0;
        let squares: f64 = scores.iter().map(|score| (score - mean).powi(2)).sum();
        assert!((work["score"].as_f64().unwrap() - mean).abs() < 1e-12);
        let spread = work["spread"].as_f64().unwrap();
        assert!((spread - (squares / 2.0).sqrt()).abs() < 1e-12);
    }
    assert_holds(case.folder());
}

#[test]
fn null_run_and_self_test_count_nowhere_and_the_self_test_moves_nothing() {
    let case = RealCase::prepared(1).with("--self-test").option(
        "--null-run",
        reference("sd1", "formats/lora_peft.safetensors"),
    );
    case.examine();
    let found = assessment(&case);
    assert_eq!(found["verdict"]["negatives"], 6);
    let [null, own] = ["null_run", "self_test"].map(|role| {
        let works = with_role(&found, role);
        assert_eq!(works.len(), 1);
        let folder = works[0]["folders"][0].as_str().unwrap();
        read(&case.folder().join(folder).join("findings.json"))
    });
    let model = null["settings"]["finetuned"]["path"].as_str().unwrap();
    assert!(model.ends_with("lora_peft.safetensors"), "{model}");
    assert_eq!(own["settings"]["finetuned"], own["settings"]["pretrained"]);
    assert_eq!(own["skipped_steps"], 2);
    assert_eq!(own["settings"]["prompt"], null["settings"]["prompt"]);
    assert!(own["warnings"].to_string().contains("Self-test passed"));
    assert_eq!(own["loss_gap"]["value"], 0.0);
    assert_holds(case.folder());
}

/// The self-test is made with the case's own settings, so that it fails where these let equal models move.
#[test]
fn the_self_test_fails_where_the_weights_differ_and_says_why() {
    let case = RealCase::prepared(1).with("--self-test --contrast 0.75");
    let output = case.examine.output();
    let found = assessment(&case);
    let own = with_role(&found, "self_test")[0];
    let folder = own["folders"][0].as_str().unwrap();
    let findings = read(&case.folder().join(folder).join("findings.json"));
    assert_eq!(findings["settings"]["contrast_weight"], 0.75);
    assert_eq!(findings["skipped_steps"], 0);
    let failed = "Self-test failed: with one model in both places 2 of 2 steps moved something. At contrast weight \
                  0.75 the recovered picture holds part of what the pretrained model makes by itself";
    assert!(findings["warnings"].to_string().contains(failed));
    assert!(String::from_utf8_lossy(&output.stdout).contains(failed));
}

#[test]
fn a_control_that_cannot_be_read_is_told_in_the_journal() {
    let case = RealCase::prepared(1);
    let broken = case.around("controls").join("broken.png");
    fs::write(&broken, "no picture").unwrap();
    let output = case.examine.output();
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("broken.png"));
    assert_eq!(assessment(&case)["verdict"]["negatives"], 6);
    assert_eq!(events(case.folder())[..2], ["begun", "failed"]);
    assert!(lines(case.folder())[1].contains("broken"));
    assert_holds(case.folder());
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let case = RealCase::prepared(1);
    let output = case.examine.clone().with("--primary-score beauty").output();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("recovery.direction"));
    let replayed = draws("sd1", &case.around(""), true);
    let twice = case
        .examine
        .clone()
        .with("--repeats 2 --primary-score recovery.direction")
        .option("--draws", replayed);
    let sentence = twice.complaint();
    assert!(sentence.contains("replayed draws"), "{sentence}");
    let sentence = case.examine.clone().with("--repeats 2").complaint();
    assert!(
        sentence.contains("the same in every repetition"),
        "{sentence}"
    );
}

#[test]
fn the_loss_gap_decides_unless_another_score_is_named_before_and_all_say_which() {
    let usual = "This score decides: Loss gap. The recovered picture illustrates it.";
    let named = "This score of the recovered picture decides: Recovery direction.";
    for (options, name, sentence) in [
        ("", "loss_gap", usual),
        (
            "--primary-score recovery.direction",
            "recovery.direction",
            named,
        ),
    ] {
        let mut case = RealCase::prepared(1);
        if !options.is_empty() {
            case = case.with(options);
        }
        let output = case.examine();
        let found = assessment(&case);
        assert_eq!(found["question"]["primary_score"], name);
        let work = with_role(&found, "questioned")[0];
        let findings = findings(&case, &work["folders"][0]);
        let deciding = match name {
            "loss_gap" => &findings["loss_gap"]["value"],
            _ => &findings["recovery"]["direction"],
        };
        assert_eq!(&work["score"], deciding);
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(printed.contains(sentence), "{printed}");
    }
}

/// A case of before: its weight is said by whatever shows it, and its score is the one that decided then.
#[test]
fn what_was_examined_before_keeps_its_score_and_says_its_weight() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/case");
    let view = CaseView::read(&folder).unwrap();
    assert_eq!(view.question.primary_score, PrimaryScore::RecoveryDirection);
    let sentence = "At contrast weight 0.75 the recovered picture holds part of what the pretrained model makes by \
                    itself: equal models would move it too.";
    for artwork in &view.artworks {
        let findings = artwork.findings.as_ref().unwrap();
        assert_eq!(findings.plan.settings.contrast_weight, 0.75);
        assert!(!findings.warnings.iter().any(|warning| warning == sentence));
        let notes = findings.notes();
        assert_eq!(notes.iter().filter(|note| *note == sentence).count(), 1);
    }
    let unsaid: Question = serde_json::from_value(json!({})).unwrap();
    assert_eq!(unsaid.primary_score, PrimaryScore::RecoveryDirection);
    assert_eq!(Question::default().primary_score, PrimaryScore::LossGap);
}

#[test]
fn cases_of_the_first_version_still_open() {
    let case = RealCase::finished(1).copy();
    fs::remove_file(case.path("journal.jsonl")).unwrap();
    case.set("case.json", "/version", json!(1));
    for command in ["resume", "assess"] {
        let output = run(command, &case.folder, &["--json"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let output = run("verify", &case.folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("the journal cannot be read"));
    let output = run("exhibit", &case.folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("has no journal"));
    assert!(!case.path("journal.jsonl").exists());
}
