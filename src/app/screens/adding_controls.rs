//! Question for the controls that a finished case lacks: which works, and how they are known not to have been used.

use std::path::PathBuf;

use eframe::egui::{RichText, ScrollArea, TextEdit, Ui};

use super::Commands;
use crate::app::queue::name_of;
use crate::app::state::AddedControls;
use crate::app::tokens::{size, space};
use crate::app::widgets::controls::{muted, name_for_readers, primary};
use crate::app::{App, Command};
use palimpsest_base::number_format::counted;
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
        ui.heading("Add works that were not used");
        ui.label(format!(
            "A score alone proves nothing: what it means is told by works of the same hand and kind of which you know \
             that they were not used, because they were never published or are later than the model. At least \
             {MIN_NEGATIVES} are needed, and {BETTER} say more.",
        ));
        ui.label(
            "They are examined in this case, exactly as its works were. The score that decides was fixed before; the \
             record says when the controls came.",
        );
        ui.add_space(space::SMALL);
        ui.horizontal(|ui| {
            if ui.button("Choose pictures…").clicked() {
                commands.push(Command::ChooseControls { folder: false });
            }
            if ui.button("Choose a folder…").clicked() {
                commands.push(Command::ChooseControls { folder: true });
            }
            muted(ui, counted(added.pictures.len(), "work", "works"));
        });
        listed(ui, &mut added.pictures);
        ui.add_space(space::SMALL);
        ui.label("How they are known not to have been used");
        let field = TextEdit::singleline(&mut added.declared)
            .hint_text(RichText::new("for example: unpublished; in the artist's studio").italics())
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        name_for_readers(&field, "How they are known not to have been used");
        ui.add_space(space::MEDIUM);
        let run = self.state.run.is_some();
        if run {
            muted(ui, "A run is under way: examine them when it is over.");
        }
        ui.horizontal(|ui| {
            let able = !added.pictures.is_empty() && !run;
            if primary(ui, "Examine them", able).clicked() {
                commands.push(Command::ExamineControls(Box::new(added.clone())));
            }
            if ui.button("Cancel").clicked() {
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
                name_for_readers(&button, &format!("Leave out {name}"));
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
