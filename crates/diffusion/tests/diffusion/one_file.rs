//! Models in one file, in the layouts and formats in which they are shared: what they compute is what PyTorch computed
//! with them, and what is no such model is called by its name.

mod agreement;
mod refusals;

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::files::safetensors_writer::write_tensors;
use palimpsest_diffusion::files::{Part, Precision, Weights};
use palimpsest_diffusion::network::cpu::Memory;
use palimpsest_diffusion::{Choices, Device, DiffusionModel, Engine, ModelError};
use palimpsest_testing::reference::{Family, relative_error};

use agreement::check;
pub use agreement::predicted;

pub fn engine() -> Engine {
    Engine::new(Device::Cpu, 2, Memory::Full).unwrap()
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/onefile")
}

fn configured(name: &str) -> Choices {
    Choices {
        configurations: Some(folder().join(name)),
        ..Choices::default()
    }
}

fn open(file: &Path, choices: &Choices) -> Result<DiffusionModel, ModelError> {
    DiffusionModel::open_as(file, None, &engine(), choices)
}

#[test]
fn stable_diffusion_xl_agrees_and_its_marks_tell_its_prediction() {
    let [family, velocity] = Family::xl();
    let choices = configured("../sdxl/pretrained");
    let plain = open(&folder().join("sdxl_fp16.safetensors"), &choices).unwrap();
    let marked = open(&folder().join("sdxl_fp16_vpred.safetensors"), &choices).unwrap();
    for model in [&plain, &marked] {
        check(model, &family, "sdxl_fp16");
        let description = model.description();
        assert_eq!(description.family, "Stable Diffusion XL");
        let left_out = |note: &String| note.contains("were not used");
        assert!(
            !description.notes.iter().any(left_out),
            "{:?}",
            description.notes
        );
    }
    assert_eq!(plain.description().prediction, "epsilon");
    assert_eq!(marked.description().prediction, "v_prediction");
    let error = relative_error(
        marked.schedule().alphas_cumprod(),
        &velocity.values("alphas_cumprod"),
    );
    assert!(error < 1e-6, "{error:e}");
    let last = marked.schedule().alphas_cumprod().last();
    assert_eq!(last, velocity.values("alphas_cumprod").last());

    // What the file lacks is the other model's, part by part.
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("model.safetensors");
    rewritten("sdxl_fp16.safetensors", &file, |name| {
        (!name.starts_with("conditioner.embedders.1.")).then(|| name.into())
    });
    let model =
        DiffusionModel::open_as(&file, Some(&plain), &engine(), &Choices::default()).unwrap();
    assert_eq!(
        model.description().borrowed,
        ["tokenizer", "text_encoder_2", "tokenizer_2"]
    );
    check(&model, &family, "sdxl_fp16");
    let error = DiffusionModel::open_as(&file, None, &engine(), &choices)
        .err()
        .unwrap();
    assert!(matches!(error, ModelError::PartMissing { .. }), "{error}");
}

/// Without configurations the shapes of this tiny model leave its heads open.
#[test]
fn a_stable_diffusion_xl_file_says_what_it_leaves_open() {
    let file = folder().join("sdxl_fp16.safetensors");
    let error = open(&file, &Choices::default()).err().unwrap();
    assert!(
        matches!(error, ModelError::NeedsConfiguration { .. }),
        "{error}"
    );
    let error = open(&file, &configured("sd1s_config")).err().unwrap();
    assert!(
        matches!(error, ModelError::OtherConfiguration { .. }),
        "{error}"
    );
}

/// A copy of `file` whose tensors are renamed and selected by `change`, without a record.
fn rewritten(file: &str, to: &Path, change: impl Fn(&str) -> Option<String>) {
    let weights = Weights::open(&[folder().join(file)]).unwrap();
    let tensors = weights.names().filter_map(|name| {
        let renamed = change(name)?;
        // Whole numbers, such as stored positions, are not weights.
        Some((renamed, weights.stored(name).ok()?))
    });
    write_tensors(to, &tensors.collect(), Precision::Half, &Default::default()).unwrap();
}

#[test]
fn what_predicts_velocity_says_so_or_is_asked() {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("model.safetensors");
    rewritten("sd2s_fp16_modelspec.safetensors", &file, |name| {
        Some(name.into())
    });
    let choices = configured("sd2s_config");
    let error = open(&file, &choices).err().unwrap();
    assert!(
        matches!(error, ModelError::NeedsPrediction { .. }),
        "{error}"
    );
    assert!(error.to_string().contains("--prediction"), "{error}");

    let prediction = |choices: &Choices| open(&file, choices).unwrap().description().prediction;
    let parsed: Choices = serde_json::from_str(r#"{"prediction": "epsilon"}"#).unwrap();
    let chosen = Choices {
        prediction: parsed.prediction,
        ..choices.clone()
    };
    assert_eq!(prediction(&chosen), "epsilon");
    let yaml = scratch.path().join("model.yaml");
    for (text, expected) in [
        (
            "model:\n  target: ldm.LatentDiffusion\n  params:\n    parameterization: \"v\"  # as trained\n",
            "v_prediction",
        ),
        (
            "model: { target: ldm.LatentDiffusion, params: {parameterization: eps} }\n",
            "epsilon",
        ),
        ("model:\n  target: ldm.LatentDiffusion\n", "epsilon"),
    ] {
        fs::write(&yaml, text).unwrap();
        assert_eq!(prediction(&choices), expected, "{text}");
        assert!(open(&file, &choices).unwrap().files().contains(&yaml));
    }
    fs::write(&yaml, "model: LatentDiffusion\n  parameterization: x0\n").unwrap();
    let error = open(&file, &choices).err().unwrap();
    assert!(
        matches!(error, ModelError::UnknownPrediction { .. }),
        "{error}"
    );
    // Noise that is none is not replaced by the usual one.
    for (noise, part) in [
        ("linear_start: much\n  linear_end: 0.012", "is much"),
        ("linear_start: 0.00085", "\"linear_end\""),
        ("linear_start: 0.1\n  linear_end: 0.012", "no less than"),
        ("linear_start: 0.00085\n  linear_end: 1.5", "is 1.5"),
    ] {
        fs::write(&yaml, format!("model: LatentDiffusion\n  {noise}\n")).unwrap();
        let error = open(&file, &choices).err().unwrap();
        assert!(matches!(error, ModelError::Setting { .. }), "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
    fs::write(&yaml, "a: file of something else\n").unwrap();
    let error = open(&file, &choices).err().unwrap();
    assert!(
        matches!(error, ModelError::NeedsPrediction { .. }),
        "{error}"
    );
}

#[test]
fn averages_are_used_where_there_is_nothing_else() {
    let [family, _] = Family::both();
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("model.safetensors");
    rewritten("sd1s_fp16.safetensors", &file, |name| {
        Some(match name.strip_prefix("model.diffusion_model.") {
            Some(rest) => format!("model_ema.diffusion_model{}", rest.replace('.', "")),
            None => name.into(),
        })
    });
    let model = open(&file, &configured("sd1s_config")).unwrap();
    assert!(model.description().notes[0].contains("only as its average"));
    check(&model, &family, "sd1s_fp16");
}

#[test]
fn parts_that_a_file_lacks_are_the_other_models() {
    let [family, _] = Family::both();
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("model.safetensors");
    rewritten("sd1s_fp16.safetensors", &file, |name| {
        name.starts_with("model.").then(|| name.into())
    });
    let choices = configured("sd1s_config");
    let error = open(&file, &choices).err().unwrap();
    assert!(
        matches!(
            error,
            ModelError::PartMissing {
                part: "autoencoder",
                ..
            }
        ),
        "{error}"
    );
    let base = open(&folder().join("sd1s_fp16.safetensors"), &choices).unwrap();
    // Without a configuration the base's serves: its shapes are those of the file.
    let model =
        DiffusionModel::open_as(&file, Some(&base), &engine(), &Choices::default()).unwrap();
    assert_eq!(
        model.description().borrowed,
        ["vae", "text_encoder", "tokenizer"]
    );
    assert_eq!(model.files(), [file]);
    base.check_same_structure(&model).unwrap();
    check(&model, &family, "sd1s_fp16");
}

#[test]
fn a_file_is_never_copied() {
    let model = open(
        &folder().join("sd1s_fp16_legacy.ckpt"),
        &configured("sd1s_config"),
    )
    .unwrap();
    for part in Part::ALL {
        let weights = model.weights(part).unwrap();
        let mapped = |name: &str| weights.stored(name).unwrap().is_mapped();
        assert!(weights.names().count() > 50 && weights.names().all(mapped));
    }
}

#[test]
fn shapes_that_leave_something_open_ask_for_a_configuration() {
    let error = open(&folder().join("sd1s_fp16.safetensors"), &Choices::default())
        .err()
        .unwrap();
    assert!(
        matches!(error, ModelError::NeedsConfiguration { .. }),
        "{error}"
    );
    assert!(error.to_string().contains("--config"), "{error}");
    let error = open(
        &folder().join("sd1s_fp16.safetensors"),
        &configured("sd2s_config"),
    )
    .err()
    .unwrap();
    assert!(
        matches!(error, ModelError::OtherConfiguration { .. }),
        "{error}"
    );
    let error = open(
        &folder().join("sd1s_fp16.safetensors"),
        &configured("nowhere"),
    )
    .err()
    .unwrap();
    assert!(matches!(error, ModelError::Missing { .. }), "{error}");
}
