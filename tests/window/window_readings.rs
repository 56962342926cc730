//! How files are read is chosen before a run, which says how many examinations it comes to, and recorded.

use std::fs;
use std::path::Path;

use eframe::egui::Role;
use egui_kittest::kittest::Queryable;
use palimpsest::app::{Command, Opening};
use palimpsest_testing::pictures::lay_on_its_side;
use serde_json::{Value, json};

use crate::desk::{Desk, can_start, has_text, settle, until};

#[test]
fn readings_are_chosen_counted_and_recorded() {
    let desk = Desk::new();
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/sd1");
    desk.keep(json!({"set_up": {
        "pretrained": reference.join("pretrained"),
        "finetuned": reference.join("finetuned"),
        "overrides": {"steps": 1},
    }}));
    let works = desk.works(2);
    lay_on_its_side(&works[0]);
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("What is asked").click_accesskit();
    // Both are questioned, and one of them is another picture as it is stored.
    until(&mut window, "how many there are", |window| {
        has_text(
            window,
            ": 1 further examination. All 2 readings are one test",
        )
    });
    let count = |window: &crate::desk::Window, number: &str| {
        window.query_all_by_label(number).next().is_some()
    };
    assert!(count(&window, "3"));
    window
        .get_by_role_and_label(Role::Button, "As seen")
        .click_accesskit();
    settle(&mut window);
    assert!(has_text(&window, "it is examined once") && count(&window, "2"));
    window
        .get_by_role_and_label(Role::CheckBox, "Mirrored as well")
        .click_accesskit();
    settle(&mut window);
    assert!(has_text(&window, ": 2 further examinations. All 2 readings") && count(&window, "4"));
    let kept = fs::read(desk.path("settings.json")).unwrap();
    let kept: Value = serde_json::from_slice(&kept).unwrap();
    assert_eq!(kept["set_up"]["readings"], "as-seen,as-seen-mirrored");

    // The models are looked at again with what was changed.
    until(&mut window, "the models to be looked at again", can_start);
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::Start);
    until(&mut window, "the end of the run", |window| {
        let state = &window.state().state;
        state.run.is_none() && !state.finished.is_empty()
    });
    let case = fs::read_dir(desk.path("cases")).unwrap().next();
    let case = case.unwrap().unwrap().path();
    let record: Value = serde_json::from_slice(&fs::read(case.join("case.json")).unwrap()).unwrap();
    let readings = &record["question"]["further_readings"];
    assert_eq!(readings, &json!(["as-seen-mirrored"]));
    assert_eq!(record["artworks"].as_array().unwrap().len(), 4);
}
