//! The noise predictor's configuration.

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::config::UnetGeometry;
use palimpsest_testing::geometry::{stable_diffusion_1, stable_diffusion_xl};
use serde_json::{Value, json};

use crate::config::{assert_unsupported, assert_wrong, read, with};

/// `unet/config.json` of Stable Diffusion 1.4 (1.5 differs in the version only).
fn unet_v1() -> Value {
    json!({
        "_class_name": "UNet2DConditionModel", "_diffusers_version": "0.2.2", "act_fn": "silu",
        "attention_head_dim": 8, "block_out_channels": [320, 640, 1280, 1280],
        "center_input_sample": false, "cross_attention_dim": 768,
        "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
        "downsample_padding": 1, "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": 4,
        "layers_per_block": 2, "mid_block_scale_factor": 1, "norm_eps": 1e-05, "norm_num_groups": 32,
        "out_channels": 4, "sample_size": 64,
        "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"]
    })
}

/// `unet/config.json` of Stable Diffusion 2.1 (2.0 differs in the version, its base in the size).
fn unet_v2() -> Value {
    let changes = json!({
        "_diffusers_version": "0.10.0.dev0", "attention_head_dim": [5, 10, 20, 20],
        "cross_attention_dim": 1024, "dual_cross_attention": false, "num_class_embeds": null,
        "only_cross_attention": false, "sample_size": 96, "use_linear_projection": true,
        "upcast_attention": true
    });
    with(&unet_v1(), &changes)
}

#[test]
fn published_noise_predictors_are_read() {
    let v1 = stable_diffusion_1();
    assert_eq!(read(&unet_v1(), UnetGeometry::read).unwrap(), v1);
    let v2 = UnetGeometry {
        sample_size: 96,
        cross_attention_dim: 1024,
        heads: vec![5, 10, 20, 20],
        linear_projection: true,
        ..v1.clone()
    };
    assert_eq!(read(&unet_v2(), UnetGeometry::read).unwrap(), v2);
    let xl = json!({
        "sample_size": 128, "cross_attention_dim": 2048, "use_linear_projection": true,
        "addition_embed_type": "text_time", "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816, "block_out_channels": [320, 640, 1280],
        "transformer_layers_per_block": [1, 2, 10], "attention_head_dim": [5, 10, 20],
        "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
        "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"]
    });
    assert_eq!(
        read(&with(&unet_v1(), &xl), UnetGeometry::read).unwrap(),
        stable_diffusion_xl()
    );
    // What the oldest files leave out.
    let sparse = json!({"cross_attention_dim": 768});
    assert_eq!(read(&sparse, UnetGeometry::read).unwrap(), v1);
    // And what newer ones add, all of it saying "as before".
    let explicit = json!({
        "addition_embed_type": null, "attention_type": "default", "class_embed_type": null,
        "conv_in_kernel": 3, "cross_attention_norm": null, "encoder_hid_dim": null,
        "mid_block_scale_factor": 1.0, "mid_block_type": "UNetMidBlock2DCrossAttn",
        "num_attention_heads": null, "only_cross_attention": [false, false, false, false],
        "resnet_out_scale_factor": 1.0, "resnet_time_scale_shift": "default",
        "sample_size": [64, 64], "time_embedding_dim": 1280, "time_embedding_type": "positional",
        "transformer_layers_per_block": [1, 1, 1, 1], "an_unknown_setting": {"of": "no matter"}
    });
    assert_eq!(
        read(&with(&unet_v1(), &explicit), UnetGeometry::read).unwrap(),
        v1
    );
    let heads = json!({"num_attention_heads": [5, 10, 20, 20], "attention_head_dim": 64});
    let heads = read(&with(&unet_v1(), &heads), UnetGeometry::read).unwrap();
    assert_eq!(heads.heads, [5, 10, 20, 20]);
}

#[test]
fn other_noise_predictors_are_refused_by_name() {
    for (key, value) in [
        ("_class_name", json!("UNet2DModel")),
        ("act_fn", json!("mish")),
        ("addition_embed_type", json!("text_image")),
        ("attention_type", json!("gated")),
        ("class_embed_type", json!("timestep")),
        ("conv_in_kernel", json!(1)),
        ("cross_attention_dim", json!([768, 1024])),
        ("cross_attention_norm", json!("layer_norm")),
        (
            "down_block_types",
            json!([
                "DownBlock2D",
                "AttnDownBlock2D",
                "DownBlock2D",
                "DownBlock2D"
            ]),
        ),
        ("dual_cross_attention", json!(true)),
        ("encoder_hid_dim", json!(1024)),
        ("in_channels", json!(8)),
        ("mid_block_scale_factor", json!(1.5)),
        ("mid_block_type", json!(null)),
        ("mid_block_type", json!("UNetMidBlock2D")),
        ("norm_num_groups", json!(null)),
        ("num_class_embeds", json!(1000)),
        ("only_cross_attention", json!(true)),
        ("only_cross_attention", json!([false, false, false, true])),
        ("resnet_time_scale_shift", json!("scale_shift")),
        ("sample_size", json!([64, 96])),
        ("time_embedding_dim", json!(256)),
        ("time_embedding_type", json!("fourier")),
    ] {
        assert_unsupported(
            read(&with(&unet_v1(), &json!({key: value})), UnetGeometry::read),
            key,
        );
    }
    let inpainting = with(&unet_v1(), &json!({"in_channels": 9}));
    let error = read(&inpainting, UnetGeometry::read).unwrap_err();
    assert!(matches!(error, ModelError::Inpainting { .. }), "{error}");
}

#[test]
fn numbers_of_a_noise_predictor_must_fit() {
    for (key, value) in [
        ("attention_head_dim", json!(0)),
        ("attention_head_dim", json!(7)),
        ("attention_head_dim", json!([8, 8, 8])),
        // The last block has no attention, but the middle of the network has it.
        ("attention_head_dim", json!([8, 8, 8, 7])),
        ("block_out_channels", json!([])),
        ("block_out_channels", json!([320, 640, 1280, 99_999_999])),
        ("block_out_channels", json!([320.5, 640, 1280, 1280])),
        ("block_out_channels", json!(320)),
        ("cross_attention_dim", json!(0)),
        ("down_block_types", json!(["DownBlock2D"])),
        ("downsample_padding", json!(2)),
        ("flip_sin_to_cos", json!("yes")),
        ("in_channels", json!(-4)),
        ("layers_per_block", json!(0)),
        ("norm_eps", json!(-1e-5)),
        ("norm_num_groups", json!(0)),
        ("norm_num_groups", json!(33)),
        ("sample_size", json!(1u64 << 60)),
        ("transformer_layers_per_block", json!([1, 2, 10, [1, 1]])),
    ] {
        assert_wrong(
            read(&with(&unet_v1(), &json!({key: value})), UnetGeometry::read),
            key,
        );
    }
    for (key, value) in [
        ("projection_class_embeddings_input_dim", json!(1536)),
        ("projection_class_embeddings_input_dim", json!(0)),
        ("addition_time_embed_dim", json!(255)),
        ("addition_time_embed_dim", json!(0)),
    ] {
        let sized = with(&unet_v1(), &json!({"addition_embed_type": "text_time"}));
        let wrong = with(&sized, &json!({key: value}));
        assert_wrong(read(&wrong, UnetGeometry::read), key);
    }
    let odd = json!({"block_out_channels": [33, 33, 33, 33], "norm_num_groups": 33, "attention_head_dim": 3});
    assert_wrong(
        read(&with(&unet_v1(), &odd), UnetGeometry::read),
        "block_out_channels",
    );
    // Heads of a block without attention are not used, so they may be anything.
    let unused = json!({
        "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
        "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
        "attention_head_dim": [7, 8, 8, 8]
    });
    assert_eq!(
        read(&with(&unet_v1(), &unused), UnetGeometry::read)
            .unwrap()
            .heads[0],
        7
    );
}
