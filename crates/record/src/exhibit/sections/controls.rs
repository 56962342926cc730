//! The controls, by what they are for.

use super::columns;
use crate::exhibit::content::{Content, Control, ControlRole};
use crate::exhibit::layout::{Cell, Sheet, Table, TableRow};
use crate::exhibit::{look, wording};
use crate::language::{Texts, args};

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
    let texts = sheet.texts();
    if content.controls.is_empty() {
        sheet.paragraph(texts.text("no-controls"), look::BODY);
    }
    for role in ROLES {
        let of_role: Vec<&Control> = content.controls.iter().filter(|c| c.role == role).collect();
        if of_role.is_empty() {
            continue;
        }
        let (title, text) = wording::control_role(texts, role);
        let kept_out = of_role
            .iter()
            .filter(|control| control.kept_out.is_some())
            .count();
        let pictures = of_role.len();
        let heading = match kept_out {
            0 => {
                let args = args!["kind" => title, "pictures" => pictures];
                texts.with("controls-of-kind", &args)
            }
            some => {
                let args = args!["kind" => title, "pictures" => pictures, "kept-out" => some];
                texts.with("controls-of-kind-counted", &args)
            }
        };
        sheet.heading(3, &heading);
        sheet.intro(text, look::CELL);
        sheet.table(Table {
            columns: columns(&[
                (texts.text("picture"), 0.1),
                (texts.text("name"), 0.4),
                (texts.text("declared"), 0.36),
                (texts.text("score"), -0.14),
            ]),
            headed: false,
            rows: of_role
                .into_iter()
                .map(|control| row(texts, control))
                .collect(),
        });
    }
}

fn row<'a>(texts: &'static Texts, control: &'a Control) -> TableRow<'a> {
    let picture = match &control.thumbnail {
        Some(picture) if !picture.is_empty() => {
            let alternative = texts.with("small-picture", &args!["name" => control.name.as_str()]);
            Cell::Picture(picture, alternative, SIDE)
        }
        _ => Cell::text("", look::CELL),
    };
    let mut name = vec![(control.name.clone(), look::CELL)];
    if let Some(reason) = &control.kept_out {
        let args = args!["reason" => reason.as_str()];
        name.push((texts.with("not-counted", &args), look::SMALL));
    }
    if !control.note.trim().is_empty() {
        let note = wording::titled(texts, texts.text("note"), &control.note);
        name.push((note, look::SMALL));
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
