//! A sheet of pictures to be looked at: a row a work, a column a stage (original, partial, recovered),
//! so that anybody can see what the scores say.

use image::RgbImage;
use image::imageops::{FilterType, replace, resize};
use thiserror::Error;
use tiny_skia::{Color, FillRule, Paint, Pixmap, Transform};

use palimpsest_record::chart::{Palette, Rgb};
use palimpsest_record::glyph_outlines::{Lettering, LetteringError};

/// The longest side of a sheet, in pixels.
pub const MAX_SIDE: u32 = 32_768;
/// The most pixels of a sheet.
pub const MAX_PIXELS: u64 = 200_000_000;

/// The sheet.
#[derive(Clone, Debug)]
pub struct Grid {
    pub title: String,
    /// The headings of the columns, from the left.
    pub columns: Vec<String>,
    pub sections: Vec<Section>,
    /// Further notes for a reader; broken into lines as needed.
    pub footnote: String,
    /// Width and height in pixels that every picture is fitted into. A multiple of the pictures' own leaves
    /// no gaps: they are enlarged by whole factors only.
    pub cell: u32,
    pub palette: Palette,
}

/// Rows under one heading.
#[derive(Clone, Debug)]
pub struct Section {
    pub heading: String,
    pub rows: Vec<GridRow>,
}

/// One work.
#[derive(Clone, Debug)]
pub struct GridRow {
    /// Its name, in one line.
    pub name: String,
    /// Lines below the name: its role, its scores.
    pub notes: Vec<String>,
    /// One a column; what is missing stays an empty frame.
    pub pictures: Vec<Option<RgbImage>>,
}

/// The reason for which a sheet cannot be drawn.
#[derive(Debug, Error)]
pub enum GridError {
    /// No column, no row, or cells of no size.
    #[error("a sheet of pictures needs a column, a row and cells of at least one pixel")]
    Empty,
    /// A row with more or fewer pictures than there are columns.
    #[error("{name} has {found} pictures where the sheet has {columns} columns")]
    Columns {
        name: String,
        found: usize,
        columns: usize,
    },
    /// More than can be kept in memory or opened.
    #[error(
        "a sheet of {width}×{height} pixels is too large: show fewer works on it, or smaller ones"
    )]
    TooLarge { width: u64, height: u64 },
    /// The font.
    #[error(transparent)]
    Lettering(#[from] LetteringError),
}

/// Sizes of letters, in pixels.
const TITLE: f32 = 20.0;
const HEADING: f32 = 16.0;
const TEXT: f32 = 13.0;
/// From one line of text to the next.
const LINE: u32 = 19;
/// Around the sheet, and between its parts.
const MARGIN: u32 = 20;
const GAP: u32 = 10;
/// The column of names and notes.
const CAPTION: u32 = 230;
const TITLE_HEIGHT: u32 = 40;
const HEADING_HEIGHT: u32 = 44;

impl Grid {
    /// Draws the sheet.
    ///
    /// # Errors
    /// [`GridError`].
    pub fn draw(&self) -> Result<RgbImage, GridError> {
        self.check()?;
        let lettering = Lettering::new()?;
        let width = self.width();
        let footnote = wrapped(
            &lettering,
            &self.footnote,
            (width - u64::from(2 * MARGIN)) as f32,
        );
        let height = self.height(footnote.len());
        let mut sheet = Sheet::new((width, height), self.palette, lettering)?;
        self.draw_headings(&mut sheet);
        let mut top = MARGIN + TITLE_HEIGHT + LINE + GAP;
        for section in &self.sections {
            let baseline = top + HEADING_HEIGHT - 16;
            let heading = (HEADING, self.palette.ink);
            sheet.write(
                &section.heading,
                heading,
                (MARGIN, baseline),
                sheet.inner_width(),
            );
            top += HEADING_HEIGHT;
            for row in &section.rows {
                self.draw_row(&mut sheet, row, top);
                top += self.row_height(row) + GAP;
            }
        }
        for (line, number) in footnote.iter().zip(1..) {
            let place = (MARGIN, top + GAP + LINE * number);
            sheet.write(line, (TEXT, self.palette.muted), place, sheet.inner_width());
        }
        Ok(sheet.picture)
    }

    fn check(&self) -> Result<(), GridError> {
        let mut rows = self.sections.iter().flat_map(|section| &section.rows);
        if self.columns.is_empty() || self.cell == 0 || rows.clone().next().is_none() {
            return Err(GridError::Empty);
        }
        let columns = self.columns.len();
        match rows.find(|row| row.pictures.len() != columns) {
            None => Ok(()),
            Some(row) => Err(GridError::Columns {
                name: row.name.clone(),
                found: row.pictures.len(),
                columns,
            }),
        }
    }

    fn width(&self) -> u64 {
        let columns = self.columns.len() as u64;
        u64::from(2 * MARGIN + CAPTION) + columns * (u64::from(self.cell) + u64::from(GAP))
    }

    fn height(&self, footnotes: usize) -> u64 {
        let section = |section: &Section| {
            let rows = section
                .rows
                .iter()
                .map(|row| u64::from(self.row_height(row) + GAP));
            u64::from(HEADING_HEIGHT) + rows.sum::<u64>()
        };
        let head = u64::from(MARGIN + TITLE_HEIGHT + LINE + GAP);
        let foot = u64::from(MARGIN + GAP) + u64::from(LINE) * footnotes as u64;
        head + self.sections.iter().map(section).sum::<u64>() + foot
    }

    /// A row is as high as its pictures, or as its text where that needs more.
    fn row_height(&self, row: &GridRow) -> u32 {
        // More notes than any picture has room for: cut to the highest side below.
        let lines = u32::try_from(row.notes.len() + 1).unwrap_or(u32::MAX);
        self.cell.max(lines.saturating_mul(LINE)).min(MAX_SIDE)
    }

    /// The left edge of a column, in pixels.
    fn column(&self, index: usize) -> u32 {
        MARGIN + CAPTION + GAP + index as u32 * (self.cell + GAP)
    }

    fn draw_headings(&self, sheet: &mut Sheet) {
        let baseline = MARGIN + 20;
        let title = (TITLE, self.palette.ink);
        sheet.write(&self.title, title, (MARGIN, baseline), sheet.inner_width());
        let label = (TEXT, self.palette.muted);
        let baseline = MARGIN + TITLE_HEIGHT + LINE - 4;
        for (index, name) in self.columns.iter().enumerate() {
            sheet.write(name, label, (self.column(index), baseline), self.cell);
        }
    }

    fn draw_row(&self, sheet: &mut Sheet, row: &GridRow, top: u32) {
        let name = (TEXT, self.palette.ink);
        sheet.write(&row.name, name, (MARGIN, top + 13), CAPTION);
        for (line, number) in row.notes.iter().zip(1..) {
            let place = (MARGIN, top + 13 + LINE * number);
            sheet.write(line, (TEXT, self.palette.muted), place, CAPTION);
        }
        for (index, picture) in row.pictures.iter().enumerate() {
            sheet.show(picture.as_ref(), (self.column(index), top), self.cell);
        }
    }
}

/// The picture in the making.
struct Sheet {
    picture: RgbImage,
    palette: Palette,
    lettering: Lettering,
}

impl Sheet {
    fn new(
        (width, height): (u64, u64),
        palette: Palette,
        lettering: Lettering,
    ) -> Result<Self, GridError> {
        let side = u64::from(MAX_SIDE);
        if width > side || height > side || width * height > MAX_PIXELS {
            return Err(GridError::TooLarge { width, height });
        }
        let ground = image::Rgb(palette.ground);
        Ok(Self {
            picture: RgbImage::from_pixel(width as u32, height as u32, ground),
            palette,
            lettering,
        })
    }

    fn inner_width(&self) -> u32 {
        self.picture.width() - 2 * MARGIN
    }

    /// Writes one line from a place on its baseline, shortened to a width in pixels.
    fn write(&mut self, text: &str, (em, colour): (f32, Rgb), (x, y): (u32, u32), width: u32) {
        let text = self.lettering.fitted(text, em, width as f32);
        // Only the strip that the line covers is drawn on a surface of its own.
        let (above, height) = (em.ceil() as u32 + 4, 2 * em.ceil() as u32 + 4);
        let outline = self.lettering.outline(&text, em, (2.0, above as f32));
        let strip = Pixmap::new(width.saturating_add(4), height);
        let (Some(outline), Some(mut strip)) = (outline, strip) else {
            return;
        };
        let [red, green, blue] = colour;
        let mut paint = Paint::default();
        paint.set_color(Color::from_rgba8(red, green, blue, 255));
        strip.fill_path(
            &outline,
            &paint,
            FillRule::Winding,
            Transform::identity(),
            None,
        );
        self.lay(&strip, (x.saturating_sub(2), y.saturating_sub(above)));
    }

    /// Lays a strip over the sheet; what hangs over its edge is cut.
    fn lay(&mut self, strip: &Pixmap, (left, top): (u32, u32)) {
        for (index, above) in strip.pixels().iter().enumerate() {
            let (x, y) = (index as u32 % strip.width(), index as u32 / strip.width());
            if let Some(below) = self.picture.get_pixel_mut_checked(left + x, top + y) {
                // Premultiplied: what shines through is added to what is there.
                let through = 255 - u16::from(above.alpha());
                let over = [above.red(), above.green(), above.blue()];
                for (below, above) in below.0.iter_mut().zip(over) {
                    *below = above.saturating_add((u16::from(*below) * through / 255) as u8);
                }
            }
        }
    }

    /// Shows a picture in a cell, or an empty frame.
    fn show(&mut self, picture: Option<&RgbImage>, (left, top): (u32, u32), cell: u32) {
        let Some(shown) = picture.and_then(|picture| fitted(picture, cell)) else {
            return self.frame((left, top), cell);
        };
        let (x, y) = (i64::from(left), i64::from(top));
        replace(&mut self.picture, &shown, x, y);
    }

    fn frame(&mut self, (left, top): (u32, u32), cell: u32) {
        let colour = image::Rgb(self.palette.mesh);
        for offset in 0..cell {
            for (x, y) in [
                (offset, 0),
                (offset, cell - 1),
                (0, offset),
                (cell - 1, offset),
            ] {
                self.picture.put_pixel(left + x, top + y, colour);
            }
        }
    }
}

/// A picture that fits a cell; none where it has no pixels. A small one is enlarged by a whole factor
/// only, so that what a small model made is seen pixel by pixel.
fn fitted(picture: &RgbImage, cell: u32) -> Option<RgbImage> {
    let (width, height) = picture.dimensions();
    if width == 0 || height == 0 {
        return None;
    }
    let longer = width.max(height);
    if longer <= cell {
        let factor = cell / longer;
        return Some(resize(
            picture,
            width * factor,
            height * factor,
            FilterType::Nearest,
        ));
    }
    let scaled = |side: u32| (u64::from(side) * u64::from(cell) / u64::from(longer)).max(1) as u32;
    Some(resize(
        picture,
        scaled(width),
        scaled(height),
        FilterType::Triangle,
    ))
}

/// Text broken between words into lines of at most some width.
fn wrapped(lettering: &Lettering, text: &str, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        lines.push(String::new());
        for word in paragraph.split_whitespace() {
            let longer = |line: &String| match line.is_empty() {
                true => word.to_owned(),
                false => format!("{line} {word}"),
            };
            match lines.last_mut() {
                Some(line) if line.is_empty() || lettering.width(&longer(line), TEXT) <= width => {
                    *line = longer(line);
                }
                _ => lines.push(word.to_owned()),
            }
        }
    }
    lines
}
