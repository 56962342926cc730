//! A list as one stop of the Tab key: arrows, Home, End and the page keys move in it, and a screen reader is told
//! which row they have reached.

use eframe::egui::{
    self, Event, EventFilter, Id, Key, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo,
};

use super::focus;
use crate::app::tokens;

/// A list in a frame.
pub struct List {
    pub response: Response,
    is_grid: bool,
}

/// Something that keys ask for in a list that has the focus.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ListKey {
    /// Rows down, columns to the right; with Shift what lies between is taken too.
    Move {
        down: isize,
        right: isize,
        extends: bool,
    },
    All,
    Open,
    Toggle,
    Star,
}

impl List {
    /// A list over `rect`, before its rows are drawn.
    pub fn new(ui: &Ui, id: Id, rect: Rect, (role, name): (Role, &str), is_grid: bool) -> Self {
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(role, true, name));
        if response.has_focus() {
            focus::shows_itself(&response);
            let filter = EventFilter {
                vertical_arrows: true,
                horizontal_arrows: is_grid,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        Self { response, is_grid }
    }

    pub fn has_focus(&self) -> bool {
        self.response.has_focus()
    }

    /// The keys pressed in this frame, if it has the focus; `page` rows are seen at once.
    pub fn keys(&self, ui: &Ui, page: usize) -> Vec<ListKey> {
        if !self.has_focus() {
            return Vec::new();
        }
        let page = isize::try_from(page.max(1)).unwrap_or(isize::MAX);
        ui.input(|input| {
            let pressed = input.events.iter().filter_map(|event| match event {
                Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                } => self.meaning(*key, *modifiers, page),
                _ => None,
            });
            pressed.collect()
        })
    }

    fn meaning(&self, key: Key, modifiers: Modifiers, page: isize) -> Option<ListKey> {
        let far = isize::MAX / 4;
        let (down, right) = match key {
            // Alt moves the row itself.
            _ if modifiers.alt => return None,
            Key::A if modifiers.command => return Some(ListKey::All),
            Key::ArrowUp => (-1, 0),
            Key::ArrowDown => (1, 0),
            Key::ArrowLeft if self.is_grid => (0, -1),
            Key::ArrowRight if self.is_grid => (0, 1),
            Key::Home => (-far, 0),
            Key::End => (far, 0),
            Key::PageUp => (-page, 0),
            Key::PageDown => (page, 0),
            _ if modifiers.command => return None,
            Key::Enter => return Some(ListKey::Open),
            Key::Space => return Some(ListKey::Toggle),
            Key::S => return Some(ListKey::Star),
            _ => return None,
        };
        Some(ListKey::Move {
            down,
            right,
            extends: modifiers.shift,
        })
    }

    /// Tells a screen reader that `row` is what the keys have reached.
    pub fn reach(&self, row: &Response) {
        let row = row.id.accesskit_id();
        let ctx = &self.response.ctx;
        ctx.accesskit_node_builder(self.response.id, |node| node.set_active_descendant(row));
    }

    /// The ring around what the keys have reached, or around the whole list.
    pub fn ring(&self, ui: &Ui, rect: Rect) {
        if self.has_focus() {
            let stroke = Stroke::new(2.0, tokens::of(ui).accent);
            ui.painter().rect_stroke(
                rect,
                f32::from(tokens::radius::CONTROL),
                stroke,
                StrokeKind::Inside,
            );
        }
    }
}

/// The place after a move from `from` in a list of `length`; the first where nothing was reached.
pub fn moved(from: Option<usize>, by: isize, length: usize) -> Option<usize> {
    let last = length.checked_sub(1)?;
    let Some(from) = from else {
        return Some(if by > isize::MAX / 8 { last } else { 0 });
    };
    Some(from.saturating_add_signed(by).min(last))
}

/// Scrolls so that a stretch of rows is seen below `top` points that something lies on.
pub fn scroll_to(ui: &Ui, row: Rect, top: f32) {
    let row = Rect::from_min_max(row.min - egui::vec2(0.0, top), row.max);
    ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_move_ends_at_the_ends() {
        assert_eq!(moved(Some(2), 1, 3), Some(2));
        assert_eq!(moved(Some(0), -1, 3), Some(0));
        assert_eq!(moved(Some(1), isize::MAX / 4, 9), Some(8));
        assert_eq!(moved(None, 1, 3), Some(0));
        assert_eq!(moved(None, 1, 0), None);
    }
}
