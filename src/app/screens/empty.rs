//! The desk before there is anything on it: what can be done here, and the ways in.

use eframe::egui::text::LayoutJob;
use eframe::egui::{self, Align, Rect, RichText, Sense, Ui, UiBuilder, vec2};

use super::Commands;
use crate::app::inspection::DEMONSTRATION_PACE;
use crate::app::set_up::ModelRole;
use crate::app::time_left::duration;
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::controls::{muted, primary};
use crate::app::words::{self, say};
use crate::app::{App, Command};
use palimpsest_lab::demonstration;

/// The widest the text becomes, in points.
const WIDTH: f32 = 520.0;
/// Height of the card, in points.
const HEIGHT: f32 = 340.0;
/// Recent cases that are offered.
const CASES: usize = 4;

/// What an examination needs: what it is, where it usually lies, where it comes from.
const NEEDED: [[&str; 2]; 3] = [
    ["the-base-model", "base-model-is"],
    ["the-model-under-suspicion", "suspect-model-is"],
    ["works-that-were-surely-not-used", "unused-works-are"],
];

impl App {
    pub(super) fn empty_desk(&self, ui: &mut Ui, commands: &mut Commands) {
        let area = ui.available_rect_before_wrap();
        ui.allocate_rect(area, Sense::hover());
        let width = WIDTH.min(area.width() - 2.0 * space::LARGE);
        let room = area.height() - 2.0 * space::LARGE;
        // What is unfolded takes what there is.
        let height = match self.is_first_start() && is_unfolded(ui) {
            true => room,
            false => HEIGHT.min(room),
        };
        let card = Rect::from_center_size(area.center(), vec2(width, height));
        if self.takes_drops {
            dashed(ui, card);
        }
        let inner = card.shrink(space::WIDE);
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            // What is unfolded may be taller than a small window.
            egui::ScrollArea::vertical().show(ui, |ui| {
                ui.vertical_centered(|ui| self.invitation(ui, commands));
            });
        });
    }

    fn invitation(&self, ui: &mut Ui, commands: &mut Commands) {
        let colours = tokens::of(ui);
        let title = match self.takes_drops {
            true => say!("drop-an-artwork-here"),
            false => say!("open-an-artwork"),
        };
        ui.add_space(space::SMALL);
        ui.label(RichText::new(title).text_style(tokens::title()));
        ui.add_space(space::TIGHT);
        let question = say!("was-it-among-the-pictures");
        ui.label(RichText::new(question).color(colours.muted));
        ui.add_space(space::LARGE);
        if primary(ui, say!("open-artworks"), true).clicked() {
            commands.push(Command::OpenArtworks);
        }
        ui.add_space(space::LARGE);
        let demonstration = ui.button(say!("run-the-demonstration"));
        if demonstration.clicked() {
            commands.push(Command::Demonstration);
        }
        let pace = self.state.preferences.pace.get(DEMONSTRATION_PACE);
        let time = match pace {
            Some(seconds) => {
                say!(
                    "about-on-this-machine",
                    "time" => duration(seconds * demonstration::SAMPLE as f64),
                )
            }
            None => say!("the-time-left-is-told-once").to_owned(),
        };
        let what = say!("built-in-models-a-questioned-work");
        muted(ui, what);
        muted(ui, time);
        self.needed_at_first(ui);
        self.recent(ui, commands);
    }

    /// Says what an examination of one's own needs, where no models were chosen before.
    fn needed_at_first(&self, ui: &mut Ui) {
        if !self.is_first_start() {
            return;
        }
        ui.add_space(space::MEDIUM);
        let unfolded = is_unfolded(ui);
        if ui.link(say!("what-is-needed-for-your-own")).clicked() {
            ui.data_mut(|data| data.insert_temp(unfolding(), !unfolded));
        }
        if !unfolded {
            return;
        }
        ui.add_space(space::SMALL);
        ui.with_layout(egui::Layout::top_down(Align::Min), |ui| {
            for [what, explanation] in NEEDED.map(|ids| ids.map(words::text)) {
                ui.label(RichText::new(what).strong());
                muted(ui, explanation);
                ui.add_space(space::SMALL);
            }
        });
    }

    /// True as long as no model was ever chosen.
    fn is_first_start(&self) -> bool {
        let chosen = self.state.set_up().model(ModelRole::Pretrained);
        chosen.is_none() && self.state.preferences.recent_models.is_empty()
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
        muted(ui, say!("or-go-back-to-a-recent"));
        for case in there {
            let name = crate::app::queue::name_of(case);
            let link = ui.link(name).on_hover_text(case.display().to_string());
            if link.clicked() {
                commands.push(Command::OpenCaseAt(case.clone()));
            }
        }
    }
}

/// Where it is kept whether what is needed is unfolded.
fn unfolding() -> egui::Id {
    egui::Id::unique("what is needed")
}

fn is_unfolded(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(unfolding())).unwrap_or(false)
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
