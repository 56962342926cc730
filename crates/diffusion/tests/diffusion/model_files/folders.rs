//! Model folders: which files of them are used.

use std::fs;

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::{Component, ModelFolder, Weights};

use crate::model_files::{folder, put, reference, small};

#[test]
fn the_reference_folders_are_found() {
    for family in ["sd1", "sd2"] {
        let root = reference(&format!("{family}/finetuned"));
        let model = ModelFolder::open(&root).unwrap();
        assert_eq!(model.root(), root);
        let unet = model.unet().unwrap();
        assert_eq!(unet.config, root.join("unet/config.json"));
        assert_eq!(
            unet.weights,
            [root.join("unet/diffusion_pytorch_model.safetensors")]
        );
        assert!(
            Weights::open(&unet.weights)
                .unwrap()
                .contains("conv_in.weight")
        );
        let text = model.text_encoder().unwrap();
        assert_eq!(text.weights, [root.join("text_encoder/model.safetensors")]);
        assert!(model.vae().is_some() && model.scheduler().is_some());
        assert_eq!(model.tokenizer().unwrap().dir, root.join("tokenizer"));
        let files = model.files();
        assert!(files.is_sorted() && files.len() == 12, "{files:?}");
        assert!(files.contains(&root.join("model_index.json")));
        assert!(files.iter().all(|file| file.is_file()));
        let encoder = Component::open(&reference(&format!("{family}/clip"))).unwrap();
        assert_eq!(encoder.files().len(), 2);
    }
}

#[test]
fn the_best_of_several_weights_is_taken() {
    // In the order of preference.
    let order = [
        "diffusion_pytorch_model.safetensors",
        "diffusion_pytorch_model.safetensors.index.json",
        "model.safetensors",
        "diffusion_pytorch_model.fp16.safetensors",
        "diffusion_pytorch_model.safetensors.index.fp16.json",
        "diffusion_pytorch_model.bf16.safetensors",
        "pytorch_model.bin",
        "pytorch_model.bin.index.json",
        "pytorch_model.fp16.bin",
        "diffusion_pytorch_model.non_ema.safetensors",
        "diffusion_pytorch_model.non_ema.bin",
    ];
    let folder = folder();
    put(folder.path(), "config.json", "{}");
    for name in [
        "part.safetensors",
        "diffusion_pytorch_model-00001-of-00002.safetensors",
        "diffusion_pytorch_model.fp16-00001-of-00002.safetensors",
        "diffusion_pytorch_model.onnx",
        "diffusion_flax_model.msgpack",
        "optimizer.bin",
        "model.safetensors.part",
    ] {
        put(folder.path(), name, small());
    }
    let error = Component::open(folder.path()).unwrap_err();
    assert!(matches!(error, ModelError::NoWeights { .. }), "{error}");
    for name in order.iter().rev() {
        let is_index = name.ends_with(".json");
        put(
            folder.path(),
            name,
            r#"{"metadata": {}, "weight_map": {"w": "part.safetensors"}}"#,
        );
        let expected = if is_index { "part.safetensors" } else { name };
        let found = Component::open(folder.path()).unwrap().weights;
        assert_eq!(found, [folder.path().join(expected)], "{name}");
    }
}

#[test]
fn an_index_names_files_of_its_own_folder() {
    let folder = folder();
    put(folder.path(), "secret.safetensors", small());
    put(folder.path(), "unet/config.json", "{}");
    put(folder.path(), "unet/a.safetensors", small());
    put(folder.path(), "unet/sub/b.safetensors", small());
    let open = |map: &str| {
        let index = "unet/diffusion_pytorch_model.safetensors.index.json";
        put(folder.path(), index, format!(r#"{{"weight_map": {map}}}"#));
        ModelFolder::open(folder.path()).map(|model| model.unet().unwrap().weights.clone())
    };
    let found = open(r#"{"v": "a.safetensors", "w": "a.safetensors"}"#).unwrap();
    assert_eq!(found, [folder.path().join("unet/a.safetensors")]);
    let absolute = folder.path().join("secret.safetensors");
    for name in [
        "../secret.safetensors",
        absolute.to_str().unwrap(),
        "sub/b.safetensors",
        "./a.safetensors",
        "a.safetensors/",
        r"..\\secret.safetensors",
        "C:secret.safetensors",
        "..",
        "",
    ] {
        let error = open(&format!(r#"{{"w": "{name}"}}"#)).unwrap_err();
        assert!(matches!(error, ModelError::Json { .. }), "{name}: {error}");
    }
    assert!(matches!(open("{}"), Err(ModelError::Json { .. })));
    assert!(matches!(open("[]"), Err(ModelError::Json { .. })));
    assert!(matches!(
        open(r#"{"w": "c.safetensors"}"#),
        Err(ModelError::Missing { .. })
    ));
}

#[test]
fn a_folder_may_lack_parts_but_not_the_noise_predictor() {
    let folder = folder();
    let root = folder.path();
    let error = ModelFolder::open(root).unwrap_err();
    assert!(matches!(error, ModelError::NoUnet { .. }), "{error}");
    put(root, "unet/diffusion_pytorch_model.bin", small());
    let error = ModelFolder::open(root).unwrap_err();
    assert!(matches!(error, ModelError::Missing { .. }), "{error}");
    put(root, "unet/config.json", "{}");
    let checkpoint = ModelFolder::open(root).unwrap();
    assert!(checkpoint.vae().is_none() && checkpoint.text_encoder().is_none());
    assert!(checkpoint.tokenizer().is_none() && checkpoint.scheduler().is_none());
    assert_eq!(checkpoint.files().len(), 2);
    for part in ["vae", "text_encoder", "tokenizer", "scheduler"] {
        fs::create_dir(root.join(part)).unwrap();
        let error = ModelFolder::open(root).unwrap_err();
        assert!(matches!(error, ModelError::Missing { .. }), "{error}");
        assert!(error.to_string().contains(part), "{error}");
        fs::remove_dir(root.join(part)).unwrap();
    }
    // The folder of the noise predictor alone is one too deep.
    let error = ModelFolder::open(&root.join("unet")).unwrap_err();
    assert!(matches!(error, ModelError::NoUnet { .. }), "{error}");
    let error = ModelFolder::open(&root.join("absent")).unwrap_err();
    assert!(matches!(error, ModelError::NoSuchModel { .. }), "{error}");
    let single = put(root, "model.ckpt", small());
    let error = ModelFolder::open(&single).unwrap_err();
    assert!(matches!(error, ModelError::SingleFile { .. }), "{error}");
    let error = Component::open(&single).unwrap_err();
    assert!(matches!(error, ModelError::SingleFile { .. }), "{error}");
}
