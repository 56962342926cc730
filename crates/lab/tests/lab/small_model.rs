//! The demonstration model's folder: what is written opens as a model and computes; its tokenizer, its
//! size, its scaling factor; and the files of tensors that carry it.

mod for_diffusers;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use palimpsest_art::Family;
use palimpsest_diffusion::files::safetensors_writer::write_tensors;
use palimpsest_diffusion::files::weights::Shapes;
use palimpsest_diffusion::files::{Parameter, Part, Precision, Weights, WriteError};
use palimpsest_diffusion::network::cpu::Memory;
use palimpsest_diffusion::tokenizer::Tokenizer;
use palimpsest_diffusion::{Device, DiffusionModel, Engine, Latent};
use palimpsest_lab::small_model::{SmallModel, SmallModelError, Structure};
use palimpsest_testing::normal::Normal;

/// Small random weights: norms around 1, everything else around 0.
fn random(shapes: &Shapes, numbers: &mut Normal) -> BTreeMap<String, Parameter> {
    let tensors = shapes.iter().map(|(name, shape)| {
        let is_scale = shape.len() == 1 && name.ends_with("weight");
        let mean = if is_scale { 1.0 } else { 0.0 };
        let values = numbers.take(shape.iter().product());
        let values: Vec<f32> = values.iter().map(|v| mean + 0.05 * v).collect();
        let parameter = Parameter::from_values(shape.clone(), values).unwrap();
        (name.clone(), parameter)
    });
    tensors.collect()
}

fn random_model(folder: &Path, precision: Precision) -> SmallModel {
    random_model_of(folder, Structure::Sd1, precision)
}

fn random_model_of(folder: &Path, structure: Structure, precision: Precision) -> SmallModel {
    let model = SmallModel::write_skeleton(folder, structure).unwrap();
    let numbers = &mut Normal(7);
    for part in structure.parts() {
        let tensors = random(&model.shapes(part).unwrap(), numbers);
        model.write_component(part, &tensors, precision).unwrap();
    }
    model.set_scaling_factor(0.9).unwrap();
    model
}

fn picture() -> image::RgbImage {
    palimpsest_art::draw(Family::Landscape, 1, 1, 128)
}

#[test]
fn a_written_model_opens_and_computes() {
    for precision in [Precision::Single, Precision::Half] {
        let folder = tempfile::tempdir().unwrap();
        random_model(folder.path(), precision);
        let engine = Engine::new(Device::Cpu, 2, Memory::Full).unwrap();
        let model = DiffusionModel::open(folder.path(), None, &engine).unwrap();
        assert_eq!(model.resolution(), 128);
        assert_eq!(model.latent_shape(128).unwrap(), [4, 32, 32]);
        assert_eq!(model.description().prediction, "epsilon");
        let latent = model.encode(&picture()).unwrap();
        assert_eq!(model.decode(&latent).unwrap().dimensions(), (128, 128));
        let prompt = model.embed("a landscape by sks artist").unwrap();
        assert_eq!(prompt.values.len(), 77 * 32);
        let mut denoiser = model.denoiser(&prompt).unwrap();
        let noise = Latent::new([4, 32, 32], Normal(3).take(4 * 32 * 32)).unwrap();
        let found = denoiser.loss_and_gradient(&latent, 500, &noise).unwrap();
        assert!(found.loss.is_finite() && found.loss > 0.0);
        let gradient = found.gradient.values();
        assert!(gradient.iter().all(|v| v.is_finite()) && gradient.iter().any(|&v| v != 0.0));
    }
}

#[test]
fn a_model_of_the_other_structure_has_two_text_encoders_and_is_told_sizes() {
    let folder = tempfile::tempdir().unwrap();
    random_model_of(folder.path(), Structure::Sdxl, Precision::Single);
    let engine = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let model = DiffusionModel::open(folder.path(), None, &engine).unwrap();
    assert_eq!(model.description().family, "Stable Diffusion XL");
    assert_eq!((model.resolution(), model.granularity()), (128, 16));
    let prompt = model.embed("a landscape").unwrap();
    assert_eq!(prompt.values.len(), 77 * 80);
    assert_eq!(prompt.pooled.map(|vector| vector.len()), Some(48));
    // The same words; the second tokenizer fills up with the first token.
    let [first, second] = &prompt.ids[..] else {
        panic!("{:?}", prompt.ids);
    };
    let end = first.last().unwrap();
    let words = first.iter().position(|id| id == end).unwrap() + 1;
    assert_eq!(first[..words], second[..words]);
    assert!(second[words..].iter().all(|&id| id == 0));
}

#[test]
fn the_noise_predictor_has_the_planned_size() {
    let folder = tempfile::tempdir().unwrap();
    let model = SmallModel::write_skeleton(folder.path(), Structure::Sd1).unwrap();
    let size = |part| -> usize {
        let shapes = model.shapes(part).unwrap();
        shapes.values().map(|s| s.iter().product::<usize>()).sum()
    };
    // What diffusers counts for the same configurations.
    assert_eq!(size(Part::Unet), 3_910_404);
    assert_eq!(size(Part::Vae), 233_659);
    let text = model.shapes(Part::TextEncoder).unwrap();
    let table = &text["text_model.embeddings.token_embedding.weight"];
    assert!((1000..2000).contains(&table[0]), "{table:?}");
}

#[test]
fn captions_take_one_token_a_word_and_every_text_some() {
    let folder = tempfile::tempdir().unwrap();
    SmallModel::write_skeleton(folder.path(), Structure::Sd1).unwrap();
    let tokenizer = Tokenizer::open(&folder.path().join("tokenizer")).unwrap();
    let ids = |text: &str| tokenizer.encode(text).unwrap().ids;
    let (begin, end) = (ids("")[0], ids("")[1]);
    assert_eq!(end, begin + 1);
    let words = |text: &str| ids(text)[1..].iter().take_while(|&&id| id != end).count();
    for family in Family::ALL {
        let name = family.name().replace('-', " ");
        let caption = format!("A painting of {name} in the style of sks artist");
        assert_eq!(words(&caption), caption.split(' ').count(), "{caption}");
    }
    assert_eq!(ids("Sunflowers")[1..], ids("sunflowers")[1..]);
    assert!(words("zyx") > 1 && words("富士山") > 1 && words("!?") > 0);
    assert_eq!(ids("red").len(), 77);
    assert_ne!(ids("red"), ids("blue"));
}

#[test]
fn the_scaling_factor_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let model = random_model(folder.path(), Precision::Single);
    let engine = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let encode = || {
        let model = DiffusionModel::open(folder.path(), None, &engine).unwrap();
        model.encode(&picture()).unwrap()
    };
    let before = encode();
    SmallModel::at(model.folder())
        .set_scaling_factor(1.8)
        .unwrap();
    let after = encode();
    for (before, after) in before.values().iter().zip(after.values()) {
        assert!((after - 2.0 * before).abs() <= 1e-6 * after.abs());
    }
    for wrong in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let refused = model.set_scaling_factor(wrong);
        assert!(matches!(refused, Err(SmallModelError::ScalingFactor(_))));
    }
}

#[test]
fn a_skeleton_needs_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let refused = SmallModel::write_skeleton(folder.path(), Structure::Sd1);
    assert!(matches!(refused, Err(SmallModelError::NotEmpty(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

fn tensors(values: &[f32]) -> BTreeMap<String, Parameter> {
    let pair = Parameter::from_values(vec![2, 1], values[..2].to_vec()).unwrap();
    let one = Parameter::from_values(vec![1], values[2..].to_vec()).unwrap();
    BTreeMap::from([("pair".to_owned(), pair), ("a.one".to_owned(), one)])
}

#[test]
fn tensors_come_back_and_the_bytes_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let record: BTreeMap<_, _> = (0..9)
        .map(|i| (format!("key {i}"), "v".repeat(i)))
        .collect();
    let values = [0.1, -70_000.0, 3.5];
    let [first, second] = ["1.safetensors", "2.safetensors"].map(|name| folder.path().join(name));
    for file in [&first, &second] {
        write_tensors(file, &tensors(&values), Precision::Single, &record).unwrap();
    }
    let bytes = fs::read(&first).unwrap();
    assert_eq!(bytes, fs::read(&second).unwrap());
    let (header, metadata) = safetensors::SafeTensors::read_metadata(&bytes).unwrap();
    assert_eq!(header % 8, 0);
    let found = metadata.metadata().clone().unwrap();
    assert_eq!(found.into_iter().collect::<BTreeMap<_, _>>(), record);
    let weights = Weights::open(&[first]).unwrap();
    assert_eq!(weights.names().collect::<Vec<_>>(), ["a.one", "pair"]);
    assert_eq!(
        *weights.parameter("pair", &[2, 1]).unwrap().values(),
        values[..2]
    );
    assert_eq!(
        *weights.parameter("a.one", &[1]).unwrap().values(),
        values[2..]
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "remains");
}

#[test]
fn half_precision_rounds_to_nearest_and_refuses_what_it_cannot_hold() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("half.safetensors");
    let write = |values: &[f32], precision| {
        write_tensors(&file, &tensors(values), precision, &BTreeMap::new())
    };
    write(
        &[1.0 + 1.0 / 1024.0 + 1e-4, -0.5, 65_504.0],
        Precision::Half,
    )
    .unwrap();
    let weights = Weights::open(std::slice::from_ref(&file)).unwrap();
    let pair = weights.parameter("pair", &[2, 1]).unwrap();
    assert_eq!(*pair.values(), [1.0 + 1.0 / 1024.0, -0.5]);
    let bytes = fs::read(&file).unwrap();
    for (value, precision) in [
        (70_000.0, Precision::Half),
        (f32::NAN, Precision::Half),
        (f32::INFINITY, Precision::Single),
    ] {
        let error = write(&[0.0, value, 0.0], precision).unwrap_err();
        let message = error.to_string();
        assert!(matches!(error, WriteError::NotFinite { .. }), "{message}");
        assert!(message.contains("pair") && message.contains("half.safetensors"));
        assert_eq!(fs::read(&file).unwrap(), bytes, "the old file is untouched");
    }
    let nowhere = folder.path().join("absent/file.safetensors");
    let error = write_tensors(
        &nowhere,
        &tensors(&[0.0; 3]),
        Precision::Single,
        &BTreeMap::new(),
    );
    assert!(matches!(error, Err(WriteError::Io { .. })));
}
