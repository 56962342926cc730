//! The figures of a conclusion against cases of which the truth is known: works drawn from known
//! distributions, many times over. The seeds are fixed, so nothing here happens by chance.

use palimpsest_base::philox::{Philox, Stream};
use palimpsest_method::verdict::{
    Calibration, Evidence, LrSystem, Permutations, Sample, benjamini_hochberg, cllr, conclude,
    hedges_g, holm, p_value, permutation_test, standardise,
};

/// Normal scores from one seed, case after case.
pub(super) struct Scores {
    generator: Philox,
    drawn: u64,
}

impl Scores {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            generator: Philox::new(seed),
            drawn: 0,
        }
    }

    pub(super) fn draw(&mut self, works: usize, mean: f64) -> Vec<f64> {
        let mut values = vec![0.0_f32; works];
        self.generator
            .fill_normal(Stream::Noise, self.drawn, &mut values);
        self.drawn += 1;
        values.into_iter().map(|x| f64::from(x) + mean).collect()
    }
}

/// Four standard errors of a share around `chance`.
pub(super) fn margin(chance: f64, cases: usize) -> f64 {
    4.0 * (chance * (1.0 - chance) / cases as f64).sqrt()
}

fn share(values: &[f64], of: impl Fn(f64) -> bool) -> f64 {
    values.iter().filter(|&&value| of(value)).count() as f64 / values.len() as f64
}

#[test]
fn a_work_that_was_not_used_has_a_uniform_p_value() {
    const CASES: usize = 20_000;
    let mut scores = Scores::new(1);
    for negatives in [5, 10, 19] {
        let mut p = || {
            p_value(scores.draw(1, 0.0)[0], &scores.draw(negatives, 0.0))
                .unwrap()
                .value
        };
        let found: Vec<f64> = (0..CASES).map(|_| p()).collect();
        for limit in [0.05, 0.1, 0.2, 0.5, 0.8] {
            // The largest value that so few controls can give and that is not above the limit.
            let works = (negatives + 1) as f64;
            let reachable = (limit * works + 1e-9).floor() / works;
            let rate = share(&found, |p| p <= limit);
            assert!(
                (rate - reachable).abs() <= margin(reachable, CASES),
                "{limit}: {rate}"
            );
        }
    }
}

#[test]
fn ties_only_make_a_p_value_larger() {
    const CASES: usize = 10_000;
    let mut scores = Scores::new(2);
    let coarse = |scores: Vec<f64>| scores.into_iter().map(f64::round).collect::<Vec<_>>();
    let mut p = || {
        let score = coarse(scores.draw(1, 0.0))[0];
        p_value(score, &coarse(scores.draw(9, 0.0))).unwrap().value
    };
    let found: Vec<f64> = (0..CASES).map(|_| p()).collect();
    for limit in [0.1, 0.2, 0.5, 0.8] {
        assert!(share(&found, |p| p <= limit) <= limit);
    }
    assert!(share(&found, |p| p <= 0.1) > 0.0);
}

/// The true logarithm of the ratio of two normals `apart` standard deviations.
fn truth(score: f64, apart: f64) -> f64 {
    apart * (score - apart / 2.0)
}

/// Nominal 95 %; a band of 90 to 100 % at every score and of 93 to 99 % over all of them. Towards membership
/// the interval must not lie above the truth in more than the 2.5 % that it may, but for chance.
#[test]
fn the_interval_of_a_ratio_holds_the_true_one() {
    const CASES: usize = 160;
    let mut scores = Scores::new(3);
    for (apart, controls) in [(1.0, 10), (2.0, 10), (2.0, 20)] {
        let at = [0.0, apart / 2.0, apart, apart + 1.0];
        let (mut holds, mut above) = ([0; 4], [0; 4]);
        for case in 0..CASES {
            let sample = Sample::new(scores.draw(controls, apart), scores.draw(controls, 0.0));
            let system = LrSystem::new(&sample.unwrap(), 7, case as u32).unwrap();
            for (i, &score) in at.iter().enumerate() {
                let found = system.ratio(score).unwrap().unbounded.interval;
                let truth = truth(score, apart) * std::f64::consts::LOG10_E;
                holds[i] += usize::from(found.contains(truth));
                above[i] += usize::from(found.low > truth);
            }
        }
        println!("{apart} {controls}: {holds:?} {above:?} of {CASES}");
        for held in holds {
            assert!(
                held as f64 >= 0.90 * CASES as f64,
                "{apart} {controls}: {holds:?}"
            );
        }
        let all = holds.iter().sum::<usize>() as f64 / (4 * CASES) as f64;
        assert!((0.93..=0.99).contains(&all), "{apart} {controls}: {all}");
        let most = (0.025 + margin(0.025, CASES)) * CASES as f64;
        for wrong in &above[1..] {
            assert!(*wrong as f64 <= most, "{apart} {controls}: {above:?}");
        }
    }
}

#[test]
fn ratios_mislead_no_more_often_than_a_ratio_may_and_stay_within_their_bounds() {
    const CASES: usize = 80;
    const WORKS: usize = 40;
    let mut scores = Scores::new(4);
    for (apart, members, hold_outs) in [(0.0, 10, 10), (1.5, 5, 5), (1.5, 10, 20), (3.0, 20, 10)] {
        let (mut used, mut not_used) = (Vec::new(), Vec::new());
        for case in 0..CASES {
            let sample = Sample::new(scores.draw(members, apart), scores.draw(hold_outs, 0.0));
            let system = LrSystem::new(&sample.unwrap(), 8, case as u32).unwrap();
            let bounds = system.report().bounds;
            let most = |reached: usize, added: usize| {
                reached as f64 * (added + 1) as f64 / (reached + 1) as f64 + 1e-9
            };
            assert!((1.0..=most(members, hold_outs)).contains(&bounds.upper));
            assert!((1.0 / most(hold_outs, members)..=1.0).contains(&bounds.lower));
            let mut ratios = |mean| {
                let value = |&score: &f64| {
                    let ratio = system.ratio(score).unwrap();
                    for reported in [ratio.value, ratio.interval.low, ratio.interval.high] {
                        assert!((bounds.lower..=bounds.upper).contains(&reported));
                    }
                    assert_eq!(ratio.cut_by.is_some(), {
                        let model = 10_f64.powf(ratio.unbounded.log10);
                        (model / ratio.value).ln().abs() > 1e-9
                    });
                    ratio.value
                };
                scores
                    .draw(WORKS, mean)
                    .iter()
                    .map(value)
                    .collect::<Vec<_>>()
            };
            used.extend(ratios(apart));
            not_used.extend(ratios(0.0));
        }
        for ratio in [2.0, 4.0, 8.0] {
            assert!(share(&not_used, |found| found > ratio) <= 1.0 / ratio);
            assert!(share(&used, |found| found < 1.0 / ratio) <= 1.0 / ratio);
        }
        let logs = |ratios: &[f64]| ratios.iter().map(|ratio| ratio.ln()).collect::<Vec<_>>();
        let cost = cllr(&logs(&used), &logs(&not_used));
        println!("{apart} {members} {hold_outs}: cost {cost:.3}");
        if apart == 0.0 {
            // Scores that say nothing: little is claimed, and seldom.
            assert!(cost < 1.05 && share(&not_used, |found| found > 2.0) < 0.05);
        } else {
            assert!(cost < 0.95);
        }
    }
}

#[test]
fn works_that_were_not_used_are_called_together_no_more_often_than_allowed() {
    const CASES: usize = 4000;
    let mut scores = Scores::new(5);
    let mut test = |mean| {
        permutation_test(&scores.draw(3, mean), &scores.draw(8, 0.0), 0)
            .unwrap()
            .p
    };
    let null: Vec<f64> = (0..CASES).map(|_| test(0.0)).collect();
    for limit in [0.05, 0.2, 0.5] {
        // 165 relabellings.
        let reachable = (limit * 165.0_f64).floor() / 165.0;
        let rate = share(&null, |p| p <= limit);
        assert!(
            (rate - reachable).abs() <= margin(reachable, CASES),
            "{limit}: {rate}"
        );
    }
    let used: Vec<f64> = (0..1000).map(|_| test(1.5)).collect();
    assert!(share(&used, |p| p <= 0.05) > 0.5);
}

#[test]
fn many_works_are_relabelled_at_random_with_the_same_result() {
    const CASES: usize = 60;
    let mut scores = Scores::new(6);
    let found: Vec<f64> = (0..CASES)
        .map(|case| {
            let (questioned, negatives) = (scores.draw(8, 0.0), scores.draw(14, 0.0));
            let found = permutation_test(&questioned, &negatives, case as u64).unwrap();
            assert!(matches!(
                found.permutations,
                Permutations::MonteCarlo { .. }
            ));
            assert!(found.p >= found.smallest);
            found.p
        })
        .collect();
    // Uniform: mean 1/2, standard error 1/√12n.
    let mean = found.iter().sum::<f64>() / CASES as f64;
    assert!(
        (mean - 0.5).abs() < 4.0 / (12.0 * CASES as f64).sqrt(),
        "{mean}"
    );
}

#[test]
fn of_several_works_none_is_called_wrongly_more_often_than_allowed() {
    const CASES: usize = 2000;
    let mut scores = Scores::new(7);
    let (mut corrected, mut single) = (0, 0);
    for _ in 0..CASES {
        let negatives = scores.draw(199, 0.0);
        let p = |&score: &f64| p_value(score, &negatives).unwrap().value;
        let p_values: Vec<f64> = scores.draw(5, 0.0).iter().map(p).collect();
        single += usize::from(p_values.iter().any(|&p| p <= 0.05));
        corrected += usize::from(holm(&p_values).iter().any(|&p| p <= 0.05));
    }
    let rate = |found: usize| found as f64 / CASES as f64;
    assert!(
        rate(corrected) <= 0.05 + margin(0.05, CASES),
        "{}",
        rate(corrected)
    );
    assert!(rate(corrected) >= 0.025, "{}", rate(corrected));
    // Without the correction it is 1 − 0.95⁵.
    assert!(rate(single) > 0.18);
}

/// Of the works that are called, a share of at most 5 % is called wrongly: among shared controls, and with used works
/// beside innocent ones. Holm's correction finds fewer of the used ones.
#[test]
fn of_the_works_that_are_called_few_are_called_wrongly() {
    const CASES: usize = 3000;
    let mut scores = Scores::new(15);
    for used in [0, 2, 8] {
        let (mut wrong, mut found, mut found_by_holm) = (0.0, 0, 0);
        for _ in 0..CASES {
            let negatives = scores.draw(99, 0.0);
            let works = [scores.draw(used, 3.0), scores.draw(10 - used, 0.0)].concat();
            let p = |&score: &f64| p_value(score, &negatives).unwrap().value;
            let p_values: Vec<f64> = works.iter().map(p).collect();
            let called = |corrected: &[f64]| -> Vec<usize> {
                (0..10).filter(|&work| corrected[work] <= 0.05).collect()
            };
            let calls = called(&benjamini_hochberg(&p_values));
            let innocent = calls.iter().filter(|&&work| work >= used).count();
            wrong += innocent as f64 / calls.len().max(1) as f64 / CASES as f64;
            found += calls.len() - innocent;
            let by_holm = called(&holm(&p_values));
            found_by_holm += by_holm.iter().filter(|&&work| work < used).count();
        }
        println!(
            "{used} of 10 used: {wrong:.3} of the calls wrong; {found} found, by Holm {found_by_holm}"
        );
        assert!(wrong <= 0.05 + margin(0.05, CASES), "{used}: {wrong}");
        assert!(found >= found_by_holm);
        assert!(used < 8 || found > found_by_holm);
    }
}

#[test]
fn the_interval_of_an_effect_holds_the_true_one() {
    const CASES: usize = 300;
    let mut scores = Scores::new(8);
    for effect in [0.0, 1.5] {
        let mut holds = || {
            let found = hedges_g(&scores.draw(3, effect), &scores.draw(8, 0.0)).unwrap();
            // The interval of g is that of the effect times the correction for 9 degrees of freedom.
            found.interval.contains(0.913_874_8 * effect)
        };
        let held = (0..CASES).filter(|_| holds()).count() as f64 / CASES as f64;
        assert!(
            (held - 0.95).abs() <= margin(0.95, CASES),
            "{effect}: {held}"
        );
    }
}

#[test]
fn deviates_of_works_that_were_not_used_are_normal_however_few_standards_there_are() {
    const CASES: usize = 20_000;
    let mut scores = Scores::new(9);
    for negatives in [5, 20] {
        let mut one = || standardise(scores.draw(1, 0.0)[0], &scores.draw(negatives, 0.0)).unwrap();
        let found: Vec<_> = (0..CASES).map(|_| one()).collect();
        let deviates: Vec<f64> = found.iter().map(|it| it.deviate).collect();
        for (beyond, chance) in [(1.0, 0.317_31), (1.959_964, 0.05), (2.575_829, 0.01)] {
            let rate = share(&deviates, |deviate| deviate.abs() > beyond);
            assert!(
                (rate - chance).abs() <= margin(chance, CASES),
                "{negatives} {beyond}: {rate}"
            );
        }
        if negatives == 5 {
            let plain: Vec<f64> = found.iter().map(|it| it.z).collect();
            assert!(share(&plain, |z| z.abs() > 1.959_964) > 0.12);
        }
    }
}

#[test]
fn conditional_ratios_mislead_no_more_often_than_a_ratio_may() {
    const CASES: usize = 60;
    let mut scores = Scores::new(10);
    let (mut found, mut disagreements) = (Vec::new(), 0);
    for case in 0..CASES {
        // Mock models on scales of their own, by more works than the case has.
        let mut mock = |recipe: &str, scale: f64, apart: f64| Calibration {
            recipe: recipe.into(),
            members: scores.draw(12, apart).iter().map(|s| scale * s).collect(),
            hold_outs: scores.draw(15, 0.0).iter().map(|s| scale * s).collect(),
        };
        let calibrations = vec![mock("full", 5.0, 2.0), mock("light", 0.2, 1.2)];
        let verdict = conclude(&Evidence {
            questioned: scores.draw(4, 0.0).into_iter().map(Ok).collect(),
            together: Vec::new(),
            negatives: scores.draw(5, 0.0),
            positives: Vec::new(),
            calibrations,
            seed: case as u64,
            ..Evidence::default()
        });
        for work in &verdict.works {
            let ratios = work
                .conditional
                .iter()
                .map(|it| it.ratio.evaluated().unwrap().value);
            let logs: Vec<f64> = ratios.map(f64::ln).collect();
            let Some(least) = work.least_favourable.evaluated() else {
                assert!(logs.iter().any(|log| *log > 0.0) && logs.iter().any(|log| *log < 0.0));
                disagreements += 1;
                continue;
            };
            let least = least.ratio.value;
            assert!(logs.iter().all(|log| log.abs() >= least.ln().abs()));
            found.push(least);
        }
    }
    for ratio in [2.0, 4.0] {
        assert!(share(&found, |found| found > ratio) <= 1.0 / ratio);
    }
    assert!(share(&found, |found| found < 1.0) > 0.5);
    assert!(disagreements > 0);
}

/// Scores of `versions` of each of `motifs`: what is common to a motif has the share `common` of the variance.
fn versions_of(scores: &mut Scores, motifs: usize, versions: usize, common: f64) -> Vec<Vec<f64>> {
    let centres = scores.draw(motifs, 0.0);
    let of = |centre: f64| {
        let own = scores.draw(versions, 0.0);
        let mix = |own: f64| common.sqrt() * centre + (1.0 - common).sqrt() * own;
        own.into_iter().map(mix).collect()
    };
    centres.into_iter().map(of).collect()
}

/// Counted one by one they accuse innocents two to four times as often as was said; the first of each motif does
/// not, whatever they have in common.
#[test]
fn versions_of_a_motif_count_once_or_accuse_too_often() {
    const CONTROLS: usize = 20;
    let mut scores = Scores::new(14);
    for common in [0.5, 0.95, 1.0] {
        let mut rate = |cases: usize, of_each: usize| {
            let called = (0..cases).filter(|case| {
                let motifs = versions_of(&mut scores, 2, 5, common);
                let works: Vec<f64> = motifs
                    .iter()
                    .flat_map(|motif| &motif[..of_each])
                    .copied()
                    .collect();
                let negatives = scores.draw(CONTROLS, 0.0);
                let found = permutation_test(&works, &negatives, *case as u64).unwrap();
                found.p <= 0.05
            });
            called.count() as f64 / cases as f64
        };
        let (once, each) = (rate(20_000, 1), rate(200, 5));
        println!("{common}: {once:.3} by the first of each motif, {each:.3} by all versions");
        assert!(once <= 0.055, "{common}: {once}");
        assert!(each > 0.08, "{common}: {each}");
    }
}

/// Up to ten versions of a motif beside another work: as one of each counts, innocents are called no more often.
#[test]
fn ten_versions_of_a_motif_accuse_no_more_often_than_one() {
    const CASES: usize = 20_000;
    let mut scores = Scores::new(16);
    for versions in [1, 2, 5, 10] {
        let called = (0..CASES).filter(|case| {
            let motif = versions_of(&mut scores, 1, versions, 0.95).concat();
            let works = [motif[0], scores.draw(1, 0.0)[0]];
            let found = permutation_test(&works, &scores.draw(20, 0.0), *case as u64).unwrap();
            found.p <= 0.05
        });
        let rate = called.count() as f64 / CASES as f64;
        println!("{versions} versions: {rate:.4}");
        assert!(rate <= 0.055, "{versions}: {rate}");
    }
}
