//! The comparison of an examination's pictures: side by side, wiped, blended, blinking, as a
//! difference. The pictures get the room; what is compared with what is always written on them.

mod histogram;
mod input;
mod inspector;
mod look;
mod overlay;
mod pane;
mod pictures;
mod state;
mod toolbar;
mod view;

use std::time::Duration;

use eframe::egui::{
    Align2, Id, Label, Painter, Pos2, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind,
    Ui, Vec2, WidgetInfo, vec2,
};

use crate::app::gpu::{Gpu, Mode, PaintedPane};
use crate::app::words::say;
pub use look::Look;
use pane::Content;
pub use pictures::ComparisonPictures;
pub use state::{ComparisonAction, ComparisonState, GAINS, Layout, View, Which};
use view::{Placement, fit_scale};

/// Side of the magnifier, in points.
const MAGNIFIER: f32 = 168.0;
/// The least that the magnifier enlarges, in physical pixels a picture pixel.
const MAGNIFIED: f32 = 8.0;

/// A pane in this frame.
struct Pane {
    id: Id,
    rect: Rect,
    content: Content,
    placement: Placement,
}

/// A comparison to be shown.
pub struct Comparison<'a> {
    state: &'a mut ComparisonState,
    pictures: &'a ComparisonPictures,
    look: Look,
    gpu: Option<Gpu>,
    has_tools: bool,
}

impl<'a> Comparison<'a> {
    /// Without `gpu` only what is written on the pictures is shown.
    pub fn new(
        state: &'a mut ComparisonState,
        pictures: &'a ComparisonPictures,
        look: Look,
        gpu: Option<Gpu>,
    ) -> Self {
        Self {
            state,
            pictures,
            look,
            gpu,
            has_tools: true,
        }
    }

    /// The same without its tools: [`Comparison::tools`] shows them once for several.
    pub fn without_tools(mut self) -> Self {
        self.has_tools = false;
        self
    }

    /// The tools of comparisons that share a state.
    pub fn tools(ui: &mut Ui, state: &mut ComparisonState, look: &Look) {
        state.sane();
        toolbar::show(ui, state, look);
    }

    /// Shows it in all of the room that `ui` has left; two in one scope need `ui.push_id`.
    pub fn show(mut self, ui: &mut Ui) -> Response {
        self.state.sane();
        // Buttons may stick out where the window is very narrow; pictures do not.
        let right = ui.max_rect().right();
        if self.has_tools {
            toolbar::show(ui, self.state, &self.look);
        }
        let line = self.look.small_text + 2.0 * self.look.tight;
        let mut area = ui.available_rect_before_wrap();
        area.max.y -= line + ui.spacing().item_spacing.y;
        area.max.x = area.max.x.min(right);
        area.max = area.max.max(area.min + Vec2::splat(1.0));
        let response = ui.allocate_rect(area, Sense::hover());
        let pointed = self.panes(ui, area);
        let text = match pointed {
            Some(pixel) => inspector::line(self.pictures, pixel),
            None if self.has_tools => inspector::nothing().to_owned(),
            None => String::new(),
        };
        let text = RichText::new(text)
            .size(self.look.small_text)
            .color(self.look.muted);
        ui.add(Label::new(text).truncate());
        response
    }

    /// The panes; the pixel under the pointer.
    fn panes(&mut self, ui: &Ui, area: Rect) -> Option<[u32; 2]> {
        let time = ui.input(|input| input.time);
        let gap = self.look.tight;
        let panes = pane::panes(self.state, self.pictures, area, gap, time);
        let (first, _) = panes.first()?;
        let pixels_per_point = ui.ctx().pixels_per_point();
        let size = self.pictures.size();
        self.state.fit_scale = fit_scale(first.size() * pixels_per_point, size);
        let mut pointed = None;
        for (k, &(rect, content)) in panes.iter().enumerate() {
            let id = ui.make_persistent_id(("comparison pane", k));
            let placement = Placement::new(self.state.view, rect, pixels_per_point, size);
            let label = pane::caption(content, self.state, self.pictures)
                .spoken(pane::badge(content, self.pictures));
            let over = input::pane(ui, id, rect, self.state, &placement, &label);
            pointed = pointed.or(over.and_then(|at| placement.pixel(at)));
        }
        for (k, &(rect, content)) in panes.iter().enumerate() {
            let pane = Pane {
                id: ui.make_persistent_id(("comparison pane", k)),
                rect,
                content,
                placement: Placement::new(self.state.view, rect, pixels_per_point, size),
            };
            self.draw(ui, &pane, pointed);
        }
        if self.state.histogram {
            let at = area.max - Vec2::splat(self.look.small);
            let painter = ui.painter_at(area);
            histogram::draw(&painter, &self.look, at, self.state, self.pictures);
        }
        let (one, other) = self.state.pair;
        let both = [one, other]
            .iter()
            .all(|&which| self.pictures.get(which).is_some());
        if self.state.layout == Layout::Blink && self.gpu.is_some() && both {
            let (_, left) = pane::blink(time);
            ui.ctx()
                .request_repaint_after(Duration::from_secs_f64(left));
        }
        pointed
    }

    fn draw(&self, ui: &Ui, pane: &Pane, pointed: Option<[u32; 2]>) {
        let (look, rect) = (&self.look, pane.rect);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0, look.canvas);
        let mode = pane::mode(pane.content, self.state, &pane.placement);
        let shown = self.picture(ui, &painter, pane, mode);
        if let Err(why) = &shown {
            overlay::notice(&painter, look, rect, why);
        }
        match mode {
            Mode::Wipe(split) if shown.is_ok() => {
                let x = pane.placement.point(vec2(split, 0.0)).x;
                let active = input::handle_is_active(ui, pane.id);
                overlay::handle(&painter, look, Pos2::new(x, rect.center().y), active);
            }
            Mode::Difference(gain) if shown.is_ok() => {
                let seen = pane.placement.seen();
                let at = seen.left_bottom() + vec2(look.small, -look.small);
                overlay::legend(&painter, look, at, gain);
            }
            _ => {}
        }
        self.captions(&painter, pane);
        if let Some(pixel) = pointed.filter(|_| self.state.magnifier && shown.is_ok()) {
            self.magnifier(ui, &painter, pane, mode, pixel);
        }
        if ui.memory(|memory| memory.has_focus(pane.id)) {
            let line = Stroke::new(1.5, look.accent);
            painter.rect_stroke(rect, 0, line, StrokeKind::Inside);
        }
    }

    /// Has the device draw a pane, or says why not.
    fn picture(&self, ui: &Ui, painter: &Painter, pane: &Pane, mode: Mode) -> Result<(), String> {
        if let Some(missing) = pane::missing(pane.content, self.pictures) {
            return Err(missing);
        }
        let gpu = self.gpu.ok_or(say!("pictures-are-not-shown-this-window"))?;
        let pictures = pane::sources(pane.content, self.pictures)
            .ok_or(say!("there-is-no-picture-to-show"))?;
        if let Some(large) = pictures.iter().find(|source| !gpu.holds(source.size())) {
            let [width, height] = large.size();
            return Err(
                say!("this-picture-of-pixels-is-larger", "width" => width, "height" => height),
            );
        }
        let painted = PaintedPane {
            pane: pane.id,
            pictures: pictures.map(Clone::clone),
            mode,
            place: pane.placement.place,
            outlines: self.pictures.mask.clone().filter(|_| self.state.outlines),
            lines: self.look.lines,
            frame: ui.ctx().cumulative_frame_nr(),
        };
        painter.add(painted.shape(pane.rect));
        Ok(())
    }

    /// Captions stand above the picture where there is room, else on it.
    fn captions(&self, painter: &Painter, pane: &Pane) {
        let look = &self.look;
        let caption = pane::caption(pane.content, self.state, self.pictures);
        let badge = pane::badge(pane.content, self.pictures);
        let step = overlay::plate_height(painter, look) + look.tight;
        let seen = pane.placement.seen();
        let mut inner = seen.shrink(look.small);
        // The line of the captions is the same in every pane; a badge stands on the picture.
        let is_above = seen.top() - step > pane.rect.top();
        if is_above {
            inner = seen;
            inner.min.y -= step;
        }
        let down = if is_above { step + look.tight } else { step };
        let mut width = inner.width();
        if caption.right.is_some() {
            width = (width - look.small) / 2.0;
        }
        let plate = |corner: Align2, down: f32, text: &str, colour| {
            let at = corner.pos_in_rect(&inner) + vec2(0.0, down);
            overlay::plate(painter, look, corner, at, width, text, colour)
        };
        plate(Align2::LEFT_TOP, 0.0, &caption.left, look.on_plate);
        if let Some(right) = &caption.right {
            plate(Align2::RIGHT_TOP, 0.0, right, look.on_plate);
        }
        let right_has_it = caption.right.is_some() && self.state.pair.1 == Which::Recovered;
        let corner = if right_has_it {
            Align2::RIGHT_TOP
        } else {
            Align2::LEFT_TOP
        };
        if let Some(badge) = badge {
            let colour = look.series[Which::Recovered.index()];
            plate(corner, down, badge, colour);
        }
    }

    /// The pixel under the pointer and those around it, enlarged beside it, at the same place in every pane.
    fn magnifier(&self, ui: &Ui, painter: &Painter, pane: &Pane, mode: Mode, pixel: [u32; 2]) {
        let share = pane.placement.middle(pixel);
        let at = pane.placement.point(share);
        let gap = 2.0 * self.look.medium;
        let place = pane::beside_pointer(pane.rect.shrink(self.look.tight), at, MAGNIFIER, gap);
        let scale = MAGNIFIED.max(2.0 * pane.placement.scale());
        let enlarged = Pane {
            id: pane.id.with("magnifier"),
            rect: place,
            placement: pane.placement.magnified(place, share, scale),
            ..*pane
        };
        painter.rect_filled(place, 0, self.look.canvas);
        if self.picture(ui, painter, &enlarged, mode).is_ok() {
            let side = Vec2::splat(scale / ui.ctx().pixels_per_point());
            let marked = Rect::from_center_size(place.center(), side);
            overlay::frame(painter, &self.look, marked);
            overlay::frame(painter, &self.look, place);
        }
    }
}

/// Tells assistive technology about a pane.
fn describe(response: &Response, enabled: bool, label: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Image, enabled, label));
}
