//! Everything that an examination depends on beside the artwork: the two models and what is known of them,
//! the mask, the prompt, the encoders, time and memory; settings and question stand in files of their own.

use std::path::{Path, PathBuf};

use eframe::egui::{self, ComboBox, RichText, ScrollArea, Ui};

use super::frame::duration;
use super::inquiry::inquiry;
use super::prepare::removed;
use super::settings::settings;
use super::{Change, Commands};
use crate::app::inspection::{Inspected, known_models, pace_key};
use crate::app::queue::name_of;
use crate::app::set_up::{Encoder, ModelRole, SetUp};
use crate::app::tokens::space;
use crate::app::widgets::controls::{
    fact, heading, label, muted, name_for_readers, row, unlabelled_field, worded, wrong,
};
use crate::app::{App, Command};
use palimpsest_diffusion::{Device, Memory};
use palimpsest_method::examination::PromptSource;
use palimpsest_method::examination::inspection::{ModelFacts, PairFacts};
use palimpsest_method::mask::Mask;

/// The masks that are offered.
const MASKS: [Mask; 5] = [
    Mask::Block(4),
    Mask::Block(2),
    Mask::Block(8),
    Mask::RightHalf,
    Mask::Blur,
];

impl App {
    pub(super) fn set_up_panel(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let mut set_up = self.state.set_up().clone();
        let mut change: Change = None;
        let known = self.state.inspection.known().cloned();
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.add_enabled_ui(self.state.run.is_none(), |ui| {
                    ui.label(RichText::new("Models").text_style(egui::TextStyle::Heading));
                    for role in ModelRole::BOTH {
                        self.model_picker(ui, role, known.as_ref(), commands);
                    }
                    if let Some(Err(error)) = known.as_ref().and_then(|known| known.pair.as_ref()) {
                        wrong(ui, error);
                    }
                    masks(ui, &mut set_up, &mut change);
                    prompt(ui, &mut set_up, known.as_ref(), &mut change);
                    inquiry(ui, &self.state.queue, &mut set_up, &mut change, commands);
                    settings(ui, &mut set_up, known.as_ref(), &mut change);
                    self.encoders(ui, known.as_ref(), &mut set_up, &mut change, commands);
                    self.machine(ui, known.as_ref(), &mut set_up, &mut change);
                });
            });
        if let Some((deed, continues)) = change {
            commands.push(Command::SetUp(Box::new(set_up), deed, continues));
        }
    }

    fn model_picker(
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
            if role == ModelRole::Finetuned && ui.button("Browse for a LoRA file…").clicked() {
                commands.push(Command::ChooseModelFile(role));
            }
        });
        name_for_readers(&shown.response, role.title());
        let Some(path) = chosen else {
            let what = match role {
                ModelRole::Pretrained => {
                    "The model that the fine-tuned one was made from: a folder in the diffusers layout."
                }
                ModelRole::Finetuned => {
                    "The model under suspicion: a folder, a training checkpoint or a LoRA."
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
            parts.push(format!("LoRA at {}", lora.strength));
        } else if !of.borrowed.is_empty() {
            parts.push(format!(
                "takes {} from the pretrained model",
                of.borrowed.join(", ")
            ));
        }
        muted(ui, parts.join(" · "));
        match self.state.hashes.get(path).map(|hash| hash.known()) {
            None => {
                let link = egui::Link::new(RichText::new("Compute its hash").small());
                if ui.add(link).clicked() {
                    commands.push(Command::HashModels);
                }
            }
            Some(None) => {
                muted(ui, "Computing its hash…");
            }
            Some(Some(hash)) => {
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

    fn encoders(
        &self,
        ui: &mut Ui,
        known: Option<&Inspected>,
        set_up: &mut SetUp,
        change: &mut Change,
        commands: &mut Commands,
    ) {
        heading(ui, "Similarity encoders");
        for encoder in Encoder::BOTH {
            let path = set_up.encoder(encoder).map(Path::to_owned);
            row(ui, encoder.title(), "", |ui| {
                if path.is_some() && ui.button("Remove").clicked() {
                    set_up.set_encoder(encoder, None);
                    *change = Some(("Remove an encoder", false));
                }
                if ui.button("Choose…").clicked() {
                    commands.push(Command::ChooseEncoder(encoder));
                }
                if let Some(path) = &path {
                    ui.add(egui::Label::new(name_of(path)).truncate());
                }
            });
            if let Some(Err(error)) = known.and_then(|known| known.encoder(encoder)) {
                wrong(ui, error);
            }
        }
        if set_up.clip.is_none() || set_up.dino.is_none() {
            muted(
                ui,
                "Without them the scores of the published method are “not evaluated”; recovery, SSIM and the loss gap need none.",
            );
        }
    }

    fn machine(
        &self,
        ui: &mut Ui,
        known: Option<&Inspected>,
        set_up: &mut SetUp,
        change: &mut Change,
    ) {
        heading(ui, "This machine");
        fact(ui, "Device", device_name(Device::best()));
        if let Some(facts) = known.and_then(Inspected::facts) {
            self.estimate(ui, facts, set_up);
        }
        if ui
            .checkbox(&mut set_up.low_memory, "Save memory")
            .on_hover_text("Blocks are computed again on the way back and weights leave memory after use: slower, the same result")
            .changed()
        {
            *change = Some(("Save memory", false));
        }
        row(
            ui,
            "Threads",
            "As many as there are cores unless a number is given; the result does not depend on it",
            |ui| {
                let drag = egui::DragValue::new(&mut set_up.threads).range(0..=1024);
                let drag = ui.add(worded(drag, "all cores", ""));
                name_for_readers(&drag, "Threads");
                if drag.changed() {
                    *change = Some(("Threads", true));
                }
            },
        );
        row(
            ui,
            "True decoding every",
            "While a run is shown the latent is decoded beside it after so many steps",
            |ui| {
                let drag = egui::DragValue::new(&mut set_up.decode_every).range(0..=100_000);
                let drag = ui.add(worded(drag, "never", " steps"));
                name_for_readers(&drag, "True decoding every so many steps");
                if drag.changed() {
                    *change = Some(("True decoding", true));
                }
            },
        );
    }

    fn estimate(&self, ui: &mut Ui, facts: &PairFacts, set_up: &SetUp) {
        let available = facts
            .available_bytes
            .map_or_else(String::new, |free| format!(" of {} free", bytes(free)));
        let memory = match facts.memory {
            Memory::Full => format!("about {}{available}", bytes(facts.needed_bytes)),
            Memory::Low => format!("little: weights stay on disk{available}"),
        };
        fact(ui, "Memory", memory);
        let pace = self.state.preferences.pace.get(&pace_key(facts));
        let queue = &self.state.queue;
        let works = queue.usable().len();
        let questioned = queue
            .usable()
            .iter()
            .filter(|work| work.role.is_questioned())
            .count();
        let runs = set_up.inquiry.examinations(works, questioned) * set_up.masks.len();
        let time = match pace {
            Some(seconds) => {
                let one = seconds * facts.settings.steps as f64;
                let all = one * runs.max(1) as f64;
                match runs {
                    0 | 1 => format!("about {}", duration(one)),
                    runs => format!("about {} for {runs} runs", duration(all)),
                }
            }
            None => "known after the first steps".to_owned(),
        };
        fact(ui, "Time", time);
    }
}

fn masks(ui: &mut Ui, set_up: &mut SetUp, change: &mut Change) {
    heading(ui, "Mask");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::HAIR;
        ui.spacing_mut().button_padding.x = space::SMALL;
        for mask in MASKS {
            let chosen = set_up.masks.contains(&mask);
            let response = ui.selectable_label(chosen, mask.to_string());
            let response = response.on_hover_text(removed(mask));
            if response.clicked() {
                let several = ui.input(|input| input.modifiers.command || input.modifiers.shift);
                choose_mask(&mut set_up.masks, mask, several);
                *change = Some(("Mask", false));
            }
        }
    });
    let note = match set_up.masks.len() {
        1 => "Ctrl+click for several: each artwork is examined with each.".to_owned(),
        masks => format!("Each artwork is examined with each of the {masks} masks."),
    };
    muted(ui, note);
}

/// Chooses one mask, or adds it or takes it away; one always stays.
fn choose_mask(masks: &mut Vec<Mask>, mask: Mask, several: bool) {
    if !several {
        *masks = vec![mask];
    } else if !masks.contains(&mask) {
        masks.push(mask);
    } else if masks.len() > 1 {
        masks.retain(|known| *known != mask);
    }
}

fn prompt(ui: &mut Ui, set_up: &mut SetUp, known: Option<&Inspected>, change: &mut Change) {
    heading(ui, "Prompt of the fine-tuning");
    let facts = known.and_then(Inspected::facts);
    let hint = facts.map_or_else(|| "sks style".to_owned(), |facts| facts.prompt.clone());
    let name = "Prompt of the fine-tuning";
    if unlabelled_field(ui, name, &hint, &mut set_up.prompt).changed() {
        *change = Some(("Prompt", true));
    }
    let note = match facts.map(|facts| facts.prompt_source) {
        _ if !set_up.prompt.trim().is_empty() => return,
        Some(PromptSource::File) => "From the file beside the fine-tuned model.",
        _ => "Not known: the usual one is taken, and the record says so.",
    };
    muted(ui, note);
}

/// What a model is called in the picker.
fn model_name(path: &Path) -> String {
    let built_in = ModelRole::BOTH
        .iter()
        .any(|role| path == Path::new(role.built_in()));
    match built_in {
        true => format!("{} (built in)", path.display()),
        false => name_of(&PathBuf::from(path)),
    }
}

fn device_name(device: Device) -> &'static str {
    match device {
        Device::Cuda => "NVIDIA card",
        Device::Metal => "Apple GPU",
        Device::Cpu | Device::Reference => "Processor",
    }
}

/// A size as people say it.
fn bytes(bytes: u64) -> String {
    let (mebi, gibi) = ((1u64 << 20) as f64, (1u64 << 30) as f64);
    match bytes as f64 {
        size if size >= gibi => format!("{:.1} GiB", size / gibi),
        size => format!("{:.0} MiB", (size / mebi).max(1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mask_always_stays() {
        let mut masks = vec![Mask::Block(4)];
        choose_mask(&mut masks, Mask::Block(4), true);
        assert_eq!(masks, [Mask::Block(4)]);
        choose_mask(&mut masks, Mask::RightHalf, true);
        choose_mask(&mut masks, Mask::Block(4), true);
        assert_eq!(masks, [Mask::RightHalf]);
        choose_mask(&mut masks, Mask::Blur, false);
        assert_eq!(masks, [Mask::Blur]);
    }
}
