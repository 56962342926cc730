//! Layers over the window: the palette of all commands, a field for a path, questions, help.

use std::path::PathBuf;

use eframe::egui::{self, Id, Key, Modal, RichText, ScrollArea, TextEdit, Ui};

use super::Commands;
use super::exhibit_alone::exhibit_alone;
use crate::app::dialogs::title;
use crate::app::menu::{Menu, MenuItem, menu_items};
use crate::app::state::{Overlay, Purpose};
use crate::app::tokens::{size, space};
use crate::app::widgets::controls::{muted, name_for_readers, primary};
use crate::app::widgets::focus;
use crate::app::words::{self, say};
use crate::app::{App, Command};

/// Rows of the palette that are seen at once.
const ROWS: f32 = 12.0;

impl App {
    pub(super) fn overlays(&mut self, ui: &Ui, commands: &mut Commands) {
        if self.state.overlay == Overlay::None {
            return;
        }
        focus::enter_dialog(ui.ctx());
        let mut overlay = self.state.overlay.clone();
        let frame = egui::Frame::popup(ui.style()).inner_margin(space::LARGE);
        let modal = Modal::new(Id::unique("overlay")).frame(frame);
        let modal = modal.show(ui.ctx(), |ui| {
            let width = match overlay {
                Overlay::Exhibit => size::WIDE_DIALOG,
                Overlay::Library(_) => size::LIST_DIALOG,
                _ => size::DIALOG,
            };
            ui.set_width(width.min(ui.ctx().content_rect().width() - 2.0 * space::HUGE));
            match &mut overlay {
                Overlay::None => {}
                Overlay::Palette { query, chosen } => self.palette(ui, query, chosen, commands),
                Overlay::Path { purpose, text } => path_field(ui, *purpose, text, commands),
                Overlay::ConfirmQuit => confirm_quit(ui, commands),
                Overlay::Shortcuts => shortcuts(ui, commands),
                Overlay::About => about(ui, commands),
                Overlay::Exhibit => self.exhibit_overlay(ui, commands),
                Overlay::Library(choice) => self.library_overlay(ui, choice, commands),
                Overlay::Sealing { variants } => self.sealing(ui, variants, commands),
                Overlay::AddControls(added) => self.adding_controls(ui, added, commands),
                Overlay::ExhibitAlone(exhibit) => exhibit_alone(ui, exhibit, commands),
            }
        });
        // What was typed; a command may still close it.
        self.state.overlay = overlay;
        if modal.should_close() {
            commands.push(Command::CloseOverlay);
        }
    }

    fn palette(
        &self,
        ui: &mut Ui,
        query: &mut String,
        chosen: &mut usize,
        commands: &mut Commands,
    ) {
        let field = TextEdit::singleline(query)
            .hint_text(say!("type-what-you-want-to-do"))
            .desired_width(f32::INFINITY);
        let response = ui.add(field);
        name_for_readers(&response, say!("find-a-command"));
        response.request_focus();
        if response.changed() {
            *chosen = 0;
        }
        let found: Vec<MenuItem> = menu_items()
            .into_iter()
            .filter(|entry| matches(entry, query))
            .collect();
        let last = found.len().saturating_sub(1);
        let (down, up, enter) = ui.input(|input| {
            (
                input.key_pressed(Key::ArrowDown),
                input.key_pressed(Key::ArrowUp),
                input.key_pressed(Key::Enter),
            )
        });
        *chosen = match (down, up) {
            (true, _) => (*chosen + 1).min(last),
            (_, true) => chosen.saturating_sub(1),
            _ => (*chosen).min(last),
        };
        let height = ROWS * (size::CONTROL + space::TIGHT);
        tall(height).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            for (place, entry) in found.iter().enumerate() {
                let picked = self.palette_row(ui, entry, place == *chosen, down || up);
                if picked || (enter && place == *chosen) {
                    commands.push(Command::CloseOverlay);
                    commands.push(entry.command.clone());
                }
            }
            if found.is_empty() {
                muted(ui, say!("no-such-command"));
            }
        });
    }

    /// Draws a row; returns whether it was clicked.
    fn palette_row(&self, ui: &mut Ui, entry: &MenuItem, chosen: bool, moved: bool) -> bool {
        let refused = entry.command.refused(&self.state);
        let mut button = egui::Button::selectable(chosen, entry.label)
            .min_size(egui::vec2(ui.available_width(), size::CONTROL));
        let keys = entry.shortcut.map(|keys| words::keys(ui.ctx(), &keys));
        let right = match (&refused, keys) {
            (Some(reason), _) => reason.clone(),
            (None, Some(keys)) => keys,
            (None, None) => entry.menu.title().to_owned(),
        };
        button = button.shortcut_text(right);
        let response = ui.add_enabled(refused.is_none(), button);
        if chosen && moved {
            response.scroll_to_me(None);
        }
        response.clicked()
    }
}

/// A list that is as tall as what it holds, up to `height`, however short it was before.
pub(super) fn tall(height: f32) -> ScrollArea {
    ScrollArea::vertical()
        .max_height(height)
        .min_scrolled_height(height)
}

/// True if all words of the query are in the command's name or menu.
fn matches(entry: &MenuItem, query: &str) -> bool {
    let name = format!("{} {}", entry.menu.title(), entry.label).to_lowercase();
    let query = query.to_lowercase();
    query.split_whitespace().all(|word| name.contains(word))
}

fn path_field(ui: &mut Ui, purpose: Purpose, text: &mut String, commands: &mut Commands) {
    ui.heading(title(purpose));
    muted(ui, say!("no-dialog-of-the-system-answers"));
    ui.add_space(space::SMALL);
    let edit = TextEdit::singleline(text)
        .hint_text(say!("example-of-a-path"))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    name_for_readers(&response, title(purpose));
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let path = PathBuf::from(text.trim());
    let saves = matches!(
        purpose,
        Purpose::Table
            | Purpose::Picture
            | Purpose::CasesFolder
            | Purpose::Exhibit
            | Purpose::Archive
            | Purpose::TimestampQuery
            | Purpose::Variants(_)
    );
    let usable = path.is_absolute() && (saves || path.exists());
    if !text.trim().is_empty() && !usable {
        let why = match path.is_absolute() {
            true => say!("there-is-nothing-at-this-path"),
            false => say!("write-the-whole-path"),
        };
        muted(ui, why);
    }
    ui.add_space(space::SMALL);
    ui.horizontal(|ui| {
        if primary(ui, say!("open-path"), usable).clicked() || (entered && usable) {
            commands.push(Command::CloseOverlay);
            commands.push(Command::Chosen(purpose, path));
        }
        if ui.button(say!("cancel")).clicked() {
            commands.push(Command::CloseOverlay);
        }
    });
}

fn confirm_quit(ui: &mut Ui, commands: &mut Commands) {
    ui.heading(say!("stop-the-run-and-quit"));
    ui.label(say!("quitting-keeps-what-was-done"));
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        if primary(ui, say!("go-on-with-the-run"), true).clicked() {
            commands.push(Command::CloseOverlay);
        }
        if ui.button(say!("stop-and-quit")).clicked() {
            commands.push(Command::CloseOverlay);
            commands.push(Command::QuitAnyway);
        }
    });
}

fn shortcuts(ui: &mut Ui, commands: &mut Commands) {
    ui.heading(say!("keyboard-shortcuts"));
    let entries = menu_items();
    let height = ui.ctx().content_rect().height() * 0.6;
    tall(height).show(ui, |ui| {
        for menu in Menu::ALL {
            let rows: Vec<_> = (entries.iter())
                .filter(|entry| entry.menu == menu && entry.shortcut.is_some())
                .collect();
            if rows.is_empty() {
                continue;
            }
            muted(ui, menu.title());
            for entry in rows {
                let keys = entry.shortcut.map(|keys| words::keys(ui.ctx(), &keys));
                crate::app::widgets::controls::row(ui, entry.label, "", |ui| {
                    // Not every command has a shortcut.
                    ui.monospace(keys.unwrap_or_default());
                });
            }
        }
    });
    close(ui, commands);
}

fn about(ui: &mut Ui, commands: &mut Commands) {
    ui.heading("Palimpsest");
    ui.label(say!("version", "version" => env!("CARGO_PKG_VERSION")));
    ui.label(say!("was-this-artwork-among-the-pictures"));
    ui.add_space(space::SMALL);
    muted(ui, say!("the-method-is-cgi-dm-wu"));
    muted(ui, say!("licence-mit-or-apache-2-0"));
    close(ui, commands);
}

pub(super) fn close(ui: &mut Ui, commands: &mut Commands) {
    ui.add_space(space::MEDIUM);
    if ui.button(RichText::new(say!("close"))).clicked() {
        commands.push(Command::CloseOverlay);
    }
}
