//! The controls, by what they are for.

use super::columns;
use crate::exhibit::content::{Content, Control, ControlRole};
use crate::exhibit::layout::{Cell, Sheet, Table, TableRow};
use crate::exhibit::{look, wording};
use palimpsest_base::number_format::counted;

/// The side of a small picture.
const SIDE: f32 = 40.0;
/// The order in which kinds of controls are told.
const ROLES: [ControlRole; 7] = [
    ControlRole::Negative,
    ControlRole::Positive,
    ControlRole::Decoy,
    ControlRole::OwnOutput,
    ControlRole::NullRun,
    ControlRole::Context,
    ControlRole::SelfTest,
];

pub(super) fn controls<'a>(sheet: &mut Sheet<'a>, content: &'a Content) {
    if content.controls.is_empty() {
        sheet.paragraph(
            "No controls were examined. Without them a score has no meaning, and none is given to it here.",
            look::BODY,
        );
    }
    for role in ROLES {
        let of_role: Vec<&Control> = content.controls.iter().filter(|c| c.role == role).collect();
        if of_role.is_empty() {
            continue;
        }
        let (title, text) = wording::control_role(role);
        let kept_out = of_role
            .iter()
            .filter(|control| control.kept_out.is_some())
            .count();
        let mut count = counted(of_role.len(), "picture", "pictures");
        if kept_out > 0 {
            count.push_str(&format!(", of which {kept_out} not counted"));
        }
        sheet.heading(3, &format!("{title}: {count}"));
        sheet.intro(text, look::CELL);
        sheet.table(Table {
            columns: columns(&[
                ("Picture", 0.1),
                ("Name", 0.4),
                ("Declared", 0.36),
                ("Score", -0.14),
            ]),
            headed: false,
            rows: of_role.into_iter().map(row).collect(),
        });
    }
}

fn row(control: &Control) -> TableRow<'_> {
    let picture = match &control.thumbnail {
        Some(picture) if !picture.is_empty() => {
            let alternative = format!("“{}”, small.", control.name);
            Cell::Picture(picture, alternative, SIDE)
        }
        _ => Cell::text("", look::CELL),
    };
    let mut name = vec![(control.name.clone(), look::CELL)];
    if let Some(reason) = &control.kept_out {
        name.push((format!("Not counted: {reason}"), look::SMALL));
    }
    if !control.note.trim().is_empty() {
        name.push((format!("{}: {}", wording::NOTE, control.note), look::SMALL));
    }
    TableRow {
        cells: vec![
            picture,
            Cell::Text(name),
            Cell::text(&control.declared, look::CELL),
            Cell::text(&control.score, look::right(look::CELL)),
        ],
        marked: control.kept_out.is_some(),
    }
}
