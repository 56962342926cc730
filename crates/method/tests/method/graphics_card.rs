//! Whole networks on a graphics card: PyTorch's trajectory, the CPU's gradients, and the same bits twice. Where no
//! driver is installed the tests are skipped by name.

use crate::pytorch_networks::trajectory;
use image::{Rgb, RgbImage};
use palimpsest_diffusion::network::cpu::{Cpu, Memory};
use palimpsest_diffusion::network::gpu::{self, Gpu, GpuError};
use palimpsest_diffusion::{Device, DiffusionModel, Engine, LossAndGradient};
use palimpsest_method::artwork::Crop;
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::{
    ExaminationError, Examined, Examiner, Progress, Request, Steering,
};
use palimpsest_method::inversion::{Checkpoints, Control, Event, Overrides};
use palimpsest_testing::reference::{Family, relative_error};
use std::io::Write;
use std::path::Path;
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
#[ignore = "takes minutes on a driver of software"]
fn the_trajectory_on_a_card_is_that_of_the_processor() {
    let test = "the_trajectory_on_a_card_is_that_of_the_processor";
    let Some(engine) = card(test, Memory::Full) else {
        return;
    };
    // One family to its end: a driver of software takes seconds for a step.
    for (number, family) in Family::all().into_iter().enumerate() {
        let most = if number == 0 { 12 } else { 2 };
        let found = trajectory(&engine, &family, most);
        assert_eq!(found.len(), most);
        let ours = trajectory(&Engine::Cpu(cpu(Memory::Full)), &family, most);
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
fn a_gradient_is_the_processor_s_and_repeats_to_the_bit() {
    gradients(
        "a_gradient_is_the_processor_s_and_repeats_to_the_bit",
        vec![Family::named("sd1")],
    );
}

#[test]
#[ignore = "takes minutes on a driver of software"]
fn gradients_of_every_family_are_the_processor_s_and_repeat_to_the_bit() {
    gradients(
        "gradients_of_every_family_are_the_processor_s_and_repeat_to_the_bit",
        Family::all().into_iter().collect(),
    );
}

fn gradients(test: &str, families: Vec<Family>) {
    let Some(full) = card(test, Memory::Full) else {
        return;
    };
    let Engine::Gpu(gpu, _) = &full else {
        panic!("the card's engine");
    };
    let low = Engine::Gpu(Arc::clone(gpu), cpu(Memory::Low));
    for family in families {
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

/// Examines a picture on the card, which is lost `losses` times as soon as the descent is under way.
fn examined(folder: &Path, losses: usize) -> Result<Examined, ExaminationError> {
    let family = Family::named("sd1");
    let request = Request {
        device: Some(Device::Gpu),
        overrides: Overrides {
            steps: Some(8),
            ..Overrides::default()
        },
        ..Request::new(family.path("pretrained"), family.path("finetuned"))
    };
    let picture = folder.join("picture.png");
    let pixels = RgbImage::from_fn(128, 128, |x, y| Rgb([x as u8, y as u8, (x * y) as u8]));
    pixels.save(&picture).unwrap();
    let (sink, stream) = event_channel();
    let steering = Steering::new(Control::new(), sink);
    let losing = std::thread::spawn(move || {
        let under_way = |news: &Progress| matches!(news, Progress::Inversion(Event::Step(step)) if step.step >= 2);
        for _ in stream.filter(under_way).take(losses) {
            gpu::open().unwrap().lose();
        }
    });
    let examine = || {
        let mut examiner = Examiner::open(&request, &steering)?;
        let prepared = examiner.prepare(&picture, None, Crop::default())?;
        let checkpoints = Checkpoints::at(folder.join("checkpoint"));
        let descended = examiner.descend(&prepared, Some(&checkpoints))?;
        examiner.conclude(prepared, descended)
    };
    let outcome = examine();
    drop(steering);
    losing.join().unwrap();
    outcome
}

#[test]
#[ignore = "takes minutes on a driver of software"]
fn a_run_goes_on_when_its_card_was_lost() {
    if card("a_run_goes_on_when_its_card_was_lost", Memory::Full).is_none() {
        return;
    }
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let [whole, broken, hopeless] = [0, 1, usize::MAX];
    let whole = examined(folders[0].path(), whole).unwrap();
    let broken = examined(folders[1].path(), broken).unwrap();
    assert_eq!(whole.findings.trace, broken.findings.trace);
    assert!(whole.tensors.recovered_latent == broken.tensors.recovered_latent);
    let plan = &whole.findings.plan;
    assert!(plan.arithmetic.starts_with("gpu ("), "{}", plan.arithmetic);
    let check = whole.findings.device_check.unwrap();
    for compared in [check.pretrained, check.finetuned] {
        assert!(compared.gradient_difference < 1e-5, "{compared:?}");
        assert!((compared.loss / compared.loss_on_processor - 1.0).abs() < 1e-6);
    }
    let error = examined(folders[2].path(), hopeless).unwrap_err();
    assert!(
        error.to_string().contains("choose another device"),
        "{error}"
    );
}
