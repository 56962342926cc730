//! The artwork as it will be examined: the whole picture, the square that the models see, and on it what
//! the mask removes.

use eframe::egui::{
    self, Color32, CursorIcon, Key, Rect, Sense, Shape, Stroke, TextureOptions, Ui, WidgetInfo,
    vec2,
};

use super::Commands;
use super::empty::instead;
use crate::app::image_cache::{Seen, colours};
use crate::app::tokens::{self, space};
use crate::app::words::say;
use crate::app::{App, Command};
use palimpsest_method::artwork::Crop;
use palimpsest_method::examination::Frame;
use palimpsest_method::mask::Mask;

/// Resolution of models that are not chosen yet, as it is assumed.
const USUAL_RESOLUTION: usize = 512;
const USUAL_CELL: usize = 8;

impl App {
    pub(super) fn prepare_screen(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let area = ui.available_rect_before_wrap();
        ui.allocate_rect(area, Sense::hover());
        let Some(work) = self.state.queue.shown() else {
            instead(ui, area, say!("choose-an-artwork-at-the-left"));
            return;
        };
        let (id, path, crop) = (work.id, work.path.clone(), work.crop);
        let facts = self
            .state
            .inspection
            .known()
            .and_then(|known| known.facts());
        let seen = Seen {
            frame: self.state.set_up().frame,
            resolution: facts.map_or(USUAL_RESOLUTION, |facts| facts.resolution),
            cell: facts.map_or(USUAL_CELL, |facts| facts.cell),
        };
        let mask = self.state.set_up().first_mask();
        let prepared = match self.image_cache.prepared(ui.ctx(), &path, seen) {
            None => return instead(ui, area, say!("reading-the-picture")),
            Some(Err(error)) => return instead(ui, area, error),
            Some(Ok(prepared)) => prepared,
        };
        let whole = prepared.whole.clone();
        let ([width, height], [across, down]) = (prepared.size, prepared.extent);
        let grid = [down, across].map(|side| side as usize / seen.cell.max(1));
        // Only the models say how large they see it.
        let is_all = whole.dimensions() == (across, down);
        let is_all = is_all || width == height;
        let part = match (is_all, seen.frame, facts.is_some()) {
            (true, _, false) => say!("all-of-it-is-examined").to_owned(),
            (true, _, true) => say!("all-examined-at", "across" => across, "down" => down),
            (_, Frame::Square, false) => say!("the-marked-square-is-examined-drag").to_owned(),
            (_, Frame::Square, true) => {
                say!("square-examined-at", "across" => across, "down" => down)
            }
            (_, Frame::Bucket, false) => say!("all-but-a-margin-is-examined").to_owned(),
            (_, Frame::Bucket, true) => {
                say!("bucket-examined-at", "across" => across, "down" => down)
            }
        };
        let mut lines = vec![
            say!(
                "name-size-and-format",
                "name" => crate::app::queue::name_of(&path),
                "width" => width,
                "height" => height,
                "format" => prepared.format,
            ),
            format!("{part} · {}", removed(mask)),
        ];
        lines.extend(prepared.warnings.iter().cloned());
        let lines = in_room(ui, area.width(), lines);
        let key = format!("prepared {} {across}×{down}", path.display());
        if self
            .charts
            .shown
            .as_ref()
            .is_none_or(|(known, _)| *known != key)
        {
            let texture = ui
                .ctx()
                .load_texture(&key, colours(&whole), TextureOptions::LINEAR);
            self.charts.shown = Some((key, texture));
        }
        let Some((_, texture)) = &self.charts.shown else {
            return;
        };
        let foot = lines.len() as f32 * LINE + space::MEDIUM;
        let room = Rect::from_min_max(area.min, area.max - vec2(0.0, foot)).shrink(space::LARGE);
        let extent = vec2(whole.width() as f32, whole.height() as f32);
        let scale = (room.width() / extent.x)
            .min(room.height() / extent.y)
            .min(4.0);
        let frame = Rect::from_center_size(room.center(), extent * scale);
        let painter = ui.painter().with_clip_rect(area);
        let uv = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
        painter.image(texture.id(), frame, uv, Color32::WHITE);
        let shares = vec2(across as f32, down as f32) / extent;
        let square = square_at(frame, shares, crop);
        if let Some(moved) = move_square(ui, frame, square, crop) {
            commands.push(Command::Crop(id, moved));
        }
        dim_outside(&painter, frame, square);
        show_mask(&painter, square, mask, grid);
        let edge = Stroke::new(1.5, tokens::of(ui).accent);
        painter.rect_stroke(square, 0, edge, egui::StrokeKind::Outside);
        let below = Rect::from_min_max(egui::pos2(area.left(), area.bottom() - foot), area.max);
        for (place, line) in lines.iter().enumerate() {
            caption(ui, below, place, line);
        }
    }
}

/// Height of a line below the picture.
const LINE: f32 = 18.0;

/// The same, each part of a line that is too long on a line of its own.
fn in_room(ui: &Ui, width: f32, lines: Vec<String>) -> Vec<String> {
    let small = egui::TextStyle::Small.resolve(ui.style());
    let fits = |line: &str| {
        let text = line.to_owned();
        let galley = ui
            .painter()
            .layout_no_wrap(text, small.clone(), Color32::WHITE);
        galley.size().x <= width - 2.0 * space::LARGE
    };
    let parts = lines.into_iter().flat_map(|line| match fits(&line) {
        true => vec![line],
        false => line.split(" · ").map(str::to_owned).collect(),
    });
    parts.collect()
}

/// Writes a line of what there is to say of the picture, cut where the room ends.
fn caption(ui: &Ui, below: Rect, place: usize, text: &str) {
    let colours = tokens::of(ui);
    let ink = if place == 0 {
        colours.text
    } else {
        colours.muted
    };
    let small = egui::TextStyle::Small.resolve(ui.style());
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), small, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(below.width() - 2.0 * space::LARGE);
    let galley = ui.painter().layout_job(job);
    let middle = below.top() + (place as f32 + 0.5) * LINE;
    let at = egui::pos2(below.center().x, middle) - galley.size() / 2.0;
    ui.painter().galley(at, galley, ink);
}

/// The part of a picture shown in `frame` that is examined: these shares of its width and height.
fn square_at(frame: Rect, shares: egui::Vec2, crop: Crop) -> Rect {
    let size = frame.size() * shares;
    let place = (1.0 + crop.place() as f32) / 2.0;
    Rect::from_min_size(frame.min + (frame.size() - size) * place, size)
}

/// The square as it was dragged, or moved with the arrows; a double click puts it back in the middle.
fn move_square(ui: &Ui, frame: Rect, square: Rect, crop: Crop) -> Option<Crop> {
    let rest = frame.size() - square.size();
    let along = rest.max_elem();
    if along < 1.0 {
        return None;
    }
    let id = ui.scope_id().with("crop");
    let response = ui
        .interact(square, id, Sense::click_and_drag())
        .on_hover_cursor(if rest.x > rest.y {
            CursorIcon::ResizeHorizontal
        } else {
            CursorIcon::ResizeVertical
        });
    response.widget_info(|| {
        let label = say!("the-square-that-is-examined-drag");
        WidgetInfo::slider(true, crop.place(), label)
    });
    if response.has_focus() {
        // The arrows move the square and not the focus.
        let arrows = egui::EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..Default::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
    }
    if response.double_clicked() {
        return Some(Crop::CENTRE);
    }
    let dragged = response.drag_delta();
    let arrows = match response.has_focus() {
        true => ui.input(|input| {
            let back = input.key_pressed(Key::ArrowLeft) || input.key_pressed(Key::ArrowUp);
            let on = input.key_pressed(Key::ArrowRight) || input.key_pressed(Key::ArrowDown);
            f64::from(u8::from(on)) - f64::from(u8::from(back))
        }),
        false => 0.0,
    };
    let by = if rest.x > rest.y {
        dragged.x
    } else {
        dragged.y
    };
    let place = crop.place() + f64::from(2.0 * by / along) + NUDGE * arrows;
    (by != 0.0 || arrows != 0.0).then(|| Crop::at(place))
}

/// Distance by which an arrow key moves the square, as a share of half its way.
const NUDGE: f64 = 0.05;

/// A mask's name on buttons and in tables; its code, as the command line has it, is `mask.to_string()`.
pub(in crate::app) fn mask_name(mask: Mask) -> String {
    match mask {
        Mask::Block(2) => say!("blocks-of-one-cell").into(),
        Mask::Block(period) => say!("cell-blocks", "cells" => period / 2),
        Mask::RightHalf => say!("right-half").into(),
        Mask::Blur => say!("blur").into(),
    }
}

/// The part that a mask removes, in words.
pub(super) fn removed(mask: Mask) -> String {
    match mask {
        Mask::Block(period) => {
            say!("half-of-it-is-removed", "cells" => period / 2)
        }
        Mask::RightHalf => say!("the-right-half-is-removed").into(),
        Mask::Blur => say!("all-of-it-is-blurred").into(),
    }
}

/// Darkens what is cut off.
fn dim_outside(painter: &egui::Painter, frame: Rect, square: Rect) {
    let veil = Color32::from_black_alpha(170);
    let sides = [
        Rect::from_min_max(frame.min, egui::pos2(square.left(), frame.bottom())),
        Rect::from_min_max(egui::pos2(square.right(), frame.top()), frame.max),
        Rect::from_min_max(frame.min, egui::pos2(frame.right(), square.top())),
        Rect::from_min_max(egui::pos2(frame.left(), square.bottom()), frame.max),
    ];
    for side in sides.into_iter().filter(Rect::is_positive) {
        painter.rect_filled(side, 0, veil);
    }
}

/// Grey lies where the mask removes cells of the latent grid `[height, width]`.
fn show_mask(painter: &egui::Painter, square: Rect, mask: Mask, [height, width]: [usize; 2]) {
    if mask == Mask::Blur {
        painter.rect_filled(square, 0, Color32::from_black_alpha(60));
        return;
    }
    // A mask that does not fit the picture is named beside it.
    let Ok(grid) = mask.grid(height, width) else {
        return;
    };
    let cell = vec2(
        square.width() / width as f32,
        square.height() / height as f32,
    );
    let veil = Color32::from_rgba_unmultiplied(128, 128, 128, 190);
    let mut runs = Vec::new();
    for (y, row) in grid.chunks_exact(width).enumerate() {
        let mut x = 0;
        // Neighbours in a row are one rectangle.
        while x < width {
            let kept = row[x] > 0.5;
            let end = (x..width)
                .find(|&i| (row[i] > 0.5) != kept)
                .unwrap_or(width);
            if !kept {
                let corner =
                    |x: usize, y: usize| square.min + vec2(x as f32 * cell.x, y as f32 * cell.y);
                let run = Rect::from_min_max(corner(x, y), corner(end, y + 1));
                runs.push(Shape::rect_filled(run, 0, veil));
            }
            x = end;
        }
    }
    painter.extend(runs);
}
