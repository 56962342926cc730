//! The bars at the top and at the bottom: menus, screens, the main button; what goes on and how far.

use eframe::egui::{self, Align, Layout, ProgressBar, RichText, Ui};

use super::Commands;
use crate::app::menu::{Menu, MenuItem, menu_items};
use crate::app::state::{Screen, State};
use crate::app::time_left::about;
use crate::app::tokens::{self, size, space};
use crate::app::widgets::controls::{announce, muted, name_for_readers, primary};
use crate::app::{App, Command, run};
use palimpsest_base::number_format::counted;
use palimpsest_method::examination::Stage;

impl App {
    pub(super) fn top_bar(&mut self, ui: &mut Ui, commands: &mut Commands) {
        ui.horizontal(|ui| {
            egui::MenuBar::new().ui(ui, |ui| {
                match ui.ctx().content_rect().width() < size::TINY {
                    true => {
                        ui.menu_button("Menu", |ui| self.menus(ui, commands));
                    }
                    false => self.menus(ui, commands),
                }
                if self.is_empty() {
                    return;
                }
                self.screens(ui, commands);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    self.main_button(ui, commands);
                });
            });
        });
    }

    fn menus(&self, ui: &mut Ui, commands: &mut Commands) {
        let entries = menu_items();
        for menu in Menu::ALL {
            ui.menu_button(menu.title(), |ui| {
                ui.set_min_width(260.0);
                for entry in entries.iter().filter(|entry| entry.menu == menu) {
                    let refused = entry.command.refused(&self.state);
                    let mut button = egui::Button::new(self.label_of(entry));
                    if let Some(shortcut) = entry.shortcut {
                        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
                    }
                    let response = ui.add_enabled(refused.is_none(), button);
                    let response = match refused {
                        Some(reason) => response.on_disabled_hover_text(reason),
                        None => response,
                    };
                    if response.clicked() {
                        commands.push(entry.command.clone());
                        ui.close();
                    }
                }
                if menu == Menu::File {
                    self.recent_cases(ui, commands);
                }
            });
        }
    }

    /// The label, with what would be undone.
    fn label_of(&self, entry: &MenuItem) -> String {
        let deed = match entry.command {
            Command::Undo => self.state.history.can_undo(),
            Command::Redo => self.state.history.can_redo(),
            _ => None,
        };
        match deed {
            Some(deed) => format!("{}: {}", entry.label, lower(deed)),
            None => entry.label.to_owned(),
        }
    }

    fn recent_cases(&self, ui: &mut Ui, commands: &mut Commands) {
        let recent = self.state.preferences.recent_cases.iter();
        let there: Vec<_> = recent
            .filter(|case| palimpsest_record::case::is_case(case))
            .collect();
        if there.is_empty() {
            return;
        }
        ui.separator();
        muted(ui, "Recent cases");
        for case in there {
            let name = crate::app::queue::name_of(case);
            let button = ui.button(name).on_hover_text(case.display().to_string());
            if button.clicked() {
                commands.push(Command::OpenCaseAt(case.clone()));
                ui.close();
            }
        }
    }

    fn screens(&self, ui: &mut Ui, commands: &mut Commands) {
        ui.add_space(space::MEDIUM);
        for screen in Screen::ALL {
            let refused = Command::Show(screen).refused(&self.state);
            let chosen = self.state.screen == screen;
            let label = egui::Button::selectable(chosen, screen.title());
            let mut response = ui.add_enabled(refused.is_none(), label);
            if let Some(reason) = refused {
                response = response.on_disabled_hover_text(reason);
            }
            if response.clicked() {
                commands.push(Command::Show(screen));
            }
        }
    }

    fn main_button(&self, ui: &mut Ui, commands: &mut Commands) {
        let Some(run) = &self.state.run else {
            let refused = self.state.refuses_start();
            let button = primary(ui, "Start", refused.is_none());
            if let Some(reason) = &refused {
                button.clone().on_disabled_hover_text(reason);
                let colour = tokens::of(ui).muted;
                // What stands in the panel below is not said twice.
                let is_on_prepare = self.state.screen == Screen::Prepare;
                let is_chosen = self.state.inspection.refuses_what_was_chosen();
                let is_room = self.state.refuses_room().as_ref() == Some(reason);
                let reason = match (is_on_prepare, is_chosen, is_room) {
                    (true, true, _) => "What was chosen cannot be examined",
                    (true, _, true) => "There is no room for the case",
                    _ => reason,
                };
                let reason = RichText::new(reason).color(colour).small();
                ui.add(egui::Label::new(reason).truncate());
            }
            if button.clicked() {
                commands.push(Command::Start);
            }
            return;
        };
        // The bar draws buttons without a ground, as menus are.
        let stop = egui::Button::new("Stop").fill(tokens::of(ui).control);
        if ui.add_enabled(!run.stopping, stop).clicked() {
            commands.push(Command::Stop);
        }
        let label = if run.paused { "Resume" } else { "Pause" };
        if primary(ui, label, !run.stopping).clicked() {
            commands.push(Command::PauseOrResume);
        }
    }

    pub(super) fn status_bar(&mut self, ui: &mut Ui, _commands: &mut Commands) {
        ui.horizontal(|ui| {
            match &self.state.run {
                None => idle(ui, &self.state),
                Some(run) => busy(ui, run),
            }
            for job in &self.jobs {
                muted(ui, format!("{}…", job.what));
            }
            if self.state.drawing_controls {
                muted(ui, "Drawing the controls…");
            }
            if !self.state.openings.is_empty() || self.state.is_resuming() {
                muted(ui, "Reading the case…");
            }
        });
    }

    /// Says that files can be dropped while they are held over the window.
    pub(super) fn drop_target(&self, ui: &Ui) {
        if ui.input(|input| input.raw.hovered_files.is_empty()) {
            return;
        }
        let colours = tokens::of(ui);
        let layer = egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop target"));
        let painter = ui.ctx().layer_painter(layer);
        let area = ui.ctx().content_rect();
        painter.rect_filled(area, 0, colours.canvas.gamma_multiply(0.85));
        let inner = area.shrink(space::WIDE);
        let stroke = egui::Stroke::new(2.0, colours.accent);
        painter.rect_stroke(
            inner,
            tokens::radius::CARD,
            stroke,
            egui::StrokeKind::Inside,
        );
        painter.text(
            area.center(),
            egui::Align2::CENTER_CENTER,
            "Drop artworks, a model or a case",
            tokens::title().resolve(ui.style()),
            colours.text,
        );
    }
}

fn idle(ui: &mut Ui, state: &State) {
    let works = state.queue.works.len();
    let text = match (works, state.finished.len()) {
        (0, 0) => "Ready".to_owned(),
        (works, 0) => counted(works, "artwork", "artworks"),
        (works, results) => format!(
            "{}, {}",
            counted(works, "artwork", "artworks"),
            counted(results, "result", "results")
        ),
    };
    muted(ui, text);
}

fn busy(ui: &mut Ui, run: &run::Run) {
    let stage = run.live.stage.map_or("Opening the case", stage_name);
    let what = match (run.stopping, run.paused) {
        (true, _) => "Stopping after this step",
        (_, true) if run.halted => "Paused",
        (_, true) => "Pausing after this step",
        _ => stage,
    };
    let (done, of) = (run.done(), run.of());
    let mut text = format!("{what} · artwork {} of {of}", (done + 1).min(of.max(1)));
    // The time left would be told anew every second.
    let spoken = text.clone();
    if let Some(seconds) = run.seconds_left() {
        text += &format!(" · {} left", about(seconds));
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
    name_for_readers(&ui.add(bar), "Progress of the run");
}

/// Name of a stage, for people.
pub(super) fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::OpeningModels => "Opening the models",
        Stage::Hashing => "Computing the models' hashes",
        Stage::ReadingPrompts => "Reading the prompts",
        Stage::Encoding => "Preparing the artwork",
        Stage::Generating => "Making the model's own pictures",
        Stage::LoadingNoisePredictors => "Loading the noise predictors",
        Stage::Descending => "Recovering",
        Stage::CheckingBase => "Checking that the pretrained model fits",
        Stage::MeasuringLossGap => "Measuring the loss gap",
        Stage::Decoding => "Decoding the recovered picture",
        Stage::Scoring => "Comparing pictures",
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    // An empty text stays empty.
    first.unwrap_or_default() + letters.as_str()
}

/// Seconds as people say them.
pub(super) fn duration(seconds: f64) -> String {
    let whole = seconds.round().max(0.0) as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds:02} s"),
        (hours, minutes, _) => format!("{hours} h {minutes:02} min"),
    }
}
