//! Question before variants of a work are sealed: how many, and what they are for.

use eframe::egui::{DragValue, Ui};

use super::Commands;
use crate::app::tokens::space;
use crate::app::widgets::controls::{muted, name_for_readers, primary, row};
use crate::app::{App, Command};
use palimpsest_base::number_format::two_figures;
use palimpsest_record::sealed_siblings::VARIANTS;

impl App {
    pub(super) fn sealing(&self, ui: &mut Ui, variants: &mut u16, commands: &mut Commands) {
        ui.heading("Seal variants before publishing");
        let selected = self.state.queue.selected;
        let Some(work) = selected.and_then(|id| self.state.queue.get(id)) else {
            muted(ui, "No artwork is selected.");
            return super::overlays::close(ui, commands);
        };
        ui.label(format!(
            "Variants of “{}” are made that look alike: cut, coloured and grained a little differently. One of them is \
             drawn by chance, and that one you publish. Keep the others and the work to yourself, and the seal with them.",
            work.name()
        ));
        ui.label(
            "Should a model turn up later, examine all variants in one case and rank them. That the published one scores \
             highest happens by chance alone once in as many cases as there are variants: no other controls are needed.",
        );
        ui.add_space(space::SMALL);
        row(ui, "Variants", "", |ui| {
            let drag = ui.add(DragValue::new(variants).range(VARIANTS));
            name_for_readers(&drag, "Number of variants");
        });
        muted(
            ui,
            format!(
                "With {variants} of them no p-value is below {}.",
                two_figures(1.0 / f64::from((*variants).max(1)))
            ),
        );
        ui.add_space(space::MEDIUM);
        ui.horizontal(|ui| {
            if primary(ui, "Choose a folder for them…", true).clicked() {
                commands.push(Command::SealInFolder(*variants));
            }
            if ui.button("Cancel").clicked() {
                commands.push(Command::CloseOverlay);
            }
        });
    }
}
