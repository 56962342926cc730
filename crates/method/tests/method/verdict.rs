//! The statistics of scores against scipy and scikit-learn (`tests/reference/verdict/make_verdict.py` made
//! the numbers), against what must hold of any scores, and the intervals against how often they hold.

use palimpsest_method::verdict::{
    Interval, NotEvaluated, Proportion, Sample, auc_difference, held_out_accuracy, mean_auc,
    mean_difference, pool,
};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    name: String,
    members: Vec<f64>,
    hold_outs: Vec<f64>,
    auc: f64,
    interval: [f64; 2],
    roc: [Vec<f64>; 2],
    best_accuracy: ExpectedShare,
    at_fpr: Vec<ExpectedRate>,
    standardised: Option<ExpectedScores>,
}

#[derive(Deserialize)]
struct ExpectedShare {
    successes: usize,
    trials: usize,
    interval: [f64; 2],
}

#[derive(Deserialize)]
struct ExpectedRate {
    asked: f64,
    tpr: ExpectedShare,
    false_positives: usize,
    true_fpr: [f64; 2],
}

#[derive(Deserialize)]
struct ExpectedScores {
    members: Vec<f64>,
    hold_outs: Vec<f64>,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!(
        "../../../../tests/reference/verdict/verdict.json"
    ))
    .unwrap()
}

impl Case {
    fn sample(&self) -> Sample {
        Sample::new(self.members.clone(), self.hold_outs.clone()).unwrap()
    }
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    let tolerance = 1e-9 * expected.abs().max(1.0);
    assert!(
        (found - expected).abs() < tolerance,
        "{what}: {found} not {expected}"
    );
}

#[track_caller]
fn close_interval(found: Interval, [low, high]: [f64; 2], what: &str) {
    close(found.low, low, what);
    close(found.high, high, what);
}

#[track_caller]
fn same_share(found: &Proportion, expected: &ExpectedShare, what: &str) {
    assert_eq!(
        (found.successes, found.trials),
        (expected.successes, expected.trials),
        "{what}"
    );
    close_interval(found.interval, expected.interval, what);
}

#[test]
fn the_area_is_the_mann_whitney_statistic_and_its_interval_newcombes() {
    for case in cases() {
        let auc = case.sample().auc();
        close(auc.value, case.auc, &case.name);
        close_interval(auc.interval, case.interval, &case.name);
    }
}

#[test]
fn the_curve_and_its_best_accuracy_are_those_of_scikit_learn() {
    for case in cases() {
        let roc = case.sample().roc();
        let (fpr, tpr): (Vec<f64>, Vec<f64>) = roc.rates().unzip();
        assert_eq!([fpr, tpr], case.roc, "{}", case.name);
        let best = roc.best_accuracy().in_sample;
        same_share(&best.accuracy, &case.best_accuracy, &case.name);
    }
}

#[test]
fn true_positives_at_few_false_ones_agree() {
    for case in cases() {
        let roc = case.sample().roc();
        for expected in &case.at_fpr {
            let what = format!("{} at {}", case.name, expected.asked);
            let found = roc.tpr_at_fpr(expected.asked).unwrap().in_sample;
            same_share(&found.tpr, &expected.tpr, &what);
            assert_eq!(
                found.false_positives.successes, expected.false_positives,
                "{what}"
            );
            close_interval(found.true_fpr, expected.true_fpr, &what);
        }
    }
}

#[test]
fn scores_are_standardised_by_the_other_hold_outs() {
    for case in cases() {
        let Some(expected) = &case.standardised else {
            assert!(case.sample().standardised().is_err(), "{}", case.name);
            continue;
        };
        let found = case.sample().standardised().unwrap();
        // Cosines near 1 lose digits to the difference from their mean.
        let pairs = found.members().iter().zip(&expected.members);
        for (found, expected) in pairs.chain(found.hold_outs().iter().zip(&expected.hold_outs)) {
            assert!((found - expected).abs() < 1e-8 * expected.abs().max(1.0));
        }
    }
}

#[test]
fn a_perfect_test_on_ten_and_ten_works_is_not_certain() {
    let perfect = &cases()[0].sample();
    let auc = perfect.auc();
    assert_eq!((auc.value, auc.interval.high), (1.0, 1.0));
    assert!((0.79..0.81).contains(&auc.interval.low));
    let found = perfect.roc().tpr_at_fpr(0.05).unwrap().in_sample;
    assert!(!found.resolved() && found.smallest_fpr == 0.1);
    assert_eq!(found.false_positives.successes, 0);
    assert!(found.true_fpr.high > 0.3 && found.tpr.interval.low < 0.73);
}

#[test]
fn what_cannot_be_evaluated_says_why() {
    let some = || vec![0.1, 0.2, 0.4];
    assert_eq!(Sample::new(vec![], some()), Err(NotEvaluated::NoMembers));
    assert_eq!(Sample::new(some(), vec![]), Err(NotEvaluated::NoHoldOuts));
    assert_eq!(
        Sample::new(vec![f64::NAN, 1.0], vec![f64::INFINITY]),
        Err(NotEvaluated::NotFinite {
            members: 1,
            hold_outs: 1
        })
    );
    let two = Sample::new(some(), vec![0.1, 0.2]).unwrap();
    assert_eq!(
        two.standardised(),
        Err(NotEvaluated::TooFewHoldOuts { found: 2 })
    );
    let alike = Sample::new(some(), vec![0.1, 0.1, 0.1, 0.2]).unwrap();
    assert_eq!(alike.standardised(), Err(NotEvaluated::HoldOutsAlike));
    assert!(matches!(
        two.roc().tpr_at_fpr(1.0),
        Err(NotEvaluated::Rate(_))
    ));
    assert!(pool(&[]).is_err() && mean_auc(&[]).is_err());
    assert!(held_out_accuracy(&[two]).is_err());
}

#[test]
fn sets_with_scales_of_their_own_pool_once_standardised() {
    let low = Sample::new(vec![5.0, 6.0, 7.0], vec![1.0, 2.0, 3.0, 2.0, 1.5]).unwrap();
    let high = Sample::new(vec![105.0, 106.0], vec![101.0, 102.0, 103.0, 101.5]).unwrap();
    let sets = [low, high];
    close(pool(&sets).unwrap().auc().value, 33.0 / 45.0, "as they are");
    let standardised: Vec<_> = sets.iter().map(|s| s.standardised().unwrap()).collect();
    assert_eq!(pool(&standardised).unwrap().auc().value, 1.0);
    // Each set's best threshold calls all of one class of the other wrongly.
    assert_eq!(held_out_accuracy(&sets).unwrap().successes, 5 + 2);
}

#[test]
fn the_mean_of_sets_keeps_a_width_and_narrows_with_their_number() {
    let perfect = cases()[0].sample().auc();
    let four = mean_auc(&[perfect; 4]).unwrap();
    assert_eq!((four.value, four.least, four.greatest), (1.0, 1.0, 1.0));
    let width = |interval: Interval| interval.high - interval.low;
    close(
        width(four.interval),
        width(perfect.interval) / 2.0,
        "four sets",
    );
}

/// Seeded normal numbers by Box and Muller.
struct Normal(u64);

impl Normal {
    fn uniform(&mut self) -> f64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn draw(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    fn sample(&mut self, shift: f64, members: usize, hold_outs: usize) -> Sample {
        let members = (0..members).map(|_| self.draw() + shift).collect();
        Sample::new(members, (0..hold_outs).map(|_| self.draw()).collect()).unwrap()
    }
}

#[test]
fn the_interval_of_ten_and_ten_works_covers_the_true_area() {
    // √2 times the normal quantile of the area: how far apart two unit normals are.
    for (area, shift) in [(0.7, 0.741_614), (0.9, 1.812_388), (0.98, 2.904_461)] {
        let mut normal = Normal(1);
        let runs = 2000;
        let covered = (0..runs)
            .filter(|_| normal.sample(shift, 10, 10).auc().interval.contains(area))
            .count();
        let share = f64::from(covered as u32) / f64::from(runs);
        assert!((0.93..0.985).contains(&share), "{area}: {share}");
    }
}

#[test]
fn the_rate_of_a_threshold_above_all_hold_outs_is_covered() {
    // Uniform scores: the true rate above a threshold is its distance from 1.
    let mut normal = Normal(2);
    let runs = 2000;
    let mut covered = 0;
    for _ in 0..runs {
        let hold_outs: Vec<f64> = (0..20).map(|_| normal.uniform()).collect();
        let mut sorted = hold_outs.clone();
        sorted.sort_by(f64::total_cmp);
        // A member just above the second largest hold-out, so that the threshold is there.
        let threshold = sorted[18].next_up();
        let roc = Sample::new(vec![threshold], hold_outs).unwrap().roc();
        let found = roc.tpr_at_fpr(0.05).unwrap().in_sample;
        assert_eq!(found.false_positives.successes, 1);
        covered += usize::from(found.true_fpr.contains(1.0 - threshold));
    }
    let share = covered as f64 / f64::from(runs);
    assert!((0.935..0.965).contains(&share), "{share}");
}

/// A score of few distinct values, so that ties are common.
fn scores() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((-8_i32..8).prop_map(|n| f64::from(n) / 4.0), 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_area_counts_pairs(members in scores(), hold_outs in scores()) {
        let pairs = members.iter().flat_map(|m| hold_outs.iter().map(move |h| (m, h)));
        let wins: f64 = pairs.map(|(m, h)| if m > h { 1.0 } else if m == h { 0.5 } else { 0.0 }).sum();
        let share = wins / (members.len() * hold_outs.len()) as f64;
        let auc = Sample::new(members, hold_outs).unwrap().auc();
        prop_assert!((auc.value - share).abs() < 1e-12);
        prop_assert!(auc.interval.contains(auc.value));
        prop_assert!(auc.interval.low >= 0.0 && auc.interval.high <= 1.0);
        prop_assert!(auc.interval.high - auc.interval.low > 0.05);
    }

    #[test]
    fn exchanging_the_classes_mirrors_the_area(members in scores(), hold_outs in scores()) {
        let auc = Sample::new(members.clone(), hold_outs.clone()).unwrap().auc();
        let mirrored = Sample::new(hold_outs, members).unwrap().auc();
        prop_assert!((auc.value + mirrored.value - 1.0).abs() < 1e-12);
        prop_assert!((auc.interval.low + mirrored.interval.high - 1.0).abs() < 1e-9);
    }

    #[test]
    fn only_the_order_of_scores_counts(members in scores(), hold_outs in scores()) {
        let sample = Sample::new(members.clone(), hold_outs.clone()).unwrap();
        let raised = |scores: Vec<f64>| scores.into_iter().map(|score| score.exp() + score).collect();
        let other = Sample::new(raised(members), raised(hold_outs)).unwrap();
        prop_assert_eq!(sample.auc(), other.auc());
        let [a, b] = [&sample, &other].map(|s| s.roc().rates().collect::<Vec<_>>());
        prop_assert_eq!(a, b);
    }

    #[test]
    fn the_best_threshold_does_what_its_accuracy_says(members in scores(), hold_outs in scores()) {
        let best = Sample::new(members.clone(), hold_outs.clone()).unwrap().roc().best_accuracy().in_sample;
        let called = |score: &&f64| best.threshold.is_some_and(|threshold| **score >= threshold);
        let right = members.iter().filter(called).count() + hold_outs.iter().filter(|h| !called(h)).count();
        prop_assert_eq!(right, best.accuracy.successes);
        prop_assert!(best.accuracy.value >= best.without_looking);
    }

    #[test]
    fn allowing_more_false_positives_never_finds_fewer_members(members in scores(), hold_outs in scores()) {
        let roc = Sample::new(members, hold_outs).unwrap().roc();
        let mut before = 0;
        for fpr in [0.0, 0.01, 0.05, 0.2, 0.5, 0.99] {
            let found = roc.tpr_at_fpr(fpr).unwrap().in_sample;
            prop_assert!(found.tpr.successes >= before);
            prop_assert!(found.false_positives.value <= fpr);
            before = found.tpr.successes;
        }
    }
}

/// Two scorings of ten and ten works, the second like the first but for noise.
fn scorings() -> (Sample, Sample) {
    let value = |i: u32, step: f64| (f64::from(i) * step).fract();
    let first = |lead: f64, from: u32| (from..from + 10).map(move |i| lead + value(i, 0.618));
    let second = |lead: f64, from: u32| {
        (from..from + 10).map(move |i| lead + value(i, 0.618) + 0.5 * value(i, 0.337))
    };
    let sample = |members: Vec<f64>, hold_outs: Vec<f64>| Sample::new(members, hold_outs).unwrap();
    (
        sample(first(0.3, 0).collect(), first(0.0, 10).collect()),
        sample(second(0.3, 0).collect(), second(0.0, 10).collect()),
    )
}

#[test]
fn a_difference_of_areas_has_an_interval_that_knows_the_works_are_the_same() {
    let (first, second) = scorings();
    let difference = auc_difference(&first, &second).unwrap();
    assert!((difference.value - (first.auc().value - second.auc().value)).abs() < 1e-12);
    assert!(difference.interval.contains(difference.value));
    let width = |interval: Interval| interval.high - interval.low;
    // Of independent samples the width would be the root of the sum of squares.
    let alone = [&first, &second].map(|sample| width(sample.auc().interval));
    assert!(width(difference.interval) < 0.9 * alone[0].hypot(alone[1]));
    let reversed = auc_difference(&second, &first).unwrap();
    assert!((reversed.interval.low + difference.interval.high).abs() < 1e-12);
    assert!((reversed.interval.high + difference.interval.low).abs() < 1e-12);
    let mean = mean_difference(&[difference; 4]).unwrap();
    assert!((mean.value - difference.value).abs() < 1e-12);
    assert!((2.0 * width(mean.interval) - width(difference.interval)).abs() < 1e-12);
}

#[test]
fn two_perfect_scorings_may_still_differ() {
    let perfect = Sample::new(vec![3.0; 10], vec![1.0; 10]).unwrap();
    let difference = auc_difference(&perfect, &perfect).unwrap();
    assert_eq!(difference.value, 0.0);
    let reach = 1.0 - perfect.auc().interval.low;
    assert!((difference.interval.low + reach).abs() < 1e-12);
    assert!((difference.interval.high - reach).abs() < 1e-12);
}

#[test]
fn a_difference_needs_the_same_works() {
    let (first, _) = scorings();
    let fewer = Sample::new(first.members()[1..].to_vec(), first.hold_outs().to_vec()).unwrap();
    assert_eq!(auc_difference(&first, &fewer), Err(NotEvaluated::Unpaired));
    assert!(matches!(
        mean_difference(&[]),
        Err(NotEvaluated::TooFewSets { .. })
    ));
}
