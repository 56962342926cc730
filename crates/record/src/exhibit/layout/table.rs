//! Tables. Rows stay whole where a page can hold them; over a break the head is repeated; a row that is
//! higher than a page goes on on the next one.

use image::RgbImage;

use super::cell::{PAD, Set, height, least};
use super::figure::fitted;
use super::paragraph::{Align, Line, Paragraph, Style};
use super::sheet::{ARTIFACT, Area, ElementRole, Mark, Sheet};
use crate::exhibit::look;

/// Between columns.
const GUTTER: f32 = 10.0;
/// Rows higher than this share of a page may be parted.
const PARTED: f32 = 0.3;

/// A column: its head, its share of the width, and the side that head and numbers stand against.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub title: &'static str,
    pub share: f32,
    pub align: Align,
}

/// Content of a cell.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// Texts below one another.
    Text(Vec<(String, Style)>),
    /// A picture, its alternative text, and its longer side in points.
    Picture(&'a RgbImage, String, f32),
}

/// A row, one cell a column.
#[derive(Clone, Debug)]
pub struct TableRow<'a> {
    pub cells: Vec<Cell<'a>>,
    /// Set off from the others; its text says why.
    pub marked: bool,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    pub columns: Vec<Column>,
    /// True if the first column is the head of its row.
    pub headed: bool,
    pub rows: Vec<TableRow<'a>>,
}

impl<'a> Cell<'a> {
    /// A text of one style.
    pub fn text(text: impl Into<String>, style: Style) -> Self {
        Self::Text(vec![(text.into(), style)])
    }
}

/// A table that is being set.
struct Setting {
    /// Left end and width of every column.
    columns: Vec<(f32, f32)>,
    titles: Vec<Paragraph>,
    headed: bool,
    element: usize,
}

impl<'a> Sheet<'a> {
    /// The height of a table that need not be parted.
    pub fn table_height(&mut self, table: &Table<'a>) -> f32 {
        let columns = self.columns(&table.columns);
        let rows = self.rows(table.rows.clone(), &columns);
        let rows: f32 = rows.iter().map(|(cells, _)| height(cells)).sum();
        head_height(&self.titles(&table.columns, &columns)) + rows + look::SPACE + PAD
    }

    /// Sets a table over the whole width; one without rows is left out.
    pub fn table(&mut self, table: Table<'a>) {
        let columns = self.columns(&table.columns);
        let rows = self.rows(table.rows, &columns);
        if rows.is_empty() {
            return;
        }
        let titles = self.titles(&table.columns, &columns);
        let page = self.bottom() - look::TOP;
        self.open(head_height(&titles) + least(&rows, page));
        let setting = Setting {
            columns,
            titles,
            headed: table.headed,
            element: self.element(ElementRole::Table, self.parent),
        };
        self.table_head(&setting, Some(setting.element));
        for (cells, marked) in &rows {
            self.row(cells, &setting, *marked);
        }
        self.y += look::SPACE + PAD;
    }

    fn titles(&mut self, columns: &[Column], places: &[(f32, f32)]) -> Vec<Paragraph> {
        let titles = columns.iter().zip(places);
        let titles = titles.map(|(column, &(_, width))| {
            let style = Style {
                align: column.align,
                ..look::LABEL
            };
            self.wrap(column.title, style, width)
        });
        titles.collect()
    }

    fn rows(
        &mut self,
        rows: Vec<TableRow<'a>>,
        columns: &[(f32, f32)],
    ) -> Vec<(Vec<Set<'a>>, bool)> {
        let mut set = Vec::with_capacity(rows.len());
        for row in rows {
            let cells = row.cells.into_iter().zip(columns);
            let cells = cells.map(|(cell, &(_, width))| self.set(cell, width));
            set.push((cells.collect(), row.marked));
        }
        set
    }

    fn columns(&self, columns: &[Column]) -> Vec<(f32, f32)> {
        let all: f32 = columns.iter().map(|column| column.share).sum();
        let room = self.width() - GUTTER * columns.len().saturating_sub(1) as f32;
        let mut x = look::SIDE;
        let mut placed = Vec::with_capacity(columns.len());
        for column in columns {
            let width = room * column.share / all;
            placed.push((x, width));
            x += width + GUTTER;
        }
        placed
    }

    fn set(&mut self, cell: Cell<'a>, width: f32) -> Set<'a> {
        match cell {
            Cell::Text(parts) => {
                let mut lines = Vec::new();
                for (text, style) in parts {
                    // An empty cell would be missing from the structure of the table.
                    let text = if text.trim().is_empty() { "–" } else { &text };
                    let wrapped = self.wrap(text, style, width).lines;
                    lines.extend(wrapped.into_iter().map(|line| (line, style)));
                }
                Set::Lines(lines)
            }
            Cell::Picture(picture, alternative, side) => {
                let size = fitted(picture.dimensions(), (side.min(width), side));
                Set::Picture(picture, alternative, size)
            }
        }
    }

    /// The head of a table; repeated on later pages, it is no part of it.
    fn table_head(&mut self, setting: &Setting, element: Option<usize>) {
        if setting.titles.iter().all(|title| title.width() <= 0.0) {
            self.rule(
                (look::SIDE, self.y, self.width()),
                look::HAIRLINE,
                look::INK,
            );
            return;
        }
        let row = element.map(|table| self.element(ElementRole::Row, table));
        let height = head_height(&setting.titles);
        for (title, &(x, width)) in setting.titles.iter().zip(&setting.columns) {
            let cell = row.map(|row| self.element(ElementRole::ColumnHeader, row));
            let y = self.y + height - PAD - title.height();
            self.put_text(title, cell, (x, y, width));
        }
        self.y += height;
        self.rule(
            (look::SIDE, self.y, self.width()),
            look::HAIRLINE,
            look::INK,
        );
    }

    fn row(&mut self, cells: &[Set<'a>], setting: &Setting, marked: bool) {
        let row = self.element(ElementRole::Row, setting.element);
        let mut elements = Vec::with_capacity(cells.len());
        for place in 0..cells.len() {
            let role = match setting.headed && place == 0 {
                true => ElementRole::RowHeader,
                false => ElementRole::Cell,
            };
            elements.push(self.element(role, row));
        }
        let whole = height(cells);
        let page = self.bottom() - look::TOP - head_height(&setting.titles);
        // A row that would leave much of a page empty is parted, too.
        let parted = whole > page * PARTED && self.y + page * PARTED / 2.0 <= self.bottom();
        if self.y + whole > self.bottom() && !parted {
            self.turn();
            self.table_head(setting, ARTIFACT);
        }
        let mut done = vec![0; cells.len()];
        loop {
            let room = self.bottom() - self.y - 2.0 * PAD;
            let taken: Vec<usize> = cells
                .iter()
                .zip(&done)
                .map(|(cell, &done)| cell.fitting(done, room))
                .collect();
            self.slice((cells, &elements), setting, (&done, &taken), marked);
            for (done, taken) in done.iter_mut().zip(&taken) {
                *done += taken;
            }
            let rest = cells
                .iter()
                .zip(&done)
                .any(|(cell, &done)| cell.count() > done);
            if !rest {
                break;
            }
            self.turn();
            self.table_head(setting, ARTIFACT);
        }
    }

    /// As much of a row as the page holds.
    fn slice(
        &mut self,
        (cells, elements): (&[Set<'a>], &[usize]),
        setting: &Setting,
        (done, taken): (&[usize], &[usize]),
        marked: bool,
    ) {
        let counts = || done.iter().zip(taken);
        let heights = cells.iter().zip(counts());
        let heights = heights.map(|(cell, (&done, &taken))| cell.height_of(done, taken));
        let height = heights.fold(0.0, f32::max) + 2.0 * PAD;
        if marked {
            let area = Area {
                x: look::SIDE - PAD,
                y: self.y,
                width: self.width() + 2.0 * PAD,
                height,
            };
            self.put(Mark::Fill(area, look::TINT), ARTIFACT);
        }
        let places = setting.columns.iter().zip(elements);
        let top = self.y + PAD;
        for ((cell, (&done, &taken)), (&(x, width), &element)) in
            cells.iter().zip(counts()).zip(places)
        {
            match cell {
                Set::Lines(lines) => {
                    let lines: Vec<_> = lines.iter().skip(done).take(taken).collect();
                    self.cell(&lines, element, (x, top, width));
                }
                Set::Picture(picture, alternative, (width, height)) if taken > 0 => {
                    let area = Area {
                        x,
                        y: top,
                        width: *width,
                        height: *height,
                    };
                    self.picture(picture, alternative, area, element);
                }
                Set::Picture(..) => {}
            }
        }
        self.y += height;
        self.rule(
            (look::SIDE, self.y, self.width()),
            look::HAIRLINE,
            look::HAIR,
        );
    }
}

impl Sheet<'_> {
    /// The lines of a cell; where they are of several styles, each is a paragraph of its own.
    fn cell(&mut self, lines: &[&(Line, Style)], cell: usize, (x, top, width): (f32, f32, f32)) {
        let mut y = top;
        for alike in lines.chunk_by(|(_, one), (_, other)| one == other) {
            let Some((_, style)) = alike.first() else {
                continue;
            };
            let element = match alike.len() == lines.len() {
                true => cell,
                false => self.element(ElementRole::Paragraph, cell),
            };
            let part: Vec<Line> = alike.iter().map(|(line, _)| line.clone()).collect();
            y += self.put_lines((&part, *style), Some(element), (x, y, width));
        }
    }
}

fn head_height(titles: &[Paragraph]) -> f32 {
    let titles = titles.iter().filter(|title| title.width() > 0.0);
    let height = titles.map(Paragraph::height).fold(0.0, f32::max);
    if height > 0.0 {
        height + 2.0 * PAD
    } else {
        0.0
    }
}
