//! Files that are something else: each is called by its name, with what would serve.

use std::fs;
use std::path::Path;

use palimpsest_diffusion::files::safetensors_writer::write_tensors;
use palimpsest_diffusion::files::{Parameter, Precision};
use palimpsest_diffusion::{Choices, DiffusionModel, ModelError};

use super::{configured, engine, folder, open, rewritten};

/// What is said of a file of tensors of these names and shapes.
fn said(tensors: &[(&str, &[usize])]) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("some.safetensors");
    let tensors = tensors.iter().map(|&(name, shape)| {
        let zeros = vec![0.0; shape.iter().product()];
        (
            name.to_owned(),
            Parameter::from_values(shape.to_vec(), zeros).unwrap(),
        )
    });
    write_tensors(
        &file,
        &tensors.collect(),
        Precision::Single,
        &Default::default(),
    )
    .unwrap();
    let error = DiffusionModel::open(&file, None, &engine())
        .err()
        .unwrap()
        .to_string();
    assert!(
        error.contains("some.safetensors") && error.ends_with('.'),
        "{error}"
    );
    error
}

#[test]
fn other_kinds_are_called_by_their_names() {
    for (tensor, shape, what) in [
        (
            "conditioner.embedders.0.model.ln_final.weight",
            &[8][..],
            "the refiner of Stable Diffusion XL",
        ),
        (
            "model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight",
            &[8, 8],
            "a Stable Diffusion 3 model",
        ),
        (
            "double_blocks.0.img_attn.qkv.weight",
            &[8, 8],
            "a Flux model",
        ),
        (
            "model.diffusion_model.double_blocks.0.img_attn.qkv.weight",
            &[8, 8],
            "a Flux model",
        ),
        (
            "transformer_blocks.0.norm1_context.linear.weight",
            &[8, 8],
            "a Stable Diffusion 3 model",
        ),
        (
            "control_model.input_hint_block.0.weight",
            &[8, 3, 3, 3],
            "a ControlNet",
        ),
        (
            "controlnet_cond_embedding.conv_in.weight",
            &[8, 3, 3, 3],
            "a ControlNet",
        ),
        ("emb_params", &[4, 768], "a textual-inversion embedding"),
        ("<my-style>", &[768], "a textual-inversion embedding"),
        ("style", &[768], "a textual-inversion embedding"),
        ("clip_g", &[2, 1280], "a textual-inversion embedding"),
        (
            "decoder.conv_in.weight",
            &[8, 4, 3, 3],
            "an autoencoder (VAE) alone",
        ),
        (
            "first_stage_model.decoder.conv_in.weight",
            &[8, 4, 3, 3],
            "an autoencoder (VAE) alone",
        ),
        (
            "model.1.sub.0.RDB1.conv1.0.weight",
            &[8, 8, 3, 3],
            "an upscaler",
        ),
        ("body.0.rdb1.conv1.weight", &[8, 8, 3, 3], "an upscaler"),
        (
            "down_blocks.0.resnets.0.conv1.weight",
            &[8, 8, 3, 3],
            "in the diffusers layout",
        ),
        (
            "text_model.final_layer_norm.weight",
            &[8],
            "a text encoder alone",
        ),
        (
            "conditioner.embedders.1.model.ln_final.weight",
            &[8],
            "a text encoder alone",
        ),
        ("something.else", &[8], "no model that this program knows"),
    ] {
        let error = said(&[(tensor, shape)]);
        assert!(error.contains(what), "{tensor}: {error}");
    }
    let inputs = "model.diffusion_model.input_blocks.0.0.weight";
    for (channels, what) in [
        (9, "inpainting"),
        (8, "eight"),
        (7, "upscaler"),
        (5, "depth"),
    ] {
        let error = said(&[(inputs, &[8, channels, 3, 3])]);
        assert!(error.contains(what), "{channels}: {error}");
    }
}

#[test]
fn the_reference_files_that_must_be_refused_are() {
    let error = open(
        &folder().join("refuse_sd1s_inpainting.safetensors"),
        &configured("sd1s_config"),
    );
    let error = error.err().unwrap();
    assert!(matches!(error, ModelError::Inpainting { .. }), "{error}");
    for part in [
        "refuse_sd1s_inpainting.safetensors",
        "nine input channels",
        "choose the text-to-image model",
    ] {
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
    println!("{error}");
    let error = open(
        &folder().join("refuse_sd1s_asks_for_print.ckpt"),
        &configured("sd1s_config"),
    );
    let error = error.err().unwrap();
    println!("{error}");
    assert!(matches!(error, ModelError::PickleCalls { .. }), "{error}");
    for part in [
        "refuse_sd1s_asks_for_print.ckpt",
        "__builtin__.print",
        ".safetensors",
    ] {
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
}

#[test]
fn a_noise_predictor_with_more_or_fewer_layers_is_none_of_ours() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("model.safetensors");
    let last = "model.diffusion_model.output_blocks.11.0.out_layers.3.weight";
    rewritten("sd1s_fp16.safetensors", &file, |name| {
        Some(name.replace("betas", "model.diffusion_model.extra"))
    });
    let error = open(&file, &configured("sd1s_config")).err().unwrap();
    assert!(
        matches!(error, ModelError::OtherNetwork { count: 1, .. }),
        "{error}"
    );
    rewritten("sd1s_fp16.safetensors", &file, |name| {
        (name != last).then(|| name.into())
    });
    let error = open(&file, &configured("sd1s_config")).err().unwrap();
    assert!(matches!(error, ModelError::MissingTensor { .. }), "{error}");
    // What belongs to nothing is said, and does no harm.
    rewritten("sd1s_fp16.safetensors", &file, |name| {
        Some(name.replace("betas", "stray.tensor"))
    });
    let model = open(&file, &configured("sd1s_config")).unwrap();
    let notes = model.description().notes;
    assert!(
        notes
            .iter()
            .any(|note| note.contains("\u{201c}stray.tensor\u{201d}")),
        "{notes:?}"
    );
}

#[test]
fn a_damaged_legacy_pickle_is_refused_within_bounds() {
    let bytes = fs::read(folder().join("sd1s_fp16_legacy.ckpt")).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("m.ckpt");
    let refused = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        DiffusionModel::open_as(Path::new(&file), None, &engine(), &Choices::default())
            .err()
            .unwrap()
    };
    for length in [8, 16, 30, 200, bytes.len() / 2, bytes.len() - 1] {
        let error = refused(&bytes[..length]);
        assert!(
            matches!(
                error,
                ModelError::Damaged { .. } | ModelError::TextFile { .. }
            ),
            "{length}: {error}"
        );
    }
    // The count of the first block, which follows the last pickle.
    let list = bytes
        .windows(3)
        .rposition(|start| start == b"\x80\x02]")
        .unwrap();
    let keys = list
        + bytes[list..]
            .windows(2)
            .position(|end| end == b"e.")
            .unwrap();
    let mut vast = bytes.clone();
    vast[keys + 2..keys + 10].fill(0xff);
    assert!(matches!(refused(&vast), ModelError::Damaged { .. }));
}
