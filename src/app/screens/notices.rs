//! Notices that were not yet dismissed, above the screen: the newest, with the remedy where there is one; earlier
//! ones fold behind it, and so does what of a text is longer than two lines.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    self, Align, CornerRadius, Frame, Galley, Layout, Margin, Stroke, TextStyle, Ui,
};

use super::Commands;
use crate::app::state::{Grade, Notice};
use crate::app::tokens::{self, radius, space};
use crate::app::widgets::controls::announce;
use crate::app::words::say;
use crate::app::{App, Command};

/// Lines of a text that are shown before it is unfolded.
const LINES: usize = 2;
/// The most that an unfolded text takes of the height, as a share.
const MOST: f32 = 0.4;

impl App {
    pub(super) fn notices(&self, ui: &mut Ui, commands: &mut Commands) {
        let notices = &self.state.notices;
        let Some(newest) = notices.len().checked_sub(1) else {
            return;
        };
        let all = egui::Id::unique("earlier notices");
        let unfolded = is_open(ui, all);
        let shown = if unfolded { 0 } else { newest };
        for index in (shown..=newest).rev() {
            ui.push_id(("notice", index), |ui| {
                let earlier = (index == newest && newest > 0).then_some((all, newest));
                show(ui, index, &notices[index], earlier, commands);
            });
        }
    }
}

fn is_open(ui: &Ui, id: egui::Id) -> bool {
    ui.data(|data| data.get_temp(id)).unwrap_or(false)
}

/// A button that folds and unfolds something.
fn fold(ui: &mut Ui, id: egui::Id, [more, less]: [&str; 2]) {
    let open = is_open(ui, id);
    if ui.button(if open { less } else { more }).clicked() {
        ui.data_mut(|data| data.insert_temp(id, !open));
    }
}

/// The text in the lines that it may take.
fn galley(ui: &Ui, text: &str, width: f32, lines: usize) -> Arc<Galley> {
    let font = TextStyle::Body.resolve(ui.style());
    let mut job = LayoutJob::simple(text.to_owned(), font, tokens::of(ui).text, width);
    job.wrap = TextWrapping {
        max_width: width,
        max_rows: lines,
        ..Default::default()
    };
    ui.painter().layout_job(job)
}

/// What can be done about a notice.
#[derive(Clone, Copy)]
enum Deed {
    Resume,
    Show,
    Copy,
    Dismiss,
}

impl Deed {
    fn label(self) -> &'static str {
        match self {
            Self::Resume => say!("resume"),
            Self::Show => say!("show"),
            Self::Copy => say!("copy"),
            Self::Dismiss => say!("dismiss"),
        }
    }
}

/// Deeds in the order of their use.
fn deeds(notice: &Notice) -> Vec<Deed> {
    let all = [
        (notice.resume.is_some(), Deed::Resume),
        (notice.show.is_some(), Deed::Show),
        (notice.grade == Grade::Error, Deed::Copy),
        (true, Deed::Dismiss),
    ];
    let there = all.into_iter().filter(|(is_there, _)| *is_there);
    there.map(|(_, deed)| deed).collect()
}

fn press(deed: Deed, index: usize, notice: &Notice, commands: &mut Commands) {
    match (deed, &notice.resume, &notice.show) {
        (Deed::Resume, Some(work), _) => commands.push(Command::Resume(work.clone())),
        (Deed::Show, _, Some(made)) => commands.push(Command::Reveal(made.clone())),
        (Deed::Copy, ..) => commands.push(Command::CopyText(notice.text.clone())),
        _ => commands.push(Command::DismissNotice(index)),
    }
}

/// Width of buttons in a row, with the room before each.
fn width_of(ui: &Ui, labels: &[&str]) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    let spacing = ui.spacing();
    let each = |label: &&str| {
        let text =
            ui.painter()
                .layout_no_wrap((*label).to_owned(), font.clone(), egui::Color32::WHITE);
        text.size().x + 2.0 * spacing.button_padding.x + spacing.item_spacing.x
    };
    labels.iter().map(each).sum()
}

fn show(
    ui: &mut Ui,
    index: usize,
    notice: &Notice,
    earlier: Option<(egui::Id, usize)>,
    commands: &mut Commands,
) {
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
    let most = MOST * ui.available_height();
    let deeds = deeds(notice);
    let labels: Vec<&str> = deeds.iter().map(|deed| deed.label()).collect();
    let folding = earlier.map(|(all, count)| {
        let more = say!("count-of-earlier-notices", "notices" => count);
        (all, more)
    });
    frame.show(ui, |ui| {
        let width = ui.available_width();
        ui.set_min_width(width);
        let mut beside = width_of(ui, &labels);
        if let Some((_, more)) = &folding {
            beside += width_of(ui, &[more]);
        }
        let line = galley(ui, &notice.text, f32::INFINITY, 1);
        if line.size().x + beside <= width {
            ui.horizontal(|ui| {
                announce(&ui.label(line), notice.text.clone());
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    for deed in deeds.iter().rev() {
                        if ui.button(deed.label()).clicked() {
                            press(*deed, index, notice, commands);
                        }
                    }
                    if let Some((all, more)) = &folding {
                        fold(ui, *all, [more, say!("only-the-newest")]);
                    }
                });
            });
            return;
        }
        // Beside buttons the text would be a few words wide: they stand below it.
        let id = ui.scope_id().with(&notice.text);
        let folded = galley(ui, &notice.text, width, LINES);
        let is_longer = folded.elided;
        match is_open(ui, id) && is_longer {
            true => {
                let whole = galley(ui, &notice.text, width, usize::MAX);
                egui::ScrollArea::vertical()
                    .max_height(most)
                    .show(ui, |ui| {
                        ui.label(whole);
                    });
            }
            false => {
                announce(&ui.label(folded), notice.text.clone());
            }
        }
        ui.horizontal_wrapped(|ui| {
            for deed in &deeds {
                if ui.button(deed.label()).clicked() {
                    press(*deed, index, notice, commands);
                }
            }
            if is_longer {
                fold(ui, id, [say!("more"), say!("less")]);
            }
            if let Some((all, more)) = &folding {
                fold(ui, *all, [more, say!("only-the-newest")]);
            }
        });
    });
}
