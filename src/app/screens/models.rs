//! The two models of an examination: how they are chosen and what is known of them.

use std::path::{Path, PathBuf};

use eframe::egui::{self, ComboBox, RichText, Ui};

use super::Commands;

use crate::app::inspection::{Inspected, known_models};
use crate::app::queue::name_of;
use crate::app::set_up::ModelRole;
use crate::app::tokens::space;
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
        let text = chosen.map_or_else(|| "Choose…".to_owned(), model_name);
        label(ui, role.title());
        let combo = ComboBox::from_id_salt(role.title())
            .selected_text(text)
            .width(ui.available_width())
            .truncate();
        let shown = combo.show_ui(ui, |ui| {
            for model in known_models(role, &self.state.preferences.recent_models) {
                let picked = ui
                    .selectable_label(chosen == Some(model.as_path()), model_name(&model))
                    .on_hover_text(model.display().to_string());
                if picked.clicked() {
                    commands.push(Command::UseModel(role, model));
                }
            }
            ui.separator();
            if ui.button("Browse for a folder…").clicked() {
                commands.push(Command::ChooseModel(role));
            }
            let file = match role {
                ModelRole::Pretrained => "Browse for a file…",
                ModelRole::Finetuned => "Browse for a file or LoRA…",
            };
            if ui.button(file).clicked() {
                commands.push(Command::ChooseModelFile(role));
            }
        });
        name_for_readers(&shown.response, role.title());
        let Some(path) = chosen else {
            let what = match role {
                ModelRole::Pretrained => {
                    "The model that the fine-tuned one was made from: a folder in the diffusers layout, or one file."
                }
                ModelRole::Finetuned => {
                    "The model under suspicion: a folder, one file, a training checkpoint or a LoRA."
                }
            };
            muted(ui, what);
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
