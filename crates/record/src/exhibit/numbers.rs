//! The figures behind a finding, a row a questioned work: below the finding on the first page, and with all
//! works in the evaluation.

use super::content::{Content, WorkNumbers};
use super::layout::{Align, Cell, Column, Sheet, Table, TableRow};
use super::look;
use crate::language::{Texts, args};

/// Titles of the columns and their shares of the width; the first is for several works only.
const COLUMNS: [(&str, f32); 5] = [
    ("work", 0.08),
    ("score", 0.17),
    ("p-value", 0.3),
    ("likelihood-ratio", 0.25),
    ("bound-of-ratio", 0.3),
];

/// The figures of the first `most` works.
pub fn table(texts: &'static Texts, content: &Content, most: usize) -> Table<'static> {
    let works = &content.evaluation.numbers;
    let is_one = works.len() == 1;
    let shown = usize::from(is_one);
    let column = |&(title, share): &(&'static str, f32)| Column {
        title: texts.text(title),
        share,
        align: Align::Left,
    };
    let row = |work: &WorkNumbers| {
        let cells = [
            &work.work,
            &work.score,
            &work.p_value,
            &work.likelihood_ratio,
            &work.bound,
        ];
        let cells = cells.map(|text| Cell::text(text, look::CELL_STRONG));
        TableRow {
            cells: cells.into_iter().skip(shown).collect(),
            marked: false,
        }
    };
    Table {
        columns: COLUMNS.iter().skip(shown).map(column).collect(),
        headed: !is_one,
        rows: works.iter().take(most).map(row).collect(),
    }
}

/// The score and controls they are by; and that there are more of them, if only `most` are shown.
pub fn note(texts: &Texts, content: &Content, most: usize) -> String {
    let evaluation = &content.evaluation;
    let more = evaluation.numbers.len().saturating_sub(most);
    match more {
        0 => evaluation.numbers_by.clone(),
        more => {
            let args = args!["works" => more, "by" => evaluation.numbers_by.as_str()];
            texts.with("more-works", &args)
        }
    }
}

/// Sets both.
pub fn numbers(sheet: &mut Sheet, content: &Content, most: usize) {
    let texts = sheet.texts();
    sheet.table(table(texts, content, most));
    let note = note(texts, content, most);
    if !note.is_empty() {
        // It belongs to the table.
        sheet.y -= look::SPACE;
        sheet.paragraph(&note, look::SMALL);
    }
}

/// The height of both.
pub fn height(sheet: &mut Sheet, content: &Content, most: usize) -> f32 {
    let (texts, width) = (sheet.texts(), sheet.width());
    let note = sheet
        .wrap(&note(texts, content, most), look::SMALL, width)
        .height();
    sheet.table_height(&table(texts, content, most)) + note
}
