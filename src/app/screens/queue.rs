//! The artworks at the left: thumbnail, name, how far each is; chosen by a click or the arrows, moved and removed.

use std::sync::Arc;

use eframe::egui::{
    self, Color32, Galley, Id, Rect, Response, RichText, Role, ScrollArea, Sense, Ui, UiBuilder,
    vec2,
};

use super::Commands;
use crate::app::queue::{ROLES, Work, WorkId, word};
use crate::app::state::{Screen, Status};
use crate::app::tokens::{self, radius, size, space};
use crate::app::widgets::controls::{muted, name_for_readers};
use crate::app::widgets::list::{List, ListKey, moved, scroll_to};
use crate::app::widgets::shortened::shortened;
use crate::app::words::{self, say};
use crate::app::{App, Command};

/// Height of a row.
const ROW: f32 = size::THUMBNAIL + space::SMALL;

impl App {
    pub(super) fn queue_panel(&mut self, ui: &mut Ui, commands: &mut Commands) {
        if is_tiny(ui) {
            let open = ui.button("+").on_hover_text(say!("open-artworks"));
            name_for_readers(&open, say!("open"));
            if open.clicked() {
                commands.push(Command::OpenArtworks);
            }
            ui.add_space(space::TIGHT);
            return self.queue_rows(ui, commands);
        }
        ui.horizontal(|ui| {
            ui.label(RichText::new(say!("artworks")).text_style(egui::TextStyle::Heading));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(say!("open")).clicked() {
                    commands.push(Command::OpenArtworks);
                }
            });
        });
        ui.add_space(space::TIGHT);
        self.queue_rows(ui, commands);
    }

    fn queue_rows(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let works = self.state.queue.works.clone();
        if works.is_empty() {
            muted(
                ui,
                match self.takes_drops {
                    true => say!("drop-pictures-on-the-window"),
                    false => say!("open-the-pictures-to-be-examined"),
                },
            );
            return;
        }
        let area = ScrollArea::vertical().auto_shrink([false, false]);
        area.show_viewport(ui, |ui, seen| self.queue_list(ui, seen, &works, commands));
    }

    /// The rows, of which only those that are seen are drawn: one stop of the Tab key.
    fn queue_list(&mut self, ui: &mut Ui, seen: Rect, works: &[Work], commands: &mut Commands) {
        let (origin, width) = (ui.max_rect().min, ui.available_width());
        let step = ROW + space::HAIR;
        let whole = vec2(width, step * works.len() as f32);
        ui.allocate_rect(Rect::from_min_size(origin, whole), Sense::hover());
        let shown = Rect::from_min_size(origin + seen.min.to_vec2(), seen.size());
        let id = Id::unique("list of artworks");
        let list = List::new(ui, id, shown, (Role::ListBox, say!("artworks")), false);
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_size_of_set(works.len()));
        let row = |place: usize| {
            let top = origin + vec2(0.0, step * place as f32);
            Rect::from_min_size(top, vec2(width, ROW))
        };
        let page = (seen.height() / step).max(1.0) as usize;
        if let Some(place) = self.keys_on_queue(ui, &list, (works, page), commands) {
            scroll_to(ui, row(place), 0.0);
        }
        if let Some(wanted) = self.state.row_to_show.take() {
            let place = works.iter().position(|work| work.id == wanted);
            if let Some(place) = place {
                scroll_to(ui, row(place), 0.0);
            }
        }
        let first = (seen.min.y / step).max(0.0) as usize;
        let last = ((seen.max.y / step).max(0.0) as usize + 1).min(works.len());
        let rows = UiBuilder::new().max_rect(shown).accessibility_parent(id);
        ui.scope_builder(rows, |ui| {
            let seen = works.iter().enumerate().take(last).skip(first);
            for (place, work) in seen {
                let response = self.work_row(ui, &list, row(place), work);
                ui.ctx().accesskit_node_builder(response.id, |node| {
                    node.set_position_in_set(place);
                });
                if response.clicked() {
                    list.response.request_focus();
                    commands.push(Command::Select(work.id));
                }
                response.context_menu(|ui| work_menu(ui, work, commands));
            }
        });
        if self.state.queue.shown().is_none() {
            list.ring(ui, shown);
        }
    }

    /// Keys on the list; returns the place in it that they reached.
    fn keys_on_queue(
        &self,
        ui: &Ui,
        list: &List,
        (works, page): (&[Work], usize),
        commands: &mut Commands,
    ) -> Option<usize> {
        let at = |id: WorkId| works.iter().position(|work| work.id == id);
        let mut selected = self.state.queue.selected.and_then(at);
        let mut reached = None;
        for key in list.keys(ui, page) {
            match key {
                ListKey::Move { down, .. } => {
                    reached = moved(selected, down, works.len());
                    selected = reached;
                    commands.extend(reached.map(|place| Command::Select(works[place].id)));
                }
                // What is selected is shown already, but on another screen than its result.
                ListKey::Open | ListKey::Toggle => {
                    let work = selected.map(|place| &works[place]);
                    commands.extend(work.map(|work| self.opened(work)));
                }
                ListKey::All | ListKey::Star => {}
            }
        }
        reached
    }

    /// The command that opens a work: its newest result, or the work as it will be examined.
    fn opened(&self, work: &Work) -> Command {
        if self.state.status(work.id) == Status::Running {
            return Command::Show(Screen::Recover);
        }
        match self.state.results_of(&work.path).last() {
            Some((index, _)) => Command::ShowResult(index),
            None => Command::Show(Screen::Prepare),
        }
    }

    fn work_row(&mut self, ui: &mut Ui, list: &List, rect: Rect, work: &Work) -> Response {
        let colours = tokens::of(ui);
        let response = ui.interact(rect, list.response.id.with(work.id), Sense::CLICK);
        let status = self.state.status(work.id);
        let selected = self.state.queue.selected == Some(work.id);
        let name = work.name();
        response.widget_info(|| {
            let described = format!("{name}, {}, {}", word(work.role), named(status));
            egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, selected, described)
        });
        let fill = match (selected, response.hovered()) {
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
        if !is_tiny(ui) {
            let body = egui::TextStyle::Body.resolve(ui.style());
            let small = egui::TextStyle::Small.resolve(ui.style());
            let name = shortened(ui, &name, &body, colours.text, text.width());
            line_of(ui, text, 0.32, name, colours.text);
            let (second, ink) = self.second_line(ui, work, status);
            line(ui, text, 0.70, &second, small, ink);
        }
        let path = work.path.display().to_string();
        let hover = match &work.failed {
            Some(error) => format!("{path}\n{}", words::recorded(error)),
            None => path,
        };
        if selected {
            list.reach(&response);
            list.ring(ui, rect);
        }
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
            Status::Failed => (say!("cannot-be-examined").into(), colours.error),
            Status::Running => (self.running(), colours.accent),
            Status::Waiting => (role + &folder, colours.muted),
            Status::Finished(results) => {
                let text = format!(
                    "{role}{} · {folder}",
                    say!("count-of-results", "results" => results)
                );
                (text, colours.muted)
            }
        }
    }

    fn running(&self) -> String {
        let live = self.state.run.as_ref().map(|run| &run.live);
        match live.and_then(|live| live.step()) {
            Some(step) => say!("step-of", "step" => step.step, "of" => step.of),
            None => say!("preparing").into(),
        }
    }
}

/// True where there is room for the pictures of works, and none for their names: these are said to whoever points at one.
fn is_tiny(ui: &Ui) -> bool {
    ui.ctx().content_rect().width() < size::TINY
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
        (say!("move-up"), Command::Shift(work.id, -1)),
        (say!("move-down"), Command::Shift(work.id, 1)),
        (say!("remove"), Command::Remove(work.id)),
        (
            say!("copy-the-path"),
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
        let set = ui.radio(work.role == role, set_as(role));
        if set.clicked() {
            commands.push(Command::SetRole(work.id, role));
            ui.close();
        }
    }
}

/// The way to give a work a role; the desk offers four.
fn set_as(role: palimpsest_record::case::Role) -> &'static str {
    use palimpsest_record::case::Role;
    match role {
        Role::Negative => say!("set-as-negative-control"),
        Role::Positive => say!("set-as-positive-control"),
        Role::Context => say!("set-as-work-of-others"),
        _ => say!("set-as-questioned"),
    }
}

fn named(status: Status) -> &'static str {
    match status {
        Status::Waiting => say!("status-waiting"),
        Status::Running => say!("status-being-examined"),
        Status::Finished(_) => say!("status-examined"),
        Status::Failed => say!("status-cannot-be-examined"),
    }
}
