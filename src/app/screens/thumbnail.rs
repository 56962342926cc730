//! A small picture of a work, as the queue and the results show it.

use std::path::Path;

use eframe::egui::{self, Align2, CornerRadius, Rect, Ui, vec2};

use crate::app::App;
use crate::app::tokens::{self, radius};

impl App {
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
