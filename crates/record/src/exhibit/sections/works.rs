//! The works in question: what they are, what came back, and every score.

use super::{columns, facts};
use crate::exhibit::content::{Content, QuestionedWork};
use crate::exhibit::front::panels;
use crate::exhibit::layout::{Cell, Sheet, Table, TableRow};
use crate::exhibit::{look, wording};
use crate::language::args;

/// The side of a picture here.
const SIDE: f32 = 118.0;

pub(super) fn works<'a>(sheet: &mut Sheet<'a>, content: &'a Content) {
    for (place, item) in content.items.iter().enumerate() {
        // The pictures of the first one are on the first page.
        work(sheet, item, place > 0);
        for further in &item.further {
            work(sheet, further, true);
        }
    }
}

fn work<'a>(sheet: &mut Sheet<'a>, item: &'a QuestionedWork, has_pictures: bool) {
    let texts = sheet.texts();
    sheet.heading(3, &wording::titled(texts, &item.role, &item.name));
    if has_pictures {
        sheet.panels(&panels(texts, item), SIDE, SIDE);
    }
    let mut rows = vec![
        (texts.text("work"), item.name.clone(), look::CELL),
        ("SHA-256", wording::grouped(&item.sha256), look::HASH),
    ];
    for (name, text) in [
        (texts.text("picture"), &item.extent),
        (texts.text("note"), &item.note),
    ] {
        if !text.trim().is_empty() {
            rows.push((name, text.clone(), look::CELL));
        }
    }
    facts(sheet, rows);
    scores(sheet, item);
    if !item.warnings.is_empty() {
        sheet.intro(texts.text("to-be-noted"), look::CELL_STRONG);
        sheet.list(&item.warnings, look::CELL);
    }
}

fn scores(sheet: &mut Sheet, item: &QuestionedWork) {
    let texts = sheet.texts();
    let mut rows = Vec::new();
    if let Some(score) = &item.score {
        rows.push(TableRow {
            cells: vec![
                Cell::Text(vec![
                    (score.name.clone(), look::CELL_STRONG),
                    (
                        texts.with("decides", &args!["direction" => score.direction.as_str()]),
                        look::SMALL,
                    ),
                ]),
                Cell::text(&score.value, look::right(look::CELL_STRONG)),
                Cell::text("", look::right(look::CELL)),
            ],
            marked: true,
        });
    }
    for score in &item.other_scores {
        rows.push(TableRow {
            cells: vec![
                Cell::text(&score.name, look::CELL),
                Cell::text(&score.recovered, look::right(look::CELL)),
                Cell::text(&score.partial, look::right(look::CELL)),
            ],
            marked: false,
        });
    }
    for score in &item.not_evaluated {
        rows.push(TableRow {
            cells: vec![
                Cell::Text(vec![
                    (score.name.clone(), look::CELL),
                    (
                        texts.with(
                            "not-evaluated-as",
                            &args!["reason" => score.reason.as_str()],
                        ),
                        look::SMALL,
                    ),
                ]),
                Cell::text("", look::right(look::CELL)),
                Cell::text("", look::right(look::CELL)),
            ],
            marked: false,
        });
    }
    sheet.table(Table {
        columns: columns(&[
            (texts.text("score"), 0.6),
            (texts.text("recovered-picture"), -0.2),
            (texts.text("partial-picture"), -0.2),
        ]),
        headed: true,
        rows,
    });
}
