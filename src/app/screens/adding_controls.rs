//! Question for the controls that a finished case lacks: which works, and how they are known not to have been used.

use std::path::PathBuf;

use eframe::egui::{RichText, ScrollArea, TextEdit, Ui};

use super::Commands;
use crate::app::queue::name_of;
use crate::app::state::AddedControls;
use crate::app::tokens::{size, space};
use crate::app::widgets::controls::{muted, name_for_readers, primary};
use crate::app::words::say;
use crate::app::{App, Command};
use palimpsest_method::verdict::MIN_NEGATIVES;

/// The number of controls that is advised.
const BETTER: usize = 20;

impl App {
    pub(super) fn adding_controls(
        &self,
        ui: &mut Ui,
        added: &mut AddedControls,
        commands: &mut Commands,
    ) {
        ui.heading(say!("add-works-that-were-not-used"));
        ui.label(
            say!("a-score-alone-proves-nothing", "least" => MIN_NEGATIVES, "better" => BETTER),
        );
        ui.label(say!("they-are-examined-in-this-case"));
        ui.add_space(space::SMALL);
        ui.horizontal(|ui| {
            if ui.button(say!("choose-pictures")).clicked() {
                commands.push(Command::ChooseControls { folder: false });
            }
            if ui.button(say!("choose-a-folder")).clicked() {
                commands.push(Command::ChooseControls { folder: true });
            }
            muted(ui, say!("count-of-works", "works" => added.pictures.len()));
        });
        listed(ui, &mut added.pictures);
        ui.add_space(space::SMALL);
        ui.label(say!("known-not-used"));
        let field = TextEdit::singleline(&mut added.declared)
            .hint_text(RichText::new(say!("example-of-knowledge")).italics())
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        name_for_readers(&field, say!("known-not-used"));
        ui.add_space(space::MEDIUM);
        let run = self.state.run.is_some();
        if run {
            muted(ui, say!("a-run-is-under-way-examine"));
        }
        ui.horizontal(|ui| {
            let able = !added.pictures.is_empty() && !run;
            if primary(ui, say!("examine-them"), able).clicked() {
                commands.push(Command::ExamineControls(Box::new(added.clone())));
            }
            if ui.button(say!("cancel")).clicked() {
                commands.push(Command::CloseOverlay);
            }
        });
    }
}

/// The names of the works, each of which can be left out again.
fn listed(ui: &mut Ui, pictures: &mut Vec<PathBuf>) {
    let mut left_out = None;
    let area = ScrollArea::vertical().max_height(size::SHORT_LIST);
    area.show(ui, |ui| {
        ui.set_width(ui.available_width());
        for (place, picture) in pictures.iter().enumerate() {
            let name = name_of(picture);
            ui.horizontal(|ui| {
                let button = ui.small_button("✕");
                name_for_readers(&button, &say!("leave-out", "name" => name));
                if button.clicked() {
                    left_out = Some(place);
                }
                ui.label(name);
            });
        }
    });
    if let Some(place) = left_out {
        pictures.remove(place);
    }
}
