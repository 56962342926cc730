//! The adapters of the fine-tuned model: how strong each is, which follow, and what of them is not used.

use eframe::egui::{
    self, Align, CollapsingHeader, DragValue, Id, Label, Layout, RichText, ScrollArea, TextStyle,
    Ui, UiBuilder,
};

use super::stated::one_line;
use super::{Change, Commands};
use crate::app::Command;
use crate::app::inspection::Inspected;
use crate::app::library::Wanted;
use crate::app::queue::name_of;
use crate::app::set_up::{Adapter, SetUp};
use crate::app::tokens::{self, size, space};
use crate::app::widgets::controls::{muted, name_for_readers};
use crate::app::words::{self, say};
use palimpsest_method::examination::inspection::AdapterFacts;

/// Strengths that are offered. What was typed beyond them stays until it is changed.
const STRENGTHS: std::ops::RangeInclusive<f64> = 0.0..=2.0;
/// Steps in which a strength is changed.
const STEP: f64 = 0.01;
/// Widths of a strength and of the button beside it.
const STRENGTH: f32 = 52.0;
const REMOVE: f32 = 72.0;
/// The most characters of a name above such a list.
const NAME: usize = 22;
/// Height of a list of tensors.
const TENSORS: f32 = 110.0;

/// Draws them, if the fine-tuned model is an adapter.
pub(super) fn adapters(
    ui: &mut Ui,
    known: Option<&Inspected>,
    set_up: &mut SetUp,
    change: &mut Change,
    commands: &mut Commands,
) {
    let finetuned = known.and_then(|known| known.finetuned.as_ref()?.as_ref().ok());
    let facts: &[AdapterFacts] = finetuned.map_or(&[], |facts| &facts.adapters);
    // Without them what was chosen is told from a model by what was said of it.
    let is_adapter = !facts.is_empty() || !set_up.further.is_empty() || set_up.strength != 1.0;
    if set_up.finetuned.is_none() || !is_adapter {
        return;
    }
    let mut adapters = set_up.adapters();
    let is_one = adapters.len() == 1;
    let mut removed = None;
    for (place, adapter) in adapters.iter_mut().enumerate() {
        let own = UiBuilder::new().scope_id(Id::unique(("adapter", place)));
        ui.scope_builder(own, |ui| {
            let row = adapter_row(ui, adapter, is_one);
            if row.changed {
                *change = Some((deed(place), true));
            }
            if row.removed {
                removed = Some(place);
            }
        });
    }
    match removed {
        Some(place) => {
            set_up.remove_adapter(place);
            *change = Some((say!("remove-an-adapter"), false));
        }
        None => set_up.set_adapters(adapters),
    }
    if ui.button(say!("add-another-adapter")).clicked() {
        commands.push(Command::Library(Wanted::FurtherAdapter));
    }
    unused(ui, facts, set_up, change);
}

/// The name of a change of strength, by which it is undone apart from those of others.
fn deed(place: usize) -> &'static str {
    match place {
        0 => say!("strength-of-the-first-adapter"),
        1 => say!("strength-of-the-second-adapter"),
        2 => say!("strength-of-the-third-adapter"),
        _ => say!("strength-of-an-adapter"),
    }
}

/// What was done to a row.
struct Done {
    changed: bool,
    removed: bool,
}

fn adapter_row(ui: &mut Ui, adapter: &mut Adapter, is_one: bool) -> Done {
    let colours = tokens::of(ui);
    let name = name_of(&adapter.path);
    ui.horizontal(|ui| {
        let between = ui.spacing().item_spacing.x;
        let remove = if is_one { 0.0 } else { REMOVE + between };
        let width = (ui.available_width() - STRENGTH - between - remove).max(0.0);
        let left = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(egui::vec2(width, size::CONTROL), left, |ui| {
            ui.set_min_size(egui::vec2(width, size::CONTROL));
            let text = if is_one { say!("strength") } else { &name };
            let text = RichText::new(one_line(text)).color(colours.muted);
            let label = ui.add(Label::new(text).truncate());
            label.on_hover_text(adapter.path.display().to_string());
        });
        let mut strength = f64::from(adapter.strength);
        let drag = DragValue::new(&mut strength)
            .range(STRENGTHS)
            .clamp_existing_to_range(false)
            .speed(STEP)
            .fixed_decimals(2)
            .custom_parser(words::typed);
        let drag = ui.add_sized(egui::vec2(STRENGTH, size::CONTROL), drag);
        name_for_readers(&drag, &say!("strength-of", "name" => name));
        let drag = drag.on_hover_text(say!("strength-is"));
        if drag.changed() {
            adapter.strength = ((strength / STEP).round() * STEP) as f32;
        }
        let button = egui::vec2(REMOVE, size::CONTROL);
        let remove = (!is_one).then(|| ui.add_sized(button, egui::Button::new(say!("remove"))));
        if let Some(remove) = &remove {
            name_for_readers(remove, &say!("remove-what", "name" => name));
        }
        Done {
            changed: drag.changed(),
            removed: remove.is_some_and(|remove| remove.clicked()),
        }
    })
    .inner
}

/// Lists the tensors that have no place, and asks for consent to that.
fn unused(ui: &mut Ui, facts: &[AdapterFacts], set_up: &mut SetUp, change: &mut Change) {
    let with_unused: Vec<_> = facts.iter().filter(|of| !of.unused.is_empty()).collect();
    if with_unused.is_empty() {
        return;
    }
    for of in &with_unused {
        let count = say!("not-used-tensors", "count" => of.unused.len(), "of" => of.tensors);
        let title = match with_unused.len() {
            1 => count,
            _ => say!("count-of-name", "count" => count, "name" => shortened(&name_of(&of.file))),
        };
        tensors(ui, &title, &of.unused);
    }
    let not_used: usize = with_unused.iter().map(|of| of.unused.len()).sum();
    let of: usize = with_unused.iter().map(|of| of.tensors).sum();
    let text = say!("examine-although-of-tensors", "unused" => not_used, "of" => of);
    if ui
        .checkbox(&mut set_up.choices.accept_unused, text)
        .changed()
    {
        *change = Some((say!("agree-to-what-is-not-used"), false));
    }
    muted(ui, say!("they-have-no-place"));
    ui.add_space(space::TIGHT);
}

/// A name that does not make the panel wider.
fn shortened(name: &str) -> String {
    match name.chars().count() > NAME {
        true => format!("{}…", name.chars().take(NAME).collect::<String>()),
        false => name.to_owned(),
    }
}

fn tensors(ui: &mut Ui, title: &str, unused: &[String]) {
    let colours = tokens::of(ui);
    let text = RichText::new(one_line(title)).small();
    CollapsingHeader::new(text.color(colours.warning))
        .id_salt(title)
        .show(ui, |ui| {
            let height = ui.text_style_height(&TextStyle::Small);
            ui.spacing_mut().item_spacing.y = space::HAIR;
            ScrollArea::vertical()
                .max_height(TENSORS)
                .auto_shrink([false, true])
                .show_rows(ui, height, unused.len(), |ui, shown| {
                    for name in unused.get(shown).unwrap_or_default() {
                        let name = one_line(name);
                        let text = RichText::new(&name).small();
                        ui.add(Label::new(text).truncate()).on_hover_text(name);
                    }
                });
        });
}
