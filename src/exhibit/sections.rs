//! What follows the first page, section by section, each with its number.

mod controls;
mod evaluation;
mod method;
mod record;
mod statement;
mod works;

use super::content::Content;
use super::layout::{Align, Cell, Column, Drawings, Row, Sheet, Style, Table};
use super::options::Options;
use super::{ExhibitError, look};

/// Sets the sections that are asked for and that the content has something for.
pub fn sections<'a>(
    sheet: &mut Sheet<'a>,
    content: &'a Content,
    options: &Options,
    drawings: &Drawings,
) -> Result<(), ExhibitError> {
    let shown = &options.sections;
    let mut number = 0;
    let mut begin = |sheet: &mut Sheet<'a>, wanted: bool, title: &str| {
        if wanted {
            number += 1;
            if number == 1 {
                sheet.turn();
            }
            sheet.section(&format!("{number}\u{a0}\u{a0}{title}"));
        }
        wanted
    };
    if begin(sheet, shown.works, "Works in question") {
        works::works(sheet, content);
    }
    if begin(sheet, shown.controls, "Controls") {
        controls::controls(sheet, content);
    }
    if begin(sheet, shown.evaluation, "Evaluation") {
        evaluation::evaluation(sheet, content, drawings)?;
    }
    if begin(sheet, shown.method, "Method") {
        method::method(sheet);
    }
    if begin(
        sheet,
        shown.settings && !content.settings.is_empty(),
        "Settings",
    ) {
        method::settings(sheet, content);
    }
    if begin(sheet, shown.models && !content.models.is_empty(), "Models") {
        method::models(sheet, content);
    }
    let alternatives = shown.alternatives && !content.alternatives.is_empty();
    if begin(sheet, alternatives, "Other explanations considered") {
        method::alternatives(sheet, content);
    }
    if begin(sheet, shown.limitations, "Limitations") {
        method::limitations(sheet, content);
    }
    if begin(sheet, shown.reproduction, "How to repeat the examination") {
        record::reproduction(sheet, content);
    }
    if begin(sheet, shown.custody, "Custody and journal") {
        record::custody(sheet, content);
    }
    if begin(sheet, shown.statement, "Examiner’s statement") {
        statement::statement(sheet, content);
    }
    if options.certificate {
        sheet.settle();
        sheet.turn();
    }
    if begin(sheet, options.certificate, "Certificate of authenticity") {
        statement::certificate(sheet, content);
    }
    Ok(())
}

/// Columns by their heads and shares of the width; a share below zero is of a column of numbers, which
/// stand against its right side.
fn columns(columns: &[(&'static str, f32)]) -> Vec<Column> {
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
fn facts<'a>(sheet: &mut Sheet<'a>, facts: Vec<(&str, String, Style)>) {
    let row = |(name, value, style): (&str, String, Style)| Row {
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
