//! Conduct of the examination: method, settings, models, other explanations, limitations.

use super::{columns, facts};
use crate::exhibit::content::Content;
use crate::exhibit::layout::{Cell, Row, Sheet, Table};
use crate::exhibit::{look, wording};

pub(super) fn method(sheet: &mut Sheet) {
    for paragraph in wording::METHOD {
        sheet.paragraph(paragraph, look::BODY);
    }
    sheet.paragraph(wording::REFERENCE, look::SMALL);
}

pub fn settings(sheet: &mut Sheet, content: &Content) {
    sheet.intro(wording::SETTINGS, look::BODY);
    let mut rows = Vec::with_capacity(content.settings.len());
    for setting in &content.settings {
        let preset = setting.deviates_from.as_deref();
        let preset = preset.map_or(String::new(), |preset| {
            format!("differs: preset has {preset}")
        });
        let marked = setting.deviates_from.is_some();
        let style = if marked {
            look::CELL_STRONG
        } else {
            look::CELL
        };
        rows.push(Row {
            cells: vec![
                Cell::text(&setting.name, style),
                Cell::text(&setting.value, style),
                Cell::text(preset, style),
            ],
            marked,
        });
    }
    sheet.table(Table {
        columns: columns(&[("Setting", 0.3), ("Value", 0.4), ("Preset", 0.3)]),
        headed: true,
        rows,
    });
}

pub fn models(sheet: &mut Sheet, content: &Content) {
    sheet.intro(wording::MODELS, look::BODY);
    for model in &content.models {
        sheet.heading(3, &model.role);
        let mut rows = vec![
            ("Name", model.name.clone(), look::CELL),
            ("Kind", model.family.clone(), look::CELL),
            ("SHA-256", wording::grouped(&model.sha256), look::HASH),
        ];
        let stated = model.metadata.iter();
        rows.extend(stated.map(|(name, value)| (name.as_str(), value.clone(), look::CELL)));
        facts(sheet, rows);
    }
}

pub(super) fn alternatives(sheet: &mut Sheet, content: &Content) {
    let row = |alternative: &crate::exhibit::content::Alternative| Row {
        cells: vec![
            Cell::text(&alternative.explanation, look::CELL),
            Cell::text(&alternative.considered, look::CELL),
        ],
        marked: false,
    };
    sheet.table(Table {
        columns: columns(&[
            ("Explanation", 0.45),
            ("What speaks for or against it here", 0.55),
        ]),
        headed: true,
        rows: content.alternatives.iter().map(row).collect(),
    });
}

pub(super) fn limitations(sheet: &mut Sheet, content: &Content) {
    if !content.limitations.is_empty() {
        sheet.heading(3, "Of this case");
        sheet.list(&content.limitations, look::BODY);
    }
    sheet.heading(3, "Of every examination of this kind");
    let rows = wording::LIMITATIONS.map(|(name, text)| (name, text.to_owned(), look::CELL));
    facts(sheet, rows.to_vec());
}
