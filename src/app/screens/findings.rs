//! Findings on one artwork, in plain words: numbers of the recovered picture beside those of the
//! partial one, what was not evaluated, what a score can and cannot say, and what the case concludes.

use eframe::egui::{self, Grid, RichText, ScrollArea, Ui};

use super::Commands;
use super::frame::duration;
use super::prepare::mask_name;
use crate::app::light_table::{has_same_models, model_name};
use crate::app::queue::name_of;
use crate::app::state::Finished;
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::{explained, fact, heading, label, muted, name_for_readers};
use crate::app::{App, Command};
use palimpsest_base::number_format::{fixed, signed};
use palimpsest_method::examination::Findings;

/// Caution below every score.
const CAUTION: &str = "A score by itself proves nothing. It says how much of what was removed came back; \
    whether that is more than an innocent work of the same hand would show, only works tell that are known \
    not to have been used, examined in exactly the same way. A low score is no proof of absence.";

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
                    format!(
                        "Mask {} · case {}",
                        mask_name(finished.mask),
                        name_of(&finished.case)
                    ),
                );
                self.other_results(ui, &finished, commands);
                self.conclusion(ui, &finished);
                self.conclusion_deeds(ui, commands);
                self.conclusion_grounds(ui, &finished);
                recovery(ui, findings);
                likeness(ui, findings);
                not_evaluated(ui, findings);
                heading(ui, "What this can and cannot say");
                muted(ui, CAUTION);
                circumstances(ui, findings);
                ui.add_space(space::SMALL);
                ui.horizontal_wrapped(|ui| {
                    if ui.button("Export the picture…").clicked() {
                        commands.push(Command::ExportPicture);
                    }
                    if ui.button("Show the folder").clicked() {
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
            true => format!(
                "{place}: {}, {}",
                model_name(&result.findings),
                mask_name(result.mask)
            ),
            false => format!("{place}: {}", mask_name(result.mask)),
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
            muted(ui, "Beside it:");
            for (place, (index, result)) in (1..).zip(&all) {
                if self.state.chosen == Some(*index) {
                    continue;
                }
                let chosen = self.state.beside == Some(*index);
                let label = ui.selectable_label(chosen, place.to_string());
                name_for_readers(&label, &format!("Beside it {}", named(place, result)));
                if label.clicked() {
                    commands.push(Command::ShowBeside((!chosen).then_some(*index)));
                }
            }
        });
    }
}

fn recovery(ui: &mut Ui, findings: &Findings) {
    heading(ui, "Recovery");
    let number = |value: Option<f64>, digits: usize, unit: &str| match value {
        Some(value) if value.is_finite() => format!("{}{unit}", signed(value, digits)),
        _ => "not evaluated".to_owned(),
    };
    let rows = [
        (
            "Direction",
            number(findings.recovery.direction, 3, ""),
            "Whether what moved points at the original: 1 straight at it, 0 not at all",
        ),
        (
            "Gain",
            number(findings.recovery.gain_db, 2, " dB"),
            "How much nearer the removed part came to the original; negative if it went away",
        ),
        (
            "Loss gap",
            number(Some(findings.loss_gap.value), 5, ""),
            "How much better the fine-tuned model denoises the whole artwork",
        ),
    ];
    for (name, value, explanation) in rows {
        let value = RichText::new(value).text_style(tokens::readout());
        explained(ui, name, explanation, value);
    }
    fact(
        ui,
        "Steps that moved nothing",
        format!(
            "{} of {}",
            findings.skipped_steps, findings.plan.settings.steps
        ),
    );
}

fn likeness(ui: &mut Ui, findings: &Findings) {
    heading(ui, "Likeness to the original");
    let (after, before) = (&findings.similarity, &findings.partial_similarity);
    let scores = [
        ("CLIP", after.clip, before.clip),
        ("DINO", after.dino, before.dino),
        ("SSIM", after.structural, before.structural),
    ];
    Grid::new("likeness")
        .num_columns(4)
        .spacing([space::LARGE, space::TIGHT])
        .show(ui, |ui| {
            for title in ["", "recovered", "partial", "difference"] {
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
    heading(ui, "To be noted");
    for (name, reason) in own {
        let name = match name.as_str() {
            "clip" => "CLIP",
            "dino" => "DINO",
            other => other,
        };
        muted(ui, format!("{name} was not evaluated: {reason}."));
    }
    for note in notes {
        muted(ui, note);
    }
}

fn circumstances(ui: &mut Ui, findings: &Findings) {
    heading(ui, "How it was examined");
    let plan = &findings.plan;
    let model = |record: &palimpsest_method::examination::ModelRecord| {
        name_of(record.identity.path.as_path())
    };
    fact(ui, "Pretrained model", model(&plan.pretrained));
    fact(ui, "Fine-tuned model", model(&plan.finetuned));
    fact(ui, "Prompt", &plan.prompt);
    let [across, down] = findings.extent();
    fact(ui, "Resolution", format!("{across} × {down} pixels"));
    fact(ui, "Steps", plan.settings.steps.to_string());
    fact(ui, "Time", duration(findings.seconds));
    let hash = findings.artwork.sha256.prefix(16);
    fact(ui, "SHA-256", format!("{hash}…"));
}
