//! The networks against what PyTorch (diffusers, transformers) computed with the same weights: text
//! embeddings, latents, decoding, predictions, losses, gradients and the whole trajectory.

use palimpsest_testing::reference;

use palimpsest_diffusion::files::config::{AutoencoderGeometry, UnetGeometry};
use palimpsest_diffusion::files::{Part, Weights};
use palimpsest_diffusion::network::backend::Grid;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::tape::Recording;
use palimpsest_diffusion::noise_predictor::{Condition, NoisePredictor, Sizes};
use palimpsest_diffusion::{Denoiser, Device, DiffusionModel, Engine, Latent, autoencoder};
use palimpsest_method::inversion::descent::Descent;
use palimpsest_method::inversion::{LatentMask, Preset, Settings};
use reference::{Family, relative_error};

fn engine() -> Engine {
    Engine::new(Device::Cpu, 2, Memory::Full).unwrap()
}

fn models(family: &Family) -> [DiffusionModel; 2] {
    models_on(&engine(), family)
}

fn models_on(engine: &Engine, family: &Family) -> [DiffusionModel; 2] {
    let open = |name: &str| DiffusionModel::open(family.path(name), None, engine).unwrap();
    [open("pretrained"), open("finetuned")]
}

fn denoisers(family: &Family) -> [Box<dyn Denoiser>; 2] {
    denoisers_on(&engine(), family)
}

fn denoisers_on(engine: &Engine, family: &Family) -> [Box<dyn Denoiser>; 2] {
    models_on(engine, family).map(|model| {
        let prompt = model.embed(&family.prompts()[0]).unwrap();
        model.denoiser(&prompt).unwrap()
    })
}

/// For outputs, gradients and losses: at most three times what single precision itself makes of them.
fn tolerances(family: &Family) -> [f64; 3] {
    match family.pooled("pretrained") {
        Some(_) => [6e-6, 1e-5, 1e-6],
        None => [3e-6, 5e-6, 3e-6],
    }
}

#[test]
fn text_embeddings_agree() {
    for family in Family::all() {
        let models = models(&family);
        for (model, name) in models.iter().zip(["pretrained", "finetuned"]) {
            let expected = family.values(&format!("text_embeds_{name}"));
            let size = expected.len() / family.prompts().len();
            for (prompt, expected) in family.prompts().iter().zip(expected.chunks(size)) {
                let found = model.embed(prompt).unwrap().values;
                let error = relative_error(&found, expected);
                assert!(error < 1e-6, "{prompt:?}: {error:e}");
            }
        }
    }
}

#[test]
fn both_tokenizers_and_the_vector_of_the_prompt_agree() {
    let [family, _] = Family::xl();
    let models = models(&family);
    let ids = ["token_ids", "token_ids_2"].map(|name| family.whole(name));
    for (model, name) in models.iter().zip(["pretrained", "finetuned"]) {
        let expected = family.values(&format!("pooled_{name}"));
        let size = expected.len() / family.prompts().len();
        for (i, prompt) in family.prompts().iter().enumerate() {
            let found = model.embed(prompt).unwrap();
            assert_eq!(found.ids.len(), 2);
            for (found, expected) in found.ids.iter().zip(&ids) {
                let found: Vec<usize> = found.iter().map(|&id| id as usize).collect();
                assert_eq!(found, expected[i * 77..(i + 1) * 77], "{prompt:?}");
            }
            let expected = &expected[i * size..(i + 1) * size];
            let error = relative_error(&found.pooled.unwrap(), expected);
            assert!(error < 1e-6, "{prompt:?}: {error:e}");
            assert_eq!(found.truncated, i == 5, "{prompt:?}");
        }
    }
}

#[test]
fn altdiffusion_s_tokens_and_both_forms_of_its_encoder_agree() {
    let family = Family::named("alt");
    let [model, _] = models(&family);
    let ids = family.whole("token_ids");
    let scratch = tempfile::tempdir().unwrap();
    // The later form in place of the first, with all else as it is.
    for part in ["unet", "vae", "tokenizer", "scheduler"] {
        let (from, to) = (
            family.path("pretrained").join(part),
            scratch.path().join(part),
        );
        std::fs::create_dir(&to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let from = entry.unwrap().path();
            std::fs::copy(&from, to.join(from.file_name().unwrap())).unwrap();
        }
    }
    let to = scratch.path().join("text_encoder");
    std::fs::create_dir(&to).unwrap();
    for name in ["config.json", "model.safetensors"] {
        std::fs::copy(family.path("m18_text_encoder").join(name), to.join(name)).unwrap();
    }
    let later = DiffusionModel::open(scratch.path(), None, &engine()).unwrap();
    let alone = Engine::new(Device::Cpu, 1, Memory::Full).unwrap();
    let alone = DiffusionModel::open(scratch.path(), None, &alone).unwrap();
    let expected = family.values("text_embeds_m18");
    let size = expected.len() / family.prompts().len();
    for (i, prompt) in family.prompts().iter().enumerate() {
        let first = model.embed(prompt).unwrap();
        let found: Vec<usize> = first.ids[0].iter().map(|&id| id as usize).collect();
        assert_eq!(found, ids[i * 77..(i + 1) * 77], "{prompt:?}");
        assert_eq!(first.truncated, i == 5, "{prompt:?}");
        let found = later.embed(prompt).unwrap();
        let error = relative_error(&found.values, &expected[i * size..(i + 1) * size]);
        assert!(error < 1e-6, "{prompt:?}: {error:e}");
        assert_eq!(found, alone.embed(prompt).unwrap(), "{prompt:?}");
    }
    assert_eq!(later.description().family, "AltDiffusion");
    // Another text encoder in front of the same network is another model.
    let [first, _] = models(&Family::named("sd1"));
    assert!(first.check_same_structure(&model).is_err());
}

#[test]
fn the_autoencoder_agrees() {
    for family in Family::all() {
        let [model, _] = models(&family);
        let picture = image::open(family.path("artwork_prepared_128.png"))
            .unwrap()
            .to_rgb8();
        let latent = model.encode(&picture).unwrap();
        let error = relative_error(latent.values(), &family.values("latent"));
        assert!(error < 3e-6, "latent: {error:e}");

        let partial = image::open(family.path("partial.png")).unwrap().to_rgb8();
        let error = relative_error(
            model.encode(&partial).unwrap().values(),
            &family.values("start_latent"),
        );
        assert!(error < 1e-5, "start latent: {error:e}");

        let folder = family.path("pretrained/vae");
        let geometry = AutoencoderGeometry::read(&folder.join("config.json")).unwrap();
        let weights = Weights::open(&[folder.join("diffusion_pytorch_model.safetensors")]).unwrap();
        let cpu = Cpu::new(2, Memory::Full).unwrap();
        let decoder = autoencoder::Decoder::load(&geometry, &weights, &cpu).unwrap();
        let grid = Grid {
            height: 16,
            width: 16,
        };
        let scaled = family.values("latent");
        let tokens: Vec<f32> = family
            .channels_last(&scaled, 4)
            .iter()
            .map(|v| v / geometry.scaling_factor)
            .collect();
        let (pixels, _) = decoder.pixels(&cpu, &tokens, grid).unwrap();
        let expected = family.channels_last(&family.values("decoded"), 3);
        let error = relative_error(&pixels, &expected);
        assert!(error < 3e-6, "decoded: {error:e}");
    }
}

fn condition<'a>(tokens: &'a [f32], pooled: Option<&'a [f32]>) -> Condition<'a> {
    Condition { tokens, pooled }
}

/// The output of the network at every step and, of pictures of another size and crop, at timesteps that lie far apart.
#[test]
fn predictions_of_stable_diffusion_xl_agree_at_every_step_and_for_other_sizes() {
    for family in Family::xl() {
        let size = family.shape().iter().product::<usize>();
        let (noise, z) = (family.values("noise"), family.values("latent"));
        let trajectory = family.values("trajectory");
        let alphas = family.values("alphas_cumprod");
        let numbers = family.values("time_ids_other");
        let [a, b, c, d, e, f] = numbers.iter().map(|&v| v as u32).collect::<Vec<_>>()[..] else {
            panic!("{numbers:?}");
        };
        let other = Sizes {
            original: [a, b],
            crop: [c, d],
            target: [e, f],
        };
        for (name, model) in ["pretrained", "finetuned"].into_iter().zip(models(&family)) {
            let cpu = Cpu::new(2, Memory::Full).unwrap();
            let weights = model.weights(Part::Unet).unwrap();
            let geometry = model.unet_geometry().clone();
            let network = NoisePredictor::load(geometry, &weights, &cpu).unwrap();
            let prompts = family.prompts();
            let check = |u: &[f32], e: &[f32], t: usize, prompt: &str, sizes, expected: &[f32]| {
                let embedding = model.embed(prompt).unwrap();
                let prompt = network.prompt(&cpu, &embedding).unwrap().sized(sizes);
                let pairs = u.iter().zip(e);
                let noised: Vec<f32> = pairs
                    .map(|(u, e)| alphas[t].sqrt() * u + (1.0 - alphas[t]).sqrt() * e)
                    .collect();
                let tokens = family.channels_last(&noised, 4);
                let grid = Grid {
                    height: 16,
                    width: 16,
                };
                let found = network
                    .predict(&cpu, Recording::Nothing, &tokens, grid, t, &prompt)
                    .unwrap()
                    .values()
                    .unwrap();
                let error = relative_error(&found, &family.channels_last(expected, 4));
                assert!(error < 6e-6, "{name} at {t}: {error:e}");
            };
            let square = Sizes::untouched(128, 128);
            let start = family.start();
            for (i, &t) in family
                .timesteps()
                .iter()
                .enumerate()
                .filter(|_| name == "pretrained")
            {
                let u = match i {
                    0 => start.values(),
                    _ => &trajectory[(i - 1) * size..i * size],
                };
                let expected = &family.values("model_output_pretrained")[i * size..(i + 1) * size];
                check(
                    u,
                    &noise[i * size..(i + 1) * size],
                    t,
                    &prompts[0],
                    square,
                    expected,
                );
            }
            let grid = family.values(&format!("grid_output_{name}"));
            for (&t, expected) in family.whole("grid_timesteps").iter().zip(grid.chunks(size)) {
                check(&z, &noise[..size], t, &prompts[2], other, expected);
            }
        }
    }
}

#[test]
fn predictions_agree() {
    for family in Family::all() {
        for name in ["pretrained", "finetuned"] {
            let folder = family.path(name).join("unet");
            let geometry = UnetGeometry::read(&folder.join("config.json")).unwrap();
            let file = folder.join("diffusion_pytorch_model.safetensors");
            let weights = Weights::open(&[file]).unwrap();
            let cpu = Cpu::new(2, Memory::Full).unwrap();
            let network = NoisePredictor::load(geometry, &weights, &cpu).unwrap();
            let embeds = family.values(&format!("text_embeds_{name}"));
            let embeds = &embeds[..embeds.len() / family.prompts().len()];
            let pooled = family.pooled(name);
            let prompt = network
                .prompt(&cpu, condition(embeds, pooled.as_deref()))
                .unwrap()
                .sized(Sizes::untouched(128, 128));
            let timestep = family.timesteps()[0];
            let alpha = family.values("alphas_cumprod")[timestep];
            let start = family.start();
            let noised: Vec<f32> = start
                .values()
                .iter()
                .zip(&family.values("noise"))
                .map(|(u, e)| alpha.sqrt() * u + (1.0 - alpha).sqrt() * e)
                .collect();
            let grid = Grid {
                height: 16,
                width: 16,
            };
            let tokens = family.channels_last(&noised, 4);
            let found = network
                .predict(&cpu, Recording::Nothing, &tokens, grid, timestep, &prompt)
                .unwrap()
                .values()
                .unwrap();
            let expected = family.values(&format!("model_output_{name}_0"));
            let error = relative_error(&found, &family.channels_last(&expected, 4));
            assert!(error < tolerances(&family)[0], "{name}: {error:e}");
        }
    }
}

#[test]
fn losses_and_gradients_agree() {
    for family in Family::all() {
        let [mut pretrained, mut finetuned] = denoisers(&family);
        let removed: Vec<f32> = family
            .values("mask_block_4")
            .iter()
            .map(|m| 1.0 - m)
            .collect();
        let shape = family.shape();
        let size: usize = shape.iter().product();
        let losses = [
            family.values("loss_pretrained"),
            family.values("loss_finetuned"),
        ];
        let mut point = family.start();
        let trajectory = family.values("trajectory");
        for (i, &timestep) in family.timesteps().iter().enumerate() {
            let noise = family.values("noise")[i * size..(i + 1) * size].to_vec();
            let noise = Latent::new(shape, noise).unwrap();
            let a = pretrained
                .loss_and_gradient(&point, timestep, &noise)
                .unwrap();
            let b = finetuned
                .loss_and_gradient(&point, timestep, &noise)
                .unwrap();
            for (found, expected) in [(a.loss, losses[0][i]), (b.loss, losses[1][i])] {
                let error = (found / f64::from(expected) - 1.0).abs();
                assert!(error < tolerances(&family)[2], "loss {i}: {error:e}");
            }
            let difference: Vec<f32> = (a.gradient.values().iter())
                .zip(b.gradient.values())
                .zip(removed.iter().cycle())
                .map(|((a, b), r)| (a - b) * r)
                .collect();
            let expected = &family.values("gradient")[i * size..(i + 1) * size];
            let error = relative_error(&difference, expected);
            assert!(error < tolerances(&family)[1], "gradient {i}: {error:e}");
            let only_loss = pretrained.loss(&point, timestep, &noise).unwrap();
            assert_eq!(only_loss, a.loss);
            let next = trajectory[i * size..(i + 1) * size].to_vec();
            point = Latent::new(shape, next).unwrap();
        }
    }
}

/// The latents after each of PyTorch's steps, of the first `most` at most.
pub fn trajectory(engine: &Engine, family: &Family, most: usize) -> Vec<Vec<f32>> {
    let [mut pretrained, mut finetuned] = denoisers_on(engine, family);
    let shape = family.shape();
    let size: usize = shape.iter().product();
    let kept = LatentMask::new([16, 16], &family.values("mask_block_4")).unwrap();
    let latent = Latent::new(shape, family.values("latent")).unwrap();
    let start = Latent::new(shape, family.values("start_latent")).unwrap();
    let settings = Settings {
        step_size: 0.5,
        budget: 1.2,
        ..Preset::Paper.settings(shape)
    };
    let mut descent = Descent::new(&settings, shape);
    let removed: Vec<f32> = family
        .values("mask_block_4")
        .iter()
        .map(|m| 1.0 - m)
        .collect();
    let noises = family.values("noise");
    let steps = family
        .timesteps()
        .into_iter()
        .zip(noises.chunks_exact(size));
    let walked = steps.map(|(timestep, noise)| {
        let noise = Latent::new(shape, noise.to_vec()).unwrap();
        let point = descent.latent(&latent, &start, &kept);
        let at = |model: &mut Box<dyn Denoiser>| {
            let found = model.loss_and_gradient(&point, timestep, &noise);
            found.unwrap().gradient
        };
        let (a, b) = (at(&mut pretrained), at(&mut finetuned));
        let gradient: Vec<f32> = (a.values().iter())
            .zip(b.values())
            .zip(removed.iter().cycle())
            .map(|((a, b), r)| (a - b) * r)
            .collect();
        descent.step(&Latent::new(shape, gradient).unwrap());
        descent.latent(&latent, &start, &kept).values().to_vec()
    });
    walked.take(most).collect()
}

#[test]
fn the_trajectory_agrees_to_its_end() {
    for family in Family::all() {
        let found = trajectory(&engine(), &family, usize::MAX);
        let expected = family.values("trajectory");
        let size = family.shape().iter().product();
        assert_eq!(found.len(), expected.len() / size);
        for (i, (found, expected)) in found.iter().zip(expected.chunks_exact(size)).enumerate() {
            let error = relative_error(found, expected);
            assert!(error < 1e-5, "step {i}: {error:e}");
        }
    }
}
