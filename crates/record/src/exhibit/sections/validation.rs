//! Validation: what was found beforehand on works whose use is known, or that nothing was.

use super::{columns, facts};
use crate::exhibit::content::{Content, Validation};
use crate::exhibit::layout::{Cell, Sheet, Table, TableRow};
use crate::exhibit::look;

pub(super) fn validation<'a>(sheet: &mut Sheet<'a>, content: &'a Content) {
    sheet.heading(3, sheet.texts().text("validation"));
    if let Some(sentence) = &content.evaluation.not_validated {
        sheet.paragraph(sentence, look::BODY);
    }
    for validation in &content.evaluation.validations {
        one(sheet, validation);
    }
}

fn one<'a>(sheet: &mut Sheet<'a>, validation: &'a Validation) {
    let texts = sheet.texts();
    sheet.intro(texts.text("validation-is"), look::BODY);
    sheet.paragraph(&validation.outcome, look::STRONG);
    if let Some(condition) = &validation.condition {
        sheet.paragraph(condition, look::BODY);
    }
    let rows = validation.facts.iter();
    let rows = rows.map(|(name, text)| (name.as_str(), text.clone(), look::CELL));
    facts(sheet, rows.collect());
    let rows = validation.rows.iter().map(|row| {
        let style = match row.failed {
            true => look::CELL_STRONG,
            false => look::CELL,
        };
        let cells = [&row.situation, &row.expected, &row.found, &row.outcome];
        TableRow {
            cells: cells.map(|text| Cell::text(text, style)).into(),
            marked: row.failed,
        }
    });
    sheet.table(Table {
        columns: columns(&[
            (texts.text("asked-about"), 0.34),
            (texts.text("expected"), 0.16),
            (texts.text("called-at-5"), 0.35),
            (texts.text("outcome"), 0.15),
        ]),
        headed: true,
        rows: rows.collect(),
    });
}
