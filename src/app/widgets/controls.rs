//! Small parts that look the same everywhere: headings of sections, fields with their labels and units,
//! the main button, a row of choices.

use std::ops::RangeInclusive;

use eframe::egui::{
    self, Align, Button, DragValue, Layout, Response, RichText, TextEdit, Ui, WidgetText,
};

use crate::app::tokens::{self, size, space};
use crate::app::words::{self, say};

/// The heading of a section in a side panel.
pub fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(space::SMALL);
    ui.label(RichText::new(text).text_style(egui::TextStyle::Heading));
}

/// Text of less weight.
pub fn muted(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colour = tokens::of(ui).muted;
    ui.label(RichText::new(text).color(colour).small())
}

/// The name of a field.
pub fn label(ui: &mut Ui, text: &str) -> Response {
    let colour = tokens::of(ui).muted;
    ui.label(RichText::new(text).color(colour))
}

/// Says what is wrong, where it is wrong.
pub fn wrong(ui: &mut Ui, text: &str) -> Response {
    let colour = tokens::of(ui).error;
    let text = words::recorded(text);
    let response = ui.label(RichText::new(text).color(colour).small());
    response.on_hover_text(say!("press-ctrl-c-after-selecting"))
}

/// The button of what is to be done next.
pub fn primary(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let colours = tokens::of(ui);
    let (fill, ink) = match enabled {
        true => (colours.accent, colours.on_accent),
        false => (colours.control, colours.muted),
    };
    let strong = egui::FontFamily::Name(tokens::STRONG.into());
    let text = RichText::new(text).color(ink).family(strong);
    let least = egui::vec2(size::MAIN_BUTTON, size::CONTROL);
    ui.add_enabled(enabled, Button::new(text).fill(fill).min_size(least))
}

/// One of several choices that exclude each other: buttons in a row.
pub fn choices<T: Copy + PartialEq>(ui: &mut Ui, chosen: T, all: &[(T, &str)]) -> Option<T> {
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TIGHT;
        for (value, text) in all {
            if ui.selectable_label(*value == chosen, *text).clicked() {
                picked = Some(*value);
            }
        }
    });
    picked.filter(|value| *value != chosen)
}

/// A number that overrides a default: shows the default until it is changed, and a way back to it.
pub fn number(
    ui: &mut Ui,
    (name, unit, explanation): (&str, &str, &str),
    given: Option<f64>,
    default: Option<f64>,
    (range, speed, decimals): (RangeInclusive<f64>, f64, usize),
) -> Option<Option<f64>> {
    let mut changed = None;
    row(ui, name, explanation, |ui| {
        if given.is_some() {
            let back = ui
                .button("↺")
                .on_hover_text(say!("back-to-the-presets-value"));
            if back.clicked() {
                changed = Some(None);
            }
        }
        match default.or(given) {
            None => {
                muted(ui, say!("by-the-models"));
            }
            Some(default) => {
                let mut value = given.unwrap_or(default);
                let drag = DragValue::new(&mut value)
                    .range(range)
                    .speed(speed)
                    .max_decimals(decimals)
                    .custom_parser(words::typed)
                    .suffix(unit);
                let response = ui.add(drag);
                name_for_readers(&response, name);
                if response.changed() {
                    changed = Some(Some(value));
                }
            }
        }
    });
    changed
}

/// A number with its unit that is written as a word when it is nought, and understood as one.
pub fn worded<'a>(drag: DragValue<'a>, nought: &'static str, unit: &'static str) -> DragValue<'a> {
    drag.custom_formatter(move |value, _| match value {
        0.0 => nought.to_owned(),
        value => format!("{value}{unit}"),
    })
    .custom_parser(move |text| match text.trim() {
        "" => Some(0.0),
        text if text == nought => Some(0.0),
        text => text.trim_end_matches(unit.trim()).trim().parse().ok(),
    })
}

/// A line of text with its name above it.
pub fn text_field(ui: &mut Ui, name: &str, hint: &str, text: &mut String) -> Response {
    label(ui, name);
    unlabelled_field(ui, name, hint, text)
}

/// The same where a heading already says what it is.
pub fn unlabelled_field(ui: &mut Ui, name: &str, hint: &str, text: &mut String) -> Response {
    // A placeholder leans, and so is not taken for what was filled in.
    let edit = TextEdit::singleline(text)
        .hint_text(RichText::new(hint).italics())
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    name_for_readers(&response, name);
    response
}

/// Gives a widget a name for those who do not see it.
pub fn name_for_readers(response: &Response, name: &str) {
    let name = name.to_owned();
    response
        .ctx
        .accesskit_node_builder(response.id, move |node| node.set_label(name));
}

/// Has those who do not see it told when this text changes, as soon as they listen; `spoken` is what they hear.
pub fn announce(response: &Response, spoken: String) {
    response
        .ctx
        .accesskit_node_builder(response.id, move |node| {
            node.set_live(egui::accesskit::Live::Polite);
            node.set_value(spoken);
        });
}

/// A name at the left and something to be changed at the right of one line.
pub fn row(ui: &mut Ui, name: &str, explanation: &str, value: impl FnOnce(&mut Ui)) {
    line(ui, size::CONTROL, name, explanation, value);
}

/// A name and a value that is only read.
pub fn fact(ui: &mut Ui, name: &str, value: impl Into<WidgetText>) {
    explained(ui, name, "", value);
}

/// The same with an explanation for whoever points at the name.
pub fn explained(ui: &mut Ui, name: &str, explanation: &str, value: impl Into<WidgetText>) {
    line(ui, size::ROW, name, explanation, |ui| {
        ui.add(egui::Label::new(value).truncate());
    });
}

fn line(ui: &mut Ui, height: f32, name: &str, explanation: &str, value: impl FnOnce(&mut Ui)) {
    let size = egui::vec2(ui.available_width(), height);
    ui.spacing_mut().item_spacing.y = space::TIGHT;
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        let label = label(ui, name);
        if !explanation.is_empty() {
            label.on_hover_text(explanation);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), value);
    });
}
