//! Notices that were not yet dismissed, above the screen, with the remedy where there is one.

use eframe::egui::{self, Align, CornerRadius, Frame, Layout, Margin, RichText, Stroke, Ui};

use super::Commands;
use crate::app::state::{Grade, Notice};
use crate::app::tokens::{self, radius, space};
use crate::app::{App, Command};

/// More are counted, not shown.
const SHOWN: usize = 3;

impl App {
    pub(super) fn notices(&self, ui: &mut Ui, commands: &mut Commands) {
        let notices = &self.state.notices;
        for (index, notice) in notices.iter().enumerate().rev().take(SHOWN) {
            show(ui, index, notice, commands);
        }
        if notices.len() > SHOWN {
            let more = format!("and {} earlier", notices.len() - SHOWN);
            crate::app::widgets::controls::muted(ui, more);
        }
    }
}

fn show(ui: &mut Ui, index: usize, notice: &Notice, commands: &mut Commands) {
    let colours = tokens::of(ui);
    let edge = match notice.grade {
        Grade::Note => colours.accent,
        Grade::Warning => colours.warning,
        Grade::Error => colours.error,
    };
    let frame = Frame::new()
        .fill(colours.raised)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::symmetric(space::MEDIUM as i8, space::SMALL as i8))
        .outer_margin(Margin::symmetric(space::SMALL as i8, space::TIGHT as i8));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.button("Dismiss").clicked() {
                    commands.push(Command::DismissNotice(index));
                }
                if notice.grade == Grade::Error && ui.button("Copy").clicked() {
                    commands.push(Command::CopyText(notice.text.clone()));
                }
                if let Some(work) = &notice.resume
                    && ui.button("Resume").clicked()
                {
                    commands.push(Command::Resume(work.clone()));
                }
                if let Some(made) = &notice.show
                    && ui.button("Show").clicked()
                {
                    commands.push(Command::Reveal(made.clone()));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(&notice.text).color(colours.text);
                    ui.add(egui::Label::new(text).wrap());
                });
            });
        });
    });
}
