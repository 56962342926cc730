//! Parts that follow one another down the pages: headings, which never stand alone at the foot of a page,
//! paragraphs, which leave no single line on either side of a break, and lists.

use super::legible::heard;
use super::paragraph::{Line, Style};
use super::sheet::{Bookmark, ElementRole, Sheet, Waiting};
use crate::exhibit::look;

/// Start of the text of a list, from its mark.
const INDENT: f32 = 14.0;
/// Lines of a paragraph that stay together at either end of a page.
const TOGETHER: usize = 2;
/// The longest text of a bookmark, in characters.
const MAX_BOOKMARK: usize = 200;

/// The level of a section's heading.
const SECTION: u16 = 2;

impl Sheet<'_> {
    /// Begins a section with its heading.
    pub fn section(&mut self, title: &str) {
        self.settle();
        self.parent = self.element(ElementRole::Section, 0);
        self.heading(SECTION, title);
    }

    /// A heading that is set together with what comes next.
    pub fn heading(&mut self, level: u16, text: &str) {
        let (style, before, after) = look_of_heading(level);
        self.waiting.push(Waiting {
            role: ElementRole::Heading(level, heard(text, MAX_BOOKMARK)),
            text: text.to_owned(),
            style,
            before,
            after,
        });
    }

    /// A paragraph that is set together with what comes next, such as a table.
    pub fn intro(&mut self, text: &str, style: Style) {
        self.waiting.push(Waiting {
            role: ElementRole::Paragraph,
            text: text.to_owned(),
            style,
            before: 0.0,
            after: look::SPACE,
        });
    }

    /// Sets headings that nothing followed.
    pub fn settle(&mut self) {
        self.open(0.0);
    }

    /// Makes room for a block of which at least `least` points must stand on one page, and sets what
    /// waits for it.
    pub fn open(&mut self, least: f32) {
        let mut blocks = Vec::with_capacity(self.waiting.len());
        let mut height = 0.0;
        for waiting in std::mem::take(&mut self.waiting) {
            let lines = self.wrap(&waiting.text, waiting.style, self.width());
            height += waiting.before + lines.height() + waiting.after;
            blocks.push((waiting, lines));
        }
        if self.y + height + least > self.bottom() && self.y > look::TOP {
            self.turn();
        }
        for (waiting, lines) in blocks {
            if self.y > look::TOP {
                self.y += waiting.before;
            }
            if let ElementRole::Heading(level, text) = &waiting.role {
                self.bookmark(*level, text);
                // At the top of a page the running head has a line already.
                if *level == SECTION && self.y > look::TOP {
                    let place = (look::SIDE, self.y - 6.0, self.width());
                    self.rule(place, look::RULE, look::INK);
                }
            }
            let element = self.element(waiting.role, self.parent);
            self.flow(&lines.lines, lines.style, element, look::SIDE);
            self.y += waiting.after;
        }
    }

    /// As [`Sheet::open`], for a block that is as high as a good part of a page.
    pub fn open_for(&mut self, height: f32) {
        self.open(height.min(self.bottom() - 2.0 * look::TOP));
    }

    /// Notes the place for the outline.
    pub fn bookmark(&mut self, level: u16, text: &str) {
        self.bookmarks.push(Bookmark {
            level,
            text: text.to_owned(),
            page: self.pages.len().saturating_sub(1),
            y: (self.y - look::GAP).max(0.0),
        });
    }

    /// A paragraph over the whole width.
    pub fn paragraph(&mut self, text: &str, style: Style) {
        self.block(text, style, ElementRole::Paragraph, 0.0);
    }

    /// A line that is to be typed as it stands.
    pub fn code(&mut self, text: &str) {
        self.block(text, look::CODE, ElementRole::Code, look::GAP);
    }

    fn block(&mut self, text: &str, style: Style, role: ElementRole, indent: f32) {
        let lines = self.wrap(text, style, self.width() - indent);
        self.open(lines.lines.len().min(TOGETHER) as f32 * style.leading);
        let element = self.element(role, self.parent);
        self.flow(&lines.lines, style, element, look::SIDE + indent);
        self.y += look::SPACE;
    }

    /// The width that the text of a list has.
    pub fn list_width(&self) -> f32 {
        self.width() - INDENT
    }

    /// A list with a mark before every item.
    pub fn list<T: AsRef<str>>(&mut self, items: &[T], style: Style) {
        let mut list = None;
        for item in items {
            let lines = self.wrap(item.as_ref(), style, self.list_width());
            self.open(lines.lines.len().min(TOGETHER) as f32 * style.leading);
            let list = *list.get_or_insert_with(|| self.element(ElementRole::List, self.parent));
            let entry = self.element(ElementRole::ListItem, list);
            let label = self.element(ElementRole::ListLabel, entry);
            let body = self.element(ElementRole::ListBody, entry);
            // The mark stands on the page where its text begins.
            if self.goes_over(lines.lines.len(), style) {
                self.turn();
            }
            let mark = self.wrap("–", style, INDENT);
            self.put_text(&mark, Some(label), (look::SIDE, self.y, INDENT));
            self.flow(&lines.lines, style, body, look::SIDE + INDENT);
            self.y += look::SPACE / 2.0;
        }
        self.y += look::SPACE / 2.0;
    }

    /// The number of lines, of so many, that go on this page: neither the first nor the last ones stand alone.
    fn fitting(&self, count: usize, style: Style) -> usize {
        let room = ((self.bottom() - self.y) / style.leading + 0.01).max(0.0) as usize;
        match count {
            all if all <= room => all,
            all if all - room < TOGETHER => room.saturating_sub(TOGETHER - 1),
            _ => room,
        }
    }

    /// True if a text of so many lines begins on the next page.
    fn goes_over(&self, count: usize, style: Style) -> bool {
        let fitting = self.fitting(count, style);
        fitting < count && fitting < TOGETHER && self.y > look::TOP
    }

    /// Lines down the page and on to the next ones.
    pub fn flow(&mut self, lines: &[Line], style: Style, element: usize, x: f32) {
        let mut rest = lines;
        while !rest.is_empty() {
            if self.goes_over(rest.len(), style) {
                self.turn();
                continue;
            }
            let take = self.fitting(rest.len(), style);
            let (now, later) = rest.split_at(take.clamp(1, rest.len()));
            let width = self.size.0 - look::SIDE - x;
            self.y += self.put_lines((now, style), Some(element), (x, self.y, width));
            rest = later;
            if !rest.is_empty() {
                self.turn();
            }
        }
    }
}

/// The style of a heading, and the room before and after it.
fn look_of_heading(level: u16) -> (Style, f32, f32) {
    match level {
        SECTION => (look::SECTION, 30.0, 8.0),
        _ => (look::HEADING, 10.0, 4.0),
    }
}
