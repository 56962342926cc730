//! An exhibit before it is written: what is to stand on it, and its pages as they will look.

use std::collections::BTreeSet;

use eframe::egui::{self, Id, RichText, TextEdit, Ui, vec2};

use super::Commands;
use crate::app::exhibit_preview::{
    ExhibitPreview, Form, LACKS_EXAMINER, LACKS_NUMBER, LACKS_PARTIES,
};
use crate::app::tokens::{self, size, space};
use crate::app::widgets::controls::{choices, label, muted, name_for_readers, primary, wrong};
use crate::app::words::{self, say};
use crate::app::{App, Command};
use palimpsest_record::exhibit::{PageSize, Section};
use palimpsest_record::language::Language;

/// Height of the window that a page does not have, in points.
const AROUND_PAGE: f32 = 220.0;
/// Height of a page that is still readable, in points.
const LEAST_PAGE: f32 = 240.0;

impl App {
    pub(super) fn exhibit_overlay(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let Some(exhibit_preview) = self.exhibit_preview.take() else {
            commands.push(Command::CloseOverlay);
            return;
        };
        let room = ui.ctx().content_rect().height() - AROUND_PAGE;
        let paper = exhibit_preview
            .form
            .as_ref()
            .map_or(PageSize::A4, |form| form.paper);
        let (width, height) = paper.points();
        let shown = (ui.available_width() - size::FORM - space::WIDE) / width;
        let shown = shown.min(room.max(LEAST_PAGE) / height);
        let scale = shown * ui.pixels_per_point();
        let mut exhibit_preview = exhibit_preview.follow(ui.ctx(), scale);
        ui.heading(say!("title-export-exhibit"));
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(size::FORM);
                form(ui, &mut exhibit_preview, commands);
            });
            ui.add_space(space::MEDIUM);
            ui.vertical(|ui| preview(ui, &mut exhibit_preview, vec2(width, height) * shown));
        });
        if let Some(form) = &exhibit_preview.form {
            let folder = exhibit_preview.folder.clone();
            self.exhibit_drafts.insert(folder, form.clone());
        }
        self.exhibit_preview = Some(exhibit_preview);
    }
}

fn form(ui: &mut Ui, exhibit_preview: &mut ExhibitPreview, commands: &mut Commands) {
    if let Some(error) = exhibit_preview.error() {
        wrong(ui, error);
    }
    let usual = exhibit_preview.usual_title.clone();
    match &mut exhibit_preview.form {
        None => {
            muted(ui, say!("reading-the-case"));
        }
        Some(form) => fields(ui, form, &usual),
    }
    ui.add_space(space::MEDIUM);
    let lacks = exhibit_preview.form.as_ref().map(Form::lacks);
    let lacks = lacks.unwrap_or_default();
    if exhibit_preview.asks && !lacks.is_empty() {
        return ask(ui, &lacks, exhibit_preview, commands);
    }
    exhibit_preview.asks = false;
    ui.horizontal(|ui| {
        if primary(ui, say!("save-as"), exhibit_preview.form.is_some()).clicked() {
            match lacks.is_empty() {
                true => commands.push(Command::SaveExhibit),
                false => exhibit_preview.asks = true,
            }
        }
        if ui.button(say!("cancel")).clicked() {
            commands.push(Command::CloseOverlay);
        }
    });
}

/// Asks once about what a court looks for first, and takes an empty field for an answer.
fn ask(
    ui: &mut Ui,
    lacks: &[&'static str],
    exhibit_preview: &mut ExhibitPreview,
    commands: &mut Commands,
) {
    let named: Vec<&str> = lacks.iter().map(|id| words::text(id)).collect();
    let sentence = say!("exhibit-lacks", "missing" => named.join(", "));
    ui.label(sentence);
    ui.horizontal(|ui| {
        if primary(ui, say!("fill-in"), true).clicked() {
            exhibit_preview.asks = false;
            if let Some(name) = lacks.first() {
                ui.memory_mut(|memory| memory.request_focus(field_id(name)));
            }
        }
        if ui.button(say!("leave-them-empty")).clicked() {
            commands.push(Command::SaveExhibit);
        }
    });
}

/// The field by the name that [`Form::lacks`] has for it.
fn field_id(name: &str) -> Id {
    Id::unique(("field of an exhibit", name))
}

fn fields(ui: &mut Ui, form: &mut Form, usual_title: &str) {
    let cover = &mut form.cover;
    for (id, name, hint, text) in [
        (
            LACKS_NUMBER,
            say!("exhibit-number"),
            say!("example-of-a-number"),
            &mut cover.number,
        ),
        ("title", say!("title"), usual_title, &mut cover.title),
        (
            LACKS_PARTIES,
            say!("parties"),
            say!("example-of-parties"),
            &mut cover.parties,
        ),
        (
            LACKS_EXAMINER,
            say!("examiner"),
            say!("name-and-address"),
            &mut cover.examiner,
        ),
    ] {
        label(ui, name);
        let field = TextEdit::singleline(text)
            .id(field_id(id))
            .hint_text(RichText::new(hint).italics())
            .desired_width(f32::INFINITY);
        let field = ui.add(field);
        name_for_readers(&field, name);
    }
    label(ui, say!("language-of-the-exhibit"));
    let languages = Language::ALL.map(|language| (language, language.name()));
    if let Some(language) = choices(ui, form.language, &languages) {
        form.language = language;
    }
    if form.language != Language::English {
        muted(ui, say!("the-record-stays-english-and-binds"));
    }
    label(ui, say!("paper"));
    let papers = [(PageSize::A4, "A4"), (PageSize::Letter, "Letter")];
    if let Some(paper) = choices(ui, form.paper, &papers) {
        form.paper = paper;
    }
    egui::CollapsingHeader::new(pages_title(&form.left_out))
        .id_salt("sections")
        .show(ui, |ui| {
            let texts = words::exhibit();
            for section in Section::ALL {
                let mut shown = !form.left_out.contains(&section);
                if ui.checkbox(&mut shown, section.title(texts)).changed() {
                    match shown {
                        true => form.left_out.remove(&section),
                        false => form.left_out.insert(section),
                    };
                }
            }
            muted(ui, say!("page-1-is-always-there"));
        });
    ui.checkbox(
        &mut form.certificate,
        say!("blank-certificate-of-authenticity"),
    )
    .on_hover_text(say!("for-the-certification-under-federal-rules"));
    muted(ui, say!("what-is-given-is-noted"));
}

fn pages_title(left_out: &BTreeSet<Section>) -> String {
    match left_out.len() {
        0 => say!("sections-all").to_owned(),
        some => {
            say!("sections-of", "some" => Section::ALL.len() - some, "all" => Section::ALL.len())
        }
    }
}

fn preview(ui: &mut Ui, exhibit_preview: &mut ExhibitPreview, size: egui::Vec2) {
    match &exhibit_preview.shown {
        None => {
            ui.allocate_space(size);
        }
        Some(Err(error)) => {
            wrong(ui, error);
        }
        Some(Ok(texture)) => {
            let name = say!("page-of-the-exhibit", "number" => exhibit_preview.page + 1);
            let image = egui::Image::new((texture.id(), size)).alt_text(name);
            let page = ui.add(image);
            // Paper has an edge on a light ground too.
            let edge = egui::Stroke::new(1.0, tokens::of(ui).line);
            let middle = egui::StrokeKind::Middle;
            ui.painter().rect_stroke(page.rect, 0, edge, middle);
        }
    }
    let last = exhibit_preview.pages.saturating_sub(1);
    ui.horizontal(|ui| {
        let back = egui::Button::new(say!("previous-page"));
        if ui.add_enabled(exhibit_preview.page > 0, back).clicked() {
            exhibit_preview.page -= 1;
        }
        let on = egui::Button::new(say!("next-page"));
        if ui.add_enabled(exhibit_preview.page < last, on).clicked() {
            exhibit_preview.page += 1;
        }
        if exhibit_preview.pages > 0 {
            muted(
                ui,
                say!(
                    "page-of",
                    "number" => exhibit_preview.page + 1,
                    "of" => exhibit_preview.pages,
                ),
            );
        }
    });
}
