//! Membership scores without pictures against another implementation (`tests/reference/make_membership.py`), on a made-up
//! noise predictor; and that they know a member.

use palimpsest_diffusion::files::config::{BetaSchedule, Prediction, SchedulerConfig};
use palimpsest_diffusion::sampling::Under;
use palimpsest_diffusion::{Latent, ModelError, Schedule};
use palimpsest_lab::membership::{SCORES, Subject, crop_sides, scores};

fn schedule() -> Schedule {
    let config = SchedulerConfig {
        beta_start: 0.00085,
        beta_end: 0.012,
        beta_schedule: BetaSchedule::ScaledLinear,
        num_train_timesteps: 1000,
        prediction_type: Prediction::Epsilon,
        trained_betas: None,
        rescale_betas_zero_snr: false,
        terminal_alpha: None,
    };
    Schedule::new(&config).unwrap()
}

fn latent(values: impl Iterator<Item = f64>) -> Latent {
    Latent::new([1, 4, 6], values.map(|v| v as f32).collect()).unwrap()
}

fn work() -> Latent {
    latent((0..24).map(|i| (1.7 * f64::from(i)).sin() * 1.3))
}

/// As in the script.
fn made_up(x: &Latent, t: usize, under: Under) -> Result<Latent, ModelError> {
    let factor = if under == Under::Prompt { 3.0 } else { 2.0 };
    let found = |v: &f32| (factor * f64::from(*v) + 0.05 * t as f64).sin();
    Ok(latent(x.values().iter().map(found)))
}

/// What the script prints.
const SECMI: f64 = -0.000975213;
const PIA: f64 = -36.329551890;
const SIMA: f64 = -11.098077329;
fn score(all: &[f64; 6], name: &str) -> f64 {
    all[SCORES
        .iter()
        .position(|(score, ..)| *score == name)
        .unwrap()]
}

#[test]
fn the_deterministic_scores_are_those_of_the_script() {
    let (work, mut evaluations) = (work(), 0);
    let crops = vec![work.clone(); crop_sides(128).len()];
    let subject = Subject {
        latent: &work,
        crops: &crops,
        key: 7,
    };
    let found = scores(&subject, &schedule(), &mut |x, t, under| {
        evaluations += 1;
        made_up(x, t, under)
    });
    let found = found.unwrap();
    for (name, expected) in [
        ("membership.secmi", SECMI),
        ("membership.pia", PIA),
        ("membership.sima", SIMA),
    ] {
        let value = score(&found, name);
        assert!((value / expected - 1.0).abs() < 1e-3, "{name}: {value}");
    }
    // The loss of the work itself is shared by two scores.
    let stated: usize = SCORES.iter().map(|(.., evaluations)| evaluations).sum();
    assert_eq!(evaluations, stated - 10);
}

#[test]
fn a_model_that_knows_a_work_gives_it_the_higher_score() {
    let schedule = schedule();
    let (member, other) = (work(), latent((0..24).map(|i| (0.9 * f64::from(i)).cos())));
    // With its prompt the model takes everything for the member, noised.
    let mut knows = |x: &Latent, t: usize, under: Under| {
        let (signal, sigma) = (schedule.signal(t), schedule.sigma(t));
        let share = if under == Under::Prompt { 1.0 } else { 0.8 };
        let pairs = x.values().iter().zip(member.values());
        Ok(latent(
            pairs.map(|(x, m)| f64::from((x - share * signal * m) / sigma)),
        ))
    };
    let mut of = |work: &Latent| {
        let crops = vec![other.clone(); 10];
        let subject = Subject {
            latent: work,
            crops: &crops,
            key: 3,
        };
        scores(&subject, &schedule, &mut knows).unwrap()
    };
    let (known, unknown) = (of(&member), of(&other));
    for name in [
        "membership.loss",
        "membership.pfami",
        "membership.clid",
        "membership.sima",
    ] {
        let (known, unknown) = (score(&known, name), score(&unknown, name));
        assert!(known > unknown, "{name}: {known} {unknown}");
    }
}

#[test]
fn crops_are_ten_from_nineteen_twentieths_down() {
    let sides = crop_sides(128);
    assert_eq!((sides.len(), sides[0], sides[9]), (10, 121, 89));
}
