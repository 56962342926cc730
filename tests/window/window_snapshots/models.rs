//! Looks of the desk while models are chosen, and of variants before they are sealed.

use super::*;

/// A library as somebody has it, in the folder of the window: files of a day, with nothing chosen yet.
fn library(folder: &Path) {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let models = folder.join("models");
    fs::create_dir(&models).unwrap();
    for (from, to) in [
        ("onefile/sd1s_fp16.safetensors", "hills-base.safetensors"),
        (
            "onefile/sd2s_fp16_modelspec.safetensors",
            "v2-1_small.safetensors",
        ),
        ("lora/sd1_kohya.safetensors", "vincent_hills_v3.safetensors"),
        (
            "lora/sd1_loha.safetensors",
            "watercolour studies with a rather long name, epoch 12 of 20.safetensors",
        ),
        ("lora/sd1_peft_dora.safetensors", "charcoal.safetensors"),
        (
            "lora/11_lora_flux_kohya.safetensors",
            "another family.safetensors",
        ),
    ] {
        let to = models.join(to);
        fs::copy(reference.join(from), &to).unwrap();
        let day = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_773_480_413);
        fs::File::options()
            .write(true)
            .open(&to)
            .unwrap()
            .set_modified(day)
            .unwrap();
    }
    let kept = serde_json::json!({"folders": [models]});
    fs::write(folder.join("model-folders.json"), kept.to_string()).unwrap();
}

#[test]
fn a_model_to_be_chosen_from_the_library() {
    looks(
        "library",
        LEAST,
        |folder| {
            library(folder);
            Opening::Desk(vec![work(folder)])
        },
        |window| {
            until(window, "the models to be looked at", can_start);
            let ctx = window.ctx.clone();
            window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::M);
            until(window, "the library", |window| {
                let library = &window.state().state.library;
                library.found().is_some() && library.hashed().0 == library.hashed().1
            });
            ctx.request_repaint();
        },
    );
}

/// Chooses models of the reference data.
fn choose(window: &mut Window, models: [&str; 2], further: &[&str]) {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let ctx = window.ctx.clone();
    for (role, model) in ModelRole::BOTH.into_iter().zip(models) {
        let command = Command::UseModel(role, reference.join(model));
        window.state_mut().dispatch(&ctx, command);
    }
    for adapter in further {
        let command = Command::AddAdapter(reference.join(adapter));
        window.state_mut().dispatch(&ctx, command);
    }
}

#[test]
fn adapters_of_which_not_all_is_used() {
    looks(
        "adapters",
        USUAL,
        |folder| Opening::Desk(vec![work(folder)]),
        |window| {
            choose(
                window,
                ["sd1/pretrained", "lora/sd1_kohya_unknown_key.safetensors"],
                &["lora/sd1_peft.safetensors"],
            );
            until(window, "the list", |window| {
                has_text(window, "Not used: 4 of ")
            });
            let list = window.get_by_label_contains("Not used: 4 of ");
            list.click_accesskit();
        },
    );
}

#[test]
fn a_model_that_does_not_say_what_it_predicts() {
    looks(
        "prediction",
        USUAL,
        |folder| {
            let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/onefile");
            let from = reference.join("sd2s_fp16_modelspec.safetensors");
            without_record(&from, &folder.join("v2-1_small.safetensors"));
            Opening::Desk(vec![work(folder)])
        },
        |window| {
            let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/onefile");
            let works = &window.state().state.queue.works;
            let folder = works[0].path.parent().unwrap().parent().unwrap();
            let model = folder.join("v2-1_small.safetensors");
            let set_up = SetUp {
                pretrained: Some(model.clone()),
                finetuned: Some(model),
                choices: Choices {
                    configurations: Some(reference.join("sd2s_config")),
                    ..Choices::default()
                },
                ..window.state().state.set_up().clone()
            };
            let ctx = window.ctx.clone();
            let command = Command::SetUp(Box::new(set_up), "Set the desk", false);
            window.state_mut().dispatch(&ctx, command);
            until(window, "the losses", |window| {
                window.query_all_by_label_contains("error ").count() >= 2
            });
        },
    );
}

#[test]
fn a_model_that_needs_a_configuration() {
    looks(
        "configuration",
        LEAST,
        |folder| Opening::Desk(vec![work(folder)]),
        |window| {
            let model = "onefile/sd1s_fp16.safetensors";
            choose(window, [model, "lora/sd1_kohya.safetensors"], &[]);
            until(window, "the question", |window| {
                has_text(window, "A configuration is needed")
            });
        },
    );
}

#[test]
fn the_models_nearest_to_one_of_the_library() {
    looks(
        "nearest",
        USUAL,
        |folder| {
            library(folder);
            let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/sd1/pretrained");
            copy(&base, &folder.join("models/hills base"));
            Opening::Desk(vec![work(folder)])
        },
        |window| {
            choose(window, ["sd1/pretrained", "sd1/finetuned"], &[]);
            until(window, "the models to be looked at", can_start);
            let ctx = window.ctx.clone();
            window.state_mut().dispatch(&ctx, Command::FindNearest);
            until(window, "what is near", |window| {
                has_text(window, "Nearest in the library:")
            });
        },
    );
}

#[test]
fn variants_to_be_sealed() {
    looks(
        "sealing",
        LEAST,
        |folder| Opening::Desk(vec![work(folder)]),
        |window| {
            until(window, "the models to be looked at", can_start);
            let ctx = window.ctx.clone();
            window.state_mut().dispatch(&ctx, Command::SealVariants);
        },
    );
}
