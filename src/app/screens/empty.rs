//! The desk before there is anything on it: what can be done here, and the ways in.

use eframe::egui::text::LayoutJob;
use eframe::egui::{self, Align, Rect, RichText, Sense, Ui, UiBuilder, vec2};

use super::Commands;
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::controls::{muted, primary};
use crate::app::{App, Command};

/// The widest the text becomes, in points.
const WIDTH: f32 = 520.0;
/// Recent cases that are offered.
const CASES: usize = 4;

impl App {
    pub(super) fn empty_desk(&self, ui: &mut Ui, commands: &mut Commands) {
        let area = ui.available_rect_before_wrap();
        ui.allocate_rect(area, Sense::hover());
        let width = WIDTH.min(area.width() - 2.0 * space::LARGE);
        let height = 300.0_f32.min(area.height() - 2.0 * space::LARGE);
        let card = Rect::from_center_size(area.center(), vec2(width, height));
        if self.takes_drops {
            dashed(ui, card);
        }
        let inner = card.shrink(space::WIDE);
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            ui.vertical_centered(|ui| self.invitation(ui, commands));
        });
    }

    fn invitation(&self, ui: &mut Ui, commands: &mut Commands) {
        let colours = tokens::of(ui);
        let title = match self.takes_drops {
            true => "Drop an artwork here",
            false => "Open an artwork",
        };
        ui.add_space(space::SMALL);
        ui.label(RichText::new(title).text_style(tokens::title()));
        ui.add_space(space::TIGHT);
        let question = "Was it among the pictures that a diffusion model was fine-tuned on?";
        ui.label(RichText::new(question).color(colours.muted));
        ui.add_space(space::LARGE);
        if primary(ui, "Open artworks…", true).clicked() {
            commands.push(Command::OpenArtworks);
        }
        ui.add_space(space::LARGE);
        let demonstration = ui.button("Run the demonstration");
        if demonstration.clicked() {
            commands.push(Command::Demonstration);
        }
        muted(
            ui,
            "Built-in models, a questioned work and ten controls. About a minute.",
        );
        self.recent(ui, commands);
    }

    fn recent(&self, ui: &mut Ui, commands: &mut Commands) {
        let recent = self.state.preferences.recent_cases.iter();
        let there: Vec<_> = recent
            .filter(|case| palimpsest_record::case::is_case(case))
            .take(CASES)
            .collect();
        if there.is_empty() {
            return;
        }
        ui.add_space(space::MEDIUM);
        muted(ui, "Or go back to a recent case:");
        for case in there {
            let name = crate::app::queue::name_of(case);
            let link = ui.link(name).on_hover_text(case.display().to_string());
            if link.clicked() {
                commands.push(Command::OpenCaseAt(case.clone()));
            }
        }
    }
}

/// A dashed frame: here something can be put down.
fn dashed(ui: &Ui, card: Rect) {
    let colours = tokens::of(ui);
    let corners = [
        card.left_top(),
        card.right_top(),
        card.right_bottom(),
        card.left_bottom(),
        card.left_top(),
    ];
    let stroke = egui::Stroke::new(1.5, colours.line);
    let dashes = egui::Shape::dashed_line(&corners, stroke, 8.0, 6.0);
    ui.painter()
        .rect_filled(card, f32::from(radius::CARD), colours.panel);
    ui.painter().extend(dashes);
}

/// A sentence in the middle of a screen that has nothing to show.
pub(super) fn instead(ui: &Ui, area: Rect, text: &str) {
    let colours = tokens::of(ui);
    let font = egui::TextStyle::Body.resolve(ui.style());
    let width = WIDTH.min(area.width() - 2.0 * space::LARGE).max(1.0);
    let mut job = LayoutJob::simple(text.to_owned(), font, colours.muted, width);
    job.halign = Align::Center;
    let galley = ui.painter().layout_job(job);
    let top = area.center().y - galley.size().y / 2.0;
    let at = egui::pos2(area.center().x, top);
    ui.painter().galley(at, galley, colours.muted);
}
