//! Lines over the steps of an inversion, drawn while they grow: of the losses, their gap, the recovery.

use plotters::prelude::{ChartBuilder, DrawingBackend, LineSeries};

use super::Chart;
use super::canvas::{Canvas, ChartError, units};
use super::pen::{LABEL, Pen, SMALL, TextAnchor, line, rgb, style};
use super::range::{self, tick};

/// One line of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub label: String,
    /// Step and value; values that are not finite leave a gap.
    pub points: Vec<(f64, f64)>,
    /// The place of its colour in the palette's series.
    pub colour: usize,
}

/// Lines over steps, as wide and high as there is room.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceChart {
    pub title: String,
    pub lines: Vec<Line>,
    /// Steps of the whole run: the axis ends there from the beginning, so that one sees how far it is.
    pub steps: usize,
    /// True if zero belongs into the picture and is drawn as a line of reference.
    pub zero: bool,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

const LEFT: f32 = 58.0;
const TOP: f32 = 26.0;
/// Height of a second row of the head.
const SECOND: f32 = 17.0;
const BOTTOM: f32 = 22.0;
const MARGIN: f32 = 10.0;
/// The most points drawn of a line: more than a screen has columns.
const MAX_POINTS: usize = 2000;
/// The least a chart is drawn at, in pixels.
const LEAST: (u32, u32) = (160, 90);
/// Labels that the axis of values is asked for.
const LABELS: usize = 4;
/// Room above and below the lines, as a share of their range.
const ROOM: f64 = 0.08;

impl TraceChart {
    /// The finite values' range, widened; `None` without values.
    fn range(&self) -> Option<(f64, f64)> {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let finite = points.map(|&(_, value)| value).filter(|v| v.is_finite());
        let zero = self.zero.then_some(0.0);
        let (low, high) = finite
            .chain(zero)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if low > high {
            return None;
        }
        let room = match (high - low) * ROOM {
            0.0 => low.abs().max(1.0) * ROOM,
            room => room,
        };
        Some((low - room, high + room))
    }

    fn plot<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let palette = &pen.palette;
        // Without a value there is nothing to draw but the axes.
        let (low, high) = self.range().unwrap_or((0.0, 1.0));
        if !(high - low).is_finite() {
            return Err(ChartError::Value(self.title.clone()));
        }
        let steps = self.steps.max(1) as f64;
        let mut chart = ChartBuilder::on(canvas)
            .x_label_area_size(units(BOTTOM))
            .y_label_area_size(units(LEFT))
            .build_cartesian_2d(0.0..steps, low..high)?;
        let digits = range::digits(&(low..high), LABELS);
        chart
            .configure_mesh()
            .x_labels(5)
            .y_labels(LABELS)
            .x_label_formatter(&|step| whole_step(*step))
            .y_label_formatter(&|value| tick(*value, digits))
            .label_style(style(SMALL, palette.muted))
            .axis_style(line(palette.mesh, 1.0))
            .bold_line_style(line(palette.mesh, 1.0))
            .max_light_lines(0)
            .set_all_tick_mark_size(0)
            .draw()?;
        if self.zero {
            let zero = [(0.0, 0.0), (steps, 0.0)];
            chart.draw_series(LineSeries::new(zero, line(palette.muted, 1.0)))?;
        }
        for drawn in &self.lines {
            let colour = palette.series[drawn.colour % palette.series.len()];
            for part in drawn.points.split(|(_, value)| !value.is_finite()) {
                let every = part.len().div_ceil(MAX_POINTS).max(1);
                let thinned = part.iter().step_by(every).chain(part.last());
                let series = LineSeries::new(thinned.copied(), line(colour, 1.6));
                chart.draw_series(series)?;
            }
        }
        Ok(())
    }

    /// True if the lines' names have room beside the title.
    fn is_one_row(&self, pen: &Pen, width: f32) -> bool {
        let names = self.lines.iter();
        let names: f32 = names
            .map(|line| pen.width(&line.label, SMALL) + MARGIN)
            .sum();
        2.0 * MARGIN + pen.width(&self.title, LABEL) + names <= width
    }

    /// The title, whole, and the lines' names: at the right of it, or below it where they have no room there.
    fn head<B: DrawingBackend>(
        &self,
        canvas: &Canvas<B>,
        pen: &Pen,
        (width, one_row): (f32, bool),
    ) -> Result<(), ChartError> {
        let palette = &pen.palette;
        let y = TOP / 2.0 + 1.0;
        let ink = (LABEL, palette.ink);
        pen.write(canvas, &self.title, ink, TextAnchor::After, (MARGIN, y))?;
        let colour = |line: &Line| palette.series[line.colour % palette.series.len()];
        if one_row {
            let mut right = width - MARGIN;
            for line in self.lines.iter().rev() {
                let ink = (SMALL, colour(line));
                pen.write(canvas, &line.label, ink, TextAnchor::Before, (right, y))?;
                right -= pen.width(&line.label, SMALL) + MARGIN;
            }
            return Ok(());
        }
        let (mut left, below) = (MARGIN, y + SECOND);
        for line in &self.lines {
            let label = pen.fitted(&line.label, SMALL, width - MARGIN - left);
            let ink = (SMALL, colour(line));
            pen.write(canvas, &label, ink, TextAnchor::After, (left, below))?;
            left += pen.width(&label, SMALL) + MARGIN;
        }
        Ok(())
    }
}

/// The label of a step: there is nothing between two of them.
fn whole_step(step: f64) -> String {
    match (step - step.round()).abs() < 1e-6 {
        true => format!("{step:.0}"),
        false => String::new(),
    }
}

impl Chart for TraceChart {
    fn size(&self) -> Result<(u32, u32), ChartError> {
        let (width, height) = self.size;
        Ok((width.max(LEAST.0), height.max(LEAST.1)))
    }

    fn draw<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        canvas.fill(&rgb(pen.palette.ground))?;
        let (width, height) = self.size()?;
        let (width, height) = (width as f32, height as f32);
        let one_row = self.is_one_row(pen, width);
        let top = if one_row { TOP } else { TOP + SECOND };
        let size = (units(width - MARGIN), units(height - top - MARGIN / 2.0));
        self.plot(&canvas.clone().shrink((0, units(top)), size), pen)?;
        self.head(canvas, pen, (width, one_row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Palette;

    fn chart(points: Vec<(f64, f64)>) -> TraceChart {
        TraceChart {
            title: "Recovery".into(),
            lines: vec![Line {
                label: "direction".into(),
                points,
                colour: 0,
            }],
            steps: 10,
            zero: false,
            size: (300, 120),
        }
    }

    /// Pixels of the line's colour, and the topmost of them.
    fn ink(chart: &TraceChart) -> (usize, u32) {
        let picture = chart.picture(&Palette::DARK, 1.0).unwrap();
        let colour = Palette::DARK.series[0];
        let below = |y: u32| y > TOP as u32;
        let mut found = picture
            .enumerate_pixels()
            .filter(|&(_, y, pixel)| below(y) && pixel.0 == colour);
        let first = found.next().map_or(0, |(_, y, _)| y);
        (found.count(), first)
    }

    #[test]
    fn a_line_that_rises_is_drawn_over_its_steps() {
        let rising = chart((0..=10).map(|x| (f64::from(x), f64::from(x))).collect());
        let half = chart((0..=5).map(|x| (f64::from(x), f64::from(x))).collect());
        assert!(ink(&rising).0 > 100);
        assert!(ink(&half).0 < ink(&rising).0);
    }

    #[test]
    fn the_title_is_whole_at_every_width_and_names_go_below_it_where_they_must() {
        let gap = |width| TraceChart {
            title: "Gap".into(),
            lines: vec![Line {
                label: "pretrained − fine-tuned".into(),
                points: vec![(0.0, 1.0)],
                colour: 0,
            }],
            size: (width, 120),
            ..chart(Vec::new())
        };
        // Columns of the title's colour in its row, and rows of the name's above the plot.
        let seen = |width| {
            let picture = gap(width).picture(&Palette::DARK, 2.0).unwrap();
            let is = |x, y, colour| picture.get_pixel(x, y).0 == colour;
            let (across, rows) = (picture.width(), 2 * TOP as u32);
            let inked = |x: &u32| (0..rows).any(|y| is(*x, y, Palette::DARK.ink));
            let title = (0..across).filter(inked).count();
            let named = |y: &u32| (0..across).any(|x| is(x, *y, Palette::DARK.series[0]));
            let lowest = (0..2 * (TOP + SECOND) as u32).filter(named).max();
            (title, lowest.unwrap())
        };
        let (wide, narrow) = (seen(400), seen(170));
        assert!(wide.0 > 20, "{wide:?}");
        assert_eq!(narrow.0, wide.0, "the title is cut");
        assert!(
            wide.1 < 2 * TOP as u32 && narrow.1 > 2 * TOP as u32,
            "{wide:?} {narrow:?}"
        );
    }

    #[test]
    fn ticks_are_steps_that_there_are() {
        let steps = [0.0, 0.5, 1.0, 250.0].map(whole_step);
        assert_eq!(steps, ["0", "", "1", "250"]);
    }

    #[test]
    fn nothing_yet_one_value_and_what_is_no_number_are_drawn() {
        for points in [
            vec![],
            vec![(0.0, 3.0)],
            vec![
                (0.0, f64::NAN),
                (1.0, 2.0),
                (2.0, f64::INFINITY),
                (3.0, 1.0),
            ],
        ] {
            chart(points).picture(&Palette::LIGHT, 1.0).unwrap();
        }
    }
}
