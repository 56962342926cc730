//! All that was found: as a table that is sorted by a click, and as a matrix of recovered pictures, a row
//! an artwork and a column a mask.

use std::cmp::Ordering;
use std::path::PathBuf;

use eframe::egui::{self, Align, Align2, Layout, RichText, ScrollArea, Sense, Ui, vec2};

use super::Commands;
use super::prepare::mask_name;
use crate::app::queue::{name_of, word};
use crate::app::state::{Column, Finished};
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::controls::{choices, muted};
use crate::app::{App, Command};
use palimpsest_base::number_format::{fixed, signed};
use palimpsest_method::mask::Mask;

/// Sides of a picture in the matrix, in points: the least, and the most it takes of free room.
const CELLS: std::ops::RangeInclusive<f32> = 112.0..=256.0;
/// The least width of the table's first column, which takes what the others leave.
const LEAST_NAME: f32 = 160.0;
/// Width of the matrix's first column.
const NAMES: f32 = 180.0;
const ROW: f32 = 28.0;

impl Column {
    /// Every column with its title and width; that of the first is what it has at least.
    const ALL: [(Self, &'static str, f32); 10] = [
        (Self::Artwork, "Artwork", LEAST_NAME),
        (Self::Role, "Role", 124.0),
        (Self::Folder, "Folder", 110.0),
        (Self::Mask, "Mask", 104.0),
        (Self::Direction, "Direction", 86.0),
        (Self::Gain, "Gain (dB)", 86.0),
        (Self::LossGap, "Loss gap", 86.0),
        (Self::Clip, "CLIP", 66.0),
        (Self::Dino, "DINO", 66.0),
        (Self::Structural, "SSIM", 66.0),
    ];

    /// The same in a table that has so much room.
    fn within(room: f32) -> [(Self, &'static str, f32); 10] {
        let mut columns = Self::ALL;
        let others: f32 = columns.iter().skip(1).map(|(_, _, width)| width).sum();
        columns[0].2 = (room - others).max(LEAST_NAME);
        columns
    }

    /// True if it holds texts, which begin at its edge, and not numbers, which end there.
    fn is_text(self) -> bool {
        matches!(self, Self::Artwork | Self::Role | Self::Folder | Self::Mask)
    }

    fn number(self, finished: &Finished) -> Option<f64> {
        let findings = &finished.findings;
        let number = match self {
            Self::Artwork | Self::Role | Self::Folder | Self::Mask => None,
            Self::Direction => findings.recovery.direction,
            Self::Gain => findings.recovery.gain_db,
            Self::LossGap => Some(findings.loss_gap.value),
            Self::Clip => findings.similarity.clip,
            Self::Dino => findings.similarity.dino,
            Self::Structural => findings.similarity.structural,
        };
        number.filter(|number| number.is_finite())
    }

    fn text(self, finished: &Finished) -> String {
        match self {
            Self::Artwork => name_of(&finished.path),
            Self::Role => word(finished.role).to_owned(),
            // A path without a folder has none to show.
            Self::Folder => finished.path.parent().map(name_of).unwrap_or_default(),
            Self::Mask => mask_name(finished.mask),
            Self::LossGap => self.number(finished).map_or("–".into(), |x| signed(x, 5)),
            Self::Direction | Self::Gain => {
                self.number(finished).map_or("–".into(), |x| signed(x, 3))
            }
            _ => self.number(finished).map_or("–".into(), |x| fixed(x, 3)),
        }
    }

    fn compare(self, a: &Finished, b: &Finished) -> Ordering {
        match self {
            _ if self.is_text() => self.text(a).cmp(&self.text(b)),
            _ => {
                let key = |finished| self.number(finished).unwrap_or(f64::NEG_INFINITY);
                key(a).total_cmp(&key(b))
            }
        }
    }
}

impl App {
    pub(super) fn results_screen(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let frame = egui::Frame::new().inner_margin(egui::Margin::same(space::LARGE as i8));
        frame.show(ui, |ui| {
            ui.horizontal(|ui| {
                let ways = [(false, "Table"), (true, "Matrix")];
                if let Some(matrix) = choices(ui, self.state.results.as_matrix, &ways) {
                    commands.push(Command::ShowAsMatrix(matrix));
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button("Export the table…").clicked() {
                        commands.push(Command::ExportTable);
                    }
                });
            });
            muted(ui, "Higher is more like a work that was used. A score by itself proves nothing: look at works that are known not to have been used.");
            ui.add_space(space::SMALL);
            match self.state.results.as_matrix {
                false => self.table(ui, commands),
                true => self.matrix(ui, commands),
            }
        });
    }

    fn table(&self, ui: &mut Ui, commands: &mut Commands) {
        let mut rows: Vec<_> = self.state.finished.iter().enumerate().collect();
        if let Some((column, descending)) = self.state.results.sort {
            rows.sort_by(|(_, a), (_, b)| column.compare(a, b));
            if descending {
                rows.reverse();
            }
        }
        ScrollArea::both()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                let columns = Column::within(ui.available_width());
                self.head(ui, &columns, commands);
                for (index, finished) in rows {
                    if self.table_row(ui, &columns, index, finished) {
                        commands.push(Command::ShowResult(index));
                    }
                }
            });
    }

    fn head(&self, ui: &mut Ui, columns: &[(Column, &str, f32)], commands: &mut Commands) {
        ui.horizontal(|ui| {
            for &(column, title, width) in columns {
                let mark = match self.state.results.sort {
                    Some((sorted, true)) if sorted == column => " ↓",
                    Some((sorted, false)) if sorted == column => " ↑",
                    _ => "",
                };
                let text = RichText::new(format!("{title}{mark}")).small();
                // As the values below: numbers end, texts begin at the column's edge.
                let (layout, edge) = match column.is_text() {
                    true => (Layout::left_to_right(Align::Center), space::SMALL),
                    false => (Layout::right_to_left(Align::Center), space::MEDIUM),
                };
                ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
                    ui.set_min_size(vec2(width, ROW));
                    ui.add_space(edge);
                    let button = ui.add(egui::Button::new(text).frame(false));
                    if button.on_hover_text("Sort by this column").clicked() {
                        commands.push(Command::SortBy(column));
                    }
                });
            }
        });
    }

    /// Draws a row; returns whether it was clicked.
    fn table_row(
        &self,
        ui: &mut Ui,
        columns: &[(Column, &str, f32)],
        index: usize,
        finished: &Finished,
    ) -> bool {
        let colours = tokens::of(ui);
        let width: f32 = columns.iter().map(|(_, _, width)| width).sum();
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::click());
        let label = format!(
            "{}, mask {}, direction {}",
            name_of(&finished.path),
            mask_name(finished.mask),
            Column::Direction.text(finished)
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Row, true, &label));
        let fill = match (self.state.chosen == Some(index), response.hovered()) {
            (true, _) => colours.accent_wash,
            (_, true) => colours.control,
            _ => egui::Color32::TRANSPARENT,
        };
        ui.painter()
            .rect_filled(rect, f32::from(radius::CONTROL), fill);
        let font = egui::TextStyle::Body.resolve(ui.style());
        let mut left = rect.left();
        for &(column, _, width) in columns {
            let mut job = egui::text::LayoutJob::simple_singleline(
                column.text(finished),
                font.clone(),
                colours.text,
            );
            job.wrap = egui::text::TextWrapping::truncate_at_width(width - space::MEDIUM);
            let galley = ui.painter().layout_job(job);
            // Numbers stand below each other by their last digits.
            let x = match column {
                _ if column.is_text() => left + space::SMALL,
                _ => left + width - space::MEDIUM - galley.size().x,
            };
            let y = rect.center().y - galley.size().y / 2.0;
            ui.painter().galley(egui::pos2(x, y), galley, colours.text);
            left += width;
        }
        response.clicked()
    }

    fn matrix(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let finished = self.state.finished.clone();
        let (mut works, mut masks): (Vec<PathBuf>, Vec<Mask>) = (Vec::new(), Vec::new());
        for result in &finished {
            if !works.contains(&result.path) {
                works.push(result.path.clone());
            }
            if !masks.contains(&result.mask) {
                masks.push(result.mask);
            }
        }
        ScrollArea::both()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::SMALL, space::SMALL);
                let room = (ui.available_width() - NAMES) / masks.len().max(1) as f32;
                let side = (room - space::SMALL).clamp(*CELLS.start(), *CELLS.end());
                ui.horizontal(|ui| {
                    ui.allocate_space(vec2(NAMES, ROW));
                    for mask in &masks {
                        let layout = Layout::left_to_right(Align::Center);
                        ui.allocate_ui_with_layout(vec2(side, ROW), layout, |ui| {
                            ui.set_min_width(side);
                            ui.label(mask_name(*mask));
                        });
                    }
                });
                for path in &works {
                    ui.horizontal(|ui| {
                        let size = vec2(NAMES, side);
                        ui.allocate_ui_with_layout(
                            size,
                            Layout::left_to_right(Align::Center),
                            |ui| {
                                ui.set_min_width(NAMES);
                                ui.add(egui::Label::new(name_of(path)).truncate());
                            },
                        );
                        for mask in &masks {
                            self.matrix_cell(ui, &finished, (path, *mask, side), commands);
                        }
                    });
                }
            });
    }

    fn matrix_cell(
        &mut self,
        ui: &mut Ui,
        finished: &[Finished],
        (path, mask, side): (&PathBuf, Mask, f32),
        commands: &mut Commands,
    ) {
        let colours = tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
        let newest = (finished.iter().enumerate())
            .rfind(|(_, result)| result.path == *path && result.mask == mask);
        let Some((index, result)) = newest else {
            ui.painter()
                .rect_filled(rect, f32::from(radius::CONTROL), colours.panel);
            return;
        };
        let label = format!(
            "{}, mask {}: open the comparison",
            name_of(path),
            mask_name(mask)
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        match self.image_cache.recovered(ui.ctx(), result) {
            Some(Ok(texture)) => egui::Image::new(&texture).paint_at(ui, rect),
            Some(Err(_)) => {
                let font = egui::TextStyle::Small.resolve(ui.style());
                ui.painter().text(
                    rect.center(),
                    Align2::CENTER_CENTER,
                    "not there",
                    font,
                    colours.error,
                );
            }
            None => {
                ui.painter()
                    .rect_filled(rect, f32::from(radius::CONTROL), colours.panel);
            }
        }
        if response.hovered() || response.has_focus() {
            let stroke = egui::Stroke::new(2.0, colours.accent);
            ui.painter()
                .rect_stroke(rect, 0, stroke, egui::StrokeKind::Inside);
        }
        let caption = Column::Direction.text(result);
        if response
            .on_hover_text(format!("Recovery direction {caption}"))
            .clicked()
        {
            commands.push(Command::ShowResult(index));
        }
    }
}
