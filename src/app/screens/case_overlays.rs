//! What lies over the window and concerns a whole case: an exhibit before it is written, and whether the case
//! holds.

use eframe::egui::{self, Grid, RichText, TextEdit, Ui, vec2};

use super::Commands;
use super::overlays::{close, tall};
use crate::app::errands::Report;
use crate::app::exhibition::{Exhibition, Form};
use crate::app::queue::name_of;
use crate::app::tokens::{self, size, space};
use crate::app::widgets::controls::{
    choices, fact, heading, label, muted, name_for_readers, primary, wrong,
};
use crate::app::{App, Command};
use crate::exhibit::PageSize;

/// Height of the window that a page does not have, in points.
const AROUND_PAGE: f32 = 220.0;
/// Height of a page that is still readable, in points.
const LEAST_PAGE: f32 = 240.0;

impl App {
    pub(super) fn exhibit_overlay(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let Some(exhibition) = self.exhibition.take() else {
            commands.push(Command::CloseOverlay);
            return;
        };
        let room = ui.ctx().content_rect().height() - AROUND_PAGE;
        let paper = exhibition
            .form
            .as_ref()
            .map_or(PageSize::A4, |form| form.paper);
        let (width, height) = paper.points();
        let shown = (ui.available_width() - size::FORM - space::WIDE) / width;
        let shown = shown.min(room.max(LEAST_PAGE) / height);
        let scale = shown * ui.pixels_per_point();
        let mut exhibition = exhibition.follow(ui.ctx(), scale);
        ui.heading("Export exhibit");
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(size::FORM);
                form(ui, &mut exhibition, commands);
            });
            ui.add_space(space::MEDIUM);
            ui.vertical(|ui| preview(ui, &mut exhibition, vec2(width, height) * shown));
        });
        self.exhibition = Some(exhibition);
    }

    pub(super) fn verification_overlay(&mut self, ui: &mut Ui, commands: &mut Commands) {
        if let Some((folder, report)) = &self.verification {
            ui.heading("Verification");
            muted(ui, name_of(folder));
            match report.get() {
                None => {
                    muted(ui, "Computing every hash of the case…");
                }
                Some(Err(error)) => {
                    wrong(ui, error);
                }
                Some(Ok(report)) => shown(ui, report),
            }
        }
        close(ui, commands);
    }
}

fn form(ui: &mut Ui, exhibition: &mut Exhibition, commands: &mut Commands) {
    if let Some(error) = exhibition.error() {
        wrong(ui, error);
    }
    let usual = exhibition.usual_title();
    match &mut exhibition.form {
        None => {
            muted(ui, "Reading the case…");
        }
        Some(form) => fields(ui, form, &usual),
    }
    ui.add_space(space::MEDIUM);
    ui.horizontal(|ui| {
        if primary(ui, "Save as…", exhibition.form.is_some()).clicked() {
            commands.push(Command::SaveExhibit);
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseOverlay);
        }
    });
}

fn fields(ui: &mut Ui, form: &mut Form, usual_title: &str) {
    let cover = &mut form.cover;
    for (name, hint, text) in [
        ("Exhibit number", "P-7", &mut cover.number),
        ("Title", usual_title, &mut cover.title),
        ("Parties", "A. Painter v. B. Model Ltd", &mut cover.parties),
        ("Examiner", "name and address", &mut cover.examiner),
    ] {
        label(ui, name);
        let edit = TextEdit::singleline(text)
            .hint_text(hint)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        name_for_readers(&response, name);
    }
    label(ui, "Paper");
    let papers = [(PageSize::A4, "A4"), (PageSize::Letter, "Letter")];
    if let Some(paper) = choices(ui, form.paper, &papers) {
        form.paper = paper;
    }
    ui.checkbox(&mut form.certificate, "Blank certificate of authenticity")
        .on_hover_text("For the certification under Federal Rules of Evidence 902(13) and (14)");
    muted(
        ui,
        "What is given is noted in the case's journal. Before it is written every hash of the case is checked.",
    );
}

fn preview(ui: &mut Ui, exhibition: &mut Exhibition, size: egui::Vec2) {
    match &exhibition.shown {
        None => {
            ui.allocate_space(size);
        }
        Some(Err(error)) => {
            wrong(ui, error);
        }
        Some(Ok(texture)) => {
            let name = format!("Page {} of the exhibit", exhibition.page + 1);
            let image = egui::Image::new((texture.id(), size)).alt_text(name);
            ui.add(image);
        }
    }
    let last = exhibition.pages.saturating_sub(1);
    ui.horizontal(|ui| {
        let back = egui::Button::new("Previous page");
        if ui.add_enabled(exhibition.page > 0, back).clicked() {
            exhibition.page -= 1;
        }
        let on = egui::Button::new("Next page");
        if ui.add_enabled(exhibition.page < last, on).clicked() {
            exhibition.page += 1;
        }
        if exhibition.pages > 0 {
            muted(
                ui,
                format!("Page {} of {}", exhibition.page + 1, exhibition.pages),
            );
        }
    });
}

fn shown(ui: &mut Ui, report: &Report) {
    let colours = tokens::of(ui);
    let (text, colour) = match report.holds {
        true => ("The case holds", colours.good),
        false => ("The case does not hold", colours.error),
    };
    ui.label(
        RichText::new(text)
            .color(colour)
            .text_style(egui::TextStyle::Heading),
    );
    muted(ui, &report.checked);
    let height = ui.ctx().content_rect().height() * 0.6;
    tall(height).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        for problem in &report.problems {
            wrong(ui, problem);
        }
        list(ui, "To be known", &report.notices);
        list(ui, "What cannot be excluded", &report.cannot_exclude);
        if let Some(key) = &report.key {
            heading(ui, "Signed by");
            ui.label(RichText::new(key).text_style(tokens::readout()));
        }
        journal(ui, report);
    });
}

fn list(ui: &mut Ui, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    heading(ui, title);
    for sentence in sentences {
        muted(ui, sentence);
    }
}

fn journal(ui: &mut Ui, report: &Report) {
    heading(ui, "Journal");
    fact(ui, "Entries", report.entries.len().to_string());
    Grid::new("journal")
        .num_columns(5)
        .spacing([space::LARGE, space::TIGHT])
        .show(ui, |ui| {
            for title in ["", "Time (UTC)", "Who", "Event", "Hash"] {
                label(ui, title);
            }
            ui.end_row();
            for line in &report.entries {
                let small = |text: &str| RichText::new(text).small();
                ui.label(small(&line.number.to_string()));
                ui.label(small(&line.time));
                ui.label(small(&line.who));
                ui.label(small(&line.event));
                ui.label(small(&line.hash).monospace());
                ui.end_row();
            }
        });
}
