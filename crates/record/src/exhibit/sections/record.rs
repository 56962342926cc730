//! Ways to check it: commands, and the journal of the case.

use super::{columns, facts};
use crate::exhibit::content::{Content, CustodyEntry};
use crate::exhibit::layout::{Cell, Sheet, Table, TableRow};
use crate::exhibit::{look, wording};

pub fn reproduction(sheet: &mut Sheet, content: &Content) {
    sheet.intro(sheet.texts().text("reproduction-is"), look::BODY);
    for command in &content.reproduction.commands {
        sheet.code(command);
    }
    if !content.reproduction.tolerance.trim().is_empty() {
        sheet.paragraph(&content.reproduction.tolerance, look::BODY);
    }
}

pub fn custody(sheet: &mut Sheet, content: &Content) {
    let texts = sheet.texts();
    sheet.intro(texts.text("custody-is"), look::BODY);
    let header = &content.header;
    let key = match header.key.trim() {
        "" => (
            texts.text("key"),
            texts.text("not-signed").to_owned(),
            look::CELL,
        ),
        key => (texts.text("key"), key.to_owned(), look::MONO),
    };
    let head = wording::grouped(&header.journal_head);
    facts(
        sheet,
        vec![(texts.text("last-entry"), head, look::HASH), key],
    );
    sheet.table(Table {
        columns: columns(&[
            (texts.text("entry-number"), -0.06),
            (texts.text("entry-time"), 0.265),
            (texts.text("entry-who"), 0.1),
            (texts.text("entry-what"), 0.395),
            (texts.text("entry-hash"), 0.18),
        ]),
        headed: true,
        rows: content.custody.iter().map(row).collect(),
    });
}

fn row(entry: &CustodyEntry) -> TableRow<'static> {
    TableRow {
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
