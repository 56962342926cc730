//! Adapters and models that the original libraries make on the spot, in as many settings as somebody likes, held against
//! these libraries' own results. The scripts of `tests/reference` write a folder each, which the tests then read:
//!
//! `make_adapters.py MODEL EXPECTED DIR`, `PALIMPSEST_ADAPTERS=DIR cargo test --test diffusion of_a_folder -- --ignored --nocapture`
//! `make_models.py MODEL EXPECTED DIR`, `PALIMPSEST_MODELS=DIR` and the same.

use std::path::{Path, PathBuf};

use image::{Rgb, RgbImage};
use palimpsest_diffusion::autoencoder::Decoder;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_diffusion::network::backend::Grid;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::{Choices, DiffusionModel};
use palimpsest_testing::reference::{Family, relative_error, tensor};

use crate::lora::kinds::TOLERANCE;
use crate::one_file::{engine, predicted};

/// The end of the names of what is not read and must be refused.
const REFUSED: &str = "_refused";

/// The folder that a variable names, if it is set.
fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable);
    if folder.is_none() {
        println!("skipped: {variable} names no folder");
    }
    folder.map(PathBuf::from)
}

fn first(values: &[f32], channels: usize, family: &Family) -> Vec<f32> {
    family.channels_last(values, channels)
}

#[test]
#[ignore = "needs a folder that tests/reference/make_adapters.py wrote"]
fn adapters_of_a_folder_agree_with_the_libraries_that_made_them() {
    let Some(folder) = folder("PALIMPSEST_ADAPTERS") else {
        return;
    };
    let [family, _] = Family::both();
    let engine = engine();
    let base = DiffusionModel::open(family.path("pretrained"), None, &engine).unwrap();
    let embedding = base.embed(&family.prompts()[0]).unwrap();
    let mut failures = Vec::new();
    for name in names(&folder) {
        let one = folder.join(format!("{name}.safetensors"));
        let path = if one.is_file() {
            one
        } else {
            folder.join(&name)
        };
        let refused = name.ends_with(REFUSED);
        match DiffusionModel::open(&path, Some(&base), &engine) {
            Ok(_) if refused => failures.push(format!("{name} was taken")),
            Ok(model) => {
                let (_, wanted) = tensor(&folder.join("expected.safetensors"), &name);
                let wanted = first(&wanted, 4, &family);
                let error = relative_error(&predicted(&model, &family, &embedding), &wanted);
                println!("{name}: {error:.1e}");
                if error.is_nan() || error >= TOLERANCE {
                    failures.push(format!("{name}: {error:e}"));
                }
            }
            Err(error) if refused => println!("{name}: {error}"),
            Err(error) => failures.push(format!("{name} was refused: {error}")),
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
#[ignore = "needs a folder that tests/reference/make_models.py wrote"]
fn models_of_a_folder_agree_with_diffusers_or_are_refused() {
    let Some(folder) = folder("PALIMPSEST_MODELS") else {
        return;
    };
    let [family, _] = Family::both();
    let mut failures = Vec::new();
    for name in names(&folder) {
        let opened = DiffusionModel::open(folder.join(&name), None, &engine());
        let refused = name.ends_with(REFUSED);
        match opened {
            Err(error) => println!("{name}: {error}"),
            Ok(_) if refused => failures.push(format!("{name} was taken")),
            Ok(model) => {
                let errors = errors(&model, &folder.join("expected.safetensors"), &name, &family);
                println!("{name}: {errors:?}");
                if errors.iter().any(|error| error.is_nan() || *error >= 1e-5) {
                    failures.push(format!("{name}: {errors:?}"));
                }
                failures.extend(in_one_file(
                    &folder,
                    &name,
                    &family,
                    model.schedule().prediction(),
                ));
                continue;
            }
        }
        if !refused {
            failures.push(format!("{name} was refused"));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// Whether the same model in one file is not the same, where the script wrote one.
fn in_one_file(
    folder: &Path,
    name: &str,
    family: &Family,
    prediction: Prediction,
) -> Option<String> {
    let file = folder.join(name).join("one_file.safetensors");
    let choices = Choices {
        configurations: Some(folder.join(name)),
        prediction: Some(prediction),
        ..Choices::default()
    };
    if !file.is_file() {
        return None;
    }
    let model = match DiffusionModel::open_as(&file, None, &engine(), &choices) {
        Ok(model) => model,
        Err(error) => return Some(format!("{name} in one file was refused: {error}")),
    };
    let [text, output, latent, decoded, _] =
        errors(&model, &folder.join("expected.safetensors"), name, family);
    println!("{name} in one file: {text:e} {output:e} {latent:e} {decoded:e}");
    let errors = [text, output, latent, decoded];
    let differs = errors.iter().any(|error| error.is_nan() || *error >= 1e-5);
    differs.then(|| format!("{name} in one file: {errors:?}"))
}

/// Differences of the text embedding, the prediction, the latent, the decoded picture and the schedule.
fn errors(model: &DiffusionModel, expected: &Path, name: &str, family: &Family) -> [f64; 5] {
    let wanted = |what: &str| tensor(expected, &format!("{name}.{what}")).1;
    let embedding = model.embed(&family.prompts()[0]).unwrap();
    let text = relative_error(&embedding.values, &wanted("text"));
    let output = first(&wanted("output"), 4, family);
    let output = relative_error(&predicted(model, family, &embedding), &output);

    let (_, pixels) = tensor(expected, "pixels");
    let side = 64;
    let picture = RgbImage::from_fn(side, side, |x, y| {
        let at = |channel: u32| pixels[(channel * side * side + y * side + x) as usize];
        Rgb([0, 1, 2].map(|channel| ((at(channel) + 1.0) * 127.5).round() as u8))
    });
    let latent = model.encode(&picture).unwrap();
    let latent = relative_error(latent.values(), &wanted("latent"));

    let cpu = Cpu::new(2, Memory::Full).unwrap();
    let weights = model.weights(Part::Vae).unwrap();
    let decoder = Decoder::load(model.autoencoder_geometry(), &weights, &cpu).unwrap();
    let scale = model.autoencoder_geometry().scaling_factor;
    let scaled: Vec<f32> = family.values("latent").iter().map(|v| v / scale).collect();
    let grid = Grid {
        height: 16,
        width: 16,
    };
    let tokens = first(&scaled, 4, family);
    let (decoded, _) = decoder.pixels(&cpu, &tokens, grid).unwrap();
    let picture = first(&wanted("decoded"), 3, family);
    let decoded = relative_error(&decoded, &picture);

    let alphas = relative_error(model.schedule().alphas_cumprod(), &wanted("alphas"));
    [text, output, latent, decoded, alphas]
}

/// The adapters or models of a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let named = paths.filter(|path| !path.ends_with("expected.safetensors"));
    let mut names: Vec<String> = named
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    assert!(!names.is_empty(), "{} is empty", folder.display());
    names
}
