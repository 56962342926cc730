//! The figures of an exhibit: scores among their controls, and how well the controls are told apart.

use super::words::score_name;
use fluent_bundle::FluentArgs;

use crate::case::Role;
use crate::casework::{AssessedWork, Assessment, CaseworkError};
use crate::chart::{Chart, ControlChart, ControlKind, ControlRow, Curve, Questioned, RocChart};
use crate::exhibit::{FIGURES, Figure};
use crate::language::{Texts, args};
use palimpsest_method::verdict::{Auc, Sample};

/// Roles that have a row, their kind of mark, and the text that names them.
const ROWS: [(Role, ControlKind, &str); 4] = [
    (Role::Negative, ControlKind::Negative, "row-negative"),
    (Role::Positive, ControlKind::Positive, "row-positive"),
    (Role::OwnOutput, ControlKind::OwnOutput, "row-own-output"),
    (Role::Context, ControlKind::Context, "row-context"),
];

/// A, B, C … Z, 27, 28 …
pub fn letter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index) if index < 26 => char::from(b'A' + index).to_string(),
        _ => (index + 1).to_string(),
    }
}

/// The questioned works among their controls, and the same in words; none without a score.
pub fn overview_chart(
    texts: &'static Texts,
    assessment: &Assessment,
) -> Option<(ControlChart, String)> {
    let questioned: Vec<Questioned> = (assessment.questioned().enumerate())
        .filter_map(|(index, work)| {
            Some(Questioned {
                label: letter(index),
                score: work.score?,
            })
        })
        .collect();
    if questioned.is_empty() {
        return None;
    }
    let rows: Vec<ControlRow> = ROWS
        .into_iter()
        .filter_map(|(role, kind, name)| {
            let scores: Vec<f64> = (assessment.with_role(role))
                .filter_map(AssessedWork::counted)
                .collect();
            // Negative controls are missed where there are none; other rows are not.
            (role == Role::Negative || !scores.is_empty()).then(|| ControlRow {
                kind,
                label: format!("{} ({})", texts.text(name), scores.len()),
                scores,
            })
        })
        .collect();
    let name = score_name(texts, assessment.question.primary_score);
    let alternative = described(texts, name, &questioned, &rows);
    let chart = ControlChart {
        language: texts.language(),
        title: match assessment.first_of_readings() {
            None => texts.text("overview").into(),
            Some(reading) => {
                let args = args!["reading" => texts.recorded(reading.words())];
                texts.with("overview-in-reading", &args)
            }
        },
        axis: texts.with("overview-axis", &args!["score" => name]),
        questioned,
        rows,
        width: ControlChart::WIDTH,
    };
    Some((chart, alternative))
}

/// The questioned works among their controls as a figure; none without a score.
pub fn overview(
    texts: &'static Texts,
    assessment: &Assessment,
) -> Result<Option<Figure>, CaseworkError> {
    let Some((chart, alternative)) = overview_chart(texts, assessment) else {
        return Ok(None);
    };
    Ok(Some(Figure {
        title: chart.title.clone(),
        svg: chart.svg(&FIGURES)?,
        caption: texts.text("overview-caption").into(),
        alternative,
    }))
}

/// The chart in words, with its numbers.
fn described(texts: &Texts, name: &str, questioned: &[Questioned], rows: &[ControlRow]) -> String {
    let mut parts: Vec<String> = questioned
        .iter()
        .map(|work| {
            let score = texts.number(work.score);
            let args = args!["letter" => work.label.as_str(), "score" => score];
            texts.with("overview-work", &args)
        })
        .collect();
    parts.extend(rows.iter().map(|row| {
        let scores: Vec<String> = row
            .scores
            .iter()
            .map(|score| texts.number(*score))
            .collect();
        match scores.as_slice() {
            [] => texts.with("overview-none", &args!["row" => row.label.as_str()]),
            scores => {
                let args = args!["row" => row.label.as_str(), "scores" => scores.join(", ")];
                texts.with("overview-row", &args)
            }
        }
    }));
    let args = args!["score" => name, "parts" => parts.join("; ")];
    texts.with("overview-told", &args)
}

/// Curve of how well the controls are told apart; none without both kinds.
pub fn discrimination(
    texts: &'static Texts,
    assessment: &Assessment,
) -> Result<Option<Figure>, CaseworkError> {
    let scores = |role| -> Vec<f64> {
        let works = assessment.with_role(role);
        works.filter_map(AssessedWork::counted).collect()
    };
    let [positives, negatives] = [Role::Positive, Role::Negative].map(scores);
    let Ok(sample) = Sample::new(positives, negatives) else {
        return Ok(None);
    };
    let curve = Curve::of(
        score_name(texts, assessment.question.primary_score),
        &sample,
    );
    let area = area(texts, &curve.auc);
    let chart = RocChart {
        language: texts.language(),
        title: texts.text("roc-title").into(),
        curves: vec![curve],
    };
    Ok(Some(Figure {
        title: texts.text("roc").into(),
        svg: chart.svg(&FIGURES)?,
        caption: texts.with("roc-caption", &area),
        alternative: texts.with("roc-told", &area),
    }))
}

/// The area under a curve and its interval, for a message.
pub fn area(texts: &Texts, auc: &Auc) -> FluentArgs<'static> {
    args![
        "area" => texts.fixed(auc.value, 3),
        "low" => texts.fixed(auc.interval.low, 2),
        "high" => texts.fixed(auc.interval.high, 2),
    ]
}
