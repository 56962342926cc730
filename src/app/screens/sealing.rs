//! Question before variants of a work are sealed: how many, and what they are for.

use eframe::egui::{DragValue, Ui};

use super::Commands;
use crate::app::tokens::space;
use crate::app::widgets::controls::{muted, name_for_readers, primary, row};
use crate::app::words::{say, two_figures};
use crate::app::{App, Command};
use palimpsest_record::sealed_siblings::VARIANTS;

impl App {
    pub(super) fn sealing(&self, ui: &mut Ui, variants: &mut u16, commands: &mut Commands) {
        ui.heading(say!("title-seal-variants"));
        let selected = self.state.queue.selected;
        let Some(work) = selected.and_then(|id| self.state.queue.get(id)) else {
            muted(ui, say!("no-artwork-to-seal"));
            return super::overlays::close(ui, commands);
        };
        ui.label(say!("variants-of-are-made-that-look", "name" => work.name()));
        ui.label(say!("should-a-model-turn-up-later"));
        ui.add_space(space::SMALL);
        row(ui, say!("variants"), "", |ui| {
            let drag = ui.add(DragValue::new(variants).range(VARIANTS));
            name_for_readers(&drag, say!("number-of-variants"));
        });
        muted(
            ui,
            say!(
                "with-of-them-no-p-value",
                "variants" => *variants,
                "least" => two_figures(1.0 / f64::from((*variants).max(1))),
            ),
        );
        ui.add_space(space::MEDIUM);
        ui.horizontal(|ui| {
            if primary(ui, say!("choose-a-folder-for-them"), true).clicked() {
                commands.push(Command::SealInFolder(*variants));
            }
            if ui.button(say!("cancel")).clicked() {
                commands.push(Command::CloseOverlay);
            }
        });
    }
}
