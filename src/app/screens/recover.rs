//! The run as it goes on: the picture that comes back, charts that grow below it, numbers and the ways to
//! end it at the right.

use eframe::egui::{self, RichText, Sense, Ui, UiBuilder};

use super::Commands;
use super::empty::instead;
use super::prepare::mask_name;
use super::status_bar::stage_name;
use crate::app::gpu::{LivePreview, Source};
use crate::app::queue::name_of;
use crate::app::run::Run;
use crate::app::time_left::about;
use crate::app::time_left::duration;
use crate::app::tokens::{self, size, space};
use crate::app::widgets::comparison::{Comparison, ComparisonPictures, Look};
use crate::app::widgets::controls::{choices, fact, heading, muted};
use crate::app::words::{fixed, say, signed};
use crate::app::{App, Command};

impl App {
    pub(super) fn recover_screen(&mut self, ui: &mut Ui) {
        let area = ui.available_rect_before_wrap();
        let Some(run) = &mut self.state.run else {
            ui.allocate_rect(area, Sense::hover());
            return instead(ui, area, say!("no-run-is-shown"));
        };
        run.look();
        let strip = size::CHART.min(area.height() / 3.0);
        let (mut above, mut below) = (area, area);
        above.max.y -= strip;
        below.min.y = above.max.y;
        let pictures = live_pictures(run, self.state.shows_decoded);
        if pictures.original.is_some() {
            let look = Look::of(ui);
            ui.scope_builder(
                UiBuilder::new().max_rect(above.shrink(space::SMALL)),
                |ui| {
                    Comparison::new(&mut self.comparison, &pictures, look, self.gpu).show(ui);
                },
            );
        } else {
            let stage = run.live.stage.map_or(say!("opening-the-case"), stage_name);
            instead(ui, above, &say!("going-on", "what" => stage));
        }
        let frame = tokens::of(ui).panel;
        ui.painter().rect_filled(below, 0, frame);
        let (live, version) = (&run.live, run.version);
        ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
            self.charts.show_all(ui, live, version, below.size());
        });
        ui.advance_cursor_after_rect(area);
    }

    pub(super) fn progress_panel(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let Some(run) = &self.state.run else { return };
        egui::ScrollArea::vertical().show(ui, |ui| {
            if let Some(path) = run.artwork() {
                ui.label(RichText::new(name_of(path)).text_style(egui::TextStyle::Heading));
            }
            if let Some(case) = run.case() {
                let of = run.cases.len();
                let (mask, name) = (mask_name(case.mask), name_of(&case.folder));
                let text = match of {
                    1 => say!("mask-and-case", "mask" => mask, "name" => name),
                    _ => say!(
                        "mask-and-case-of",
                        "mask" => mask,
                        "number" => run.case_number(),
                        "of" => of,
                        "name" => name,
                    ),
                };
                muted(ui, text);
            }
            ui.add_space(space::SMALL);
            numbers(ui, run);
            ui.add_space(space::MEDIUM);
            endings(ui, run, commands);
            heading(ui, say!("what-you-see"));
            if let Some((step, _)) = &run.live.decoded {
                let decoded = say!("decoded-at-step", "step" => step);
                let ways = [(false, say!("preview")), (true, decoded.as_str())];
                if let Some(decoded) = choices(ui, self.state.shows_decoded, &ways) {
                    commands.push(Command::ShowDecoded(decoded));
                }
            }
            muted(ui, say!("the-recovered-picture-is-a-preview"));
        });
    }
}

/// Pictures of the run as it is now.
fn live_pictures(run: &Run, decoded: bool) -> ComparisonPictures {
    let live = &run.live;
    let Some(seen) = &live.seen else {
        return ComparisonPictures::default();
    };
    let preview = live.newest.as_ref().and_then(|newest| {
        let colours = seen.colours?;
        let number = (seen.number, newest.step as u64);
        let shape = newest.shape;
        // A latent of another shape than the colours were fitted to is shown once it is decoded.
        LivePreview::new(number, newest.values.clone(), shape, colours, seen.factor).ok()
    });
    let of = live.step().map_or(0, |step| step.of);
    let (recovered, badge) = match (&live.decoded, preview) {
        (Some((step, picture)), _) if decoded => {
            let badge = say!("decoded-step", "step" => step, "of" => of);
            (Some(Source::Picture(picture.clone())), Some(badge))
        }
        (_, Some(preview)) => {
            let step = live.newest.as_ref().map_or(0, |newest| newest.step);
            let badge = match step {
                0 => say!("preview-before-the-first-step").to_owned(),
                step => say!("preview-step", "step" => step, "of" => of),
            };
            (Some(Source::Live(preview)), Some(badge))
        }
        (_, None) => (None, None),
    };
    ComparisonPictures {
        original: Some(Source::Picture(seen.original.clone())),
        partial: Some(Source::Picture(seen.partial.clone())),
        recovered,
        mask: seen.mask.clone(),
        captions: Default::default(),
        badge,
    }
}

fn numbers(ui: &mut Ui, run: &Run) {
    let live = &run.live;
    let Some(step) = live.step() else {
        let stage = live.stage.map_or(say!("opening-the-case"), stage_name);
        muted(ui, say!("going-on", "what" => stage));
        return;
    };
    fact(
        ui,
        say!("step"),
        say!("number-of", "number" => step.step, "of" => step.of),
    );
    let left = step.seconds_left.map_or_else(|| "–".to_owned(), duration);
    fact(ui, say!("time-left-for-this-artwork"), left);
    let left = run.seconds_left().map_or_else(|| "–".to_owned(), about);
    fact(ui, say!("time-left-for-all"), left);
    fact(ui, say!("timestep-t"), step.timestep.to_string());
    fact(ui, say!("loss-pretrained"), fixed(step.loss_pretrained, 4));
    fact(ui, say!("loss-fine-tuned"), fixed(step.loss_finetuned, 4));
    let gap = step.loss_pretrained - step.loss_finetuned;
    fact(ui, say!("gap"), signed(gap, 4));
    fact(ui, say!("distance-moved"), fixed(step.moved, 2));
    let skipped = live.steps.iter().filter(|step| step.skipped).count();
    fact(ui, say!("steps-that-moved-nothing"), skipped.to_string());
    if let Some((at, direction, gain)) = live.recovery.last() {
        let number = |value: &Option<f64>, unit: &str| {
            value.map_or_else(
                || "–".to_owned(),
                |value| format!("{}{unit}", signed(value, 3)),
            )
        };
        fact(ui, say!("recovery-direction"), number(direction, ""));
        fact(ui, say!("recovery-gain"), number(gain, " dB"));
        muted(ui, say!("recovery-as-of-step", "step" => at));
    }
}

fn endings(ui: &mut Ui, run: &Run, commands: &mut Commands) {
    let mut last = run.ends_after_this();
    if ui
        .checkbox(&mut last, say!("stop-after-this-artwork"))
        .changed()
    {
        commands.push(Command::StopAfterThis);
    }
    muted(ui, say!("stopping-keeps-everything-the-case"));
}
