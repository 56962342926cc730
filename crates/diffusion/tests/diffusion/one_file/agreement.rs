//! What single files of every format compute, against PyTorch with the same file: text embedding, prediction, latent and
//! decoded picture. With `--nocapture` the errors that were reached are printed, a row a file.

use palimpsest_diffusion::autoencoder::Decoder;
use palimpsest_diffusion::files::Part;
use palimpsest_diffusion::network::backend::Grid;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::tape::Recording;
use palimpsest_diffusion::noise_predictor::{Condition, NoisePredictor, Sizes};
use palimpsest_diffusion::{DiffusionModel, ModelError};
use palimpsest_testing::reference::{Family, relative_error, tensor};

use super::{configured, folder, open};

/// The greatest relative difference that is allowed; that of a mistake is a hundred times larger at least.
const TOLERANCE: f64 = 3e-6;

/// The latents of the reference.
const GRID: Grid = Grid {
    height: 16,
    width: 16,
};

/// The noise predictor's output for the first noised latent of `family`, under an embedding.
pub fn predicted<'a>(
    model: &DiffusionModel,
    family: &Family,
    embedding: impl Into<Condition<'a>>,
) -> Vec<f32> {
    let cpu = Cpu::new(2, Memory::Full).unwrap();
    let weights = model.weights(Part::Unet).unwrap();
    let network = NoisePredictor::load(model.unet_geometry().clone(), &weights, &cpu).unwrap();
    let prompt = network.prompt(&cpu, embedding).unwrap();
    let prompt = prompt.sized(Sizes::untouched(128, 128));
    let timestep = family.timesteps()[0];
    let alpha = family.values("alphas_cumprod")[timestep];
    let (latent, noise) = (family.values("latent"), family.values("noise"));
    let noised = latent.iter().zip(&noise);
    let noised: Vec<f32> = noised
        .map(|(z, e)| alpha.sqrt() * z + (1.0 - alpha).sqrt() * e)
        .collect();
    let tokens = family.channels_last(&noised, 4);
    let predicted = network.predict(&cpu, Recording::Nothing, &tokens, GRID, timestep, &prompt);
    predicted.unwrap().values().unwrap()
}

/// The picture decoded from the reference's latent, channels last.
fn decoded(model: &DiffusionModel, family: &Family) -> Vec<f32> {
    let cpu = Cpu::new(2, Memory::Full).unwrap();
    let weights = model.weights(Part::Vae).unwrap();
    let decoder = Decoder::load(model.autoencoder_geometry(), &weights, &cpu).unwrap();
    let scale = model.autoencoder_geometry().scaling_factor;
    let latent: Vec<f32> = family.values("latent").iter().map(|v| v / scale).collect();
    let tokens = family.channels_last(&latent, 4);
    decoder.pixels(&cpu, &tokens, GRID).unwrap().0
}

/// Holds text embedding, prediction, latent and picture against the expected ones called `expected`.
pub fn check(model: &DiffusionModel, family: &Family, expected: &str) {
    let file = folder().join("expected.safetensors");
    let wanted = |what: &str| tensor(&file, &format!("{expected}.{what}")).1;
    let embedding = model.embed(&family.prompts()[0]).unwrap();
    let mut errors = vec![(
        "text",
        relative_error(&embedding.values, &wanted("text_embeds")),
    )];
    if let Some(pooled) = &embedding.pooled {
        errors.push(("vector", relative_error(pooled, &wanted("pooled"))));
    }
    let found = predicted(model, family, &embedding);
    let output = family.channels_last(&wanted("model_output"), 4);
    errors.push(("output", relative_error(&found, &output)));
    let picture = image::open(family.path("artwork_prepared_128.png")).unwrap();
    let latent = model.encode(&picture.to_rgb8()).unwrap();
    let scale = model.autoencoder_geometry().scaling_factor;
    let scaled: Vec<f32> = wanted("latent_mean").iter().map(|v| v * scale).collect();
    errors.push(("latent", relative_error(latent.values(), &scaled)));
    // The picture is there for one file of each autoencoder.
    if matches!(expected, "sd1s_fp16" | "sdxl_fp16") {
        let picture = family.channels_last(&wanted("decoded"), 3);
        errors.push(("picture", relative_error(&decoded(model, family), &picture)));
    }
    let row: Vec<String> = errors
        .iter()
        .map(|(of, e)| format!("{of} {e:.1e}"))
        .collect();
    let path = model.description().path;
    let name = path.file_name().unwrap().to_string_lossy();
    println!("{name}: {}", row.join(", "));
    let worst = errors.iter().map(|(_, error)| *error).fold(0.0, f64::max);
    assert!(worst < TOLERANCE, "{name}: {}", row.join(", "));
}

#[test]
fn every_format_of_stable_diffusion_1_agrees() {
    let [family, _] = Family::both();
    for (file, expected) in [
        ("sd1s_fp32.safetensors", "sd1s_fp32"),
        ("sd1s_fp16.safetensors", "sd1s_fp16"),
        ("sd1s_bf16.safetensors", "sd1s_bf16"),
        ("sd1s_fp16_ema.safetensors", "sd1s_fp16"),
        ("sd1s_fp16_no_text_model.safetensors", "sd1s_fp16"),
        ("sd1s_fp16_bare.ckpt", "sd1s_fp16"),
        ("sd1s_fp16_lightning.ckpt", "sd1s_fp16"),
        ("sd1s_fp16_legacy.ckpt", "sd1s_fp16"),
    ] {
        let model = open(&folder().join(file), &configured("sd1s_config")).unwrap();
        assert_eq!(model.description().prediction, "epsilon", "{file}");
        assert!(model.description().borrowed.is_empty(), "{file}");
        let has_average = model
            .description()
            .notes
            .iter()
            .any(|note| note.contains("EMA"));
        assert_eq!(has_average, file.contains("ema"), "{file}");
        check(&model, &family, expected);
    }
}

#[test]
fn stable_diffusion_2_agrees_and_its_prediction_is_the_files() {
    let [_, family] = Family::both();
    for (file, configurations, told) in [
        (
            "sd2s_fp16_modelspec",
            "sd2s_config",
            "velocity (v), as the file says",
        ),
        (
            "sd2_fp16",
            "../sd2/pretrained",
            "velocity (v), as sd2_fp16.yaml says",
        ),
    ] {
        let path = folder().join(format!("{file}.safetensors"));
        let model = open(&path, &configured(configurations)).unwrap();
        assert_eq!(model.description().prediction, "v_prediction");
        let notes = model.description().notes;
        assert!(notes.iter().any(|note| note.contains(told)), "{notes:?}");
        check(&model, &family, file);
    }
}

/// Neither its tensors nor its configurations say what it predicts, so it is asked and not guessed.
#[test]
fn stable_diffusion_2_without_its_yaml_is_asked() {
    let scratch = tempfile::tempdir().unwrap();
    let alone = scratch.path().join("sd2_fp16.safetensors");
    std::fs::copy(folder().join("sd2_fp16.safetensors"), &alone).unwrap();
    let configurations = configured("../sd2/pretrained");
    let error = open(&alone, &configurations).err().unwrap();
    assert!(
        matches!(error, ModelError::NeedsPrediction { .. }),
        "{error}"
    );
}
