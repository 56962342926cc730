//! Models and encoders chosen from the library: found by what they are, clicked, and found again.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT, Queryable};
use palimpsest::app::state::Overlay;
use palimpsest::app::{Answer, Opening};
use serde_json::json;

use crate::desk::{Desk, Window, can_start, drop_file, has_text, settle, type_into, until};

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(name)
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = {
            let entry = entry.unwrap();
            (entry.path(), to.join(entry.file_name()))
        };
        match from.is_dir() {
            true => copy_folder(&from, &to),
            false => drop(fs::copy(&from, &to).unwrap()),
        }
    }
}

/// A folder as somebody has it: a base, an adapter for it, one for another family, and a file that is damaged.
fn models(desk: &Desk) -> PathBuf {
    let models = desk.path("models");
    copy_folder(&reference("sd1/pretrained"), &models.join("hills base"));
    for (from, to) in [
        ("lora/sd1_kohya.safetensors", "vincent.safetensors"),
        (
            "lora/11_lora_flux_kohya.safetensors",
            "another family.safetensors",
        ),
    ] {
        fs::copy(reference(from), models.join(to)).unwrap();
    }
    fs::write(models.join("damaged.safetensors"), [0xff; 64]).unwrap();
    models
}

/// The window with one work on the desk and nothing chosen; `folders` are in the library.
fn window(desk: &Desk, folders: &[PathBuf]) -> Window {
    desk.keep(json!({"set_up": {"pretrained": null, "finetuned": null}}));
    let kept = json!({"folders": folders}).to_string();
    fs::write(desk.path("model-folders.json"), kept).unwrap();
    let works = desk.works(1);
    let mut window = desk.open(Opening::Desk(works));
    settle(&mut window);
    window
}

fn open_library(window: &mut Window, picker: &str) {
    // It may lie further down than the panel shows.
    window
        .get_by_role_and_label(Role::Button, picker)
        .click_accesskit();
    until(window, "the library", |window| {
        let state = &window.state().state;
        matches!(state.overlay, Overlay::Library(_)) && state.library.found().is_some()
    });
    settle(window);
}

fn rows(window: &Window) -> Vec<String> {
    let dialog = window.query_all_by_role(Role::ListBoxOption);
    let labels = dialog.filter_map(|row| row.accesskit_node().label());
    // The queue is a list as well.
    labels
        .filter(|label| !label.contains("questioned"))
        .collect()
}

fn count(window: &Window, text: &str) -> usize {
    window.query_all_by_label_contains(text).count()
}

#[test]
fn two_clicks_choose_a_base_and_an_adapter_and_say_that_they_fit() {
    let desk = Desk::new();
    let models = models(&desk);
    let mut window = window(&desk, &[]);
    open_library(&mut window, "Pretrained model");
    assert!(has_text(&window, "No folder with models was found"));
    assert!(has_text(&window, "palimpsest models fetch"));
    assert_eq!(rows(&window).len(), 1);
    desk.answers
        .0
        .borrow_mut()
        .push(Answer::Chosen(vec![models.clone()]));
    window.get_by_label("Add a folder to the library…").click();
    until(&mut window, "what is in the folder", |window| {
        rows(window).len() == 2
    });
    // Only what can be a base, and the built-in model last.
    let listed = rows(&window);
    assert!(
        listed[0].starts_with("hills base, A Stable Diffusion's structure"),
        "{listed:?}"
    );
    assert!(listed[1].starts_with("demo (built in)"), "{listed:?}");
    window.get_by_label_contains("hills base, ").click();
    settle(&mut window);
    assert_eq!(window.state().state.overlay, Overlay::None);

    open_library(&mut window, "Fine-tuned model");
    let listed = rows(&window);
    assert_eq!(listed.len(), 3, "{listed:?}");
    let adapter = listed
        .iter()
        .find(|row| row.starts_with("vincent"))
        .unwrap();
    for part in [
        "An adapter (",
        "says it was made from “hills-base.safetensors”",
        "trigger “sks style”",
        "called “Vincent hills”",
    ] {
        assert!(adapter.contains(part), "{adapter}");
    }
    // What was refused can be seen, with the reason, and not be chosen.
    window
        .get_by_label("Show 2 that cannot be examined")
        .click();
    settle(&mut window);
    assert_eq!(rows(&window).len(), 5);
    window
        .get_by_label_contains("damaged.safetensors, ")
        .click();
    settle(&mut window);
    assert_eq!(window.state().state.set_up().finetuned, None);
    type_into(&mut window, "Search the library", "SKS vincent");
    assert_eq!(rows(&window).len(), 1);
    window
        .get_by_label_contains("vincent.safetensors, ")
        .click();
    until(&mut window, "both models to be looked at", can_start);
    settle(&mut window);
    assert!(has_text(&window, "These two can be examined together"));

    // What the file says of itself, and its trigger as the prompt.
    window
        .get_by_label("What the fine-tuned model's file says of itself")
        .click();
    settle(&mut window);
    for text in [
        "it can be changed by anyone",
        "hills-base.safetensors",
        "512x512",
    ] {
        assert!(has_text(&window, text), "{text}");
    }
    window.get_by_label("Use “sks style”").click_accesskit();
    settle(&mut window);
    assert_eq!(window.state().state.set_up().prompt, "sks style");
    assert_eq!(count(&window, "Use “sks style”"), 0);

    // In the background every file is hashed, and found by its hash from then on.
    until(&mut window, "the hashes", |window| {
        let (known, all) = window.state().state.library.hashed();
        known == all && all == 3
    });
    let index = fs::read_to_string(desk.path("model-index.json")).unwrap();
    assert_eq!(index.matches("\"sha256\"").count(), 3);
}

#[test]
fn the_library_is_searched_and_chosen_from_by_the_keys_alone() {
    let desk = Desk::new();
    let models = models(&desk);
    let mut window = window(&desk, std::slice::from_ref(&models));
    window.key_press_modifiers(Modifiers::COMMAND, Key::M);
    until(&mut window, "the library", |window| {
        window.state().state.library.found().is_some()
    });
    settle(&mut window);
    window.key_press(Key::ArrowDown);
    settle(&mut window);
    window.key_press(Key::Enter);
    settle(&mut window);
    let chosen = window.state().state.set_up().finetuned.clone();
    assert_eq!(
        chosen,
        Some(models.canonicalize().unwrap().join("vincent.safetensors"))
    );
    // Chosen before, it stands first the next time.
    window.key_press_modifiers(Modifiers::COMMAND, Key::M);
    settle(&mut window);
    window.key_press(Key::Escape);
    settle(&mut window);
    assert_eq!(window.state().state.overlay, Overlay::None);
}

#[test]
fn an_encoder_is_chosen_once_and_found_by_every_window_after_it() {
    let desk = Desk::new();
    let mut first = window(&desk, &[]);
    let clip = reference("sd1/clip");
    drop_file(&mut first, &clip);
    settle(&mut first);
    assert_eq!(first.state().state.set_up().clip, Some(clip.clone()));
    let dino = reference("sd1/dino");
    desk.answers
        .0
        .borrow_mut()
        .push(Answer::Chosen(vec![dino.clone()]));
    open_library(&mut first, "Choose DINO ViT-S/16");
    first.get_by_label("Browse for a folder…").click();
    until(&mut first, "the encoder to be chosen", |window| {
        window.state().state.set_up().dino.is_some()
    });
    until(&mut first, "the library to know it", |window| {
        let found = window.state().state.library.found();
        found.is_some_and(|found| found.folders.len() == 2)
    });
    let work = first.state().state.queue.works[0].path.clone();
    drop(first);
    desk.keep(json!({}));
    let mut again = desk.open(Opening::Desk(vec![work]));
    settle(&mut again);
    for (picker, folder) in [
        ("Choose CLIP ViT-B/32", clip),
        ("Choose DINO ViT-S/16", dino),
    ] {
        open_library(&mut again, picker);
        let listed = rows(&again);
        assert_eq!(listed.len(), 1, "{listed:?}");
        let name = folder.file_name().unwrap().to_str().unwrap();
        again.get_by_label_contains(&format!("{name}, ")).click();
        settle(&mut again);
    }
    let set_up = again.state().state.set_up();
    assert!(set_up.clip.is_some() && set_up.dino.is_some());
}

#[test]
fn an_error_is_said_once_and_is_gone_when_another_model_is_chosen() {
    let desk = Desk::new();
    let models = models(&desk);
    let mut window = window(&desk, &[]);
    let damaged = models.join("damaged.safetensors");
    drop_file(&mut window, &models.join("hills base"));
    drop_file(&mut window, &damaged);
    until(&mut window, "the error", |window| {
        has_text(window, "What was chosen cannot be examined")
    });
    let refused = window.state().state.refuses_start().unwrap();
    assert!(refused.contains("damaged.safetensors"), "{refused}");
    // It stands below the file's name, and is not said with the whole path again.
    let said = refused.replace(&damaged.display().to_string(), "It");
    assert_eq!(count(&window, &said), 1, "{said}");
    assert_eq!(count(&window, &refused), 0, "{refused}");
    // Another takes its place, and the old error is gone at once.
    drop_file(&mut window, &models.join("vincent.safetensors"));
    window.step();
    assert_eq!(count(&window, &said), 0);
    until(&mut window, "the other model to be looked at", can_start);
    // Where models are chosen the failed file is not offered again.
    open_library(&mut window, "Fine-tuned model");
    let listed = rows(&window);
    assert!(
        listed.iter().all(|row| !row.contains("damaged")),
        "{listed:?}"
    );
    assert!(listed[0].contains("Chosen before"), "{listed:?}");
    // Whatever is listed, the ways to what is not are in sight, and a model that is dropped is the one that is chosen.
    for label in ["Browse for a file or LoRA…", "Browse for a folder…"] {
        let button = window.get_by_label(label).rect();
        assert!(button.bottom() < 800.0 && button.right() < 1280.0);
    }
    drop_file(&mut window, &models.join("hills base"));
    settle(&mut window);
    assert_eq!(window.state().state.overlay, Overlay::None);
    let finetuned = window.state().state.set_up().finetuned.clone();
    assert_eq!(finetuned, Some(models.join("hills base")));
}
