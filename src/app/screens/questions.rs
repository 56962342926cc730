//! Questions that a model in one file leaves open, asked where it was chosen, and the answers, which can be taken back.

use eframe::egui::{self, Frame, Label, Margin, Ui};

use super::frame::stage_name;
use super::{Change, Commands};
use crate::app::queue::name_of;
use crate::app::refusal::Question;
use crate::app::set_up::SetUp;
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::controls::{muted, name_for_readers, row, wrong};
use crate::app::{App, Command};
use palimpsest_base::number_format::number;
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_method::examination::PredictionLosses;

/// Both answers, the usual one first.
const PREDICTIONS: [Prediction; 2] = [Prediction::Epsilon, Prediction::Velocity];

impl App {
    /// Asks a question; returns whether it is one of these.
    pub(super) fn ask_about_file(
        &self,
        ui: &mut Ui,
        question: &Question,
        set_up: &mut SetUp,
        change: &mut Change,
        commands: &mut Commands,
    ) -> bool {
        match question {
            Question::Prediction => framed(ui, |ui| self.prediction(ui, set_up, change)),
            Question::Configurations(what) => framed(ui, |ui| configurations(ui, what, commands)),
            Question::Unused | Question::Pretrained => return false,
        }
        true
    }

    fn prediction(&self, ui: &mut Ui, set_up: &mut SetUp, change: &mut Change) {
        ui.label("What does this model predict?");
        muted(
            ui,
            "Its file does not say it, and models of its kind are made in both ways. With the wrong answer the results mean nothing.",
        );
        let measurement = &self.state.prediction;
        let losses = match measurement.known() {
            _ if measurement.is_busy() => {
                let stage = measurement.stage();
                let doing = stage.map_or(String::new(), |stage| format!(" {}.", stage_name(stage)));
                muted(ui, format!("Measuring both on the artwork…{doing}"));
                None
            }
            Some(Ok(Some(losses))) => {
                muted(ui, measured(losses));
                Some(losses)
            }
            Some(Ok(None)) => {
                muted(
                    ui,
                    "The artwork cannot be read, so that nothing was measured.",
                );
                None
            }
            Some(Err(error)) => {
                wrong(ui, error);
                None
            }
            None => {
                muted(
                    ui,
                    "Both are measured once both models and an artwork are there.",
                );
                None
            }
        };
        for prediction in PREDICTIONS {
            ui.horizontal(|ui| {
                if ui.button(word(prediction)).clicked() {
                    set_up.choices.prediction = Some(prediction);
                    *change = Some(("Say what the model predicts", false));
                }
                if let Some(losses) = losses {
                    muted(ui, loss_of(losses, prediction));
                }
            });
        }
    }
}

/// Draws the answers that were given, with the ways to take them back.
pub(super) fn answers(ui: &mut Ui, set_up: &mut SetUp, change: &mut Change) {
    if let Some(prediction) = set_up.choices.prediction {
        row(
            ui,
            "It predicts",
            "As you said of a model in one file",
            |ui| {
                let back = ui.button("Take back");
                name_for_readers(&back, "Take back what the model predicts");
                if back.clicked() {
                    set_up.choices.prediction = None;
                    *change = Some(("Take back what the model predicts", false));
                }
                ui.label(format!("{}, as you said", plain(prediction)));
            },
        );
    }
    if let Some(folder) = set_up.choices.configurations.clone() {
        let why = "What models in one file do not tell by themselves is read from this folder";
        row(ui, "Configurations", why, |ui| {
            let remove = ui.button("Remove");
            name_for_readers(&remove, "Remove the configurations");
            if remove.clicked() {
                set_up.choices.configurations = None;
                *change = Some(("Remove the configurations", false));
            }
            let name = ui.add(Label::new(name_of(&folder)).truncate());
            name.on_hover_text(folder.display().to_string());
        });
    }
}

fn configurations(ui: &mut Ui, what: &str, commands: &mut Commands) {
    ui.label("A configuration is needed");
    muted(
        ui,
        format!(
            "The file does not tell {what}, and it is none of the usual ones. Whoever published the model has a folder for it, with unet/config.json and others in it."
        ),
    );
    if ui.button("Choose a folder of configurations…").clicked() {
        commands.push(Command::ChooseConfigurations);
    }
}

fn measured(losses: &PredictionLosses) -> &'static str {
    match losses.likely() {
        Some(_) => "Measured on the artwork: the right answer has by far the smaller error.",
        None => {
            "Measured on the artwork: the errors are too near to one another to tell. Ask whoever published the model."
        }
    }
}

fn loss_of(losses: &PredictionLosses, prediction: Prediction) -> String {
    let loss = match prediction {
        Prediction::Epsilon => losses.epsilon,
        Prediction::Velocity => losses.velocity,
    };
    let likely = match losses.likely() == Some(prediction) {
        true => ", most likely",
        false => "",
    };
    format!("error {}{likely}", number(loss))
}

fn word(prediction: Prediction) -> &'static str {
    match prediction {
        Prediction::Epsilon => "It predicts noise (ε)",
        Prediction::Velocity => "It predicts velocity (v)",
    }
}

fn plain(prediction: Prediction) -> &'static str {
    match prediction {
        Prediction::Epsilon => "noise (ε)",
        Prediction::Velocity => "velocity (v)",
    }
}

/// A card that stands out from what is only read.
fn framed(ui: &mut Ui, inside: impl FnOnce(&mut Ui)) {
    let colours = tokens::of(ui);
    Frame::new()
        .fill(colours.raised)
        .stroke(egui::Stroke::new(1.0, colours.warning))
        .corner_radius(f32::from(radius::CONTROL))
        .inner_margin(Margin::same(space::SMALL as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            inside(ui);
        });
}
