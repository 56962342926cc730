//! Question of a case before anything is examined: what is known of the controls, the score that decides,
//! the two propositions, and what is examined beside the works.

use eframe::egui::{self, CollapsingHeader, ComboBox, TextEdit, Ui};

use super::Change;
use super::Commands;
use super::controls_form::controls_form;
use super::readings::readings;
use crate::app::Command;
use crate::app::forms_job::FurtherExaminations;
use crate::app::queue::{Queue, name_of};
use crate::app::set_up::{Inquiry, SetUp};
use crate::app::tokens::size;
use crate::app::widgets::controls::{
    heading, label, muted, name_for_readers, row, text_field, worded,
};
use palimpsest_method::examination::PrimaryScore;
use palimpsest_record::case::Role;
use palimpsest_record::case::question::MAX_REPEATS;
use palimpsest_record::casework::exhibit::score_name;
use palimpsest_record::language::Language;

/// The most pictures of its own that a model is asked for here.
const MOST_OUTPUTS: usize = 50;

pub(super) fn inquiry(
    ui: &mut Ui,
    (queue, further): (&Queue, FurtherExaminations),
    set_up: &mut SetUp,
    change: &mut Change,
    commands: &mut Commands,
) {
    heading(ui, "Question and controls");
    let controlled = declarations(ui, queue, set_up, change);
    if !controlled {
        muted(
            ui,
            "Without works of the same hand that are known not to have been used there are scores and no verdict.",
        );
    }
    ui.horizontal_wrapped(|ui| {
        for (text, role) in [
            ("Add negative controls…", Role::Negative),
            ("Add positive controls…", Role::Positive),
        ] {
            if ui.button(text).clicked() {
                commands.push(Command::OpenControls(role));
            }
        }
    });
    CollapsingHeader::new("What is asked")
        .id_salt("what is asked")
        .show(ui, |ui| {
            readings(ui, further, set_up, change);
            let inquiry = &mut set_up.inquiry;
            decisive_score(ui, inquiry, change);
            propositions(ui, inquiry, change);
            besides(ui, inquiry, change, commands);
        });
}

/// Fields for what the user knows of the controls; it is recorded in the case. Returns whether there are any.
fn declarations(ui: &mut Ui, queue: &Queue, set_up: &mut SetUp, change: &mut Change) -> bool {
    let rows = [
        (
            Role::Negative,
            "How they are known not to have been used",
            "painted after the model was published",
            &mut set_up.known_unused,
        ),
        (
            Role::Positive,
            "How they are known to have been used",
            "named in the model's own list of pictures",
            &mut set_up.known_used,
        ),
    ];
    let mut any = false;
    for (role, name, hint, text) in rows {
        if !queue.has(role) {
            continue;
        }
        any = true;
        if text_field(ui, name, hint, text).changed() {
            *change = Some(("Declaration", true));
        }
        if role == Role::Negative {
            controls_form(ui, queue, &mut set_up.inquiry, change);
        }
    }
    if any {
        muted(
            ui,
            "Recorded in the case in your words. Only works of the same hand and kind serve as controls.",
        );
    }
    any
}

fn decisive_score(ui: &mut Ui, inquiry: &mut Inquiry, change: &mut Change) {
    let explanation =
        "Fixed before anything is examined: who chooses it afterwards can choose the answer";
    row(ui, "Score that decides", explanation, |ui| {
        // Where none was chosen the usual one decides.
        let chosen = inquiry.primary_score.unwrap_or_default();
        let texts = Language::English.texts();
        let shown = ComboBox::from_id_salt("score that decides")
            .selected_text(score_name(texts, chosen))
            .show_ui(ui, |ui| {
                let mut picked = None;
                for score in PrimaryScore::ALL {
                    if ui
                        .selectable_label(score == chosen, score_name(texts, score))
                        .clicked()
                    {
                        picked = Some(score);
                    }
                }
                picked
            });
        name_for_readers(&shown.response, "Score that decides");
        if let Some(score) = shown.inner.flatten() {
            inquiry.primary_score = Some(score).filter(|&score| score != PrimaryScore::default());
            *change = Some(("Score that decides", false));
        }
    });
}

fn propositions(ui: &mut Ui, inquiry: &mut Inquiry, change: &mut Change) {
    let usual = palimpsest_record::case::Question::default().propositions;
    let names = ["What is put forward", "What is said against it"];
    for ((name, usual), text) in names.into_iter().zip(usual).zip(&mut inquiry.propositions) {
        label(ui, name);
        let edit = TextEdit::multiline(text)
            .hint_text(usual)
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        name_for_readers(&response, name);
        if response.changed() {
            *change = Some(("Proposition", true));
        }
    }
}

/// Fields for what is examined for comparison and counts in no figure, and for the number of repetitions.
fn besides(ui: &mut Ui, inquiry: &mut Inquiry, change: &mut Change, commands: &mut Commands) {
    row(
        ui,
        "Repetitions",
        "Each with other draws; the mean counts, the spread is shown",
        |ui| {
            let drag = egui::DragValue::new(&mut inquiry.repeats).range(1..=MAX_REPEATS);
            let drag = ui.add(drag);
            name_for_readers(&drag, "Repetitions");
            if drag.changed() {
                *change = Some(("Repetitions", true));
            }
        },
    );
    row(
        ui,
        "Model's own outputs",
        "Pictures that the fine-tuned model makes of its prompt, shown as a band of their own",
        |ui| {
            let drag = egui::DragValue::new(&mut inquiry.own_outputs).range(0..=MOST_OUTPUTS);
            let drag = ui.add(worded(drag, "none", ""));
            name_for_readers(&drag, "Model's own outputs");
            if drag.changed() {
                *change = Some(("Model's own outputs", true));
            }
        },
    );
    let test = ui
        .checkbox(&mut inquiry.self_test, "Self-test")
        .on_hover_text(
            "The first questioned work with the pretrained model in both places: nothing may move",
        );
    if test.changed() {
        *change = Some(("Self-test", false));
    }
    let explanation = "The questioned works against another fine-tuned version that saw none of them: what is found where there is nothing";
    row(ui, "Null run", explanation, |ui| {
        if inquiry.null_run.is_some() && ui.button("Remove").clicked() {
            inquiry.null_run = None;
            *change = Some(("Remove the null run", false));
        }
        if ui.button("Choose a model…").clicked() {
            commands.push(Command::ChooseNullRun);
        }
        if let Some(path) = &inquiry.null_run {
            ui.set_min_height(size::ROW);
            ui.add(egui::Label::new(name_of(path)).truncate());
        }
    });
}
