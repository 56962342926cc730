//! The results as a matrix of recovered pictures: a row an artwork, a column a pair of models with a mask, so that
//! the same works stand beside each other against several models.

use std::collections::BTreeMap;

use eframe::egui::{self, Align2, Id, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, vec2};
use palimpsest_base::digest::Digest;

use super::super::Commands;
use super::super::prepare::mask_name;
use crate::app::light_table::{Column, has_same_models, model_name};
use crate::app::queue::name_of;
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::list::{List, ListKey, moved, scroll_to};
use crate::app::widgets::shortened::shortened;
use crate::app::words::say;
use crate::app::{App, Command};

/// Sides of a picture, in points: the least, and the most it takes of free room.
const CELLS: std::ops::RangeInclusive<f32> = 112.0..=256.0;
/// Width of the first column, and height of the head.
const NAMES: f32 = 180.0;
const HEAD: f32 = 40.0;
/// Height of the score below a picture.
const SCORE: f32 = 20.0;

/// The matrix: results by row and column, and which of them stand for these.
struct Matrix {
    rows: Vec<Vec<Option<usize>>>,
    columns: Vec<usize>,
}

impl App {
    fn arrange(&self, listed: &[usize]) -> Matrix {
        let finished = &self.state.finished;
        let mut works: BTreeMap<Digest, usize> = BTreeMap::new();
        let mut columns: Vec<usize> = Vec::new();
        let mut rows: Vec<Vec<Option<usize>>> = Vec::new();
        for &index in listed {
            let result = &finished[index];
            let same = |&known: &usize| {
                finished[known].mask == result.mask
                    && has_same_models(&finished[known].findings, &result.findings)
            };
            let column = columns.iter().position(same).unwrap_or_else(|| {
                columns.push(index);
                columns.len() - 1
            });
            // The same file is the same work, wherever it lay.
            let work = result.findings.artwork.sha256;
            let row = *works.entry(work).or_insert(rows.len());
            if row == rows.len() {
                rows.push(Vec::new());
            }
            let cells = &mut rows[row];
            cells.resize(cells.len().max(column + 1), None);
            // The newest of several.
            cells[column] = cells[column].max(Some(index));
        }
        for row in &mut rows {
            row.resize(columns.len(), None);
        }
        Matrix { rows, columns }
    }

    pub(super) fn matrix(&mut self, ui: &mut Ui, listed: &[usize], commands: &mut Commands) {
        let matrix = self.arrange(listed);
        let order: Vec<usize> = matrix.rows.iter().flatten().flatten().copied().collect();
        let id = Id::unique("matrix of results");
        let area = ScrollArea::both().auto_shrink([false, false]);
        area.show_viewport(ui, |ui, seen| {
            let count = matrix.columns.len();
            let room = (ui.available_width() - NAMES) / count.max(1) as f32;
            let side = (room - space::SMALL).clamp(*CELLS.start(), *CELLS.end());
            let step = vec2(side + space::SMALL, side + SCORE + space::SMALL);
            let origin = ui.max_rect().min;
            let size = vec2(
                NAMES + step.x * count as f32,
                HEAD + step.y * matrix.rows.len() as f32,
            );
            ui.allocate_rect(Rect::from_min_size(origin, size), Sense::hover());
            let shown = Rect::from_min_size(origin + seen.min.to_vec2(), seen.size());
            let list = List::new(ui, id, shown, (Role::Grid, say!("results")), true);
            let cell = |row: usize, column: usize| {
                let at = vec2(NAMES + step.x * column as f32, HEAD + step.y * row as f32);
                Rect::from_min_size(origin + at, vec2(side, side + SCORE))
            };
            let page = ((seen.height() - HEAD) / step.y).max(1.0) as usize;
            if let Some((row, column)) = self.keys_on_matrix(ui, &list, (&matrix, page), commands) {
                scroll_to(ui, cell(row, column), HEAD);
            }
            let first = (seen.min.y / step.y).max(0.0) as usize;
            let last = ((seen.max.y / step.y).max(0.0) as usize + 1).min(matrix.rows.len());
            let cells = UiBuilder::new().max_rect(shown).accessibility_parent(id);
            ui.scope_builder(cells, |ui| {
                for row in first.min(last)..last {
                    self.work_name(ui, &matrix.rows[row], cell(row, 0), origin.x);
                    for (column, index) in matrix.rows[row].iter().enumerate() {
                        let rect = cell(row, column);
                        if !ui.is_rect_visible(rect) {
                            continue;
                        }
                        let free = shown.with_min_y(shown.top() + HEAD);
                        self.matrix_cell(ui, &list, (rect, free, *index), &order, commands);
                    }
                }
            });
            let top = egui::pos2(origin.x, shown.top());
            self.matrix_head(ui, &matrix.columns, top, (side, size.x.max(shown.width())));
            if self.state.results.selection.reached.is_none() {
                list.ring(ui, shown);
            }
        });
    }

    /// Keys on the matrix; returns the row and column that they reached.
    fn keys_on_matrix(
        &self,
        ui: &Ui,
        list: &List,
        (matrix, page): (&Matrix, usize),
        commands: &mut Commands,
    ) -> Option<(usize, usize)> {
        let order: Vec<usize> = matrix.rows.iter().flatten().flatten().copied().collect();
        let mut selection = self.state.results.selection.clone();
        let mut reached = None;
        for key in list.keys(ui, page) {
            let ListKey::Move {
                down,
                right,
                extends,
            } = key
            else {
                self.key_on_results(key, &order, commands);
                continue;
            };
            let place = selection.reached.and_then(|index| {
                let mut rows = matrix.rows.iter().enumerate();
                rows.find_map(|(row, cells)| {
                    let column = cells.iter().position(|cell| *cell == Some(index))?;
                    Some((row, column))
                })
            });
            let (row, column) = (place.map(|place| place.0), place.map(|place| place.1));
            let (Some(row), Some(column)) = (
                moved(row, down, matrix.rows.len()),
                moved(column, right, matrix.columns.len()),
            ) else {
                continue;
            };
            // A work that was not examined so has no picture to stop at.
            if let Some(index) = matrix.rows[row][column] {
                selection = selection.reaching(&order, index, false, extends);
                let select = Box::new(selection.clone());
                commands.push(Command::SelectResults(select));
                reached = Some((row, column));
            }
        }
        reached
    }

    fn matrix_head(&self, ui: &Ui, columns: &[usize], top: egui::Pos2, (side, width): (f32, f32)) {
        let colours = tokens::of(ui);
        let ground = Rect::from_min_size(top, vec2(width, HEAD));
        ui.painter().rect_filled(ground, 0, colours.panel);
        let body = egui::TextStyle::Body.resolve(ui.style());
        let small = egui::TextStyle::Small.resolve(ui.style());
        for (column, &index) in columns.iter().enumerate() {
            let Some(result) = self.state.finished.get(index) else {
                continue;
            };
            let x = top.x + NAMES + column as f32 * (side + space::SMALL);
            let model = model_name(&result.findings);
            let model = shortened(ui, &model, &body, colours.text, side);
            let mask = mask_name(result.mask);
            let mask = shortened(ui, &mask, &small, colours.muted, side);
            let below = model.size().y;
            let at = egui::pos2(x, top.y);
            ui.painter().galley(at, model, colours.text);
            let at = at + vec2(0.0, below);
            ui.painter().galley(at, mask, colours.muted);
        }
    }

    fn work_name(&self, ui: &mut Ui, row: &[Option<usize>], first: Rect, left: f32) {
        let some = row.iter().flatten().next();
        let Some(result) = some.and_then(|&index| self.state.finished.get(index)) else {
            return;
        };
        let colours = tokens::of(ui);
        let font = egui::TextStyle::Body.resolve(ui.style());
        let name = name_of(&result.path);
        let galley = shortened(ui, &name, &font, colours.text, NAMES - space::MEDIUM);
        let y = first.center().y - SCORE / 2.0 - galley.size().y / 2.0;
        let at = egui::pos2(left, y);
        let rect = Rect::from_min_size(at, galley.size());
        let hover = ui.interact(rect, Id::unique(("work", &result.path)), Sense::HOVER);
        hover.on_hover_text(result.path.display().to_string());
        ui.painter().galley(at, galley, colours.text);
    }

    fn matrix_cell(
        &mut self,
        ui: &mut Ui,
        list: &List,
        (rect, free, index): (Rect, Rect, Option<usize>),
        order: &[usize],
        commands: &mut Commands,
    ) {
        let colours = tokens::of(ui);
        let corner = f32::from(radius::CONTROL);
        let picture = rect.with_max_y(rect.bottom() - SCORE);
        let found = index.and_then(|index| Some((index, self.state.finished.get(index)?.clone())));
        let Some((index, result)) = found else {
            ui.painter().rect_filled(picture, corner, colours.canvas);
            return;
        };
        let id = list.response.id.with(index);
        let response = ui.interact(rect.intersect(free), id, Sense::CLICK);
        let is_selected = self.is_selected(index);
        let score = Column::Direction.text(&result);
        response.widget_info(|| {
            let label = say!(
                "cell-spoken",
                "name" => name_of(&result.path),
                "mask" => mask_name(result.mask),
                "model" => model_name(&result.findings),
                "score" => score,
            );
            egui::WidgetInfo::selected(Role::GridCell, true, is_selected, label)
        });
        let fill = match (is_selected, response.hovered()) {
            (true, _) => colours.accent_wash,
            (false, true) => colours.control,
            (false, false) => egui::Color32::TRANSPARENT,
        };
        ui.painter()
            .rect_filled(rect.expand(space::TIGHT - 1.0), corner, fill);
        let file = result.case.join(&result.findings.files.recovered);
        self.thumbnail(ui, &file, picture, false);
        let starred = self.state.preferences.stars.holds(&result);
        let mark = if starred { "★ " } else { "" };
        let font = egui::TextStyle::Small.resolve(ui.style());
        let at = rect.left_bottom() - vec2(0.0, SCORE / 2.0);
        let text = format!("{mark}{score}");
        ui.painter()
            .text(at, Align2::LEFT_CENTER, text, font, colours.text);
        if self.state.results.selection.reached == Some(index) {
            list.reach(&response);
            list.ring(ui, rect.expand(space::TIGHT - 1.0));
        }
        if response.clicked() {
            list.response.request_focus();
        }
        self.clicked_result(ui, (order, index), &response, commands);
        response.on_hover_text(say!("recovery-direction-a-double-click-opens", "score" => score));
    }
}
