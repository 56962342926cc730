//! The two models of an examination: how they are chosen and what is known of them.

use std::path::{Path, PathBuf};

use eframe::egui::{self, Align, Button, Id, Layout, RichText, Ui, UiBuilder};

use super::adapters::adapters;
use super::library::needed;
use super::library_row::{capital, of_it};
use super::stated::one_line;
use super::{Change, Commands};
use crate::app::inspection::Inspected;
use crate::app::library::Wanted;
use crate::app::queue::name_of;
use crate::app::refusal::{Question, Refusal};
use crate::app::set_up::{ModelRole, SetUp};
use crate::app::tokens::{self, size, space};
use crate::app::widgets::controls::{label, muted, name_for_readers, wrong};
use crate::app::words::{self, bytes, say};
use crate::app::{App, Command};
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::files::StatedTraining;
use palimpsest_method::examination::StatedHash;
use palimpsest_method::examination::inspection::ModelFacts;

impl App {
    pub(super) fn model_picker(
        &self,
        ui: &mut Ui,
        role: ModelRole,
        known: Option<&Inspected>,
        (set_up, change): (&mut SetUp, &mut Change),
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
        let base = known.and_then(|known| known.pretrained.as_ref());
        match known.and_then(|known| known.model(role)) {
            Some(Ok(facts)) => {
                let kind = known.and_then(|known| Some(&*known.kind(role)?.what));
                self.model_facts(ui, described(role, kind, facts), facts, commands);
                if role == ModelRole::Finetuned && facts.description.lora.is_none() {
                    self.nearest_models(ui, commands);
                }
            }
            Some(Err(refusal)) => {
                let asked = refusal.asks.as_ref().is_some_and(|question| {
                    self.ask_about_file(ui, question, set_up, change, commands)
                });
                if !asked {
                    refused(ui, path, refusal);
                }
            }
            None if role == ModelRole::Finetuned && matches!(base, Some(Err(_))) => {
                muted(ui, say!("it-is-looked-at-once"));
            }
            None => {
                muted(ui, say!("looking-at-the-model"));
            }
        }
        if role == ModelRole::Finetuned {
            adapters(ui, known, set_up, change, commands);
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
                let text = chosen.map_or_else(|| say!("choose").to_owned(), model_name);
                let width = ui.available_width();
                let picker = Button::new(text)
                    .right_text("▾")
                    .truncate()
                    .min_size(egui::vec2(width, size::CONTROL));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let picker = ui.add(picker);
                    name_for_readers(&picker, role.title());
                    let hover = chosen.map(|path| path.display().to_string());
                    let picker = picker.on_hover_text(hover.unwrap_or(say!("choose").into()));
                    if picker.clicked() {
                        commands.push(Command::Library(Wanted::Model(role)));
                    }
                });
            });
        });
    }

    fn model_facts(
        &self,
        ui: &mut Ui,
        described: String,
        facts: &ModelFacts,
        commands: &mut Commands,
    ) {
        muted(ui, described);
        let of = &facts.description;
        // What an adapter does not use is listed below it.
        let notes = of.notes.iter().filter(|_| of.lora.is_none());
        for note in notes {
            muted(ui, words::recorded(note));
        }
        match self.state.hashes.get(&facts.files).map(|hash| hash.known()) {
            Some(Some(Err(error))) => {
                wrong(ui, error);
            }
            None => {
                let link = egui::Link::new(RichText::new(say!("compute-its-hash")).small());
                if ui.add(link).clicked() {
                    commands.push(Command::HashModels);
                }
            }
            Some(None) => {
                muted(ui, say!("computing-its-hash"));
            }
            Some(Some(Ok(hash))) => {
                let short = hash.get(..16).unwrap_or(hash);
                let shown = muted(ui, format!("SHA-256 {short}…")).on_hover_text(hash);
                shown.context_menu(|ui| {
                    if ui.button(say!("copy")).clicked() {
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
    let menu = ui.menu_button(say!("browse"), |ui| {
        let file = match role {
            ModelRole::Pretrained => say!("for-a-file"),
            ModelRole::Finetuned => say!("for-a-file-or-lora"),
        };
        if ui.button(file).clicked() {
            commands.push(Command::ChooseModelFile(role));
            ui.close();
        }
        if ui.button(say!("for-a-folder")).clicked() {
            commands.push(Command::ChooseModel(role));
            ui.close();
        }
    });
    let name = match role {
        ModelRole::Pretrained => say!("browse-for-the-pretrained-model"),
        ModelRole::Finetuned => say!("browse-for-the-fine-tuned-model"),
    };
    name_for_readers(&menu.response, name);
}

impl App {
    /// Says whether both models can be examined together, once each is known by itself: what is wrong with one of them
    /// stands there already.
    pub(super) fn pair_line(
        &self,
        ui: &mut Ui,
        known: &Inspected,
        (set_up, change): (&mut SetUp, &mut Change),
        commands: &mut Commands,
    ) {
        let both = [&known.pretrained, &known.finetuned];
        let [Some(Ok(pretrained)), Some(Ok(finetuned))] = both else {
            return;
        };
        match &known.pair {
            Some(Ok(facts)) => {
                let text = say!("can-be-examined-together", "pixels" => facts.resolution);
                let colour = tokens::of(ui).good;
                ui.label(RichText::new(text).color(colour).small());
            }
            Some(Err(Refusal { text, asks })) => match asks {
                // It is asked below the adapters.
                Some(Question::Unused) => {}
                Some(question) if self.ask_about_file(ui, question, set_up, change, commands) => {}
                Some(_) | None => {
                    wrong(ui, text);
                }
            },
            None => {}
        }
        let hash = match &pretrained.files[..] {
            [file] => self.state.known_hash(file).or(known.base_hash),
            _ => None,
        };
        let is_one_file = known.kind(ModelRole::Pretrained).is_some();
        let of = &finetuned.description;
        let further = of.further.iter().filter_map(|lora| lora.stated.as_ref());
        for stated in of.stated.iter().chain(further) {
            base_line(ui, stated, hash, is_one_file);
        }
    }
}

/// Whether the base that a file names is the chosen one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Base {
    Chosen,
    Other,
    Unknown,
}

/// Says what a file states of the model that it was made from, and whether that is the chosen one.
fn base_line(ui: &mut Ui, stated: &StatedTraining, hash: Option<Digest>, is_one_file: bool) {
    let Some((base, text)) = base_words(stated, hash, is_one_file) else {
        return;
    };
    let colours = tokens::of(ui);
    let colour = match base {
        Base::Chosen => colours.good,
        Base::Other => colours.warning,
        Base::Unknown => colours.muted,
    };
    ui.label(RichText::new(text).color(colour).small());
}

fn base_words(
    stated: &StatedTraining,
    hash: Option<Digest>,
    is_one_file: bool,
) -> Option<(Base, String)> {
    Some(match (StatedHash::of(stated), hash) {
        (Some(claimed), Some(hash)) if is_one_file && claimed.is_of(&hash) => {
            (Base::Chosen, say!("its-file-names-this-model").to_owned())
        }
        (Some(claimed @ StatedHash::Whole(_)), Some(_)) if is_one_file => (
            Base::Other,
            say!("its-file-names-a-base", "hash" => claimed.told()),
        ),
        (Some(_), _) if is_one_file => (Base::Unknown, say!("its-file-names-a-hash").to_owned()),
        (Some(claimed @ StatedHash::Whole(_)), _) => {
            let name = stated.base_model.as_deref().map(one_line);
            let hash = claimed.told();
            let text = match name {
                Some(name) => say!("names-single-file-called", "name" => name, "hash" => hash),
                None => say!("names-single-file", "hash" => hash),
            };
            (Base::Unknown, text)
        }
        _ => {
            let base = one_line(stated.base_model.as_deref()?);
            (Base::Unknown, say!("its-file-says", "base" => base))
        }
    })
}

/// The thing that a model is, in one line.
fn described(role: ModelRole, kind: Option<&str>, facts: &ModelFacts) -> String {
    let of = &facts.description;
    let kind = kind.map(capital);
    let is_said = kind.as_ref().is_some_and(|kind| kind.contains(&of.family));
    let family = (!is_said).then(|| words::recorded(&of.family));
    let mut parts: Vec<String> = kind.into_iter().chain(family).collect();
    parts.extend([
        of.prediction.replace('_', "-"),
        format!("{} px", of.resolution),
        bytes(facts.bytes),
    ]);
    if of.lora.is_none() && !of.borrowed.is_empty() {
        let borrowed = of.borrowed.join(", ");
        parts.push(match role {
            ModelRole::Pretrained => say!("takes-from-finetuned", "parts" => borrowed),
            ModelRole::Finetuned => say!("takes-from-pretrained", "parts" => borrowed),
        });
    }
    parts.join(" · ")
}

/// Says why a model cannot be examined; its path stands above already.
fn refused(ui: &mut Ui, path: &Path, refusal: &Refusal) {
    let text = one_line(&of_it(&refusal.text, path));
    match refusal.asks {
        Some(_) => muted(ui, text),
        None => wrong(ui, &text),
    };
}

/// Name of a model in the picker.
fn model_name(path: &Path) -> String {
    let built_in = ModelRole::BOTH
        .iter()
        .any(|role| path == Path::new(role.built_in()));
    match built_in {
        true => say!("built-in", "name" => path.display()),
        false => name_of(&PathBuf::from(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stated_base_is_held_against_the_chosen_file() {
        let hash = |digits: &str| digits.repeat(32);
        let digest = |digits: &str| -> Digest {
            serde_json::from_value(serde_json::json!(hash(digits))).unwrap()
        };
        let stated: StatedTraining = serde_json::from_value(serde_json::json!({
            "base_model": "hills\nbase.safetensors",
            "base_sha256": hash("AB"),
        }))
        .unwrap();
        let base = |chosen, is_one_file| base_words(&stated, chosen, is_one_file).unwrap();
        assert_eq!(base(Some(digest("ab")), true).0, Base::Chosen);
        let (other, said) = base(Some(digest("cd")), true);
        assert!(
            other == Base::Other && said.contains("ababababab…"),
            "{said}"
        );
        assert!(base(None, true).1.contains("when the run begins"));
        // Nothing follows from the hash of a folder's part.
        for part in ["cd", "ab"] {
            let (unknown, said) = base(Some(digest(part)), false);
            assert_eq!(unknown, Base::Unknown);
            assert!(
                said.contains("“hills base.safetensors”") && said.contains("is a folder"),
                "{said}"
            );
        }
        // A short hash is taken when the run begins.
        let short: StatedTraining =
            serde_json::from_value(serde_json::json!({ "base_autov1": "1a2b3c4d" })).unwrap();
        let (unknown, said) = base_words(&short, Some(digest("cd")), true).unwrap();
        assert!(
            unknown == Base::Unknown && said.contains("when the run begins"),
            "{said}"
        );
        assert_eq!(base_words(&StatedTraining::default(), None, true), None);
    }
}
