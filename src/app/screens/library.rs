//! The model library as a dialog: a list to search and click, with the ways to what is not in it always in sight.

use eframe::egui::{self, Key, ScrollArea, Ui};

use super::Commands;
use super::library_row::{HEIGHT, built_in_row, library_row};
use crate::app::library::{Found, LibraryRow, Wanted};
use crate::app::set_up::{Encoder, ModelRole};
use crate::app::state::LibraryChoice;
use crate::app::tokens::{size, space};
use crate::app::widgets::controls::{muted, name_for_readers, wrong};
use crate::app::words::say;
use crate::app::{App, Command};
use palimpsest_method::model_library::EntryKind;

/// Height of the dialog without its list, in points.
const AROUND: f32 = 300.0;
/// The least and the greatest height of the list.
const LIST: [f32; 2] = [150.0, 420.0];
/// Notes on the search that are shown.
const NOTES: usize = 3;

impl App {
    pub(super) fn library_overlay(
        &self,
        ui: &mut Ui,
        choice: &mut LibraryChoice,
        commands: &mut Commands,
    ) {
        ui.heading(title(choice.wanted));
        muted(ui, needed(choice.wanted));
        ui.add_space(space::TIGHT);
        let entered = search(ui, choice);
        let room = ui.ctx().content_rect().height() - AROUND;
        let height = room.clamp(LIST[0], LIST[1]);
        // As tall as it may become: what is found later must not move what is below.
        ui.allocate_ui(egui::vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            match (self.state.library.found(), choice.folders) {
                (Some(found), true) => folders(ui, found, commands),
                (Some(found), false) => self.rows(ui, found, choice, entered, commands),
                (None, _) => {
                    muted(ui, say!("looking-through-the-folders-with-models"));
                }
            }
        });
        self.summary(ui, choice);
        ui.separator();
        ways(ui, choice, commands);
    }

    fn rows(
        &self,
        ui: &mut Ui,
        found: &Found,
        choice: &mut LibraryChoice,
        entered: bool,
        commands: &mut Commands,
    ) {
        let wanted = choice.wanted;
        let rows: Vec<&LibraryRow> = found.rows.iter().filter(|row| fits(row, choice)).collect();
        let built_in = built_in(choice);
        let all = rows.len() + usize::from(built_in.is_some());
        let moved = arrows(ui, &mut choice.reached, all);
        if rows.is_empty() {
            nothing(ui, found, choice);
        }
        if all == 0 {
            return;
        }
        let chosen = match wanted {
            Wanted::Model(role) => self.state.set_up().model(role),
            Wanted::FurtherAdapter => None,
            Wanted::Encoder(encoder) => self.state.set_up().encoder(encoder),
        };
        let mut area = ScrollArea::vertical().auto_shrink([false, false]);
        let step = HEIGHT + space::HAIR;
        if moved {
            // The row that the keys have reached stays in the middle.
            let above = (ui.available_height() / step / 2.0).floor();
            area = area.vertical_scroll_offset((choice.reached as f32 - above).max(0.0) * step);
        }
        ui.spacing_mut().item_spacing.y = space::HAIR;
        area.show_rows(ui, HEIGHT, all, |ui, shown| {
            for place in shown {
                let is_reached = place == choice.reached;
                let (response, path, can_be) = match (rows.get(place), built_in) {
                    (Some(row), _) => {
                        let is_chosen = chosen == Some(row.entry.path.as_path());
                        let can_be = wanted.can_be(&row.entry);
                        let response = library_row(ui, row, is_chosen, is_reached, can_be);
                        (response, row.entry.path.clone(), can_be)
                    }
                    (None, Some(role)) => {
                        let is_chosen = chosen == Some(role.built_in().as_ref());
                        let response = built_in_row(ui, role, is_chosen, is_reached);
                        (response, role.built_in().into(), true)
                    }
                    (None, None) => continue,
                };
                if can_be && (response.clicked() || entered && is_reached) {
                    commands.push(Command::CloseOverlay);
                    commands.push(match wanted {
                        Wanted::Model(role) => Command::UseModel(role, path),
                        Wanted::FurtherAdapter => Command::AddAdapter(path),
                        Wanted::Encoder(encoder) => Command::UseEncoder(encoder, path),
                    });
                }
            }
        });
    }

    /// Says how many there are, and what is under way.
    fn summary(&self, ui: &mut Ui, choice: &mut LibraryChoice) {
        let library = &self.state.library;
        ui.horizontal(|ui| {
            if let Some(found) = library.found() {
                let of_kind = found
                    .rows
                    .iter()
                    .filter(|row| choice.wanted.takes(row.entry.kind));
                let usable = of_kind.filter(|row| choice.wanted.can_be(&row.entry));
                muted(ui, say!("count-found", "models" => usable.count()));
                let refused = refused(found, choice.wanted);
                if refused > 0 && !choice.folders {
                    let text = say!("show-that-cannot-be-examined", "refused" => refused);
                    ui.checkbox(&mut choice.refused, text);
                }
            }
            let (known, all) = library.hashed();
            let is_again = library.is_looking() && library.found().is_some();
            match (is_again, known < all) {
                (true, _) => {
                    muted(ui, say!("looking-through-the-folders"));
                }
                (false, true) => {
                    muted(
                        ui,
                        say!("sha-256-of-of-files-known", "known" => known, "all" => all),
                    );
                }
                (false, false) => {}
            }
        });
        if let Some(error) = library.failed() {
            wrong(ui, error);
        }
    }
}

fn title(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Model(ModelRole::Pretrained) => say!("title-choose-pretrained"),
        Wanted::Model(ModelRole::Finetuned) => say!("title-choose-finetuned"),
        Wanted::FurtherAdapter => say!("title-add-another-adapter"),
        Wanted::Encoder(Encoder::Clip) => say!("choose-clip-vit-b-32"),
        Wanted::Encoder(Encoder::Dino) => say!("choose-dino-vit-s-16"),
    }
}

/// What is needed, for whoever chooses it the first time.
pub(super) fn needed(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Model(ModelRole::Pretrained) => {
            say!("the-model-that-the-fine-tuned")
        }
        Wanted::Model(ModelRole::Finetuned) => {
            say!("the-model-under-suspicion-a-folder")
        }
        Wanted::FurtherAdapter => {
            say!("an-adapter-lora-that-was-used")
        }
        Wanted::Encoder(_) => {
            say!("a-folder-with-config-json")
        }
    }
}

/// Draws what is searched by; returns whether what the keys have reached is to be taken.
fn search(ui: &mut Ui, choice: &mut LibraryChoice) -> bool {
    let row = ui.horizontal(|ui| {
        let is_suspect = choice.wanted == Wanted::Model(ModelRole::Finetuned);
        let beside = if is_suspect { 190.0 } else { 90.0 };
        let field = egui::TextEdit::singleline(&mut choice.query)
            .hint_text(say!("search-by-name-kind-base-trigger"))
            .desired_width((ui.available_width() - beside).max(120.0));
        let field = ui.add(field);
        name_for_readers(&field, say!("search-the-library"));
        if field.changed() {
            choice.reached = 0;
            choice.folders = false;
        }
        let nothing_has_focus = ui.memory(|memory| memory.focused().is_none());
        if nothing_has_focus {
            field.request_focus();
        }
        if is_suspect
            && ui
                .selectable_label(choice.adapters, say!("loras-only"))
                .clicked()
        {
            choice.adapters = !choice.adapters;
            choice.reached = 0;
        }
        if ui
            .selectable_label(choice.folders, say!("folders"))
            .clicked()
        {
            choice.folders = !choice.folders;
        }
        // A line of text gives the focus away with this key.
        (field.lost_focus() || field.has_focus()) && ui.input(|input| input.key_pressed(Key::Enter))
    });
    row.inner
}

/// Moves what the keys have reached; returns whether they did.
fn arrows(ui: &Ui, reached: &mut usize, all: usize) -> bool {
    let last = all.saturating_sub(1);
    let (down, up) = ui.input(|input| {
        (
            input.key_pressed(Key::ArrowDown),
            input.key_pressed(Key::ArrowUp),
        )
    });
    *reached = match (down, up) {
        (true, _) => (*reached + 1).min(last),
        (_, true) => reached.saturating_sub(1),
        _ => (*reached).min(last),
    };
    down || up
}

fn fits(row: &LibraryRow, choice: &LibraryChoice) -> bool {
    let entry = &row.entry;
    let is_shown =
        choice.wanted.can_be(entry) || (choice.refused && is_refused(row, choice.wanted));
    let is_kind = !choice.adapters || entry.kind == EntryKind::Adapter;
    is_shown && is_kind && row.matches(&choice.query)
}

/// True of a thing that somebody may look for here in vain: what it is not read as could be a model.
fn is_refused(row: &LibraryRow, wanted: Wanted) -> bool {
    let entry = &row.entry;
    let may_be = wanted.takes(entry.kind)
        || (entry.kind == EntryKind::Other && !matches!(wanted, Wanted::Encoder(_)));
    may_be && !wanted.can_be(entry)
}

fn refused(found: &Found, wanted: Wanted) -> usize {
    let refused = found.rows.iter().filter(|row| is_refused(row, wanted));
    refused.count()
}

/// The role whose built-in model stands at the end of the list, where it was not searched away.
fn built_in(choice: &LibraryChoice) -> Option<ModelRole> {
    let Wanted::Model(role) = choice.wanted else {
        return None;
    };
    let searched = say!("name-built-in", "name" => role.built_in());
    let is_found = palimpsest_method::model_library::stand_in(&choice.query, &searched);
    (is_found && !choice.adapters).then_some(role)
}

fn nothing(ui: &mut Ui, found: &Found, choice: &LibraryChoice) {
    let text = match (choice.query.trim().is_empty(), found.folders.is_empty()) {
        (false, _) => say!("nothing-in-the-library-has-all"),
        (true, true) => {
            say!("no-folder-with-models-was-found")
        }
        (true, false) => {
            say!("nothing-of-this-kind")
        }
    };
    muted(ui, text);
    let fetched = match choice.wanted {
        _ if !choice.query.trim().is_empty() => return,
        Wanted::Model(ModelRole::Finetuned) | Wanted::FurtherAdapter => return,
        Wanted::Model(ModelRole::Pretrained) => "palimpsest models fetch",
        Wanted::Encoder(Encoder::Clip) => "palimpsest models fetch clip-vit-b-32",
        Wanted::Encoder(Encoder::Dino) => "palimpsest models fetch dino-vit-s-16",
    };
    let text = say!("one-can-be-had", "command" => fetched);
    muted(ui, text);
}

/// The folders that are looked through, and what there was to say of them.
fn folders(ui: &mut Ui, found: &Found, commands: &mut Commands) {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for folder in &found.folders {
                ui.horizontal(|ui| {
                    let path = folder.path.display().to_string();
                    match &folder.of {
                        Some(of) => {
                            muted(ui, of.as_str());
                        }
                        None => {
                            let button = ui
                                .button(say!("forget"))
                                .on_hover_text(say!("takes-the-folder-out"));
                            name_for_readers(&button, &say!("forget-what", "path" => path));
                            if button.clicked() {
                                commands.push(Command::RemoveFromLibrary(folder.path.clone()));
                            }
                        }
                    }
                    ui.add(egui::Label::new(path).truncate());
                });
            }
            if found.folders.is_empty() {
                muted(ui, say!("no-folder-was-found-the-usual"));
            }
            for note in found.notes.iter().take(NOTES) {
                muted(ui, note.as_str());
            }
            let more = found.notes.len().saturating_sub(NOTES);
            if more > 0 {
                muted(ui, say!("more-notes", "notes" => more));
            }
            if ui.button(say!("look-again")).clicked() {
                commands.push(Command::LookThroughLibrary);
            }
        });
}

/// The ways to what is not listed.
fn ways(ui: &mut Ui, choice: &mut LibraryChoice, commands: &mut Commands) {
    ui.horizontal(|ui| {
        match choice.wanted {
            Wanted::Model(role) => {
                let file = match role {
                    ModelRole::Pretrained => say!("browse-for-a-file"),
                    ModelRole::Finetuned => say!("browse-for-a-file-or-lora"),
                };
                if ui.button(file).clicked() {
                    commands.push(Command::ChooseModelFile(role));
                }
                if ui.button(say!("browse-for-a-folder")).clicked() {
                    commands.push(Command::ChooseModel(role));
                }
            }
            Wanted::FurtherAdapter => {
                if ui.button(say!("browse-for-a-file")).clicked() {
                    commands.push(Command::ChooseFurtherAdapter);
                }
            }
            Wanted::Encoder(encoder) => {
                if ui.button(say!("browse-for-a-folder")).clicked() {
                    commands.push(Command::ChooseEncoder(encoder));
                }
            }
        }
        if ui.button(say!("add-a-folder-to-the-library")).clicked() {
            commands.push(Command::AddToLibrary(choice.wanted));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let cancel = egui::Button::new(say!("cancel")).min_size(egui::vec2(0.0, size::CONTROL));
            if ui.add(cancel).clicked() {
                commands.push(Command::CloseOverlay);
            }
        });
    });
}
