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
use crate::app::words::{self, say};
use palimpsest_method::examination::PrimaryScore;
use palimpsest_record::case::Role;
use palimpsest_record::case::question::MAX_REPEATS;
use palimpsest_record::casework::exhibit::score_name;

/// The most pictures of its own that a model is asked for here.
const MOST_OUTPUTS: usize = 50;

pub(super) fn inquiry(
    ui: &mut Ui,
    (queue, further): (&Queue, FurtherExaminations),
    set_up: &mut SetUp,
    change: &mut Change,
    commands: &mut Commands,
) {
    heading(ui, say!("question-and-controls"));
    let controlled = declarations(ui, queue, set_up, change);
    if !controlled {
        muted(ui, say!("without-works-of-the-same-hand"));
    }
    ui.horizontal_wrapped(|ui| {
        for (text, role) in [
            (say!("add-negative-controls"), Role::Negative),
            (say!("add-positive-controls"), Role::Positive),
        ] {
            if ui.button(text).clicked() {
                commands.push(Command::OpenControls(role));
            }
        }
    });
    CollapsingHeader::new(say!("what-is-asked"))
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
            say!("known-not-used"),
            say!("example-of-unused"),
            &mut set_up.known_unused,
        ),
        (
            Role::Positive,
            say!("known-used"),
            say!("example-of-used"),
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
            *change = Some((say!("declaration"), true));
        }
        if role == Role::Negative {
            controls_form(ui, queue, &mut set_up.inquiry, change);
        }
    }
    if any {
        muted(ui, say!("recorded-in-the-case-in-your"));
    }
    any
}

fn decisive_score(ui: &mut Ui, inquiry: &mut Inquiry, change: &mut Change) {
    let explanation = say!("fixed-before-anything-is-examined");
    row(ui, say!("score-that-decides"), explanation, |ui| {
        // Where none was chosen the usual one decides.
        let chosen = inquiry.primary_score.unwrap_or_default();
        let texts = words::exhibit();
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
        name_for_readers(&shown.response, say!("score-that-decides"));
        if let Some(score) = shown.inner.flatten() {
            inquiry.primary_score = Some(score).filter(|&score| score != PrimaryScore::default());
            *change = Some((say!("score-that-decides"), false));
        }
    });
}

fn propositions(ui: &mut Ui, inquiry: &mut Inquiry, change: &mut Change) {
    let usual = palimpsest_record::case::Question::default().propositions;
    let names = [say!("what-is-put-forward"), say!("what-is-said-against-it")];
    for ((name, usual), text) in names.into_iter().zip(usual).zip(&mut inquiry.propositions) {
        label(ui, name);
        let edit = TextEdit::multiline(text)
            .hint_text(usual)
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        name_for_readers(&response, name);
        if response.changed() {
            *change = Some((say!("proposition"), true));
        }
    }
}

/// Fields for what is examined for comparison and counts in no figure, and for the number of repetitions.
fn besides(ui: &mut Ui, inquiry: &mut Inquiry, change: &mut Change, commands: &mut Commands) {
    row(
        ui,
        say!("repetitions"),
        say!("each-with-other-draws-the-mean"),
        |ui| {
            let drag = egui::DragValue::new(&mut inquiry.repeats).range(1..=MAX_REPEATS);
            let drag = ui.add(drag);
            name_for_readers(&drag, say!("repetitions"));
            if drag.changed() {
                *change = Some((say!("repetitions"), true));
            }
        },
    );
    row(
        ui,
        say!("models-own-outputs"),
        say!("pictures-that-the-fine-tuned-model"),
        |ui| {
            let drag = egui::DragValue::new(&mut inquiry.own_outputs).range(0..=MOST_OUTPUTS);
            let drag = ui.add(worded(drag, say!("no-outputs"), ""));
            name_for_readers(&drag, say!("models-own-outputs"));
            if drag.changed() {
                *change = Some((say!("models-own-outputs"), true));
            }
        },
    );
    let test = ui
        .checkbox(&mut inquiry.self_test, say!("self-test"))
        .on_hover_text(say!("the-first-questioned-work"));
    if test.changed() {
        *change = Some((say!("self-test"), false));
    }
    let explanation = say!("the-questioned-works-against-another-fine");
    row(ui, say!("null-run"), explanation, |ui| {
        if inquiry.null_run.is_some() && ui.button(say!("remove")).clicked() {
            inquiry.null_run = None;
            *change = Some((say!("remove-the-null-run"), false));
        }
        if ui.button(say!("choose-a-model")).clicked() {
            commands.push(Command::ChooseNullRun);
        }
        if let Some(path) = &inquiry.null_run {
            ui.set_min_height(size::ROW);
            ui.add(egui::Label::new(name_of(path)).truncate());
        }
    });
}
