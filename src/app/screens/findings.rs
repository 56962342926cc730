//! Findings on one artwork, in plain words: numbers of the recovered picture beside those of the
//! partial one, what was not evaluated, what a score can and cannot say, and what the case concludes.

use eframe::egui::{self, Grid, RichText, ScrollArea, Ui};

use super::Commands;
use super::prepare::mask_name;
use crate::app::light_table::{has_same_models, model_name};
use crate::app::queue::name_of;
use crate::app::state::Finished;
use crate::app::time_left::duration;
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::{explained, fact, heading, label, muted, name_for_readers};
use crate::app::words::{self, fixed, say, signed};
use crate::app::{App, Command};
use palimpsest_method::examination::Findings;

impl App {
    pub(super) fn findings_panel(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let Some(finished) = self.state.shown_result().cloned() else {
            return;
        };
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let findings = &finished.findings;
                let name =
                    RichText::new(name_of(&finished.path)).text_style(egui::TextStyle::Heading);
                ui.add(egui::Label::new(name).wrap());
                muted(
                    ui,
                    say!(
                        "mask-case",
                        "mask" => mask_name(finished.mask),
                        "name" => name_of(&finished.case),
                    ),
                );
                self.other_results(ui, &finished, commands);
                self.conclusion(ui, &finished);
                self.conclusion_deeds(ui, commands);
                self.conclusion_grounds(ui, &finished);
                recovery(ui, findings);
                likeness(ui, findings);
                not_evaluated(ui, findings);
                heading(ui, say!("what-this-can-and-cannot-say"));
                muted(ui, say!("a-score-by-itself-proves-nothing"));
                circumstances(ui, findings);
                ui.add_space(space::SMALL);
                ui.horizontal_wrapped(|ui| {
                    if ui.button(say!("export-the-picture")).clicked() {
                        commands.push(Command::ExportPicture);
                    }
                    if ui.button(say!("show-the-folder")).clicked() {
                        commands.push(Command::ShowCaseFolder);
                    }
                });
            });
    }

    /// The same artwork with other masks or settings.
    fn other_results(&self, ui: &mut Ui, finished: &Finished, commands: &mut Commands) {
        let all: Vec<_> = self.state.results_of(&finished.path).collect();
        if all.len() < 2 {
            return;
        }
        let same_models = |(_, result): &(usize, &Finished)| {
            has_same_models(&result.findings, &finished.findings)
        };
        let has_models = !all.iter().all(same_models);
        let named = |place: usize, result: &Finished| match has_models {
            true => {
                say!(
                    "result-at-place",
                    "place" => place,
                    "model" => model_name(&result.findings),
                    "mask" => mask_name(result.mask),
                )
            }
            false => say!("titled", "title" => place, "text" => mask_name(result.mask)),
        };
        ui.horizontal_wrapped(|ui| {
            for (place, (index, result)) in (1..).zip(&all) {
                let chosen = self.state.chosen == Some(*index);
                if ui.selectable_label(chosen, named(place, result)).clicked() {
                    commands.push(Command::ShowResult(*index));
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            muted(ui, say!("beside-it"));
            for (place, (index, result)) in (1..).zip(&all) {
                if self.state.chosen == Some(*index) {
                    continue;
                }
                let chosen = self.state.beside == Some(*index);
                let label = ui.selectable_label(chosen, place.to_string());
                name_for_readers(
                    &label,
                    &say!("beside-it-name", "name" => named(place, result)),
                );
                if label.clicked() {
                    commands.push(Command::ShowBeside((!chosen).then_some(*index)));
                }
            }
        });
    }
}

fn recovery(ui: &mut Ui, findings: &Findings) {
    heading(ui, say!("recovery"));
    let number = |value: Option<f64>, digits: usize, unit: &str| match value {
        Some(value) if value.is_finite() => format!("{}{unit}", signed(value, digits)),
        _ => say!("not-evaluated").to_owned(),
    };
    let rows = [
        (
            say!("direction"),
            number(findings.recovery.direction, 3, ""),
            say!("direction-is"),
        ),
        (
            say!("gain"),
            number(findings.recovery.gain_db, 2, " dB"),
            say!("how-much-nearer-the-removed-part"),
        ),
        (
            say!("loss-gap"),
            number(Some(findings.loss_gap.value), 5, ""),
            say!("how-much-better-the-fine-tuned"),
        ),
    ];
    for (name, value, explanation) in rows {
        let value = RichText::new(value).text_style(tokens::readout());
        explained(ui, name, explanation, value);
    }
    fact(
        ui,
        say!("steps-that-moved-nothing"),
        say!("number-of", "number" => findings.skipped_steps, "of" => findings.plan.settings.steps),
    );
}

fn likeness(ui: &mut Ui, findings: &Findings) {
    heading(ui, say!("likeness-to-the-original"));
    let (after, before) = (&findings.similarity, &findings.partial_similarity);
    let scores = [
        (say!("clip"), after.clip, before.clip),
        (say!("dino"), after.dino, before.dino),
        (say!("ssim"), after.structural, before.structural),
    ];
    Grid::new("likeness")
        .num_columns(4)
        .spacing([space::LARGE, space::TIGHT])
        .show(ui, |ui| {
            for title in [
                "",
                say!("likeness-recovered"),
                say!("likeness-partial"),
                say!("likeness-difference"),
            ] {
                label(ui, title);
            }
            ui.end_row();
            for (name, after, before) in scores {
                label(ui, name);
                let text = |value: Option<f64>| value.map_or("–".into(), |value| fixed(value, 3));
                let gained = after
                    .zip(before)
                    .map_or("–".into(), |(a, b)| signed(a - b, 3));
                for value in [text(after), text(before), gained] {
                    ui.label(RichText::new(value).text_style(tokens::readout()));
                }
                ui.end_row();
            }
        });
}

fn not_evaluated(ui: &mut Ui, findings: &Findings) {
    let own: Vec<_> = (findings.not_evaluated.iter())
        .filter(|(name, _)| !name.starts_with("partial."))
        .collect();
    let notes = findings.notes();
    if own.is_empty() && notes.is_empty() {
        return;
    }
    heading(ui, say!("to-be-noted"));
    for (name, reason) in own {
        let name = match name.as_str() {
            "clip" => say!("clip"),
            "dino" => say!("dino"),
            other => other,
        };
        muted(
            ui,
            say!("was-not-evaluated", "name" => name, "reason" => words::recorded(reason)),
        );
    }
    for note in notes {
        muted(ui, words::recorded(&note));
    }
}

fn circumstances(ui: &mut Ui, findings: &Findings) {
    heading(ui, say!("how-it-was-examined"));
    let plan = &findings.plan;
    let model = |record: &palimpsest_method::examination::ModelRecord| {
        name_of(record.identity.path.as_path())
    };
    fact(ui, say!("pretrained-model"), model(&plan.pretrained));
    fact(ui, say!("fine-tuned-model"), model(&plan.finetuned));
    fact(ui, say!("prompt"), &plan.prompt);
    let [across, down] = findings.extent();
    fact(
        ui,
        say!("resolution"),
        say!("size-in-pixels", "across" => across, "down" => down),
    );
    fact(ui, say!("steps"), plan.settings.steps.to_string());
    fact(ui, say!("time"), duration(findings.seconds));
    let hash = findings.artwork.sha256.prefix(16);
    fact(ui, say!("sha-256"), format!("{hash}…"));
}
