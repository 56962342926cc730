//! The window in every language: chosen and in effect at once, kept for the next time, and nothing cut that English does
//! not cut.

use eframe::egui::epaint::Shape;
use eframe::egui::{Key, Modifiers, Rect, Role, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use serde_json::{Value, json};

use palimpsest::app::state::Screen;
use palimpsest::app::{Command, Opening, under_way};
use palimpsest_record::language::Language;

use crate::desk::{Desk, Window, can_start, has_text, settle, type_into, until};
use crate::window_snapshots::{case, live, turn_to};

fn command(window: &mut Window, command: Command) {
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, command);
    settle(window);
}

fn speak(window: &mut Window, language: Language) {
    command(window, Command::Language(Some(language)));
}

#[test]
fn a_language_is_chosen_by_its_name_and_in_effect_at_once_and_kept() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Prepare");
    // Whoever does not read the language that is spoken finds their own by its name.
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut window);
    type_into(&mut window, "Find a command", "deutsch");
    window.key_press(Key::Enter);
    settle(&mut window);
    window.get_by_label("Vorbereiten");
    assert!(has_text(&window, "Alle Einstellungen"));
    assert!(has_text(&window, "1 Werk"));
    assert!(window.query_by_label("Prepare").is_none());
    // What stood there in another language is looked at once more.
    until(&mut window, "the models' sentence", |window| {
        has_text(window, "Diese beiden lassen sich zusammen untersuchen")
    });
    drop(window);
    let kept: Value =
        serde_json::from_slice(&std::fs::read(desk.path("settings.json")).unwrap()).unwrap();
    assert_eq!(kept["language"], "de");

    let mut window = desk.open(Opening::Desk(Vec::new()));
    settle(&mut window);
    window.get_by_label("Werke öffnen…");
    speak(&mut window, Language::French);
    window.get_by_label("Ouvrir des œuvres…");
    command(&mut window, Command::Language(None));
    window.get_by_label("Open artworks…");
}

#[test]
fn the_record_is_said_in_the_windows_language_and_stays_english() {
    let desk = Desk::new();
    desk.keep(json!({"language": "de"}));
    let folder = case(desk.folder.path());
    let mut window = desk.open(Opening::Case(folder.clone()));
    turn_to(&mut window, Screen::Compare);
    until(&mut window, "the verdict", |window| {
        has_text(window, "als nicht verwendet erklärten Vergleichswerken")
    });
    let record = std::fs::read_to_string(folder.join("assessment.json")).unwrap();
    assert!(record.contains("none scores as high as this work"));
    command(&mut window, Command::Show(Screen::Case));
    until(&mut window, "the journal", |window| {
        has_text(window, "Fall begonnen")
    });
    speak(&mut window, Language::French);
    until(&mut window, "the journal", |window| {
        has_text(window, "Affaire commencée")
    });
    assert!(!has_text(&window, "Fall begonnen"));
}

#[test]
fn numbers_follow_the_language_and_are_read_in_it() {
    let desk = Desk::new();
    desk.keep(json!({"language": "fr", "set_up": {"overrides": {"momentum": 0.5}}}));
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Tous les réglages").click_accesskit();
    until(&mut window, "the settings", |window| {
        let field = window.query_by_role_and_label(Role::SpinButton, "Inertie");
        field.is_some()
    });
    let field = window.get_by_role_and_label(Role::SpinButton, "Inertie");
    let shown = field.accesskit_node().value().unwrap_or_default();
    assert!(shown.contains("0,5"), "{shown}");
    window
        .get_by_role_and_label(Role::SpinButton, "Inertie")
        .focus();
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(eframe::egui::Event::Text("0,25".into()));
    window.key_press(Key::Enter);
    settle(&mut window);
    let momentum = window.state().state.set_up().overrides.momentum;
    assert_eq!(momentum, Some(0.25));
}

/// Texts that are shortened by the toolkit, or reach over the edge of what they are drawn in.
fn cut(window: &Window) -> Vec<String> {
    fn look(shape: &Shape, clip: Rect, found: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| look(shape, clip, found)),
            Shape::Text(text) => {
                let rect = text.galley.rect.translate(text.pos.to_vec2());
                let seen = rect.intersects(clip);
                let over = rect.right() > clip.right() + 1.0 || rect.left() < clip.left() - 1.0;
                if seen && (text.galley.elided || over) {
                    found.push(text.galley.text().to_owned());
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for drawn in &window.output().shapes {
        look(&drawn.shape, drawn.clip_rect, &mut found);
    }
    found
}

/// Every screen in a language, with what is cut on it.
fn screens(theme: &str, language: Language) -> Vec<(Screen, Vec<String>)> {
    let kept = json!({"theme": theme, "language": language.code()});
    let quiet = |window: &mut Window| {
        window.set_size(vec2(900.0, 600.0));
        let mut frames = 0;
        until(window, "all that is read", |window| {
            frames = match under_way(&window.ctx) {
                0 => frames + 1,
                _ => 0,
            };
            frames == 8
        });
    };
    let mut all = Vec::new();
    let desk = Desk::new();
    desk.keep(kept.clone());
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    until(&mut window, "the models to be looked at", can_start);
    quiet(&mut window);
    all.push((Screen::Prepare, cut(&window)));
    command(&mut window, Command::Start);
    command(&mut window, Command::PauseOrResume);
    live(window.state_mut().state.run.as_mut().unwrap());
    command(&mut window, Command::Show(Screen::Recover));
    for _ in 0..30 {
        window.step();
    }
    all.push((Screen::Recover, cut(&window)));
    drop(window);
    let desk = Desk::new();
    desk.keep(kept);
    let mut window = desk.open(Opening::Case(case(desk.folder.path())));
    turn_to(&mut window, Screen::Compare);
    for screen in [Screen::Compare, Screen::Results, Screen::Case] {
        command(&mut window, Command::Show(screen));
        quiet(&mut window);
        all.push((screen, cut(&window)));
    }
    all
}

#[test]
fn no_screen_cuts_in_another_language_what_it_does_not_cut_in_english() {
    let mut worse = Vec::new();
    for theme in ["dark", "light"] {
        let english = screens(theme, Language::English);
        for language in [Language::German, Language::French] {
            for ((screen, cut), (_, usual)) in screens(theme, language).iter().zip(&english) {
                if cut.len() > usual.len() {
                    let code = language.code();
                    worse.push(format!("{code} {theme} {screen:?}: {cut:?} for {usual:?}"));
                }
            }
        }
    }
    assert!(worse.is_empty(), "{}", worse.join("\n"));
}
