//! The search above the results: words, role, mask, models, state, and the range of a score.

use eframe::egui::{ComboBox, RichText, TextEdit, Ui};

use super::super::Commands;
use super::super::prepare::mask_name;
use crate::app::light_table::{Column, ResultState, ResultsFilter, bound, model_name};
use crate::app::queue::{ROLES, word};
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::name_for_readers;
use crate::app::words::say;
use crate::app::{App, Command};
use palimpsest_method::mask::Mask;

const SEARCH: f32 = 150.0;
const BOUND: f32 = 54.0;
/// Width of a score with its bounds.
const RANGE: f32 = 250.0;

impl App {
    pub(super) fn results_filter(&self, ui: &mut Ui, commands: &mut Commands) {
        let before = &self.state.results.filter;
        let mut filter = before.clone();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::TIGHT;
            let search = TextEdit::singleline(&mut filter.query)
                .hint_text(say!("search"))
                .desired_width(SEARCH);
            name_for_readers(&ui.add(search), say!("search-the-results"));
            let roles = ROLES.map(|role| (Some(role), word(role).to_owned()));
            let roles = [(None, say!("any-role").to_owned())]
                .into_iter()
                .chain(roles);
            choice(
                ui,
                say!("role"),
                &mut filter.role,
                &roles.collect::<Vec<_>>(),
            );
            choice(ui, say!("mask"), &mut filter.mask, &self.masks_of_results());
            let models = self.models_offered();
            if models.len() > 2 {
                choice(ui, say!("model"), &mut filter.model, &models);
            }
            let states = ResultState::ALL.map(|state| (state, state.title().to_owned()));
            choice(ui, say!("state"), &mut filter.state, &states);
            // The score and its bounds stay together.
            if ui.available_size_before_wrap().x < RANGE {
                ui.end_row();
            }
            range(ui, &mut filter);
            if !filter.is_open() && ui.button(say!("show-all")).clicked() {
                filter = ResultsFilter {
                    score: filter.score,
                    ..ResultsFilter::default()
                };
            }
        });
        if filter != *before {
            commands.push(Command::FilterResults(Box::new(filter)));
        }
    }

    fn masks_of_results(&self) -> Vec<(Option<Mask>, String)> {
        let mut offered = vec![(None, say!("any-mask").to_owned())];
        for finished in &self.state.finished {
            let mask = Some(finished.mask);
            if !offered.iter().any(|(known, _)| *known == mask) {
                offered.push((mask, mask_name(finished.mask)));
            }
        }
        offered
    }

    fn models_offered(&self) -> Vec<(Option<usize>, String)> {
        let models = self.state.models_of_results().into_iter();
        let named = models.map(|index| {
            let findings = &self.state.finished[index].findings;
            (Some(index), model_name(findings))
        });
        let any = (None, say!("any-model").to_owned());
        [any].into_iter().chain(named).collect()
    }
}

/// One of several values in a menu that says which it is.
fn choice<T: Copy + PartialEq>(ui: &mut Ui, name: &str, chosen: &mut T, all: &[(T, String)]) {
    let shown = all.iter().find(|(value, _)| value == chosen);
    let shown = shown.map_or("", |(_, text)| text.as_str()).to_owned();
    let opened = ComboBox::from_id_salt(("results", name))
        .selected_text(shown.clone())
        .truncate()
        .show_ui(ui, |ui| {
            for (value, text) in all {
                ui.selectable_value(chosen, *value, text);
            }
        });
    name_for_readers(
        &opened.response,
        &say!("titled", "title" => name, "text" => shown),
    );
}

/// The score and its bounds.
fn range(ui: &mut Ui, filter: &mut ResultsFilter) {
    let scores = Column::SCORES.map(|score| (score, score.title().to_owned()));
    choice(ui, say!("score"), &mut filter.score, &scores);
    for (text, hint, name) in [
        (&mut filter.least, say!("range-from"), say!("score-from")),
        (&mut filter.most, say!("range-to"), say!("score-to")),
    ] {
        let is_number = bound(text).is_ok();
        let colours = tokens::of(ui);
        let ink = if is_number {
            colours.text
        } else {
            colours.error
        };
        let field = TextEdit::singleline(text)
            .hint_text(RichText::new(hint).color(colours.muted))
            .text_color(ink)
            .desired_width(BOUND);
        let response = ui.add(field);
        name_for_readers(&response, name);
        if !is_number {
            response.on_hover_text(say!("type-a-number-such-as-0"));
        }
    }
}
