//! The autoencoder's configuration.

use palimpsest_diffusion::files::config::AutoencoderGeometry;
use palimpsest_testing::geometry::stable_diffusion_1_autoencoder;
use serde_json::{Value, json};

use crate::config::{assert_unsupported, assert_wrong, read, with};

/// `vae/config.json` of Stable Diffusion 1.4.
fn vae_v1() -> Value {
    json!({
        "_class_name": "AutoencoderKL", "_diffusers_version": "0.2.2", "act_fn": "silu",
        "block_out_channels": [128, 256, 512, 512],
        "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
        "in_channels": 3, "latent_channels": 4, "layers_per_block": 2, "norm_num_groups": 32,
        "out_channels": 3, "sample_size": 512,
        "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]
    })
}

#[test]
fn published_autoencoders_are_read() {
    let v1 = stable_diffusion_1_autoencoder();
    assert_eq!(v1.factor(), 8);
    assert_eq!(read(&vae_v1(), AutoencoderGeometry::read).unwrap(), v1);
    let v2 = json!({"_diffusers_version": "0.8.0", "sample_size": 768});
    assert_eq!(
        read(&with(&vae_v1(), &v2), AutoencoderGeometry::read).unwrap(),
        v1
    );
    let other = json!({
        "force_upcast": true, "latents_mean": null, "shift_factor": null, "scaling_factor": 0.13025,
        "use_quant_conv": false, "use_post_quant_conv": false, "mid_block_add_attention": false
    });
    let other = read(&with(&vae_v1(), &other), AutoencoderGeometry::read).unwrap();
    assert_eq!(other.scaling_factor, 0.13025);
    assert!(!other.use_quant_conv && !other.use_post_quant_conv && !other.mid_attention);

    for (key, value) in [
        ("_class_name", json!("AutoencoderTiny")),
        ("act_fn", json!("relu")),
        ("down_block_types", json!(["DownEncoderBlock2D"])),
        ("latents_mean", json!([0.0, 0.0, 0.0, 0.0])),
        ("shift_factor", json!(0.0609)),
    ] {
        let config = with(&vae_v1(), &json!({key: value}));
        assert_unsupported(read(&config, AutoencoderGeometry::read), key);
    }
    for (key, value) in [
        ("block_out_channels", json!([32, 32, 32, 32, 32, 32, 32])),
        ("in_channels", json!(4)),
        ("latent_channels", json!(0)),
        ("norm_num_groups", json!(24)),
        ("scaling_factor", json!(0.0)),
        ("scaling_factor", json!("0.18215")),
    ] {
        assert_wrong(
            read(
                &with(&vae_v1(), &json!({key: value})),
                AutoencoderGeometry::read,
            ),
            key,
        );
    }
}
