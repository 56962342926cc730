//! Negative controls in the window: what is declared of them, how they are drawn, and what the verdict rests on.

use std::fs;
use std::path::PathBuf;

use egui_kittest::kittest::Queryable;
use palimpsest::app::{Command, Opening};
use palimpsest_record::case::Role;
use serde_json::{Value, json};

use crate::desk::{Desk, Window, can_start, has_text, settle, type_into, until};

/// The window with the first of so many works questioned and the others as negative controls.
fn window(desk: &Desk, works: u64) -> (Window, Vec<PathBuf>) {
    let works = desk.works(works);
    let mut window = desk.open(Opening::Desk(works.clone()));
    settle(&mut window);
    let ctx = window.ctx.clone();
    let queue = &window.state().state.queue;
    let ids: Vec<_> = queue.works.iter().skip(1).map(|work| work.id).collect();
    for id in ids {
        let command = Command::SetRole(id, Role::Negative);
        window.state_mut().dispatch(&ctx, command);
    }
    until(&mut window, "the pair", can_start);
    settle(&mut window);
    (window, works)
}

fn start(window: &mut Window) {
    // A change of the desk has the models looked at again.
    until(window, "the pair", can_start);
    settle(window);
    window.get_by_label("Start").click();
    settle(window);
}

/// The record of the only case that lies in the desk's folder.
fn recorded(desk: &Desk) -> Value {
    let mut cases = fs::read_dir(desk.path("cases")).unwrap();
    let case = cases.next().unwrap().unwrap().path();
    serde_json::from_slice(&fs::read(case.join("case.json")).unwrap()).unwrap()
}

#[test]
fn controls_are_declared_and_drawn_and_the_verdict_says_what_it_rests_on() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {
        "overrides": {"steps": 1},
        "resolution": 64,
        "inquiry": {"drawn_controls": 5},
    }}));
    let (mut window, works) = window(&desk, 8);
    type_into(&mut window, "Source of the negative controls", "her studio");
    type_into(
        &mut window,
        "Their dates, and the evidence of these",
        "of 2024",
    );
    settle(&mut window);
    assert!(has_text(&window, "draws 5 of 7 negative controls"));
    start(&mut window);
    until(&mut window, "the end of the run", |window| {
        let state = &window.state().state;
        state.run.is_none() && !state.finished.is_empty()
    });
    let record = recorded(&desk);
    let question = &record["question"];
    assert_eq!(question["controls_drawn"]["drawn"], 5);
    assert_eq!(question["controls_drawn"]["eligible"], 7);
    assert_eq!(
        question["declaration"],
        json!({"source": "her studio", "dates": "of 2024"})
    );
    let entries = record["artworks"].as_array().unwrap();
    let negatives = entries.iter().filter(|it| it["role"] == "negative");
    let negatives: Vec<&Value> = negatives.collect();
    // The draw is that of the command line: it follows from the works alone.
    let (drawn, _) = palimpsest_record::case::draw_controls(&works[1..], &works[..1], 5).unwrap();
    assert_eq!(negatives.len(), drawn.len());
    for path in drawn {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_there = |it: &&Value| it["path"].as_str().unwrap().ends_with(&name);
        assert!(negatives.iter().any(is_there), "{name}");
    }
    let asked = window.state().state.finished.iter();
    let asked = asked.clone().position(|it| it.path == works[0]).unwrap();
    let ctx = window.ctx.clone();
    let shown = Command::ShowResult(asked);
    window.state_mut().dispatch(&ctx, shown);
    until(&mut window, "the verdict", |window| {
        has_text(window, "Not validated for this family")
    });
    // The dossier that comes with the program is of another resolution and of more controls.
    assert!(has_text(&window, "the resolution is another in the case"));
    assert!(has_text(&window, "5 drawn by the program from 7"));
    assert!(has_text(&window, "source “her studio”"));
    assert!(has_text(&window, "rule of selection not declared"));
}

#[test]
fn more_controls_than_there_are_cannot_be_drawn() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"inquiry": {"drawn_controls": 9}}}));
    let (mut window, _) = window(&desk, 4);
    assert!(has_text(&window, "There are only 3 negative controls"));
    start(&mut window);
    until(&mut window, "the refusal", |window| {
        has_text(window, "9 controls cannot be drawn from 3 different works")
    });
    assert!(window.state().state.run.is_none());
    assert!(!desk.path("cases").exists());
}

#[test]
fn without_a_draw_all_controls_are_taken_and_nothing_is_said_of_one() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 1}, "resolution": 64}}));
    let (mut window, _) = window(&desk, 3);
    assert!(has_text(&window, "All of 2 negative controls are taken"));
    start(&mut window);
    until(&mut window, "the end of the run", |window| {
        let state = &window.state().state;
        state.run.is_none() && !state.finished.is_empty()
    });
    let record = recorded(&desk);
    assert_eq!(record["question"].get("controls_drawn"), None);
    assert_eq!(record["question"].get("declaration"), None);
    assert_eq!(record["artworks"].as_array().unwrap().len(), 3);
}
