//! What is climbed and its gradient at the pixels, against PyTorch's through diffusers' networks
//! (`tests/reference/make_protection.py`).

use super::objective::{Draw, Objective, pattern};
use super::{Precaution, Recipe, climbing::Climber};
use palimpsest_diffusion::Latent;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_testing::reference::{Family, relative_error, tensor};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn reference() -> PathBuf {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    root.join("tests/reference/protection.safetensors")
}

#[test]
fn the_gradients_at_the_pixels_are_pytorchs() {
    for name in ["sd1", "sd2", "sdxl"] {
        let family = Family::named(name);
        let cpu = Arc::new(Cpu::new(2, Memory::Full).unwrap());
        let draw = Draw {
            timestep: family.timesteps()[0],
            noise: Latent::new(family.shape(), family.values("noise")[..1024].to_vec()).unwrap(),
        };
        let pixels = family.channels_last(&family.values("pixels"), 3);
        for (precaution, key) in [
            (Precaution::AdvDm, "denoising"),
            (Precaution::Mist, "fused"),
        ] {
            let recipe = Recipe {
                prompt: family.prompts()[0].clone(),
                ..Recipe::new(family.path("pretrained"), precaution)
            };
            let climber = Climber::open(&recipe, &cpu).unwrap();
            let mut denoiser = climber.model.denoiser(&climber.prompt).unwrap();
            let (value, gradient) = climber.gradient(&pixels, &draw, &mut *denoiser).unwrap();
            let expected = |kind: &str| tensor(&reference(), &format!("{name}.{key}{kind}")).1;
            let error = (value / f64::from(expected(".value")[0]) - 1.0).abs();
            assert!(error < 1e-5, "{name}, {key}: {error:e}");
            let norm = gradient
                .iter()
                .map(|v| f64::from(*v).powi(2))
                .sum::<f64>()
                .sqrt();
            let error = (norm / f64::from(expected(".norm")[0]) - 1.0).abs();
            assert!(error < 2e-5, "{name}, {key}: norm {error:e}");
            let some: Vec<f32> = gradient.iter().copied().step_by(37).collect();
            let error = relative_error(&some, &expected(""));
            assert!(error < 3e-5, "{name}, {key}: {error:e}");
        }
    }
}

#[test]
fn without_its_weight_mists_climb_is_the_way_to_the_target_alone() {
    let family = Family::named("sd1");
    let cpu = Arc::new(Cpu::new(1, Memory::Full).unwrap());
    let recipe = Recipe::new(family.path("pretrained"), Precaution::AdvDm);
    let climber = Climber::open(&recipe, &cpu).unwrap();
    let mut denoiser = climber.model.denoiser(&climber.prompt).unwrap();
    let latent = family.start();
    let target = climber.model.encode(&pattern(128)).unwrap();
    let draw = Draw {
        timestep: 500,
        noise: Latent::zeros(family.shape()),
    };
    let fused = Objective::fused(target.clone(), 0.0);
    let (value, gradient) = fused.at(&latent, &draw, &mut *denoiser).unwrap();
    let pairs = || latent.values().iter().zip(target.values());
    let squares: f64 = pairs().map(|(z, y)| f64::from(z - y).powi(2)).sum();
    assert!((value + squares).abs() < 1e-6 * squares);
    let expected: Vec<f32> = pairs().map(|(z, y)| 2.0 * (y - z)).collect();
    assert_eq!(gradient.values(), expected);
}

#[test]
fn the_pattern_is_a_chequerboard_of_black_and_white() {
    let board = pattern(64);
    let at = |x, y| board.get_pixel(x, y).0;
    assert_eq!(
        (at(0, 0), at(3, 3), at(4, 0), at(4, 4)),
        ([255; 3], [255; 3], [0; 3], [255; 3])
    );
    assert_eq!(pattern(3).dimensions(), (3, 3));
}
