//! The two models of an examination: how they are chosen and what is known of them.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Align, Button, Id, Layout, RichText, Ui, UiBuilder};

use super::Commands;
use super::library::needed;
use crate::app::inspection::Inspected;
use crate::app::library::Wanted;
use crate::app::queue::name_of;
use crate::app::set_up::ModelRole;
use crate::app::tokens::{self, size, space};
use crate::app::widgets::controls::{label, muted, name_for_readers, wrong};
use crate::app::{App, Command};
use palimpsest_base::number_format::bytes;
use palimpsest_method::examination::inspection::ModelFacts;

impl App {
    pub(super) fn model_picker(
        &self,
        ui: &mut Ui,
        role: ModelRole,
        known: Option<&Inspected>,
        commands: &mut Commands,
    ) {
        let chosen = self.state.set_up().model(role);
        label(ui, role.title());
        // Under its own name, so that a click holds while what is known of the other model comes and moves it.
        let row = UiBuilder::new().scope_id(Id::unique(("model picker", role.title())));
        ui.scope_builder(row, |ui| self.picker_row(ui, role, chosen, commands));
        let Some(path) = chosen else {
            muted(ui, needed(Wanted::Model(role)));
            return;
        };
        match known.and_then(|known| known.model(role)) {
            Some(Ok(facts)) => self.model_facts(ui, path, facts, commands),
            Some(Err(error)) => {
                wrong(ui, error);
            }
            None => {
                muted(ui, "Looking at the model…");
            }
        }
        ui.add_space(space::TIGHT);
    }

    fn picker_row(
        &self,
        ui: &mut Ui,
        role: ModelRole,
        chosen: Option<&Path>,
        commands: &mut Commands,
    ) {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                browse(ui, role, commands);
                let text = chosen.map_or_else(|| "Choose…".to_owned(), model_name);
                let width = ui.available_width();
                let picker = Button::new(text)
                    .right_text("▾")
                    .truncate()
                    .min_size(egui::vec2(width, size::CONTROL));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let picker = ui.add(picker);
                    name_for_readers(&picker, role.title());
                    let hover = chosen.map(|path| path.display().to_string());
                    let picker = picker.on_hover_text(hover.unwrap_or("Choose…".into()));
                    if picker.clicked() {
                        commands.push(Command::Library(Wanted::Model(role)));
                    }
                });
            });
        });
    }

    fn model_facts(&self, ui: &mut Ui, path: &Path, facts: &ModelFacts, commands: &mut Commands) {
        let of = &facts.description;
        let mut parts = vec![
            of.family.clone(),
            of.prediction.replace('_', "-"),
            format!("{} px", of.resolution),
            bytes(facts.bytes),
        ];
        if let Some(lora) = &of.lora {
            let further = of.further.iter().map(|further| further.lora.strength);
            let strengths: Vec<String> = std::iter::once(lora.strength)
                .chain(further)
                .map(|strength| strength.to_string())
                .collect();
            parts.push(match &strengths[..] {
                [strength] => format!("LoRA at {strength}"),
                several => format!("{} LoRAs at {}", several.len(), several.join(", ")),
            });
        } else if !of.borrowed.is_empty() {
            parts.push(format!(
                "takes {} from the pretrained model",
                of.borrowed.join(", ")
            ));
        }
        muted(ui, parts.join(" · "));
        for note in &of.notes {
            muted(ui, note.as_str());
        }
        match self.state.hashes.get(path).map(|hash| hash.known()) {
            Some(Some(Err(error))) => {
                wrong(ui, error);
            }
            None => {
                let link = egui::Link::new(RichText::new("Compute its hash").small());
                if ui.add(link).clicked() {
                    commands.push(Command::HashModels);
                }
            }
            Some(None) => {
                muted(ui, "Computing its hash…");
            }
            Some(Some(Ok(hash))) => {
                let short = hash.get(..16).unwrap_or(hash);
                let shown = muted(ui, format!("SHA-256 {short}…")).on_hover_text(hash);
                shown.context_menu(|ui| {
                    if ui.button("Copy").clicked() {
                        commands.push(Command::CopyText(hash.to_owned()));
                        ui.close();
                    }
                });
            }
        }
    }
}

/// The ways to a model that is not in the library.
fn browse(ui: &mut Ui, role: ModelRole, commands: &mut Commands) {
    let menu = ui.menu_button("Browse…", |ui| {
        let file = match role {
            ModelRole::Pretrained => "For a file…",
            ModelRole::Finetuned => "For a file or LoRA…",
        };
        if ui.button(file).clicked() {
            commands.push(Command::ChooseModelFile(role));
            ui.close();
        }
        if ui.button("For a folder…").clicked() {
            commands.push(Command::ChooseModel(role));
            ui.close();
        }
    });
    let name = format!("Browse for the {}", role.title().to_lowercase());
    name_for_readers(&menu.response, &name);
}

/// Says whether both models can be examined together, once each is known by itself: what is wrong with one of them
/// stands there already.
pub(super) fn pair_line(ui: &mut Ui, known: &Inspected) {
    let both = [&known.pretrained, &known.finetuned];
    let [Some(Ok(_)), Some(Ok(_))] = both else {
        return;
    };
    match &known.pair {
        Some(Ok(facts)) => {
            let text = format!(
                "✔ These two can be examined together, at {} pixels.",
                facts.resolution
            );
            let colour = tokens::of(ui).good;
            ui.label(RichText::new(text).color(colour).small());
        }
        Some(Err(error)) => {
            wrong(ui, error);
        }
        None => {}
    }
}

/// Name of a model in the picker.
fn model_name(path: &Path) -> String {
    let built_in = ModelRole::BOTH
        .iter()
        .any(|role| path == Path::new(role.built_in()));
    match built_in {
        true => format!("{} (built in)", path.display()),
        false => name_of(&PathBuf::from(path)),
    }
}
