//! The results as a table with small pictures, of which only the rows that are seen are drawn.

use eframe::egui::{self, Align2, Id, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::super::Commands;
use super::super::prepare::mask_name;
use crate::app::light_table::Column;
use crate::app::queue::{ROLES, name_of, word};
use crate::app::state::Finished;
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::list::{List, scroll_to};
use crate::app::widgets::shortened::shortened;
use crate::app::words::{self, say};
use crate::app::{App, Command};
use palimpsest_record::language::FluentArgs;

/// Height of a row and of the head, in points.
const ROW: f32 = 44.0;
const HEAD: f32 = 28.0;
/// Side of the small pictures, and room for a star.
const PICTURE: f32 = 36.0;
const STAR: f32 = 26.0;
/// Where the name begins in the first column.
const BEFORE_NAME: f32 = STAR + 2.0 * (PICTURE + space::TIGHT) + space::TIGHT;
/// The least width of the table's first column, which takes what the others leave.
const LEAST_NAME: f32 = BEFORE_NAME + 120.0;

/// The columns with their widths in so much room: of all that `tells` results apart, and without folder and mask where
/// there is no room for the scores. None is narrower than what `least` says of it.
fn columns(
    room: f32,
    tells: impl Fn(Column) -> bool,
    least: impl Fn(Column) -> f32,
) -> Vec<(Column, f32)> {
    let mut columns = vec![
        (Column::Artwork, LEAST_NAME),
        (Column::Role, 128.0),
        (Column::Folder, 100.0),
        (Column::Model, 120.0),
        (Column::Mask, 104.0),
    ];
    let wide = [Column::Direction, Column::Gain, Column::LossGap];
    let width = |score| if wide.contains(&score) { 84.0 } else { 62.0 };
    columns.extend(Column::SCORES.map(|score| (score, width(score))));
    for (column, width) in &mut columns {
        *width = width.max(least(*column));
    }
    let is_optional = |column| matches!(column, Column::Model | Column::Clip | Column::Dino);
    columns.retain(|&(column, _)| !is_optional(column) || tells(column));
    let sum = |columns: &[(Column, f32)]| columns.iter().map(|(_, width)| width).sum::<f32>();
    for less in [Column::Folder, Column::Mask] {
        if sum(&columns) > room && (less == Column::Folder || !tells(less)) {
            columns.retain(|&(column, _)| column != less);
        }
    }
    let others = sum(columns.get(1..).unwrap_or_default());
    columns[0].1 = (room - others).max(LEAST_NAME);
    columns
}

/// The room that the words of a column take in the language of the window: its title, and of roles the longest.
fn least(ui: &Ui, column: Column) -> f32 {
    let width = |text: &str, style: egui::TextStyle| {
        let font = style.resolve(ui.style());
        let ink = tokens::of(ui).text;
        let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
        galley.size().x
    };
    let title = width(column.title(), egui::TextStyle::Small);
    let roles = ROLES.iter().filter(|_| column == Column::Role);
    let words = roles.map(|role| width(word(*role), egui::TextStyle::Body));
    let widest = words.fold(title, f32::max);
    (widest + space::SMALL + space::MEDIUM).ceil()
}

impl App {
    pub(super) fn table(&mut self, ui: &mut Ui, order: &[usize], commands: &mut Commands) {
        let has_models = self.state.models_of_results().len() > 1;
        let Some(first_mask) = self.state.finished.first().map(|first| first.mask) else {
            return;
        };
        let id = Id::unique("table of results");
        let area = ScrollArea::both().auto_shrink([false, false]);
        area.show_viewport(ui, |ui, seen| {
            let tells = |column: Column| match column {
                Column::Model => has_models,
                Column::Mask => self.state.finished.iter().any(|it| it.mask != first_mask),
                score => self
                    .state
                    .finished
                    .iter()
                    .any(|it| score.number(it).is_some()),
            };
            let columns = columns(ui.available_width(), tells, |column| least(ui, column));
            let width: f32 = columns.iter().map(|(_, width)| width).sum();
            let origin = ui.max_rect().min;
            let height = HEAD + ROW * order.len() as f32;
            ui.allocate_rect(
                Rect::from_min_size(origin, vec2(width, height)),
                Sense::hover(),
            );
            let shown = Rect::from_min_size(origin + seen.min.to_vec2(), seen.size());
            let list = List::new(ui, id, shown, (Role::Grid, say!("results")), false);
            let rows = order.len();
            ui.ctx()
                .accesskit_node_builder(id, |node| node.set_row_count(rows));
            let row = |place: usize| {
                let top = origin + vec2(0.0, HEAD + ROW * place as f32);
                Rect::from_min_size(top, vec2(width, ROW))
            };
            let page = ((seen.height() - HEAD) / ROW).max(1.0) as usize;
            let reached = self.keys_on_table(ui, &list, (order, page), commands);
            if let Some(place) = reached {
                let row = row(place)
                    .with_min_x(shown.left())
                    .with_max_x(shown.right());
                scroll_to(ui, row, HEAD);
            }
            let first = (seen.min.y / ROW).max(0.0) as usize;
            let last = ((seen.max.y / ROW).max(0.0) as usize + 1).min(order.len());
            let rows = UiBuilder::new().max_rect(shown).accessibility_parent(id);
            ui.scope_builder(rows, |ui| {
                for place in first.min(last)..last {
                    let free = shown.with_min_y(shown.top() + HEAD);
                    let at = (row(place), free, (place, order[place]));
                    self.table_row(ui, &list, &columns, at, order, commands);
                }
            });
            let head = Rect::from_min_size(
                egui::pos2(origin.x, shown.top()),
                vec2(width.max(shown.width()), HEAD),
            );
            self.head(ui, head, &columns, commands);
            if self.state.results.selection.reached.is_none() {
                list.ring(ui, shown);
            }
        });
    }

    fn head(&self, ui: &mut Ui, rect: Rect, columns: &[(Column, f32)], commands: &mut Commands) {
        let colours = tokens::of(ui);
        ui.painter().rect_filled(rect, 0, colours.panel);
        let font = egui::TextStyle::Small.resolve(ui.style());
        let mut left = rect.left();
        for &(column, width) in columns {
            let title = column.title();
            let (mark, spoken) = match self.state.results.sort {
                Some((sorted, true)) if sorted == column => {
                    (" ↓", say!("sort-by-descending", "title" => title))
                }
                Some((sorted, false)) if sorted == column => {
                    (" ↑", say!("sort-by-ascending", "title" => title))
                }
                _ => ("", say!("sort-by", "title" => title)),
            };
            let cell = Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, HEAD));
            let response = ui.interact(cell, Id::unique(("sort", title)), Sense::click());
            response.widget_info(|| egui::WidgetInfo::labeled(Role::ColumnHeader, true, &spoken));
            // As the values below: numbers end, texts begin at the column's edge.
            let (align, x) = match column {
                Column::Artwork => (Align2::LEFT_CENTER, cell.left() + BEFORE_NAME),
                _ if column.is_text() => (Align2::LEFT_CENTER, cell.left() + space::SMALL),
                _ => (Align2::RIGHT_CENTER, cell.right() - space::MEDIUM),
            };
            let lit = response.hovered() || response.has_focus() || !mark.is_empty();
            let ink = if lit { colours.text } else { colours.muted };
            let at = egui::pos2(x, cell.center().y);
            ui.painter()
                .text(at, align, format!("{title}{mark}"), font.clone(), ink);
            if response.has_focus() {
                let stroke = egui::Stroke::new(2.0, colours.accent);
                let inside = egui::StrokeKind::Inside;
                ui.painter().rect_stroke(cell, 0, stroke, inside);
            }
            if response
                .on_hover_text(say!("sort-by-this-column"))
                .clicked()
            {
                commands.push(Command::SortBy(column));
            }
            left += width;
        }
        let line = egui::Stroke::new(1.0, colours.line);
        ui.painter().hline(rect.x_range(), rect.bottom(), line);
    }

    fn table_row(
        &mut self,
        ui: &mut Ui,
        list: &List,
        columns: &[(Column, f32)],
        (rect, free, (place, index)): (Rect, Rect, (usize, usize)),
        order: &[usize],
        commands: &mut Commands,
    ) {
        let colours = tokens::of(ui);
        let Some(finished) = self.state.finished.get(index).cloned() else {
            return;
        };
        let id = list.response.id.with(index);
        let response = ui.interact(rect.intersect(free), id, Sense::CLICK);
        let is_selected = self.is_selected(index);
        let starred = self.state.preferences.stars.holds(&finished);
        response.widget_info(|| {
            let label = spoken(&finished, starred);
            egui::WidgetInfo::selected(Role::Row, true, is_selected, label)
        });
        let ctx = ui.ctx();
        ctx.accesskit_node_builder(id, |node| node.set_row_index(place));
        let fill = match (is_selected, response.hovered(), place % 2) {
            (true, ..) => colours.accent_wash,
            (_, true, _) => colours.control,
            (_, _, 1) => colours.raised,
            _ => egui::Color32::TRANSPARENT,
        };
        let corner = f32::from(radius::CONTROL);
        ui.painter().rect_filled(rect, corner, fill);
        self.star(ui, (rect, free), (index, &finished, starred), commands);
        let files = &finished.findings.files;
        for (k, file) in [&files.original, &files.recovered].into_iter().enumerate() {
            let left = rect.left() + STAR + k as f32 * (PICTURE + space::TIGHT);
            let at = egui::pos2(left, rect.center().y - PICTURE / 2.0);
            let frame = Rect::from_min_size(at, vec2(PICTURE, PICTURE));
            self.thumbnail(ui, &finished.case.join(file), frame, false);
        }
        let font = egui::TextStyle::Body.resolve(ui.style());
        let mut left = rect.left();
        for &(column, width) in columns {
            let before = match column {
                Column::Artwork => BEFORE_NAME,
                _ => space::SMALL,
            };
            let room = width - before - space::SMALL;
            let text = column.text(&finished);
            let galley = shortened(ui, &text, &font, colours.text, room);
            // Numbers stand below each other by their last digits.
            let x = match column {
                _ if column.is_text() => left + before,
                _ => left + width - space::MEDIUM - galley.size().x,
            };
            let y = rect.center().y - galley.size().y / 2.0;
            ui.painter().galley(egui::pos2(x, y), galley, colours.text);
            left += width;
        }
        if self.state.results.selection.reached == Some(index) {
            list.reach(&response);
            list.ring(ui, rect);
        }
        if response.clicked() {
            list.response.request_focus();
        }
        self.clicked_result(ui, (order, index), &response, commands);
        response.on_hover_text(finished.path.display().to_string());
    }

    fn star(
        &self,
        ui: &Ui,
        (rect, free): (Rect, Rect),
        (index, finished, starred): (usize, &Finished, bool),
        commands: &mut Commands,
    ) {
        let colours = tokens::of(ui);
        let cell = Rect::from_min_size(rect.min, vec2(STAR, ROW));
        let id = Id::unique(("star", index));
        let response = ui.interact(cell.intersect(free), id, Sense::CLICK);
        response.widget_info(|| {
            let label = say!("star-what", "name" => name_of(&finished.path));
            egui::WidgetInfo::selected(Role::CheckBox, true, starred, label)
        });
        let (mark, ink) = match starred {
            true => ("★", colours.accent),
            false => ("☆", colours.muted),
        };
        let font = egui::TextStyle::Body.resolve(ui.style());
        ui.painter()
            .text(cell.center(), Align2::CENTER_CENTER, mark, font, ink);
        if response.clicked() {
            commands.push(Command::Star(index, !starred));
        }
    }
}

/// A result in words.
fn spoken(finished: &Finished, starred: bool) -> String {
    let mut args = FluentArgs::new();
    args.set("name", name_of(&finished.path));
    args.set("role", Column::Role.text(finished));
    args.set("mask", mask_name(finished.mask));
    args.set("direction", Column::Direction.text(finished));
    let id = match starred {
        true => "row-spoken-starred",
        false => "row-spoken",
    };
    words::with(id, &args)
}
