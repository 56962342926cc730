//! Ways to check it: commands, and the journal of the case.

use super::{columns, facts};
use crate::exhibit::content::{Content, CustodyEntry};
use crate::exhibit::layout::{Cell, Row, Sheet, Table};
use crate::exhibit::{look, wording};

pub fn reproduction(sheet: &mut Sheet, content: &Content) {
    sheet.intro(wording::REPRODUCTION, look::BODY);
    for command in &content.reproduction.commands {
        sheet.code(command);
    }
    if !content.reproduction.tolerance.trim().is_empty() {
        sheet.paragraph(&content.reproduction.tolerance, look::BODY);
    }
}

pub fn custody(sheet: &mut Sheet, content: &Content) {
    sheet.intro(wording::CUSTODY, look::BODY);
    let header = &content.header;
    let key = match header.key.trim() {
        "" => ("Key", "The journal is not signed.".to_owned(), look::CELL),
        key => ("Key", key.to_owned(), look::MONO),
    };
    let head = wording::grouped(&header.journal_head);
    facts(sheet, vec![("Last entry, SHA-256", head, look::HASH), key]);
    sheet.table(Table {
        columns: columns(&[
            ("No.", -0.06),
            ("Time", 0.265),
            ("Who", 0.1),
            ("What", 0.395),
            ("SHA-256 begins", 0.18),
        ]),
        headed: true,
        rows: content.custody.iter().map(row).collect(),
    });
}

fn row(entry: &CustodyEntry) -> Row<'static> {
    Row {
        cells: vec![
            Cell::text(entry.number.to_string(), look::right(look::CELL)),
            Cell::text(&entry.time, look::CELL),
            Cell::text(&entry.who, look::CELL),
            Cell::text(&entry.event, look::CELL),
            Cell::text(&entry.hash, look::MONO),
        ],
        marked: false,
    }
}
