//! Form of the declaration on the negative controls, and their draw: what a court asks of controls, in the words of
//! whoever supplies them.

use eframe::egui::{DragValue, Ui};

use super::Change;
use crate::app::queue::Queue;
use crate::app::set_up::Inquiry;
use crate::app::widgets::controls::{muted, name_for_readers, row, text_field, worded, wrong};
use crate::app::words::say;
use palimpsest_record::case::Role;

/// The most controls that are drawn.
const MOST_DRAWN: usize = 9999;

pub(super) fn controls_form(
    ui: &mut Ui,
    queue: &Queue,
    inquiry: &mut Inquiry,
    change: &mut Change,
) {
    let declaration = &mut inquiry.declaration;
    let parts = [
        (
            say!("source-of-the-negative-controls"),
            say!("example-of-a-source"),
            &mut declaration.source,
        ),
        (
            say!("their-dates-and-the-evidence"),
            say!("example-of-dates"),
            &mut declaration.dates,
        ),
        (
            say!("rule-by-which-they-were-selected"),
            say!("example-of-a-rule"),
            &mut declaration.rule,
        ),
    ];
    for (name, hint, text) in parts {
        if text_field(ui, name, hint, text).changed() {
            *change = Some((say!("declaration"), true));
        }
    }
    let usable = queue.usable();
    let negatives = usable.iter().filter(|work| work.role == Role::Negative);
    let negatives = negatives.count();
    let explanation = say!("the-program-draws-so-many");
    row(ui, say!("draw-at-random"), explanation, |ui| {
        let drag = DragValue::new(&mut inquiry.drawn_controls).range(0..=MOST_DRAWN);
        let drag = ui.add(worded(drag, say!("draw-all"), ""));
        name_for_readers(&drag, say!("negative-controls-drawn-at-random"));
        if drag.changed() {
            *change = Some((say!("draw-of-controls"), true));
        }
    });
    match inquiry.drawn_controls {
        0 => muted(ui, say!("all-are-taken", "controls" => negatives)),
        asked if asked > negatives => wrong(ui, &say!("there-are-only", "controls" => negatives)),
        asked => muted(
            ui,
            say!("draws-at-start", "asked" => asked, "controls" => negatives),
        ),
    };
}
