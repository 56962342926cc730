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
fn names_of_works_of_nearly_one_score_are_all_shown_and_none_covers_another() {
    let rows: &[(ControlKind, &[f64])] = &[(ControlKind::Negative, &[0.0, 1.0])];
    let pen = Pen::new(&Palette::LIGHT).unwrap();
    for scores in [
        &[0.5, 0.5, 0.9][..],
        &[0.500, 0.501, 0.502, 0.503],
        &[1.0, 1.0, 1.0],
        &[0.0, 0.0],
        &[0.1, 0.5, 0.9],
    ] {
        let chart = chart(scores, rows);
        let svg = chart.svg(&Palette::DARK).unwrap();
        let names = chart.placed(&pen).unwrap();
        assert_eq!(names.len(), scores.len());
        let (left, right) = (MARGIN + chart.left().unwrap(), chart.width);
        for name in &names {
            assert!(svg.contains(&format!("\n{}\n", name.text)), "{scores:?}");
            assert!(name.at - name.half > left - 0.1, "{name:?}");
            assert!(name.at + name.half < left + right + 0.1, "{name:?}");
        }
        for pair in names.windows(2) {
            let room = pair[1].at - pair[1].half - pair[0].at - pair[0].half;
            assert!(room > NAMES_APART - 0.1, "{pair:?}");
            assert!(pair[0].of <= pair[1].of);
        }
    }
}

#[test]
fn a_line_leads_to_the_mark_of_each_name_that_stands_aside() {
    let rows: &[(ControlKind, &[f64])] = &[(ControlKind::Negative, &[0.0, 1.0])];
    let lines = |scores: &[f64]| {
        let svg = chart(scores, rows).svg(&Palette::DARK).unwrap();
        svg.matches("<line").count() + svg.matches("<polyline").count()
    };
    let apart = lines(&[0.1, 0.5, 0.9]);
    assert_eq!(lines(&[0.5, 0.5, 0.9]), apart + 2);
}

#[test]
fn where_there_is_no_room_for_all_names_the_highest_keep_theirs() {
    let rows: &[(ControlKind, &[f64])] = &[(ControlKind::Negative, &[0.0, 1.0])];
    let scores: Vec<f64> = (0..120).map(|place| f64::from(place) / 120.0).collect();
    let names = chart(&scores, rows)
        .placed(&Pen::new(&Palette::LIGHT).unwrap())
        .unwrap();
    assert!(names.len() < 60, "{}", names.len());
    assert_eq!(names.last().unwrap().text, "Q119");
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
