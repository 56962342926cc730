//! Pictures and drawings with their captions.

use std::sync::Arc;

use image::RgbImage;
use rustybuzz::ttf_parser::Face as Shapes;
use usvg::fontdb::{Database, ID, Source};
use usvg::{FontResolver, ImageHrefResolver, Options, Tree};

use super::fonts::Fonts;
use super::legible::{heard, legible_drawing};
use super::paragraph::Paragraph;
use super::sheet::{Area, ElementRole, Mark, Sheet};
use crate::exhibit::{ExhibitError, look};

/// The longest alternative text, in characters.
const MAX_ALTERNATIVE: usize = 2000;

/// A picture in a row of equal ones.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    pub picture: &'a RgbImage,
    /// Its name in a word or two, and in a few more.
    pub label: &'a str,
    pub note: &'a str,
    pub alternative: String,
}

/// Reads drawings with the fonts of the exhibit.
pub struct Drawings {
    options: Options<'static>,
}

impl Drawings {
    /// Text of a drawing is set in the exhibit's type, whatever it asks for.
    pub fn new(fonts: &Fonts) -> Self {
        let mut database = Database::new();
        let mut ids = Vec::new();
        for face in fonts.faces() {
            ids.extend(database.load_font_source(Source::Binary(Arc::clone(&face.bytes))));
        }
        let (regular, strong) = (ids.first().copied(), ids.get(1).copied());
        let options = Options {
            font_resolver: FontResolver {
                select_font: Box::new(move |font, _| match font.weight() >= 600 {
                    true => strong,
                    false => regular,
                }),
                select_fallback: Box::new(move |letter, tried, database| {
                    let mut others = ids.iter().copied().filter(|id| !tried.contains(id));
                    others.find(|&id| has(database, id, letter))
                }),
            },
            fontdb: Arc::new(database),
            // A drawing brings its own data or none: it must not reach for files.
            image_href_resolver: ImageHrefResolver {
                resolve_data: ImageHrefResolver::default_data_resolver(),
                resolve_string: Box::new(|_, _| None),
            },
            ..Options::default()
        };
        Self { options }
    }

    /// Reads an SVG document; characters of it that no font has are noted.
    ///
    /// # Errors
    /// [`ExhibitError::Figure`] if it is none.
    pub fn read(&self, title: &str, svg: &str, fonts: &mut Fonts) -> Result<Tree, ExhibitError> {
        let svg = legible_drawing(svg, fonts);
        Tree::from_str(&svg, &self.options).map_err(|error| ExhibitError::Figure {
            title: title.to_owned(),
            why: error.to_string(),
        })
    }
}

fn has(database: &Database, id: ID, letter: char) -> bool {
    let has = database.with_face_data(id, |bytes, index| {
        // A damaged font has no letters; another is asked.
        let shapes = Shapes::parse(bytes, index).ok()?;
        shapes.glyph_index(letter)
    });
    has.flatten().is_some()
}

impl<'a> Sheet<'a> {
    /// Puts a picture on the last page as a figure of `parent`.
    pub fn picture(&mut self, picture: &'a RgbImage, alternative: &str, area: Area, parent: usize) {
        let figure = self.figure(alternative, area, parent);
        self.put(Mark::Picture(picture, area), Some(figure));
    }

    /// Puts a drawing on the last page as a figure of `parent`.
    pub fn drawing(&mut self, drawing: Tree, alternative: &str, area: Area, parent: usize) {
        let figure = self.figure(alternative, area, parent);
        self.put(Mark::Drawing(Box::new(drawing), area), Some(figure));
    }

    fn figure(&mut self, alternative: &str, area: Area, parent: usize) -> usize {
        let alternative = heard(alternative, MAX_ALTERNATIVE);
        let figure = self.element(ElementRole::Figure(alternative), parent);
        let page = self.pages.len().saturating_sub(1);
        if let Some(element) = self.elements.get_mut(figure) {
            element.area = Some((page, area));
        }
        figure
    }

    /// A drawing as wide as the text, but at most `most` points high, and its caption below.
    pub fn captioned(&mut self, drawing: Tree, (alternative, caption): (&str, &str), most: f32) {
        let caption = self.wrap(caption, look::SMALL, self.width());
        self.open(most.min(drawing.size().height()) + look::NEAR + caption.height());
        self.figure_alone(drawing, alternative, most);
        self.y += look::NEAR;
        let element = self.element(ElementRole::Caption, self.parent);
        self.flow(&caption.lines, caption.style, element, look::SIDE);
        self.y += look::GAP;
    }

    /// A drawing without a caption.
    pub fn figure_alone(&mut self, drawing: Tree, alternative: &str, most: f32) {
        let size = (drawing.size().width(), drawing.size().height());
        let (width, height) = shrunk(size, (self.width(), most));
        self.open(height);
        let area = Area {
            x: look::SIDE,
            y: self.y,
            width,
            height,
        };
        self.drawing(drawing, alternative, area, self.parent);
        self.y += height;
    }

    /// The names of pictures in columns of this width, and what they are.
    fn labels(&mut self, panels: &[Panel<'_>], column: f32) -> Vec<(Paragraph, Paragraph)> {
        let mut labels = Vec::with_capacity(panels.len());
        for panel in panels {
            let label = self.wrap_short(panel.label, look::STRONG, (column, 1));
            let note = self.wrap_short(panel.note, look::SMALL, (column, 2));
            labels.push((label, note));
        }
        labels
    }

    /// The height of the labels above pictures.
    pub fn labels_height(&mut self, panels: &[Panel<'_>], column: f32) -> f32 {
        highest(&self.labels(panels, column))
    }

    /// Pictures of one size in columns beside one another, their labels above.
    pub fn panels(&mut self, panels: &[Panel<'a>], side: f32, column: f32) {
        let labels = self.labels(panels, column);
        let above = highest(&labels);
        self.open(above + look::NEAR + side);
        for (place, (panel, (label, note))) in panels.iter().zip(labels).enumerate() {
            let x = look::SIDE + (column + look::GAP) * place as f32;
            let text = self.element(ElementRole::Paragraph, self.parent);
            let height = self.put_text(&label, Some(text), (x, self.y, column));
            let text = self.element(ElementRole::Paragraph, self.parent);
            self.put_text(&note, Some(text), (x, self.y + height, column));
            let (width, height) = fitted(panel.picture.dimensions(), (side, side));
            let area = Area {
                x,
                y: self.y + above + look::NEAR,
                width,
                height,
            };
            self.picture(panel.picture, &panel.alternative, area, self.parent);
            self.put(Mark::Frame(area, look::HAIRLINE, look::HAIR), None);
        }
        self.y += above + look::NEAR + side + look::SPACE;
    }
}

fn highest(labels: &[(Paragraph, Paragraph)]) -> f32 {
    let heights = labels.iter();
    let heights = heights.map(|(label, note)| label.height() + note.height());
    heights.fold(0.0, f32::max)
}

/// The size of a picture in a frame, larger or smaller.
pub(super) fn fitted((width, height): (u32, u32), room: (f32, f32)) -> (f32, f32) {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let scale = (room.0 / width).min(room.1 / height);
    (width * scale, height * scale)
}

/// The size of a drawing in a frame.
fn shrunk((width, height): (f32, f32), room: (f32, f32)) -> (f32, f32) {
    let scale = (room.0 / width.max(1.0)).min(room.1 / height.max(1.0));
    (width * scale, height * scale)
}
