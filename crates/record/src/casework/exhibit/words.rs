//! Names of scores, roles and events in an exhibit.

use crate::case::journal::Event;
use crate::casework::AssessedWork;
use crate::casework::notes::item_of;
use crate::language::{Texts, args};
use crate::operator::NOT_NAMED;
use palimpsest_method::examination::PrimaryScore;

/// Digits of an entry's hash that are shown.
pub const SHORT: usize = 16;

/// A score for readers, and its unit.
pub fn score_name(texts: &'static Texts, score: PrimaryScore) -> &'static str {
    texts.text(match score {
        PrimaryScore::RecoveryDirection => "score-recovery-direction",
        PrimaryScore::RecoveryGain => "score-recovery-gain",
        PrimaryScore::LossGap => "score-loss-gap",
        PrimaryScore::Structural => "score-structural",
        PrimaryScore::StructuralGain => "score-structural-gain",
        PrimaryScore::Clip => "score-clip",
        PrimaryScore::Dino => "score-dino",
    })
}

/// A sentence on the score that decides, and on what the recovered picture has to do with it.
pub fn which_decides(texts: &'static Texts, primary: PrimaryScore) -> String {
    let id = match primary.is_of_recovery() {
        true => "score-of-recovery-decides",
        false => "score-decides",
    };
    texts.with(id, &args!["score" => score_name(texts, primary)])
}

/// The score of a work with the spread of its repetitions, where it has one.
pub fn printed_score(texts: &Texts, work: &AssessedWork) -> Option<String> {
    let score = texts.number(work.score?);
    Some(match work.spread {
        Some(spread) => format!("{score} ± {}", texts.fixed(spread, 3)),
        None => score,
    })
}

/// The operator as a record names one, or that none was named.
pub fn who(texts: &Texts, who: &str) -> String {
    match who.trim() {
        "" | NOT_NAMED => texts.text("who-not-named").to_owned(),
        who => who.to_owned(),
    }
}

/// A sentence whose figures no line break parts from what they belong to.
pub fn unbroken(sentence: &str) -> String {
    let sentence = sentence.replace(" = ", "\u{a0}=\u{a0}");
    sentence.replace(" %", "\u{a0}%")
}

/// An entry of the journal in a line.
pub fn event(texts: &'static Texts, event: &Event) -> String {
    match event {
        Event::Begun { items, .. } => texts.with("event-begun", &args!["items" => items.len()]),
        Event::Extended { items } => {
            let works = items.iter().filter(|item| item.is_first()).count();
            let args = args!["works" => works, "examinations" => items.len()];
            texts.with("event-extended", &args)
        }
        Event::Generated { files } => {
            let is_picture = |file: &&String| file.ends_with(".png");
            let pictures = files.keys().filter(is_picture).count();
            texts.with("event-generated", &args!["pictures" => pictures])
        }
        Event::Unblinded { files } => {
            // The mapping is none of the works.
            let works = files.len().saturating_sub(1);
            texts.with("event-unblinded", &args!["works" => works])
        }
        Event::Examined { folder, seed, .. } => match seed {
            Some(seed) => {
                let args = args!["folder" => folder.as_str(), "seed" => seed.to_string()];
                texts.with("event-examined", &args)
            }
            None => texts.with("event-replayed", &args!["folder" => folder.as_str()]),
        },
        Event::Failed { folder, error } => {
            let args = args!["folder" => folder.as_str(), "error" => texts.recorded(error)];
            texts.with("event-failed", &args)
        }
        Event::Cancelled {} => texts.text("event-cancelled").into(),
        Event::Resumed {} => texts.text("event-resumed").into(),
        Event::Noted { what } => {
            let name = |heading: &String| match item_of(heading) {
                Some(item) => texts.with("event-remark", &args!["item" => item]),
                None => texts.recorded(heading),
            };
            let names: Vec<_> = what.keys().map(name).collect();
            texts.with("event-noted", &args!["names" => names.join(", ")])
        }
        Event::Calibrated { name, .. } => {
            texts.with("event-calibrated", &args!["name" => name.as_str()])
        }
        Event::Validated { name, .. } => {
            texts.with("event-validated", &args!["name" => name.as_str()])
        }
        Event::Assessed { .. } => texts.text("event-assessed").into(),
        Event::Exhibited { file, .. } => {
            texts.with("event-exhibited", &args!["file" => without_folders(file)])
        }
        Event::Timestamped { file, of, .. } => {
            let args = args!["file" => file.as_str(), "entry" => of.prefix(SHORT)];
            texts.with("event-timestamped", &args)
        }
        Event::Verified { outcome, missing } => {
            let outcome = texts.recorded(outcome);
            match missing.len() {
                0 => texts.with("event-verified", &args!["outcome" => outcome]),
                gone => {
                    let args = args!["outcome" => outcome, "files" => gone];
                    texts.with("event-verified-missing", &args)
                }
            }
        }
        Event::SetAside { file, .. } => {
            texts.with("event-set-aside", &args!["file" => file.as_str()])
        }
        Event::Unknown => texts.text("event-unknown").into(),
    }
}
/// A file that lies elsewhere, by its name alone: its folders tell of the examiner's disk. One in the case keeps its place.
fn without_folders(file: &str) -> &str {
    let is_elsewhere = ["~/", "/", "file://"].iter().any(|it| file.starts_with(it));
    match file.rsplit(['/', '\\']).next() {
        Some(name) if is_elsewhere || file.contains(':') => name,
        _ => file,
    }
}
