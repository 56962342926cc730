//! Adapters of every kind and spelling, against the libraries in which they are trained: text embedding and prediction
//! at strengths 1 and 0.8.

use std::path::{Path, PathBuf};

use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::{Choices, DiffusionModel, LoraError, ModelError};
use palimpsest_testing::lora::values;
use palimpsest_testing::reference::{Family, relative_error};
use safetensors::SafeTensors;

use crate::one_file::{engine, predicted};

/// The greatest relative difference that is allowed; mistakes in a formula make at least two hundred times as much.
pub const TOLERANCE: f64 = 3e-6;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/lora")
}

/// Every kind of adapter, and what a description calls it.
const FILES: [(&str, &[&str]); 32] = [
    ("sd1_kohya", &[]),
    ("sd1_kohya_fp16", &[]),
    ("sd1_kohya_no_alpha", &[]),
    ("sd1_kohya_ranks", &[]),
    ("sd1_kohya_alpha_1d", &[]),
    ("sd1_kohya_unknown_key", &[]),
    ("sd1_locon", &[]),
    ("sd1_locon_tucker", &["LoCon with lora_mid", "LoRA"]),
    ("sd1_loha", &["LoHa"]),
    ("sd1_loha_tucker", &["LoHa"]),
    ("sd1_lokr_w2_decomposed", &["LoKr"]),
    ("sd1_lokr_both_decomposed", &["LoKr"]),
    ("sd1_lokr_tucker", &["LoKr"]),
    ("sd1_lokr_full_alpha_ignored", &["LoKr"]),
    (
        "sd1_full_diff",
        &["difference of biases", "whole difference"],
    ),
    (
        "sd1_norm",
        &["LoRA", "difference of biases", "whole difference"],
    ),
    ("sd1_ia3", &["IA\u{b3}"]),
    ("sd1_diag_oft", &["OFT"]),
    ("sd1_diag_oft_constraint_rescaled", &["OFT"]),
    ("sd1_boft", &["BOFT"]),
    ("sd1_glora", &["GLoRA"]),
    ("sd1_dora_out", &["DoRA", "LoRA"]),
    ("sd1_dora_in", &["DoRA", "LoRA"]),
    ("sd1_doha", &["DoRA", "LoHa"]),
    ("sd1_oft_kohya", &["OFT"]),
    ("sd1_peft", &[]),
    ("sd1_peft_rslora_patterns", &[]),
    ("sd1_peft_dora", &["DoRA", "LoRA"]),
    ("sd1_peft_base_model_prefix", &[]),
    ("sd1_processors_no_prefix", &[]),
    ("sd1_processors", &[]),
    ("sd1_lora_layers", &[]),
];

fn agreeing() -> Choices {
    Choices {
        accept_unused: true,
        ..Choices::default()
    }
}

/// Those for Stable Diffusion XL, and the layers that they change, of the noise predictor and of the text encoders.
const XL_FILES: [(&str, &[&str]); 6] = [
    ("sdxl_kohya_ldm", &[]),
    ("sdxl_kohya_diffusers_names", &[]),
    ("sdxl_kohya_ldm_conv", &[]),
    ("sdxl_lokr_ldm", &["LoKr"]),
    ("sdxl_dora_ldm", &["DoRA", "LoRA"]),
    ("sdxl_peft", &[]),
];

#[test]
fn every_kind_agrees_at_both_strengths() {
    let [first, _] = Family::both();
    agree(&first, &FILES, "expected.safetensors");
}

#[test]
fn every_kind_agrees_for_stable_diffusion_xl() {
    let [xl, _] = Family::xl();
    agree(&xl, &XL_FILES, "expected_sdxl.safetensors");
}

fn agree(family: &Family, files: &[(&str, &[&str])], expected: &str) {
    let engine = engine();
    let base = DiffusionModel::open(family.path("pretrained"), None, &engine).unwrap();
    let expected = std::fs::read(folder().join(expected)).unwrap();
    let expected = SafeTensors::deserialize(&expected).unwrap();
    let wanted = |name: &str| {
        let bytes = expected.tensor(name).ok()?.data();
        let words = bytes.as_chunks::<4>().0.iter();
        Some(
            words
                .map(|&word| f32::from_le_bytes(word))
                .collect::<Vec<f32>>(),
        )
    };
    let plain = base.embed(&family.prompts()[0]).unwrap();
    let mut failures = Vec::new();
    for &(name, kinds) in files {
        let file = folder().join(format!("{name}.safetensors"));
        for (strength, label) in [(1.0, "1"), (0.8, "0.8")] {
            let adapters = [(file.clone(), strength)];
            let choices = agreeing();
            let model =
                DiffusionModel::open_lora(&file, &adapters, &base, &engine, &choices).unwrap();
            let description = model.description().lora.unwrap();
            assert_eq!(description.kinds, kinds, "{name}");
            assert_eq!(
                description.unused.is_empty(),
                !name.contains("unknown"),
                "{name}"
            );
            let embedding = model.embed(&family.prompts()[0]).unwrap();
            // Where a file does not change the text encoder, its embedding is the base's.
            let text =
                wanted(&format!("{name}@{label}.text_embeds")).unwrap_or(plain.values.clone());
            let mut text = relative_error(&embedding.values, &text);
            if let Some(own) = &plain.pooled {
                let pooled = wanted(&format!("{name}@{label}.pooled")).unwrap_or(own.clone());
                let found = embedding.pooled.as_ref().unwrap();
                text = text.max(relative_error(found, &pooled));
            }
            let output = wanted(&format!("{name}@{label}.model_output")).unwrap();
            let output = family.channels_last(&output, 4);
            let output = relative_error(&predicted(&model, family, &embedding), &output);
            println!("{name}@{label} text {text:.1e} output {output:.1e}");
            if !(text < TOLERANCE && output < TOLERANCE) {
                failures.push(format!("{name}@{label}: {text:e} {output:e}"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn a_file_that_is_not_wholly_used_needs_consent() {
    let [family, _] = Family::both();
    let engine = engine();
    let base = DiffusionModel::open(family.path("pretrained"), None, &engine).unwrap();
    let file = folder().join("sd1_kohya_unknown_key.safetensors");
    let error = DiffusionModel::open(&file, Some(&base), &engine)
        .err()
        .unwrap();
    let message = error.to_string();
    assert!(
        message.contains("(4 in all: ") && message.contains("--accept-unused"),
        "{message}"
    );
    let model = DiffusionModel::open_as(&file, Some(&base), &engine, &agreeing()).unwrap();
    let description = model.description();
    assert_eq!(
        description.lora.unwrap().unused,
        [
            "lora_te_text_model_embeddings_token_embedding.extra",
            "lora_unet_down_blocks_7_attentions_0_proj_in.alpha",
            "lora_unet_down_blocks_7_attentions_0_proj_in.lora_down.weight",
            "lora_unet_down_blocks_7_attentions_0_proj_in.lora_up.weight",
        ]
    );
    assert!(
        description.notes[0].contains("4 tensors of"),
        "{:?}",
        description.notes
    );
}

#[test]
fn several_are_merged_one_after_the_other_and_share_what_they_leave() {
    let [family, _] = Family::both();
    let engine = engine();
    let base = DiffusionModel::open(family.path("pretrained"), None, &engine).unwrap();
    let file = |name: &str| folder().join(format!("{name}.safetensors"));
    let open = |adapters: &[(PathBuf, f64)]| {
        DiffusionModel::open_lora(
            &adapters[0].0,
            adapters,
            &base,
            &engine,
            &Choices::default(),
        )
        .unwrap()
    };
    // Sums do not depend on their order but for rounding; a rotation and a sum do.
    let weights = |adapters: &[(PathBuf, f64)]| open(adapters).weights(Part::Unet).unwrap();
    let name = "up_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.weight";
    let (turn, add) = ((file("sd1_diag_oft"), 1.0), (file("sd1_dora_out"), 0.7));
    let one = values(&weights(&[turn.clone(), add.clone()]), name);
    let other = values(&weights(&[add.clone(), turn.clone()]), name);
    let after = DiffusionModel::open_lora(
        &add.0,
        std::slice::from_ref(&add),
        &open(std::slice::from_ref(&turn)),
        &engine,
        &Choices::default(),
    );
    assert_eq!(
        one,
        values(&after.unwrap().weights(Part::Unet).unwrap(), name)
    );
    assert_ne!(one, other);
    assert_eq!(open(&[turn, add.clone()]).description().further.len(), 1);

    let own = base.weights(Part::Unet).unwrap();
    let changed = weights(std::slice::from_ref(&add));
    let is_mapped = |name: &&str| changed.stored(name).unwrap().is_mapped();
    let held = own.names().filter(|name| !is_mapped(name)).count();
    assert!(held > 0 && held < own.names().count() / 4, "{held}");
    let nothing = weights(&[(add.0, 0.0)]);
    assert!(
        own.names()
            .all(|name| nothing.stored(name).unwrap().is_mapped())
    );
}

#[test]
fn adapters_of_other_families_are_refused_by_name() {
    let [first, _] = Family::both();
    let [xl, _] = Family::xl();
    let engine = engine();
    let [first, xl] =
        [first, xl].map(|of| DiffusionModel::open(of.path("pretrained"), None, &engine).unwrap());
    let names = FILES.map(|(name, _)| name);
    let for_first = names
        .iter()
        .map(|&name| (&xl, name, "Stable Diffusion 1 or 2"));
    let for_xl = XL_FILES
        .iter()
        .map(|&(name, _)| (&first, name, "Stable Diffusion XL"));
    let unsupported = [
        (&first, "11_lora_sdxl", "Stable Diffusion XL"),
        (&first, "11_lora_flux_kohya", "Flux"),
        (&xl, "11_lora_flux_kohya", "Flux"),
    ];
    for (base, name, what) in for_first.chain(for_xl).chain(unsupported) {
        let file = folder().join(format!("{name}.safetensors"));
        let error = DiffusionModel::open(&file, Some(base), &engine).err();
        let error = error.unwrap_or_else(|| panic!("{name} was opened"));
        let message = error.to_string();
        let is_family = match &error {
            ModelError::Lora(error) => match **error {
                LoraError::Family { .. } => what == "Flux",
                LoraError::OtherFamily { .. } => what != "Flux",
                _ => false,
            },
            _ => false,
        };
        let told = message.contains(what) && message.contains("give ");
        assert!(is_family && told, "{name}: {message}");
    }
    let file = folder().join("11_textual_inversion.safetensors");
    let error = DiffusionModel::open(&file, Some(&first), &engine)
        .err()
        .unwrap();
    assert!(
        error
            .to_string()
            .contains("is a textual-inversion embedding"),
        "{error}"
    );
}
