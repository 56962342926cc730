//! Files that are no LoRA for the model, or damaged: a sentence that says which and why.

use std::fs;

use palimpsest_diffusion::ModelError;

use crate::lora::{Model, write};
use palimpsest_testing::lora::{Pair, Tensors};
use palimpsest_testing::normal::Normal;

const LAYER: &str = "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q";

fn kohya(layer: &str) -> String {
    format!("lora_unet_{}", layer.replace('.', "_"))
}

/// A sound LoRA of one layer.
fn sound() -> Tensors {
    let (pair, name) = (Pair::new(&[6, 2], &[2, 4], &mut Normal(9)), kohya(LAYER));
    pair.named(
        format!("{name}.lora_down.weight"),
        format!("{name}.lora_up.weight"),
    )
}

fn with(name: &str, shape: &[usize], value: f32) -> Tensors {
    let mut tensors = sound();
    tensors.push((
        name.into(),
        shape.to_vec(),
        vec![value; shape.iter().product()],
    ));
    tensors
}

#[test]
fn adapters_of_other_families_are_called_by_their_names() {
    let model = Model::new();
    for (tensor, family) in [
        (
            "lora_unet_double_blocks_0_img_attn_proj.lora_down.weight",
            "Flux",
        ),
        (
            "lora_te2_text_model_encoder_layers_0_self_attn_q_proj.alpha",
            "Stable Diffusion XL",
        ),
        (
            "text_encoder_2.text_model.encoder.layers.0.self_attn.q_proj.lora_A.weight",
            "Stable Diffusion XL",
        ),
        (
            "lora_unet_joint_blocks_0_x_block_attn_qkv.lora_down.weight",
            "Stable Diffusion 3",
        ),
        (
            "transformer.transformer_blocks.0.attn.to_q.lora_A.weight",
            "a transformer",
        ),
    ] {
        let message = model.complaint(&with(tensor, &[1], 1.0), &[]);
        assert!(
            message.contains(&format!("a LoRA for {family}")),
            "{message}"
        );
    }
    // Where names do not tell, the record or the width does, but only if the file does not fit.
    let stranger = with("lora_unet_conv_out.alpha", &[1], 1.0);
    let record = [("ss_base_model_version", "sdxl_base_v1-0")];
    assert!(
        model
            .complaint(&stranger, &record)
            .contains("Stable Diffusion XL")
    );
    let wide = with(
        "lora_unet_down_blocks_1_attn2_to_k.lora_down.weight",
        &[1, 2048],
        1.0,
    );
    assert!(model.complaint(&wide, &[]).contains("Stable Diffusion XL"));
    let xl = Model::xl();
    for (width, family) in [(768, "1 or 2"), (1024, "1 or 2")] {
        let name = "lora_unet_mid_block_attentions_9_attn2_to_k.lora_down.weight";
        let message = xl.complaint(&with(name, &[1, width], 1.0), &[]);
        let said = format!(
            "a LoRA for Stable Diffusion {family}, and the pretrained model is of Stable Diffusion XL"
        );
        assert!(message.contains(&said), "{message}");
    }
    for record in ["sd_v1", "sd_v2_v"] {
        let message = xl.complaint(&stranger, &[("ss_base_model_version", record)]);
        assert!(message.contains("Stable Diffusion 1 or 2"), "{message}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(
        model
            .open(&write(folder.path(), &sound(), &record), 1.0)
            .is_ok()
    );
    let message = model.complaint(&Tensors::new(), &[]);
    assert!(message.contains("no change of any layer"), "{message}");
}

#[test]
fn factors_of_other_kinds_must_make_the_layer_too() {
    let model = Model::new();
    let name = kohya(LAYER);
    let file = |tensors: &[(&str, &[usize])]| -> Tensors {
        let named = tensors.iter().map(|&(role, shape)| {
            (
                format!("{name}.{role}"),
                shape.to_vec(),
                vec![0.1; shape.iter().product()],
            )
        });
        named.collect()
    };
    // The layer is [6, 4].
    for tensors in [
        &[
            ("hada_w1_a", &[6, 2][..]),
            ("hada_w1_b", &[2, 4]),
            ("hada_w2_a", &[6, 2]),
            ("hada_w2_b", &[2, 5]),
        ][..],
        &[("lokr_w1", &[2, 2]), ("lokr_w2", &[3, 3])],
        &[
            ("lokr_w1", &[2, 2]),
            ("lokr_w2_a", &[3, 2]),
            ("lokr_w2_b", &[1, 2]),
        ],
        &[("lokr_w1", &[0, 2]), ("lokr_w2", &[3, 2])],
        &[("diff", &[4, 6])],
        &[("w_norm", &[6])],
        &[("diff_b", &[4])],
        &[("oft_blocks", &[2, 2, 2])],
        &[("oft_blocks", &[3, 2, 1])],
        &[("oft_blocks", &[3, 3, 2, 2])],
        &[("oft_blocks", &[64, 3, 2, 2])],
        &[
            ("a1.weight", &[4, 1]),
            ("a2.weight", &[1, 6]),
            ("b1.weight", &[6, 1]),
            ("b2.weight", &[1, 4]),
        ],
        &[("weight", &[6]), ("on_input", &[])],
        &[
            ("dora_scale", &[1, 6]),
            ("lora_up.weight", &[6, 2]),
            ("lora_down.weight", &[2, 4]),
        ],
        &[
            ("lora_magnitude_vector", &[4]),
            ("lora_up.weight", &[6, 2]),
            ("lora_down.weight", &[2, 4]),
        ],
        &[
            ("lora_up.weight", &[6, 2]),
            ("lora_mid.weight", &[2, 3, 1, 1]),
            ("lora_down.weight", &[2, 4]),
        ],
    ] {
        let message = model.complaint(&file(tensors), &[]);
        assert!(
            message.contains("dimensions") && message.contains("[6, 4]"),
            "{tensors:?}: {message}"
        );
    }
    for tensors in [
        &[("hada_w1_a", &[6, 2][..]), ("hada_w1_b", &[2, 4])][..],
        &[("lokr_w1", &[2, 2])],
        &[("on_input", &[])],
        &[("a1.weight", &[4, 1])],
        &[("lora_mid.weight", &[2, 2, 1, 1])],
    ] {
        let message = model.complaint(&file(tensors), &[]);
        assert!(message.contains("incomplete"), "{tensors:?}: {message}");
    }
    // A rotation by what has no inverse, and numbers that are none.
    let folder = tempfile::tempdir().unwrap();
    for (role, shape) in [("oft_blocks", &[3, 2, 2][..]), ("diff", &[6, 4])] {
        let mut tensors = file(&[(role, shape)]);
        tensors[0].2.fill(f32::INFINITY);
        let path = folder.path().join("infinite.safetensors");
        let header: usize = tensors[0].1.iter().product::<usize>() * 4;
        let head = format!(
            r#"{{"{}":{{"dtype":"F32","shape":{shape:?},"data_offsets":[0,{header}]}}}}"#,
            tensors[0].0
        );
        let mut bytes = (head.len() as u64).to_le_bytes().to_vec();
        bytes.extend(head.as_bytes());
        tensors[0]
            .2
            .iter()
            .for_each(|value| bytes.extend(value.to_le_bytes()));
        fs::write(&path, bytes).unwrap();
        let error = model.open(&path, 1.0).err().unwrap();
        assert!(
            matches!(&error, ModelError::NonFiniteTensor { tensor, .. } if tensor.ends_with(role)),
            "{error}"
        );
    }
}

#[test]
fn what_has_no_place_is_named() {
    let model = Model::new();
    for name in [
        "lora_unet_input_blocks_1_1_attn1_to_q.lora_down.weight",
        "lora_unet_conv_out.alpha",
        "unet.down_blocks.7.attn1.to_q.lora_A.weight",
        "text_encoder.text_model.encoder.layers.9.mlp.fc1.lora_B.weight",
        "unet.conv_in.lora_B.bias",
        "unet.conv_in.bias.alpha",
        "conv_in.weight",
        "emb_params",
        "",
    ] {
        let message = model.complaint(&with(name, &[1], 1.0), &[]);
        assert!(
            message.contains("(1 in all: ") && message.contains(name),
            "{message}"
        );
    }
    let mut many = sound();
    many.extend((0..500).map(|i| (format!("strange.{i}.lora_A.weight"), vec![1], vec![0.0])));
    let message = model.complaint(&many, &[]);
    assert!(
        message.contains("(500 in all: ") && message.contains("strange.0"),
        "{message}"
    );
    assert!(
        message.len() < 500 && !message.contains("strange.400"),
        "{message}"
    );
}

#[test]
fn halves_and_doubles_are_refused() {
    let model = Model::new();
    let tensors = sound();
    for (i, missing) in [(0, "leads up"), (1, "leads down")] {
        let message = model.complaint(&vec![tensors[i].clone()], &[]);
        assert!(
            message.contains(missing) && message.contains("to_q"),
            "{message}"
        );
    }
    let alone = vec![(format!("{}.alpha", kohya(LAYER)), vec![], vec![1.0])];
    assert!(model.complaint(&alone, &[]).contains("incomplete"));
    for second in [
        format!("unet.{LAYER}.lora_A.weight"),
        format!("{}.lora.down.weight", kohya(LAYER)),
    ] {
        let message = model.complaint(&with(&second, &[2, 4], 1.0), &[]);
        assert!(message.contains("twice"), "{message}");
    }
}

#[test]
fn matrices_must_make_the_layer() {
    let model = Model::new();
    let numbers = &mut Normal(9);
    for (layer, up, down) in [
        (LAYER, &[4, 2][..], &[2, 6][..]),
        (LAYER, &[6, 2], &[3, 4]),
        (LAYER, &[6, 0], &[0, 4]),
        (LAYER, &[6, 2], &[8]),
        (LAYER, &[], &[]),
        (LAYER, &[6, 2, 1], &[2, 4, 1]),
        (LAYER, &[6, 2, 1, 1], &[2, 4, 3, 3]),
        ("conv_in", &[4, 2], &[2, 18]),
        ("conv_in", &[4, 2, 1, 1], &[2, 2, 1, 1]),
        ("conv_in", &[4, 2, 3, 3], &[2, 2, 1, 1]),
    ] {
        let name = kohya(layer);
        let pair = Pair::new(up, down, numbers);
        let file = pair.named(
            format!("{name}.lora_down.weight"),
            format!("{name}.lora_up.weight"),
        );
        let message = model.complaint(&file, &[]);
        assert!(message.contains("dimensions"), "{message}");
    }
}

#[test]
fn scales_must_be_numbers() {
    let model = Model::new();
    let alpha = format!("{}.alpha", kohya(LAYER));
    assert!(
        model
            .complaint(&with(&alpha, &[], 0.0), &[])
            .contains("alpha of 0")
    );
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), &with(&alpha, &[2], 1.0), &[]);
    let error = model.open(&file, 1.0).err().unwrap();
    assert!(matches!(error, ModelError::TensorShape { .. }), "{error}");
    let pair = Pair::new(&[6, 2], &[2, 4], &mut Normal(9));
    let name = format!("unet.{LAYER}");
    let dotted = pair.named(
        format!("{name}.lora_A.weight"),
        format!("{name}.lora_B.weight"),
    );
    for text in [
        "no JSON",
        "[1]",
        r#"{"unet.lora_alpha": "8"}"#,
        r#"{"unet.alpha_pattern": {"attn[12.to_q": 4}}"#,
        r#"{"unet.alpha_pattern": {"to_q": null}}"#,
    ] {
        let message = model.complaint(&dotted, &[("lora_adapter_metadata", text)]);
        assert!(message.contains("its own scales"), "{message}");
    }
    let zero = [("lora_adapter_metadata", r#"{"unet.lora_alpha": 0}"#)];
    assert!(model.complaint(&dotted, &zero).contains("alpha of 0"));
}

#[test]
fn a_change_beyond_all_numbers_is_refused_when_it_is_made() {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let mut tensors = sound();
    tensors.iter_mut().for_each(|tensor| tensor.2.fill(1e30));
    let lora = model
        .open(&write(folder.path(), &tensors, &[]), 1.0)
        .unwrap();
    let merged = lora.merged(palimpsest_diffusion::files::Part::Unet, &model.unet);
    assert!(matches!(merged, Err(ModelError::NonFinite { .. })));
}

#[test]
fn damaged_files_end_in_a_sentence() {
    let model = Model::new();
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), &sound(), &[("lora_adapter_metadata", "{}")]);
    let whole = fs::read(&file).unwrap();
    // Every length, and every byte of the header changed.
    for length in 0..whole.len() {
        fs::write(&file, &whole[..length]).unwrap();
        assert!(model.open(&file, 1.0).is_err(), "{length} bytes");
    }
    for i in 0..whole.len() - 4 * 20 {
        let mut bytes = whole.clone();
        bytes[i] ^= 1;
        fs::write(&file, bytes).unwrap();
        if let Err(error) = model.open(&file, 1.0) {
            assert!(error.to_string().ends_with('.'), "{error}");
        }
    }
}
