//! Everything that can be said of models beside their paths, said in the window: further adapters, what a model
//! predicts, configurations, consent to what is not used.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Key, Role};
use egui_kittest::kittest::{NodeT, Queryable};
use palimpsest::app::state::Resumption;
use palimpsest::app::{Answer, Command, Opening};
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_testing::reference::without_record;
use serde_json::{Value, json};

use crate::desk::{Desk, Window, can_start, drop_file, has_text, settle, until};

fn reference(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(name)
}

fn lora(name: &str) -> PathBuf {
    reference("lora").join(format!("sd1_{name}.safetensors"))
}

/// The window with one work and models chosen.
fn window(desk: &Desk, pretrained: &Path, finetuned: &Path) -> Window {
    desk.keep(json!({"set_up": {"pretrained": pretrained, "finetuned": finetuned}}));
    let works = desk.works(1);
    let mut window = desk.open(Opening::Desk(works));
    settle(&mut window);
    window
}

fn click(window: &mut Window, role: Role, label: &str) {
    // It may lie further down than the panel shows.
    window.get_by_role_and_label(role, label).click_accesskit();
    settle(window);
}

fn source(window: &Window) -> String {
    let source = window.state().state.set_up().finetuned_source();
    source.unwrap().to_string()
}

/// Draws frames until the run has ended with a result.
fn finish(window: &mut Window) {
    until(window, "the end of the run", |window| {
        let state = &window.state().state;
        state.run.is_none() && !state.finished.is_empty()
    });
}

/// The record of the only case that lies in the desk's folder.
fn recorded(desk: &Desk) -> Value {
    let mut cases = fs::read_dir(desk.path("cases")).unwrap();
    let case = cases.next().unwrap().unwrap().path();
    serde_json::from_slice(&fs::read(case.join("case.json")).unwrap()).unwrap()
}

#[test]
fn adapters_are_added_set_removed_and_undone() {
    let desk = Desk::new();
    let first = lora("kohya");
    let mut window = window(&desk, &reference("sd1/pretrained"), &first);
    until(&mut window, "the pair", can_start);
    settle(&mut window);
    assert!(has_text(&window, "An adapter (LoRA"));
    assert!(has_text(
        &window,
        "Its file names a single file as its base (“hills-base"
    ));
    // One that is dropped goes on with the one that is there, and the same is not taken twice.
    let second = lora("peft");
    drop_file(&mut window, &second);
    drop_file(&mut window, &second);
    settle(&mut window);
    assert!(has_text(&window, "is applied already"));
    assert_eq!(
        source(&window),
        format!("{}+{}", first.display(), second.display())
    );
    until(&mut window, "both together", can_start);
    settle(&mut window);
    // Its strength is typed.
    let strength = format!("Strength of {}", "sd1_peft.safetensors");
    window
        .get_by_role_and_label(Role::SpinButton, &strength)
        .focus();
    settle(&mut window);
    window.key_press(Key::ArrowDown);
    settle(&mut window);
    assert_eq!(window.state().state.set_up().further[0].strength, 0.99);
    // A third from a file.
    let third = lora("locon");
    desk.answers
        .0
        .borrow_mut()
        .push(Answer::Chosen(vec![third.clone()]));
    click(&mut window, Role::Button, "Add another adapter…");
    until(&mut window, "the library", |window| {
        window.state().state.library.found().is_some()
    });
    settle(&mut window);
    assert!(has_text(&window, "Add another adapter"));
    click(&mut window, Role::Button, "Browse for a file…");
    until(&mut window, "the third adapter", |window| {
        window.state().state.set_up().further.len() == 2
    });
    let three = source(&window);
    assert_eq!(
        three,
        format!(
            "{}+{}@0.99+{}",
            first.display(),
            second.display(),
            third.display()
        )
    );
    // Without the first the second is the fine-tuned model.
    click(&mut window, Role::Button, "Remove sd1_kohya.safetensors");
    assert_eq!(
        source(&window),
        format!("{}@0.99+{}", second.display(), third.display())
    );
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::Undo);
    assert_eq!(source(&window), three);
    window.state_mut().dispatch(&ctx, Command::Redo);
    until(&mut window, "two adapters", can_start);
    // Another fine-tuned model takes the place of all.
    drop_file(&mut window, &reference("sd1/finetuned"));
    settle(&mut window);
    assert!(window.state().state.set_up().further.is_empty());
    assert!(window.query_by_label("Add another adapter…").is_none());
}

#[test]
fn a_run_and_what_is_left_of_it_keep_all_adapters() {
    let desk = Desk::new();
    let (first, second) = (lora("kohya"), lora("peft"));
    let mut window = window(&desk, &reference("sd1/pretrained"), &first);
    let ctx = window.ctx.clone();
    window
        .state_mut()
        .dispatch(&ctx, Command::AddAdapter(second.clone()));
    until(&mut window, "the pair", can_start);
    window.state_mut().dispatch(&ctx, Command::Start);
    // Stopped before it begins, it is offered, and goes on with all that was chosen.
    window.state_mut().dispatch(&ctx, Command::Stop);
    until(&mut window, "the offer", |window| {
        let state = &window.state().state;
        let mut notices = state.notices.iter();
        state.run.is_none() && notices.any(|notice| notice.resume.is_some())
    });
    let notices = &window.state().state.notices;
    let offered = notices.iter().find_map(|notice| notice.resume.clone());
    let Some(Resumption::Run(record)) = offered else {
        panic!("{notices:?}");
    };
    let record: Value = serde_json::from_slice(&fs::read(record).unwrap()).unwrap();
    let kept = &record["cases"][0]["beginning"]["set_up"]["further"];
    assert_eq!(kept[0]["path"], json!(second));
    window
        .get_by_role_and_label(Role::Button, "Resume")
        .click_accesskit();
    finish(&mut window);
    let plan = &recorded(&desk)["plan"]["finetuned"];
    let name = std::path::Path::new(&first).file_name().unwrap();
    assert_eq!(plan["path"], json!(name.to_str().unwrap()));
    assert_eq!(plan["further"].as_array().unwrap().len(), 1, "{plan}");
}

#[test]
fn what_a_model_predicts_is_asked_with_both_losses() {
    let desk = Desk::new();
    let model = desk.path("sd2.safetensors");
    without_record(
        &reference("onefile/sd2s_fp16_modelspec.safetensors"),
        &model,
    );
    let mut window = window(&desk, &model, &model);
    // The configuration first: its shapes are too small to tell.
    until(&mut window, "the question", |window| {
        has_text(window, "A configuration is needed")
    });
    assert_eq!(
        window.state().state.refuses_start().unwrap(),
        "Choose a folder of configurations"
    );
    let configurations = reference("onefile/sd2s_config");
    // By a drop, which is undone, and by a dialog.
    drop_file(&mut window, &configurations);
    let choices = |window: &Window| window.state().state.set_up().choices.clone();
    assert_eq!(
        choices(&window).configurations,
        Some(configurations.clone())
    );
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::Undo);
    assert_eq!(choices(&window).configurations, None);
    until(&mut window, "the question", |window| {
        has_text(window, "A configuration is needed")
    });
    let answer = Answer::Chosen(vec![configurations]);
    desk.answers.0.borrow_mut().push(answer);
    click(
        &mut window,
        Role::Button,
        "Choose a folder of configurations…",
    );
    until(&mut window, "the losses", |window| {
        window.query_all_by_label_contains("error ").count() >= 2
    });
    assert!(!has_text(&window, "A configuration is needed"));
    assert!(has_text(&window, "What does this model predict?"));
    assert_eq!(
        window.state().state.refuses_start().unwrap(),
        "Say what the model predicts"
    );
    click(&mut window, Role::Button, "It predicts velocity (v)");
    until(&mut window, "the pair", can_start);
    settle(&mut window);
    assert!(has_text(&window, "velocity (v), as you said"));
    // Both answers go into the case.
    window.state_mut().dispatch(&ctx, Command::Start);
    finish(&mut window);
    let choices = &recorded(&desk)["plan"]["finetuned"]["choices"];
    assert_eq!(choices["prediction"], "v_prediction");
    assert_eq!(choices["configurations"], "sd2s_config");
    window
        .state_mut()
        .dispatch(&ctx, Command::Show(palimpsest::app::state::Screen::Prepare));
    settle(&mut window);
    // It is taken back, and asked again.
    click(
        &mut window,
        Role::Button,
        "Take back what the model predicts",
    );
    until(&mut window, "the question", |window| {
        has_text(window, "What does this model predict?")
    });
    window.state_mut().dispatch(&ctx, Command::Undo);
    let choices = &window.state().state.set_up().choices;
    assert_eq!(choices.prediction, Some(Prediction::Velocity));
    click(&mut window, Role::Button, "Remove the configurations");
    assert_eq!(window.state().state.set_up().choices.configurations, None);
}

#[test]
fn what_is_not_used_of_an_adapter_is_listed_and_agreed_to() {
    let desk = Desk::new();
    let adapter = lora("kohya_unknown_key");
    let mut window = window(&desk, &reference("sd1/pretrained"), &adapter);
    until(&mut window, "the list", |window| {
        has_text(window, "Not used: 4 of ")
    });
    let refused = window.state().state.refuses_start().unwrap();
    assert_eq!(refused, "Agree to what is not used");
    let list = window.get_by_label_contains("Not used: 4 of ");
    list.click_accesskit();
    settle(&mut window);
    let consent = window.get_by_label_contains("Examine although 4 of ");
    assert_eq!(consent.accesskit_node().role(), Role::CheckBox);
    consent.click_accesskit();
    until(&mut window, "the pair", can_start);
    settle(&mut window);
    assert!(has_text(&window, "These two can be examined together"));
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::Start);
    finish(&mut window);
    let recorded = &recorded(&desk)["plan"]["finetuned"];
    assert_eq!(recorded["choices"]["accept_unused"], true);
    assert_eq!(recorded["lora"]["unused"].as_array().unwrap().len(), 4);
    let prepare = Command::Show(palimpsest::app::state::Screen::Prepare);
    window.state_mut().dispatch(&ctx, prepare);
    settle(&mut window);
    // It is taken back, or with another adapter no longer holds.
    window
        .get_by_label_contains("Examine although 4 of ")
        .click_accesskit();
    until(&mut window, "the refusal", |window| {
        window.state().state.refuses_start().as_deref() == Some("Agree to what is not used")
    });
    window
        .get_by_label_contains("Examine although 4 of ")
        .click_accesskit();
    until(&mut window, "the pair", can_start);
    drop_file(&mut window, &lora("peft"));
    until(&mut window, "the refusal", |window| {
        window.state().state.refuses_start().as_deref() == Some("Agree to what is not used")
    });
}

#[test]
fn of_another_kind_it_is_said_what_it_is_and_it_is_not_offered_again() {
    let desk = Desk::new();
    let flux = desk.path("another family.safetensors");
    fs::copy(reference("lora/11_lora_flux_kohya.safetensors"), &flux).unwrap();
    let mut window = window(&desk, &reference("sd1/pretrained"), &lora("kohya"));
    let ctx = window.ctx.clone();
    let role = palimpsest::app::set_up::ModelRole::Finetuned;
    window
        .state_mut()
        .dispatch(&ctx, Command::UseModel(role, flux.clone()));
    until(&mut window, "the refusal", |window| {
        has_text(window, "It is a LoRA for Flux")
    });
    assert!(has_text(&window, "which is not supported: give one for"));
    let recent = &window.state().state.preferences.recent_models;
    assert!(!recent.contains(&flux), "{recent:?}");
    // One that is only of another base is sound, and stays.
    let other = reference("lora/sdxl_kohya_ldm.safetensors");
    window
        .state_mut()
        .dispatch(&ctx, Command::UseModel(role, other.clone()));
    until(&mut window, "the other refusal", |window| {
        has_text(window, "and the pretrained model is of")
    });
    let recent = &window.state().state.preferences.recent_models;
    assert!(recent.contains(&other), "{recent:?}");
    // An adapter without a base is no failure: it waits for one.
    let set_up = palimpsest::app::set_up::SetUp {
        finetuned: Some(lora("kohya")),
        ..Default::default()
    };
    let command = Command::SetUp(Box::new(set_up), "Set the desk", false);
    window.state_mut().dispatch(&ctx, command);
    settle(&mut window);
    assert!(!has_text(&window, "It is a LoRA for Flux"));
    until(&mut window, "what it is", |window| {
        has_text(window, "choose the pretrained model that it was made from")
    });
}
