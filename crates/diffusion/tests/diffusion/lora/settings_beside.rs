//! Adapters as PEFT saves them (`PeftModel.save_pretrained`): the scale of their changes stands in `adapter_config.json`.

use std::fs;

use palimpsest_diffusion::DiffusionModel;
use palimpsest_diffusion::files::Part;
use palimpsest_testing::lora::{Pair, Tensors, values};
use palimpsest_testing::normal::Normal;

use crate::lora::{Model, assert_merged, write};
use crate::one_file::engine;

const LAYER: &str = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";
const OF_TEXT: &str = "text_model.encoder.layers.0.self_attn.q_proj";
const RANK: usize = 2;

fn pair(layer: &str) -> (Pair, Tensors) {
    let outputs = if layer == LAYER { 6 } else { 4 };
    let pair = Pair::new(&[outputs, RANK], &[RANK, 4], &mut Normal(9));
    let name = |side: &str| format!("base_model.model.{layer}.lora_{side}.weight");
    let tensors = pair.named(name("A"), name("B"));
    (pair, tensors)
}

/// The scale of the change of `layer` with these settings beside its file, or the error.
fn check(layer: &str, settings: &str, scale: f64) {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let (pair, tensors) = pair(layer);
    let path = write(folder.path(), &tensors, &[]);
    let settings_file = folder.path().join("adapter_config.json");
    fs::write(&settings_file, settings).unwrap();
    let lora = model.open(&path, 1.0).unwrap();
    let (part, weights) = match layer {
        LAYER => (Part::Unet, &model.unet),
        _ => (Part::TextEncoder, &model.text),
    };
    let target = format!("{layer}.weight");
    let expected = pair.added_to(&values(weights, &target), scale);
    assert_merged(&lora, part, weights, &target, &expected);
    assert!(lora.files().eq([path.as_path(), &settings_file]));
}

#[test]
fn the_scale_is_that_of_the_settings_beside_the_file() {
    check(LAYER, r#"{"r": 2, "lora_alpha": 5}"#, 2.5);
    check(OF_TEXT, r#"{"r": 2, "lora_alpha": 5}"#, 2.5);
    check(
        LAYER,
        r#"{"r": 2, "lora_alpha": 3, "use_rslora": true}"#,
        3.0 / f64::from(2.0f32).sqrt(),
    );
    check(
        LAYER,
        r#"{"r": 2, "lora_alpha": 3, "init_lora_weights": "gaussian"}"#,
        1.5,
    );
}

#[test]
fn patterns_are_regular_expressions_of_the_end_of_a_name() {
    for (pattern, alpha) in [
        ("to_q", 7.0),
        ("o_q", 4.0),
        (r"attn1\\.to_q", 7.0),
        (r".*attn\\d\\.to_[qk]", 7.0),
        (r"^down_blocks\\.0\\..*to_q", 7.0),
        ("^attn1.to_q", 4.0),
        ("to_k|to_v", 4.0),
    ] {
        let settings = format!(r#"{{"lora_alpha": 4, "alpha_pattern": {{"{pattern}": 7}}}}"#);
        check(LAYER, &settings, alpha / 2.0);
    }
}

#[test]
fn settings_that_say_nothing_clear_are_refused_by_name() {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), &pair(LAYER).1, &[]);
    for (settings, why) in [
        (r#"{"lora_alpha": "four"}"#, "lora_alpha is \"four\""),
        ("{", "EOF"),
        (
            r#"{"lora_alpha": 4, "alpha_pattern": {"(": 7}}"#,
            "the pattern",
        ),
        (
            r#"{"lora_alpha": 4, "alpha_pattern": {"(((.{9}){99}){99}){99}": 7}}"#,
            "the pattern",
        ),
        (
            r#"{"lora_alpha": 4, "alpha_pattern": {"to_q": 7, "attn1.to_q": 8}}"#,
            "several patterns",
        ),
        (r#"{"lora_alpha": 0}"#, "alpha"),
        ("{}", "does not say its lora_alpha"),
        (
            r#"{"lora_alpha": 4, "init_lora_weights": "pissa_niter_16"}"#,
            "began with pissa_niter_16",
        ),
    ] {
        fs::write(folder.path().join("adapter_config.json"), settings).unwrap();
        let error = model.open(&path, 1.0).err().unwrap().to_string();
        assert!(error.contains(why), "{settings}: {error}");
    }
}

#[test]
fn more_patterns_than_anybody_writes_are_refused_before_they_cost_anything() {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), &pair(LAYER).1, &[]);
    let settings = |pattern: &dyn Fn(usize) -> String, count: usize| {
        let patterns = (0..count).map(|i| format!(r#""{}": 7"#, pattern(i)));
        let patterns = patterns.collect::<Vec<_>>().join(", ");
        format!(r#"{{"lora_alpha": 4, "alpha_pattern": {{{patterns}}}}}"#)
    };
    for (pattern, count, why) in [
        (
            &(|i| format!("a{i}")) as &dyn Fn(usize) -> String,
            70_000,
            "70000 patterns",
        ),
        (&|i| format!("a{i}.*"), 300, "more than 256"),
    ] {
        fs::write(
            folder.path().join("adapter_config.json"),
            settings(pattern, count),
        )
        .unwrap();
        let error = model.open(&path, 1.0).err().unwrap().to_string();
        assert!(error.contains(why), "{error}");
    }
    // One a layer, as diffusers writes them.
    let all = settings(&|i| format!("down_blocks.{i}.to_k"), 2_000);
    fs::write(folder.path().join("adapter_config.json"), all).unwrap();
    assert!(model.open(&path, 1.0).is_ok());
}

#[test]
#[cfg(unix)]
fn settings_that_a_link_should_lead_to_are_missed() {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), &pair(LAYER).1, &[]);
    let link = folder.path().join("adapter_config.json");
    std::os::unix::fs::symlink(folder.path().join("nowhere"), link).unwrap();
    let error = model.open(&path, 1.0).err().unwrap().to_string();
    assert!(error.contains("adapter_config.json"), "{error}");
}

#[test]
fn a_file_of_another_program_is_read_by_itself() {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let pair = Pair::new(&[6, RANK], &[RANK, 4], &mut Normal(9));
    let name = |side: &str| format!("unet.{LAYER}.lora_{side}.weight");
    let path = write(folder.path(), &pair.named(name("A"), name("B")), &[]);
    fs::write(
        folder.path().join("adapter_config.json"),
        r#"{"lora_alpha": 9}"#,
    )
    .unwrap();
    let lora = model.open(&path, 1.0).unwrap();
    assert!(lora.settings().is_none());
    let target = format!("{LAYER}.weight");
    let expected = pair.added_to(&values(&model.unet, &target), 1.0);
    assert_merged(&lora, Part::Unet, &model.unet, &target, &expected);
}

#[test]
fn a_folder_with_an_adapter_for_each_part_names_the_parts() {
    let folder = tempfile::tempdir().unwrap();
    for part in ["unet", "text_encoder"] {
        let part = folder.path().join(part);
        fs::create_dir(&part).unwrap();
        fs::write(part.join("adapter_config.json"), "{}").unwrap();
    }
    let opened = DiffusionModel::open(folder.path(), None, &engine());
    let message = opened.err().unwrap().to_string();
    assert!(message.contains("unet and text_encoder"), "{message}");
}

#[test]
fn kinds_of_peft_that_are_not_read_are_named() {
    let model = Model::new();
    for (end, kind) in [("ia3_l", "PEFT's IA\u{b3}"), ("oft_R.weight", "PEFT's OFT")] {
        let tensors = vec![(
            format!("base_model.model.{LAYER}.{end}"),
            vec![6, 1],
            vec![1.0; 6],
        )];
        let message = model.complaint(&tensors, &[]);
        assert!(
            message.contains(kind) && message.contains("merge"),
            "{message}"
        );
    }
}
