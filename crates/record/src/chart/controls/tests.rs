//! The chart of controls against pictures and drawings of known scores.

use super::*;
use crate::chart::Palette;
use crate::language::Language;

fn chart(questioned: &[f64], rows: &[(ControlKind, &[f64])]) -> ControlChart {
    let work = |(place, &score): (usize, &f64)| Questioned {
        label: format!("Q{place}"),
        score,
    };
    ControlChart {
        language: Language::English,
        title: "Among its controls".into(),
        axis: "Direction".into(),
        questioned: questioned.iter().enumerate().map(work).collect(),
        rows: rows
            .iter()
            .map(|&(kind, scores)| ControlRow {
                kind,
                label: format!("{kind:?} ({})", scores.len()),
                scores: scores.to_vec(),
            })
            .collect(),
        width: ControlChart::WIDTH,
    }
}

/// Columns of the picture in which the line of the questioned work is drawn, at the lowest row.
fn columns(chart: &ControlChart) -> Vec<u32> {
    let picture = chart.picture(&Palette::LIGHT, 2.0).unwrap();
    let y = 2 * (TOP + chart.plot_height()) as u32 - 8;
    let line = Palette::LIGHT.series[2];
    let drawn = |&x: &u32| picture.get_pixel(x, y).0 == line;
    (0..picture.width()).filter(drawn).collect()
}

#[test]
fn a_questioned_work_stands_where_its_score_is() {
    let rows: &[(ControlKind, &[f64])] = &[
        (ControlKind::Negative, &[0.0]),
        (ControlKind::OwnOutput, &[1.0]),
    ];
    let low = columns(&chart(&[0.25], rows));
    let high = columns(&chart(&[0.75], rows));
    assert!(!low.is_empty() && !high.is_empty());
    let apart = high[0] as f32 - low[0] as f32;
    assert!(
        (apart - 2.0 * ControlChart::WIDTH * 0.5 / 1.1).abs() < 4.0,
        "{apart}"
    );
}

#[test]
fn every_picture_has_a_mark_and_empty_rows_say_so() {
    let rows: &[(ControlKind, &[f64])] = &[
        (ControlKind::Negative, &[0.1, 0.2, 0.3]),
        (ControlKind::Positive, &[0.7, 0.8]),
        (ControlKind::Context, &[]),
    ];
    let svg = chart(&[0.9], rows).svg(&Palette::LIGHT).unwrap();
    assert_eq!(svg.matches("<circle").count(), 5);
    assert_eq!(svg.matches("<polygon").count(), 1);
    assert_eq!(svg.matches(">\nnone\n<").count(), 1, "{svg}");
    assert!(svg.contains("Negative (3)"));
}

#[test]
fn names_that_would_cover_one_another_are_left_out() {
    let rows: &[(ControlKind, &[f64])] = &[(ControlKind::Negative, &[0.0, 1.0])];
    let svg = chart(&[0.5, 0.5, 0.9], rows).svg(&Palette::DARK).unwrap();
    let shown = ["Q0", "Q1", "Q2"].map(|name| svg.contains(&format!("\n{name}\n")));
    assert_eq!(shown, [true, false, true]);
}

#[test]
fn what_cannot_be_plotted_is_refused() {
    let refused = |chart: ControlChart| chart.svg(&Palette::LIGHT).unwrap_err();
    assert!(matches!(refused(chart(&[], &[])), ChartError::Empty(_)));
    let empty: &[(ControlKind, &[f64])] = &[(ControlKind::Negative, &[])];
    assert!(matches!(refused(chart(&[], empty)), ChartError::Empty(_)));
    assert!(matches!(
        refused(chart(&[f64::NAN], &[])),
        ChartError::Value(_)
    ));
    assert!(matches!(
        refused(chart(&[0.0; 201], &[])),
        ChartError::TooMany(_)
    ));
    chart(&[0.5], &[]).svg(&Palette::LIGHT).unwrap();
}
