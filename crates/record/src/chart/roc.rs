//! ROC curves: the share of members found against the share of hold-outs accused.

use plotters::prelude::{
    ChartBuilder, DashedLineSeries, DrawingBackend, LineSeries, PathElement, ShapeStyle,
};

use plotters::element::DashedPathElement;

use super::Chart;
use super::canvas::{Canvas, ChartError, row_count, units};
use super::pen::{LABEL, Pen, SMALL, TITLE, TextAnchor, line, rgb, style};
use crate::glyph_outlines::Lettering;
use crate::language::{Language, Texts, args};
use palimpsest_method::verdict::{Auc, Roc, Sample};

/// One line of the chart.
#[derive(Clone, Debug)]
pub struct Curve {
    /// A score or a set.
    pub label: String,
    pub roc: Roc,
    pub auc: Auc,
}

/// ROC curves with their areas, and the diagonal of mere chance.
#[derive(Clone, Debug)]
pub struct RocChart {
    pub language: Language,
    pub title: String,
    pub curves: Vec<Curve>,
}

/// Side of the plot, in pixels, and the room about it.
const SIDE: f32 = 420.0;
const LEFT: f32 = 64.0;
const TOP: f32 = 52.0;
const BOTTOM: f32 = 52.0;
const MARGIN: f32 = 16.0;
/// From the plot to the legend, and the legend's own measures.
const GAP: f32 = 28.0;
const SAMPLE: f32 = 34.0;
const ROW: f32 = 42.0;
const LEGEND: std::ops::RangeInclusive<f32> = 150.0..=300.0;

/// Dash and gap of the lines in turn, in pixels; none is unbroken. Curves that lie upon each other show
/// through the gaps of those above.
const DASHES: [Option<(f32, f32)>; 4] =
    [None, Some((9.0, 5.0)), Some((3.0, 4.0)), Some((16.0, 9.0))];

impl Curve {
    /// The curve of some scores.
    pub fn of(label: impl Into<String>, sample: &Sample) -> Self {
        Self {
            label: label.into(),
            roc: sample.roc(),
            auc: sample.auc(),
        }
    }

    fn area(&self, texts: &Texts) -> String {
        let Auc {
            value, interval, ..
        } = self.auc;
        let [area, low, high] = [(value, 3), (interval.low, 2), (interval.high, 2)]
            .map(|(value, decimals)| texts.marked(format!("{value:.decimals$}")));
        let args = args!["area" => area, "low" => low, "high" => high];
        texts.with("chart-area-of", &args)
    }
}

impl RocChart {
    fn legend_width(&self) -> Result<f32, ChartError> {
        let lettering = Lettering::new()?;
        let widest = self.curves.iter().map(|curve| {
            let label =
                lettering.width(&lettering.fitted(&curve.label, LABEL, *LEGEND.end()), LABEL);
            label.max(lettering.width(&curve.area(self.language.texts()), SMALL))
        });
        let widest = widest.fold(*LEGEND.start(), f32::max);
        Ok(widest.min(*LEGEND.end()).ceil())
    }

    fn plot<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let (palette, texts) = (&pen.palette, self.language.texts());
        let mut chart = ChartBuilder::on(canvas)
            .x_label_area_size(units(BOTTOM))
            .y_label_area_size(units(LEFT))
            .build_cartesian_2d(-0.02..1.02, -0.02..1.02)?;
        chart
            .configure_mesh()
            .x_labels(6)
            .y_labels(6)
            .x_label_formatter(&|rate| texts.marked(format!("{rate:.1}")))
            .y_label_formatter(&|rate| texts.marked(format!("{rate:.1}")))
            .x_desc(texts.text("chart-false-positives"))
            .y_desc(texts.text("chart-true-positives"))
            .label_style(style(SMALL, palette.ink))
            .axis_desc_style(style(LABEL, palette.ink))
            .axis_style(line(palette.ink, 1.0))
            .bold_line_style(line(palette.mesh, 1.0))
            .max_light_lines(0)
            .set_all_tick_mark_size(units(5.0))
            .draw()?;
        let chance = [(0.0, 0.0), (1.0, 1.0)];
        chart.draw_series(LineSeries::new(chance, line(palette.muted, 1.0)))?;
        for (index, curve) in self.curves.iter().enumerate() {
            let (ink, dash) = look(pen, index);
            match dash {
                None => chart.draw_series(LineSeries::new(curve.roc.rates(), ink))?,
                Some((dash, gap)) => {
                    let points: Vec<_> = curve.roc.rates().collect();
                    let series = DashedLineSeries::new(points, units(dash), units(gap), ink);
                    chart.draw_series(series)?
                }
            };
        }
        Ok(())
    }

    fn legend<B: DrawingBackend>(&self, canvas: &Canvas<B>, pen: &Pen) -> Result<(), ChartError> {
        let (palette, texts) = (&pen.palette, self.language.texts());
        let x = MARGIN + LEFT + SIDE + GAP;
        let title = (SMALL, palette.muted);
        pen.write(
            canvas,
            texts.text("chart-area"),
            title,
            TextAnchor::After,
            (x, TOP + 8.0),
        )?;
        for (index, curve) in self.curves.iter().enumerate() {
            let y = TOP + 34.0 + ROW * index as f32;
            let (ink, dash) = look(pen, index);
            let ends = [(units(x), units(y)), (units(x + SAMPLE), units(y))];
            match dash {
                None => canvas.draw(&PathElement::new(ends, ink))?,
                Some((dash, gap)) => {
                    let dashed = DashedPathElement::new(ends, units(dash), units(gap), ink);
                    canvas.draw(&dashed)?;
                }
            }
            let text = x + SAMPLE + 8.0;
            let label = pen.fitted(&curve.label, LABEL, *LEGEND.end());
            pen.write(
                canvas,
                &label,
                (LABEL, palette.ink),
                TextAnchor::After,
                (text, y),
            )?;
            let area = (SMALL, palette.muted);
            pen.write(
                canvas,
                &curve.area(texts),
                area,
                TextAnchor::After,
                (text, y + 17.0),
            )?;
        }
        Ok(())
    }
}

impl Chart for RocChart {
    fn size(&self) -> Result<(u32, u32), ChartError> {
        let rows = row_count(&self.title, self.curves.len())? as f32;
        let legend = SAMPLE + 8.0 + self.legend_width()?;
        let width = MARGIN + LEFT + SIDE + GAP + legend + MARGIN;
        let height = TOP + (SIDE + BOTTOM).max(34.0 + ROW * rows) + MARGIN;
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
        let corner = (units(MARGIN), units(TOP));
        let size = (units(LEFT + SIDE), units(SIDE + BOTTOM));
        self.plot(&canvas.clone().shrink(corner, size), pen)?;
        self.legend(canvas, pen)
    }
}

/// The line of a curve, by its place among them.
fn look(pen: &Pen, index: usize) -> (ShapeStyle, Option<(f32, f32)>) {
    let series = pen.palette.series;
    let colour = series[index % series.len()];
    // A colour that comes again comes with another dash.
    let dash = DASHES[(index + index / series.len()) % DASHES.len()];
    (line(colour, 2.0), dash)
}
