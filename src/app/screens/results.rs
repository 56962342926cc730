//! All that was found, as on a light table: searched, filtered, sorted, selected, and laid beside each other; as a
//! table or as a matrix of recovered pictures.

mod filter;
mod matrix;
mod table;

use eframe::egui::{self, Align, Layout, Ui};

use super::Commands;
use crate::app::light_table::Selection;
use crate::app::tokens::space;
use crate::app::widgets::controls::{choices, muted};
use crate::app::widgets::list::{List, ListKey, moved};
use crate::app::words::say;
use crate::app::{App, Command};

impl App {
    pub(super) fn results_screen(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let frame = egui::Frame::new().inner_margin(egui::Margin::same(space::LARGE as i8));
        frame.show(ui, |ui| {
            let listed = self.state.listed();
            ui.horizontal_wrapped(|ui| {
                let ways = [(false, say!("table")), (true, say!("matrix"))];
                if let Some(matrix) = choices(ui, self.state.results.as_matrix, &ways) {
                    commands.push(Command::ShowAsMatrix(matrix));
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button(say!("export-the-table")).clicked() {
                        commands.push(Command::ExportTable);
                    }
                });
            });
            self.results_filter(ui, commands);
            self.selected_results(ui, &listed, commands);
            ui.add_space(space::TIGHT);
            match (listed.is_empty(), self.state.results.as_matrix) {
                (true, _) => {
                    muted(ui, say!("no-result-is-like-that-take"));
                }
                (false, false) => self.table(ui, &listed, commands),
                (false, true) => self.matrix(ui, &listed, commands),
            }
        });
    }

    /// The number of results that are listed and selected, and what can be done with these.
    fn selected_results(&self, ui: &mut Ui, listed: &[usize], commands: &mut Commands) {
        let chosen = &self.state.results.selection.chosen;
        ui.horizontal_wrapped(|ui| {
            let all = self.state.finished.len();
            let listed = match listed.len() {
                shown if shown == all => say!("count-of-results", "results" => all),
                shown => say!("shown-of-results", "shown" => shown, "results" => all),
            };
            let text = match chosen.len() {
                0 => listed,
                chosen => say!("listed-and-selected", "listed" => listed, "chosen" => chosen),
            };
            muted(ui, text);
            let pair = Command::CompareSelected;
            let refused = pair.refused(&self.state);
            let button = ui.add_enabled(refused.is_none(), egui::Button::new(say!("side-by-side")));
            let button = match refused {
                Some(why) => button.on_disabled_hover_text(why),
                None => button.on_hover_text(say!("both-with-one-zoom-enter")),
            };
            if button.clicked() {
                commands.push(pair);
            }
            let star = egui::Button::new(say!("star"));
            let star = ui.add_enabled(!chosen.is_empty(), star);
            if star
                .on_hover_text(say!("stars-are-yours-alone-they-stand"))
                .clicked()
            {
                commands.push(Command::StarSelected);
            }
        });
        let note = say!("higher-is-more-like-a-work");
        muted(ui, note);
    }

    /// A click on a result, or two.
    fn clicked_result(
        &self,
        ui: &Ui,
        (order, index): (&[usize], usize),
        response: &egui::Response,
        commands: &mut Commands,
    ) {
        if response.double_clicked() {
            commands.push(Command::ShowResult(index));
        } else if response.clicked() {
            let modifiers = ui.input(|input| input.modifiers);
            let selection = &self.state.results.selection;
            let selection = selection.reaching(order, index, modifiers.command, modifiers.shift);
            commands.push(Command::SelectResults(Box::new(selection)));
        }
    }

    /// What keys do with the selection beside moving it.
    fn key_on_results(&self, key: ListKey, order: &[usize], commands: &mut Commands) {
        let selection = &self.state.results.selection;
        match key {
            ListKey::All => {
                commands.push(Command::SelectResults(Box::new(selection.all(order))));
            }
            ListKey::Open if selection.chosen.len() == 2 => {
                commands.push(Command::CompareSelected);
            }
            ListKey::Open => commands.extend(selection.reached.map(Command::ShowResult)),
            ListKey::Toggle => {
                let toggled = |index| selection.reaching(order, index, true, false);
                let toggled = selection.reached.map(toggled);
                commands.extend(toggled.map(|it| Command::SelectResults(Box::new(it))));
            }
            ListKey::Star => commands.push(Command::StarSelected),
            ListKey::Move { .. } => {}
        }
    }

    /// Keys on the table; returns the place in it that they reached.
    fn keys_on_table(
        &self,
        ui: &Ui,
        list: &List,
        (order, page): (&[usize], usize),
        commands: &mut Commands,
    ) -> Option<usize> {
        let mut selection = self.state.results.selection.clone();
        let mut reached = None;
        for key in list.keys(ui, page) {
            match key {
                ListKey::Move { down, extends, .. } => {
                    let from = selection.reached;
                    let from = from.and_then(|it| order.iter().position(|&index| index == it));
                    let Some(place) = moved(from, down, order.len()) else {
                        continue;
                    };
                    selection = selection.reaching(order, order[place], false, extends);
                    reached = Some(place);
                    let select = Box::new(selection.clone());
                    commands.push(Command::SelectResults(select));
                }
                key => self.key_on_results(key, order, commands),
            }
        }
        reached
    }

    /// True if a result is among those that are selected.
    fn is_selected(&self, index: usize) -> bool {
        let Selection { chosen, .. } = &self.state.results.selection;
        chosen.contains(&index)
    }
}
