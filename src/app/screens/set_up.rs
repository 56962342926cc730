//! The panel of everything that an examination depends on beside the artwork. Mask, prompt and encoders are
//! here; models, settings, question and machine stand in files of their own.

use std::path::Path;

use eframe::egui::{self, Id, RichText, ScrollArea, Ui, UiBuilder};

use super::inquiry::inquiry;
use super::prepare::{mask_name, removed};
use super::questions::answers;
use super::settings::settings;
use super::stated::{prompts_offered, stated_card};
use super::{Change, Commands};
use crate::app::inspection::Inspected;
use crate::app::library::Wanted;
use crate::app::queue::name_of;
use crate::app::set_up::{Encoder, ModelRole, SetUp};
use crate::app::tokens::space;
use crate::app::widgets::controls::{
    heading, muted, name_for_readers, row, unlabelled_field, wrong,
};
use crate::app::words::say;
use crate::app::{App, Command};
use palimpsest_method::examination::PromptSource;
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
        let known = self.state.inspection.known_of(&set_up);
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.add_enabled_ui(self.state.run.is_none(), |ui| {
                    self.lack_of_room(ui, commands);
                    ui.label(RichText::new(say!("models")).text_style(egui::TextStyle::Heading));
                    for role in ModelRole::BOTH {
                        let desk = (&mut set_up, &mut change);
                        self.model_picker(ui, role, known.as_ref(), desk, commands);
                    }
                    answers(ui, &mut set_up, &mut change);
                    if let Some(known) = &known {
                        self.pair_line(ui, known, (&mut set_up, &mut change), commands);
                        stated_by(ui, known);
                    }
                    masks(ui, &mut set_up, &mut change);
                    prompt(ui, &mut set_up, known.as_ref(), &mut change);
                    let asked = (&self.state.queue, self.state.further_examinations());
                    inquiry(ui, asked, &mut set_up, &mut change, commands);
                    settings(ui, &mut set_up, known.as_ref(), &mut change);
                    self.encoders(ui, known.as_ref(), &mut set_up, &mut change, commands);
                    self.machine(ui, known.as_ref(), &mut set_up, &mut change);
                });
            });
        if let Some((deed, continues)) = change {
            commands.push(Command::SetUp(Box::new(set_up), deed, continues));
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
        heading(ui, say!("similarity-encoders"));
        for encoder in Encoder::BOTH {
            let path = set_up.encoder(encoder).map(Path::to_owned);
            // Under its own name, as the models' pickers are.
            let own = UiBuilder::new().scope_id(Id::unique(("encoder", encoder.title())));
            ui.scope_builder(own, |ui| {
                row(ui, encoder.title(), "", |ui| {
                    if path.is_some() && ui.button(say!("remove")).clicked() {
                        set_up.set_encoder(encoder, None);
                        *change = Some((say!("remove-an-encoder"), false));
                    }
                    let choose = ui.button(say!("choose"));
                    name_for_readers(&choose, &say!("choose-what", "what" => encoder.title()));
                    if choose.clicked() {
                        commands.push(Command::Library(Wanted::Encoder(encoder)));
                    }
                    if let Some(path) = &path {
                        ui.add(egui::Label::new(name_of(path)).truncate());
                    }
                });
            });
            if let Some(Err(error)) = known.and_then(|known| known.encoder(encoder)) {
                wrong(ui, error);
            }
        }
        if set_up.clip.is_none() || set_up.dino.is_none() {
            muted(ui, say!("without-them-the-scores"));
        }
    }
}

/// What the files of the models say of themselves.
fn stated_by(ui: &mut Ui, known: &Inspected) {
    for role in ModelRole::BOTH {
        if let Some(Ok(facts)) = known.model(role)
            && let Some(stated) = &facts.description.stated
        {
            let title = match role {
                ModelRole::Pretrained => say!("what-the-pretrained-models-file-says"),
                ModelRole::Finetuned => say!("what-the-fine-tuned-models-file"),
            };
            stated_card(ui, title, stated);
        }
    }
    let Some(Ok(finetuned)) = &known.finetuned else {
        return;
    };
    for further in &finetuned.description.further {
        if let Some(stated) = &further.stated {
            let title = say!("what-says-of-itself", "name" => name_of(&further.file));
            stated_card(ui, &title, stated);
        }
    }
}

fn masks(ui: &mut Ui, set_up: &mut SetUp, change: &mut Change) {
    heading(ui, say!("mask"));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::HAIR;
        ui.spacing_mut().button_padding.x = space::SMALL;
        for mask in MASKS {
            let chosen = set_up.masks.contains(&mask);
            let response = ui.selectable_label(chosen, mask_name(mask));
            let explained = say!("titled", "title" => mask.to_string(), "text" => removed(mask));
            let response = response.on_hover_text(explained);
            if response.clicked() {
                let several = ui.input(|input| input.modifiers.command || input.modifiers.shift);
                choose_mask(&mut set_up.masks, mask, several);
                *change = Some((say!("mask"), false));
            }
        }
    });
    let note = match set_up.masks.len() {
        1 => say!("ctrl-click-for-several-each-artwork").to_owned(),
        masks => say!("each-artwork-is-examined-with-each", "masks" => masks),
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
    heading(ui, say!("prompt-of-the-fine-tuning"));
    let facts = known.and_then(Inspected::facts);
    let hint = facts.map_or_else(|| "sks style".to_owned(), |facts| facts.prompt.clone());
    let name = say!("prompt-of-the-fine-tuning");
    if unlabelled_field(ui, name, &hint, &mut set_up.prompt).changed() {
        *change = Some((say!("prompt"), true));
    }
    if let Some(Some(Ok(facts))) = known.map(|known| &known.finetuned) {
        let of = &facts.description;
        let first = of.stated.iter().map(|stated| (name_of(&of.path), stated));
        let further = of
            .further
            .iter()
            .filter_map(|further| Some((name_of(&further.file), further.stated.as_ref()?)));
        let files: Vec<_> = first.chain(further).collect();
        prompts_offered(ui, &files, set_up, change);
    }
    let note = match facts.map(|facts| facts.prompt_source) {
        _ if !set_up.prompt.trim().is_empty() => return,
        Some(PromptSource::File) => say!("from-the-file-beside-the-fine"),
        _ => say!("not-known-the-usual"),
    };
    muted(ui, note);
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
