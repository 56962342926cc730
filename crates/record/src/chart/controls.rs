//! The score of the questioned works among those of their controls: one row a kind of control, its
//! spread as a band and every picture in it as a mark, and the questioned works as lines across all.

use std::ops::Range;

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, ChartBuilder, ChartContext, Circle, Color, DrawingBackend, LineSeries,
    PathElement, Polygon, Rectangle,
};

use super::apart::{Wanted, apart};
use super::canvas::{Canvas, ChartError, row_count, units};
use super::pen::{LABEL, Pen, SMALL, TITLE, TextAnchor, line, rgb, style};
use super::range::{self, tick};
use super::{Chart, Rgb};
use crate::glyph_outlines::Lettering;
use crate::language::{Language, Texts};

/// Relation of a row's pictures to the model; the marks differ by it, in grey too.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ControlKind {
    /// Known not to have been used: hollow dots.
    Negative,
    /// Known to have been used: full dots.
    Positive,
    /// Made by the model: hollow squares.
    OwnOutput,
    /// Shown for context: short strokes.
    Context,
}

/// The scores of one kind of control.
#[derive(Clone, Debug)]
pub struct ControlRow {
    pub kind: ControlKind,
    /// With the count of pictures, such as `Declared not used (24)`.
    pub label: String,
    /// May be empty: the row then says that there are none.
    pub scores: Vec<f64>,
}

/// A questioned work: a short name, such as `A`, and its score.
#[derive(Clone, Debug)]
pub struct Questioned {
    pub label: String,
    pub score: f64,
}

/// The questioned works among their controls.
#[derive(Clone, Debug)]
pub struct ControlChart {
    pub language: Language,
    pub title: String,
    /// The score's name, its unit, and the direction in which it speaks.
    pub axis: String,
    pub questioned: Vec<Questioned>,
    pub rows: Vec<ControlRow>,
    /// Of the plot without its labels, in pixels: [`ControlChart::WIDTH`] in print.
    pub width: f32,
}

/// The room about the plot, in pixels.
const TOP: f32 = 46.0;
const BOTTOM: f32 = 52.0;
const FOOT: f32 = 6.0;
const MARGIN: f32 = 4.0;
/// Height of a row, of its band, and of the row of the questioned works.
const ROW: f32 = 34.0;
const BAND: f32 = 22.0;
const HEAD: f32 = 40.0;
/// Widest label of a row.
const ROW_LABEL: f32 = 230.0;
const RADIUS: f32 = 3.6;
const DIAMOND: f32 = 6.5;
/// Largest distance of a mark from the middle of its row.
const STRAY: f64 = 7.0;

/// Between two names of questioned works; a name this far from its mark stands aside, and then all are this much higher.
const NAMES_APART: f32 = 4.0;
const ASIDE: f32 = 1.0;
const RAISED: f32 = 7.0;

/// Pixels of the axis to one of its numbers.
const NUMBER: f32 = 60.0;

/// The name of a questioned work, the place of its mark, and its own middle and half its width, in pixels.
#[derive(Clone, Debug, PartialEq)]
struct PlacedName {
    text: String,
    of: f32,
    at: f32,
    half: f32,
}

impl ControlChart {
    /// The width in print.
    pub const WIDTH: f32 = 520.0;

    fn texts(&self) -> &'static Texts {
        self.language.texts()
    }

    fn plot_height(&self) -> f32 {
        HEAD + ROW * self.rows.len() as f32
    }

    /// The middle of a row, from the plot's top.
    fn middle(row: usize) -> f32 {
        HEAD + ROW * (row as f32 + 0.5)
    }

    fn left(&self) -> Result<f32, ChartError> {
        let lettering = Lettering::new()?;
        let labels = self.rows.iter().map(|row| row.label.as_str());
        let widest = labels
            .chain([self.texts().text("chart-questioned")])
            .map(|label| lettering.width(&lettering.fitted(label, LABEL, ROW_LABEL), LABEL));
        Ok(widest.fold(0.0, f32::max).ceil() + 18.0)
    }

    /// Range of the axis: every value, with some room.
    fn range(&self) -> Result<Range<f64>, ChartError> {
        let controls = self.rows.iter().flat_map(|row| &row.scores).copied();
        let questioned = self.questioned.iter().map(|work| work.score);
        let values: Vec<f64> = questioned.chain(controls).collect();
        range::of_values(&values, &self.title, &self.axis)
    }

    fn plot<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let (palette, texts) = (&pen.palette, self.texts());
        let shown = self.range()?;
        // What the names of the rows leave.
        let room = self.width - self.left()? - 2.0 * MARGIN;
        let labels = ((room / NUMBER) as usize).clamp(4, 8);
        let digits = range::digits(&shown, labels);
        let height = f64::from(self.plot_height());
        let mut chart = ChartBuilder::on(canvas)
            .x_label_area_size(units(BOTTOM))
            .build_cartesian_2d(shown.clone(), 0.0..height)?;
        chart
            .configure_mesh()
            .x_labels(labels)
            .disable_y_mesh()
            .disable_y_axis()
            .x_label_formatter(&|score| texts.marked(tick(*score, digits)))
            .x_desc(pen.fitted(&self.axis, LABEL, self.width))
            .label_style(style(SMALL, palette.muted))
            .axis_desc_style(style(LABEL, palette.ink))
            .axis_style(line(palette.muted, 1.0))
            .bold_line_style(line(palette.mesh, 1.0))
            .max_light_lines(0)
            .set_all_tick_mark_size(units(4.0))
            .draw()?;
        // Each over the last.
        self.bands(&mut chart, pen, &shown)?;
        self.lines(&mut chart, pen)?;
        let across = (shown.end - shown.start) / f64::from(self.width);
        for (place, row) in self.rows.iter().enumerate() {
            let middle = height - f64::from(Self::middle(place));
            for (index, &score) in row.scores.iter().enumerate() {
                let at = (score, middle + stray(index));
                mark(&mut chart, pen, row.kind, (at, middle, across))?;
            }
        }
        self.diamonds(&mut chart, pen, across)
    }

    /// From the least to the greatest score of every row.
    fn bands<B: DrawingBackend>(
        &self,
        chart: &mut Plot<B>,
        pen: &Pen,
        range: &Range<f64>,
    ) -> Result<(), ChartError> {
        let height = f64::from(self.plot_height());
        let half = 0.5 * f64::from(BAND);
        // A band of no width is seen too.
        let least = 0.004 * (range.end - range.start);
        for (place, row) in self.rows.iter().enumerate() {
            let middle = height - f64::from(Self::middle(place));
            if let Some((low, high)) = spread(&row.scores) {
                let ends = [(low - least, middle - half), (high + least, middle + half)];
                chart.draw_series([Rectangle::new(ends, rgb(pen.palette.mesh).filled())])?;
            }
        }
        Ok(())
    }

    /// The questioned works, down through all rows.
    fn lines<B: DrawingBackend>(&self, chart: &mut Plot<B>, pen: &Pen) -> Result<(), ChartError> {
        let top = f64::from(self.plot_height()) - f64::from(HEAD) / 2.0;
        for work in &self.questioned {
            let ends = [(work.score, 0.0), (work.score, top)];
            chart.draw_series(LineSeries::new(ends, line(questioned(pen), 1.5)))?;
        }
        Ok(())
    }

    fn diamonds<B: DrawingBackend>(
        &self,
        chart: &mut Plot<B>,
        pen: &Pen,
        across: f64,
    ) -> Result<(), ChartError> {
        let y = f64::from(self.plot_height()) - f64::from(HEAD) / 2.0 - 6.0;
        let (wide, high) = (f64::from(DIAMOND) * across, f64::from(DIAMOND));
        for work in &self.questioned {
            let corners = vec![
                (work.score - wide, y),
                (work.score, y + high),
                (work.score + wide, y),
                (work.score, y - high),
            ];
            chart.draw_series([Polygon::new(corners, rgb(questioned(pen)).filled())])?;
        }
        Ok(())
    }

    fn labels<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let (palette, texts) = (&pen.palette, self.texts());
        let left = MARGIN + self.left()?;
        let head = (LABEL, questioned(pen));
        let place = (left - 14.0, TOP + HEAD / 2.0 + 6.0);
        let questioned = texts.text("chart-questioned");
        pen.write(canvas, questioned, head, TextAnchor::Before, place)?;
        for (place, row) in self.rows.iter().enumerate() {
            let y = TOP + Self::middle(place);
            let label = pen.fitted(&row.label, LABEL, ROW_LABEL);
            let ink = (LABEL, palette.ink);
            pen.write(canvas, &label, ink, TextAnchor::Before, (left - 14.0, y))?;
            if row.scores.is_empty() {
                let ink = (SMALL, palette.muted);
                let none = texts.text("chart-none");
                pen.write(canvas, none, ink, TextAnchor::After, (left + 8.0, y))?;
            }
        }
        self.names(canvas, pen)
    }

    /// The names of the questioned works above their marks, with lines to those that had to stand aside.
    fn names<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let ink = questioned(pen);
        let names = self.placed(pen)?;
        let is_aside = |name: &PlacedName| (name.at - name.of).abs() > ASIDE;
        let raised = match names.iter().any(is_aside) {
            true => RAISED,
            false => 0.0,
        };
        let foot = TOP + HEAD / 2.0 - 3.0 - raised;
        for name in &names {
            if is_aside(name) {
                let ends = [(name.at, foot + 1.5), (name.of, TOP + HEAD / 2.0)];
                let ends = ends.map(|(x, y)| (units(x), units(y)));
                canvas.draw(&PathElement::new(ends, line(ink, 1.0)))?;
            }
            let place = (name.at, foot);
            pen.write(canvas, &name.text, (SMALL, ink), TextAnchor::Above, place)?;
        }
        Ok(())
    }

    /// The names of the questioned works by their scores, none over another. Where there are too many for the chart's
    /// width those of the lowest scores are left out: the text has them all.
    fn placed(&self, pen: &Pen) -> Result<Vec<PlacedName>, ChartError> {
        let left = MARGIN + self.left()?;
        let range = self.range()?;
        let mut works: Vec<&Questioned> = self.questioned.iter().collect();
        works.sort_by(|one, other| one.score.total_cmp(&other.score));
        let named = works.into_iter().map(|work| {
            let share = ((work.score - range.start) / (range.end - range.start)) as f32;
            let text = pen.fitted(&work.label, SMALL, self.width / 4.0);
            let half = pen.width(&text, SMALL) / 2.0;
            let at = left + self.width * share;
            (text, Wanted { at, half })
        });
        let (mut texts, mut wanted): (Vec<String>, Vec<Wanted>) = named.unzip();
        let places = loop {
            match apart(&wanted, NAMES_APART, (left, left + self.width)) {
                Some(places) => break places,
                None => {
                    texts.remove(0);
                    wanted.remove(0);
                }
            }
        };
        let placed = texts.into_iter().zip(wanted).zip(places);
        let placed =
            placed.map(|((text, Wanted { at: of, half }), at)| PlacedName { text, of, at, half });
        Ok(placed.collect())
    }
}

impl Chart for ControlChart {
    fn size(&self) -> Result<(u32, u32), ChartError> {
        row_count(&self.title, self.rows.len() + self.questioned.len())?;
        let width = MARGIN + self.left()? + self.width + MARGIN + 16.0;
        let height = TOP + self.plot_height() + BOTTOM + FOOT;
        Ok((width as u32, height as u32))
    }

    fn draw<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let palette = &pen.palette;
        canvas.fill(&rgb(palette.ground))?;
        let (width, _) = self.size()?;
        let title = pen.fitted(&self.title, TITLE, width as f32 - 2.0 * MARGIN);
        let ink = (TITLE, palette.ink);
        pen.write(canvas, &title, ink, TextAnchor::After, (0.0, 20.0))?;
        let corner = (units(MARGIN + self.left()?), units(TOP));
        let size = (units(self.width), units(self.plot_height() + BOTTOM));
        self.plot(&canvas.clone().shrink(corner, size), pen)?;
        self.labels(canvas, pen)
    }
}

/// Area that is plotted on.
type Plot<'a, B> = ChartContext<'a, B, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The colour of the questioned works: no kind of control has it.
fn questioned(pen: &Pen) -> Rgb {
    let [_, _, third, ..] = pen.palette.series;
    third
}

/// The mark of one control, by its kind; `across` is the width of a pixel.
fn mark<B: DrawingBackend>(
    chart: &mut Plot<B>,
    pen: &Pen,
    kind: ControlKind,
    ((x, y), middle, across): ((f64, f64), f64, f64),
) -> Result<(), ChartError> {
    let palette = &pen.palette;
    match kind {
        ControlKind::Negative => {
            let look = line(palette.hold_out, 1.4);
            chart.draw_series([Circle::new((x, y), units(RADIUS), look)])?;
        }
        ControlKind::Positive => {
            let look = rgb(palette.member).filled();
            chart.draw_series([Circle::new((x, y), units(RADIUS), look)])?;
        }
        ControlKind::OwnOutput => {
            let high = 0.9 * f64::from(RADIUS);
            let wide = high * across;
            let corners = [(x - wide, y - high), (x + wide, y + high)];
            chart.draw_series([Rectangle::new(corners, line(palette.muted, 1.4))])?;
        }
        ControlKind::Context => {
            let ends = [(x, middle - 6.0), (x, middle + 6.0)];
            chart.draw_series([PathElement::new(ends, line(palette.muted, 1.2))])?;
        }
    }
    Ok(())
}

/// The least and the greatest.
fn spread(scores: &[f64]) -> Option<(f64, f64)> {
    let low = scores.iter().copied().reduce(f64::min)?;
    let high = scores.iter().copied().reduce(f64::max)?;
    Some((low, high))
}

/// Distance of the i-th mark of a row from its middle: evenly spread and the same every time, by the
/// golden ratio.
fn stray(index: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_895;
    (2.0 * ((index as f64 + 0.5) * GOLDEN).fract() - 1.0) * STRAY
}

#[cfg(test)]
mod tests;
