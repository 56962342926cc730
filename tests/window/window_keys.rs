//! The window without a mouse: from the start to the verdict by keys alone, every screen and dialog reached, a list that
//! is one stop, and the focus where it belongs.

use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use serde_json::json;

use palimpsest::app::state::{Overlay, Screen};
use palimpsest::app::{Answer, Opening};
use palimpsest_record::case::Role;

use crate::desk::{Desk, Window, can_start, has_text, settle, until};

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn write(window: &mut Window, text: &str) {
    let event = eframe::egui::Event::Text(text.to_owned());
    window.input_mut().events.push(event);
    settle(window);
}

/// The name of what has the focus, as a screen reader says it.
fn focused(window: &Window) -> Option<String> {
    let mut nodes = vec![window.root()];
    while let Some(node) = nodes.pop() {
        nodes.extend(node.children());
        let it = node.accesskit_node();
        if it.is_focused() {
            let named = it.label().or_else(|| it.value());
            return Some(named.unwrap_or_else(|| format!("a nameless {:?}", it.role())));
        }
    }
    None
}

/// Presses Tab until something of this name has the focus.
#[track_caller]
fn tab_to(window: &mut Window, name: &str) {
    let mut passed = Vec::new();
    for _ in 0..120 {
        let now = focused(window);
        if now.as_ref().is_some_and(|now| now.starts_with(name)) {
            return;
        }
        passed.extend(now);
        press(window, Key::Tab);
    }
    panic!("Tab never comes to {name}, only to {passed:#?}");
}

/// Finds a command by typing, and carries it out.
fn command(window: &mut Window, words: &str) {
    press_with(window, Modifiers::COMMAND, Key::K);
    write(window, words);
    press(window, Key::Enter);
}

#[test]
fn works_models_start_and_verdict_are_reached_by_keys_alone() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {
        "pretrained": null, "finetuned": null, "overrides": { "steps": 1 },
    }}));
    let works = desk.works(4);
    let answer = |paths: &[std::path::PathBuf]| {
        desk.answers
            .0
            .borrow_mut()
            .push(Answer::Chosen(paths.to_vec()));
    };
    let mut window = desk.open(Opening::Desk(Vec::new()));
    settle(&mut window);

    // The questioned work by its path, as where no dialog of the system answers.
    desk.answers.0.borrow_mut().push(Answer::Unavailable);
    tab_to(&mut window, "Open artworks");
    press(&mut window, Key::Enter);
    until(&mut window, "the field for a path", |window| {
        matches!(window.state().state.overlay, Overlay::Path { .. })
    });
    settle(&mut window);
    write(&mut window, &works[0].display().to_string());
    press(&mut window, Key::Enter);
    assert_eq!(window.state().state.queue.works.len(), 1);

    // The others by the system's dialog, as controls.
    answer(&works[1..]);
    command(&mut window, "open negative controls");
    until(&mut window, "the controls", |window| {
        window.state().state.queue.works.len() == 4
    });

    // Both models from the library.
    for key in [Key::B, Key::M] {
        press_with(&mut window, Modifiers::COMMAND, key);
        until(&mut window, "the library", |window| {
            window.query_by_label_contains("built in").is_some()
        });
        write(&mut window, "built in");
        press(&mut window, Key::Enter);
        assert_eq!(window.state().state.overlay, Overlay::None);
    }
    until(&mut window, "the models to be looked at", can_start);
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    assert!(window.state().state.run.is_some());
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });

    // Whoever watched the run is shown the questioned work and what follows from it.
    let state = &window.state().state;
    assert_eq!(state.screen, Screen::Compare);
    assert_eq!(state.shown_result().unwrap().role, Role::Questioned);
    until(&mut window, "the verdict", |window| {
        has_text(window, "controls")
    });
    press_with(&mut window, Modifiers::COMMAND, Key::Num5);
    assert_eq!(window.state().state.screen, Screen::Case);
    until(&mut window, "the case", |window| {
        window.query_by_label("Export exhibit…").is_some()
    });

    // The exhibit is opened by its button, Esc closes it, and the button has the focus again.
    tab_to(&mut window, "Export exhibit");
    press(&mut window, Key::Space);
    assert_eq!(window.state().state.overlay, Overlay::Exhibit);
    press(&mut window, Key::Escape);
    assert_eq!(window.state().state.overlay, Overlay::None);
    assert_eq!(focused(&window).as_deref(), Some("Export exhibit…"));
}

#[test]
fn the_demonstration_is_started_and_stopped_by_keys_alone() {
    let desk = Desk::new();
    let mut window = desk.open(Opening::Desk(Vec::new()));
    settle(&mut window);
    tab_to(&mut window, "Run the demonstration");
    press(&mut window, Key::Enter);
    assert!(window.state().state.run.is_some());
    tab_to(&mut window, "Stop");
    press(&mut window, Key::Space);
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
}

#[test]
fn the_queue_is_one_stop_and_arrows_move_in_it() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let works = desk.works(30);
    let name = |place: usize| {
        Path::new(&works[place])
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
    };
    let mut window = desk.open(Opening::Desk(works.clone()));
    until(&mut window, "the models to be looked at", can_start);
    let selected = |window: &Window| {
        let queue = &window.state().state.queue;
        queue.shown().unwrap().name()
    };
    tab_to(&mut window, name(0));
    press(&mut window, Key::Tab);
    let after = focused(&window);
    assert!(
        works.iter().all(|work| {
            let name = work.file_name().unwrap().to_str().unwrap();
            after.as_ref().is_none_or(|after| !after.starts_with(name))
        }),
        "{after:?} is a second stop of the queue"
    );
    press_with(&mut window, Modifiers::SHIFT, Key::Tab);
    for (key, reached) in [
        (Key::ArrowDown, 1),
        (Key::ArrowDown, 2),
        (Key::ArrowUp, 1),
        (Key::End, 29),
        (Key::ArrowDown, 29),
        (Key::Home, 0),
    ] {
        press(&mut window, key);
        assert_eq!(selected(&window), name(reached), "after {key:?}");
        // It is seen, and said.
        let said = focused(&window).unwrap();
        assert!(said.starts_with(name(reached)), "{said} after {key:?}");
    }
    // Keys that act on the work that is reached.
    press(&mut window, Key::Delete);
    assert_eq!(selected(&window), name(1));
    press_with(&mut window, Modifiers::ALT, Key::ArrowDown);
    let order: Vec<_> = window.state().state.queue.works[..2]
        .iter()
        .map(|work| work.name())
        .collect();
    assert_eq!(order, [name(2), name(1)]);
}

#[test]
fn every_dialog_is_reached_by_keys_takes_the_focus_and_gives_it_back() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    until(&mut window, "the models to be looked at", can_start);
    tab_to(&mut window, "Start");
    for (open, first) in [
        ("keyboard shortcuts", "Close"),
        ("about palimpsest", "Close"),
        ("seal variants", "Number of variants"),
        ("choose the pretrained model", "Search the library"),
        ("add another adapter", "Search the library"),
    ] {
        command(&mut window, open);
        assert_ne!(window.state().state.overlay, Overlay::None, "{open}");
        settle(&mut window);
        let within = focused(&window).unwrap_or_else(|| panic!("nothing in {open} has the focus"));
        assert!(within.starts_with(first), "{within} in {open}");
        // What lies below takes nothing.
        for _ in 0..8 {
            press(&mut window, Key::Tab);
            assert_ne!(focused(&window).as_deref(), Some("Start"), "behind {open}");
        }
        press(&mut window, Key::Escape);
        assert_eq!(window.state().state.overlay, Overlay::None, "{open}");
        assert_eq!(focused(&window).as_deref(), Some("Start"), "after {open}");
    }
    // A menu is opened and gone through as well.
    tab_to(&mut window, "Help");
    press(&mut window, Key::Enter);
    tab_to(&mut window, "About Palimpsest");
    press(&mut window, Key::Enter);
    assert_eq!(window.state().state.overlay, Overlay::About);
}
