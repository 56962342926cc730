//! A case as a whole: what is in it and what was done at the middle; what it concludes, whether it holds and
//! what can be made of it at the side.

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::Commands;
use crate::app::case_cache::CachedCase;
use crate::app::queue::name_of;
use crate::app::tokens::{self, size, space};
use crate::app::verification_job::{VerificationJob, VerificationReport};
use crate::app::widgets::controls::{explained, fact, heading, label, muted, primary, wrong};
use crate::app::words::{self, say};
use crate::app::{App, Command};
use palimpsest_record::casework::replay::Replayed;
use palimpsest_record::exhibit::CustodyEntry;

/// Letters of a fingerprint or hash in a row of the side panel.
const SHORT: usize = 19;
/// Widths of the journal's columns: number, time, who, hash. The event takes the rest.
const NUMBER: f32 = 28.0;
const TIME: f32 = 150.0;
const WHO: f32 = 72.0;
const HASH: f32 = 124.0;

impl App {
    pub(super) fn case_screen(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let Some(folder) = self.state.shown_result().map(|shown| shown.case.clone()) else {
            return;
        };
        let frame = egui::Frame::new().inner_margin(egui::Margin::same(space::LARGE as i8));
        frame.show(ui, |ui| match self.case_cache.of(ui.ctx(), &folder) {
            None => {
                muted(ui, say!("reading-the-case"));
            }
            Some(Err(error)) => {
                wrong(ui, &error);
            }
            Some(Ok(cached)) => {
                // In a narrow window the columns at the right are scrolled to.
                ScrollArea::both()
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        self.items(ui, &folder, &cached, commands);
                        journal(ui, &cached.journal);
                    });
            }
        });
    }

    pub(super) fn case_panel(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let Some(shown) = self.state.shown_result().cloned() else {
            return;
        };
        ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let name = RichText::new(name_of(&shown.case));
                let name = name.text_style(egui::TextStyle::Heading);
                ui.add(egui::Label::new(name).wrap());
                let mut head = None;
                if let Some(Ok(cached)) = self.case_cache.of(ui.ctx(), &shown.case) {
                    seal(ui, &cached, commands);
                    head = cached.seal.as_ref().map(|[_, head]| head.clone());
                }
                self.deeds(ui, commands);
                if let Some(check) = self
                    .check
                    .as_ref()
                    .filter(|check| check.folder == shown.case)
                {
                    checked(ui, check, head.as_deref(), commands);
                }
                self.conclusion(ui, &shown);
                self.conclusion_grounds(ui, &shown);
            });
    }

    /// Buttons for what can be made of the case.
    fn deeds(&self, ui: &mut Ui, commands: &mut Commands) {
        let refused = self.state.refuses_case();
        ui.add_space(space::SMALL);
        let exhibit = primary(ui, say!("export-exhibit"), refused.is_none());
        if exhibit.clicked() {
            commands.push(Command::PrepareExhibit);
        }
        ui.horizontal_wrapped(|ui| {
            let deeds = [
                (
                    say!("verify"),
                    say!("computes-every-hash-of-the-case"),
                    Command::CheckCase { replay: false },
                ),
                (
                    say!("verify-and-do-over"),
                    say!("verifies-then-examines-every-work-again"),
                    Command::CheckCase { replay: true },
                ),
                (
                    say!("export-as-zip"),
                    say!("one-file-with-everything"),
                    Command::ExportCase,
                ),
                (
                    say!("timestamp-query"),
                    say!("a-file-for-a-timestamping-authority"),
                    Command::TimestampQuery,
                ),
                (
                    say!("attach-a-timestamp"),
                    say!("the-authoritys-answer-then-nothing-before"),
                    Command::AttachTimestamp,
                ),
                (
                    say!("show-the-folder"),
                    say!("in-the-systems-file-manager"),
                    Command::ShowCaseFolder,
                ),
            ];
            for (text, explanation, command) in deeds {
                let enabled = command.refused(&self.state).is_none();
                let button = ui.add_enabled(enabled, egui::Button::new(text));
                let button = button.on_hover_text(explanation);
                if button.clicked() {
                    commands.push(command);
                }
            }
        });
        if let Some(reason) = refused {
            muted(ui, format!("{reason}."));
        }
    }
}

/// Who signs the case and how far its journal is.
fn seal(ui: &mut Ui, cached: &CachedCase, commands: &mut Commands) {
    let examinations = cached.items.len();
    let entries = match &cached.journal {
        Ok(entries) => entries.len(),
        Err(error) => {
            muted(
                ui,
                say!("count-of-examinations", "examinations" => examinations),
            );
            wrong(ui, error);
            return;
        }
    };
    muted(
        ui,
        say!("examinations-and-entries", "examinations" => examinations, "entries" => entries),
    );
    let Some(seal) = &cached.seal else {
        muted(ui, say!("of-before-there-was-a-journal"));
        return;
    };
    for (name, text) in [say!("signed-by"), say!("journal-head")]
        .into_iter()
        .zip(seal)
    {
        let short = text
            .get(..SHORT)
            .map_or(text.clone(), |start| format!("{start}…"));
        ui.allocate_ui(egui::vec2(ui.available_width(), size::ROW), |ui| {
            explained(ui, name, text, RichText::new(short).monospace());
        })
        .response
        .context_menu(|ui| {
            if ui.button(say!("copy")).clicked() {
                commands.push(Command::CopyText(text.clone()));
                ui.close();
            }
        });
    }
}

/// Findings of a verification, or its progress.
/// The check of a case whose journal ends with the entry `head`.
fn checked(ui: &mut Ui, check: &VerificationJob, head: Option<&str>, commands: &mut Commands) {
    heading(ui, say!("verification"));
    match check.report() {
        None => under_way(ui, check, commands),
        Some(Err(error)) => {
            wrong(ui, error);
        }
        Some(Ok(report)) => shown(ui, report, report.head.as_deref() == head),
    }
}

fn under_way(ui: &mut Ui, check: &VerificationJob, commands: &mut Commands) {
    let text = match check.progress() {
        Some((number, of)) => say!("examination-of-is-done-over", "number" => number, "of" => of),
        None => say!("computing-every-hash-of-the-case").to_owned(),
    };
    muted(ui, text);
    if check.replays && ui.button(say!("cancel")).clicked() {
        commands.push(Command::CancelCheck);
    }
}

/// What was found, in grey where the case has changed since.
fn shown(ui: &mut Ui, report: &VerificationReport, is_current: bool) {
    let colours = tokens::of(ui);
    let (text, colour) = match report.holds {
        true => (say!("the-case-holds"), colours.good),
        false => (say!("the-case-does-not-hold"), colours.error),
    };
    let text = RichText::new(text).text_style(egui::TextStyle::Heading);
    ui.label(match is_current {
        true => text.color(colour),
        false => text.weak(),
    });
    let time = words::moment(&report.time);
    muted(
        ui,
        match is_current {
            true => say!("as-of", "time" => time),
            false => say!("changed-since", "time" => time),
        },
    );
    for problem in &report.problems {
        wrong(ui, problem);
    }
    muted(ui, &report.checked);
    if let Some(replayed) = &report.replayed {
        done_over(ui, replayed);
    }
    list(ui, say!("to-be-known"), &report.notices);
    list(ui, say!("what-cannot-be-excluded"), &report.cannot_exclude);
}

fn done_over(ui: &mut Ui, replayed: &[Replayed]) {
    let agreeing = replayed.iter().filter(|work| work.agrees()).count();
    fact(
        ui,
        say!("done-over-with-the-same-result"),
        say!("number-of", "number" => agreeing, "of" => replayed.len()),
    );
    for work in replayed.iter().filter(|work| !work.agrees()) {
        wrong(ui, &words::recorded(&work.sentence()));
    }
}

fn list(ui: &mut Ui, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    label(ui, title);
    for sentence in sentences {
        muted(ui, words::recorded(sentence));
    }
}

fn journal(ui: &mut Ui, read: &Result<Vec<CustodyEntry>, String>) {
    ui.add_space(space::LARGE);
    heading(ui, say!("journal"));
    let lines = match read {
        Ok(lines) => lines,
        Err(error) => {
            wrong(ui, error);
            return;
        }
    };
    if lines.is_empty() {
        muted(ui, say!("there-is-none"));
        return;
    }
    let rest = ui.available_width() - NUMBER - TIME - WHO - HASH - 4.0 * space::MEDIUM;
    let event = rest.max(HASH);
    egui::Grid::new("journal")
        .num_columns(5)
        .min_col_width(0.0)
        .striped(true)
        .spacing([space::MEDIUM, space::TIGHT])
        .show(ui, |ui| {
            for (title, width) in [
                ("", NUMBER),
                (say!("time"), TIME),
                (say!("who"), WHO),
                (say!("event"), event),
                (say!("hash"), HASH),
            ] {
                ui.set_min_width(width);
                muted(ui, title);
            }
            ui.end_row();
            for line in lines {
                ui.label(RichText::new(line.number.to_string()).small());
                ui.label(RichText::new(&line.time).small());
                ui.scope(|ui| {
                    ui.set_width(WHO);
                    ui.add(egui::Label::new(RichText::new(&line.who).small()).truncate());
                });
                ui.scope(|ui| {
                    ui.set_max_width(event);
                    ui.add(egui::Label::new(RichText::new(&line.event).small()).wrap());
                });
                ui.label(RichText::new(&line.hash).monospace());
                ui.end_row();
            }
        });
}
