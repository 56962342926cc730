//! Configuration files as published with Stable Diffusion 1 and 2, CLIP and DINO, of all ages, and
//! what must not pass: other networks, and numbers that do not fit together.

mod autoencoder;
mod encoders;
mod unet;

use std::fmt::Debug;
use std::fs;
use std::path::Path;

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::config::{
    AutoencoderGeometry, TextGeometry, UnetGeometry, VisionGeometry, VitGeometry,
};
use serde_json::{Value, json};

/// Writes `config` to a file and reads it back as geometry.
fn read<T>(config: &Value, reader: fn(&Path) -> Result<T, ModelError>) -> Result<T, ModelError> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.json");
    fs::write(&file, config.to_string()).unwrap();
    reader(&file)
}

/// `config` with some settings replaced.
fn with(config: &Value, changes: &Value) -> Value {
    let mut config = config.clone();
    for (key, value) in changes.as_object().unwrap() {
        config[key] = value.clone();
    }
    config
}

fn assert_unsupported<T: Debug>(result: Result<T, ModelError>, expected: &str) {
    match result.unwrap_err() {
        ModelError::UnsupportedArchitecture { key, .. } => assert_eq!(key, expected),
        other => panic!("{expected}: {other}"),
    }
}

fn assert_wrong<T: Debug>(result: Result<T, ModelError>, expected: &str) {
    match result.unwrap_err() {
        ModelError::Setting { key, .. } => assert_eq!(key, expected),
        other => panic!("{expected}: {other}"),
    }
}

#[test]
fn the_reference_models_are_read() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/reference");
    for (family, channels) in [("sd1", [16, 32, 48, 48]), ("sd2", [16, 32, 48, 64])] {
        let file = |path: &str| root.join(family).join(path);
        let unet = UnetGeometry::read(&file("pretrained/unet/config.json")).unwrap();
        let text = TextGeometry::read(&file("pretrained/text_encoder/config.json")).unwrap();
        let vae = AutoencoderGeometry::read(&file("pretrained/vae/config.json")).unwrap();
        assert_eq!(unet.block_out_channels, channels);
        assert_eq!(unet.cross_attention_dim, text.hidden_size);
        assert_eq!((unet.in_channels, vae.factor()), (vae.latent_channels, 8));
        assert_eq!(
            VisionGeometry::read(&file("clip/config.json"))
                .unwrap()
                .projection_dim,
            16
        );
        assert_eq!(
            VitGeometry::read(&file("dino/config.json"))
                .unwrap()
                .layer_norm_eps,
            1e-12
        );
    }
}

#[test]
fn what_is_no_configuration_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.json");
    let error = UnetGeometry::read(&file).unwrap_err();
    assert!(matches!(error, ModelError::Missing { .. }), "{error}");
    let deep = "[".repeat(100_000);
    for text in ["", "{", "[]", "3", "not json", "\u{feff}{}", deep.as_str()] {
        fs::write(&file, text).unwrap();
        let error = UnetGeometry::read(&file).unwrap_err();
        assert!(matches!(error, ModelError::Json { .. }), "{error}");
    }
    fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    assert!(matches!(
        UnetGeometry::read(&file),
        Err(ModelError::Json { .. })
    ));
    fs::write(&file, " ".repeat(2 << 20)).unwrap();
    assert!(matches!(
        UnetGeometry::read(&file),
        Err(ModelError::TooLarge { .. })
    ));
    fs::write(
        &file,
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
    )
    .unwrap();
    assert!(matches!(
        UnetGeometry::read(&file),
        Err(ModelError::LfsPointer { .. })
    ));
    // A value from a stranger's file neither floods nor steers the terminal.
    let flood = json!({"act_fn": format!("\u{1b}[2J{}", "x".repeat(100_000))});
    let message = read(&flood, UnetGeometry::read).unwrap_err().to_string();
    assert!(
        message.len() < 1000 && !message.contains('\u{1b}'),
        "{message}"
    );
}
