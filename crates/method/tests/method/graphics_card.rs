//! Whole networks on a graphics card: PyTorch's trajectory, the CPU's gradients, and the same bits twice. Where no
//! driver is installed the tests are skipped by name.

use crate::pytorch_networks::trajectory;
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::gpu::{Gpu, GpuError};
use palimpsest_diffusion::{DiffusionModel, Engine, LossAndGradient};
use palimpsest_testing::reference::{Family, relative_error};
use std::io::Write;
use std::sync::Arc;

fn cpu(memory: Memory) -> Arc<Cpu> {
    Arc::new(Cpu::new(2, memory).unwrap())
}

/// An engine on the card, or none and a line that says what to install.
fn card(test: &str, memory: Memory) -> Option<Engine> {
    match Gpu::open(None) {
        Ok(gpu) => Some(Engine::Gpu(Arc::new(gpu), cpu(memory))),
        Err(error) => {
            assert!(matches!(error, GpuError::NoAdapter { .. }), "{error}");
            // Past the test runner, which keeps to itself what passing tests print.
            let mut out = std::io::stderr();
            writeln!(out, "skipped {test}: {error}; install mesa-vulkan-drivers").unwrap();
            let required = std::env::var_os("PALIMPSEST_REQUIRE_GRAPHICS").is_some();
            assert!(!required, "a graphics driver is required here");
            None
        }
    }
}

#[test]
fn the_trajectory_on_a_card_is_that_of_the_processor() {
    let test = "the_trajectory_on_a_card_is_that_of_the_processor";
    let Some(engine) = card(test, Memory::Full) else {
        return;
    };
    for family in Family::all() {
        let found = trajectory(&engine, &family);
        let ours = trajectory(&Engine::Cpu(cpu(Memory::Full)), &family);
        let pytorch = family.values("trajectory");
        let size = family.shape().iter().product();
        for (i, (found, pytorch)) in found.iter().zip(pytorch.chunks_exact(size)).enumerate() {
            for expected in [&ours[i], pytorch] {
                let error = relative_error(found, expected);
                assert!(error < 1e-5, "step {i}: {error:e}");
            }
        }
    }
}

#[test]
fn gradients_are_the_processor_s_and_repeat_to_the_bit() {
    let test = "gradients_are_the_processor_s_and_repeat_to_the_bit";
    let Some(full) = card(test, Memory::Full) else {
        return;
    };
    let Engine::Gpu(gpu, _) = &full else {
        panic!("the card's engine");
    };
    let low = Engine::Gpu(Arc::clone(gpu), cpu(Memory::Low));
    for family in Family::all() {
        let at = |engine: &Engine| -> LossAndGradient {
            let path = family.path("finetuned");
            let model = DiffusionModel::open(path, None, engine).unwrap();
            let prompt = model.embed(&family.prompts()[0]).unwrap();
            let mut denoiser = model.denoiser(&prompt).unwrap();
            let start = family.start();
            denoiser.loss_and_gradient(&start, 300, &start).unwrap()
        };
        let (found, expected) = (at(&full), at(&Engine::Cpu(cpu(Memory::Full))));
        let error = relative_error(found.gradient.values(), expected.gradient.values());
        assert!(error < 5e-6, "{error:e}");
        assert!((found.loss / expected.loss - 1.0).abs() < 1e-6);
        for engine in [&full, &low] {
            let again = at(engine);
            assert_eq!(again.loss.to_bits(), found.loss.to_bits());
            let pairs = again.gradient.values().iter().zip(found.gradient.values());
            assert!(pairs.into_iter().all(|(a, b)| a.to_bits() == b.to_bits()));
        }
    }
}
