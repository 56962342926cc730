//! The document while it is laid out: pages with what stands on them, and the elements that give it
//! its reading order. Nothing here knows of PDF: pages are counted before the first one is written.

use image::RgbImage;
use usvg::Tree;

use super::fonts::Fonts;
use super::paragraph::{Align, Line, Paragraph, Style, wrap, wrap_even, wrap_short};
use crate::chart::Rgb;
use crate::exhibit::look;
use crate::language::Texts;

/// The most pages of an exhibit.
pub const MAX_PAGES: usize = 2000;

/// A place on a page, in points from the top left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

/// Role of an element for a reader who does not see the page.
#[derive(Clone, Debug, PartialEq)]
pub enum ElementRole {
    Document,
    Section,
    /// Level, from 1, and text.
    Heading(u16, String),
    Paragraph,
    List,
    ListItem,
    ListLabel,
    ListBody,
    Table,
    Row,
    ColumnHeader,
    RowHeader,
    Cell,
    /// With its alternative text.
    Figure(String),
    Caption,
    Code,
}

/// An element of the reading order.
#[derive(Clone, Debug)]
pub struct Element {
    pub role: ElementRole,
    pub children: Vec<usize>,
    /// Page and place, of figures.
    pub area: Option<(usize, Area)>,
}

/// Mark of what belongs to no element: lines, running heads, repeated table heads.
pub const ARTIFACT: Option<usize> = None;

/// Something on a page.
pub enum Mark<'a> {
    /// Lines of text; x and baseline of each.
    Text(Vec<(Line, f32, f32)>, Style),
    Picture(&'a RgbImage, Area),
    Drawing(Box<Tree>, Area),
    /// A filled area: rules are thin ones.
    Fill(Area, Rgb),
    Frame(Area, f32, Rgb),
}

/// A mark and the element that it belongs to.
pub struct PlacedMark<'a> {
    pub mark: Mark<'a>,
    pub element: Option<usize>,
}

/// An entry of the outline: level, text, page, and the place on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    pub level: u16,
    pub text: String,
    pub page: usize,
    pub y: f32,
}

/// A text that is set together with what comes next.
pub(super) struct Waiting {
    pub role: ElementRole,
    pub text: String,
    pub style: Style,
    pub before: f32,
    pub after: f32,
}

/// A document in the making.
pub struct Sheet<'a> {
    pub fonts: Fonts<'a>,
    pub size: (f32, f32),
    pub pages: Vec<Vec<PlacedMark<'a>>>,
    pub elements: Vec<Element>,
    pub bookmarks: Vec<Bookmark>,
    /// Height kept free at the foot of the first page, for what must stand there whatever comes above it.
    pub kept_free: f32,
    /// Position of the next thing on the page.
    pub y: f32,
    /// The element that new ones belong to.
    pub parent: usize,
    /// The page that things are put on.
    current: usize,
    /// Headings and the like that wait for what follows them.
    pub(super) waiting: Vec<Waiting>,
}

impl<'a> Sheet<'a> {
    /// The words of the document, in its language.
    pub fn texts(&self) -> &'static Texts {
        self.fonts.texts
    }

    /// A document of one empty page of some width and height in points.
    pub fn new(fonts: Fonts<'a>, size: (f32, f32)) -> Self {
        Self {
            fonts,
            size,
            pages: vec![Vec::new()],
            elements: vec![Element {
                role: ElementRole::Document,
                children: Vec::new(),
                area: None,
            }],
            bookmarks: Vec::new(),
            kept_free: 0.0,
            y: look::TOP,
            parent: 0,
            current: 0,
            waiting: Vec::new(),
        }
    }

    /// Width of the text, in points.
    pub fn width(&self) -> f32 {
        self.size.0 - 2.0 * look::SIDE
    }

    /// Lower end of the text of a page.
    pub fn bottom(&self) -> f32 {
        let end = self.size.1 - look::BOTTOM;
        if self.pages.len() == 1 {
            end - self.kept_free
        } else {
            end
        }
    }

    /// A new element of `parent`.
    pub fn element(&mut self, role: ElementRole, parent: usize) -> usize {
        let place = self.elements.len();
        self.elements.push(Element {
            role,
            children: Vec::new(),
            area: None,
        });
        if let Some(parent) = self.elements.get_mut(parent) {
            parent.children.push(place);
        }
        place
    }

    /// A text in lines.
    pub fn wrap(&mut self, text: &str, style: Style, width: f32) -> Paragraph {
        wrap(text, style, width, &mut self.fonts)
    }

    /// A text in at most `room.1` lines of `room.0` points.
    pub fn wrap_short(&mut self, text: &str, style: Style, room: (f32, usize)) -> Paragraph {
        wrap_short(text, style, room, &mut self.fonts)
    }

    /// A title in at most `room.1` lines, about as long as one another.
    pub fn wrap_even(&mut self, text: &str, style: Style, room: (f32, usize)) -> Paragraph {
        wrap_even(text, style, room, &mut self.fonts)
    }

    /// Puts a mark on the page.
    pub fn put(&mut self, mark: Mark<'a>, element: Option<usize>) {
        if let Some(page) = self.pages.get_mut(self.current) {
            page.push(PlacedMark { mark, element });
        }
    }

    /// Puts lines of a text on the page, the first at its top; the height that they take.
    pub fn put_lines(
        &mut self,
        (lines, style): (&[Line], Style),
        element: Option<usize>,
        (x, y, width): (f32, f32, f32),
    ) -> f32 {
        let mut placed = Vec::with_capacity(lines.len());
        for (number, line) in lines.iter().enumerate() {
            let x = match style.align {
                Align::Left => x,
                Align::Right => x + width - line.width,
            };
            // The letters stand in the middle of their line by the height of capitals.
            let baseline = (style.leading + style.size * look::CAPITAL) / 2.0;
            placed.push((
                line.clone(),
                x,
                y + number as f32 * style.leading + baseline,
            ));
        }
        if !placed.is_empty() {
            self.put(Mark::Text(placed, style), element);
        }
        lines.len() as f32 * style.leading
    }

    /// Puts a whole text on the page.
    pub fn put_text(
        &mut self,
        text: &Paragraph,
        element: Option<usize>,
        place: (f32, f32, f32),
    ) -> f32 {
        self.put_lines((&text.lines, text.style), element, place)
    }

    /// A thin line across.
    pub fn rule(&mut self, (x, y, width): (f32, f32, f32), weight: f32, colour: Rgb) {
        let area = Area {
            x,
            y: y - weight / 2.0,
            width,
            height: weight,
        };
        self.put(Mark::Fill(area, colour), ARTIFACT);
    }

    /// A small text of its own.
    pub fn note(&mut self, text: &str, place: (f32, f32, f32)) -> f32 {
        let lines = self.wrap(text, look::SMALL, place.2);
        let element = self.element(ElementRole::Paragraph, self.parent);
        self.put_text(&lines, Some(element), place)
    }

    /// Puts things on an earlier page.
    pub fn on(&mut self, page: usize, put: impl FnOnce(&mut Self)) {
        self.current = page;
        put(self);
        self.current = self.pages.len().saturating_sub(1);
    }

    /// Begins a page.
    pub fn turn(&mut self) {
        self.current = self.pages.len();
        self.pages.push(Vec::new());
        self.y = look::TOP;
    }
}
