//! The artworks at the left: thumbnail, name, how far each is; chosen by a click, moved and removed.

use std::path::Path;
use std::sync::Arc;

use eframe::egui::{
    self, Align2, Color32, CornerRadius, Galley, Rect, Response, RichText, ScrollArea, Sense, Ui,
    vec2,
};

use super::Commands;
use crate::app::queue::{ROLES, Work, word};
use crate::app::state::Status;
use crate::app::tokens::{self, radius, size, space};
use crate::app::widgets::controls::muted;
use crate::app::widgets::shortened::shortened;
use crate::app::{App, Command};
use palimpsest_base::number_format::counted;

impl App {
    pub(super) fn queue_panel(&mut self, ui: &mut Ui, commands: &mut Commands) {
        ui.horizontal(|ui| {
            ui.label(RichText::new("Artworks").text_style(egui::TextStyle::Heading));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Open…").clicked() {
                    commands.push(Command::OpenArtworks);
                }
            });
        });
        ui.add_space(space::TIGHT);
        let works = self.state.queue.works.clone();
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::HAIR;
                for work in &works {
                    let response = self.work_row(ui, work);
                    if self.state.row_to_show == Some(work.id) {
                        self.state.row_to_show = None;
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        commands.push(Command::Select(work.id));
                    }
                    response.context_menu(|ui| work_menu(ui, work, commands));
                }
                if works.is_empty() {
                    muted(
                        ui,
                        match self.takes_drops {
                            true => "Drop pictures on the window, or open them.",
                            false => "Open the pictures to be examined.",
                        },
                    );
                }
            });
    }

    fn work_row(&mut self, ui: &mut Ui, work: &Work) -> Response {
        let colours = tokens::of(ui);
        let height = size::THUMBNAIL + space::SMALL;
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
        let status = self.state.status(work.id);
        let selected = self.state.queue.selected == Some(work.id);
        let name = work.name();
        response.widget_info(|| {
            let described = format!("{name}, {}, {}", word(work.role), words(status));
            egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, selected, described)
        });
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let fill = match (selected, response.hovered() || response.has_focus()) {
            (true, _) => colours.accent_wash,
            (false, true) => colours.control,
            (false, false) => Color32::TRANSPARENT,
        };
        ui.painter()
            .rect_filled(rect, f32::from(radius::CONTROL), fill);
        let frame = Rect::from_min_size(
            rect.min + vec2(space::TIGHT, space::TIGHT),
            vec2(size::THUMBNAIL, size::THUMBNAIL),
        );
        self.thumbnail(ui, &work.path, frame, true);
        let text = Rect::from_min_max(
            egui::pos2(frame.right() + space::SMALL, rect.top()),
            egui::pos2(rect.right() - space::TIGHT, rect.bottom()),
        );
        let body = egui::TextStyle::Body.resolve(ui.style());
        let small = egui::TextStyle::Small.resolve(ui.style());
        let name = shortened(ui, &name, &body, colours.text, text.width());
        line_of(ui, text, 0.32, name, colours.text);
        let (second, ink) = self.second_line(ui, work, status);
        line(ui, text, 0.70, &second, small, ink);
        let path = work.path.display().to_string();
        let hover = match &work.failed {
            Some(error) => format!("{path}\n{error}"),
            None => path,
        };
        response.on_hover_text(hover)
    }

    fn second_line(&self, ui: &Ui, work: &Work, status: Status) -> (String, Color32) {
        let colours = tokens::of(ui);
        let folder = work.path.parent().map(crate::app::queue::name_of);
        // A path without a folder has none to show.
        let folder = folder.unwrap_or_default();
        // Where all are questioned nobody need be told.
        let role = match self.state.queue.has_controls() {
            true => format!("{} · ", word(work.role)),
            false => String::new(),
        };
        match status {
            Status::Failed => ("Cannot be examined".into(), colours.error),
            Status::Running => (self.running(), colours.accent),
            Status::Waiting => (role + &folder, colours.muted),
            Status::Finished(results) => {
                let text = format!("{role}{} · {folder}", counted(results, "result", "results"));
                (text, colours.muted)
            }
        }
    }

    fn running(&self) -> String {
        let live = self.state.run.as_ref().map(|run| &run.live);
        match live.and_then(|live| live.step()) {
            Some(step) => format!("Step {} of {}", step.step, step.of),
            None => "Preparing".into(),
        }
    }

    /// A small picture in a square: filled with the middle of it, or all of it in the middle.
    pub(super) fn thumbnail(&mut self, ui: &mut Ui, path: &Path, frame: Rect, fills: bool) {
        let colours = tokens::of(ui);
        let radius = CornerRadius::same(radius::CONTROL - 1);
        match self.image_cache.thumbnail(ui.ctx(), path) {
            Some(Ok(texture)) => {
                let size = texture.size_vec2();
                let image = egui::Image::new(&texture).corner_radius(radius);
                match fills {
                    true => image.uv(middle_square(size)).paint_at(ui, frame),
                    false => {
                        let scale = (frame.size() / size.max(vec2(1.0, 1.0))).min_elem();
                        let whole = Rect::from_center_size(frame.center(), size * scale);
                        image.paint_at(ui, whole);
                    }
                }
            }
            Some(Err(_)) => {
                ui.painter().rect_filled(frame, radius, colours.control);
                let font = egui::TextStyle::Heading.resolve(ui.style());
                ui.painter().text(
                    frame.center(),
                    Align2::CENTER_CENTER,
                    "!",
                    font,
                    colours.error,
                );
            }
            None => {
                ui.painter().rect_filled(frame, radius, colours.control);
            }
        }
    }
}

/// The square in the middle of a picture, as shares of its sides.
fn middle_square(size: egui::Vec2) -> Rect {
    let short = size.min_elem().max(1.0);
    let share = vec2(short / size.x.max(1.0), short / size.y.max(1.0));
    Rect::from_center_size(egui::pos2(0.5, 0.5), share)
}

/// A line of text at a share of the height of `area`, cut where the area ends.
fn line(ui: &Ui, area: Rect, at: f32, text: &str, font: egui::FontId, colour: Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(area.width());
    let galley = ui.painter().layout_job(job);
    line_of(ui, area, at, galley, colour);
}

/// A laid line of text at a share of the height of `area`.
fn line_of(ui: &Ui, area: Rect, at: f32, galley: Arc<Galley>, colour: Color32) {
    let y = area.top() + at * area.height() - galley.size().y / 2.0;
    ui.painter()
        .galley(egui::pos2(area.left(), y), galley, colour);
}

fn work_menu(ui: &mut Ui, work: &Work, commands: &mut Commands) {
    let rows = [
        ("Move up", Command::Shift(work.id, -1)),
        ("Move down", Command::Shift(work.id, 1)),
        ("Remove", Command::Remove(work.id)),
        (
            "Copy the path",
            Command::CopyText(work.path.display().to_string()),
        ),
    ];
    for (text, command) in rows {
        if ui.button(text).clicked() {
            commands.push(command);
            ui.close();
        }
    }
    ui.separator();
    for role in ROLES {
        let set = ui.radio(work.role == role, format!("Set as {}", word(role)));
        if set.clicked() {
            commands.push(Command::SetRole(work.id, role));
            ui.close();
        }
    }
}

fn words(status: Status) -> &'static str {
    match status {
        Status::Waiting => "waiting",
        Status::Running => "being examined",
        Status::Finished(_) => "examined",
        Status::Failed => "cannot be examined",
    }
}
