//! The bar at the top: menus, screens, the main button.

use eframe::egui::{self, Align, Layout, RichText, Ui};

use super::Commands;
use crate::app::menu::{Menu, MenuItem, menu_items};
use crate::app::state::Screen;
use crate::app::tokens::{self, size, space};
use crate::app::widgets::controls::{muted, primary};
use crate::app::words::{self, say};
use crate::app::{App, Command};
use palimpsest_record::language::Language;

impl App {
    pub(super) fn top_bar(&mut self, ui: &mut Ui, commands: &mut Commands) {
        ui.horizontal(|ui| {
            egui::MenuBar::new().ui(ui, |ui| {
                match self.has_one_menu(ui) {
                    true => {
                        ui.menu_button(say!("menu"), |ui| self.menus(ui, commands));
                    }
                    false => self.menus(ui, commands),
                }
                if self.is_empty() {
                    return;
                }
                self.screens(ui, commands);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.main_button(ui, commands);
                });
            });
        });
    }

    /// True where the menus stand in one, since the bar has no room for all of them and what stands beside them.
    fn has_one_menu(&self, ui: &Ui) -> bool {
        let room = ui.ctx().content_rect().width();
        let font = egui::TextStyle::Button.resolve(ui.style());
        let around = 2.0 * ui.spacing().button_padding.x + ui.spacing().item_spacing.x;
        let width = |text: &str| {
            let ink = tokens::of(ui).text;
            let galley = ui
                .painter()
                .layout_no_wrap(text.to_owned(), font.clone(), ink);
            galley.size().x + around
        };
        let menus: f32 = Menu::ALL.map(|menu| width(menu.title())).iter().sum();
        let mut needed = menus;
        if !self.is_empty() {
            let screens: f32 = Screen::ALL.map(|it| width(it.title())).iter().sum();
            let stop = self.state.run.as_ref().map_or(0.0, |_| width(say!("stop")));
            needed += screens + stop + size::MAIN_BUTTON + space::LARGE;
        }
        room < size::TINY || needed > room
    }

    fn menus(&self, ui: &mut Ui, commands: &mut Commands) {
        let entries = menu_items();
        for menu in Menu::ALL {
            ui.menu_button(menu.title(), |ui| {
                ui.set_min_width(260.0);
                for entry in entries.iter().filter(|entry| entry.menu == menu) {
                    let refused = entry.command.refused(&self.state);
                    let mut button = egui::Button::new(self.label_of(entry));
                    if let Some(shortcut) = entry.shortcut {
                        button = button.shortcut_text(words::keys(ui.ctx(), &shortcut));
                    }
                    let response = ui.add_enabled(refused.is_none(), button);
                    let response = match refused {
                        Some(reason) => response.on_disabled_hover_text(reason),
                        None => response,
                    };
                    if response.clicked() {
                        commands.push(entry.command.clone());
                        ui.close();
                    }
                }
                if menu == Menu::File {
                    self.recent_cases(ui, commands);
                }
            });
        }
    }

    /// The label, with what would be undone.
    fn label_of(&self, entry: &MenuItem) -> String {
        let deed = match entry.command {
            Command::Undo => self.state.history.can_undo(),
            Command::Redo => self.state.history.can_redo(),
            _ => None,
        };
        match deed {
            Some(deed) => say!("titled", "title" => entry.label, "text" => lower(deed)),
            None => entry.label.to_owned(),
        }
    }

    fn recent_cases(&self, ui: &mut Ui, commands: &mut Commands) {
        let recent = self.state.preferences.recent_cases.iter();
        let there: Vec<_> = recent
            .filter(|case| palimpsest_record::case::is_case(case))
            .collect();
        if there.is_empty() {
            return;
        }
        ui.separator();
        muted(ui, say!("recent-cases"));
        for case in there {
            let name = crate::app::queue::name_of(case);
            let button = ui.button(name).on_hover_text(case.display().to_string());
            if button.clicked() {
                commands.push(Command::OpenCaseAt(case.clone()));
                ui.close();
            }
        }
    }

    fn screens(&self, ui: &mut Ui, commands: &mut Commands) {
        ui.add_space(space::MEDIUM);
        for screen in Screen::ALL {
            let refused = Command::Show(screen).refused(&self.state);
            let chosen = self.state.screen == screen;
            let label = egui::Button::selectable(chosen, screen.title());
            let mut response = ui.add_enabled(refused.is_none(), label);
            if let Some(reason) = refused {
                response = response.on_disabled_hover_text(reason);
            }
            if response.clicked() {
                commands.push(Command::Show(screen));
            }
        }
    }

    fn main_button(&self, ui: &mut Ui, commands: &mut Commands) {
        let Some(run) = &self.state.run else {
            let refused = self.state.refuses_start();
            let button = primary(ui, say!("start"), refused.is_none());
            if let Some(reason) = &refused {
                button.clone().on_disabled_hover_text(reason);
                let colour = tokens::of(ui).muted;
                // What stands in the panel below is not said twice.
                let is_on_prepare = self.state.screen == Screen::Prepare;
                let is_chosen = self.state.inspection.refuses_what_was_chosen();
                let is_room = self.state.refuses_room().as_ref() == Some(reason);
                let reason = match (is_on_prepare, is_chosen, is_room) {
                    (true, true, _) => say!("what-was-chosen-cannot-be-examined"),
                    (true, _, true) => say!("there-is-no-room"),
                    _ => reason,
                };
                let reason = RichText::new(reason).color(colour).small();
                ui.add(egui::Label::new(reason).truncate());
            }
            if button.clicked() {
                commands.push(Command::Start);
            }
            return;
        };
        // The bar draws buttons without a ground, as menus are.
        let stop = egui::Button::new(say!("stop")).fill(tokens::of(ui).control);
        if ui.add_enabled(!run.stopping, stop).clicked() {
            commands.push(Command::Stop);
        }
        let label = if run.paused {
            say!("resume")
        } else {
            say!("pause")
        };
        if primary(ui, label, !run.stopping).clicked() {
            commands.push(Command::PauseOrResume);
        }
    }

    /// Says that files can be dropped while they are held over the window.
    pub(super) fn drop_target(&self, ui: &Ui) {
        if ui.input(|input| input.raw.hovered_files.is_empty()) {
            return;
        }
        let colours = tokens::of(ui);
        let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop target"));
        let painter = ui.ctx().layer_painter(layer);
        let area = ui.ctx().content_rect();
        painter.rect_filled(area, 0, colours.canvas.gamma_multiply(0.85));
        let inner = area.shrink(space::WIDE);
        let stroke = egui::Stroke::new(2.0, colours.accent);
        painter.rect_stroke(
            inner,
            tokens::radius::CARD,
            stroke,
            egui::StrokeKind::Inside,
        );
        painter.text(
            area.center(),
            egui::Align2::CENTER_CENTER,
            say!("drop-artworks-a-model"),
            tokens::title().resolve(ui.style()),
            colours.text,
        );
    }
}

/// A deed as it stands within a line; German nouns keep their capitals.
fn lower(text: &str) -> String {
    if words::spoken() == Language::German {
        return text.to_owned();
    }
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    // An empty text stays empty.
    first.unwrap_or_default() + letters.as_str()
}
