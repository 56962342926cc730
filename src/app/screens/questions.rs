//! Questions that a model in one file leaves open, asked where it was chosen, and the answers, which can be taken back.

use eframe::egui::{self, Frame, Label, Margin, Ui};

use super::status_bar::stage_name;
use super::{Change, Commands};
use crate::app::queue::name_of;
use crate::app::refusal::Question;
use crate::app::set_up::SetUp;
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::controls::{muted, name_for_readers, row, wrong};
use crate::app::words::{self, number, say};
use crate::app::{App, Command};
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
        ui.label(say!("what-does-this-model-predict"));
        muted(ui, say!("its-file-does-not-say"));
        let measurement = &self.state.prediction;
        let losses = match measurement.known() {
            _ if measurement.is_busy() => {
                let stage = measurement.stage();
                muted(
                    ui,
                    match stage {
                        Some(stage) => say!("measuring-at", "stage" => stage_name(stage)),
                        None => say!("measuring-both-on-the-artwork").to_owned(),
                    },
                );
                None
            }
            Some(Ok(Some(losses))) => {
                muted(ui, measured(losses));
                Some(losses)
            }
            Some(Ok(None)) => {
                muted(ui, say!("the-artwork-cannot-be-read"));
                None
            }
            Some(Err(error)) => {
                wrong(ui, error);
                None
            }
            None => {
                muted(ui, say!("both-are-measured-once-both-models"));
                None
            }
        };
        for prediction in PREDICTIONS {
            ui.horizontal(|ui| {
                if ui.button(word(prediction)).clicked() {
                    set_up.choices.prediction = Some(prediction);
                    *change = Some((say!("say-what-the-model-predicts"), false));
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
            say!("it-predicts"),
            say!("as-you-said-of-a-model"),
            |ui| {
                let back = ui.button(say!("take-back"));
                name_for_readers(&back, say!("take-back-what-the-model-predicts"));
                if back.clicked() {
                    set_up.choices.prediction = None;
                    *change = Some((say!("take-back-what-the-model-predicts"), false));
                }
                ui.label(say!("prediction-as-you-said", "prediction" => plain(prediction)));
            },
        );
    }
    if let Some(folder) = set_up.choices.configurations.clone() {
        let why = say!("what-models-in-one-file-do");
        row(ui, say!("configurations"), why, |ui| {
            let remove = ui.button(say!("remove"));
            name_for_readers(&remove, say!("remove-the-configurations"));
            if remove.clicked() {
                set_up.choices.configurations = None;
                *change = Some((say!("remove-the-configurations"), false));
            }
            let name = ui.add(Label::new(name_of(&folder)).truncate());
            name.on_hover_text(folder.display().to_string());
        });
    }
}

fn configurations(ui: &mut Ui, what: &str, commands: &mut Commands) {
    ui.label(say!("a-configuration-is-needed"));
    muted(
        ui,
        say!("the-file-does-not-tell", "what" => words::recorded(what)),
    );
    if ui
        .button(say!("choose-a-folder-of-configurations"))
        .clicked()
    {
        commands.push(Command::ChooseConfigurations);
    }
}

fn measured(losses: &PredictionLosses) -> &'static str {
    match losses.likely() {
        Some(_) => say!("measured-on-the-artwork-the-right"),
        None => {
            say!("measured-on-the-artwork-the-errors")
        }
    }
}

fn loss_of(losses: &PredictionLosses, prediction: Prediction) -> String {
    let loss = match prediction {
        Prediction::Epsilon => losses.epsilon,
        Prediction::Velocity => losses.velocity,
    };
    match losses.likely() == Some(prediction) {
        true => say!("error-most-likely", "loss" => number(loss)),
        false => say!("error-of", "loss" => number(loss)),
    }
}

fn word(prediction: Prediction) -> &'static str {
    match prediction {
        Prediction::Epsilon => say!("it-predicts-noise"),
        Prediction::Velocity => say!("it-predicts-velocity-v"),
    }
}

fn plain(prediction: Prediction) -> &'static str {
    match prediction {
        Prediction::Epsilon => say!("noise"),
        Prediction::Velocity => say!("velocity-v"),
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
