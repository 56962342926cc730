//! The buttons above the pictures: which layout, which pictures, how near, and what lies over them.

use eframe::egui::{
    Align2, ComboBox, CursorIcon, FontId, Label, Rect, Response, RichText, Role, Sense, Slider,
    Stroke, StrokeKind, TextStyle, Ui, Vec2, WidgetInfo, vec2,
};

use super::look::Look;
use super::overlay;
use super::state::{ComparisonAction, ComparisonState, GAINS, Layout, View, Which};
use crate::app::words::say;

/// The least room around the texts of two neighbours, in points.
const LEAST_AROUND: f32 = 6.0;
/// Width of all buttons of the widest layout, in points.
const ONE_ROW: f32 = 1320.0;

/// One of several buttons that stand together.
struct Segment<'a> {
    text: &'a str,
    label: &'a str,
    hint: &'a str,
    chosen: bool,
    action: ComparisonAction,
}

/// Width of the buttons for the pictures and the zoom, in points.
const TWO_ROWS: f32 = 640.0;

/// One row where there is room for all of it in every layout, else two, so that no button moves with the layout; in
/// less room than that as few as there can be.
pub(super) fn show(ui: &mut Ui, state: &mut ComparisonState, look: &Look) {
    let mut asked = Vec::new();
    if !(TWO_ROWS..ONE_ROW).contains(&ui.available_width()) {
        ui.horizontal_wrapped(|ui| {
            asked.extend(what(ui, state, look));
            asked.extend(how(ui, state, look));
        });
    } else {
        ui.horizontal_wrapped(|ui| asked.extend(what(ui, state, look)));
        ui.horizontal_wrapped(|ui| asked.extend(how(ui, state, look)));
    }
    for action in asked {
        state.act(action);
    }
}

/// Buttons for the pictures and the zoom.
fn what(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Vec<ComparisonAction> {
    let asked = [
        layouts(ui, state, look),
        singles(ui, state, look),
        zoom(ui, state, look),
    ];
    asked.into_iter().flatten().collect()
}

/// Buttons for what lies over them, and for the layout.
fn how(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Vec<ComparisonAction> {
    let mut asked: Vec<_> = over(ui, state, look).into_iter().collect();
    if state.layout.has_pair() {
        asked.extend(pair(ui, state, look));
    }
    match state.layout {
        Layout::Onion => asked.extend(blend(ui, state)),
        Layout::Difference => asked.extend(gain(ui, state, look)),
        _ => {}
    }
    asked
}

fn layouts(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Option<ComparisonAction> {
    let hints = [
        say!("all-three-pictures-zoomed-and-moved"),
        say!("one-left-of-a-line"),
        say!("one-shining-through-the-other-3"),
        say!("one-after-the-other"),
        say!("how-far-two-pictures-are-apart"),
    ];
    let segments: Vec<_> = Layout::NUMBERED
        .into_iter()
        .zip(hints)
        .map(|(layout, hint)| Segment {
            text: layout.name(),
            label: layout.name(),
            hint,
            chosen: state.layout == layout,
            action: ComparisonAction::Layout(layout),
        })
        .collect();
    group(ui, look, &segments)
}

fn singles(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Option<ComparisonAction> {
    let hints = [
        say!("the-original-alone-o"),
        say!("what-the-models-were-given-alone"),
        say!("the-recovered-picture-alone-r"),
    ];
    let segments: Vec<_> = Which::ALL
        .into_iter()
        .zip(hints)
        .map(|(which, hint)| Segment {
            text: which.name(),
            label: which.name(),
            hint,
            chosen: state.layout == Layout::Single(which),
            action: ComparisonAction::Layout(Layout::Single(which)),
        })
        .collect();
    group(ui, look, &segments)
}

fn zoom(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Option<ComparisonAction> {
    let fits = state.view == View::Fit;
    let asked = group(
        ui,
        look,
        &[
            Segment {
                text: say!("fit"),
                label: say!("fit"),
                hint: say!("all-of-the-picture-double-click"),
                chosen: fits,
                action: ComparisonAction::Fit,
            },
            Segment {
                text: "1:1",
                label: "1:1",
                hint: say!("one-pixel-of-the-screen"),
                chosen: !fits && state.scale() == 1.0,
                action: ComparisonAction::OneToOne,
            },
        ],
    );
    let percent = (state.scale() * 100.0).round();
    let text = RichText::new(format!("{percent} %")).color(look.muted);
    ui.add(Label::new(text).extend());
    asked
}

fn over(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Option<ComparisonAction> {
    let segment = |text, hint, chosen, action| Segment {
        text,
        label: text,
        hint,
        chosen,
        action,
    };
    group(
        ui,
        look,
        &[
            segment(
                say!("outlines"),
                say!("lines-around-what-the-mask-removed"),
                state.outlines,
                ComparisonAction::ToggleOutlines,
            ),
            segment(
                say!("magnifier"),
                say!("what-is-under-the-pointer-enlarged"),
                state.magnifier,
                ComparisonAction::ToggleMagnifier,
            ),
            segment(
                say!("histogram"),
                say!("how-the-luminances-of-the-pictures"),
                state.histogram,
                ComparisonAction::ToggleHistogram,
            ),
        ],
    )
}

fn pair(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Option<ComparisonAction> {
    let (first, second) = state.pair;
    let first = pick(ui, say!("first-picture"), first).map(ComparisonAction::First);
    let swap = swap(ui, look).then_some(ComparisonAction::Swap);
    let second = pick(ui, say!("second-picture"), second).map(ComparisonAction::Second);
    first.or(second).or(swap)
}

/// True if the two pictures are to be exchanged.
fn swap(ui: &mut Ui, look: &Look) -> bool {
    let segment = Segment {
        text: "",
        label: say!("swap"),
        hint: say!("exchange-the-two-pictures"),
        chosen: false,
        action: ComparisonAction::Swap,
    };
    let (place, _) = ui.allocate_exact_size(Vec2::splat(look.control), Sense::hover());
    ui.painter().rect_filled(place, look.radius, look.group);
    let font = TextStyle::Button.resolve(ui.style());
    let response = button(ui, look, &font, place, &segment);
    overlay::arrows(ui.painter(), place.center(), look.text);
    response.clicked()
}

/// A list of the three pictures; the one that was chosen anew.
fn pick(ui: &mut Ui, label: &str, which: Which) -> Option<Which> {
    let mut chosen = which;
    ComboBox::from_id_salt(label)
        .selected_text(which.name())
        .show_ui(ui, |ui| {
            for other in Which::ALL {
                ui.selectable_value(&mut chosen, other, other.name());
            }
        })
        .response
        .accessible_name(label);
    (chosen != which).then_some(chosen)
}

fn blend(ui: &mut Ui, state: &ComparisonState) -> Option<ComparisonAction> {
    let mut share = state.onion;
    let slider = ui
        .add(Slider::new(&mut share, 0.0..=1.0).show_value(false))
        .on_hover_text(say!("share-of-the-second-picture"))
        .accessible_name(say!("share-of-the-second-picture"));
    slider.changed().then_some(ComparisonAction::Onion(share))
}

fn gain(ui: &mut Ui, state: &ComparisonState, look: &Look) -> Option<ComparisonAction> {
    let texts = ["×1", "×2", "×4", "×8", "×16"];
    let labels = [
        say!("gain-1"),
        say!("gain-2"),
        say!("gain-4"),
        say!("gain-8"),
        say!("gain-16"),
    ];
    let segments: Vec<_> = GAINS
        .into_iter()
        .zip(texts.into_iter().zip(labels))
        .map(|(gain, (text, label))| Segment {
            text,
            label,
            hint: say!("how-many-times-the-difference"),
            chosen: state.gain == gain,
            action: ComparisonAction::Gain(gain),
        })
        .collect();
    group(ui, look, &segments)
}

/// Buttons on one ground; what the one that was pressed asks for.
fn group(ui: &mut Ui, look: &Look, segments: &[Segment]) -> Option<ComparisonAction> {
    let font = TextStyle::Button.resolve(ui.style());
    let texts: Vec<f32> = segments
        .iter()
        .map(|segment| {
            let text = segment.text.to_owned();
            let galley = ui.painter().layout_no_wrap(text, font.clone(), look.text);
            galley.size().x
        })
        .collect();
    // Where the whole row is narrower, the texts move together rather than being cut.
    let around = (ui.max_rect().width() - texts.iter().sum::<f32>()) / texts.len().max(1) as f32;
    let around = around.clamp(LEAST_AROUND, 2.0 * look.small + 2.0);
    let widths: Vec<f32> = texts.iter().map(|text| text + around).collect();
    let size = vec2(widths.iter().sum(), look.control);
    let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(whole, look.radius, look.group);
    let mut left = whole.left();
    let mut asked = None;
    for (segment, width) in segments.iter().zip(widths) {
        let place = Rect::from_min_size(vec2(left, whole.top()).to_pos2(), vec2(width, size.y));
        left += width;
        if button(ui, look, &font, place, segment).clicked() {
            asked = Some(segment.action);
        }
    }
    asked
}

fn button(ui: &Ui, look: &Look, font: &FontId, place: Rect, segment: &Segment) -> Response {
    let id = ui.make_persistent_id(("comparison segment", segment.label));
    let response = ui
        .interact(place, id, Sense::click())
        .on_hover_cursor(CursorIcon::PointingHand)
        .on_hover_text(segment.hint);
    let enabled = ui.is_enabled();
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, enabled, segment.chosen, segment.label));
    let inner = place.shrink(2.0);
    let radius = look.radius.saturating_sub(1);
    if segment.chosen {
        ui.painter().rect_filled(inner, radius, look.chosen);
    }
    if response.has_focus() || response.hovered() {
        let line = if response.has_focus() {
            look.accent
        } else {
            look.muted
        };
        ui.painter()
            .rect_stroke(inner, radius, Stroke::new(1.0, line), StrokeKind::Inside);
    }
    let colour = if segment.chosen {
        look.on_chosen
    } else {
        look.text
    };
    ui.painter().text(
        place.center(),
        Align2::CENTER_CENTER,
        segment.text,
        font.clone(),
        colour,
    );
    response
}
