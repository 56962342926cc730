//! Items of a case, a row an examination: picture, role, score, hash, and the examiner's note, which is
//! written into the journal when the field is left.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use eframe::egui::{self, Align, Layout, RichText, Sense, TextEdit, Ui, vec2};

use super::Commands;
use crate::app::case_cache::{CachedCase, CachedItem};
use crate::app::queue::word;
use crate::app::tokens::{self, radius, size, space};
use crate::app::widgets::controls::{heading, muted, name_for_readers};
use crate::app::words::{self, number, say};
use crate::app::{App, Command};
use palimpsest_method::artwork::Reading;
use palimpsest_record::casework::exhibit::score_name;

/// Height of a row and side of its picture.
const ROW: f32 = 48.0;
const PICTURE: f32 = 36.0;
/// Widths of the columns that do not share what is left.
const SCORE: f32 = 116.0;
const HASH: f32 = 76.0;
/// The least width of the columns of names and notes.
const LEAST: f32 = 140.0;
/// Digits of a hash that are shown.
const DIGITS: usize = 10;

/// Notes as they are typed, by case and item, until they stand in the journal.
#[derive(Default)]
pub struct Notes(BTreeMap<(PathBuf, String), String>);

impl App {
    pub(super) fn items(
        &mut self,
        ui: &mut Ui,
        folder: &Path,
        cached: &CachedCase,
        commands: &mut Commands,
    ) {
        heading(ui, say!("items"));
        let widths = widths(ui);
        head(
            ui,
            widths,
            score_name(words::exhibit(), cached.question.primary_score),
        );
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = space::HAIR;
            for item in &cached.items {
                self.item(ui, folder, item, widths, commands);
            }
        });
    }

    fn item(
        &mut self,
        ui: &mut Ui,
        folder: &Path,
        item: &CachedItem,
        [name, note]: [f32; 2],
        commands: &mut Commands,
    ) {
        ui.push_id(&item.folder, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::MEDIUM;
                if self.named(ui, item, name) {
                    commands.extend(self.result_of(folder, item).map(Command::ShowResult));
                }
                cell(ui, SCORE, Layout::right_to_left(Align::Center), |ui| {
                    score(ui, item);
                });
                cell(ui, HASH, Layout::left_to_right(Align::Center), |ui| {
                    hash(ui, item, commands);
                });
                cell(ui, note, Layout::left_to_right(Align::Center), |ui| {
                    self.note_field(ui, folder, item, commands);
                });
            });
        });
    }

    /// Picture, name and role; returns whether they were clicked.
    fn named(&mut self, ui: &mut Ui, item: &CachedItem, width: f32) -> bool {
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
        let role = role(item);
        let described = say!("two-parts", "one" => item.name, "other" => role);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &described));
        let colours = tokens::of(ui);
        if response.hovered() || response.has_focus() {
            let radius = f32::from(radius::CONTROL);
            ui.painter().rect_filled(rect, radius, colours.control);
        }
        let frame = egui::Rect::from_center_size(
            egui::pos2(rect.left() + space::TIGHT + PICTURE / 2.0, rect.center().y),
            vec2(PICTURE, PICTURE),
        );
        let texture = item
            .picture
            .as_ref()
            .and_then(|picture| self.image_cache.thumbnail(ui.ctx(), picture));
        match texture {
            Some(Ok(texture)) => egui::Image::new(&texture).paint_at(ui, frame),
            _ => {
                ui.painter().rect_filled(frame, 0.0, colours.panel);
            }
        }
        let left = frame.right() + space::SMALL;
        let room = rect.right() - left - space::TIGHT;
        let (body, small) = (egui::TextStyle::Body, egui::TextStyle::Small);
        for (text, style, ink, at) in [
            (&item.name, body, colours.text, 0.32),
            (&role, small, colours.muted, 0.70),
        ] {
            let font = style.resolve(ui.style());
            let mut job = egui::text::LayoutJob::simple_singleline(text.clone(), font, ink);
            job.wrap = egui::text::TextWrapping::truncate_at_width(room);
            let galley = ui.painter().layout_job(job);
            let y = rect.top() + at * rect.height() - galley.size().y / 2.0;
            ui.painter().galley(egui::pos2(left, y), galley, ink);
        }
        let mut hover = item.name.clone();
        if !item.declared.is_empty() {
            hover = format!("{hover}\n{}", say!("declared-is", "text" => item.declared));
        }
        if let Some(reason) = &item.kept_out {
            let reason = words::recorded(reason);
            hover = format!("{hover}\n{}", say!("kept-out-because", "reason" => reason));
        }
        response.on_hover_text(hover).clicked()
    }

    /// The result of an item that can be compared, by its place.
    fn result_of(&self, folder: &Path, item: &CachedItem) -> Option<usize> {
        let files = Path::new(&item.folder);
        let mut finished = self.state.finished.iter();
        finished.position(|finished| {
            finished.case == folder
                && Path::new(&finished.findings.files.original).starts_with(files)
        })
    }

    fn note_field(
        &mut self,
        ui: &mut Ui,
        folder: &Path,
        item: &CachedItem,
        commands: &mut Commands,
    ) {
        let drafts = &mut self.notes.0;
        let key = (folder.to_owned(), item.folder.clone());
        if drafts.get(&key) == Some(&item.note) {
            drafts.remove(&key);
        }
        let mut text = drafts.get(&key).unwrap_or(&item.note).clone();
        let edit = TextEdit::singleline(&mut text)
            .hint_text(RichText::new(say!("note")).italics())
            .desired_width(f32::INFINITY);
        let response = ui.add_enabled(self.state.refuses_case().is_none(), edit);
        name_for_readers(
            &response,
            &say!("note-on", "name" => item.name, "role" => role(item)),
        );
        if response.lost_focus() && text.trim() != item.note {
            let item = item.folder.clone();
            let text = text.trim().to_owned();
            commands.push(Command::Note { item, text });
        }
        if response.changed() {
            drafts.insert(key, text);
        }
    }
}

/// Widths of the columns of names and notes.
fn widths(ui: &Ui) -> [f32; 2] {
    let rest = ui.available_width() - SCORE - HASH - 3.0 * space::MEDIUM - space::MEDIUM;
    let name = (rest * 0.58).max(LEAST);
    [name, (rest - name).max(LEAST)]
}

fn head(ui: &mut Ui, [name, note]: [f32; 2], score: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::MEDIUM;
        let left = Layout::left_to_right(Align::Center);
        let right = Layout::right_to_left(Align::Center);
        for (title, width, layout) in [
            (say!("work"), name, left),
            (score, SCORE, right),
            (say!("sha-256"), HASH, left),
            (say!("examiners-note"), note, left),
        ] {
            ui.allocate_ui_with_layout(vec2(width, size::ROW), layout, |ui| {
                ui.set_min_width(width);
                let text = RichText::new(title).small().color(tokens::of(ui).muted);
                ui.add(egui::Label::new(text).truncate());
            });
        }
    });
}

fn cell(ui: &mut Ui, width: f32, layout: Layout, show: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
        ui.set_min_size(vec2(width, ROW));
        ui.set_max_width(width);
        show(ui);
    });
}

fn score(ui: &mut Ui, item: &CachedItem) {
    match (&item.score, &item.kept_out) {
        (Ok(score), None) => {
            ui.label(RichText::new(number(*score)).text_style(tokens::readout()));
        }
        (Ok(score), Some(reason)) => {
            let text = format!("({})", number(*score));
            muted(ui, text).on_hover_text(words::recorded(reason));
        }
        (Err(reason), _) => {
            muted(ui, "–").on_hover_text(words::recorded(reason));
        }
    }
}

fn hash(ui: &mut Ui, item: &CachedItem, commands: &mut Commands) {
    let Some(hash) = &item.sha256 else {
        muted(ui, "–");
        return;
    };
    let short = RichText::new(hash.prefix(DIGITS)).monospace();
    let label = egui::Label::new(short).sense(Sense::click());
    let response = ui
        .add(label)
        .on_hover_text(format!("{hash}\n{}", say!("click-to-copy")));
    if response.clicked() {
        commands.push(Command::CopyText(hash.to_string()));
    }
}

fn role(item: &CachedItem) -> String {
    let read = item.reading.map(Reading::words);
    let again = (item.repeat > 0).then(|| say!("repetition", "number" => item.repeat + 1));
    let role = [
        Some(word(item.role).to_owned()),
        read.map(words::recorded),
        again,
    ];
    role.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
