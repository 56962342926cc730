//! Pointer and arrow keys in a pane.

use eframe::egui::{
    CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Sense, Ui, Vec2, WidgetInfo,
    accesskit::Action, vec2,
};

use super::state::{ComparisonAction, ComparisonState, Layout, NUDGE, View};
use super::view::Placement;
use super::{describe, overlay};
use crate::app::words::say;

/// Zoom by the wheel, per point scrolled.
const WHEEL: f32 = 1.0 / 200.0;
/// The share of a pane by which an arrow moves the picture.
const STEP: f32 = 0.1;

/// Takes what was done in a pane into the state; where the pointer is, if over it.
pub(super) fn pane(
    ui: &Ui,
    id: Id,
    rect: Rect,
    state: &mut ComparisonState,
    placement: &Placement,
    label: &str,
) -> Option<Pos2> {
    let response = ui.interact(rect, id, Sense::click_and_drag());
    describe(&response, ui.is_enabled(), label);
    let over = response.contains_pointer();
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|_| over);
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    if response.double_clicked() {
        state.act(ComparisonAction::Fit);
    } else if response.dragged() {
        placement.pan(state, response.drag_delta());
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    } else if let Some(at) = pointer {
        ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        wheel(ui, state, placement, at);
    }
    if state.layout == Layout::Wipe {
        handle(ui, id, state, placement);
    }
    arrows(ui, &response, state, placement);
    pointer
}

fn wheel(ui: &Ui, state: &mut ComparisonState, placement: &Placement, at: Pos2) {
    let factor =
        ui.input(|input| input.zoom_delta() * (input.smooth_scroll_delta().y * WHEEL).exp());
    if factor != 1.0 && factor.is_finite() {
        placement.zoom(state, factor, at);
        // Nothing around the pane scrolls as well.
        ui.input_mut(|input| input.smooth_scroll_delta = Vec2::ZERO);
    }
}

/// The identity of the handle of a pane's wipe.
fn handle_id(pane: Id) -> Id {
    pane.with("wipe")
}

/// True if the handle of a wipe is held, pointed at or has the keys.
pub(super) fn handle_is_active(ui: &Ui, pane: Id) -> bool {
    ui.ctx()
        .read_response(handle_id(pane))
        .is_some_and(|handle| handle.hovered() || handle.dragged() || handle.has_focus())
}

fn handle(ui: &Ui, pane: Id, state: &mut ComparisonState, placement: &Placement) {
    let seen = placement.seen();
    let x = seen.left() + state.wipe * seen.width();
    let strip = Rect::from_x_y_ranges(x - overlay::HANDLE..=x + overlay::HANDLE, seen.y_range());
    let response = ui
        .interact(strip, handle_id(pane), Sense::drag())
        .on_hover_and_drag_cursor(CursorIcon::ResizeHorizontal);
    let (enabled, percent) = (ui.is_enabled(), f64::from(state.wipe * 100.0));
    response
        .widget_info(|| WidgetInfo::slider(enabled, percent, say!("place-of-the-wipe-in-percent")));
    if let Some(at) = response
        .interact_pointer_pos()
        .filter(|_| response.dragged())
    {
        state.act(ComparisonAction::Wipe(placement.wipe(at)));
    }
    if response.drag_started() {
        response.request_focus();
    }
    let asked = |action| ui.input(|input| input.num_accesskit_action_requests(response.id, action));
    let steps = asked(Action::Increment) as f32 - asked(Action::Decrement) as f32;
    state.act(ComparisonAction::Nudge(steps * NUDGE));
    arrows(ui, &response, state, placement);
}

/// Arrows move the wipe or the blend, else the picture.
fn arrows(ui: &Ui, response: &Response, state: &mut ComparisonState, placement: &Placement) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let pressed =
        |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32;
    let right = pressed(Key::ArrowRight) - pressed(Key::ArrowLeft);
    let down = pressed(Key::ArrowDown) - pressed(Key::ArrowUp);
    let mut by = vec2(right, down);
    if matches!(state.layout, Layout::Wipe | Layout::Onion) {
        state.act(ComparisonAction::Nudge(by.x * NUDGE));
        by.x = 0.0;
    }
    if by != Vec2::ZERO && state.view != View::Fit {
        placement.pan(state, -by * STEP * response.rect.size());
    }
}
