//! The focus of the keyboard: a ring around what has it, in both themes, and its way into a dialog and back.

use eframe::egui::{Context, FocusDirection, Id, Response, Stroke, StrokeKind, Theme, WidgetRect};

use crate::app::tokens::{self, radius, space};

/// Width of the ring in points, and of the gap between it and what it stands around: on a button in the accent's own
/// colour it would not be seen without one.
const WIDTH: f32 = 2.0;
const GAP: f32 = space::HAIR;

/// Draws a ring around the widget that has the focus. To be called when everything else is drawn.
pub fn ring(ctx: &Context) {
    let Some(id) = ctx.memory(|memory| memory.focused()) else {
        return;
    };
    let draws_its_own = ctx.data(|data| data.get_temp::<Id>(own_ring())) == Some(id);
    let Some(widget) = widget(ctx, id).filter(|_| !draws_its_own) else {
        return;
    };
    let seen = widget.interact_rect;
    if !seen.is_positive() {
        return;
    }
    let theme = match ctx.global_style().visuals.dark_mode {
        true => Theme::Dark,
        false => Theme::Light,
    };
    let stroke = Stroke::new(WIDTH, tokens::colours(theme).accent);
    let corner = f32::from(radius::CONTROL) + GAP;
    ctx.layer_painter(widget.layer_id).rect_stroke(
        seen.expand(GAP),
        corner,
        stroke,
        StrokeKind::Outside,
    );
}

/// The place of a widget. Asked for its response, the toolkit would take the focus from what was just given it by a
/// click elsewhere.
fn widget(ctx: &Context, id: Id) -> Option<WidgetRect> {
    ctx.viewport(|viewport| {
        let now = viewport.this_pass.widgets.get(id);
        now.or_else(|| viewport.prev_pass.widgets.get(id)).copied()
    })
}

/// Says that a widget which has the focus shows it by itself, as a list does by the row that is reached.
pub fn shows_itself(response: &Response) {
    let id = response.id;
    response
        .ctx
        .data_mut(|data| data.insert_temp(own_ring(), id));
}

fn own_ring() -> Id {
    Id::unique("widget that shows its focus itself")
}

/// The focus as it was before a dialog took the keyboard.
#[derive(Debug, Default)]
pub struct FocusBefore {
    /// None while there is no dialog.
    before: Option<Option<Id>>,
}

impl FocusBefore {
    /// To be called in every frame, before a dialog is drawn: notes what has the focus when one opens, and gives it
    /// back when the last is gone.
    pub fn follow(&mut self, ctx: &Context, has_dialog: bool) {
        match (has_dialog, self.before.take()) {
            (true, None) => self.before = Some(ctx.memory(|memory| memory.focused())),
            (true, before) => self.before = before,
            (false, Some(before)) if ctx.memory(|memory| memory.top_modal_layer()).is_some() => {
                // For one more frame nothing below the dialog may have it.
                self.before = Some(before);
                ctx.request_repaint();
            }
            (false, Some(Some(id))) => ctx.memory_mut(|memory| memory.request_focus(id)),
            (false, _) => {}
        }
    }
}

/// Gives the focus to the first thing in a dialog where nothing in it has it, so that Tab and Enter act there and not
/// on what lies below. To be called in every frame just before the dialog is drawn.
pub fn enter_dialog(ctx: &Context) {
    if ctx.memory(|memory| memory.top_modal_layer()).is_none() {
        // It is drawn for the first time, and takes no keys yet.
        return;
    }
    let focused = ctx.memory(|memory| memory.focused());
    let place = focused.and_then(|id| widget(ctx, id));
    let is_within =
        place.is_some_and(|it| ctx.memory(|memory| memory.is_above_modal_layer(it.layer_id)));
    if !is_within {
        ctx.memory_mut(|memory| {
            if let Some(outside) = focused {
                memory.surrender_focus(outside);
            }
            memory.move_focus(FocusDirection::Next);
        });
    }
}
