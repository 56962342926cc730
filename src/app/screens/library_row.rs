//! A row of the model library: name, size and date; below it what the thing is and what it says of itself.

use std::path::Path;

use eframe::egui::{self, Align2, Color32, FontId, Rect, Response, Sense, Ui, WidgetInfo, vec2};

use super::stated::one_line;
use crate::app::library::LibraryRow;
use crate::app::queue::name_of;
use crate::app::set_up::ModelRole;
use crate::app::tokens::{self, radius, space};
use crate::app::words::{self, bytes, say};
use palimpsest_method::model_library::LibraryEntry;
use palimpsest_record::case::UtcTime;
use palimpsest_record::language::Language;

/// Height of a row in points.
pub(super) const HEIGHT: f32 = 44.0;

/// Draws an entry. `is_reached` is what the keys have reached, `can_be` what can be chosen.
pub(super) fn library_row(
    ui: &mut Ui,
    row: &LibraryRow,
    is_chosen: bool,
    is_reached: bool,
    can_be: bool,
) -> Response {
    let entry = &row.entry;
    let mut right = vec![bytes(entry.bytes)];
    right.extend(entry.modified.and_then(UtcTime::at).map(UtcTime::day));
    let second = match &entry.refused {
        Some(why) if !can_be => one_line(&of_it(why, &entry.path)),
        _ => described(row),
    };
    let words = Words {
        name: one_line(&entry.name),
        right: right.join(" · "),
        second,
    };
    let response = draw(ui, &words, is_chosen, is_reached, can_be);
    response.on_hover_ui(|ui| hover(ui, entry))
}

/// Draws the model that is built in.
pub(super) fn built_in_row(
    ui: &mut Ui,
    role: ModelRole,
    is_chosen: bool,
    is_reached: bool,
) -> Response {
    let words = Words {
        name: say!("built-in", "name" => role.built_in()),
        right: String::new(),
        second: say!("a-small-model-of-drawn-artworks").into(),
    };
    draw(ui, &words, is_chosen, is_reached, true)
}

struct Words {
    name: String,
    right: String,
    second: String,
}

/// A reason in words of "it": the path stands above already, and would push the reason out of sight. A path of
/// something inside it stays as it is.
pub(super) fn of_it(why: &str, path: &Path) -> String {
    let whole = path.display().to_string();
    if words::spoken() != Language::English {
        return words::recorded(why).replace(&whole, &name_of(path));
    }
    let begins = why.strip_prefix(&whole);
    match begins.filter(|rest| rest.starts_with(' ')) {
        Some(rest) => format!("It{rest}"),
        None => why.replace(&format!(" {whole} "), " it "),
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    // An empty text stays empty.
    first.unwrap_or_default() + letters.as_str()
}

/// What it is, and what it says of itself.
fn described(row: &LibraryRow) -> String {
    let entry = &row.entry;
    let mut parts = Vec::new();
    if row.is_recent {
        parts.push(say!("chosen-before").to_owned());
    }
    parts.push(capital(&entry.what));
    if entry.is_part {
        parts.push(say!("takes-the-rest-from-the-pretrained").into());
    }
    let stated = &entry.stated;
    let says = |value: &Option<String>| value.as_ref().map(|value| one_line(value));
    parts.extend(says(&stated.base).map(|name| say!("says-made-from", "name" => name)));
    parts.extend(says(&stated.trigger).map(|name| say!("trigger-is", "name" => name)));
    parts.extend(says(&stated.title).map(|name| say!("called-so", "name" => name)));
    let pictures = stated.pictures;
    parts.extend(pictures.map(|pictures| say!("count-of-pictures", "pictures" => pictures)));
    parts.join(" · ")
}

fn draw(ui: &mut Ui, words: &Words, is_chosen: bool, is_reached: bool, can_be: bool) -> Response {
    let colours = tokens::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    let Words {
        name,
        right,
        second,
    } = words;
    response.widget_info(|| {
        let label = format!("{name}, {second}, {right}");
        WidgetInfo::selected(egui::Role::ListBoxOption, can_be, is_chosen, label)
    });
    let is_lit = is_reached || response.hovered() || response.has_focus();
    let fill = match (is_chosen, is_lit && can_be) {
        (true, _) => colours.accent_wash,
        (false, true) => colours.control,
        (false, false) => Color32::TRANSPARENT,
    };
    let painter = ui.painter();
    painter.rect_filled(rect, f32::from(radius::CONTROL), fill);
    if is_reached {
        let stroke = egui::Stroke::new(1.0, colours.accent);
        let inside = egui::StrokeKind::Inside;
        painter.rect_stroke(rect, f32::from(radius::CONTROL), stroke, inside);
    }
    let inner = rect.shrink2(vec2(space::SMALL, space::TIGHT));
    let small = egui::TextStyle::Small.resolve(ui.style());
    let body = egui::TextStyle::Body.resolve(ui.style());
    let ink = if can_be { colours.text } else { colours.muted };
    let at_right = painter.text(
        inner.right_top() + vec2(0.0, 2.0),
        Align2::RIGHT_TOP,
        right,
        small.clone(),
        colours.muted,
    );
    let first = Rect::from_min_max(
        inner.min,
        egui::pos2(at_right.left() - space::MEDIUM, inner.center().y),
    );
    cut(ui, first, name, body, ink);
    let below = Rect::from_min_max(egui::pos2(inner.left(), inner.center().y + 2.0), inner.max);
    cut(ui, below, second, small, colours.muted);
    response
}

/// A line of text that ends with its area.
fn cut(ui: &Ui, area: Rect, text: &str, font: FontId, ink: Color32) {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(area.width().max(1.0));
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(area.min, galley, ink);
}

/// Everything that is known of an entry.
fn hover(ui: &mut Ui, entry: &LibraryEntry) {
    ui.label(entry.path.display().to_string());
    if let Some(elsewhere) = &entry.elsewhere {
        ui.label(say!("a-link-lies-at", "path" => elsewhere.display()));
    }
    if let Some(why) = &entry.refused {
        ui.label(one_line(why));
    }
    if let Some(hash) = &entry.sha256 {
        ui.label(format!("SHA-256 {hash}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_told_without_the_path() {
        let path = Path::new("/models/x.safetensors");
        let said = of_it("/models/x.safetensors is a LoRA for Flux.", path);
        assert_eq!(said, "It is a LoRA for Flux.");
        let said = of_it("The tensor \"a\" in /models/x.safetensors is odd.", path);
        assert_eq!(said, "The tensor \"a\" in it is odd.");
        assert_eq!(capital("an adapter (LoRA)"), "An adapter (LoRA)");
    }
}
