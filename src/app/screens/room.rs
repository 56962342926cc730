//! What a run writes and whether it has room: said where it is prepared, with the ways out.

use eframe::egui::Ui;

use super::Commands;
use crate::app::tokens::space;
use crate::app::widgets::controls::{fact, wrong};
use crate::app::words::{bytes, say};
use crate::app::{App, Command};

impl App {
    /// Says what is wrong with the folder for new cases, above everything else that is prepared.
    pub(super) fn lack_of_room(&self, ui: &mut Ui, commands: &mut Commands) {
        let Some(refused) = self.state.refuses_room() else {
            return;
        };
        wrong(ui, &format!("{refused}."));
        ui.horizontal_wrapped(|ui| {
            if ui.button(say!("keep-new-cases-in")).clicked() {
                commands.push(Command::ChooseCasesFolder);
            }
            let again = ui.button(say!("look-again"));
            let again = again.on_hover_text(say!("it-is-looked-at-every-few"));
            if again.clicked() {
                commands.push(Command::LookAtDisk);
            }
        });
        ui.add_space(space::MEDIUM);
    }

    /// What a start would write, of what is free.
    pub(super) fn disk(&self, ui: &mut Ui) {
        let Some(written) = self.state.written_by_start() else {
            return;
        };
        let free = self.state.room.free();
        let size = bytes(written);
        let room = match free.map(bytes) {
            Some(free) => say!("at-most-size-of-free", "size" => size, "free" => free),
            None => say!("at-most-size", "size" => size),
        };
        fact(ui, say!("disk"), room);
    }
}
