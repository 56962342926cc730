//! The settings: the published values, how they scale, what is refused and how it is said.

use palimpsest_method::inversion::{
    DrawSource, Filling, NoisePairing, Overrides, Preset, Seeded, Settings, SettingsError, Start,
    TimestepRange,
};
use proptest::prelude::*;

const STABLE_DIFFUSION: [usize; 3] = [4, 64, 64];

fn paper() -> Settings {
    Settings::resolve(Preset::Paper, &Overrides::default(), STABLE_DIFFUSION).unwrap()
}

#[test]
fn the_paper_preset_is_the_published_one_at_the_published_size() {
    let expected = Settings {
        steps: 1000,
        step_size: 2.0,
        budget: 70.0,
        momentum: 0.0,
        start: Filling::Reencoded,
        contrast_weight: 1.0,
        projected: false,
        draws: DrawSource::Seeded(Seeded {
            timesteps: TimestepRange::new(1, 999).unwrap(),
            noise: NoisePairing::Shared,
            seed: 0,
        }),
    };
    assert_eq!(paper(), expected);
}

#[test]
fn lengths_grow_with_the_root_of_the_latent() {
    let quarter = Preset::Paper.settings([4, 32, 32]);
    assert_eq!((quarter.step_size, quarter.budget), (1.0, 35.0));

    let quick = Preset::Quick.settings([4, 32, 32]);
    let root = 2048_f64.sqrt();
    assert_eq!(
        (quick.step_size, quick.budget),
        (0.0221 * root, 0.35 * root)
    );
    assert_eq!((quick.steps, quick.contrast_weight), (50, 1.0));
    assert_eq!(quick.timesteps().unwrap().to_string(), "100..500");
    assert_eq!(quick.start, Filling::Filled);
}

#[test]
fn every_preset_is_a_pure_contrast_and_another_weight_or_noise_is_told_in_a_sentence() {
    for preset in Preset::ALL {
        let settings = preset.settings(STABLE_DIFFUSION);
        assert!(settings.is_pure_contrast() && settings.impurity().is_none());
    }
    let told = |weight, noise| {
        let given = Overrides {
            contrast_weight: Some(weight),
            noise: Some(noise),
            ..Overrides::default()
        };
        let settings = Settings::resolve(Preset::Quick, &given, STABLE_DIFFUSION).unwrap();
        assert!(!settings.is_pure_contrast());
        settings.impurity().unwrap()
    };
    assert_eq!(
        told(0.75, NoisePairing::Shared),
        "At contrast weight 0.75 the recovered picture holds part of what the pretrained model makes by itself: \
         equal models would move it too."
    );
    let driven = told(1.5, NoisePairing::Shared);
    assert!(
        driven.contains("1.5 the recovered picture is driven away from"),
        "{driven}"
    );
    assert!(told(0.0, NoisePairing::Shared).contains("the fine-tuned model makes by itself"));
    assert!(told(1.0, NoisePairing::Independent).starts_with("With independent noise"));
    let both = told(0.5, NoisePairing::Independent);
    assert!(
        both.contains("holds part of what the pretrained model") && both.contains("two noises")
    );
}

#[test]
fn an_explicit_value_overrides_its_preset_and_nothing_else() {
    let overrides = Overrides {
        steps: Some(3),
        step_size: Some(0.5),
        budget: Some(1.2),
        momentum: Some(0.9),
        timesteps: Some("5..6".parse().unwrap()),
        start: Some(Start::Filled),
        contrast_weight: Some(0.0),
        noise: Some(NoisePairing::Independent),
        seed: Some(u64::MAX),
    };
    let all = Settings::resolve(Preset::Paper, &overrides, STABLE_DIFFUSION).unwrap();
    let expected = Settings {
        steps: 3,
        step_size: 0.5,
        budget: 1.2,
        momentum: 0.9,
        start: Filling::Filled,
        contrast_weight: 0.0,
        projected: false,
        draws: DrawSource::Seeded(Seeded {
            timesteps: TimestepRange::new(5, 6).unwrap(),
            noise: NoisePairing::Independent,
            seed: u64::MAX,
        }),
    };
    assert_eq!(all, expected);

    let one = Overrides {
        budget: Some(1.2),
        ..Overrides::default()
    };
    let one = Settings::resolve(Preset::Paper, &one, STABLE_DIFFUSION).unwrap();
    assert_eq!(
        one,
        Settings {
            budget: 1.2,
            ..paper()
        }
    );
}

#[test]
fn values_out_of_range_are_refused_in_words() {
    let refused = |change: fn(&mut Settings), message: &str| {
        let mut settings = paper();
        change(&mut settings);
        assert_eq!(settings.validate().unwrap_err().to_string(), message);
    };
    refused(
        |s| s.steps = 0,
        "the number of steps must be between 1 and 1000000, not 0",
    );
    refused(
        |s| s.steps = 1_000_001,
        "the number of steps must be between 1 and 1000000, not 1000001",
    );
    refused(
        |s| s.step_size = 0.0,
        "the step size must be a number greater than 0, not 0",
    );
    refused(
        |s| s.step_size = f64::INFINITY,
        "the step size must be a number greater than 0, not inf",
    );
    refused(
        |s| s.budget = f64::NAN,
        "the budget must be a number greater than 0, not NaN",
    );
    refused(
        |s| s.budget = -1.0,
        "the budget must be a number greater than 0, not -1",
    );
    refused(
        |s| s.momentum = 1.0,
        "the momentum must be at least 0 and less than 1, not 1",
    );
    refused(
        |s| s.momentum = -0.1,
        "the momentum must be at least 0 and less than 1, not -0.1",
    );
    refused(
        |s| s.contrast_weight = -0.5,
        "the contrast weight must be a number of 0 or more, not -0.5",
    );
    refused(
        |s| s.contrast_weight = f64::INFINITY,
        "the contrast weight must be a number of 0 or more, not inf",
    );
}

#[test]
fn resolving_refuses_what_validation_refuses() {
    let overrides = Overrides {
        steps: Some(0),
        ..Overrides::default()
    };
    let refused = Settings::resolve(Preset::Quick, &overrides, STABLE_DIFFUSION);
    assert_eq!(refused, Err(SettingsError::Steps(0)));
}

#[test]
fn timesteps_are_read_as_both_ends_included() {
    let range: TimestepRange = "200..700".parse().unwrap();
    assert_eq!((range.first(), range.last()), (200, 700));
    let single: TimestepRange = "999..999".parse().unwrap();
    assert_eq!((single.first(), single.last()), (999, 999));
}

#[test]
fn timesteps_outside_the_models_or_misspelt_are_refused() {
    for out_of_range in ["0..999", "1..1000", "700..200"] {
        let error = out_of_range.parse::<TimestepRange>().unwrap_err();
        let expected = format!(
            "the timesteps {out_of_range} must run from low to high and lie between 1 and 999"
        );
        assert_eq!(error.to_string(), expected);
    }
    for misspelt in [
        "",
        "..",
        "200",
        "200-700",
        "200..",
        "200...700",
        "-1..5",
        "a..b",
    ] {
        let error = misspelt.parse::<TimestepRange>().unwrap_err();
        assert_eq!(error, SettingsError::TimestepsSyntax(misspelt.into()));
    }
}

#[test]
fn words_are_read_as_they_are_printed() {
    for preset in Preset::ALL {
        assert_eq!(preset.to_string().parse(), Ok(preset));
    }
    for start in [Start::Reencoded, Start::Filled] {
        assert_eq!(start.to_string().parse(), Ok(start));
    }
    for noise in [NoisePairing::Shared, NoisePairing::Independent] {
        assert_eq!(noise.to_string().parse(), Ok(noise));
    }
    assert_eq!(
        "common".parse::<NoisePairing>().unwrap_err().to_string(),
        "the noise must be shared or independent, not “common”"
    );
}

#[test]
fn the_record_is_spelt_like_the_command_line() {
    let expected = serde_json::json!({
        "steps": 1000, "step_size": 2.0, "budget": 70.0, "momentum": 0.0, "timesteps": "1..999",
        "start": "reencoded", "contrast_weight": 1.0, "noise": "shared", "seed": 0,
        "draws": null,
    });
    assert_eq!(serde_json::to_value(paper()).unwrap(), expected);
}

#[test]
fn a_record_with_impossible_timesteps_is_refused() {
    let mut record = serde_json::to_value(paper()).unwrap();
    record["timesteps"] = "0..5".into();
    assert!(serde_json::from_value::<Settings>(record).is_err());
}

#[test]
fn a_record_with_a_seed_and_a_file_or_with_neither_is_refused() {
    let refused = |record: serde_json::Value| {
        let error = serde_json::from_value::<Settings>(record).unwrap_err();
        assert!(
            error.to_string().contains("the draws must come either"),
            "{error}"
        );
    };
    let mut neither = serde_json::to_value(paper()).unwrap();
    neither["seed"] = serde_json::Value::Null;
    refused(neither);
    let mut both = serde_json::to_value(paper()).unwrap();
    both["draws"] = serde_json::json!({"path": "/draws", "sha256": "ab".repeat(32)});
    refused(both);
}

proptest! {
    /// Exactly the ranges within 1..=999 that run upwards can be written, and are read as written.
    #[test]
    fn a_range_of_timesteps_is_read_as_written(first in 0_usize..1200, last in 0_usize..1200) {
        let text = format!("{first}..{last}");
        match text.parse::<TimestepRange>() {
            Ok(range) => {
                prop_assert!(1 <= first && first <= last && last <= 999);
                prop_assert_eq!(range.to_string(), text);
            }
            Err(error) => {
                prop_assert!(first < 1 || first > last || last > 999);
                prop_assert_eq!(error, SettingsError::Timesteps { first, last });
            }
        }
    }

    /// A resumed run must be given the very numbers of the first one.
    #[test]
    fn a_record_returns_the_same_bits(
        step_size in 1e-6_f64..1e6,
        budget in 1e-6_f64..1e6,
        momentum in 0.0_f64..1.0,
        seed: u64,
    ) {
        let draws = DrawSource::Seeded(Seeded {
            timesteps: TimestepRange::ALL,
            noise: NoisePairing::Independent,
            seed,
        });
        let settings = Settings { step_size, budget, momentum, draws, ..paper() };
        let text = serde_json::to_string(&settings).unwrap();
        let back: Settings = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back, settings);
    }
}
