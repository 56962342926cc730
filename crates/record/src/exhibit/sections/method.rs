//! Conduct of the examination: method, settings, models, other explanations, limitations.

use super::{columns, facts};
use crate::exhibit::content::Content;
use crate::exhibit::layout::{Cell, Sheet, Table, TableRow};
use crate::exhibit::{look, wording};
use crate::language::args;

pub(super) fn method(sheet: &mut Sheet) {
    let texts = sheet.texts();
    for paragraph in wording::METHOD {
        sheet.paragraph(texts.text(paragraph), look::BODY);
    }
    sheet.paragraph(texts.text("method-source"), look::SMALL);
}

pub fn settings(sheet: &mut Sheet, content: &Content) {
    let texts = sheet.texts();
    sheet.intro(texts.text("settings-are"), look::BODY);
    let mut rows = Vec::with_capacity(content.settings.len());
    for setting in &content.settings {
        let preset = setting.deviates_from.as_deref();
        let preset = preset.map_or(String::new(), |preset| {
            texts.with("differs", &args!["preset" => preset])
        });
        let marked = setting.deviates_from.is_some();
        let style = if marked {
            look::CELL_STRONG
        } else {
            look::CELL
        };
        rows.push(TableRow {
            cells: vec![
                Cell::text(&setting.name, style),
                Cell::text(&setting.value, style),
                Cell::text(preset, style),
            ],
            marked,
        });
    }
    sheet.table(Table {
        columns: columns(&[
            (texts.text("setting"), 0.3),
            (texts.text("value"), 0.4),
            (texts.text("preset"), 0.3),
        ]),
        headed: true,
        rows,
    });
}

pub fn models(sheet: &mut Sheet, content: &Content) {
    let texts = sheet.texts();
    sheet.intro(texts.text("models-are"), look::BODY);
    for model in &content.models {
        sheet.heading(3, &model.role);
        let mut rows = vec![
            (texts.text("name"), model.name.clone(), look::CELL),
            (texts.text("model-kind"), model.family.clone(), look::CELL),
            ("SHA-256", wording::grouped(&model.sha256), look::HASH),
        ];
        let stated = model.metadata.iter();
        rows.extend(stated.map(|(name, value)| (name.as_str(), value.clone(), look::CELL)));
        facts(sheet, rows);
    }
}

pub(super) fn alternatives(sheet: &mut Sheet, content: &Content) {
    let texts = sheet.texts();
    let row = |alternative: &crate::exhibit::content::Alternative| TableRow {
        cells: vec![
            Cell::text(&alternative.explanation, look::CELL),
            Cell::text(&alternative.considered, look::CELL),
        ],
        marked: false,
    };
    sheet.table(Table {
        columns: columns(&[
            (texts.text("explanation"), 0.45),
            (texts.text("speaks-for-or-against"), 0.55),
        ]),
        headed: true,
        rows: content.alternatives.iter().map(row).collect(),
    });
}

pub(super) fn limitations(sheet: &mut Sheet, content: &Content) {
    let texts = sheet.texts();
    if !content.limitations.is_empty() {
        sheet.heading(3, texts.text("limits-of-case"));
        sheet.list(&content.limitations, look::BODY);
    }
    sheet.heading(3, texts.text("limits-of-all"));
    let row = |(name, text)| (texts.text(name), texts.text(text).to_owned(), look::CELL);
    let rows = wording::LIMITATIONS.map(row);
    facts(sheet, rows.to_vec());
}
