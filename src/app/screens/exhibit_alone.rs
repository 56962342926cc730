//! An exhibit that was opened without its case: what holds of it, and what nobody can tell without the case.

use eframe::egui::{self, RichText, Ui};

use super::Commands;
use super::overlays::tall;
use crate::app::Command;
use crate::app::state::ExhibitAlone;
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::{fact, heading, primary, wrong};

pub(super) fn exhibit_alone(ui: &mut Ui, exhibit: &ExhibitAlone, commands: &mut Commands) {
    ui.heading("An exhibit without its case");
    let colours = tokens::of(ui);
    let (text, colour) = match exhibit.problems.is_empty() {
        true => ("✔ What is attached to it holds", colours.good),
        false => ("✘ What is attached to it does not hold", colours.error),
    };
    ui.label(RichText::new(text).color(colour));
    ui.add_space(space::TIGHT);
    let height = ui.ctx().content_rect().height() * 0.6;
    tall(height).show(ui, |ui| {
        ui.set_width(ui.available_width());
        fact(ui, "File", exhibit.name.as_str());
        let cover = &exhibit.cover;
        for (name, value) in [
            ("Exhibit number", &cover.number),
            ("Title", &cover.title),
            ("Parties", &cover.parties),
            ("Examiner", &cover.examiner),
        ] {
            if !value.is_empty() {
                fact(ui, name, value.as_str());
            }
        }
        for problem in &exhibit.problems {
            wrong(ui, problem);
        }
        list(ui, "What holds", &exhibit.holds);
        list(
            ui,
            "What cannot be told without the case",
            &exhibit.cannot_tell,
        );
    });
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        if primary(ui, "Close", true).clicked() {
            commands.push(Command::CloseOverlay);
        }
        let open = ui.button("Open its case…").on_hover_text(
            "With the folder of the case the pages themselves are checked: put the exhibit into its folder exhibits",
        );
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
        ui.add(egui::Label::new(RichText::new(sentence).small()).wrap());
    }
}
