//! Form of the declaration on the negative controls, and their draw: what a court asks of controls, in the words of
//! whoever supplies them.

use eframe::egui::{DragValue, Ui};

use super::Change;
use crate::app::queue::Queue;
use crate::app::set_up::Inquiry;
use crate::app::widgets::controls::{muted, name_for_readers, row, text_field, worded, wrong};
use palimpsest_base::number_format::counted;
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
            "Source of the negative controls",
            "the artist's studio, handed over by her",
            &mut declaration.source,
        ),
        (
            "Their dates, and the evidence of these",
            "2024 to 2025, by the files and two invoices",
            &mut declaration.dates,
        ),
        (
            "Rule by which they were selected",
            "all unpublished oils of these years",
            &mut declaration.rule,
        ),
    ];
    for (name, hint, text) in parts {
        if text_field(ui, name, hint, text).changed() {
            *change = Some(("Declaration", true));
        }
    }
    let usable = queue.usable();
    let negatives = usable.iter().filter(|work| work.role == Role::Negative);
    let negatives = negatives.count();
    let explanation = "The program draws so many of them by the hashes of all works: nobody picks them one by one, and \
                       the same works give the same controls";
    row(ui, "Draw at random", explanation, |ui| {
        let drag = DragValue::new(&mut inquiry.drawn_controls).range(0..=MOST_DRAWN);
        let drag = ui.add(worded(drag, "all", ""));
        name_for_readers(&drag, "Negative controls drawn at random");
        if drag.changed() {
            *change = Some(("Draw of controls", true));
        }
    });
    let there = counted(negatives, "negative control", "negative controls");
    match inquiry.drawn_controls {
        0 => muted(
            ui,
            format!(
                "All of {there} are taken. Add all works that could be one, and have some drawn."
            ),
        ),
        asked if asked > negatives => wrong(
            ui,
            &format!("There are only {there}: add works, or draw fewer."),
        ),
        asked => muted(
            ui,
            format!(
                "At the start the program draws {asked} of {there} by the hashes of all works; the record and the \
                 exhibit say so."
            ),
        ),
    };
}
