//! Names of scores, roles and events in an exhibit.

use crate::case::journal::Event;
use crate::casework::AssessedWork;
use crate::casework::notes::item_of;
use palimpsest_base::number_format::{counted, fixed, number};
use palimpsest_method::examination::PrimaryScore;

/// Digits of an entry's hash that are shown.
pub const SHORT: usize = 16;

/// A score for readers, and its unit.
pub fn score_name(score: PrimaryScore) -> &'static str {
    match score {
        PrimaryScore::RecoveryDirection => "Recovery direction",
        PrimaryScore::RecoveryGain => "Recovery gain (dB)",
        PrimaryScore::LossGap => "Loss gap",
        PrimaryScore::Structural => "Structural similarity",
        PrimaryScore::StructuralGain => "Gain in structural similarity",
        PrimaryScore::Clip => "CLIP similarity",
        PrimaryScore::Dino => "DINO similarity",
    }
}

/// A sentence on the score that decides, and on what the recovered picture has to do with it.
pub fn which_decides(primary: PrimaryScore) -> String {
    let name = score_name(primary);
    match primary.is_of_recovery() {
        true => format!("This score of the recovered picture decides: {name}."),
        false => format!("This score decides: {name}. The recovered picture illustrates it."),
    }
}

/// The score of a work with the spread of its repetitions, where it has one.
pub fn printed_score(work: &AssessedWork) -> Option<String> {
    let score = number(work.score?);
    Some(match work.spread {
        Some(spread) => format!("{score} ± {}", fixed(spread, 3)),
        None => score,
    })
}

/// A sentence whose figures no line break parts from what they belong to.
pub fn unbroken(sentence: &str) -> String {
    let sentence = sentence.replace(" = ", "\u{a0}=\u{a0}");
    sentence.replace(" %", "\u{a0}%")
}

/// An entry of the journal in a line.
pub fn event(event: &Event) -> String {
    match event {
        Event::Begun { items, .. } => format!(
            "Case begun: {}, settings, question and primary score fixed",
            counted(items.len(), "item", "items")
        ),
        Event::Extended { items } => {
            let works = items.iter().filter(|item| item.is_first()).count();
            let examinations = counted(items.len(), "examination", "examinations");
            format!(
                "{} added, {examinations}",
                counted(works, "control", "controls")
            )
        }
        Event::Generated { files } => {
            let is_picture = |file: &&String| file.ends_with(".png");
            let pictures = files.keys().filter(is_picture).count();
            let pictures = counted(pictures, "picture", "pictures");
            format!("The fine-tuned model made {pictures} of its own")
        }
        Event::Unblinded { files } => {
            // The mapping is none of the works.
            let works = files.len().saturating_sub(1);
            let works = counted(works, "blind work stands", "blind works stand");
            format!("What {works} for was opened")
        }
        Event::Examined { folder, seed, .. } => match seed {
            Some(seed) => format!("{folder} examined, seed {seed}"),
            None => format!("{folder} examined, draws replayed"),
        },
        Event::Failed { folder, error } => format!("{folder} could not be examined: {error}"),
        Event::Cancelled {} => "Examination interrupted".into(),
        Event::Resumed {} => "Examination resumed".into(),
        Event::Noted { what } => {
            let name = |heading: &String| match item_of(heading) {
                Some(item) => format!("remark on {item}"),
                None => heading.clone(),
            };
            let names: Vec<_> = what.keys().map(name).collect();
            format!("Noted: {}", names.join(", "))
        }
        Event::Calibrated { name, .. } => format!("Calibration taken in: {name}"),
        Event::Validated { name, .. } => format!("Validation dossier taken in: {name}"),
        Event::Assessed { .. } => "Scores weighed".into(),
        Event::Exhibited { file, .. } => format!("Exhibit written: {}", without_folders(file)),
        Event::Timestamped { file, of, .. } => {
            let of = of.prefix(SHORT);
            format!("Timestamp attached: {file}, of the entry {of}")
        }
        Event::Verified { outcome, missing } => match missing.len() {
            0 => format!("Record verified: {outcome}"),
            gone => format!(
                "Record verified: {outcome}; {} no longer there",
                counted(gone, "file", "files")
            ),
        },
        Event::SetAside { file, .. } => format!("Half an entry put aside after a crash: {file}"),
        Event::Unknown => "Something that this version does not know".into(),
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
