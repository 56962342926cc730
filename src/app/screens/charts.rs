//! The charts that grow with a run, drawn off the frame: a new one is begun when the last is done and
//! something has come.

use std::time::{Duration, Instant};

use eframe::egui::{
    self, ColorImage, Label, RichText, TextureHandle, TextureOptions, Theme, Ui, Vec2,
};

use crate::app::image_cache::colours;
use crate::app::run::Live;
use crate::app::tasks::Task;
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::choices;
use crate::app::words::{self, say};
use palimpsest_base::sentence_case::sentence_of;
use palimpsest_record::chart::{Chart, ControlChart, Line, Palette, Rgb, TraceChart};

/// The shortest time from one drawing of a chart to the next.
const PAUSE: Duration = Duration::from_millis(500);

/// Least rest after a drawing, in times as long as it took: a chart has a hundredth of a core.
const RESTS: u32 = 100;

/// The least width at which a chart can be read, in points.
const LEAST_WIDTH: f32 = 190.0;

/// The least height.
const LEAST_HEIGHT: f32 = 60.0;

/// Quantity that a chart of a run shows.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum RunChart {
    Losses,
    Gap,
    #[default]
    Recovery,
}

impl RunChart {
    const ALL: [Self; 3] = [Self::Recovery, Self::Gap, Self::Losses];

    fn title(self) -> &'static str {
        match self {
            Self::Losses => say!("loss"),
            Self::Gap => say!("gap"),
            Self::Recovery => say!("recovery"),
        }
    }

    /// Name for those who do not see it.
    fn name(self) -> &'static str {
        match self {
            Self::Losses => say!("chart-of-both-models-losses-over"),
            Self::Gap => say!("chart-of-the-gap-between"),
            Self::Recovery => say!("chart-of-recovery-direction-and-similarity"),
        }
    }

    fn chart(self, title: &str, live: &Live, size: (u32, u32)) -> TraceChart {
        let over_steps =
            |value: fn(&palimpsest_method::inversion::StepReport) -> f64| -> Vec<(f64, f64)> {
                let steps = live.steps.iter();
                steps.map(|step| (step.step as f64, value(step))).collect()
            };
        let line = |label: &str, points, colour| Line {
            label: label.into(),
            points,
            colour,
        };
        let lines = match self {
            Self::Losses => vec![
                line(
                    say!("line-pretrained"),
                    over_steps(|step| step.loss_pretrained),
                    0,
                ),
                line(
                    say!("line-finetuned"),
                    over_steps(|step| step.loss_finetuned),
                    1,
                ),
            ],
            Self::Gap => vec![line(
                say!("line-gap"),
                over_steps(|step| step.loss_pretrained - step.loss_finetuned),
                0,
            )],
            Self::Recovery => {
                let direction = live.recovery.iter();
                let direction = direction
                    .filter_map(|&(step, direction, _)| Some((step as f64, direction?)))
                    .collect();
                let mut lines = vec![line(say!("line-direction"), direction, 2)];
                if !live.structural.is_empty() {
                    lines.push(line(say!("ssim"), live.structural.clone(), 1));
                }
                lines
            }
        };
        TraceChart {
            title: title.into(),
            lines,
            steps: live.step().map_or(1, |step| step.of),
            zero: self != Self::Losses,
            size,
        }
    }
}

/// Origin of a drawn chart: the run's news, the size in pixels and the theme.
type Drawn = (u64, [u32; 2], bool);

/// One chart.
#[derive(Default)]
struct Plot {
    drawn: Option<Drawn>,
    began: Option<Instant>,
    task: Option<Task<(ColorImage, Duration)>>,
    /// Duration of the last drawing.
    took: Duration,
    texture: Option<TextureHandle>,
    /// The reason why the last one could not be drawn.
    refused: Option<String>,
}

/// The charts of the run that is shown.
#[derive(Default)]
pub struct Charts {
    plots: [Plot; 3],
    /// The one that is shown where there is no room for all.
    chosen: RunChart,
    /// The works among their controls, and the words for what was drawn.
    controls: (Plot, String),
    /// The artwork that is prepared, as a texture, and what it is of.
    pub shown: Option<(String, TextureHandle)>,
}

impl Charts {
    /// Shows the charts of a run in `room` points: beside each other, or one that is chosen where they would be too
    /// narrow to be read; `version` grows with the run.
    pub fn show_all(&mut self, ui: &mut Ui, live: &Live, version: u64, room: Vec2) {
        let each = (room.x / RunChart::ALL.len() as f32).floor();
        if each >= LEAST_WIDTH {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                for kind in RunChart::ALL {
                    let title = kind.title();
                    self.show(ui, (kind, title), live, version, Vec2::new(each, room.y));
                }
            });
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let top = ui.cursor().top();
        ui.add_space(space::TIGHT);
        ui.horizontal(|ui| {
            ui.add_space(space::SMALL);
            let all = RunChart::ALL.map(|kind| (kind, kind.title()));
            if let Some(kind) = choices(ui, self.chosen, &all) {
                self.chosen = kind;
            }
        });
        let size = Vec2::new(room.x, room.y - (ui.cursor().top() - top));
        // The choice says its name; in a window of a few lines there is no room for more.
        if size.y >= LEAST_HEIGHT {
            self.show(ui, (self.chosen, ""), live, version, size);
        }
    }

    /// Shows a chart under a title in `size` points.
    fn show(
        &mut self,
        ui: &mut Ui,
        (kind, title): (RunChart, &str),
        live: &Live,
        version: u64,
        size: Vec2,
    ) {
        let points = (size.x.max(1.0) as u32, size.y.max(1.0) as u32);
        let chart = || kind.chart(title, live, points);
        self.plots[kind as usize].show(ui, kind.name(), (version, size), chart);
    }

    /// Shows works among their controls; `described` says the same in words.
    pub fn show_controls(
        &mut self,
        ui: &mut Ui,
        chart: ControlChart,
        described: String,
        version: u64,
    ) {
        // What cannot be drawn is in the words below it.
        let Ok((width, height)) = chart.size() else {
            return;
        };
        let (plot, of) = &mut self.controls;
        if *of != described {
            *plot = Plot::default();
            *of = described;
        }
        let size = Vec2::new(width as f32, height as f32);
        plot.show(ui, of, (version, size), || chart);
    }
}

impl Plot {
    /// Shows the chart of this version in `size` points, and has it drawn if it is another one.
    fn show<C: Chart + Send + 'static>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        (version, size): (u64, Vec2),
        chart: impl FnOnce() -> C,
    ) {
        let scale = ui.pixels_per_point();
        let dark = ui.visuals().dark_mode;
        let points = [size.x.max(1.0) as u32, size.y.max(1.0) as u32];
        let wanted = (version, points, dark);
        self.follow(ui.ctx(), name);
        if self.task.is_none() && self.drawn != Some(wanted) && self.is_due(ui.ctx(), wanted) {
            self.drawn = Some(wanted);
            self.began = Some(Instant::now());
            let chart = chart();
            let palette = palette(if dark { Theme::Dark } else { Theme::Light });
            self.task = Some(Task::start(ui.ctx(), "drawing a chart", move || {
                let began = Instant::now();
                let picture = chart.picture(&palette, scale);
                let picture = picture.map_err(|error| error.to_string())?;
                Ok((colours(&picture), began.elapsed()))
            }));
        }
        match (&self.refused, &self.texture) {
            (Some(why), _) => {
                let words =
                    RichText::new(sentence_of(&words::recorded(why))).color(tokens::of(ui).muted);
                ui.add_sized(size, Label::new(words).wrap());
            }
            (None, Some(texture)) => {
                let image = egui::Image::new((texture.id(), size)).alt_text(name);
                ui.add(image);
            }
            (None, None) => {
                ui.allocate_space(size);
            }
        }
    }

    /// True if it is to be drawn anew: at once in another size or theme, else after a pause, so that the run is
    /// not held up by its own charts.
    fn is_due(&self, ctx: &egui::Context, (_, size, dark): Drawn) -> bool {
        let same = self.drawn.is_some_and(|(_, s, d)| (s, d) == (size, dark));
        let since = self.began.map(|began| began.elapsed());
        let pause = PAUSE.max(self.took * RESTS);
        match since.filter(|since| same && *since < pause) {
            Some(since) => {
                ctx.request_repaint_after(pause - since);
                false
            }
            None => true,
        }
    }

    fn follow(&mut self, ctx: &egui::Context, name: &str) {
        let Some(task) = self.task.take() else { return };
        match task.take() {
            Err(task) => self.task = Some(task),
            Ok(Err(why)) => self.refused = Some(why),
            Ok(Ok((picture, took))) => {
                (self.took, self.refused) = (took, None);
                match &mut self.texture {
                    Some(texture) => texture.set(picture, TextureOptions::LINEAR),
                    None => {
                        let texture = ctx.load_texture(name, picture, TextureOptions::LINEAR);
                        self.texture = Some(texture);
                    }
                }
            }
        }
    }
}

/// The palette of charts in the window.
fn palette(theme: Theme) -> Palette {
    let colours = tokens::colours(theme);
    let rgb = |colour: egui::Color32| -> Rgb { [colour.r(), colour.g(), colour.b()] };
    let mut palette = match theme {
        Theme::Dark => Palette::DARK,
        Theme::Light => Palette::LIGHT,
    };
    palette.ground = rgb(colours.panel);
    palette.ink = rgb(colours.text);
    palette.muted = rgb(colours.muted);
    palette.mesh = rgb(colours.line);
    for (series, colour) in palette.series.iter_mut().zip(colours.series) {
        *series = rgb(colour);
    }
    palette
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    #[test]
    fn a_chart_that_cannot_be_drawn_says_why_in_its_place() {
        let chart = || TraceChart {
            title: "Losses".into(),
            lines: vec![Line {
                label: "loss".into(),
                points: vec![(1.0, f64::MIN), (2.0, f64::MAX)],
                colour: 0,
            }],
            steps: 2,
            zero: false,
            size: (300, 200),
        };
        let mut plot = Plot::default();
        let mut has_fonts = false;
        let mut harness = Harness::new_ui(move |ui| {
            if !std::mem::replace(&mut has_fonts, true) {
                crate::app::fonts::apply(ui.ctx());
                return;
            }
            plot.show(ui, "Losses", (1, Vec2::new(300.0, 200.0)), chart);
        });
        let began = Instant::now();
        let said = "of \"Losses\" is not finite";
        while harness.query_by_label_contains(said).is_none() {
            assert!(began.elapsed().as_secs() < 60, "nothing was said");
            std::thread::yield_now();
            harness.step();
        }
    }
}
