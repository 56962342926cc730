//! Spread of scores: one dot a picture, members above and hold-outs below in every set.

use std::ops::Range;

use plotters::prelude::{
    ChartBuilder, Circle, Color, DrawingBackend, LineSeries, PathElement, ShapeStyle,
};

use super::Chart;
use super::canvas::{Canvas, ChartError, row_count, units};
use super::pen::{LABEL, Pen, SMALL, TITLE, TextAnchor, line, rgb, style};
use super::range::{self, tick};
use crate::glyph_outlines::Lettering;

/// The scores of one set.
#[derive(Clone, Debug)]
pub struct ScoreRow {
    pub label: String,
    pub members: Vec<f64>,
    pub hold_outs: Vec<f64>,
}

/// A line across all sets.
#[derive(Clone, Debug)]
pub struct Threshold {
    pub value: f64,
    /// Says where it comes from, too: one chosen on these scores is in-sample.
    pub label: String,
}

/// The scores of members and hold-outs in one or more sets.
#[derive(Clone, Debug)]
pub struct ScoreChart {
    pub title: String,
    /// The score's name, and its unit.
    pub axis: String,
    pub rows: Vec<ScoreRow>,
    pub threshold: Option<Threshold>,
}

/// Width of the plot and the room about it, in pixels.
/// Labels that the axis of scores is asked for.
const LABELS: usize = 7;
const WIDTH: f32 = 560.0;
const TOP: f32 = 52.0;
const BOTTOM: f32 = 52.0;
const MARGIN: f32 = 16.0;
const THRESHOLD: f32 = 22.0;
/// Height of a row of dots, and of the space between sets.
const BAND: f32 = 26.0;
const SPACE: f32 = 14.0;
/// Widest label of a set, and the column of the two classes.
const SET_LABEL: f32 = 220.0;
const CLASS_LABEL: f32 = 76.0;
const RADIUS: f32 = 4.0;
/// Largest distance of a dot from the middle of its row.
const STRAY: f64 = 7.0;

impl ScoreChart {
    fn top(&self) -> f32 {
        TOP + if self.threshold.is_some() {
            THRESHOLD
        } else {
            0.0
        }
    }

    fn plot_height(&self) -> f32 {
        SPACE + (2.0 * BAND + SPACE) * self.rows.len() as f32
    }

    /// The middle of a row from the plot's top.
    fn middle(set: usize, row: usize) -> f32 {
        SPACE + (2.0 * BAND + SPACE) * set as f32 + BAND * (row as f32 + 0.5)
    }

    fn left(&self) -> Result<f32, ChartError> {
        let lettering = Lettering::new()?;
        let widest = self
            .rows
            .iter()
            .map(|row| lettering.width(&lettering.fitted(&row.label, LABEL, SET_LABEL), LABEL));
        Ok(widest.fold(0.0, f32::max).ceil() + 16.0 + CLASS_LABEL)
    }

    /// Range of the axis: every value, with some room.
    fn range(&self) -> Result<Range<f64>, ChartError> {
        let scores = self
            .rows
            .iter()
            .flat_map(|row| row.members.iter().chain(&row.hold_outs));
        let thresholds = self.threshold.iter().map(|threshold| threshold.value);
        let values: Vec<f64> = scores.copied().chain(thresholds).collect();
        range::of_values(&values, &self.title, &self.axis)
    }

    fn plot<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let palette = &pen.palette;
        let shown = self.range()?;
        let digits = range::digits(&shown, LABELS);
        let height = f64::from(self.plot_height());
        let mut chart = ChartBuilder::on(canvas)
            .x_label_area_size(units(BOTTOM))
            .build_cartesian_2d(shown, 0.0..height)?;
        chart
            .configure_mesh()
            .x_labels(LABELS)
            .disable_y_mesh()
            .disable_y_axis()
            .x_label_formatter(&|score| tick(*score, digits))
            .x_desc(pen.fitted(&self.axis, LABEL, WIDTH))
            .label_style(style(SMALL, palette.ink))
            .axis_desc_style(style(LABEL, palette.ink))
            .axis_style(line(palette.ink, 1.0))
            .bold_line_style(line(palette.mesh, 1.0))
            .max_light_lines(0)
            .set_all_tick_mark_size(units(5.0))
            .draw()?;
        if let Some(threshold) = &self.threshold {
            let ends = [(threshold.value, 0.0), (threshold.value, height)];
            chart.draw_series(LineSeries::new(ends, line(palette.ink, 1.5)))?;
        }
        for (set, row) in self.rows.iter().enumerate() {
            for (class, (scores, look)) in self.classes(row, pen).into_iter().enumerate() {
                let middle = height - f64::from(Self::middle(set, class));
                let dots = scores.iter().enumerate().map(|(i, &score)| {
                    Circle::new((score, middle + stray(i)), units(RADIUS), look)
                });
                chart.draw_series(dots)?;
            }
        }
        Ok(())
    }

    /// The two rows of a set and how their dots look: members filled, hold-outs hollow.
    fn classes<'a>(&self, row: &'a ScoreRow, pen: &Pen) -> [(&'a [f64], ShapeStyle); 2] {
        [
            (&row.members, rgb(pen.palette.member).filled()),
            (&row.hold_outs, line(pen.palette.hold_out, 1.5)),
        ]
    }

    fn labels<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let palette = &pen.palette;
        let (left, top) = (MARGIN + self.left()?, self.top());
        for (set, row) in self.rows.iter().enumerate() {
            let label = pen.fitted(&row.label, LABEL, SET_LABEL);
            let y = top + (Self::middle(set, 0) + Self::middle(set, 1)) / 2.0;
            let ink = (LABEL, palette.ink);
            pen.write(canvas, &label, ink, TextAnchor::After, (MARGIN, y))?;
            for (class, (name, colour)) in
                [("members", palette.member), ("hold-outs", palette.hold_out)]
                    .into_iter()
                    .enumerate()
            {
                let place = (left - 10.0, top + Self::middle(set, class));
                pen.write(canvas, name, (SMALL, colour), TextAnchor::Before, place)?;
            }
            if set > 0 {
                let y = units(top + Self::middle(set, 0) - BAND / 2.0 - SPACE / 2.0);
                let ends = [(units(MARGIN), y), (units(left + WIDTH), y)];
                canvas.draw(&PathElement::new(ends, line(palette.mesh, 1.0)))?;
            }
        }
        Ok(())
    }

    fn threshold_label<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        pen: &Pen,
    ) -> Result<(), ChartError> {
        let Some(Threshold { value, label }) = &self.threshold else {
            return Ok(());
        };
        let range = self.range()?;
        let share = ((value - range.start) / (range.end - range.start)) as f32;
        let label = pen.fitted(label, SMALL, WIDTH);
        // Centred over the line, but within the chart.
        let half = pen.width(&label, SMALL) / 2.0;
        let left = MARGIN + self.left()?;
        let x = (left + WIDTH * share)
            .min(left + WIDTH - half)
            .max(MARGIN + half);
        let ink = (SMALL, pen.palette.ink);
        pen.write(
            canvas,
            &label,
            ink,
            TextAnchor::Above,
            (x, self.top() - 2.0),
        )
    }
}

impl Chart for ScoreChart {
    fn size(&self) -> Result<(u32, u32), ChartError> {
        row_count(&self.title, self.rows.len())?;
        let width = MARGIN + self.left()? + WIDTH + 2.0 * MARGIN;
        let height = self.top() + self.plot_height() + BOTTOM + MARGIN;
        Ok((width as u32, height as u32))
    }

    fn draw<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let palette = &pen.palette;
        canvas.fill(&rgb(palette.ground))?;
        let (width, _) = self.size()?;
        let title = pen.fitted(&self.title, TITLE, width as f32 - 2.0 * MARGIN);
        pen.write(
            canvas,
            &title,
            (TITLE, palette.ink),
            TextAnchor::After,
            (MARGIN, 26.0),
        )?;
        self.labels(canvas, pen)?;
        self.threshold_label(canvas, pen)?;
        let corner = (units(MARGIN + self.left()?), units(self.top()));
        let size = (units(WIDTH), units(self.plot_height() + BOTTOM));
        self.plot(&canvas.clone().shrink(corner, size), pen)
    }
}

/// Distance of the i-th dot of a row from its middle: evenly spread and the same every time, by the
/// golden ratio.
fn stray(index: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_895;
    (2.0 * ((index as f64 + 0.5) * GOLDEN).fract() - 1.0) * STRAY
}
