//! Runs of several cases, and windows beside each other: what is under way stays whose it is, what was left is
//! offered once and as a whole, and what is looked at does not move.

use crate::desk;

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use serde_json::json;

use palimpsest::app::Opening;
use palimpsest::app::state::{Resumption, Screen};

use desk::{Desk, Window, can_start, has_text, settle, until};

fn start(desk: &Desk, works: u64) -> Window {
    let mut window = desk.open(Opening::Desk(desk.works(works)));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    window
}

fn until_a_step(window: &mut Window) {
    until(window, "a step", |window| {
        let run = window.state().state.run.as_ref();
        run.is_some_and(|run| run.live.step().is_some())
    });
}

fn until_the_end(window: &mut Window) {
    until(window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
}

fn records(desk: &Desk) -> usize {
    let folder = fs::read_dir(desk.path("runs"));
    folder.map_or(0, |entries| entries.count())
}

/// Long enough for whatever is read beside the frame to have been read.
fn until_all_is_read(window: &mut Window) {
    settle(window);
    until(window, "what is read", |window| {
        palimpsest::app::under_way(&window.ctx) == 0
    });
    settle(window);
}

#[test]
fn a_second_window_leaves_what_the_first_is_doing_alone() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 400}}}));
    let mut first = start(&desk, 1);
    until_a_step(&mut first);
    let run = first.state().state.run.as_ref().unwrap();
    let case = run.cases[0].folder.clone();
    assert_eq!(records(&desk), 1);

    let mut second = desk.open(Opening::Case(case.clone()));
    until(&mut second, "the case", |window| {
        !window.state().state.queue.works.is_empty()
    });
    until_all_is_read(&mut second);
    assert!(!has_text(&second, "when the program ended"));
    assert!(has_text(&second, "is being worked on elsewhere"));
    assert!(second.query_by_label("Resume").is_none());
    // It keeps settings of its own, and ends.
    second.state_mut().state.keep();
    drop(second);

    // As after a crash of the first.
    drop(first);
    let mut third = desk.open(Opening::Desk(Vec::new()));
    until(&mut third, "the offer to go on", |window| {
        has_text(window, "was under way when the program ended")
    });
    let recent = &third.state().state.preferences.recent_cases;
    assert_eq!(
        recent
            .iter()
            .filter(|known| known.ends_with(case.file_name().unwrap()))
            .count(),
        1
    );
    assert!(recent.iter().all(|path| path.is_absolute()));
    third.get_by_label("Dismiss").click();
    settle(&mut third);
    assert_eq!(records(&desk), 0);
    assert!(case.join("case.json").exists());
}

#[test]
fn a_queue_of_two_masks_that_broke_off_is_one_offer_and_goes_on_to_its_end() {
    let desk = Desk::new();
    let masks = json!(["block:4", "half"]);
    desk.keep(json!({"set_up": {"overrides": {"steps": 24}, "masks": masks}}));
    let mut window = start(&desk, 1);
    until_a_step(&mut window);
    let folders = |window: &Window| -> Vec<_> {
        let run = window.state().state.run.as_ref().unwrap();
        assert_eq!(run.of(), 2);
        run.cases.iter().map(|case| case.folder.clone()).collect()
    };
    let before = folders(&window);
    assert!(
        !before[1].join("case.json").exists(),
        "the second has not begun"
    );
    // The desk is set otherwise meanwhile: the run stays what it was.
    drop(window);
    desk.keep(json!({"set_up": {"overrides": {"steps": 3}, "masks": ["block:8"]}}));

    let mut again = desk.open(Opening::Desk(Vec::new()));
    until(&mut again, "the offer to go on", |window| {
        has_text(
            window,
            "A run of 2 cases was under way when the program ended; 2 of them are left",
        )
    });
    assert_eq!(again.state().state.notices.len(), 1);
    again.get_by_label("Resume").click();
    until(&mut again, "the run to go on", |window| {
        window.state().state.run.is_some()
    });
    assert_eq!(folders(&again), before);
    assert_eq!(records(&desk), 1);
    assert!(again.state().state.notices.is_empty());
    until_the_end(&mut again);
    let finished = &again.state().state.finished;
    let masks: Vec<_> = finished
        .iter()
        .map(|result| result.mask.to_string())
        .collect();
    assert_eq!(masks, ["block:4", "half"]);
    assert!(
        finished
            .iter()
            .all(|result| result.findings.plan.settings.steps == 24)
    );
    assert_eq!(records(&desk), 0, "a run that has ended is not offered");
}

#[test]
fn a_run_that_is_stopped_or_quit_is_offered_with_all_its_cases() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 400}, "masks": ["block:4", "half"]}}));
    let mut window = start(&desk, 1);
    until_a_step(&mut window);
    window.get_by_label("Stop").click();
    until_the_end(&mut window);
    until(&mut window, "the offer to go on", |window| {
        has_text(window, "A run of 2 cases was stopped; 2 of them are left")
    });
    let resume = window.state().state.notices[0].resume.clone();
    assert!(matches!(resume, Some(Resumption::Run(record)) if Path::new(&record).exists()));
    // Nobody answers, and the program ends.
    eframe::App::on_exit(window.state_mut());
    drop(window);
    let mut again = desk.open(Opening::Desk(Vec::new()));
    until(&mut again, "the offer to go on", |window| {
        has_text(
            window,
            "A run of 2 cases was under way when the program ended",
        )
    });
}

#[test]
fn the_result_that_is_looked_at_stays_while_others_come() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 12}}}));
    let mut window = start(&desk, 3);
    until(&mut window, "a result", |window| {
        !window.state().state.finished.is_empty()
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    settle(&mut window);
    let looked_at = |window: &Window| {
        let state = &window.state().state;
        let shown = state.shown_result().unwrap().path.clone();
        (state.screen, shown, state.queue.selected)
    };
    let before = looked_at(&window);
    let results = window.state().state.finished.len();
    assert_eq!(before.0, Screen::Compare);
    assert!(results < 3);
    until_the_end(&mut window);
    assert_eq!(window.state().state.finished.len(), 3);
    assert_eq!(looked_at(&window), before);
}
