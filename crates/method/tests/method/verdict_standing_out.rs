//! A used work among the controls: how often one is seen that is not there, whatever the scores' distribution, and how
//! often one that is.

use palimpsest_base::random::Random;
use palimpsest_method::verdict::{Gaps, beyond_turned, standing_out, used_among};

/// A gamma of a whole shape.
fn gamma(random: &mut Random, shape: usize) -> f64 {
    (0..shape).map(|_| -(1.0 - random.unit()).ln()).sum()
}

/// Student's t with five degrees of freedom.
fn student(random: &mut Random) -> f64 {
    let squares: f64 = (0..5).map(|_| random.normal().powi(2)).sum();
    random.normal() / (squares / 5.0).sqrt()
}

type Draw = fn(&mut Random) -> f64;

const DISTRIBUTIONS: [(&str, Draw); 6] = [
    ("normal", Random::normal),
    ("t, 5 degrees of freedom", student),
    ("exponential", |random| gamma(random, 1)),
    ("gamma, shape 2", |random| gamma(random, 2)),
    ("log-normal, 0.5", |random| (0.5 * random.normal()).exp()),
    ("skewed to the other side", |random| -gamma(random, 2)),
];

fn stands_out(scores: &[f64]) -> Option<usize> {
    let (place, found) = standing_out(scores)?;
    found.is_beyond().then_some(place)
}

#[test]
fn none_is_named_wrongly_in_more_than_two_cases_of_a_hundred() {
    for (controls, cases) in [
        (10, 20_000),
        (14, 20_000),
        (20, 20_000),
        (50, 10_000),
        (99, 6000),
        (300, 2000),
    ] {
        for (name, draw) in DISTRIBUTIONS {
            let mut random = Random::for_training(31, 1, controls as u64);
            let named = (0..cases).filter(|_| {
                let scores: Vec<f64> = (0..controls).map(|_| draw(&mut random)).collect();
                stands_out(&scores).is_some()
            });
            let rate = named.count() as f64 / cases as f64;
            println!(
                "{controls} controls, {name}: named wrongly in {:.2} %",
                100.0 * rate
            );
            assert!(rate <= 0.02, "{controls} controls, {name}: {rate}");
        }
    }
}

#[test]
fn a_used_one_that_scores_far_above_the_others_is_named() {
    const CASES: usize = 2000;
    for controls in [10, 20, 50, 99] {
        let mut random = Random::for_training(32, 1, controls as u64);
        let mut powers = Vec::new();
        for apart in [3.0, 5.0, 8.0, 12.0, 20.0] {
            let right = (0..CASES).filter(|_| {
                let mut scores: Vec<f64> = (0..controls).map(|_| random.normal()).collect();
                let used = random.integer(0, controls - 1);
                scores[used] += apart;
                stands_out(&scores) == Some(used)
            });
            powers.push(right.count() as f64 / CASES as f64);
        }
        println!("{controls} controls, one used, 3, 5, 8, 12 and 20 spreads apart: {powers:.2?}");
        assert!(powers.is_sorted(), "{controls}: {powers:?}");
        assert!(controls < 20 || powers[3] > 0.9, "{controls}: {powers:?}");
    }
}

/// Controls none of which was used: the gap of each, and of its turned picture, is a common part and noise of its own.
fn unused(random: &mut Random, count: usize, draw: Draw) -> Vec<Gaps> {
    let each = (0..count).map(|_| {
        let common = 2.0 * draw(random);
        Gaps {
            upright: 5.0 + common + draw(random),
            turned: common + draw(random),
        }
    });
    each.collect()
}

fn named(gaps: &[Gaps]) -> Option<usize> {
    let scores: Vec<f64> = gaps.iter().map(|gaps| gaps.upright).collect();
    used_among(&scores, Some(gaps)).map(|(place, _)| place)
}

#[test]
fn with_turned_pictures_none_is_named_wrongly_in_more_than_five_cases_of_a_hundred() {
    for (controls, cases) in [(10, 20_000), (20, 20_000), (50, 8000), (99, 5000)] {
        for (name, draw) in DISTRIBUTIONS {
            let mut random = Random::for_training(33, 1, controls as u64);
            let wrong = (0..cases).filter(|_| {
                let gaps = unused(&mut random, controls, draw);
                named(&gaps).is_some()
            });
            let rate = wrong.count() as f64 / cases as f64;
            println!(
                "{controls} controls, {name}: named wrongly in {:.2} %",
                100.0 * rate
            );
            assert!(rate <= 0.05, "{controls} controls, {name}: {rate}");
        }
    }
}

#[test]
fn with_turned_pictures_a_used_one_is_named_much_nearer_to_the_others() {
    const CASES: usize = 2000;
    for controls in [10, 20, 50, 99] {
        let mut random = Random::for_training(34, 1, controls as u64);
        let mut powers = Vec::new();
        for apart in [4.0, 5.0, 6.0, 8.0, 12.0] {
            let mut right = [0; 2];
            for _ in 0..CASES {
                let mut gaps = unused(&mut random, controls, Random::normal);
                let used = random.integer(0, controls - 1);
                // In spreads of the difference, which is that of two noises.
                gaps[used].upright += apart * 2.0_f64.sqrt();
                let scores: Vec<f64> = gaps.iter().map(|gaps| gaps.upright).collect();
                right[0] += usize::from(named(&gaps) == Some(used));
                right[1] += usize::from(stands_out(&scores) == Some(used));
            }
            powers.push(right.map(|right| right as f64 / CASES as f64));
        }
        println!(
            "{controls} controls, 4, 5, 6, 8 and 12 spreads apart, with turned pictures and without: {powers:.2?}"
        );
        assert!(
            powers.iter().all(|[with, without]| with >= without),
            "{powers:?}"
        );
        assert!(
            controls < 20 || powers[3][0] > 0.9,
            "{controls}: {powers:?}"
        );
    }
}

#[test]
fn too_few_gaps_or_one_that_is_not_finite_say_nothing() {
    let gap = |upright| Gaps {
        upright,
        turned: 0.0,
    };
    assert_eq!(beyond_turned(&[gap(1.0); 9]), None);
    let mut gaps: Vec<Gaps> = (0..12).map(|place| gap(f64::from(place))).collect();
    assert!(beyond_turned(&gaps).is_some());
    gaps[3].turned = f64::NAN;
    assert_eq!(beyond_turned(&gaps), None);
}
