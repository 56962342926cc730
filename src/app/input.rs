//! Commands from outside the screens: files dropped on the window, paths pasted, keys pressed.

use std::path::PathBuf;

use eframe::egui;

use super::menu::menu_items;
use super::state::Overlay;
use super::{App, Command};

impl App {
    /// Files dropped on the window, and paths pasted.
    pub(super) fn take_input(&mut self, ctx: &egui::Context) -> Vec<Command> {
        let (dropped, pasted) = ctx.input(|input| {
            let dropped: Vec<PathBuf> = (input.raw.dropped_files.iter())
                .map(|file| file.path().to_owned())
                .collect();
            let pasted = input.events.iter().find_map(|event| match event {
                egui::Event::Paste(text) => Some(text.clone()),
                _ => None,
            });
            (dropped, pasted)
        });
        let mut commands = Vec::new();
        if !dropped.is_empty() {
            commands.push(Command::Add(dropped));
        }
        if let Some(text) = pasted.filter(|_| !ctx.egui_wants_keyboard_input()) {
            // A text without paths was meant for another program.
            let paths = paths_in(&text);
            if !paths.is_empty() {
                commands.push(Command::Add(paths));
            }
        }
        commands
    }

    /// Commands whose keys were pressed.
    pub(super) fn take_shortcuts(&self, ctx: &egui::Context) -> Vec<Command> {
        // A button that has the focus takes no letters, and must not keep them from their commands.
        let typing = ctx.text_edit_focused() || self.state.overlay != Overlay::None;
        let mut pressed = Vec::new();
        let mut entries = menu_items();
        // The longest first: Ctrl+Shift+O must not be taken for Ctrl+O.
        entries.sort_by_key(|entry| {
            let keys = entry.shortcut.map(|shortcut| shortcut.modifiers);
            std::cmp::Reverse(keys.map_or(0, |keys| keys.shift as u8 + keys.alt as u8))
        });
        for entry in entries {
            let Some(shortcut) = entry.shortcut else {
                continue;
            };
            let plain = shortcut.modifiers == egui::Modifiers::NONE;
            if typing && plain {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                pressed.push(entry.command);
            }
        }
        // On many keyboards the plus is the equals sign with Shift.
        let equals = egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, egui::Key::Equals);
        if ctx.input_mut(|input| input.consume_shortcut(&equals)) {
            pressed.push(Command::Scale(1));
        }
        pressed
    }
}

/// Paths of files that exist, in a text with one a line, plain or as `file:` addresses.
fn paths_in(text: &str) -> Vec<PathBuf> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let paths = lines.map(|line| PathBuf::from(line.strip_prefix("file://").unwrap_or(line)));
    paths
        .filter(|path| path.is_absolute() && path.exists())
        .collect()
}
