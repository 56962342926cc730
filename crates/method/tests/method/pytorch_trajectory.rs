//! The loop against the path that PyTorch walked with the same draws and gradients.

use crate::toy;

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::Latent;
use palimpsest_method::inversion::descent::Descent;
use palimpsest_method::inversion::{
    Control, Draws, Inversion, InversionError, LatentMask, Settings,
};
use safetensors::SafeTensors;
use toy::{finetuned, pretrained, recorded, run, settings};

/// What PyTorch recorded for one tiny pair of models.
struct Reference(Vec<u8>);

impl Reference {
    fn path(family: &str) -> PathBuf {
        let tests =
            Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/reference");
        tests.join(family).join("expected.safetensors")
    }

    fn read(family: &str) -> Self {
        Self(fs::read(Self::path(family)).unwrap())
    }

    fn values(&self, name: &str) -> Vec<f32> {
        let file = SafeTensors::deserialize(&self.0).unwrap();
        let (words, _) = file.tensor(name).unwrap().data().as_chunks::<4>();
        words.iter().map(|&word| f32::from_le_bytes(word)).collect()
    }

    /// The arrays of `name`, one a step.
    fn latents(&self, name: &str) -> Vec<Latent> {
        let values = self.values(name);
        let each = values.chunks_exact(4 * 16 * 16);
        each.map(|v| Latent::new([4, 16, 16], v.to_vec()).unwrap())
            .collect()
    }

    fn inversion(&self, family: &str) -> Inversion {
        Inversion {
            original: self.latents("latent").remove(0),
            start: self.latents("start_latent").remove(0),
            kept: LatentMask::new([16, 16], &self.values("mask_block_4")).unwrap(),
            settings: Settings {
                step_size: 0.5,
                budget: 1.2,
                contrast_weight: 1.0,
                projected: false,
                ..settings(12)
            },
            draws: Draws::replayed(&Self::path(family), [4, 16, 16]).unwrap(),
            networks: family.into(),
        }
    }
}

fn largest_difference(a: &Latent, b: &Latent) -> f32 {
    let pairs = a.values().iter().zip(b.values());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn pytorch_s_gradients_lead_along_pytorch_s_trajectory() {
    for family in ["sd1", "sd2"] {
        let reference = Reference::read(family);
        let inversion = reference.inversion(family);
        let mut descent = Descent::new(&inversion.settings, [4, 16, 16]);
        let trajectory = reference.latents("trajectory");
        for (gradient, expected) in reference.latents("gradient").iter().zip(&trajectory) {
            assert!(descent.step(gradient));
            let latent = descent.latent(&inversion.original, &inversion.start, &inversion.kept);
            let difference = largest_difference(&latent, expected);
            assert!(difference < 1e-7, "{family}: {difference:e}");
        }
        // The budget must have been reached for the projection to be tested.
        assert!((descent.delta().norm() - 1.2).abs() < 1e-6);
    }
}

#[test]
fn a_whole_run_over_recorded_models_ends_where_pytorch_ended() {
    for family in ["sd1", "sd2"] {
        let reference = Reference::read(family);
        let losses = (
            reference.values("loss_pretrained"),
            reference.values("loss_finetuned"),
        );
        let zeros = vec![Latent::zeros([4, 16, 16]); 12];
        let mut pretrained = recorded(reference.latents("gradient"), &losses.0);
        let mut finetuned = recorded(zeros, &losses.1);
        let inversion = reference.inversion(family);
        let (outcome, _) = run(&inversion, &mut pretrained, &mut finetuned);

        let expected = reference.latents("trajectory").remove(11);
        let difference = largest_difference(&outcome.recovered, &expected);
        assert!(difference < 1e-7, "{family}: {difference:e}");
        let timesteps = [922, 704, 81, 92, 338, 952, 270, 333, 674, 584, 851, 793];
        assert_eq!(outcome.trace.timestep, timesteps);
        let as_f64 = |values: Vec<f32>| values.into_iter().map(f64::from).collect::<Vec<_>>();
        assert_eq!(outcome.trace.loss_pretrained, as_f64(losses.0));
        assert_eq!(outcome.trace.loss_finetuned, as_f64(losses.1));
        let norms = as_f64(reference.values("gradient_norm"));
        for (found, expected) in outcome.trace.gradient_norm.iter().zip(norms) {
            assert!((found / expected - 1.0).abs() < 1e-6, "{found} {expected}");
        }
    }
}

#[test]
fn fewer_recorded_draws_than_steps_are_refused_before_the_first() {
    let mut inversion = Reference::read("sd1").inversion("sd1");
    inversion.settings.steps = 13;
    let mut told = 0;
    let error = inversion
        .run(
            &mut pretrained(),
            &mut finetuned(),
            &Control::new(),
            &mut |_| told += 1,
            None,
        )
        .unwrap_err();
    assert!(matches!(error, InversionError::Draws(_)), "{error}");
    assert_eq!(told, 0);
}
