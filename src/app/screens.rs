//! Content of the window: bars, panels and the screens in the middle. They read the state and give back
//! commands; nothing is changed here but how things are shown.

mod adapters;
mod adding_controls;
mod case;
mod charts;
mod compare;
mod conclusion;
mod controls_form;
mod empty;
mod exhibit_alone;
mod exhibit_form;
mod findings;
mod frame;
mod grounds;
mod inquiry;
mod items;
mod library;
mod library_row;
mod machine;
mod models;
mod nearest;
mod notices;
mod overlays;
mod prepare;
mod questions;
mod queue;
mod readings;
mod recover;
mod results;
mod room;
mod sealing;
mod set_up;
mod settings;
mod stated;
mod status_bar;
mod thumbnail;

use eframe::egui::{self, CentralPanel, Frame, Margin, Panel};

pub use charts::Charts;
pub use items::Notes;
pub(super) use prepare::mask_name;

use super::state::Screen;
use super::tokens::{self, size, space};
use super::{App, Command};

/// Commands that were given in a frame.
pub type Commands = Vec<Command>;

/// A change of the desk: what was done, and whether it goes on with the change before.
type Change = Option<(&'static str, bool)>;

impl App {
    /// Draws the window and returns what the user did.
    pub(super) fn show(&mut self, ui: &mut egui::Ui) -> Commands {
        let mut commands = Commands::new();
        let colours = tokens::of(ui);
        let bar = Frame::new()
            .fill(colours.panel)
            .inner_margin(Margin::symmetric(space::SMALL as i8, space::TIGHT as i8));
        let side = Frame::new()
            .fill(colours.panel)
            .inner_margin(Margin::same(space::MEDIUM as i8));
        let canvas = Frame::new().fill(colours.canvas);

        Panel::top("bar")
            .frame(bar)
            .resizable(false)
            .show(ui, |ui| self.top_bar(ui, &mut commands));
        Panel::bottom("status")
            .frame(bar)
            .resizable(false)
            .show(ui, |ui| self.status_bar(ui, &mut commands));
        if self.is_empty() {
            CentralPanel::default().frame(canvas).show(ui, |ui| {
                self.notices(ui, &mut commands);
                self.empty_desk(ui, &mut commands);
            });
        } else {
            self.panels(ui, side, canvas, &mut commands);
        }
        self.overlays(ui, &mut commands);
        self.drop_target(ui);
        commands
    }

    fn panels(&mut self, ui: &mut egui::Ui, side: Frame, canvas: Frame, commands: &mut Commands) {
        // Each has an identity of its own: what was dragged wide in a wide window is not wide in a narrow one.
        let ([queue, inspector], suffix) = match ui.ctx().content_rect().width() {
            room if room < size::TINY => ([size::QUEUE_TINY, size::INSPECTOR_TINY], " tiny"),
            room if room < size::NARROW => {
                ([size::QUEUE_NARROW, size::INSPECTOR_NARROW], " narrow")
            }
            _ => ([size::QUEUE, size::INSPECTOR], ""),
        };
        let [width, least, most] = queue;
        Panel::left(format!("queue{suffix}"))
            .frame(side)
            .default_size(width)
            .size_range(least..=most)
            .show(ui, |ui| self.queue_panel(ui, commands));
        let [width, least, most] = inspector;
        if self.state.screen != Screen::Results {
            Panel::right(format!("inspector{suffix}"))
                .frame(side)
                .default_size(width)
                .size_range(least..=most)
                .show(ui, |ui| match self.state.screen {
                    Screen::Prepare | Screen::Results => self.set_up_panel(ui, commands),
                    Screen::Recover => self.progress_panel(ui, commands),
                    Screen::Compare => self.findings_panel(ui, commands),
                    Screen::Case => self.case_panel(ui, commands),
                });
        }
        // Fields do not show on the ground of pictures.
        let ground = match self.state.screen {
            Screen::Case | Screen::Results => canvas.fill(tokens::of(ui).panel),
            _ => canvas,
        };
        CentralPanel::default().frame(ground).show(ui, |ui| {
            self.notices(ui, commands);
            match self.state.screen {
                Screen::Prepare => self.prepare_screen(ui, commands),
                Screen::Recover => self.recover_screen(ui),
                Screen::Compare => self.compare_screen(ui, commands),
                Screen::Results => self.results_screen(ui, commands),
                Screen::Case => self.case_screen(ui, commands),
            }
        });
    }

    /// True if there is nothing on the desk.
    pub(super) fn is_empty(&self) -> bool {
        self.state.queue.works.is_empty()
            && self.state.finished.is_empty()
            && self.state.run.is_none()
    }
}
