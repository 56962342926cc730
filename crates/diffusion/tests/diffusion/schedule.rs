//! The noise schedule against diffusers: the reference models' complete tables, and values of
//! `DDIMScheduler` (diffusers 0.42) for the schedules that those do not use.

use std::fs;
use std::path::Path;

use palimpsest_diffusion::files::Weights;
use palimpsest_diffusion::files::config::{BetaSchedule, Prediction, SchedulerConfig};
use palimpsest_diffusion::{ModelError, Schedule};

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..", "/tests/reference");

fn config(beta_schedule: BetaSchedule, beta_start: f64, beta_end: f64) -> SchedulerConfig {
    SchedulerConfig {
        beta_start,
        beta_end,
        beta_schedule,
        num_train_timesteps: 1000,
        prediction_type: Prediction::Epsilon,
        trained_betas: None,
        rescale_betas_zero_snr: false,
        terminal_alpha: None,
    }
}

fn assert_close(found: f32, expected: f64) {
    let error = (f64::from(found) - expected).abs();
    assert!(error <= 1e-7 * expected, "{found:e} is not {expected:e}");
}

#[test]
fn the_reference_models_have_the_schedule_of_diffusers() {
    for (family, prediction) in [("sd1", Prediction::Epsilon), ("sd2", Prediction::Velocity)] {
        let root = Path::new(REFERENCE).join(family);
        let file = root.join("pretrained/scheduler/scheduler_config.json");
        let schedule = Schedule::new(&SchedulerConfig::read(&file).unwrap()).unwrap();
        assert_eq!(schedule.prediction(), prediction);
        let expected = Weights::open(&[root.join("expected.safetensors")]).unwrap();
        let expected = expected.parameter("alphas_cumprod", &[1000]).unwrap();
        assert_eq!(schedule.alphas_cumprod().len(), 1000);
        for (&found, &expected) in schedule.alphas_cumprod().iter().zip(&*expected.values()) {
            assert_close(found, expected.into());
        }
    }
}

#[test]
fn other_schedules_are_those_of_diffusers() {
    let stretched = SchedulerConfig {
        rescale_betas_zero_snr: true,
        ..config(BetaSchedule::ScaledLinear, 0.00085, 0.012)
    };
    let table = [
        (
            config(BetaSchedule::Linear, 1e-4, 0.02),
            [
                (0, 0.9998999834060669),
                (1, 0.9997800588607788),
                (250, 0.5214229822158813),
                (499, 0.07858723402023315),
                (501, 0.07701247185468674),
                (750, 0.003300158539786935),
                (999, 4.035830352222547e-05),
            ],
        ),
        (
            config(BetaSchedule::SquaredCosine, 1e-4, 0.02),
            [
                (0, 0.9999586939811707),
                (1, 0.9999125599861145),
                (250, 0.8458880186080933),
                (499, 0.4938434660434723),
                (501, 0.49072667956352234),
                (750, 0.14317865669727325),
                (999, 2.4287349909002387e-09),
            ],
        ),
        (
            stretched,
            [
                (0, 0.9991499781608582),
                (1, 0.9982334971427917),
                (250, 0.6524567008018494),
                (499, 0.24235899746418),
                (501, 0.23968204855918884),
                (750, 0.032799094915390015),
                (999, 0.0),
            ],
        ),
    ];
    for (config, expected) in table {
        let schedule = Schedule::new(&config).unwrap();
        for (t, alpha) in expected {
            assert_close(schedule.alphas_cumprod()[t], alpha);
        }
    }
}

#[test]
fn signal_and_noise_share_the_variance() {
    let schedule = Schedule::new(&config(BetaSchedule::ScaledLinear, 0.00085, 0.012)).unwrap();
    assert!((schedule.signal(500) - 0.276_332_47_f32.sqrt()).abs() < 1e-7);
    for t in [0, 1, 500, 999] {
        let variance = schedule.signal(t).powi(2) + schedule.sigma(t).powi(2);
        assert!((variance - 1.0).abs() < 3e-7, "{t}: {variance}");
    }
    assert!(schedule.signal(1000).is_nan() && schedule.sigma(1000).is_nan());
}

#[test]
fn given_variances_are_used_as_they_are() {
    let given = SchedulerConfig {
        trained_betas: Some(vec![0.5, 0.25]),
        num_train_timesteps: 2,
        ..config(BetaSchedule::Linear, 1e-4, 0.02)
    };
    assert_eq!(
        Schedule::new(&given).unwrap().alphas_cumprod(),
        [0.5, 0.375]
    );
}

#[test]
fn a_schedule_that_cannot_be_stretched_is_refused() {
    let lost = SchedulerConfig {
        trained_betas: Some(vec![0.999; 100]),
        num_train_timesteps: 100,
        rescale_betas_zero_snr: true,
        ..config(BetaSchedule::Linear, 1e-4, 0.02)
    };
    assert!(matches!(
        Schedule::new(&lost),
        Err(ModelError::NonFinite { .. })
    ));
}

#[test]
fn settings_of_training_are_read_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scheduler_config.json");
    let read = |text: &str| {
        fs::write(&file, text).unwrap();
        SchedulerConfig::read(&file)
    };
    // As published with Stable Diffusion 1.4: no prediction type.
    let published = r#"{"_class_name": "PNDMScheduler", "_diffusers_version": "0.7.0.dev0",
        "beta_end": 0.012, "beta_schedule": "scaled_linear", "beta_start": 0.00085, "clip_sample": false,
        "num_train_timesteps": 1000, "set_alpha_to_one": false, "skip_prk_steps": true,
        "steps_offset": 1, "trained_betas": null}"#;
    let sd1 = config(BetaSchedule::ScaledLinear, 0.00085, 0.012);
    assert_eq!(read(published).unwrap(), sd1);
    assert_eq!(
        read(r#"{}"#).unwrap(),
        config(BetaSchedule::Linear, 1e-4, 0.02)
    );
    let listed = r#"{"num_train_timesteps": 2, "trained_betas": [0.5, 0.25]}"#;
    assert_eq!(read(listed).unwrap().trained_betas, Some(vec![0.5, 0.25]));

    for text in [
        r#"{"prediction_type": "sample"}"#,
        r#"{"beta_schedule": "sigmoid"}"#,
        r#"{"_class_name": "FlowMatchEulerDiscreteScheduler"}"#,
    ] {
        let error = read(text).unwrap_err();
        assert!(
            matches!(error, ModelError::UnsupportedArchitecture { .. }),
            "{error}"
        );
    }
    for text in [
        r#"{"num_train_timesteps": 1}"#,
        r#"{"num_train_timesteps": 1e12}"#,
        r#"{"beta_start": 0}"#,
        r#"{"beta_end": 1.5}"#,
        r#"{"beta_start": 0.5, "beta_end": 0.1}"#,
        r#"{"trained_betas": [0.5, 0.25]}"#,
        r#"{"trained_betas": ["a"], "num_train_timesteps": 2}"#,
        r#"{"rescale_betas_zero_snr": 1}"#,
    ] {
        let error = read(text).unwrap_err();
        assert!(matches!(error, ModelError::Setting { .. }), "{error}");
    }
}
