//! An exhibit that was opened without its case: what holds of it, and what nobody can tell without the case.

use eframe::egui::{self, RichText, Ui};

use super::Commands;
use super::overlays::tall;
use crate::app::Command;
use crate::app::state::ExhibitAlone;
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::{fact, heading, primary, wrong};
use crate::app::words::{self, say};

pub(super) fn exhibit_alone(ui: &mut Ui, exhibit: &ExhibitAlone, commands: &mut Commands) {
    ui.heading(say!("an-exhibit-without-its-case"));
    let colours = tokens::of(ui);
    let (text, colour) = match exhibit.problems.is_empty() {
        true => (say!("what-is-attached-to-it-holds"), colours.good),
        false => (say!("what-is-attached-to-it-does"), colours.error),
    };
    ui.label(RichText::new(text).color(colour));
    ui.add_space(space::TIGHT);
    let height = ui.ctx().content_rect().height() * 0.6;
    tall(height).show(ui, |ui| {
        ui.set_width(ui.available_width());
        fact(ui, say!("file"), exhibit.name.as_str());
        let cover = &exhibit.cover;
        for (name, value) in [
            (say!("exhibit-number"), &cover.number),
            (say!("title"), &cover.title),
            (say!("parties"), &cover.parties),
            (say!("examiner"), &cover.examiner),
        ] {
            if !value.is_empty() {
                fact(ui, name, value.as_str());
            }
        }
        for problem in &exhibit.problems {
            wrong(ui, problem);
        }
        list(ui, say!("what-holds"), &exhibit.holds);
        list(ui, say!("cannot-be-told"), &exhibit.cannot_tell);
    });
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        if primary(ui, say!("close"), true).clicked() {
            commands.push(Command::CloseOverlay);
        }
        let open = ui
            .button(say!("open-its-case"))
            .on_hover_text(say!("with-the-folder-of-the-case"));
        if open.clicked() {
            commands.push(Command::CloseOverlay);
            commands.push(Command::OpenCase);
        }
    });
}

fn list(ui: &mut Ui, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    heading(ui, title);
    for sentence in sentences {
        ui.add(egui::Label::new(RichText::new(words::recorded(sentence)).small()).wrap());
    }
}
