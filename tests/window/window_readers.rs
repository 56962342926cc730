//! The window for those who do not see it: whatever can be reached or pressed has a name, on every screen and in every
//! dialog; and names that no font can show are said.

use std::fs;

use eframe::egui::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use palimpsest::app::state::{Overlay, Screen};
use palimpsest::app::{Command, Opening};

use crate::desk::{Desk, Window, can_start, has_text, settle, until};

/// What can be pressed or typed into and says nothing of itself, as role and place.
fn nameless(window: &Window) -> Vec<String> {
    let mut found = Vec::new();
    let mut nodes = vec![window.root()];
    while let Some(node) = nodes.pop() {
        nodes.extend(node.children());
        let it = node.accesskit_node();
        let acts = matches!(
            it.role(),
            Role::Button
                | Role::CheckBox
                | Role::ComboBox
                | Role::Link
                | Role::RadioButton
                | Role::Row
                | Role::Slider
                | Role::SpinButton
                | Role::TextInput
                | Role::MultilineTextInput
                | Role::ProgressIndicator
                | Role::Image
        );
        let said = |text: Option<String>| text.is_some_and(|text| !text.trim().is_empty());
        if acts && !said(it.label()) && !said(it.value().filter(|_| it.role() == Role::Button)) {
            found.push(format!("{:?} at {:?}", it.role(), it.raw_bounds()));
        }
    }
    found
}

fn names_all(window: &Window, place: &str) {
    let found = nameless(window);
    assert!(found.is_empty(), "{place}: {}", found.join("\n"));
}

#[test]
fn everything_that_acts_has_a_name() {
    let desk = Desk::new();
    let mut window = desk.open(Opening::Desk(Vec::new()));
    settle(&mut window);
    names_all(&window, "the empty desk");
    drop(window);

    desk.keep(serde_json::json!({ "set_up": { "overrides": { "steps": 1 } } }));
    let works = desk.works(2);
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    settle(&mut window);
    names_all(&window, "prepare");
    let ctx = window.ctx.clone();
    for command in [
        Command::Palette,
        Command::Shortcuts,
        Command::About,
        Command::SealVariants,
    ] {
        let name = format!("{command:?}");
        window.state_mut().dispatch(&ctx, command);
        settle(&mut window);
        assert_ne!(window.state().state.overlay, Overlay::None, "{name}");
        names_all(&window, &name);
        window.state_mut().dispatch(&ctx, Command::CloseOverlay);
        settle(&mut window);
    }
    window
        .get_by_role_and_label(Role::Button, "Fine-tuned model")
        .click();
    until(&mut window, "the library", |window| {
        let state = &window.state().state;
        matches!(state.overlay, Overlay::Library(_))
    });
    settle(&mut window);
    names_all(&window, "the library");
    window.state_mut().dispatch(&ctx, Command::CloseOverlay);
    settle(&mut window);
    window.get_by_label("Start").click();
    until(&mut window, "a step", |window| {
        let run = window.state().state.run.as_ref();
        run.is_some_and(|run| run.live.step().is_some())
    });
    window
        .state_mut()
        .dispatch(&ctx, Command::Show(Screen::Recover));
    settle(&mut window);
    names_all(&window, "recover");
    until(&mut window, "the end of the run", |window| {
        window.state().state.run.is_none()
    });
    for screen in [Screen::Compare, Screen::Results, Screen::Case] {
        window.state_mut().dispatch(&ctx, Command::Show(screen));
        settle(&mut window);
        names_all(&window, screen.title());
    }
}

#[test]
fn a_name_that_no_font_can_show_is_said_once() {
    let desk = Desk::new();
    let works = desk.works(1);
    // A character of a script that no font of the program has.
    let odd = desk.path("画家の作品.png");
    fs::copy(&works[0], &odd).unwrap();
    let mut window = desk.open(Opening::Desk(vec![works[0].clone()]));
    // As the program draws it; the tests' own rule is to stop.
    let boxes = eframe::egui::MissingGlyphPolicy::default();
    window.ctx.set_missing_glyph_policy(boxes);
    settle(&mut window);
    assert!(!has_text(&window, "no installed font has"));
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::Add(vec![odd]));
    settle(&mut window);
    assert!(has_text(&window, "fonts-noto-cjk"));
    let notices = &window.state().state.notices;
    let said = notices.iter().filter(|it| it.text.contains("noto-cjk"));
    assert_eq!(said.count(), 1);
}
