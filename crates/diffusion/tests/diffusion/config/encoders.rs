//! The configurations of text and picture encoders.

use palimpsest_diffusion::files::config::{Activation, TextGeometry, VisionGeometry, VitGeometry};
use serde_json::{Value, json};

use crate::config::{assert_unsupported, assert_wrong, read, with};

/// `text_encoder/config.json` of Stable Diffusion 1.4.
fn text_v1() -> Value {
    json!({
        "_name_or_path": "openai/clip-vit-large-patch14", "architectures": ["CLIPTextModel"],
        "attention_dropout": 0.0, "bos_token_id": 0, "dropout": 0.0, "eos_token_id": 2,
        "hidden_act": "quick_gelu", "hidden_size": 768, "initializer_factor": 1.0,
        "initializer_range": 0.02, "intermediate_size": 3072, "layer_norm_eps": 1e-05,
        "max_position_embeddings": 77, "model_type": "clip_text_model", "num_attention_heads": 12,
        "num_hidden_layers": 12, "pad_token_id": 1, "torch_dtype": "float32",
        "transformers_version": "4.21.0.dev0", "vocab_size": 49408
    })
}

#[test]
fn published_text_encoders_are_read() {
    let v1 = TextGeometry {
        vocab_size: 49408,
        hidden_size: 768,
        intermediate_size: 3072,
        layers: 12,
        heads: 12,
        max_positions: 77,
        activation: Activation::QuickGelu,
        layer_norm_eps: 1e-5,
        projection: None,
    };
    assert_eq!(read(&text_v1(), TextGeometry::read).unwrap(), v1);
    let v2 = json!({"hidden_act": "gelu", "hidden_size": 1024, "intermediate_size": 4096,
        "num_attention_heads": 16, "num_hidden_layers": 23, "projection_dim": 512});
    let expected = TextGeometry {
        hidden_size: 1024,
        intermediate_size: 4096,
        layers: 23,
        heads: 16,
        activation: Activation::Gelu,
        ..v1.clone()
    };
    assert_eq!(
        read(&with(&text_v1(), &v2), TextGeometry::read).unwrap(),
        expected
    );
    let second = json!({"architectures": ["CLIPTextModelWithProjection"], "projection_dim": 1280});
    let expected = TextGeometry {
        projection: Some(1280),
        ..v1.clone()
    };
    assert_eq!(
        read(&with(&text_v1(), &second), TextGeometry::read).unwrap(),
        expected
    );
    let whole = json!({"model_type": "clip", "text_config": text_v1(), "vision_config": {}});
    assert_eq!(read(&whole, TextGeometry::read).unwrap(), v1);

    let multilingual = with(&text_v1(), &json!({"model_type": "xlm-roberta"}));
    assert_unsupported(read(&multilingual, TextGeometry::read), "model_type");
    let tanh = with(&text_v1(), &json!({"hidden_act": "gelu_new"}));
    assert_unsupported(read(&tanh, TextGeometry::read), "hidden_act");
    for (key, value) in [
        ("hidden_size", json!(0)),
        ("max_position_embeddings", json!(2)),
        ("num_attention_heads", json!(7)),
        ("num_hidden_layers", json!(100_000)),
        ("vocab_size", json!(1e9)),
    ] {
        assert_wrong(
            read(&with(&text_v1(), &json!({key: value})), TextGeometry::read),
            key,
        );
    }
}

#[test]
fn similarity_encoders_are_read() {
    let clip = VisionGeometry {
        hidden_size: 768,
        intermediate_size: 3072,
        projection_dim: 512,
        layers: 12,
        heads: 12,
        image_size: 224,
        patch_size: 32,
        activation: Activation::QuickGelu,
        layer_norm_eps: 1e-5,
    };
    // `openai/clip-vit-base-patch32`, whole and abridged, and its picture encoder alone.
    let whole = json!({"model_type": "clip", "projection_dim": 512, "text_config": {"hidden_size": 512},
        "vision_config": {"dropout": 0.0, "hidden_act": "quick_gelu", "image_size": 224,
            "num_attention_heads": 12, "patch_size": 32, "model_type": "clip_vision_model"}});
    assert_eq!(read(&whole, VisionGeometry::read).unwrap(), clip);
    let alone = json!({"model_type": "clip_vision_model", "patch_size": 32, "projection_dim": 512});
    assert_eq!(read(&alone, VisionGeometry::read).unwrap(), clip);
    // `facebook/dino-vits16`.
    let dino = json!({"architectures": ["ViTModel"], "hidden_act": "gelu", "hidden_size": 384,
        "image_size": 224, "intermediate_size": 1536, "layer_norm_eps": 1e-12, "model_type": "vit",
        "num_attention_heads": 6, "num_channels": 3, "num_hidden_layers": 12, "patch_size": 16,
        "qkv_bias": true});
    let vit = VitGeometry {
        hidden_size: 384,
        intermediate_size: 1536,
        layers: 12,
        heads: 6,
        image_size: 224,
        patch_size: 16,
        activation: Activation::Gelu,
        layer_norm_eps: 1e-12,
        qkv_bias: true,
    };
    assert_eq!(read(&dino, VitGeometry::read).unwrap(), vit);

    assert_unsupported(
        read(
            &with(&dino, &json!({"model_type": "dinov2"})),
            VitGeometry::read,
        ),
        "model_type",
    );
    assert_unsupported(read(&dino, VisionGeometry::read), "model_type");
    assert_unsupported(
        read(&with(&dino, &json!({"num_channels": 1})), VitGeometry::read),
        "num_channels",
    );
    for (key, value) in [
        ("patch_size", json!(15)),
        ("patch_size", json!(1)),
        ("image_size", json!(0)),
    ] {
        assert_wrong(
            read(&with(&dino, &json!({key: value})), VitGeometry::read),
            key,
        );
    }
}
