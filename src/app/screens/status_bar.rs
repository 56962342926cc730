//! The bar at the bottom: what goes on and how far.

use eframe::egui::{ProgressBar, Ui};

use super::Commands;
use crate::app::state::State;
use crate::app::time_left::about;
use crate::app::tokens;
use crate::app::widgets::controls::{announce, muted, name_for_readers};
use crate::app::words::say;
use crate::app::{App, run};
use palimpsest_method::examination::Stage;

impl App {
    pub(super) fn status_bar(&mut self, ui: &mut Ui, _commands: &mut Commands) {
        ui.horizontal(|ui| {
            match &self.state.run {
                None => idle(ui, &self.state),
                Some(run) => busy(ui, run),
            }
            for job in &self.jobs {
                muted(ui, say!("going-on", "what" => job.what));
            }
            if self.state.drawing_controls {
                muted(ui, say!("drawing-the-controls"));
            }
            if !self.state.openings.is_empty() || self.state.is_resuming() {
                muted(ui, say!("reading-the-case"));
            }
        });
    }
}

fn idle(ui: &mut Ui, state: &State) {
    let works = state.queue.works.len();
    let text = match (works, state.finished.len()) {
        (0, 0) => say!("ready").to_owned(),
        (works, 0) => say!("count-of-artworks", "artworks" => works),
        (works, results) => {
            say!(
                "two-parts",
                "one" => say!("count-of-artworks", "artworks" => works),
                "other" => say!("count-of-results", "results" => results),
            )
        }
    };
    muted(ui, text);
}

fn busy(ui: &mut Ui, run: &run::Run) {
    let stage = run.live.stage.map_or(say!("opening-the-case"), stage_name);
    let what = match (run.stopping, run.paused) {
        (true, _) => say!("stopping-after-this-step"),
        (_, true) if run.halted => say!("paused"),
        (_, true) => say!("pausing-after-this-step"),
        _ => stage,
    };
    let (done, of) = (run.done(), run.of());
    let number = (done + 1).min(of.max(1));
    let mut text = say!("course", "what" => what, "number" => number, "of" => of);
    // The time left would be told anew every second.
    let spoken = text.clone();
    if let Some(seconds) = run.seconds_left() {
        text = say!(
        "course-and-time",
        "what" => what,
        "number" => number,
        "of" => of,
        "time" => about(seconds),
        );
    }
    announce(&muted(ui, text), spoken);
    let within = run
        .live
        .step()
        .map_or(0.0, |step| step.step as f32 / step.of.max(1) as f32);
    let share = (done as f32 + within) / of.max(1) as f32;
    let bar = ProgressBar::new(share.clamp(0.0, 1.0))
        .fill(tokens::of(ui).accent)
        .desired_width(ui.available_width().min(320.0))
        .desired_height(6.0);
    name_for_readers(&ui.add(bar), say!("progress-of-the-run"));
}

/// Name of a stage, for people.
pub(super) fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::OpeningModels => say!("opening-the-models"),
        Stage::Hashing => say!("computing-the-models-hashes"),
        Stage::ReadingPrompts => say!("reading-the-prompts"),
        Stage::Encoding => say!("preparing-the-artwork"),
        Stage::Generating => say!("making-the-models-own-pictures"),
        Stage::LoadingNoisePredictors => say!("loading-the-noise-predictors"),
        Stage::Descending => say!("recovering"),
        Stage::CheckingBase => say!("checking-that-the-pretrained-model-fits"),
        Stage::MeasuringLossGap => say!("measuring-the-loss-gap"),
        Stage::Decoding => say!("decoding-the-recovered-picture"),
        Stage::Scoring => say!("comparing-pictures"),
    }
}
