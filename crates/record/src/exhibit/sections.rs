//! Pages after the first, section by section, each with its number.

mod controls;
mod evaluation;
pub(super) mod method;
pub(super) mod record;
pub(super) mod statement;
mod validation;
mod works;

use super::content::Content;
use super::layout::{Align, Cell, Column, Drawings, Sheet, Style, Table, TableRow};
use super::options::{Options, Section};
use super::{ExhibitError, look};

/// Sets the sections that are not left out and that the content has something for.
pub fn sections<'a>(
    sheet: &mut Sheet<'a>,
    content: &'a Content,
    options: &Options,
    drawings: &Drawings,
) -> Result<(), ExhibitError> {
    let shown = Section::ALL.into_iter();
    let shown =
        shown.filter(|section| !options.left_out.contains(section) && has(content, *section));
    let texts = sheet.texts();
    let mut number = 0;
    for section in shown {
        number += 1;
        begin(sheet, number, section.title(texts));
        match section {
            Section::Works => works::works(sheet, content),
            Section::Controls => controls::controls(sheet, content),
            Section::Evaluation => evaluation::evaluation(sheet, content, drawings)?,
            Section::Method => method::method(sheet),
            Section::Settings => method::settings(sheet, content),
            Section::Models => method::models(sheet, content),
            Section::Alternatives => method::alternatives(sheet, content),
            Section::Limitations => method::limitations(sheet, content),
            Section::Reproduction => record::reproduction(sheet, content),
            Section::Custody => record::custody(sheet, content),
            Section::Statement => statement::statement(sheet, content),
        }
    }
    if options.certificate {
        // It is filled in by hand and may be filed by itself.
        if number > 0 {
            sheet.settle();
            sheet.turn();
        }
        begin(sheet, number + 1, texts.text("section-certificate"));
        statement::certificate(sheet, content);
    }
    Ok(())
}

/// Begins a section; the first one leaves the first page.
pub(super) fn begin(sheet: &mut Sheet, number: usize, title: &str) {
    if number == 1 {
        sheet.turn();
    }
    sheet.section(&format!("{number}\u{a0}\u{a0}{title}"));
}

/// True if there is something to be said in a section. Where there are no controls that is said too.
fn has(content: &Content, section: Section) -> bool {
    match section {
        Section::Settings => !content.settings.is_empty(),
        Section::Models => !content.models.is_empty(),
        Section::Alternatives => !content.alternatives.is_empty(),
        _ => true,
    }
}

/// Columns by their heads and shares of the width; a share below zero is of a column of numbers, which
/// stand against its right side.
pub(super) fn columns(columns: &[(&'static str, f32)]) -> Vec<Column> {
    let column = |&(title, share): &(&'static str, f32)| Column {
        title,
        share: share.abs(),
        align: if share < 0.0 {
            Align::Right
        } else {
            Align::Left
        },
    };
    columns.iter().map(column).collect()
}

/// Names and what they stand for.
pub(super) fn facts<'a>(sheet: &mut Sheet<'a>, facts: Vec<(&str, String, Style)>) {
    let row = |(name, value, style): (&str, String, Style)| TableRow {
        cells: vec![
            Cell::text(name, look::CELL_STRONG),
            Cell::text(value, style),
        ],
        marked: false,
    };
    sheet.table(Table {
        columns: columns(&[("", 0.22), ("", 0.78)]),
        headed: true,
        rows: facts.into_iter().map(row).collect(),
    });
}
