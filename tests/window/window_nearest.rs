//! The base of a model is found among those of the library, and taken.

use std::fs;
use std::path::Path;

use eframe::egui::Role;
use egui_kittest::kittest::Queryable;
use palimpsest::app::{Command, Opening};
use serde_json::json;

use crate::desk::{Desk, has_text, settle, until};

fn reference(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(name)
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        match from.is_dir() {
            true => copy(&from, &to),
            false => drop(fs::copy(&from, &to).unwrap()),
        }
    }
}

#[test]
fn the_nearest_models_are_listed_and_one_is_taken_as_the_base() {
    let desk = Desk::new();
    let models = desk.path("models");
    for (from, name) in [
        ("sd1/pretrained", "hills base"),
        ("sd1/finetuned", "tuned"),
        ("sd2/pretrained", "of another structure"),
    ] {
        copy(&reference(from), &models.join(name));
    }
    desk.keep(json!({"set_up": {"pretrained": null, "finetuned": models.join("tuned")}}));
    let kept = json!({"folders": [models]}).to_string();
    fs::write(desk.path("model-folders.json"), kept).unwrap();
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    let link = "Find the nearest models of the library";
    until(&mut window, "the model to be looked at", |window| {
        has_text(window, link)
    });
    window
        .get_by_role_and_label(Role::Link, link)
        .click_accesskit();
    until(&mut window, "what is near", |window| {
        has_text(window, "Nearest in the library:")
    });
    assert!(has_text(&window, "% away, "));
    assert!(has_text(&window, "1 model was not compared"));
    let use_it = "Use hills base as the pretrained model";
    window
        .get_by_role_and_label(Role::Button, use_it)
        .click_accesskit();
    settle(&mut window);
    let chosen = window.state().state.set_up().pretrained.clone().unwrap();
    assert!(chosen.ends_with("models/hills base"), "{chosen:?}");
    // What was found stays, and says which one it is, once both were looked at again.
    until(&mut window, "the list again", |window| {
        has_text(window, "Nearest in the library:")
    });
    assert!(window.query_by_label("chosen").is_some() && !has_text(&window, use_it));
    // Of another model it says nothing, and an adapter cannot be compared.
    let ctx = window.ctx.clone();
    let adapter = reference("lora/sd1_kohya.safetensors");
    let set_up = palimpsest::app::set_up::SetUp {
        finetuned: Some(adapter),
        ..window.state().state.set_up().clone()
    };
    let command = Command::SetUp(Box::new(set_up), "Choose an adapter", false);
    window.state_mut().dispatch(&ctx, command);
    until(&mut window, "the adapter to be looked at", |window| {
        has_text(window, "An adapter (LoRA")
    });
    assert!(!has_text(&window, "Nearest in the library:") && !has_text(&window, link));
    let refused = Command::FindNearest.refused(&window.state().state);
    assert!(refused.unwrap().contains("no weights of its own"));
}
