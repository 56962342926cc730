//! The figures of an exhibit: scores among their controls, and how well the controls are told apart.

use super::words::score_name;
use crate::case::Role;
use crate::casework::{AssessedWork, Assessment, CaseworkError};
use crate::chart::{Chart, ControlChart, ControlKind, ControlRow, Curve, Questioned, RocChart};
use crate::exhibit::{FIGURES, Figure};
use palimpsest_base::number_format::number;
use palimpsest_method::verdict::Sample;

/// Roles that have a row, their kind of mark, and their name.
const ROWS: [(Role, ControlKind, &str); 4] = [
    (Role::Negative, ControlKind::Negative, "Declared not used"),
    (Role::Positive, ControlKind::Positive, "Declared used"),
    (
        Role::OwnOutput,
        ControlKind::OwnOutput,
        "The model's own pictures",
    ),
    (Role::Context, ControlKind::Context, "Works of others"),
];

/// A, B, C … Z, 27, 28 …
pub fn letter(index: usize) -> String {
    match u8::try_from(index) {
        Ok(index) if index < 26 => char::from(b'A' + index).to_string(),
        _ => (index + 1).to_string(),
    }
}

/// The questioned works among their controls, and the same in words; none without a score.
pub fn overview_chart(assessment: &Assessment) -> Option<(ControlChart, String)> {
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
                label: format!("{name} ({})", scores.len()),
                scores,
            })
        })
        .collect();
    let name = score_name(assessment.question.primary_score);
    let alternative = described(name, &questioned, &rows);
    let chart = ControlChart {
        title: match assessment.first_of_readings() {
            None => "The questioned works among their controls".into(),
            Some(reading) => format!(
                "The questioned works among their controls, each read {}",
                reading.words()
            ),
        },
        axis: format!("{name} (higher speaks for use in training)"),
        questioned,
        rows,
        width: ControlChart::WIDTH,
    };
    Some((chart, alternative))
}

/// The questioned works among their controls as a figure; none without a score.
pub fn overview(assessment: &Assessment) -> Result<Option<Figure>, CaseworkError> {
    let Some((chart, alternative)) = overview_chart(assessment) else {
        return Ok(None);
    };
    Ok(Some(Figure {
        title: chart.title.clone(),
        svg: chart.svg(&FIGURES)?,
        caption: "Every mark is one picture, examined in the same way; bands span each row.".into(),
        alternative,
    }))
}

/// The chart in words, with its numbers.
fn described(name: &str, questioned: &[Questioned], rows: &[ControlRow]) -> String {
    let mut parts: Vec<String> = questioned
        .iter()
        .map(|work| format!("questioned work {} {}", work.label, number(work.score)))
        .collect();
    parts.extend(rows.iter().map(|row| {
        let scores: Vec<String> = row.scores.iter().map(|score| number(*score)).collect();
        match scores.as_slice() {
            [] => format!("{}: none", row.label),
            scores => format!("{}: {}", row.label, scores.join(", ")),
        }
    }));
    format!("{name}: {}", parts.join("; "))
}

/// Curve of how well the controls are told apart; none without both kinds.
pub fn discrimination(assessment: &Assessment) -> Result<Option<Figure>, CaseworkError> {
    let scores = |role| -> Vec<f64> {
        let works = assessment.with_role(role);
        works.filter_map(AssessedWork::counted).collect()
    };
    let [positives, negatives] = [Role::Positive, Role::Negative].map(scores);
    let Ok(sample) = Sample::new(positives, negatives) else {
        return Ok(None);
    };
    let curve = Curve::of(score_name(assessment.question.primary_score), &sample);
    let auc = curve.auc;
    let chart = RocChart {
        title: "Controls declared used against controls declared not used".into(),
        curves: vec![curve],
    };
    Ok(Some(Figure {
        title: "How well the score tells the controls apart".into(),
        svg: chart.svg(&FIGURES)?,
        caption: format!(
            "Area under the curve {:.3}, 95 % interval {:.2} to {:.2}.",
            auc.value, auc.interval.low, auc.interval.high
        ),
        alternative: format!(
            "ROC curve of the controls: area {:.3}, 95 % interval {:.2} to {:.2}; 0.5 is chance, 1 no mistake.",
            auc.value, auc.interval.low, auc.interval.high
        ),
    }))
}
