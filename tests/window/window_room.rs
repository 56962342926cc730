//! Room for a run: a folder that cannot be written into is seen before the start, and what broke off for want of room goes
//! on where it was.

use std::fs;
use std::path::PathBuf;

use egui_kittest::kittest::Queryable;
use serde_json::{Value, json};

use palimpsest::app::state::Purpose;
use palimpsest::app::{Command, Opening};

use crate::desk::{Desk, can_start, has_text, settle, until};

#[test]
fn a_folder_that_cannot_be_written_into_is_said_before_the_start_and_another_mends_it() {
    let desk = Desk::new();
    // Below a file there is no folder, whoever asks for one.
    let file = desk.path("a file");
    fs::write(&file, b"").unwrap();
    desk.keep(json!({ "cases": file.join("cases") }));
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    until(&mut window, "the refusal", |window| {
        let refused = window.state().state.refuses_start();
        refused.is_some_and(|refused| refused.contains("New cases cannot be kept in"))
    });
    settle(&mut window);
    assert!(has_text(&window, "New cases cannot be kept in"));
    assert!(has_text(&window, "There is no room for the case"));
    assert!(window.state().state.run.is_none());
    window.get_by_label("Keep new cases in…");
    let ctx = window.ctx.clone();
    let chosen = Command::Chosen(Purpose::CasesFolder, desk.path("cases"));
    window.state_mut().dispatch(&ctx, chosen);
    until(&mut window, "the other folder", can_start);
    settle(&mut window);
    assert!(!has_text(&window, "New cases cannot be kept in"));
    // What it takes is said beside what is free.
    until(&mut window, "the disk", |window| {
        has_text(window, "at most 1 MiB") && (cfg!(not(unix)) || has_text(window, " free"))
    });
}

#[test]
fn what_a_run_writes_is_no_more_than_was_said() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 2}}}));
    let mut window = desk.open(Opening::Desk(desk.works(2)));
    until(&mut window, "the models to be looked at", can_start);
    let said = window.state().state.written_by_start().unwrap();
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 2
    });
    let mut folders = vec![window.state().state.finished[0].case.clone()];
    let mut written = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            match metadata.is_dir() {
                true => folders.push(entry.path()),
                false => written += metadata.len(),
            }
        }
    }
    assert!(
        written <= said && said < 20 * written,
        "{written} of {said}"
    );
}

#[test]
fn a_case_that_could_not_be_written_is_resumed_once_there_is_room() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 30}}}));
    let mut window = desk.open(Opening::Desk(desk.works(2)));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    settle(&mut window);
    let case = window.state().state.run.as_ref().unwrap().cases[0]
        .folder
        .clone();
    let record = case.join("case.json");
    until(&mut window, "the case", |_| record.exists());
    let record: Value = serde_json::from_slice(&fs::read(record).unwrap()).unwrap();
    let second = record["artworks"][1]["folder"].as_str().unwrap();
    // The second work's results have no place.
    let taken: PathBuf = case.join(second);
    fs::write(&taken, b"in the way").unwrap();
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
    settle(&mut window);
    let notices = &window.state().state.notices;
    let failed = notices
        .iter()
        .find(|it| it.text.contains("could not be finished"));
    assert!(failed.is_some_and(|it| it.resume.is_some()), "{notices:?}");
    assert_eq!(window.state().state.finished.len(), 1);

    fs::remove_file(&taken).unwrap();
    window.get_by_label("Resume").click();
    until(&mut window, "the rest", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 2
    });
}
