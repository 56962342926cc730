//! A case as a whole: what is in it and what was done at the middle; what it concludes, whether it holds and
//! what can be made of it at the side.

use eframe::egui::{self, RichText, ScrollArea, Ui};

use super::Commands;
use crate::app::case_cache::CachedCase;
use crate::app::queue::name_of;
use crate::app::tokens::{self, size, space};
use crate::app::verification_job::{VerificationJob, VerificationReport};
use crate::app::widgets::controls::{explained, fact, heading, label, muted, primary, wrong};
use crate::app::{App, Command};
use palimpsest_base::number_format::counted;
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
                muted(ui, "Reading the case…");
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
        let exhibit = primary(ui, "Export exhibit…", refused.is_none());
        if exhibit.clicked() {
            commands.push(Command::PrepareExhibit);
        }
        ui.horizontal_wrapped(|ui| {
            let deeds = [
                (
                    "Verify",
                    "Computes every hash of the case and checks the chain of its journal",
                    Command::CheckCase { replay: false },
                ),
                (
                    "Verify and do over",
                    "Verifies, then examines every work again and compares the results; takes as long as the examination did",
                    Command::CheckCase { replay: true },
                ),
                (
                    "Export as zip…",
                    "One file with everything, and a list of every hash",
                    Command::ExportCase,
                ),
                (
                    "Timestamp query…",
                    "A file for a timestamping authority: the hash of the journal's last entry and nothing else",
                    Command::TimestampQuery,
                ),
                (
                    "Attach a timestamp…",
                    "The authority's answer: then nothing before it can be written anew",
                    Command::AttachTimestamp,
                ),
                (
                    "Show the folder",
                    "In the system's file manager",
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
    let items = counted(cached.items.len(), "examination", "examinations");
    let entries = match &cached.journal {
        Ok(entries) => counted(entries.len(), "journal entry", "journal entries"),
        Err(error) => {
            muted(ui, items);
            wrong(ui, error);
            return;
        }
    };
    muted(ui, format!("{items}, {entries}"));
    let Some(seal) = &cached.seal else {
        muted(
            ui,
            "Of before there was a journal: nothing in it is signed.",
        );
        return;
    };
    for (name, text) in ["Signed by", "Journal head"].into_iter().zip(seal) {
        let short = text
            .get(..SHORT)
            .map_or(text.clone(), |start| format!("{start}…"));
        ui.allocate_ui(egui::vec2(ui.available_width(), size::ROW), |ui| {
            explained(ui, name, text, RichText::new(short).monospace());
        })
        .response
        .context_menu(|ui| {
            if ui.button("Copy").clicked() {
                commands.push(Command::CopyText(text.clone()));
                ui.close();
            }
        });
    }
}

/// Findings of a verification, or its progress.
/// The check of a case whose journal ends with the entry `head`.
fn checked(ui: &mut Ui, check: &VerificationJob, head: Option<&str>, commands: &mut Commands) {
    heading(ui, "Verification");
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
        Some((number, of)) => format!("Examination {number} of {of} is done over…"),
        None => "Computing every hash of the case…".to_owned(),
    };
    muted(ui, text);
    if check.replays && ui.button("Cancel").clicked() {
        commands.push(Command::CancelCheck);
    }
}

/// What was found, in grey where the case has changed since.
fn shown(ui: &mut Ui, report: &VerificationReport, is_current: bool) {
    let colours = tokens::of(ui);
    let (text, colour) = match report.holds {
        true => ("The case holds", colours.good),
        false => ("The case does not hold", colours.error),
    };
    let text = RichText::new(text).text_style(egui::TextStyle::Heading);
    ui.label(match is_current {
        true => text.color(colour),
        false => text.weak(),
    });
    let since = match is_current {
        true => "",
        false => " The case has changed since: verify it again.",
    };
    muted(ui, format!("As of {}.{since}", report.time));
    for problem in &report.problems {
        wrong(ui, problem);
    }
    muted(ui, &report.checked);
    if let Some(replayed) = &report.replayed {
        done_over(ui, replayed);
    }
    list(ui, "To be known", &report.notices);
    list(ui, "What cannot be excluded", &report.cannot_exclude);
}

fn done_over(ui: &mut Ui, replayed: &[Replayed]) {
    let agreeing = replayed.iter().filter(|work| work.agrees()).count();
    fact(
        ui,
        "Done over with the same result",
        format!("{agreeing} of {}", replayed.len()),
    );
    for work in replayed.iter().filter(|work| !work.agrees()) {
        wrong(ui, &work.sentence());
    }
}

fn list(ui: &mut Ui, title: &str, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    label(ui, title);
    for sentence in sentences {
        muted(ui, sentence);
    }
}

fn journal(ui: &mut Ui, read: &Result<Vec<CustodyEntry>, String>) {
    ui.add_space(space::LARGE);
    heading(ui, "Journal");
    let lines = match read {
        Ok(lines) => lines,
        Err(error) => {
            wrong(ui, error);
            return;
        }
    };
    if lines.is_empty() {
        muted(ui, "There is none.");
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
                ("Time", TIME),
                ("Who", WHO),
                ("Event", event),
                ("Hash", HASH),
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
